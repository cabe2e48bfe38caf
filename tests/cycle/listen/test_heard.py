"""Who was heard: one answer, whichever page asks."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from guyub.core.action import Deed, Receipt, perform
from guyub.cycle.listen import analysis, lenses
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import CONVERSATIONS, Condition, ConditionKind, EncounterKind
from people import Cast, do

TODAY = timezone.localdate()


def somebody(cast: Cast) -> str:
    return str(do(cast.actor("sari"), "listen.add_person", name="Sri")["id"])


def take_part(cast: Cast, person: str, kind: str) -> Receipt:
    told = {"kind": kind, "held_on": TODAY, "participants": [{"person": person}]}
    deed = Deed(action="listen.record_encounter", data=told)
    (receipt,) = perform(cast.actor("sari"), [deed])
    return receipt


@pytest.mark.parametrize("kind", EncounterKind.values)
def test_whoever_took_part_in_a_conversation_was_heard(cast: Cast, kind: str) -> None:
    person = somebody(cast)

    take_part(cast, person, kind)

    heard = listen.heard(cast.actor("sari"))
    assert (uuid.UUID(person) in heard) == (kind in CONVERSATIONS)


def test_whose_concern_is_noted_was_heard_wherever_it_was_said(cast: Cast) -> None:
    sari, person = cast.actor("sari"), somebody(cast)

    do(sari, "listen.note_concern", person=person, life_area="health", own_words="the well")

    assert listen.heard(sari) == {uuid.UUID(person)}


def test_a_conversation_taken_back_leaves_nobody_heard(cast: Cast) -> None:
    sari, person = cast.actor("sari"), somebody(cast)
    receipt = take_part(cast, person, "one_on_one")

    do(sari, "core.withdraw_entry", entry=receipt.entry)

    assert listen.heard(sari) == frozenset()


def test_of_a_few_people_only_those_are_told(cast: Cast) -> None:
    one, other = somebody(cast), somebody(cast)
    for person in (one, other):
        take_part(cast, person, "house_visit")

    assert listen.heard(cast.actor("sari"), frozenset({uuid.UUID(one)})) == {uuid.UUID(one)}


def test_every_page_counts_the_same_people_as_heard(cast: Cast) -> None:
    """A concern, a talk, a meeting, nothing; and somebody who has moved away since."""
    sari = cast.actor("sari")
    said, talked, came, _never, moved = (somebody(cast) for _each in range(5))
    do(sari, "listen.note_concern", person=said, life_area="health", own_words="the well")
    for person in (talked, moved):
        take_part(cast, person, "group_talk")
    take_part(cast, came, "meeting")
    do(sari, "listen.change_person", person=moved, status="moved")

    heard = listen.heard(sari)

    assert heard == {uuid.UUID(said), uuid.UUID(talked)}
    assert listen.counts(sari).heard == len(heard)
    assert lenses.community(sari).done == len(heard) / 4
    overview = analysis.concerns_overview(sari)
    assert overview.heard == len(heard)
    for kind in ("place", "gender", "age"):
        assert sum(row.heard for row in overview.unheard if row.kind == kind) == len(heard)
    asked = Condition(kind=ConditionKind.HEARD)
    present = frozenset(listen.in_order(sari))
    assert listen.fulfilling(sari, asked, TODAY) & present == heard
