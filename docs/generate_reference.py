"""Write the pages of docs/reference that follow from the code: permissions, doors, columns.

`make docs` runs it; a guard test compares its pages with the ones that are committed.
"""

from __future__ import annotations

import dataclasses
import inspect
import os
import tomllib
import typing
from pathlib import Path

import django

from guyub.cycle.listen.vocabulary.person_fields import PERSON_FIELDS

HERE = Path(__file__).resolve().parent / "reference"
COLUMNS = Path(__file__).resolve().parents[1] / "src/guyub/interfaces/transfer/columns.toml"
BEGINNING = (
    "<!-- Written by docs/generate_reference.py; change the code, then run `make docs`. -->\n"
)


def permissions() -> str:
    """Who may do what, as a table."""
    from guyub.core.permissions import Role, all_permissions

    head = ["permission", *(role.value.replace("_", " ") for role in Role)]
    rows = [
        [f"`{permission}`", *("yes" if role in permission.roles else "" for role in Role)]
        for permission in all_permissions()
    ]
    return (
        f"{BEGINNING}\n# Roles and permissions\n\n"
        "A role is held in a community and applies to it and everything inside it. Field workers "
        "can read their own confidential notes; `listen.confidential` opens everyone's.\n\n"
        + _table(head, rows)
    )


def doors() -> str:
    """Every action and query, with what it takes."""
    from guyub.core.action import ACTIONS
    from guyub.core.query import QUERIES

    text = [
        BEGINNING,
        "# The two doors\n",
        "Names are stable: logs and the queues of phones contain them.\n",
        "## Actions\n",
    ]
    for name, action in sorted(ACTIONS.items()):
        text.append(f"### {name}\n\n{_described(name, action.function)}\n")
        facts = [f"Needs `{action.permission}`."]
        if action.offline:
            facts.append("A phone may send it after working offline.")
        if not action.undoable:
            facts.append("Cannot be undone.")
        text.append(" ".join(facts) + "\n")
        text.append(_table(["field", "type", "needed"], list(_fields(action.input_type))))
    text.append("## Queries\n")
    rows = [
        [
            f"`{name}`",
            f"`{query.permission}`",
            _described(name, query.function).split("\n")[0],
        ]
        for name, query in sorted(QUERIES.items())
    ]
    text.append(_table(["query", "needs", "gives"], rows))
    return "\n".join(text)


# What a recognised column means; its headings are in columns.toml.
MEANINGS = {
    "people": {
        "id": "tells people apart; ties name it",
        **{each.column: each.means for each in PERSON_FIELDS.values() if each.column},
        "age": "0 to 130; read only if there is no birth year, and converted to one",
        "stance": "1 active ally, 3 neutral, 5 active opponent, or a word from the list below; "
        "if a list could count from the other end, an import asks",
        "initiative": "0 never seen, 4 seen again and again",
        "responsibility": "0 to 4, for the future of the community",
        "vision": "0 to 4",
        "proactive": "0 to 4",
        "openness": "0 to 4, to change",
        "influence": "0 to 4",
        "promises_kept": "how many; an import leaves them out, because a promise is noted in words",
        "promises_broken": "how many; an import leaves them out",
        "promises_overdue": "how many are open and overdue; an import leaves them out",
        "hosted": "how often in the last year; an import leaves it out",
        "organised": "how often in the last year; an import leaves it out",
        "brought": "how many people in the last year; an import leaves it out",
        "tasks_done": "how many in the last year; an import leaves it out",
        "asked_to_lead": "yes or no; empty if nobody asked; an import leaves it out",
        "met": "yes if someone of the team met them; an import leaves it out",
    },
    "ties": {
        "from": "the id of the person who names, or is named first",
        "to": "the id of the other person",
        "kind": "a word from the list below; any relation if the column is missing",
        "strength": "1 to 5",
        "mutual": "yes or no; without it, kin, friend, neighbour and any are mutual",
        "date": "when it was reported: 2026-05-01, or day first as in 1/5/2026",
        "source": "the survey or conversation in which it was reported",
        "reported_by": "whether both people reported it, or one",
        "wave": "which round of a survey; only one is used: the last, or the one `--wave` names",
    },
}


# Columns that share a list of words.
WORDS_OF = {"yes": "`mutual`, `office`"}

INTRODUCTION = """\
# Columns of lists

`guyub catalysts`, `guyub cohesion` and `guyub import` read the same columns. Headings are compared
in lower case, with everything except letters and digits read as a space: `Jenis_Kelamin` is
`jenis kelamin`. If a list has several headings from one row below, the one listed first in that row
is used. Other columns are left out; `guyub import` names them. You can set the meaning of each
column yourself, in the preview or with `--column TITLE=MEANING`.

Files are CSV (UTF-8, UTF-16 or Windows-1252; comma, semicolon, tab or bar) or Parquet, with at most
512 MB, 200 columns and 32,767 characters a cell. Save spreadsheets as CSV first.
"""


def columns() -> str:
    """Which columns of a list are recognised, and which words in them."""
    with COLUMNS.open("rb") as stream:
        book = tomllib.load(stream)
    text = [BEGINNING, INTRODUCTION]
    needed = {
        "people": "A list of people needs `id` or `name`. Without ids, names tell people apart, "
        "and only the first of two people with the same name is read: give them ids.",
        "ties": "A list of ties needs `from` and `to`.",
    }
    for sheet, sentence in needed.items():
        text.append(f"## {sheet.capitalize()}\n\n{sentence}\n")
        rows = [
            [f"`{column}`", MEANINGS[sheet][column], ", ".join(titles)]
            for column, titles in book[sheet].items()
        ]
        text.append(_table(["column", "means", "headings understood"], rows))
    text.append(
        "## Words in cells\n\n"
        "A value that cannot be read is left out, or read as described above, and reported with "
        "its row.\n"
    )
    rows = [
        [WORDS_OF.get(column, f"`{column}`"), f"`{meaning}`", ", ".join(filter(None, words))]
        for column, meanings in book["words"].items()
        for meaning, words in meanings.items()
    ]
    text.append(_table(["column", "means", "words understood"], rows))
    return "\n".join(text)


def _described(name: str, function: typing.Callable[..., object]) -> str:
    """What a door says of itself.

    :raises ValueError: nothing; a reference with an empty row helps nobody.
    """
    said = inspect.getdoc(function)
    if not said:
        raise ValueError(f"{name} has no docstring: say in one what it does.")
    return said


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


PAGES = {"permissions.md": permissions, "doors.md": doors, "columns.md": columns}


def main() -> None:
    """Write every page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guyub.config.settings")
    django.setup()
    HERE.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (HERE / name).write_text(page())


if __name__ == "__main__":
    main()
