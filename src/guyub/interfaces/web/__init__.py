"""The pages: thin faces of the two doors, in English and Indonesian, on phone and laptop.

Each family of pages is a folder with the same rooms: `urls, views, forms, page, templates/,
static/`, as far as it needs them. A new family is named here and nowhere else: its addresses,
templates, static files and jobs are found by this list.
"""

FAMILIES = (
    "frame",
    "bridges",
    "communities",
    "concerns",
    "conversation",
    "exports",
    "gallery",
    "imports",
    "log",
    "meetings",
    "people",
    "people_search",
    "phones",
    "plan",
    "profile",
    "rights",
    "team",
    "ties",
    "today",
)
