"""The canary: a token in every text that can be noted, then looked for wherever it must not be.

The fields are found by looking at the Inputs themselves: a new text field without a token fails.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import typing
from collections.abc import Iterator
from typing import Any

import pytest
import world as worlds
from decided import (
    CONFIDENTIAL,
    FORMED_FIELDS,
    OPEN,
    READABLE,
    SEALED_DATA,
    action_examples,
    query_examples,
)
from django.db import connection

from guyub.config.logs import JsonLines
from guyub.core.action import ACTIONS, Deed, perform
from guyub.core.confidential import ConfidentialField
from guyub.core.errors import GuyubError
from guyub.core.models import LogEntry
from guyub.core.query import QUERIES
from guyub.core.rotation import confidential_models
from people import Cast


def token(field: str) -> str:
    return f"kenari-{field}-7c1e"


def text_fields(input_type: type) -> Iterator[str]:
    """The names of all text fields of an Input and of what it holds."""
    for field in dataclasses.fields(input_type):
        annotation = typing.get_type_hints(input_type)[field.name]
        if is_text(annotation):
            yield field.name
        for part in typing.get_args(annotation):
            if dataclasses.is_dataclass(part):
                yield from text_fields(typing.cast(type, part))


def is_text(annotation: Any) -> bool:
    """Whether it holds words, be it that they may be left out."""
    return annotation is str or set(typing.get_args(annotation)) == {str, type(None)}


def planted(data: Any, input_type: type) -> Any:
    """The same data with a token in every text field."""
    if not isinstance(data, dict):
        return data
    filled = dict(data)
    for field in dataclasses.fields(input_type):
        annotation = typing.get_type_hints(input_type)[field.name]
        if is_text(annotation) and field.name not in FORMED_FIELDS:
            filled[field.name] = token(field.name)
        for part in typing.get_args(annotation):
            if dataclasses.is_dataclass(part) and isinstance(filled.get(field.name), list):
                filled[field.name] = [planted(row, part) for row in filled[field.name]]
    return filled


@pytest.fixture(scope="module")
def world(standing_cast: Cast) -> worlds.World:
    return worlds.build(standing_cast)


@pytest.fixture(scope="module")
def sung(world: worlds.World) -> worlds.World:
    """The world after every action was done with a token in every text."""
    here = world.things["here"]
    for name, data in action_examples(here).items():
        filled = planted(data, ACTIONS[name].input_type)
        try:
            perform(world.roles["owner"], [Deed(action=name, data=filled, reason="")])
        except GuyubError:
            # Some deeds close what others need (an account, a role); that they were tried is what
            # counts for the log, and every text field is also planted by one that succeeds.
            continue
    return world


def test_every_text_field_is_either_open_or_confidential() -> None:
    found = {field for action in ACTIONS.values() for field in text_fields(action.input_type)}

    assert found == OPEN | CONFIDENTIAL | FORMED_FIELDS


def test_every_confidential_text_has_a_sealed_column() -> None:
    sealed = {field.name for _, fields in confidential_models() for field in fields}

    assert sealed == CONFIDENTIAL - {"password"} | SEALED_DATA
    assert all(
        isinstance(field, ConfidentialField)
        for _, fields in confidential_models()
        for field in fields
    )


def test_no_confidential_text_stands_readable_in_the_database(sung: worlds.World) -> None:
    content = "".join(rows(table) for table in connection.introspection.table_names())

    assert token("name") in content, "the canary was not planted"
    assert [field for field in CONFIDENTIAL if token(field) in content] == []


def rows(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names come from the database
        return repr(cursor.fetchall())


def test_the_log_holds_no_text_but_the_reason(sung: worlds.World) -> None:
    found = set()
    for entry in LogEntry.objects.values():
        content = json.dumps(entry, default=str)
        found |= {field for field in OPEN | CONFIDENTIAL if token(field) in content}

    assert found <= {"reason", "slug", "what"}, "an address and the kind of an export are results"


def test_each_query_gives_confidential_texts_only_to_those_who_need_them(
    sung: worlds.World,
) -> None:
    examples = query_examples(sung.things["here"])
    people = [row.id for row in QUERIES["listen.all_people"](sung.roles["owner"])]
    leaks, seen = [], set()
    for name, query in QUERIES.items():
        asked = [(person,) for person in people] if name == "listen.person" else None
        for role, actor in sung.roles.items():
            for arguments in asked or [examples.get(name, ())]:
                try:
                    answer = repr(query(actor, *arguments))
                except GuyubError:
                    continue
                for field in CONFIDENTIAL:
                    if token(field) in answer:
                        seen.add((name, field, role))
    allowed = {(name, field, role) for (name, field), roles in READABLE.items() for role in roles}
    leaks = sorted(seen - allowed)
    assert not leaks
    assert seen == allowed, "somebody who needs it does not get it"


def test_nothing_that_was_noted_reaches_the_program_log(
    sung: worlds.World, caplog: pytest.LogCaptureFixture
) -> None:
    formatter = JsonLines()
    logger = logging.getLogger("django.request")
    try:
        raise ValueError(f"the row ({token('phone')}, {token('name')}) violates a constraint")
    except ValueError:
        logger.exception("Internal Server Error: %s", f"/c/{token('slug')}/")

    lines = "".join(formatter.format(record) for record in caplog.records)

    assert "ValueError" in lines
    assert "kenari" not in lines
