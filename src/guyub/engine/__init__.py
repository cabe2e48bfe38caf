"""Pure computation: arrays in, frozen results out, the seed explicit.

No clock, no files, no database, no Django: `pip install guyub`, then in a notebook

    >>> from guyub.engine import Network, SeedProblem, catalysts, weighted_cascade
    >>> star = Network.from_ties(4, [0, 0, 0], [1, 2, 3])
    >>> catalysts(SeedProblem.of(weighted_cascade(star)), 1).people.tolist()
    [0]

Every public name stands here. A module, and with it what was compiled, is loaded when a name of it
is asked for.
"""

# ruff: noqa: F401  the imports are for those who read types; see _PUBLIC
from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from guyub.engine.diffusion.influence import (
        Dispositions,
        InfluenceModel,
        Ties,
        diffusion_from_ties,
        habit_diffusion,
    )
    from guyub.engine.diffusion.model import DiffusionModel, constant, weighted_cascade
    from guyub.engine.diffusion.reach import Elbow, GroupReached, Reach
    from guyub.engine.diffusion.simulations import (
        Simulations,
        enough_simulations,
        mean_reach,
        reach_interval,
        simulate,
    )
    from guyub.engine.diffusion.thresholds import simulate_adoption
    from guyub.engine.diffusion.timeline import Timeline, timeline
    from guyub.engine.errors import EngineError, NoVisitFits, TooFewGroups, TooLittleKnown
    from guyub.engine.field.hear_first import PersonToHear, hear_first
    from guyub.engine.field.ladder import Deeds, Ladder, Step, ladder
    from guyub.engine.field.shared_words import SharedWord, shared_words
    from guyub.engine.field.suggestions import ContactTable, PersonToMeet, suggestions
    from guyub.engine.field.survey_next import SurveyCandidate, SurveyPlan, survey_next
    from guyub.engine.frame import OUTCOMES, TIE_KINDS, TRAITS, Frame, Observations
    from guyub.engine.network.brokerage import ROLES, brokerage
    from guyub.engine.network.centrality import betweenness, core_numbers, diffusion_centrality
    from guyub.engine.network.cohesion import (
        Cohesion,
        ExternalInternal,
        Groups,
        cohesion,
        external_internal,
    )
    from guyub.engine.network.core_periphery import CorePeriphery, core_periphery
    from guyub.engine.network.graph import Network, both_ways
    from guyub.engine.network.group_ties import GroupTies, group_ties
    from guyub.engine.network.introductions import Introduction, introductions
    from guyub.engine.network.key_players import (
        KeyPlayers,
        distances,
        fragmentation,
        key_to_cohesion,
        key_to_reach,
    )
    from guyub.engine.network.layout import layout
    from guyub.engine.network.structural_cohesion import StructuralCohesion, structural_cohesion
    from guyub.engine.network.structural_holes import StructuralHoles, structural_holes
    from guyub.engine.network.tie_kinds import KindsOfTies, kinds_of_ties
    from guyub.engine.plan.calibration import BrierScore, brier_score, estimated_weights
    from guyub.engine.plan.groupings import GROUPINGS, grouping
    from guyub.engine.plan.missing_ties import (
        MissingTies,
        UncertainTies,
        missing_ties,
        uncertain_ties,
    )
    from guyub.engine.plan.opponents import opposition
    from guyub.engine.plan.outcome import (
        Alternative,
        Chosen,
        Contest,
        Fairness,
        Knowledge,
        Opponent,
        Opposition,
        Outlook,
        StartingPlan,
        Visit,
        Visits,
    )
    from guyub.engine.plan.request import Hours, PlanRequest
    from guyub.engine.plan.self_starting import (
        SelfStarting,
        Starting,
        StartingWeights,
        self_starting,
        starting_word,
    )
    from guyub.engine.plan.starting_plan import starting_plan
    from guyub.engine.ratings import Consensus, consensus
    from guyub.engine.reasons import Reason, sentence
    from guyub.engine.records import Record
    from guyub.engine.seeds.baselines import Baseline, baselines
    from guyub.engine.seeds.budget import VisitPlan, choose_visits
    from guyub.engine.seeds.catalysts import Catalysts, catalysts, quick_catalysts, share_of_best
    from guyub.engine.seeds.confidence import lower_bound
    from guyub.engine.seeds.elbow import elbow
    from guyub.engine.seeds.fairness import FairPlan, fair_catalysts
    from guyub.engine.seeds.habits import HabitPlan, habit_plan
    from guyub.engine.seeds.priority_group import priority_catalysts
    from guyub.engine.seeds.problem import SeedProblem
    from guyub.engine.seeds.reach_curve import ReachCurve, reach_curve
    from guyub.engine.seeds.robustness import plan_membership, stability_of

# In which module each public name lives.
_PUBLIC = {
    "diffusion.influence": "Dispositions InfluenceModel Ties diffusion_from_ties habit_diffusion",
    "diffusion.model": "DiffusionModel constant weighted_cascade",
    "diffusion.reach": "Elbow GroupReached Reach",
    "diffusion.simulations": "Simulations enough_simulations mean_reach reach_interval simulate",
    "diffusion.thresholds": "simulate_adoption",
    "diffusion.timeline": "Timeline timeline",
    "errors": "EngineError NoVisitFits TooFewGroups TooLittleKnown",
    "field.hear_first": "PersonToHear hear_first",
    "field.ladder": "Deeds Ladder Step ladder",
    "plan.calibration": ("BrierScore brier_score estimated_weights"),
    "plan.self_starting": ("SelfStarting Starting StartingWeights self_starting starting_word"),
    "field.shared_words": "SharedWord shared_words",
    "field.suggestions": "ContactTable PersonToMeet suggestions",
    "field.survey_next": "SurveyCandidate SurveyPlan survey_next",
    "frame": "Frame OUTCOMES Observations TIE_KINDS TRAITS",
    "network.brokerage": "ROLES brokerage",
    "network.centrality": "betweenness core_numbers diffusion_centrality",
    "network.cohesion": "Cohesion ExternalInternal Groups cohesion external_internal",
    "network.core_periphery": "CorePeriphery core_periphery",
    "network.graph": "Network both_ways",
    "network.group_ties": "GroupTies group_ties",
    "network.introductions": "Introduction introductions",
    "network.key_players": "KeyPlayers distances fragmentation key_to_cohesion key_to_reach",
    "network.layout": "layout",
    "network.structural_cohesion": "StructuralCohesion structural_cohesion",
    "network.structural_holes": "StructuralHoles structural_holes",
    "network.tie_kinds": "KindsOfTies kinds_of_ties",
    "plan.groupings": "GROUPINGS grouping",
    "plan.missing_ties": "MissingTies UncertainTies missing_ties uncertain_ties",
    "plan.opponents": "opposition",
    "plan.outcome": (
        "Alternative Chosen Contest Fairness Knowledge Opponent Opposition Outlook StartingPlan "
        "Visit Visits"
    ),
    "plan.request": "Hours PlanRequest",
    "plan.starting_plan": "starting_plan",
    "ratings": "Consensus consensus",
    "reasons": "Reason sentence",
    "records": "Record",
    "seeds.baselines": "Baseline baselines",
    "seeds.budget": "VisitPlan choose_visits",
    "seeds.catalysts": "Catalysts catalysts quick_catalysts share_of_best",
    "seeds.confidence": "lower_bound",
    "seeds.elbow": "elbow",
    "seeds.fairness": "FairPlan fair_catalysts",
    "seeds.habits": "HabitPlan habit_plan",
    "seeds.priority_group": "priority_catalysts",
    "seeds.problem": "SeedProblem",
    "seeds.reach_curve": "ReachCurve reach_curve",
    "seeds.robustness": "plan_membership stability_of",
}
_MODULES = {name: module for module, names in _PUBLIC.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"guyub.engine has nothing called {name!r}.")
    return getattr(import_module(f"guyub.engine.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(_MODULES)
