"""The pages about consent, requests, merging and erasing, as people meet them."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from browsing import LogIn
from guyub.core.models import LogEntry
from guyub.cycle.listen import queries
from people import PASSWORD, Cast, do


@pytest.fixture(autouse=True)
def own_data_folder(settings: Any, tmp_path: Path) -> None:
    settings.GUYUB_DATA = tmp_path


def add(cast: Cast, name: str, **more: object) -> str:
    return do(cast.actor("sari"), "listen.add_person", name=name, **more)["id"]


def page(person: str, rest: str = "") -> str:
    return f"/c/sukamaju/people/{person}/{rest}"


def key() -> str:
    return str(uuid.uuid4())


def test_a_no_is_noted_and_closes_the_form_for_judgements(cast: Cast, at_browser: LogIn) -> None:
    sari = at_browser("sari")
    slamet = add(cast, "Slamet")
    said = {
        "key": key(),
        "purpose": "judge",
        "answer": "refused",
        "how": "spoken",
        "basis": "consent",
        "language": "id",
        "noted_on": "2026-05-01",
    }
    assert b"Their consent is not noted yet" in sari.get(page(slamet, "observe/")).content

    sari.post(page(slamet, "rights/consent/"), said)

    closed = sari.get(page(slamet, "observe/")).content
    assert b"They do not want us to note" in closed
    assert b'name="evidence"' not in closed


def test_a_request_stands_before_coordinators_until_it_is_settled(
    cast: Cast, at_browser: LogIn
) -> None:
    slamet = add(cast, "Slamet")
    rudi, sari = at_browser("rudi"), at_browser("sari")

    rudi.post(page(slamet, "rights/ask/"), {"key": key(), "kind": "see"})

    assert b"71\xc2\xa0hours" in sari.get("/c/sukamaju/today/").content or (
        b"2\xc2\xa0days" in sari.get("/c/sukamaju/today/").content
    )
    assert b"What people" not in rudi.get("/c/sukamaju/today/").content
    assert rudi.get("/c/sukamaju/rights/").status_code == 403
    (row,) = queries.requests(cast.actor("sari"))
    sari.post(f"/c/sukamaju/rights/{row.id}/", {"key": key(), "result": "handed_over"})
    assert b"No open requests" in sari.get("/c/sukamaju/rights/").content


def test_the_sheet_of_own_data_is_in_their_language_and_in_the_log(
    cast: Cast, at_browser: LogIn
) -> None:
    slamet = add(cast, "Slamet", phone="08123456789")
    skill = {"capital": "human", "name": "menjahit", "level": 3, "noted_on": "2026-05-01"}
    do(cast.actor("sari"), "map.note_asset", holder=slamet, **skill)
    sari = at_browser("sari")

    asked = {"language": "id", "reason": "asked at the village hall"}
    sheet = sari.post(page(slamet, "rights/data/"), asked).content.decode()

    assert "Apa yang kami simpan tentang Anda" in sheet
    assert "08123456789" in sheet
    assert "menjahit (3/4)" in sheet
    last = LogEntry.objects.filter(action="core.note_export").latest("number")
    assert (last.result["what"], last.reason) == ("person", asked["reason"])


@pytest.mark.parametrize(
    "wrong", [{"typed": "Slamat"}, {"password": "not it"}, {"why": ""}, {"typed": ""}]
)
def test_nobody_is_erased_without_reason_name_and_password(
    cast: Cast, at_browser: LogIn, wrong: dict[str, str]
) -> None:
    slamet = add(cast, "Slamet Riyadi")
    sari = at_browser("sari")
    full = {"key": key(), "why": "asked", "typed": "slamet  riyadi", "password": PASSWORD}

    assert sari.post(page(slamet, "rights/erase/"), full | wrong).status_code == 200
    assert sari.get(page(slamet)).status_code == 200

    sari.post(page(slamet, "rights/erase/"), full)
    assert sari.get(page(slamet)).status_code == 404


def test_two_records_are_looked_at_side_by_side_and_made_one(cast: Cast, at_browser: LogIn) -> None:
    siti = add(cast, "Siti Aminah", occupation="farmer")
    again = add(cast, "Sitti Aminah", phone="08123456789", occupation="trader")
    rudi = at_browser("rudi")
    assert b"Sitti Aminah" in rudi.get("/c/sukamaju/people/duplicates/").content
    side_by_side = rudi.get(page(siti, f"merge/{again}/"))
    seen = side_by_side.context["form"]["seen"].value()
    told = {"key": key(), "seen": seen, "name": "stays", "occupation": "goes", "phone": "goes"}

    answer = rudi.post(page(siti, f"merge/{again}/"), told)

    assert answer["Location"] == page(siti)
    card = queries.person(cast.actor("rudi"), uuid.UUID(siti))
    assert (card.person.name, card.person.occupation, card.phone) == (
        "Siti Aminah",
        "trader",
        "08123456789",
    )
    assert rudi.get(page(again))["Location"] == page(siti)


def test_two_people_are_told_apart_by_one_tap(cast: Cast, at_browser: LogIn) -> None:
    one, other = add(cast, "Tri Wahyuni"), add(cast, "Tri Wahyuni")
    rudi = at_browser("rudi")

    rudi.post(page(one, f"apart/{other}/"), {"key": key()})

    assert b"No likely duplicates" in (rudi.get("/c/sukamaju/people/duplicates/").content)


def test_whoever_notes_somebody_sees_who_may_be_meant(cast: Cast, at_browser: LogIn) -> None:
    add(cast, "Siti Aminah")
    sari = at_browser("sari")

    assert b"Siti Aminah" in sari.post("/c/sukamaju/people/alike/", {"name": "sitti"}).content
    assert sari.post("/c/sukamaju/people/alike/", {"name": "Wage"}).content.strip() == b""


def test_visits_and_promises_go_with_somebody_who_moved_away(cast: Cast, at_browser: LogIn) -> None:
    slamet = add(cast, "Slamet")
    actor = cast.actor("sari")
    do(actor, "listen.make_promise", person=slamet, what="come", made_on="2026-05-01")
    sari = at_browser("sari")
    changed = {
        "key": key(),
        "name": "Slamet",
        "community": str(actor.community),
        "gender": "unstated",
        "status": "moved",
        "release_promises": "on",
    }

    sari.post(page(slamet, "change/"), changed)

    (promise,) = queries.promises(actor)
    assert promise.outcome == "released"


def test_a_worker_saves_somebody_protected_without_losing_the_number(
    cast: Cast, at_browser: LogIn
) -> None:
    slamet = add(cast, "Slamet", phone="08123456789")
    do(cast.actor("sari"), "listen.protect_person", person=slamet, protected=True)
    changed = {
        "key": key(),
        "name": "Slamet Riyadi",
        "community": str(cast.actor("sari").community),
        "gender": "unstated",
        "status": "present",
    }

    at_browser("rudi").post(page(slamet, "change/"), changed)

    card = queries.person(cast.actor("sari"), uuid.UUID(slamet))
    assert (card.person.name, card.phone) == ("Slamet Riyadi", "08123456789")


def test_a_text_of_others_is_written_anew_on_its_page(cast: Cast, at_browser: LogIn) -> None:
    slamet, sri = add(cast, "Slamet"), add(cast, "Sri")
    told = {"person": sri, "life_area": "jobs", "own_words": "Slamet hinders her"}
    do(cast.actor("sari"), "listen.note_concern", **told)
    sari = at_browser("sari")
    (found,) = queries.mentions(cast.actor("sari"), uuid.UUID(slamet))
    anew = {"key": key(), "row": str(found.row), "field": found.field, "redacted": "A neighbour"}

    assert b"Slamet hinders her" in sari.get(page(slamet, "rights/mentions/")).content
    sari.post(page(slamet, "rights/mentions/"), anew)

    assert b"No text about others names them" in sari.get(page(slamet, "rights/mentions/")).content
