"""What a plan is made for, and how a choice of people is evaluated."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.diffusion.reach import Reach
from guyub.engine.diffusion.simulations import (
    Simulations,
    enough_simulations,
    mean_reach,
    simulate,
)
from guyub.engine.errors import EngineError, TooLittleKnown
from guyub.engine.frame import Frame
from guyub.engine.plan.explanations import assumptions, reasons_for
from guyub.engine.plan.missing_ties import UncertainTies
from guyub.engine.plan.outcome import SELF_STARTERS, Chosen, StartingPlan
from guyub.engine.plan.request import PlanRequest, places_of, weights_of
from guyub.engine.plan.self_starting import SOMETIMES, SelfStarting, self_starting
from guyub.engine.seeds.baselines import Baseline, baselines
from guyub.engine.seeds.budget import VisitPlan
from guyub.engine.seeds.catalysts import Catalysts, catalysts
from guyub.engine.seeds.fairness import FairPlan
from guyub.engine.seeds.problem import SeedProblem

# Choices are played side by side. Our choice: the cores of a small computer.
_THREADS = 2


@dataclass(frozen=True, eq=False, kw_only=True)
class PlanProblem:
    """What is asked of a frame, people by their places in it.

    seeds: the problem of choosing, in the model along what may be there. begun: who is active
    already, given: who was chosen by hand, both in the order asked for. starting: who starts
    things. likely: what may be there, where it is asked how firmly everybody stands.
    """

    frame: Frame
    request: PlanRequest
    seeds: SeedProblem
    begun: NDArray[np.int64]
    given: NDArray[np.int64]
    starting: SelfStarting
    likely: UncertainTies | None = None

    @classmethod
    def of(
        cls,
        frame: Frame,
        request: PlanRequest,
        diffusion: DiffusionModel,
        likely: UncertainTies | None = None,
    ) -> PlanProblem:
        """By places of the frame instead of ids.

        :raises EngineError: somebody named is not in the list, or given may not be chosen; too few
            are left.
        """
        places = {identifier: place for place, identifier in enumerate(frame.id)}
        begun, given = places_of(places, request.active), places_of(places, request.given)
        willing = ~frame.opposed() & ~frame.children()
        willing[places_of(places, request.excluded)] = False
        starting, counted = self_starting(frame, request.evidence), False
        candidates = willing
        if request.objective == SELF_STARTERS:
            candidates, counted = willing & frame.known(), request.needs == 1
            if not counted:
                # What several contacts must show is not submodular when it is not certain who
                # starts; so a habit is begun by those who may, taken to start for certain.
                candidates &= starting.chance >= SOMETIMES
            candidates[given] = willing[given]
            if not request.given:
                _demand_evidence(starting.evident & candidates, request)
        seeds = SeedProblem.of(
            diffusion,
            candidates=candidates,
            active=begun,
            weights=weights_of(places, request.weights),
            chance=starting.chance if counted else None,
            seed=request.seed,
        )
        seeds.demand(1 if request.says_how_many else request.count)
        if not seeds.candidates[given].all():
            raise EngineError(
                "Someone chosen by hand is against it, under 17, is left out or has already begun."
            )
        return cls(
            frame=frame,
            request=request,
            seeds=seeds,
            begun=begun,
            given=given,
            starting=starting,
            likely=likely,
        )

    def with_diffusion(self, diffusion: DiffusionModel) -> PlanProblem:
        """The same in another model."""
        return replace(self, seeds=replace(self.seeds, diffusion=diffusion))

    def baselines(self, count: int | None = None) -> tuple[Baseline, ...]:
        """The baselines of as many people, from the ties as they were told."""
        return baselines(
            self.frame.network(),
            self.request.count if count is None else count,
            seed=self.seeds.seed,
            candidates=self.seeds.candidates,
            nominated=self.frame.nominated(),
            leaders=self.frame.leader,
        )

    def chosen(
        self, people: NDArray[np.int64], adds: NDArray[np.float64], played: Simulations | None
    ) -> tuple[Chosen, ...]:
        """People with what they add, and why."""
        reasons = reasons_for(self.frame, people, played)
        ids, names = self.frame.id, self.frame.name
        return tuple(
            Chosen(
                id=ids[person],
                name=names[person],
                marginal_reach=added,
                reasons=why,
                starting=self.starting.of(int(person)),
            )
            for person, added, why in zip(people, adds.tolist(), reasons, strict=True)
        )

    def evaluate(
        self,
        found: Catalysts | FairPlan | VisitPlan,
        beside: Sequence[Baseline],
        expected: float | None = None,
    ) -> StartingPlan:
        """A choice played beside others, with reasons. expected: its reach, where known."""
        diffusion = self.seeds.diffusion
        simulations = enough_simulations(diffusion, expected)
        with ThreadPoolExecutor(_THREADS) as threads:
            reached = threads.map(lambda choice: self._reach(choice, simulations), beside)
            played = self.played(found.people, simulations, first=True)
        after = played.after(self.begun.size)
        return StartingPlan(
            catalysts=self.chosen(found.people, after.marginal, after),
            active=tuple(self.frame.id[person] for person in self.begun),
            reach=played.reach,
            guarantee=found.guarantee,
            confidence=found.confidence,
            comparison=dict(zip((choice.name for choice in beside), reached, strict=True)),
            assumptions=assumptions(
                self.frame,
                self.seeds.diffusion.name,
                competitive=self.seeds.diffusion.opponents.size > 0,
            ),
            people=self.frame.size,
            ties=self.frame.source.size,
            seed=self.seeds.seed,
            spread=diffusion.name,
            objective=self.request.objective,
        )

    def played(
        self, people: NDArray[np.int64], simulations: int, *, first: bool = False
    ) -> Simulations:
        """People played together with the active."""
        together = np.concatenate((self.begun, people))
        return simulate(
            self.seeds.diffusion,
            together,
            simulations=simulations,
            seed=self.seeds.seed,
            first=first,
            weights=self.seeds.weights,
            starts=self.seeds.starts(people),
        )

    def best(self, count: int, rivals: Sequence[Baseline] = ()) -> Catalysts:
        """The choice of so many people that reaches most."""
        plans = [each.plans[0] for each in rivals if len(each.plans) == 1]
        return catalysts(self.seeds, count, rivals=plans)

    def _reach(self, choice: Baseline, simulations: int) -> Reach:
        if len(choice.plans) == 1:
            return self.played(choice.plans[0], simulations).reach
        plans = [np.concatenate((self.begun, plan)) for plan in choice.plans]
        chance = self.seeds.chance
        if chance is not None:
            chance = np.where(self.seeds.active, 1.0, chance)
        return mean_reach(
            self.seeds.diffusion,
            plans,
            simulations=simulations,
            seed=self.seeds.seed,
            weights=self.seeds.weights,
            chance=chance,
        )


def _demand_evidence(evident: NDArray[np.bool_], request: PlanRequest) -> None:
    """Whether it is known of enough people whether they start things.

    :raises TooLittleKnown: of fewer than are to be chosen.
    """
    wanted = 1 if request.says_how_many else request.count
    if (there := int(evident.sum())) < wanted:
        raise TooLittleKnown(
            f"Of {there} people it is known whether they start things; {wanted} are asked for."
        )
