"""Writes the pages of docs/reference that follow from the code: permissions and doors.

`make docs` runs it; a guard test compares its pages with the ones that are committed.
"""

from __future__ import annotations

import dataclasses
import inspect
import os
import typing
from pathlib import Path

import django

HERE = Path(__file__).resolve().parent / "reference"
BEGINNING = (
    "<!-- Written by docs/generate_reference.py; change the code, then run `make docs`. -->\n"
)


def permissions() -> str:
    """Who may do what, as a table."""
    from guyub.core.permissions import PERMISSIONS, Permission, Role

    head = ["permission", *(role.value.replace("_", " ") for role in Role)]
    rows = [
        [f"`{permission}`", *("yes" if permission in PERMISSIONS[role] else "" for role in Role)]
        for permission in Permission
    ]
    return (
        f"{BEGINNING}\n# Roles and permissions\n\n"
        "A role is held on a community and counts for it and everything below it. Confidential "
        "things that a field worker noted are readable to that worker; `listen.confidential` "
        "opens everybody's.\n\n" + _table(head, rows)
    )


def doors() -> str:
    """Every action and query, with what it takes."""
    from guyub.core import registry

    text = [
        BEGINNING,
        "# The two doors\n",
        "Names are stable: they stand in logs and in the queues of phones.\n",
        "## Actions\n",
    ]
    for name, action in sorted(registry.actions.items()):
        text.append(f"### {name}\n\n{inspect.getdoc(action.function) or ''}\n")
        text.append(f"Needs `{action.permission}`.\n")
        text.append(_table(["field", "type", "needed"], list(_fields(action.input_type))))
    text.append("## Queries\n")
    rows = [
        [
            f"`{name}`",
            f"`{query.permission}`",
            (inspect.getdoc(query.function) or "").split("\n")[0],
        ]
        for name, query in sorted(registry.queries.items())
    ]
    text.append(_table(["query", "needs", "gives"], rows))
    return "\n".join(text)


def _fields(input_type: type) -> typing.Iterator[list[str]]:
    hints = typing.get_type_hints(input_type)
    for field in dataclasses.fields(input_type):
        kind = hints[field.name]
        written = getattr(kind, "__name__", str(kind)) if isinstance(kind, type) else str(kind)
        needed = field.default is dataclasses.MISSING
        plain = written.replace("typing.", "").replace("guyub.", "").replace("|", "or")
        yield [f"`{field.name}`", plain, "yes" if needed else ""]


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


PAGES = {"permissions.md": permissions, "doors.md": doors}


def main() -> None:
    """Write every page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guyub.config.settings")
    django.setup()
    HERE.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (HERE / name).write_text(page())


if __name__ == "__main__":
    main()
