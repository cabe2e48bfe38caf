"""What a starting plan says."""

from __future__ import annotations

from dataclasses import dataclass

from guyub.engine.diffusion.simulations import Reach
from guyub.engine.reasons import Reason
from guyub.engine.seeds.fairness import GroupReached


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One person of the plan. marginal_reach: how many they add to those before them.

    firm: how firmly they stand in it where some ties were told by one side only (`robustness`):
    sure, likely or one_of_several; empty where that was not asked.
    """

    id: str
    name: str
    marginal_reach: float
    reasons: tuple[Reason, ...]
    firm: str = ""


@dataclass(frozen=True, kw_only=True)
class Fairness:
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
class Visit:
    """A visit: ids of the people met in it, and the hours it takes."""

    people: tuple[str, ...]
    hours: float


@dataclass(frozen=True, kw_only=True)
class Visits:
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
class Contest:
    """What it means that some speak against it.

    speakers: how many do. unopposed: what the plan would reach if they kept silent. more: how many
    more it reaches, in the same simulations, than the plan that does not reckon with them; None
    where that was not asked.
    """

    speakers: int
    unopposed: Reach
    more: Reach | None


@dataclass(frozen=True, kw_only=True)
class StartingPlan:
    """Whom to begin with.

    active: ids of those who have begun already. reach: of the plan and of the active together, with
    a 99 % interval. guarantee: what the plan adds to the active is at least this share of the best
    possible, with probability `confidence`. comparison: the usual choices, together with the
    active, in the same simulations. fairness: where the plan looks to every group; the
    guarantee is then that of its aim, and the comparison begins with the plain plan. visits: where
    it keeps within hours; best possible means within them. contest: where some speak against it.
    needs: how many others must have shown it to somebody; from 2 on it is a habit, nothing can be
    proved, and the comparison begins with the plan for news. by_hand: the people were given, and
    the comparison begins with the plain plan.
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
    by_hand: bool = False
