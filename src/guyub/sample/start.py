"""Start in the sample community: a plan of whom to begin with, and its first visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from guyub.core.action import Deed
from guyub.core.actor import Actor
from guyub.cycle.start.analysis import PlanRecord, PlanWishes, draft_plan
from guyub.cycle.start.queries import newest_plan
from guyub.sample.community import SampleCommunity
from guyub.sample.timeline import Event, People

_BEGIN_WITH = 5


def events(sample: SampleCommunity, people: People) -> Iterator[Event]:
    """Sari works out with whom to begin, and goes to two people a day from today on."""
    yield Event(on=sample.today, by="sari", entries=_begin)


def _begin(sari: Actor) -> Iterator[list[Deed]]:
    drafted = draft_plan(sari, PlanWishes(count=_BEGIN_WITH))
    today = date.fromisoformat(drafted.on)
    plan = {
        "count": _BEGIN_WITH,
        "seed": drafted.plan.seed,
        "spread": drafted.plan.spread,
        "made_on": today,
        "outcome": drafted.to_dict(),
    }
    yield [Deed(action="start.keep_plan", data=plan)]
    kept = newest_plan(sari)
    assert kept is not None  # noqa: S101  it was kept a line before
    days = (today + timedelta(days=number // 2) for number in range(_BEGIN_WITH))
    visits = PlanRecord.of(kept).visits(days)
    yield [Deed(action="listen.plan_visits", data={"visits": visits})]
