"""Whom to ask about their ties next."""

from __future__ import annotations

import re

import pytest

from browsing import LogIn
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen import queries as listen
from guyub.cycle.start import analysis
from guyub.cycle.start.analysis import people_to_survey
from people import Cast, do

ASK = "/c/sukamaju/start/ask/"


@pytest.fixture
def village(cast: Cast) -> dict[str, str]:
    """Six of eighteen told of their ties; five of them named Karso, whom nobody has asked."""
    sari = cast.actor("sari")
    names = [f"Warga {number}" for number in range(17)] + ["Karso"]
    ids = {name: do(sari, "listen.add_person", name=name)["id"] for name in names}
    for teller in range(6):
        for other in ("Karso", f"Warga {teller + 6}")[teller == 5 :]:
            tie = {"from_person": ids[f"Warga {teller}"], "to_person": ids[other], "kind": "kin"}
            do(sari, "map.report_tie", **tie, mutual=True, reported_by="one")
    return ids


def visited(cast: Cast) -> list[tuple[str, tuple]]:
    rows = listen.visits(cast.actor("sari"))
    return [(str(row.person), tuple(each["code"] for each in row.reasons)) for row in rows]


def test_those_are_named_whose_ties_nobody_told_of(
    at_browser: LogIn, village: dict[str, str]
) -> None:
    said = at_browser("sari").get(ASK).content.decode()

    assert "6 of 18 people have told us about their ties." in said
    assert "ties of theirs are not known yet" in said
    assert said.count("Plan a visit") == 5
    told = [f'people/{village[f"Warga {number}"]}/"' for number in range(6)]
    assert not [each for each in told if each in said]


def test_the_page_speaks_indonesian(at_browser: LogIn, village: dict[str, str]) -> None:
    said = at_browser("sari", "id").get(ASK).content.decode()

    assert "Siapa yang ditanyai berikutnya" in said
    assert "6 dari 18 warga sudah menceritakan ikatannya." in said
    assert "ikatannya belum diketahui" in said


def test_one_tap_plans_a_visit_with_its_reason_and_names_somebody_else(
    cast: Cast, at_browser: LogIn, village: dict[str, str]
) -> None:
    browser = at_browser("sari")
    said = browser.get(ASK).content.decode()
    person, unknown = re.findall(r'name="(?:person|unknown)" value="([^"]+)"', said)[:2]

    wanted = {"key": str(new_identifier()), "person": person, "unknown": unknown}
    answer = browser.post(ASK, wanted, follow=True)

    assert "The visit is on Today." in answer.content.decode()
    assert visited(cast) == [(person, ("ties_unknown",))]
    assert f'people/{person}/"' not in answer.content.decode()
    today = browser.get("/c/sukamaju/today/").content.decode()
    assert "ties of theirs are not known yet" in today
    browser.post(ASK, {**wanted, "key": str(new_identifier())})
    assert len(visited(cast)) == 1


def test_whoever_does_not_want_to_be_visited_is_not_named(
    cast: Cast, village: dict[str, str]
) -> None:
    sari = cast.actor("sari")
    first = people_to_survey(sari).next[0].person
    consent = {"purpose": "contact", "answer": "refused", "witness": "Sri"}
    do(sari, "listen.note_consent", person=str(first), **consent)

    assert first not in {each.person for each in people_to_survey(sari).next}
    assert len(people_to_survey(sari).next) == 5


def test_where_hardly_anybody_was_asked_the_page_says_how_many_are_enough(
    cast: Cast, at_browser: LogIn
) -> None:
    for number in range(20):
        do(cast.actor("sari"), "listen.add_person", name=f"Warga {number}")

    said = at_browser("sari").get(ASK).content.decode()

    assert "0 of 20 people have told us" in said
    assert "A plan is worth trusting once 3 have (15 in 100)" in said
    assert said.count("nobody has told us about their ties yet") == 3


def test_where_everybody_was_asked_that_is_said(cast: Cast, at_browser: LogIn) -> None:
    sari = cast.actor("sari")
    people = [do(sari, "listen.add_person", name=f"Warga {number}")["id"] for number in range(6)]
    for one, other in zip(people, people[1:], strict=False):
        tie = {"from_person": one, "to_person": other, "kind": "kin", "reported_by": "both"}
        do(sari, "map.report_tie", **tie)

    assert "Everyone was asked about their ties" in at_browser("sari").get(ASK).content.decode()


def test_where_few_live_or_very_many_the_page_says_why_it_names_nobody(
    cast: Cast,
    at_browser: LogIn,
    village: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = at_browser("charlie").get("/c/sidorejo/start/ask/").content.decode()
    assert "too few people for a plan yet" in few

    monkeypatch.setattr(analysis.survey_next, "MOST_ASKED_OF", 10)
    many = at_browser("sari").get(ASK).content.decode()
    assert "up to 10 people at once" in many


def test_nonsense_in_a_hidden_field_is_refused(at_browser: LogIn, village: dict[str, str]) -> None:
    assert at_browser("sari").post(ASK, {"person": "x"}).status_code == 400


def test_a_plan_of_the_page_counts_what_nobody_told_of(
    at_browser: LogIn, village: dict[str, str]
) -> None:
    wished = {"key": str(new_identifier()), "count": 2, "objective": "reach"}

    said = at_browser("sari").post("/c/sukamaju/start/", wished, follow=True).content.decode()

    assert "6 of 18 people have told us about their ties. About" in said
    assert "Who to ask next" in said
