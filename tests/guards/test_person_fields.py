"""Every field of a person that is declared, through all that reads the declaration.

A new field is walked through by itself. What it needs beside its declaration, a column and
headings, is missed here when it is not there.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.db.models import CharField

from guyub.core.action import ACTIONS, perform
from guyub.core.confidential import ConfidentialField
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.models import Person
from guyub.cycle.listen.vocabulary.person_fields import PERSON_FIELDS, PersonField
from guyub.interfaces.phone.sync.rows import rows
from guyub.interfaces.transfer.column_meanings import meanings_of
from guyub.interfaces.transfer.columns import people_from
from guyub.interfaces.transfer.list_export import prepare_export
from guyub.interfaces.transfer.list_import import prepare_import
from guyub.interfaces.transfer.tables import parse_csv
from guyub.interfaces.web.people.fields import all_in_words, in_brief
from guyub.interfaces.web.people.forms import ChangeForm, PersonForm
from people import Cast, do

TEXTS = [name for name, each in PERSON_FIELDS.items() if each.is_text]
OPEN_TEXTS = [name for name in TEXTS if not PERSON_FIELDS[name].confidential]


def noted(cast: Cast, **values: Any) -> uuid.UUID:
    done = do(cast.actor("sari"), "listen.add_person", **{"name": "Siti", **values})
    return uuid.UUID(done["id"])


def value(cast: Cast, identifier: uuid.UUID, name: str) -> Any:
    card = listen.person(cast.actor("sari"), identifier)
    return {**vars(card.person), **card.confidential}[name]


@pytest.mark.parametrize("field", PERSON_FIELDS.values(), ids=PERSON_FIELDS)
def test_the_column_of_a_field_holds_what_is_declared(field: PersonField) -> None:
    column: Any = Person._meta.get_field(field.name)

    assert isinstance(column, ConfidentialField) == field.confidential
    if isinstance(column, CharField) and field.is_text:
        assert column.max_length == field.max_length


def test_lists_have_headings_for_every_column() -> None:
    columns = {each.column for each in PERSON_FIELDS.values() if each.column}

    assert columns <= set(meanings_of("people"))


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_noted_changed_and_told_in_the_log(cast: Cast, name: str) -> None:
    person = noted(cast, **{name: "before"})
    first = value(cast, person, name)
    changed = do(cast.actor("sari"), "listen.change_person", person=person, **{name: "after"})

    assert (first, value(cast, person, name)) == ("before", "after")
    told = ACTIONS["listen.change_person"].describe(changed)
    assert told.endswith(f": {PERSON_FIELDS[name].word}")


@pytest.mark.parametrize("name", OPEN_TEXTS)
def test_a_text_comes_in_with_a_list_and_leaves_with_one(cast: Cast, name: str) -> None:
    sari, column = cast.actor("sari"), PERSON_FIELDS[name].column
    heading = column if name == "name" else f"id,name,{column}"
    row = "before" if name == "name" else "w1,Siti,before"

    table = parse_csv(f"{heading}\n{row}\n".encode(), "people.csv")
    deeds = prepare_import(sari, people_from(table), None, today=date(2026, 5, 1)).deeds
    perform(sari, deeds)
    out = prepare_export(sari, reason="for a report").people

    assert "before" in dict(zip(out.heading, next(iter(out.rows)), strict=True))[column]


@pytest.mark.parametrize("name", TEXTS)
def test_forms_ask_for_a_text_under_its_label(cast: Cast, name: str) -> None:
    person = noted(cast, **{name: "before"})
    sari = cast.actor("sari")
    change = ChangeForm(sari, listen.person(sari, person))

    for form in (PersonForm(sari), change):
        assert form[name].label == PERSON_FIELDS[name].label
        assert form.fields[name].max_length == PERSON_FIELDS[name].max_length
    assert change[name].value() == "before"


@pytest.mark.parametrize("name", TEXTS)
def test_the_sheet_for_somebody_holds_a_text(cast: Cast, name: str) -> None:
    sari, person = cast.actor("sari"), noted(cast, **{name: "before"})
    card, held = listen.person(sari, person), listen.own_data(sari, person)

    sheet = all_in_words(card.person, held.confidential, {})

    assert (PERSON_FIELDS[name].label, "before") in sheet


@pytest.mark.parametrize("name", TEXTS)
def test_a_merge_asks_which_text_stays(cast: Cast, name: str) -> None:
    one, other = noted(cast, **{name: "before"}), noted(cast, **{name: "after"})
    sari = cast.actor("sari")

    preview = listen.merge_preview(sari, one, other)
    do(sari, "listen.merge_people", stays=one, goes=other, take=[name])

    assert name in preview.differing
    assert value(cast, one, name) == "after"


@pytest.mark.parametrize("name", OPEN_TEXTS)
def test_phones_hold_a_text(cast: Cast, name: str) -> None:
    person = noted(cast, **{name: "before"})

    assert rows(cast.actor("sari"))[f"person {person}"].data[name] == "before"


def test_page_and_phone_say_in_brief_what_has_no_place_of_its_own(cast: Cast) -> None:
    briefly = [name for name in OPEN_TEXTS if PERSON_FIELDS[name].in_brief]
    person = noted(cast, **{name: f"its {name}" for name in briefly})
    sari = cast.actor("sari")

    page = in_brief(listen.person(sari, person).person, {})
    phone = rows(sari)[f"person {person}"].data["in_brief"]

    assert phone == [f"its {name}" for name in briefly]
    assert [words for words in page if "its" in words] == [
        PERSON_FIELDS[name].in_brief % {"value": f"its {name}"} for name in briefly
    ]
