"""With whom to begin among some people."""

from __future__ import annotations

import uuid

from django.utils import timezone

from guyub.cycle.start.analysis import PlanRecord, first_among
from guyub.cycle.start.queries import newest_plan
from people import Cast, do
from walking import planned

TODAY = timezone.localdate()


def test_those_of_the_newest_plan_come_first_in_its_order(cast: Cast) -> None:
    planned(cast)
    sari = cast.actor("sari")
    plan = newest_plan(sari)
    assert plan is not None
    chosen = PlanRecord.of(plan).chosen
    keeper = uuid.UUID(do(sari, "listen.add_person", name="Sri")["id"])
    told = {"person": str(keeper), "what": "to dig", "made_on": str(TODAY)}
    promise = do(sari, "listen.make_promise", **told)["id"]
    kept = {"outcome": "kept", "noted_on": str(TODAY)}
    do(sari, "listen.settle_promise", promise=promise, **kept)
    stranger = uuid.UUID(do(sari, "listen.add_person", name="Joko")["id"])

    found = first_among(sari, frozenset({keeper, stranger, *chosen}), TODAY)

    assert [each.person for each in found] == [*chosen, keeper]


def test_who_does_not_want_visits_is_not_begun_with(cast: Cast) -> None:
    sari = cast.actor("sari")
    person = do(sari, "listen.add_person", name="Sri")["id"]
    there = [{"person": person, "part": "hosted"}]
    held = {"kind": "group_talk", "held_on": str(TODAY), "participants": there}
    do(sari, "listen.record_encounter", **held)
    assert len(first_among(sari, frozenset({uuid.UUID(person)}), TODAY)) == 1

    do(sari, "listen.note_consent", person=person, purpose="contact", answer="refused")

    assert first_among(sari, frozenset({uuid.UUID(person)}), TODAY) == ()
