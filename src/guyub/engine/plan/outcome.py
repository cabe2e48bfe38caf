"""What a starting plan says: one result, for the shell, for pages and for keeping.

Nothing is computed here, and nothing compiled is loaded: a plan that was kept is read at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from guyub.engine.diffusion.reach import Elbow, GroupReached, Reach
from guyub.engine.plan.self_starting import Starting
from guyub.engine.reasons import Reason
from guyub.engine.records import Record

# What a plan looks for: who starts things, and how far that carries; or reach along ties alone.
SELF_STARTERS, REACH = "self-starters", "reach"
OBJECTIVES = (SELF_STARTERS, REACH)


@dataclass(frozen=True, kw_only=True)
class Chosen(Record):
    """One person of the plan. marginal_reach: how many they add to those before them.

    stability: how firmly they stand in it where some ties were told by one side only
    (`robustness`): sure, likely or one_of_several; empty where that was not asked. starting: with
    what chance they start, and why.
    """

    id: str
    name: str
    marginal_reach: float
    reasons: tuple[Reason, ...]
    stability: str = ""
    starting: Starting | None = None


@dataclass(frozen=True, kw_only=True)
class Fairness(Record):
    """What a plan that looks to every group does for each, and what it costs.

    by: what people are grouped by; aim: welfare or worst (see `fairness`), or wanted:NAME for a
    group that is to be reached above all (`priority_group`). groups: by their names; of a wanted
    one it and the others. price: how many fewer are reached than by the plain plan, in the same
    simulations.
    """

    by: str
    aim: str
    groups: dict[str, GroupReached]
    price: Reach


@dataclass(frozen=True, kw_only=True)
class Visit(Record):
    """A visit: ids of the people met in it, and the hours it takes."""

    people: tuple[str, ...]
    hours: float


@dataclass(frozen=True, kw_only=True)
class Visits(Record):
    """The visits of a plan that keeps within hours.

    visits: in the order chosen. there, taken: hours there are, and those that the visits take.
    price: how many fewer are reached than by as many people of the plain plan, in the same
    simulations; plain_hours: the hours that those would take.
    """

    visits: tuple[Visit, ...]
    there: float
    taken: float
    price: Reach
    plain_hours: float


@dataclass(frozen=True, kw_only=True)
class Contest(Record):
    """What it means that some speak against it.

    speakers: how many do. unopposed: what the plan would reach if they kept silent. more: how many
    more it reaches, in the same simulations, than the plan that does not reckon with them; None
    where that was not asked.
    """

    speakers: int
    unopposed: Reach
    more: Reach | None


@dataclass(frozen=True, kw_only=True)
class Opponent(Record):
    """Somebody who stands against, and what one step nearer would change.

    stance: 1 active ally … 5 active opponent, as the observers see it now. apart: people who would
    belong to the largest part of the community besides, they themselves included. more: how many
    more the plan reaches, with a 99 % interval.
    """

    id: str
    name: str
    stance: float
    apart: int
    more: Reach


@dataclass(frozen=True, kw_only=True)
class Opposition(Record):
    """Those who stand against, whose step would change most first.

    count: how many there are in all. reach: of the plan as it is. apart: people outside the largest
    part of those whom news can reach through anybody as it is; without: how many of them if nobody
    stood against.
    """

    opponents: tuple[Opponent, ...]
    count: int
    reach: Reach
    apart: int
    without: int

    @property
    def cut_off(self) -> int:
        """How many people are apart because somebody stands against."""
        return self.apart - self.without


@dataclass(frozen=True, kw_only=True)
class Alternative(Record):
    """Another plan of as many people, by what it looks for: self-starters, reach or starting (who
    starts most, wherever they stand).

    reach: what is expected of it when each starts with their chance. all_start: its reach if all
    do. starts: how many of them are expected to.
    """

    objective: str
    people: tuple[str, ...]
    reach: Reach
    all_start: Reach
    starts: float


@dataclass(frozen=True, kw_only=True)
class Outlook(Record):
    """What a plan for news leaves open.

    adds: what each person more adds to those before, from the first on; elbow: where that bends.
    alternatives: a plan for each thing that may be looked for; none where hours are kept to.
    """

    adds: tuple[float, ...]
    elbow: Elbow
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, kw_only=True)
class Knowledge(Record):
    """What a plan for self-starters rests on.

    candidates: people who are known and may be chosen. evident: of how many of them something says
    whether they start things. better: how many times what a random choice of them reaches the plan
    is expected to.
    """

    candidates: int
    evident: int
    better: float


@dataclass(frozen=True, kw_only=True)
class StartingPlan(Record):
    """Whom to begin with.

    active: ids of those who have begun already. reach: of the plan and of the active together, with
    a 99 % interval. guarantee: what the plan adds to the active is at least this share of the best
    possible, with probability `confidence`. comparison: the baselines, together with the active, in
    the same simulations. fairness: where the plan looks to every group; the guarantee is then that
    of its aim, and the comparison begins with the plain plan. visits: where it keeps within hours;
    best possible means within them. contest: where some speak against it. needs: how many others
    must have shown it to somebody; from 2 on it is a habit, nothing can be proved, and the
    comparison begins with the plan for news. objective: self-starters or reach (`request`);
    knowledge: what it rests on where it is the first. by_hand: the people were given, and the
    comparison begins with the plain plan. outlook, opposition: what a plan for news leaves open,
    and what those who stand against mean for it; None where that was not asked.
    """

    catalysts: tuple[Chosen, ...]
    active: tuple[str, ...]
    reach: Reach
    guarantee: float | None
    confidence: float | None
    comparison: dict[str, Reach]
    assumptions: tuple[Reason, ...]
    people: int
    ties: int
    seed: int
    spread: str
    fairness: Fairness | None = None
    visits: Visits | None = None
    contest: Contest | None = None
    needs: int = 1
    objective: str = REACH
    knowledge: Knowledge | None = None
    by_hand: bool = False
    outlook: Outlook | None = None
    opposition: Opposition | None = None

    def renamed(self, ids: Mapping[str, str]) -> StartingPlan:
        """The same plan with other ids, and nobody's name: as it is kept."""

        def each(people: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(ids[person] for person in people)

        visits, outlook, opposition = self.visits, self.outlook, self.opposition
        if visits is not None:
            met = tuple(replace(visit, people=each(visit.people)) for visit in visits.visits)
            visits = replace(visits, visits=met)
        if outlook is not None:
            others = (replace(plan, people=each(plan.people)) for plan in outlook.alternatives)
            outlook = replace(outlook, alternatives=tuple(others))
        if opposition is not None:
            against = (replace(one, id=ids[one.id], name="") for one in opposition.opponents)
            opposition = replace(opposition, opponents=tuple(against))
        return replace(
            self,
            catalysts=tuple(replace(one, id=ids[one.id], name="") for one in self.catalysts),
            active=each(self.active),
            visits=visits,
            outlook=outlook,
            opposition=opposition,
        )
