"""Why this person, and what a plan takes for granted: facts first, their words in `reasons`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from guyub.engine.diffusion.simulations import Simulations
from guyub.engine.frame import Frame
from guyub.engine.plan.self_starting import STARTING_TRAITS
from guyub.engine.reasons import Reason

# Whom somebody reaches first: told by name when it happens in at least this share of simulations,
# and at most so many of them. Our choice.
_OFTEN, _NAMES = 0.05, 3

# From here on a trait, seen from 0 to 4, is told as a reason. Our choice.
_CLEARLY = 3.0


def reasons_for(
    frame: Frame, people: NDArray[np.int64], played: Simulations | None = None
) -> tuple[tuple[Reason, ...], ...]:
    """The reasons for each person of a plan, the weightiest first.

    played: the plan with `first=True`, in the same order of people; without it nothing is
    said of whom they reach first.
    """
    view = _View(frame)
    return tuple(
        tuple(view.reasons(int(person), place, played)) for place, person in enumerate(people)
    )


def assumptions(
    frame: Frame, spread: str, needs: int = 1, *, competitive: bool = False
) -> tuple[Reason, ...]:
    """What the plan takes for granted, and what is not known.

    needs: how many others must have shown it to somebody; from 2 on the plan is for a habit.
    competitive: some speak against it.
    """
    network = frame.network()
    alone = int(((network.out_degree + network.in_degree) == 0).sum())
    opposed = int(frame.opposed().sum())
    found = [
        Reason(
            code=f"spread_{spread.partition(':')[0].replace('-', '_')}", facts={"spread": spread}
        )
    ]
    found.append(Reason(code="incomplete", facts={"alone": alone, "people": frame.size}))
    if opposed:
        found.append(Reason(code="opposed", facts={"count": opposed}))
        if competitive:
            found.append(Reason(code="opponents_speak", facts={}))
        elif spread == "model":
            found.append(Reason(code="opponents_silent", facts={}))
    if needs != 1:
        found.append(Reason(code="habit", facts={"needs": needs}))
    return tuple(found)


class _View:
    """What is looked up for every person alike."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._around = frame.network().undirected
        self._nominated = frame.nominated()
        self._trusted = frame.named_by("trust")
        self._traits = {trait: frame.current(trait) for trait in STARTING_TRAITS}

    def reasons(self, person: int, place: int, played: Simulations | None) -> list[Reason]:
        """Deeds before judgements, both before position."""
        frame = self._frame
        found = []
        kept, broken = int(frame.promises_kept[person]), int(frame.promises_broken[person])
        if kept:
            found.append(
                Reason(code="promises_kept", facts={"kept": kept, "settled": kept + broken})
            )
        if (others := int(frame.acts[person]) - kept) > 0:
            found.append(Reason(code="acts", facts={"count": others}))
        if answer := int(frame.asked_to_lead[person]):
            found.append(Reason(code="said_yes" if answer > 0 else "said_no", facts={}))
        found += [
            Reason(code=trait, facts={})
            for trait, seen in self._traits.items()
            if seen[person] >= _CLEARLY
        ]
        for code, counts in (("nominated", self._nominated), ("trusted", self._trusted)):
            if counts[person]:
                found.append(Reason(code=code, facts={"count": int(counts[person])}))
        found += self._bridges(person)
        found += self._reaches_first(person, place, played)
        count = self._neighbours(person).size
        found.append(Reason(code="ties" if count else "no_ties", facts={"count": count}))
        return found

    def _neighbours(self, person: int) -> NDArray[np.int32]:
        begin, end = self._around.out_offsets[person : person + 2]
        return self._around.out_targets[begin:end]

    def _bridges(self, person: int) -> list[Reason]:
        """Ties into sub-communities other than their own, the most tied first."""
        home = self._frame.sub_community[person]
        counts: dict[str, int] = {}
        for other in self._neighbours(person):
            there = self._frame.sub_community[other]
            if there and there != home:
                counts[there] = counts.get(there, 0) + 1
        if not counts:
            return []
        named = sorted(counts, key=lambda each: (-counts[each], each))
        return [
            Reason(
                code="bridges",
                facts={"count": sum(counts.values()), "places": ", ".join(named[:_NAMES])},
            )
        ]

    def _reaches_first(self, person: int, place: int, played: Simulations | None) -> list[Reason]:
        if played is None or played.first is None:
            return []
        simulations = played.added.shape[1]
        counts = played.first[place]
        # Where it is not certain that they start: of the times when they do.
        times = simulations if counts.dtype.kind == "i" else counts[person]
        often = np.flatnonzero(counts >= max(_OFTEN * times, 1e-9))
        often = often[often != person]
        # Of equals the one who stands earlier in the list.
        often = often[np.argsort(-counts[often], kind="stable")[:_NAMES]]
        if not often.size:
            return []
        names = ", ".join(self._frame.name[each] or self._frame.id[each] for each in often)
        return [Reason(code="reaches_first", facts={"names": names})]
