"""Somebody speaks against it: two words spread at the same time, and who hears which first?

Those who stand against tell the opposite to whom they are tied to, who tell it on. Both words go
from round to round along the same ties with the same chances; whoever hears one of them first
believes it and passes it on, and where both come in the same round, the opposite is believed. So
everybody is won who is nearer to one of the plan than to anybody against it, along the ties that
live in a simulation.

That the opposite travels as easily as our own word is our choice, and a cautious one. It has a
reason besides: with equal chances and a fixed rule for ties, what a plan reaches is still monotone
and submodular (competitive independent cascade: Chen et al. 2011; Borodin, Filmus & Oren 2010), and
each set of people who would have reached somebody is cut off where the first of the others is met.
So every guarantee stays, and with it every wish. Were the chances to differ, none would.

A model is competitive by its `opponents`; all that chooses or plays a plan looks there.
"""

from __future__ import annotations

import numpy as np

from guyub.engine.compiled import kernel, step
from guyub.engine.randomness import mixed, stream

# A round that never comes.
NEVER = np.int64(1 << 40)
_SCALE = 1.0 / (1 << 24)


@step
def is_live(key, arc, chance):  # type: ignore[no-untyped-def]
    """Whether an arc lives in the simulation of this key, as in `simulate`."""
    return np.float64(mixed(key + np.uint64(arc)) >> np.uint64(40)) * _SCALE < chance


@step
def opposing_rounds(key, opponents, offsets, targets, probability, queue, theirs):  # type: ignore[no-untyped-def]
    """In which round everybody hears the opposite in a simulation, into `theirs`."""
    theirs[:] = NEVER
    length = 0
    for person in opponents:
        theirs[person] = 0
        queue[length] = person
        length += 1
    reading = 0
    while reading < length:
        person = queue[reading]
        reading += 1
        for arc in range(offsets[person], offsets[person + 1]):
            target = targets[arc]
            if theirs[target] == NEVER and is_live(key, arc, probability[arc]):
                theirs[target] = theirs[person] + 1
                queue[length] = target
                length += 1


@kernel
def simulate_competitive(  # type: ignore[no-untyped-def]  # noqa: C901  one loop, told in order
    seed, begin, end, offsets, targets, probability, opponents, plan, counts, counted
):
    """How many each person of a plan wins besides those before them; see `simulate`."""
    size = offsets.size - 1
    ours, theirs = np.empty(size, np.int64), np.empty(size, np.int64)
    queue, won = np.empty(size, np.int32), np.empty(size, np.int32)
    added = np.zeros((plan.size, end - begin))
    for simulation in range(begin, end):
        key = stream(seed, simulation)
        opposing_rounds(key, opponents, offsets, targets, probability, queue, theirs)
        ours[:] = NEVER
        for place in range(plan.size):
            start = plan[place]
            if ours[start] == 0 or theirs[start] == 0:
                continue
            new = 0
            if ours[start] == NEVER:
                won[new] = start
                new += 1
            ours[start] = 0
            queue[0] = start
            reading, length = 0, 1
            while reading < length:
                person = queue[reading]
                reading += 1
                heard = ours[person] + 1
                for arc in range(offsets[person], offsets[person + 1]):
                    target = targets[arc]
                    if heard >= ours[target] or heard >= theirs[target]:
                        continue
                    if is_live(key, arc, probability[arc]):
                        if ours[target] == NEVER:
                            won[new] = target
                            new += 1
                        ours[target] = heard
                        queue[length] = target
                        length += 1
            added[place, simulation - begin] = counts[won[:new]].sum() if counts.size else new
            if counted.shape[1]:
                for each in won[:new]:
                    counted[place, each] += 1
    return added
