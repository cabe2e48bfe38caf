"""A conversation that was noted wrongly is noted again: nothing is lost, nothing stands twice."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone

from browsing import LogIn
from guyub.core.actor import Actor
from guyub.core.confidential import Sealed
from guyub.core.errors import Missing, Refused
from guyub.core.identifiers import new_identifier
from guyub.core.models import FilledForm, LogEntry
from guyub.cycle.listen import queries as listen
from guyub.cycle.map import queries as map_queries
from guyub.interfaces.web.conversation.correction import earlier_conversation
from people import Cast, do

NOTE = "/c/sukamaju/note/"
WORDS = "the well is muddy every dry season"


def this_day() -> date:
    """Where the village lies."""
    return timezone.localdate(timezone=ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def people(cast: Cast) -> dict[str, str]:
    sari = cast.actor("sari")
    names = ("Slamet", "Sri", "Joko")
    return {name: str(do(sari, "listen.add_person", name=name)["id"]) for name in names}


def everything(people: Mapping[str, str]) -> dict[str, object]:
    soon = (this_day() + timedelta(days=7)).isoformat()
    return {
        "key": str(new_identifier()),
        "kind": "house_visit",
        "initiated_by": "member",
        "when": f"{this_day() - timedelta(days=9)} morning",
        "place": "at home",
        "others": 2,
        "people": [people["Slamet"]],
        "summary": "He told of his father.",
        "asked_to_lead": "on",
        "life_area": ["health", "environment"],
        "own_words": WORDS,
        "depth": 4,
        "sharing": [people["Joko"]],
        "advice": [people["Sri"]],
        "known": [people["Joko"]],
        "known_kind": "kin",
        "stance": 2,
        "initiative": 3,
        "evidence": "He asked others along.",
        "promise_1": "bring five neighbours",
        "due_1": soon,
        "promise_2": "ask the RT",
        "mine_2": "on",
        "skill_1": "carpentry",
        "level_1": 3,
        "teaches_1": "on",
        "asset": "a pickup",
        "asset_capital": "built",
        "next_on": soon,
    }


def noted(at_browser: LogIn, data: dict[str, object], name: str = "sari") -> uuid.UUID:
    """Note a conversation, and give the encounter."""
    answer = at_browser(name).post(NOTE, data)
    assert answer.status_code == 302, answer.content.decode()
    return uuid.uuid5(uuid.UUID(str(data["key"])), "encounter")


def encounter_of(actor: Actor, person: str) -> uuid.UUID:
    (each,) = listen.encounters_of(actor, uuid.UUID(person))
    return each.id


def corrected(
    at_browser: LogIn, encounter: uuid.UUID, data: dict[str, object], name: str = "sari"
) -> HttpResponse:
    told = {**data, "key": str(new_identifier())}
    return at_browser(name).post(f"{NOTE}?encounter={encounter}", told)


def facts(actor: Actor, person: str) -> list[object]:
    """All that is known of somebody, without keys."""
    key = uuid.UUID(person)
    card = listen.person(actor, key)
    return [
        [(row.kind, row.held_on, row.place, row.parts) for row in listen.encounters_of(actor, key)],
        [
            (row.life_area, row.own_words, row.depth, row.shared_with)
            for row in listen.concerns_of(actor, key)
        ],
        sorted((row.what, str(row.due_on), row.by_worker) for row in card.promises),
        sorted((row.trait, row.value) for row in card.observations),
        sorted((row.kind, str(row.to_person)) for row in map_queries.ties_of(actor, key)),
        map_queries.assets_of(actor, key),
        [(row.person, row.due_on) for row in listen.visits(actor)],
    ]


def test_the_form_shows_what_was_noted_and_saved_as_it_is_changes_nothing(
    cast: Cast, at_browser: LogIn, people: dict[str, str]
) -> None:
    sari, slamet = cast.actor("sari"), people["Slamet"]
    encounter = noted(at_browser, everything(people))
    encounter = encounter_of(sari, slamet)
    before = facts(sari, slamet)

    page = at_browser("sari").get(f"{NOTE}?encounter={encounter}").content.decode()
    for said in (WORDS, "He told of his father.", "bring five neighbours", "carpentry", "a pickup"):
        assert said in page
    assert "Correct a conversation" in page
    answers = earlier_conversation(sari, encounter).answers
    given = {name: value for name, value in answers.items() if value not in (None, False, "")}
    assert corrected(at_browser, encounter, given).status_code == 302

    assert facts(sari, slamet) == before
    assert encounter_of(sari, slamet) != encounter


def test_what_was_wrong_is_right_and_can_be_brought_back(
    cast: Cast, at_browser: LogIn, people: dict[str, str]
) -> None:
    sari, slamet = cast.actor("sari"), people["Slamet"]
    noted(at_browser, everything(people))
    before = facts(sari, slamet)
    right = {**everything(people), "stance": 3, "promise_1": "bring six", "life_area": ["health"]}
    answer = corrected(at_browser, encounter_of(sari, slamet), right)
    assert answer.status_code == 302, answer.content.decode()

    card = listen.person(sari, uuid.UUID(slamet))
    assert {each.what for each in card.promises} == {"bring six", "ask the RT"}
    assert ("stance", 3) in {(each.trait, each.value) for each in card.observations}
    assert [each.life_area for each in listen.concerns_of(sari, uuid.UUID(slamet))] == ["health"]

    entry = LogEntry.objects.filter(action="core.withdraw_entry").latest("number").entry
    do(sari, "core.withdraw_entry", entry=entry)
    assert facts(sari, slamet) == before


def test_it_was_somebody_else_and_the_planned_visit_is_still_to_come(
    cast: Cast, at_browser: LogIn, people: dict[str, str]
) -> None:
    sari = cast.actor("sari")
    planned = [{"person": people["Slamet"], "planned_on": str(this_day())}]
    do(sari, "listen.plan_visits", visits=planned)
    (visit,) = listen.visits(sari)
    told = {"key": str(new_identifier()), "kind": "one_on_one", "initiated_by": "worker"}
    told |= {"when": this_day().isoformat()}
    noted(at_browser, {**told, "people": [people["Slamet"]], "visit": str(visit.id)})
    assert listen.visits(sari) == ()

    encounter = encounter_of(sari, people["Slamet"])
    assert corrected(at_browser, encounter, {**told, "people": [people["Sri"]]}).status_code == 302

    assert [row.id for row in listen.visits(sari)] == [visit.id]
    assert listen.encounters_of(sari, uuid.UUID(people["Slamet"])) == ()
    encounter_of(sari, people["Sri"])


def test_the_visit_that_it_was_stays_made(
    cast: Cast, at_browser: LogIn, people: dict[str, str]
) -> None:
    sari, slamet = cast.actor("sari"), people["Slamet"]
    do(sari, "listen.plan_visits", visits=[{"person": slamet, "planned_on": str(this_day())}])
    (visit,) = listen.visits(sari)
    told = {"kind": "one_on_one", "initiated_by": "worker", "when": this_day().isoformat()}
    told |= {"people": [slamet]}
    noted(at_browser, {**told, "key": str(new_identifier()), "visit": str(visit.id)})

    encounter = encounter_of(sari, slamet)
    assert corrected(at_browser, encounter, {**told, "place": "market"}).status_code == 302

    assert listen.visits(sari) == ()
    (row,) = listen.encounters_of(sari, uuid.UUID(slamet))
    assert row.place == "market"


def test_whoever_was_new_then_stays_and_is_there_once(cast: Cast, at_browser: LogIn) -> None:
    sari = cast.actor("sari")
    told = {"kind": "one_on_one", "initiated_by": "worker", "when": this_day().isoformat()}
    noted(at_browser, {**told, "key": str(new_identifier()), "new_names": "Wayan"})
    (wayan,) = listen.people(sari, text="Wayan").rows

    encounter = encounter_of(sari, str(wayan.id))
    right = {**told, "people": [str(wayan.id)], "place": "market"}
    assert corrected(at_browser, encounter, right).status_code == 302

    assert [row.id for row in listen.people(sari, text="Wayan").rows] == [wayan.id]
    assert encounter_of(sari, str(wayan.id)) != encounter


def test_what_others_built_on_is_not_pulled_away_and_nothing_changes(
    cast: Cast, at_browser: LogIn, people: dict[str, str]
) -> None:
    sari, slamet = cast.actor("sari"), people["Slamet"]
    noted(at_browser, everything(people))
    promise = listen.person(sari, uuid.UUID(slamet)).promises[0]
    kept = {"promise": promise.id, "outcome": "kept", "noted_on": str(this_day())}
    do(sari, "listen.settle_promise", **kept)
    before = facts(sari, slamet)

    answer = corrected(at_browser, encounter_of(sari, slamet), everything(people))

    assert answer.status_code == 200
    assert "depends on this" in answer.content.decode()
    assert facts(sari, slamet) == before


def test_only_whoever_noted_it_corrects_it(
    cast: Cast, at_browser: LogIn, people: dict[str, str]
) -> None:
    noted(at_browser, everything(people))
    encounter = encounter_of(cast.actor("sari"), people["Slamet"])

    for name in ("rudi", "tini"):
        assert at_browser(name).get(f"{NOTE}?encounter={encounter}").status_code == 404
        assert corrected(at_browser, encounter, everything(people), name).status_code == 404
    journey = f"/c/sukamaju/people/{people['Slamet']}/journey/"
    assert f"?encounter={encounter}" in at_browser("sari").get(journey).content.decode()
    assert "?encounter=" not in at_browser("rudi").get(journey).content.decode()


def test_a_meeting_is_corrected_where_it_was_held(cast: Cast, people: dict[str, str]) -> None:
    sari = cast.actor("sari")
    meeting = do(sari, "listen.plan_meeting", title="Rembug", planned_on=str(this_day()))["id"]
    held = do(sari, "listen.hold_meeting", meeting=meeting)["id"]

    with pytest.raises(Missing):
        earlier_conversation(sari, uuid.UUID(held))


def test_what_was_not_filled_in_with_the_form_is_not_corrected_with_it(
    cast: Cast, at_browser: LogIn, people: dict[str, str]
) -> None:
    sari, slamet = cast.actor("sari"), people["Slamet"]
    met = {"kind": "one_on_one", "held_on": str(this_day()), "participants": [{"person": slamet}]}
    do(sari, "listen.record_encounter", **met)
    encounter = encounter_of(sari, slamet)

    with pytest.raises(Refused):
        earlier_conversation(sari, encounter)
    answer = at_browser("sari").get(f"{NOTE}?encounter={encounter}", follow=True)
    assert "What was filled in then is not kept." in answer.content.decode()
    journey = at_browser("sari").get(f"/c/sukamaju/people/{slamet}/journey/").content.decode()
    assert "?encounter=" not in journey


def test_what_was_filled_in_is_sealed(at_browser: LogIn, people: dict[str, str]) -> None:
    noted(at_browser, everything(people))
    (told,) = QuerySet(FilledForm).values_list("answers", flat=True)
    assert isinstance(told, Sealed)
    assert WORDS not in told.text


def test_a_tap_that_says_only_that_they_met_is_corrected_as_well(
    cast: Cast, at_browser: LogIn, people: dict[str, str]
) -> None:
    sari, slamet = cast.actor("sari"), people["Slamet"]
    do(sari, "listen.plan_visits", visits=[{"person": slamet, "planned_on": str(this_day())}])
    (visit,) = listen.visits(sari)
    tapped = {"key": str(new_identifier()), "result": "met"}
    at_browser("sari").post(f"/c/sukamaju/today/{visit.id}/", tapped)

    answers = earlier_conversation(sari, encounter_of(sari, slamet)).answers
    assert (answers["people"], answers["visit"]) == ([slamet], [str(visit.id)])


def test_whoever_was_merged_is_called_by_the_one_who_stayed(
    cast: Cast, at_browser: LogIn, people: dict[str, str]
) -> None:
    sari, slamet, sri = cast.actor("sari"), people["Slamet"], people["Sri"]
    told = {**everything(people), "people": [slamet, people["Joko"]], "about": slamet}
    noted(at_browser, {**told, "sharing": [sri], f"part_{slamet}": "hosted"})
    do(sari, "listen.merge_people", stays=sri, goes=slamet)

    answers = earlier_conversation(sari, encounter_of(sari, sri)).answers
    assert answers["people"] == [sri, people["Joko"]]
    assert (answers["about"], answers[f"part_{sri}"]) == ([sri], ["hosted"])
    assert slamet not in str(answers)


@pytest.mark.parametrize("told", ["whoever was there", "whom they told of", "a name"])
def test_of_whoever_is_erased_no_answer_is_left(
    cast: Cast, at_browser: LogIn, people: dict[str, str], told: str
) -> None:
    tini, joko = cast.actor("tini"), people["Joko"]
    more: dict[str, object] = {
        "whoever was there": {"people": [people["Slamet"], joko], "about": people["Slamet"]},
        "whom they told of": {},
        "a name": {"own_words": "a talk\nJoko said so", "sharing": [], "known": []},
    }[told]
    if told == "whoever was there":
        more |= {"sharing": [], "known": []}
    noted(at_browser, {**everything(people), **more})
    other = {"kind": "one_on_one", "initiated_by": "worker", "people": [people["Sri"]]}
    noted(at_browser, {**other, "key": str(new_identifier()), "when": str(this_day())})
    do(tini, "listen.erase_person", person=joko, why="asked")

    (left,) = FilledForm.objects.all()
    assert left.answers["people"] == [people["Sri"]]


def test_a_text_that_was_written_anew_is_not_left_as_an_answer(
    cast: Cast, at_browser: LogIn, people: dict[str, str]
) -> None:
    noted(at_browser, everything(people))
    concern = listen.concerns_of(cast.actor("sari"), uuid.UUID(people["Slamet"]))[0]
    anew = {"row": concern.id, "field": "own_words", "redacted": "…"}
    do(cast.actor("tini"), "listen.redact_text", **anew)
    assert not FilledForm.objects.exists()


def test_pressed_twice_it_is_corrected_once(
    cast: Cast, at_browser: LogIn, people: dict[str, str]
) -> None:
    sari, slamet = cast.actor("sari"), people["Slamet"]
    noted(at_browser, everything(people))
    address = f"{NOTE}?encounter={encounter_of(sari, slamet)}"
    right = everything(people)

    first, second = (at_browser("sari").post(address, right) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    encounter_of(sari, slamet)
