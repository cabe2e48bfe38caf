"""Noting a conversation: one page, one entry, and nothing typed is lost."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from browsing import LogIn
from guyub.core import scope
from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.core.identifiers import new_identifier
from guyub.core.models import LogEntry
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.models import Encounter
from guyub.cycle.map import queries as map_queries
from guyub.interfaces.web.frame.drafts import draft_secret
from people import Cast, do

NOTE = "/c/sukamaju/note/"
WORDS = "the well is muddy every dry season"


def this_day() -> date:
    """Where the village lies."""
    return timezone.localdate(timezone=ZoneInfo("Asia/Jakarta"))


def person(actor: Actor, name: str = "Slamet") -> str:
    return do(actor, "listen.add_person", name=name)["id"]


def told(**more: object) -> dict[str, object]:
    least = {"kind": "one_on_one", "initiated_by": "worker", "when": this_day().isoformat()}
    return {"key": str(new_identifier()), **least, **more}


def everything(slamet: str, sri: str) -> dict[str, object]:
    soon = (this_day() + timedelta(days=7)).isoformat()
    return told(
        people=[slamet],
        summary="He told of his father.",
        life_area="health",
        own_words=WORDS,
        depth=4,
        advice=[sri],
        news=[sri],
        stance=2,
        promise_1="bring five neighbours",
        due_1=soon,
        promise_2="ask the RT",
        next_on=soon,
    )


def note(client: Client, data: dict[str, object]) -> HttpResponse:
    return client.post(NOTE, data)


def test_who_and_when_is_enough(cast: Cast, at_browser: LogIn) -> None:
    sari = cast.actor("sari")

    answer = note(at_browser("sari"), told(people=[person(sari)]))

    assert answer.status_code == 302
    assert answer["Location"] == "/c/sukamaju/today/"
    (row,) = listen.encounters(sari)
    assert (row.kind, row.held_on, row.people) == ("one_on_one", this_day(), 1)


def test_all_that_was_said_is_one_entry(cast: Cast, at_browser: LogIn) -> None:
    sari = cast.actor("sari")
    slamet, sri = person(sari), person(sari, "Sri")

    answer = note(at_browser("sari"), everything(slamet, sri))

    assert answer.status_code == 302
    last = LogEntry.objects.filter(action="listen.record_encounter").latest("number")
    deeds = LogEntry.objects.filter(entry=last.entry).values_list("action", flat=True)
    assert sorted(deeds) == [
        "listen.make_promise",
        "listen.make_promise",
        "listen.note_concern",
        "listen.note_observation",
        "listen.plan_visits",
        "listen.record_encounter",
        "map.report_tie",
        "map.report_tie",
    ]
    (concern,) = listen.concerns_of(sari, slamet)
    assert (concern.own_words, concern.depth) == (WORDS, 4)
    assert {tie.kind.value for tie in map_queries.ties_of(sari, slamet)} == {"advice", "nomination"}


def test_undo_takes_all_of_it_back(cast: Cast, at_browser: LogIn) -> None:
    sari = cast.actor("sari")
    slamet, sri = person(sari), person(sari, "Sri")
    note(at_browser("sari"), everything(slamet, sri))
    entry = LogEntry.objects.filter(action="listen.record_encounter").latest("number").entry

    perform(sari, [Deed(action="core.withdraw_entry", data={"entry": entry})])

    assert listen.encounters(sari) == ()
    assert listen.concerns_of(sari, slamet) == ()
    assert listen.person(sari, slamet).promises == ()
    assert map_queries.ties_of(sari, slamet) == ()
    assert listen.visits(sari) == ()


def test_the_same_page_sent_twice_notes_one_conversation(cast: Cast, at_browser: LogIn) -> None:
    sari, client = cast.actor("sari"), at_browser("sari")
    data = told(new_names="Darmi", others=3, life_area="jobs")
    note(client, data)

    answer = note(client, data)

    assert answer.status_code == 302
    (row,) = listen.encounters(sari)
    assert row.people == 4
    assert [each.name for each in listen.people(sari, text="Darmi").rows] == ["Darmi"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({}, "Choose who was there"),
        ({"others": 2, "day": "2999-01-01"}, "Choose today or an earlier day."),
        ({"new_names": "Darmi, Siti", "stance": 2}, "choose above who this is about"),
        ({"new_names": "Darmi", "month": "2999-01"}, "Choose today or an earlier day."),
        ({"new_names": "Darmi", "when": "some day"}, "Choose when it was."),
        ({"new_names": "Darmi", "level_1": 2}, "Write what they can do."),
        ({"new_names": "Darmi", "asset": "a pump"}, "Choose what kind of thing it is."),
        ({"new_names": "Darmi", "due_1": "2999-01-01"}, "Write what was promised."),
        ({"new_names": "Darmi", "depth": 2}, "Choose the area of life."),
        ({"new_names": "Darmi", "next_on": "2020-01-01"}, "Choose today or a later day."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    cast: Cast, at_browser: LogIn, wrong: dict[str, object], sentence: str
) -> None:
    answer = note(at_browser("sari"), told(own_words=WORDS, place="at the well", **wrong))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert WORDS in page
    assert "at the well" in page
    assert listen.encounters(cast.actor("sari")) == ()


def test_looking_for_somebody_keeps_everything_and_notes_nothing(
    cast: Cast, at_browser: LogIn
) -> None:
    sari = cast.actor("sari")
    slamet, sri = person(sari), person(sari, "Sri")

    answer = note(
        at_browser("sari"),
        told(find="people", people=[slamet], people_text="Sri", own_words=WORDS),
    )

    page = answer.content.decode()
    assert slamet in page
    assert sri in page
    assert WORDS in page
    assert listen.encounters(sari) == ()


def test_while_one_types_the_chosen_stay_and_the_found_stand_below(
    cast: Cast, at_browser: LogIn
) -> None:
    sari = cast.actor("sari")
    slamet, sri = person(sari), person(sari, "Sri")

    answer = at_browser("sari").get(
        NOTE,
        {"find": "advice", "advice": slamet, "advice_text": "Sr"},
        headers={"HX-Request": "true"},
    )

    page = answer.content.decode()
    assert page.index(slamet) < page.index(sri)
    assert "<html" not in page


def test_from_somebodys_page_one_comes_back_to_it(cast: Cast, at_browser: LogIn) -> None:
    slamet, client = person(cast.actor("sari")), at_browser("sari")

    page = " ".join(client.get(NOTE, {"person": slamet}).content.decode().split())
    answer = note(client, told(person=slamet, people=[slamet]))

    assert f'name="people" value="{slamet}" class="sr-only" checked' in page
    assert answer["Location"] == f"/c/sukamaju/people/{slamet}/"


def test_a_noted_conversation_settles_the_visit_that_it_was(cast: Cast, at_browser: LogIn) -> None:
    sari, client = cast.actor("sari"), at_browser("sari")
    slamet = person(sari)
    do(sari, "listen.plan_visits", visits=[{"person": slamet, "planned_on": "2026-05-04"}])
    (visit,) = listen.visits(sari)
    data = told(visit=visit.id, people=[slamet])

    note(client, data)
    again = note(client, data)

    assert again.status_code == 302
    assert listen.visits(sari) == ()
    assert len(listen.encounters(sari)) == 1


def test_this_morning_and_only_a_month_are_kept_as_they_were_said(
    cast: Cast, at_browser: LogIn
) -> None:
    sari, client = cast.actor("sari"), at_browser("sari")
    slamet = person(sari)

    note(client, told(people=[slamet], when=f"{this_day()} morning"))
    note(client, told(people=[slamet], month="2026-03"))

    with scope.opened(scope.Scope(sari.reach)):
        rows = Encounter.objects.order_by("-held_on").values_list(
            "held_on", "time_of_day", "month_only"
        )
        assert list(rows) == [(this_day(), "morning", False), (date(2026, 3, 1), "", True)]


def test_of_several_somebody_says_who_did_what_and_about_whom_the_rest_is(
    cast: Cast, at_browser: LogIn
) -> None:
    sari = cast.actor("sari")
    slamet, sri = person(sari), person(sari, "Sri")
    data = told(people=[slamet, sri], about=sri, life_area="health", kind="meeting", stance=1)

    note(at_browser("sari"), data | {f"part_{slamet}": "hosted"})

    parts = {row.person: row.part for row in listen.participations(sari)}
    assert parts == {uuid.UUID(slamet): "hosted", uuid.UUID(sri): "present"}
    assert listen.concerns_of(sari, slamet) == ()
    assert len(listen.concerns_of(sari, sri)) == 1


def test_what_somebody_can_do_shares_and_is_seen_doing_is_noted_with_the_rest(
    cast: Cast, at_browser: LogIn
) -> None:
    sari = cast.actor("sari")
    slamet, sri = person(sari), person(sari, "Sri")

    note(
        at_browser("sari"),
        told(
            people=[slamet],
            life_area="environment",
            sharing=[sri],
            initiative=3,
            evidence="Repaired the pump unasked.",
            skill_1="sewing",
            level_1=3,
            teaches_1="on",
            asset="a terrace for meetings",
            asset_capital="built",
            promise_1="bring the map",
            mine_1="on",
            brings=[sri],
        ),
    )

    skill, thing = map_queries.assets_of(sari, slamet)
    assert (skill.name, skill.level, skill.would_teach) == ("sewing", 3, True)
    assert (thing.name, thing.capital) == ("a terrace for meetings", "built")
    (concern,) = listen.concerns_of(sari, slamet)
    assert concern.shared_with == ("Sri",)
    card = listen.person(sari, slamet)
    assert [each.by_worker for each in card.promises] == [True]
    assert [(each.trait, each.value, each.evidence) for each in card.observations] == [
        ("initiative", 3, "Repaired the pump unasked.")
    ]
    assert [tie.kind for tie in map_queries.ties_of(sari, slamet)] == ["organises"]


def test_where_somebody_new_lives_is_chosen_by_a_tap(cast: Cast, at_browser: LogIn) -> None:
    krajan = cast.actor("sari", "krajan").community

    page = " ".join(at_browser("sari").get(NOTE).content.decode().split())

    assert f'type="radio" name="new_place" value="{krajan}"' in page


def test_words_that_touch_two_areas_count_in_both(cast: Cast, at_browser: LogIn) -> None:
    sari = cast.actor("sari")
    slamet = person(sari)
    data = told(people=[slamet], own_words=WORDS, life_area=["environment", "health"], depth=4)

    note(at_browser("sari"), data)

    concerns = listen.concerns_of(sari, slamet)
    assert {(each.life_area, each.own_words, each.depth) for each in concerns} == {
        ("environment", WORDS, 4),
        ("health", WORDS, 4),
    }


def test_both_areas_stay_chosen_while_one_looks_for_somebody(at_browser: LogIn) -> None:
    data = told(find="people", people_text="Sri", life_area=["environment", "health"])

    page = " ".join(note(at_browser("sari"), data).content.decode().split())

    for area in ("environment", "health"):
        assert f'name="life_area" value="{area}" class="sr-only" checked' in page


def test_a_promise_is_due_with_one_tap_and_a_written_day_goes_first(
    cast: Cast, at_browser: LogIn
) -> None:
    sari = cast.actor("sari")
    slamet = person(sari)
    week, month = (this_day() + timedelta(days=days) for days in (7, 30))
    data = told(people=[slamet], promise_1="call", soon_1=week, promise_2="ask", soon_2=week)

    note(at_browser("sari"), data | {"due_2": month})

    promises = listen.person(sari, slamet).promises
    assert {each.what: each.due_on for each in promises} == {"call": week, "ask": month}


def test_a_tie_of_any_kind_is_noted(cast: Cast, at_browser: LogIn) -> None:
    sari = cast.actor("sari")
    slamet, sri = person(sari), person(sari, "Sri")

    note(at_browser("sari"), told(people=[slamet], known=[sri], known_kind="trust"))

    assert [tie.kind for tie in map_queries.ties_of(sari, slamet)] == ["trust"]


def test_whom_one_met_last_is_offered_before_one_types(cast: Cast, at_browser: LogIn) -> None:
    sari, client = cast.actor("sari"), at_browser("sari")
    slamet, sri = person(sari), person(sari, "Sri")
    note(client, told(people=[slamet]))

    page = client.get(NOTE).content.decode()

    assert f'id="people-{slamet}"' in page
    assert sri not in page


def test_somebody_new_lives_in_the_hamlet_that_was_chosen(cast: Cast, at_browser: LogIn) -> None:
    krajan = cast.actor("sari", "krajan").community

    note(at_browser("sari"), told(new_names="Darmi", new_place=str(krajan)))

    (darmi,) = listen.people(cast.actor("sari"), text="Darmi").rows
    assert darmi.community == krajan


def test_the_key_of_a_draft_is_another_for_each_account_and_password(cast: Cast) -> None:
    sari, rudi = cast.accounts["sari"], cast.accounts["rudi"]
    before = draft_secret(sari)

    assert before == draft_secret(sari)
    assert before != draft_secret(rudi)
    sari.set_password("another-password-of-sari")
    assert before != draft_secret(sari)


def test_who_only_looks_on_notes_nothing(at_browser: LogIn) -> None:
    assert at_browser("wati").get(NOTE).status_code == 403


def test_whoever_was_asked_to_lead_is_noted_so(cast: Cast, at_browser: LogIn) -> None:
    sari = cast.actor("sari")
    slamet = person(sari)

    note(at_browser("sari"), told(people=[slamet], asked_to_lead="on"))

    (met,) = listen.encounters_of(sari, uuid.UUID(slamet))
    assert set(met.parts) == {"present", "asked"}
