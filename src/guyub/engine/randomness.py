"""Random numbers that do not depend on who draws them, or when.

Every reverse-reachable set and every simulation has a stream of its own, found by hashing the seed
with its number. The answer is the same for any number of threads and any size of block. The
generator is SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number
generators").
"""

from __future__ import annotations

import numpy as np

from guyub.engine.compiled import inlined

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_TO_UNIT = 1.0 / (1 << 53)


@inlined
def mixed(value):  # type: ignore[no-untyped-def]
    """Scramble 64 bits: every bit of the answer depends on every bit given."""
    value = (value ^ (value >> np.uint64(30))) * _FIRST
    value = (value ^ (value >> np.uint64(27))) * _SECOND
    return value ^ (value >> np.uint64(31))


@inlined
def stream(seed, number):  # type: ignore[no-untyped-def]
    """The state at which the stream of this number begins."""
    return mixed(mixed(seed + _GOLDEN) ^ (np.uint64(number) * _GOLDEN + _FIRST))


@inlined
def advanced(state):  # type: ignore[no-untyped-def]
    """The state that follows another in a stream."""
    return state + _GOLDEN


@inlined
def unit(state):  # type: ignore[no-untyped-def]
    """The number in [0, 1) that a state stands for."""
    return np.float64(mixed(state) >> np.uint64(11)) * _TO_UNIT


def seed_for(seed: int, purpose: int) -> np.uint64:
    """A seed of its own for each purpose, so that no two use the same random numbers.

    seed: any whole number. purpose: a small constant that names the use.
    """
    mask = (1 << 64) - 1
    value = (seed * 0x9E3779B97F4A7C15 + purpose * 0xD1342543DE82EF95 + 1) & mask
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 & mask
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB & mask
    return np.uint64(value ^ (value >> 31))
