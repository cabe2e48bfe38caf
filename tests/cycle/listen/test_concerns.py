"""What people care about: heard, noted in their own words, and taken back."""

from __future__ import annotations

from datetime import date

import pytest

from guyub.core.action import Deed, perform
from guyub.core.actor import Actor
from guyub.core.errors import Denied, Invalid, Missing
from guyub.core.models import LogEntry
from guyub.cycle.listen import queries
from people import Cast, do

WORDS = "the well is muddy every dry season"


def person(actor: Actor, name: str = "Slamet") -> str:
    return do(actor, "listen.add_person", name=name)["id"]


def note(actor: Actor, whom: str, **more: object) -> dict:
    told = {"person": whom, "life_area": "health", "own_words": WORDS, **more}
    return do(actor, "listen.note_concern", **told)


def test_a_concern_is_kept_in_the_words_of_who_has_it(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet, sri = person(sari), person(sari, "Sri")

    note(sari, slamet, depth=4, shared_with=[sri], noted_on="2026-05-01")

    (row,) = queries.concerns_of(sari, slamet)
    assert (row.life_area, row.own_words, row.depth) == ("health", WORDS, 4)
    assert (row.noted_on, row.shared_with) == (date(2026, 5, 1), ("Sri",))


def test_the_latest_concern_stands_first_and_its_depth_may_be_unknown(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet = person(sari)
    note(sari, slamet, life_area="jobs", noted_on="2026-04-01")
    note(sari, slamet, life_area="safety", own_words="", noted_on="2026-05-01")

    rows = queries.concerns_of(sari, slamet)

    assert [(row.life_area, row.depth) for row in rows] == [("safety", None), ("jobs", None)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"depth": 6}, "depth"), ({"depth": 0}, "depth"), ({"noted_on": "2999-01-01"}, "noted_on")],
)
def test_a_concern_that_cannot_be_is_refused(
    cast: Cast, wrong: dict[str, object], field: str
) -> None:
    sari = cast.actor("sari")

    with pytest.raises(Invalid) as refused:
        note(sari, person(sari), **wrong)

    assert field in refused.value.fields


def test_nobody_shares_a_concern_with_themselves(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet = person(sari)

    with pytest.raises(Invalid):
        note(sari, slamet, shared_with=[slamet])


def test_who_shares_a_concern_has_to_be_known_here(cast: Cast) -> None:
    sari, charlie = cast.actor("sari"), cast.actor("charlie", "sidorejo")

    with pytest.raises(Missing):
        note(sari, person(sari), shared_with=[person(charlie)])


def test_who_only_looks_on_reads_no_concerns(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet = person(sari)
    note(sari, slamet)

    with pytest.raises(Denied):
        queries.concerns_of(cast.actor("wati"), slamet)


def test_a_concern_that_is_taken_back_is_no_longer_read(cast: Cast) -> None:
    sari = cast.actor("sari")
    slamet = person(sari)
    note(sari, slamet, shared_with=[person(sari, "Sri")])
    entry = LogEntry.objects.filter(action="listen.note_concern").latest("number").entry

    perform(sari, [Deed(action="core.withdraw_entry", data={"entry": entry})])

    assert queries.concerns_of(sari, slamet) == ()
