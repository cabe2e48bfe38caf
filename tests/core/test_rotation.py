"""Rotating the keys of confidential fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from guyub.core import rotation
from guyub.core.keys import key_ring, new_key
from guyub.cycle.listen import queries as listen
from people import Cast, do


@pytest.fixture
def key_file(settings: Any, tmp_path: Path) -> Path:
    file = tmp_path / "field_keys"
    file.write_text(f"1:{new_key()}\n")
    settings.GUYUB_FIELD_KEYS_FILE = file
    settings.GUYUB_FIELD_KEYS = file.read_text().strip()
    return file


@pytest.fixture
def person(cast: Cast, key_file: Path) -> str:
    sari = cast.actor("sari")
    person = do(sari, "listen.add_person", name="Slamet", phone="0812-345-6789")["id"]
    do(
        sari,
        "listen.note_observation",
        person=person,
        trait="stance",
        value=4,
        evidence="shouted at us",
    )
    return person


def test_after_a_rotation_everything_opens_without_the_old_key(
    cast: Cast, person: str, key_file: Path, settings: Any
) -> None:
    call_command("rotate_keys", "--drop-old-keys")
    settings.GUYUB_FIELD_KEYS = key_file.read_text().strip()

    card = listen.person(cast.actor("sari"), person)

    assert list(key_ring().keys) == [2]
    assert card.phone == "0812-345-6789"
    assert (card.observations[0].value, card.observations[0].evidence) == (4, "shouted at us")


def test_a_rotation_that_was_cut_off_is_finished(
    cast: Cast, person: str, key_file: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rotation.add_key(key_file)
    settings.GUYUB_FIELD_KEYS = key_file.read_text().strip()
    next(rotation.reseal())
    assert rotation.left_under_older_keys() == 1

    call_command("rotate_keys", "--resume")

    assert rotation.left_under_older_keys() == 0
    assert listen.person(cast.actor("sari"), person).phone == "0812-345-6789"


def test_keys_from_the_environment_are_not_guessed_at(
    cast: Cast, key_file: Path, settings: Any
) -> None:
    settings.GUYUB_FIELD_KEYS = f"1:{new_key()}"

    with pytest.raises(CommandError):
        call_command("rotate_keys")


def test_the_key_file_is_for_its_owner_only(key_file: Path) -> None:
    rotation.add_key(key_file)

    assert key_file.stat().st_mode & 0o077 == 0


def test_the_same_phone_is_found_before_during_and_after_a_rotation(
    cast: Cast, person: str, key_file: Path, settings: Any
) -> None:
    sari = cast.actor("sari")

    def found() -> list[str]:
        return [str(row.id) for row in listen.alike(sari, "Nobody Here", phone="0812 345 6789")]

    assert found() == [person]
    rotation.add_key(key_file)
    settings.GUYUB_FIELD_KEYS = key_file.read_text().strip()
    assert found() == [person]
    call_command("rotate_keys", "--resume", "--drop-old-keys")
    settings.GUYUB_FIELD_KEYS = key_file.read_text().strip()
    assert found() == [person]


def test_a_new_secret_key_unlinks_no_phones(cast: Cast, person: str, settings: Any) -> None:
    settings.SECRET_KEY = "another one"

    alike = listen.alike(cast.actor("sari"), "Nobody Here", phone="0812 345 6789")

    assert [str(row.id) for row in alike] == [person]
