"""The page of phones, and the list of what they sent that needs somebody's look."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from browsing import LogIn
from guyub.core import phones
from guyub.core.identifiers import new_identifier
from guyub.core.models import Device, SentEntry
from guyub.cycle.listen import queries as listen
from handset import Handset, deed, entry
from people import Cast, do

PAGE, SENT = "/c/krajan/phones/", "/c/krajan/phones/sent/"


@pytest.fixture
def budi(cast: Cast) -> Handset:
    return Handset(cast, "budi").registered()


@pytest.fixture
def karso(cast: Cast, budi: Handset) -> str:
    """Somebody whom Budi renamed without a signal after Sari had renamed them."""
    sari = cast.actor("sari", "krajan")
    person = str(do(sari, "listen.add_person", name="Karso", phone="0811")["id"])
    before = budi.person(person)
    do(sari, "listen.change_person", person=person, name="Karso Utama")
    changed = {"name": "Karsa", "phone": "0822", "base": before["last"]}
    receipt = budi.send("listen.change_person", person=person, **changed)
    assert receipt["outcome"] == "review"
    return person


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def decide(client: Client, how: str, **other: Any) -> Any:
    row = SentEntry.objects.get()
    page = text_of(client, SENT)
    seen = page.split('name="seen" value="')[1].split('"')[0] if 'name="seen"' in page else ""
    form = {"key": str(new_identifier()), "how": how, "seen": seen} | other
    return client.post(f"{SENT}{row.pk}/", form, follow=True)


def card(cast: Cast, person: str) -> Any:
    return listen.person(cast.actor("sari", "krajan"), uuid.UUID(person))


def test_a_worker_sees_their_own_phones_and_a_coordinator_those_of_the_team(
    cast: Cast, at_browser: LogIn, budi: Handset
) -> None:
    Handset(cast, "rudi").registered()

    own = text_of(at_browser("budi"), PAGE).count("/revoke/")
    team = text_of(at_browser("sari"), "/c/sukamaju/phones/").count("/revoke/")

    assert (own, team) == (1, 2)
    assert "Rudi" not in text_of(at_browser("budi"), PAGE)


def test_whoever_lost_a_phone_has_it_emptied(at_browser: LogIn, budi: Handset) -> None:
    form = {"key": str(new_identifier())}

    at_browser("budi").post(f"{PAGE}{budi.device}/revoke/", form)

    assert budi.ask("pull").status_code == 410
    assert "No phone holds anything" in text_of(at_browser("budi"), PAGE)


def test_nobody_empties_the_phone_of_somebody_above_them(cast: Cast, at_browser: LogIn) -> None:
    tini = Handset(cast, "tini", "yayasan").registered()

    answer = at_browser("sari").post(f"{PAGE}{tini.device}/revoke/", {"key": str(new_identifier())})

    assert answer.status_code == 404
    assert Device.objects.get().revoked_at is None


def test_an_owner_switches_work_without_a_signal_off_and_on(
    cast: Cast, at_browser: LogIn, budi: Handset
) -> None:
    tini = at_browser("tini")
    address = "/c/yayasan/phones/switch/"

    tini.post(address, {"key": str(new_identifier())})
    off = text_of(tini, "/c/yayasan/phones/")
    revoked = budi.ask("pull").status_code
    tini.post(address, {"key": str(new_identifier()), "on": "yes"})

    assert "keeps nothing on phones" in off
    assert revoked == 410
    assert phones.offline_allowed(cast.actor("tini", "yayasan"))
    assert "/switch/" not in text_of(tini, PAGE)


def test_a_correction_stands_beside_what_stands_now(at_browser: LogIn, karso: str) -> None:
    page = text_of(at_browser("sari"), SENT)

    assert "Karso Utama" in page
    assert "Karsa" in page
    assert "0811" in page
    assert "0822" in page


def test_taking_what_the_phone_sent_changes_it_and_can_be_undone(
    cast: Cast, at_browser: LogIn, karso: str
) -> None:
    sari = at_browser("sari")

    page = decide(sari, "taken").content.decode()
    after = card(cast, karso)
    taken = page.split('name="entry" value="')[1].split('"')[0]
    sari.post("/c/krajan/undo/", {"key": str(new_identifier()), "entry": taken})

    assert (after.person.name, after.phone) == ("Karsa", "0822")
    assert card(cast, karso).person.name == "Karso Utama"
    assert "Karsa" in text_of(sari, SENT)


def test_leaving_what_stands_changes_nothing(cast: Cast, at_browser: LogIn, karso: str) -> None:
    page = decide(at_browser("budi"), "kept").content.decode()

    assert "Nothing to review" in page
    assert card(cast, karso).person.name == "Karso Utama"


def test_what_changed_again_while_somebody_decided_is_not_overwritten(
    cast: Cast, at_browser: LogIn, karso: str
) -> None:
    seen = card(cast, karso).version
    do(cast.actor("sari", "krajan"), "listen.change_person", person=karso, name="Karso Lagi")

    page = decide(at_browser("sari"), "taken", seen=seen).content.decode()

    assert "Someone else has changed this person" in page
    assert card(cast, karso).person.name == "Karso Lagi"
    assert phones.count_to_look_at(cast.actor("sari", "krajan")) == 1


def test_a_decision_sent_twice_is_made_once(cast: Cast, at_browser: LogIn, karso: str) -> None:
    key = str(new_identifier())
    row = SentEntry.objects.get()
    form = {"key": key, "how": "taken", "seen": card(cast, karso).version}

    answers = [at_browser("sari").post(f"{SENT}{row.pk}/", form).status_code for _time in range(2)]

    assert answers[0] == 302
    assert card(cast, karso).person.name == "Karsa"


def test_nobody_else_of_the_field_looks_at_it(cast: Cast, at_browser: LogIn, karso: str) -> None:
    """Rudi plans with the whole team's notes; a colleague in the field does not."""
    tini = cast.actor("tini", "yayasan")
    place = cast.actor("sari", "krajan").community
    do(
        tini,
        "core.grant_role",
        account=cast.accounts["wati"].pk,
        role="field_worker",
        community=place,
    )

    seen = {name: "Karsa" in text_of(at_browser(name), SENT) for name in ("budi", "rudi", "wati")}

    assert seen == {"budi": True, "rudi": True, "wati": False}


def test_what_waits_too_long_is_shown_in_its_own_words(
    cast: Cast, at_browser: LogIn, budi: Handset
) -> None:
    met = deed(
        "listen.record_encounter",
        id=str(new_identifier()),
        kind="one_on_one",
        held_on="2026-05-01",
        participants=[{"person": str(new_identifier())}],
        summary="Sumur keruh",
    )
    budi.push(entry(met))
    early = text_of(at_browser("budi"), SENT)
    before = SentEntry.objects.get().received_at - phones.PARKED_FOR - timedelta(hours=1)
    SentEntry.objects.update(received_at=before)

    late = text_of(at_browser("budi"), SENT)
    after = decide(at_browser("budi"), "kept").content.decode()

    assert "Sumur keruh" not in early
    assert "Sumur keruh" in late
    assert "Use what the phone sent" not in late
    assert "Sumur keruh" not in after
    assert "1 entry waits" in text_of(at_browser("sari"), PAGE)


def test_what_was_refused_is_told_with_its_reason_alone(
    cast: Cast, at_browser: LogIn, budi: Handset
) -> None:
    budi.send("listen.add_person", name="", occupation="Sumur keruh")

    page = text_of(at_browser("sari"), SENT)

    assert "Refused lately" in page
    assert "Something in it cannot be read." in page
    assert "Sumur keruh" not in page


def test_somebody_merged_meanwhile_is_shown_as_who_stayed(
    cast: Cast, at_browser: LogIn, karso: str
) -> None:
    sari = cast.actor("sari", "krajan")
    other = do(sari, "listen.add_person", name="Karso Wibowo")["id"]
    seen = [listen.person(sari, uuid.UUID(str(each))).version for each in (other, karso)]
    do(sari, "listen.merge_people", stays=other, goes=karso, take=[], seen=seen)

    page = text_of(at_browser("sari"), SENT)

    assert f"/c/krajan/people/{other}/" in page
    assert "Karsa" in page
