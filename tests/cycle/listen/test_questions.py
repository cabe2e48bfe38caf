"""Questions to the list of people: asked, kept, shared, and what is done with whom they find."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guyub.core.actor import Actor
from guyub.core.errors import Denied, Invalid, Missing, Refused
from guyub.core.models import LogEntry
from guyub.cycle.listen import analysis, queries
from guyub.cycle.listen.vocabulary import Condition, ConditionKind
from people import Cast, do

TODAY = timezone.localdate()
STANCES = Condition(kind=ConditionKind.STANCE, least=1, most=2)


def person(actor: Actor, name: str, **more: object) -> str:
    return do(actor, "listen.add_person", name=name, **more)["id"]


def judge(actor: Actor, whom: str, value: int, trait: str = "stance") -> None:
    do(actor, "listen.note_observation", person=whom, trait=trait, value=value)


def meet(actor: Actor, *whom: str, kind: str = "meeting", days: int = 1, part: str = "") -> None:
    there = [{"person": each} | ({"part": part} if part else {}) for each in whom]
    held_on = (TODAY - timedelta(days=days)).isoformat()
    do(actor, "listen.record_encounter", kind=kind, held_on=held_on, participants=there)


def asking(kind: str, **more: Any) -> Condition:
    return Condition(kind=ConditionKind(kind), **more)


def found(actor: Actor, *conditions: Condition, **more: Any) -> list[str]:
    return [row.name for row in analysis.search_people(actor, conditions, **more).rows]


def test_all_conditions_of_a_question_hold(cast: Cast) -> None:
    sari = cast.actor("sari")
    krajan = cast.actor("budi", "krajan").community
    judge(sari, person(sari, "Sri", gender="female", community=krajan), 1)
    judge(sari, person(sari, "Tutik", gender="female", community=krajan), 4)
    judge(sari, person(sari, "Ayu", gender="female"), 2)

    in_krajan = asking("place", which=krajan)

    assert found(sari, in_krajan, STANCES) == ["Sri"]
    assert found(sari, in_krajan, asking("stance", least=1, most=2, negated=True)) == ["Tutik"]


def test_either_of_two_ways_is_enough(cast: Cast) -> None:
    sari = cast.actor("sari")
    person(sari, "Sri", groups="PKK")
    person(sari, "Joko", office="RT chair")
    person(sari, "Slamet")

    either = (asking("group", choice="pkk"), asking("office", alternative=True))

    assert found(sari, *either) == ["Joko", "Sri"]


def test_who_came_to_some_of_the_last_gatherings(cast: Cast) -> None:
    sari = cast.actor("sari")
    often, once = person(sari, "Sri"), person(sari, "Joko")
    meet(sari, often, once, days=30)
    meet(sari, often, days=20)
    meet(sari, once, kind="one_on_one", days=10)

    assert found(sari, asking("attended", least=2, most=3)) == ["Sri"]
    assert found(sari, asking("attended", least=1, most=1)) == ["Sri"]
    assert found(sari, asking("met", most=15)) == ["Joko"]


def test_the_question_of_the_field_finds_those_and_nobody_else(cast: Cast) -> None:
    """Came to 3 of the last 5 meetings, lives in RT 04, stance 1 to 2, never asked to lead."""
    sari = cast.actor("sari")
    rt = do(
        cast.actor("tini", "yayasan"),
        "core.found_community",
        name="RT 04",
        kind="rt",
        parent=sari.community,
    )["id"]
    sari = cast.actor("sari")
    names = ("Sri", "Seldom", "Elsewhere", "Against", "Asked", "Before")
    people = {
        name: person(sari, name, community=sari.community if name == "Elsewhere" else rt)
        for name in names
    }
    for name, key in people.items():
        judge(sari, key, 4 if name == "Against" else 2)
    for name in ("Before", "Before", "Before"):
        held(sari, people[name], days=80)
    for number in range(5):
        often = [people[name] for name in names if name not in {"Seldom", "Before"}]
        there = often if number < 3 else [people["Seldom"]]
        held(sari, *there, days=10 * (number + 1))
    meet(sari, people["Asked"], kind="one_on_one", part="asked")
    question = (
        asking("attended", least=3, most=5, choice="meeting"),
        asking("place", which=uuid.UUID(rt)),
        STANCES,
        asking("part", choice="asked", least=1, negated=True),
    )

    assert found(sari, *question) == ["Sri"]


def held(actor: Actor, *whom: str, days: int) -> None:
    """A meeting that was planned, begun and checked in at the door."""
    day = (TODAY - timedelta(days=days)).isoformat()
    meeting = do(actor, "listen.plan_meeting", title="Well", planned_on=day)["id"]
    do(actor, "listen.hold_meeting", meeting=meeting)
    arrivals = [{"person": each} for each in whom]
    do(actor, "listen.check_in", meeting=meeting, arrivals=arrivals)


def test_the_ladder_is_climbed_by_deeds_and_names_the_evidence(cast: Cast) -> None:
    sari = cast.actor("sari")
    sri, joko, budi = person(sari, "Sri"), person(sari, "Joko"), person(sari, "Budi")
    meet(sari, sri, joko)
    meet(sari, sri, part="hosted", days=3)
    meet(sari, budi, days=400)

    standing = analysis.ladder(sari, uuid.UUID(sri))

    assert standing.step == "doer"
    held = {(rung.step, rung.what): rung.count for rung in standing.rungs if rung.held}
    assert held["doer", "hosted"] == 1
    assert found(sari, asking("ladder", choice="participant")) == ["Joko", "Sri"]
    assert analysis.ladder(sari, uuid.UUID(budi)).step == "stranger"


def test_where_two_workers_differ_both_words_stand(cast: Cast) -> None:
    sari, rudi = cast.actor("sari"), cast.actor("rudi")
    sri = person(sari, "Sri")
    judge(sari, sri, 1)
    judge(rudi, sri, 3)

    (seen,) = analysis.trait_ratings(sari, uuid.UUID(sri))

    assert seen.differ
    assert dict(seen.latest) == {"Sari": 1, "Rudi": 3}
    assert seen.figure == pytest.approx(2.0)


def test_nobody_is_found_by_what_the_asker_may_not_read(cast: Cast) -> None:
    sari, budi, wati = cast.actor("sari"), cast.actor("budi", "krajan"), cast.actor("wati")
    judge(sari, person(sari, "Sri", community=budi.community), 1)

    assert found(sari, STANCES) == ["Sri"]
    assert found(budi, STANCES) == []
    with pytest.raises(Denied):
        found(wati, STANCES)


def test_an_answer_follows_what_is_noted_meanwhile(cast: Cast) -> None:
    sari = cast.actor("sari")
    sri = person(sari, "Sri")
    assert found(sari, STANCES) == []

    judge(sari, sri, 2)

    assert found(sari, STANCES) == ["Sri"]


def test_who_is_tied_to_somebody_is_for_the_map_to_say(cast: Cast) -> None:
    sari = cast.actor("sari")
    sri, joko = uuid.UUID(person(sari, "Sri")), uuid.UUID(person(sari, "Joko"))
    tied = asking("tied", which=sri)

    assert found(sari, tied, tied={sri: frozenset({joko})}) == ["Joko"]


def test_the_list_goes_on_where_a_page_ended(cast: Cast) -> None:
    sari = cast.actor("sari")
    for name in ("Ayu", "Budi", "Candra"):
        person(sari, name, groups="PKK")
    everybody = (asking("group", choice="PKK"),)

    first = analysis.search_people(sari, everybody, limit=2)
    second = analysis.search_people(sari, everybody, limit=2, after=first.next)

    assert first.count == 3
    assert [row.name for row in (*first.rows, *second.rows)] == ["Ayu", "Budi", "Candra"]
    assert second.next is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "stance", "least": 1, "most": 9},
        {"kind": "stance", "least": 1},
        {"kind": "gender", "choice": "x"},
        {"kind": "place"},
    ],
)
def test_a_condition_that_lacks_something_is_refused(cast: Cast, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        do(cast.actor("sari"), "listen.save_question", name="Who?", conditions=[wrong])


def test_a_question_is_ones_own_until_it_is_shared(cast: Cast) -> None:
    sari, rudi = cast.actor("sari"), cast.actor("rudi")
    women = [{"kind": "gender", "choice": "female"}]
    do(sari, "listen.save_question", name="Women", conditions=women)
    shared = do(sari, "listen.save_question", name="Ours", conditions=women, shared=True)

    assert [row.name for row in queries.questions(rudi)] == ["Ours"]
    assert [row.name for row in queries.questions(sari)] == ["Ours", "Women"]
    row = queries.question(rudi, uuid.UUID(shared["id"]))
    assert (row.own, row.kept_by, row.conditions) == (
        False,
        "Sari",
        (asking("gender", choice="female"),),
    )


def test_a_shared_question_is_hidden_from_who_may_not_ask_it(cast: Cast) -> None:
    sari, wati = cast.actor("sari"), cast.actor("wati")
    stances = [{"kind": "stance", "least": 1, "most": 2}]
    do(sari, "listen.save_question", name="Allies", conditions=stances, shared=True)

    assert queries.questions(wati) == ()
    women = [{"kind": "gender", "choice": "female"}]
    with pytest.raises(Invalid):
        do(wati, "listen.save_question", name="Women", conditions=women, shared=True)


def test_only_its_owner_or_a_planner_drops_a_question(cast: Cast) -> None:
    sari, rudi, budi = cast.actor("sari"), cast.actor("rudi"), cast.actor("budi", "krajan")
    women = [{"kind": "gender", "choice": "female"}]
    mine = do(sari, "listen.save_question", name="Women", conditions=women)
    shared = do(
        sari,
        "listen.save_question",
        name="Ours",
        conditions=women,
        shared=True,
    )

    for actor, question in ((rudi, mine), (budi, shared)):
        with pytest.raises(Missing):
            do(actor, "listen.drop_question", question=question["id"])
    do(rudi, "listen.drop_question", question=shared["id"])

    assert [row.name for row in queries.questions(sari)] == ["Women"]


def test_a_question_that_names_somebody_goes_when_they_are_erased(cast: Cast) -> None:
    sari = cast.actor("sari")
    sri = person(sari, "Sri")
    tied = [{"kind": "tied", "which": sri}]
    do(sari, "listen.save_question", name="Friends", conditions=tied)

    do(sari, "listen.erase_person", person=sri, why="asked")

    assert queries.questions(sari) == ()


def test_a_question_that_names_somebody_follows_them_through_a_merge(cast: Cast) -> None:
    sari = cast.actor("sari")
    stays, goes = person(sari, "Sri"), person(sari, "Sri")
    tied = [{"kind": "tied", "which": goes}]
    do(sari, "listen.save_question", name="Friends", conditions=tied)

    do(sari, "listen.merge_people", stays=stays, goes=goes)

    (row,) = queries.questions(sari)
    assert str(row.conditions[0].which) == stays


def test_a_label_is_put_on_many_at_once_and_undone_at_once(cast: Cast) -> None:
    sari = cast.actor("sari")
    sri, joko = person(sari, "Sri", groups="PKK"), person(sari, "Joko")

    done = do(sari, "listen.label_people", people=[sri, joko], label="Posyandu")
    assert done == {"labelled": 2}
    assert found(sari, asking("group", choice="posyandu")) == ["Joko", "Sri"]
    do(sari, "core.withdraw_entry", entry=str(LogEntry.objects.latest("at").entry))

    assert queries.person(sari, uuid.UUID(sri)).person.groups == "PKK"
    assert queries.person(sari, uuid.UUID(joko)).person.groups == ""


def test_a_label_is_taken_off_whoever_has_it_and_refused_where_nobody_has(cast: Cast) -> None:
    sari = cast.actor("sari")
    sri, joko = person(sari, "Sri", groups="PKK, Posyandu"), person(sari, "Joko")
    off = {"people": [sri, joko], "label": "pkk", "taken_off": True}

    assert do(sari, "listen.label_people", **off) == {"labelled": 1}
    assert queries.person(sari, uuid.UUID(sri)).person.groups == "Posyandu"
    with pytest.raises(Refused):
        do(sari, "listen.label_people", **off)


def test_a_label_for_somebody_of_another_place_labels_nobody(cast: Cast) -> None:
    sari, charlie = cast.actor("sari"), cast.actor("charlie", "sidorejo")
    sri, stranger = person(sari, "Sri"), person(charlie, "Tono")

    with pytest.raises(Missing):
        do(sari, "listen.label_people", people=[sri, stranger], label="PKK")

    assert queries.person(sari, uuid.UUID(sri)).person.groups == ""
