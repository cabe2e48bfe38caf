"""Confidential fields are sealed in the file, and open only in their own place."""

from __future__ import annotations

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection

from guyub.core import scope
from guyub.core.confidential import SealBroken, Sealed, seal, unseal
from guyub.core.identifiers import new_identifier
from guyub.core.keys import new_key, parse_keys
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.models import Person
from people import Cast, do

PHONE = Person._meta.get_field("phone")


def test_the_database_holds_no_readable_phone(cast: Cast) -> None:
    do(cast.actor("sari"), "listen.add_person", name="Slamet", phone="0812 3456 7890")

    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM listen_person WHERE name = 'Slamet'")
        (stored,) = cursor.fetchone()

    assert "3456" not in stored


def test_who_needs_it_reads_it(cast: Cast) -> None:
    sari = cast.actor("sari")
    person = do(sari, "listen.add_person", name="Slamet", phone="0812 3456 7890")["id"]

    assert listen.person(sari, person).phone == "0812 3456 7890"
    assert listen.person(cast.actor("wati"), person).phone is None


def test_a_column_read_in_bulk_stays_sealed(cast: Cast) -> None:
    sari = cast.actor("sari")
    do(sari, "listen.add_person", name="Slamet", phone="0812 3456 7890")
    with scope.opened(scope.Scope(sari.reach)):
        (value,) = Person.objects.values_list("phone", flat=True)

    assert isinstance(value, Sealed)
    assert "3456" not in f"{value} {value!r}"


@pytest.mark.parametrize("lookup", ["phone", "phone__contains", "phone__gt", "phone__in"])
def test_nobody_searches_by_a_confidential_value(cast: Cast, lookup: str) -> None:
    with (
        scope.opened(scope.Scope(cast.actor("sari").reach)),
        pytest.raises((TypeError, FieldError)),
    ):
        Person.objects.filter(**{lookup: "0812"}).exists()


def test_a_value_moved_to_another_row_does_not_open() -> None:
    here, there = new_identifier(), new_identifier()
    sealed = seal(PHONE, here, "0812")

    assert unseal(PHONE, here, sealed) == "0812"
    with pytest.raises(SealBroken):
        unseal(PHONE, there, sealed)


def test_an_altered_value_does_not_open() -> None:
    row = new_identifier()
    text = seal(PHONE, row, "0812").text
    altered = text[:-6] + ("A" if text[-6] != "A" else "B") + text[-5:]

    with pytest.raises(SealBroken):
        unseal(PHONE, row, Sealed(altered))


def test_after_a_new_key_old_values_still_open(settings) -> None:  # type: ignore[no-untyped-def]
    row = new_identifier()
    old = seal(PHONE, row, "0812")
    settings.GUYUB_FIELD_KEYS = f"{settings.GUYUB_FIELD_KEYS} 2:{new_key()}"

    new = seal(PHONE, row, "0812")

    assert (old.version, new.version) == (1, 2)
    assert unseal(PHONE, row, old) == unseal(PHONE, row, new) == "0812"


def test_a_value_under_a_lost_key_says_so(settings) -> None:  # type: ignore[no-untyped-def]
    row = new_identifier()
    sealed = seal(PHONE, row, "0812")
    settings.GUYUB_FIELD_KEYS = f"2:{new_key()}"

    with pytest.raises(SealBroken):
        unseal(PHONE, row, sealed)


@pytest.mark.parametrize("text", ["", "1", "1:abc", "x:" + "A" * 43 + "=", "1:" + "A" * 20])
def test_a_key_that_is_none_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(ImproperlyConfigured) as answer:
        parse_keys(text)

    assert "AAAA" not in str(answer.value)
