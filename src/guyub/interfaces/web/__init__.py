"""The pages: thin faces of the two doors, in English and Indonesian, on phone and laptop.

Each family of pages is a folder with the same rooms: `urls, views, forms, page, templates/,
static/`, as far as it needs them. A folder here is a family: its addresses, templates, static files
and jobs are found.
"""

from pkgutil import iter_modules

FAMILIES = tuple(sorted(each.name for each in iter_modules(__path__) if each.ispkg))
