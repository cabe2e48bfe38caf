"""Questions to the list of people, in the browser: built, kept, shared, and acted upon."""

from __future__ import annotations

import html
import re
import uuid

import pytest
from django.test import Client

from browsing import LogIn
from guyub.core.models import LogEntry
from guyub.cycle.listen import queries as listen
from people import PASSWORD, Cast, do

ASK = "/c/sukamaju/people/questions/"
KEY = "0192f000-0000-7000-8000-000000000001"
WOMEN = {"0-kind": "gender", "0-choice": "female"}


@pytest.fixture
def village(cast: Cast) -> dict[str, str]:
    sari = cast.actor("sari")
    found = {}
    for name, gender in (("Ayu", "female"), ("Sri", "female"), ("Joko", "male")):
        told = {"name": name, "gender": gender, "groups": "PKK" if name == "Sri" else ""}
        found[name] = str(do(sari, "listen.add_person", **told)["id"])
    return found


def shown(page: str) -> list[str]:
    found = re.findall(r'<span class="block font-semibold break-words">([^<]+)', page)
    return [name.strip() for name in found]


def ask(client: Client, **asked: str) -> str:
    return client.get(ASK, asked).content.decode()


def test_a_condition_is_added_with_a_beginning_and_asked_at_once(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    client = at_browser("sari")

    added = client.get(ASK, {"add": "gender"})

    assert added["Location"] == f"{ASK}?0-kind=gender&0-choice=female"
    page = client.get(added["Location"]).content.decode()
    assert "2 people" in page
    assert shown(page)[:2] == ["Ayu", "Sri"]


def test_conditions_hold_together_and_one_is_taken_away_again(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    client = at_browser("sari")
    both = WOMEN | {"1-kind": "group", "1-choice": "PKK", "1-negated": "on"}

    assert shown(client.get(ASK, both).content.decode()) == ["Ayu"]
    left = client.get(ASK, both | {"drop": "0"})["Location"]
    assert shown(client.get(left).content.decode()) == ["Ayu", "Joko"]


def test_a_number_that_cannot_be_is_told_beside_its_field(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    page = ask(at_browser("sari"), **{"0-kind": "age", "0-least": "16", "0-most": "999"})

    assert "field-error" in page
    assert "Save this question" not in page


def test_a_viewer_is_offered_and_answered_only_what_they_may_read(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    client = at_browser("wati")

    assert 'value="stance"' not in ask(client)
    assert 'value="gender"' in ask(client)
    assert client.get(ASK, {"0-kind": "stance", "0-least": 1, "0-most": 2}).status_code == 403


def test_a_question_is_kept_shared_asked_by_a_colleague_and_dropped(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    told = WOMEN | {"key": KEY, "name": "Women", "shared": "on"}
    assert at_browser("sari").post(f"{ASK}keep/", told).status_code == 302

    client = at_browser("rudi")
    page = ask(client)
    assert "Women" in page
    (address,) = re.findall(rf'href="({ASK}[0-9a-f-]{{36}}/)"', page)
    assert "2 people" in client.get(address, follow=True).content.decode()
    client.post(f"{address}drop/", {"key": KEY[:-1] + "2"})

    assert listen.questions(cast.actor("sari")) == ()


def test_each_form_beside_the_answer_knows_the_question(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    page = ask(at_browser("sari"), **WOMEN)

    # The conditions themselves, what is done together, and the question that is kept.
    assert page.count('name="0-kind" value="gender"') == 3


def test_after_an_undo_the_question_is_asked_again(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    client = at_browser("sari")
    told = WOMEN | {"key": KEY, "whom": "all", "deed": "label", "label": "Posyandu"}
    page = client.post(f"{ASK}do/", told, follow=True).content.decode()
    entry, after = (
        page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("entry", "next")
    )

    undone = client.post(
        "/c/sukamaju/undo/", {"key": KEY[:-1] + "2", "entry": entry, "next": html.unescape(after)}
    )

    assert undone["Location"] == f"{ASK}?0-kind=gender&0-choice=female"


def test_a_question_without_a_name_is_not_kept_and_says_so(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    page = at_browser("sari").post(f"{ASK}keep/", WOMEN | {"key": KEY}).content.decode()

    assert "Give the question a name." in page


def test_everybody_who_is_meant_is_put_into_a_group_and_one_undo_takes_it_back(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    client = at_browser("sari")
    told = WOMEN | {"key": KEY, "whom": "all", "deed": "label", "label": "Posyandu"}

    page = client.post(f"{ASK}do/", told, follow=True).content.decode()

    assert "People changed: 2." in page
    assert groups(cast, village["Sri"]) == "PKK, Posyandu"
    entry = page.split('name="entry" value="')[1][:36]
    client.post("/c/sukamaju/undo/", {"key": KEY[:-1] + "2", "entry": entry})
    assert groups(cast, village["Sri"]) == "PKK"
    assert groups(cast, village["Ayu"]) == ""


def groups(cast: Cast, person: str) -> str:
    return listen.person(cast.actor("sari"), uuid.UUID(person)).person.groups


def test_visits_are_planned_with_those_who_are_ticked(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    told = WOMEN | {"key": KEY, "whom": "ticked", "deed": "visit", "planned_on": "2999-01-01"}
    client = at_browser("sari")

    assert "Tick someone first." in client.post(f"{ASK}do/", told).content.decode()
    client.post(f"{ASK}do/", told | {"people": [village["Ayu"]]})

    (visit,) = listen.visits(cast.actor("sari"))
    assert str(visit.person) == village["Ayu"]


def test_who_is_tied_to_somebody_is_asked_from_their_page(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    ends = {"from_person": village["Ayu"], "to_person": village["Joko"]}
    do(cast.actor("sari"), "map.report_tie", **ends, kind="kin")

    page = ask(at_browser("sari"), **{"0-kind": "tied", "0-which": village["Ayu"]})

    assert "Are tied to Ayu" in page
    assert shown(page) == ["Joko"]


def test_the_list_leaves_as_the_screen_shows_it_and_stands_in_the_log(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    client, told = at_browser("sari"), {"reason": "for the posyandu list", "password": PASSWORD}
    address = f"{ASK}take-out/?0-kind=gender&0-choice=female"

    assert "2 people, with what the screen shows" in client.get(address).content.decode()
    file = client.post(address, told)

    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "name,alias,sub_community,occupation,office"
    assert [line.split(",")[0] for line in lines[1:]] == ["Ayu", "Sri"]
    assert LogEntry.objects.latest("at").result["rows"] == 2


def test_a_list_that_would_tell_how_people_are_judged_stays_here(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    do(
        cast.actor("sari"),
        "listen.note_observation",
        person=village["Ayu"],
        trait="stance",
        value=1,
    )
    client, told = at_browser("sari"), {"reason": "for the posyandu list", "password": PASSWORD}
    allies = "0-kind=stance&0-least=1&0-most=2"

    assert "Export this list" not in client.get(f"{ASK}?{allies}").content.decode()
    refused = client.post(f"{ASK}take-out/?{allies}", told)

    assert "It stays here." in refused.content.decode()
    assert not LogEntry.objects.filter(action="core.note_export").exists()
