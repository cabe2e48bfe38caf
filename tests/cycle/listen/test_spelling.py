"""Names are found in whichever spelling they were written down."""

from __future__ import annotations

import uuid

import pytest

from guyub.core.action import Deed, perform
from guyub.cycle.listen import queries
from guyub.cycle.listen.vocabulary.spelling import alike
from people import Cast, do


def found(cast: Cast, text: str) -> list[str]:
    return [row.name for row in queries.people(cast.actor("sari"), text=text).rows]


@pytest.mark.parametrize(
    ("noted", "sought"),
    [
        ("Siti Aminah", "sitti"),
        ("Sitti Aminah", "siti"),
        ("Muhammad Yusuf", "moh. jusuf"),
        ("Moh. Jusuf", "Mohammad Yusuf"),
        ("M. Yusuf", "muhamad"),
        ("Djoko Soetjipto", "joko sucipto"),
        ("Joko Sucipto", "DJOKO SOETJIPTO"),
        ("Yanto", "Janto"),
        ("Achmad Khoirul", "ahmad hoirul"),
        ("Ma'ruf", "maruf"),
        ("Nur-Aini", "nur aini"),
        ("Slamet", "Pak Slamet"),
        ("Aminah", "Hj. Aminah"),
        ("Pak Haji", "pak haji"),
        ("André", "andre"),
        ("Kadir 11", "11"),
    ],
)
def test_somebody_is_found_however_the_name_is_spelled(cast: Cast, noted: str, sought: str) -> None:
    do(cast.actor("sari"), "listen.add_person", name=noted)
    do(cast.actor("sari"), "listen.add_person", name="Wagiman")

    assert found(cast, sought) == [noted]


@pytest.mark.parametrize("sought", ["mbok", "iman", "gim", "wag"])
def test_the_middle_of_a_name_is_enough_and_so_is_an_alias(cast: Cast, sought: str) -> None:
    do(cast.actor("sari"), "listen.add_person", name="Wagiman", alias="Mbok Rondo")
    do(cast.actor("sari"), "listen.add_person", name="Slamet")

    assert found(cast, sought) == ["Wagiman"]


def test_numbers_are_not_shortened_and_signs_find_nobody(cast: Cast) -> None:
    do(cast.actor("sari"), "listen.add_person", name="Kadir 1")

    assert found(cast, "11") == found(cast, "%") == found(cast, "_") == []


def test_somebody_who_changed_their_name_is_found_by_the_new_one_until_it_is_undone(
    cast: Cast,
) -> None:
    sari = cast.actor("sari")
    person = do(sari, "listen.add_person", name="Slamet")["id"]
    changed = Deed(action="listen.change_person", data={"person": person, "name": "Sutrisno"})
    (receipt,) = perform(sari, [changed])

    assert (found(cast, "slamet"), found(cast, "sutrisno")) == ([], ["Sutrisno"])

    do(sari, "core.withdraw_entry", entry=receipt.entry)

    assert (found(cast, "slamet"), found(cast, "sutrisno")) == (["Slamet"], [])


def test_many_brought_in_at_once_are_found_too(cast: Cast) -> None:
    rows = [{"name": "Soekarno", "id": str(uuid.uuid4())}, {"name": "Hatta"}]
    do(cast.actor("sari"), "listen.import_people", rows=rows)

    assert found(cast, "sukarno") == ["Soekarno"]


def test_the_longest_names_are_kept(cast: Cast) -> None:
    name, alias = "ꦲꦤ" * 100, "ꦕꦫ" * 100
    do(cast.actor("sari"), "listen.add_person", name=name, alias=alias)

    assert found(cast, "ꦲꦤ") == [name]


def test_two_names_are_alike_whatever_stands_before_them() -> None:
    assert alike("Hj. Sitti-Aminah") == alike("siti aminah")
    assert alike("H. Moh. Djaelani") == alike("Muhammad Jaelani")
    assert alike("Bu") == "bu"
    assert alike("Siti Aminah") != alike("Siti Aminatun")
