"""What moves people, in the browser: themes made by hand, read from both sides, and undone."""

from __future__ import annotations

import re
import uuid

import pytest
from django.utils import timezone

from browsing import LogIn
from guyub.cycle.listen import queries as listen
from people import Cast, do

MOVING = "/c/sukamaju/moving/"
KEY = "0192f000-0000-7000-8000-000000000001"
WORDS = ("Air sumur keruh.", "Pengairan berebut.", "Airnya jarang sampai.")
OTHERS = ("Jalan berlubang.", "Lampu mati.", "Guru absen.", "Bunga pinjaman.")


@pytest.fixture
def heard(cast: Cast) -> list[str]:
    """Seven people who said what they care about; the concerns, those about water first."""
    return [say(cast, f"Warga {number}", words) for number, words in enumerate(WORDS + OTHERS)]


def say(cast: Cast, name: str, words: str) -> str:
    sari = cast.actor("sari")
    person = do(sari, "listen.add_person", name=name, gender="female")["id"]
    told = {"person": person, "life_area": "environment", "own_words": words, "depth": 4}
    return str(do(sari, "listen.note_concern", **told)["id"])


def ticked(page: str) -> list[str]:
    return re.findall(r'id="concern-([0-9a-f-]{36})" checked', page)


def test_before_anybody_was_asked_the_page_says_how_to_begin(cast: Cast, at_browser: LogIn) -> None:
    assert "Nobody was asked yet" in at_browser("sari").get(MOVING).content.decode()


def test_the_page_tells_how_widely_and_of_whom_nothing_is_known(
    cast: Cast, at_browser: LogIn, heard: list[str]
) -> None:
    do(cast.actor("sari"), "listen.add_person", name="Joko", gender="male")

    page = at_browser("sari").get(MOVING).content.decode()

    assert "7 of 8 people have been heard." in page
    assert "7 people, 88 %" in page
    assert "depth 4.0 of 5, 7 were asked" in page
    assert re.search(r"Male</a>.*?0 of 1", page, re.DOTALL)


def test_a_suggestion_leads_to_its_sentences_without_its_word_in_the_address(
    cast: Cast, at_browser: LogIn, heard: list[str]
) -> None:
    client = at_browser("sari")
    (address,) = re.findall(r'href="([^"]*suggested[^"]*)"', client.get(MOVING).content.decode())

    page = client.get(address).content.decode()

    assert address == f"{MOVING}concerns/?suggested=1"
    assert set(ticked(page)) == set(heard[:3])


def test_ticked_concerns_become_a_theme_that_leads_to_its_people(
    cast: Cast, at_browser: LogIn, heard: list[str]
) -> None:
    client = at_browser("sari")
    told = {"key": KEY, "concerns": heard[:2], "name": "Air bersih", "life_area": "environment"}

    page = client.post(f"{MOVING}concerns/", told, follow=True).content.decode()

    assert "2 people care about it" in page
    assert WORDS[0] in page
    assert OTHERS[0] not in page
    person = re.findall(r'href="(/c/sukamaju/people/[0-9a-f-]{36}/)"', page)[0]
    assert "Air bersih" in client.get(person).content.decode()


def test_a_name_that_is_missing_is_asked_for_and_the_ticks_stay(
    cast: Cast, at_browser: LogIn, heard: list[str]
) -> None:
    told = {"key": KEY, "concerns": heard[:2], "life_area": "environment"}

    page = at_browser("sari").post(f"{MOVING}concerns/", told).content.decode()

    assert "A theme needs a name" in page
    assert set(ticked(page)) == set(heard[:2])


def test_what_does_not_belong_is_taken_out_and_a_theme_is_dropped_and_undone(
    cast: Cast, at_browser: LogIn, heard: list[str]
) -> None:
    sari, client = cast.actor("sari"), at_browser("sari")
    named = {"name": "Air bersih", "life_area": "environment", "concerns": heard[:2]}
    theme = do(sari, "listen.name_theme", **named)["id"]
    address = f"{MOVING}{theme}/"

    page = client.post(address, {"key": KEY, "concerns": heard[:1]}, follow=True).content.decode()
    assert WORDS[0] not in page
    page = client.post(f"{address}drop/", {"key": KEY[:-1] + "2"}, follow=True).content.decode()
    assert "What people said stays." in page
    assert client.get(address).status_code == 404
    entry = page.split('name="entry" value="')[1][:36]
    client.post("/c/sukamaju/undo/", {"key": KEY[:-1] + "3", "entry": entry})

    assert WORDS[1] in client.get(address).content.decode()


def about_water(cast: Cast, concerns: list[str]) -> tuple[str, list[str]]:
    """A theme, and the people who care about it in the order of the concerns."""
    sari = cast.actor("sari")
    named = {"name": "Air bersih", "life_area": "environment", "concerns": concerns}
    theme = do(sari, "listen.name_theme", **named)["id"]
    rows = listen.statements(sari, theme=uuid.UUID(theme))
    whose = {str(row.id): str(row.person) for row in rows}
    return theme, [whose[each] for each in concerns]


def test_the_people_of_a_theme_are_invited_to_talk_about_it(
    cast: Cast, at_browser: LogIn, heard: list[str]
) -> None:
    sari, client = cast.actor("sari"), at_browser("sari")
    theme, (first, second, third) = about_water(cast, heard[:3])
    do(sari, "listen.note_consent", person=third, purpose="contact", answer="refused")
    new = "/c/sukamaju/meetings/new/"
    page = client.get(f"{MOVING}{theme}/").content.decode()
    assert f'name="theme" value="{theme}"' in page

    page = client.post(new, {"theme": theme}).content.decode()

    assert 'value="Air bersih"' in page
    assert "1 person who does not want visits is left out." in page
    invited = re.findall(r'name="invited" value="([^"]+)"[^>]*checked', page)
    assert set(invited) == {first, second}
    told = {"key": KEY, "title": "Air bersih", "kind": "meeting", "planned_on": "2026-05-04"}
    answer = client.post(new, told | {"invited": [first]})
    card = listen.meeting(sari, uuid.UUID(answer["Location"].split("/")[-2]))
    assert [str(each.person) for each in card.people] == [first]


def test_a_theme_of_somewhere_else_opens_no_meeting(
    cast: Cast, at_browser: LogIn, heard: list[str]
) -> None:
    theme, _people = about_water(cast, heard[:2])

    answer = at_browser("budi").post("/c/krajan/meetings/new/", {"theme": theme})

    assert answer.status_code == 404


def test_a_theme_says_with_whom_to_begin_among_its_people(
    cast: Cast, at_browser: LogIn, heard: list[str]
) -> None:
    sari = cast.actor("sari")
    theme, (_nothing, kept, hosted) = about_water(cast, heard[:3])
    day = str(timezone.localdate())
    for _each in range(2):
        promise = do(sari, "listen.make_promise", person=kept, what="to dig", made_on=day)["id"]
        do(sari, "listen.settle_promise", promise=promise, outcome="kept", noted_on=day)
    held = {"kind": "group_talk", "held_on": day}
    there = [{"person": hosted, "part": "hosted"}]
    do(sari, "listen.record_encounter", **held, participants=there)

    page = at_browser("sari").get(f"{MOVING}{theme}/").content.decode()

    first = page[
        page.index("With whom to begin among them") : page.index('<form method="post" class')
    ]
    assert first.index("Warga 1") < first.index("kept 2 promises") < first.index("Warga 2")
    assert "hosted 1 time in the past year" in first
    assert "Warga 0" not in first


@pytest.mark.parametrize("asked", ["area=nothing", "suggested=x", "shown=0"])
def test_an_address_that_cannot_be_read_is_refused(
    cast: Cast, at_browser: LogIn, asked: str
) -> None:
    assert at_browser("sari").get(f"{MOVING}concerns/?{asked}").status_code == 400


def test_the_theme_of_another_place_is_not_there(cast: Cast, at_browser: LogIn) -> None:
    charlie = cast.actor("charlie", "sidorejo")
    theme = do(charlie, "listen.name_theme", name="Water", life_area="health")["id"]

    assert at_browser("sari").get(f"{MOVING}{theme}/").status_code == 404
