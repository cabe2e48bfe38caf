"""From ties to arcs in order, for villages and for countries.

Ties are put in order of source and target, so that equal ones stand side by side. A counting sort
over millions of people would write each tie somewhere else in memory; so ties are first dealt out
to buckets of neighbouring sources, and each bucket is sorted where it lies, inside the cache (most
significant digit first, then least: Knuth 1998, The Art of Computer Programming 3, 5.2.5). Buckets
are shared out between two threads; the answer is the same for any number of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guyub.engine.compiled import kernel, step

# Ties in a bucket on average, so that it lies in the cache of a small computer with all that is
# needed to sort it, and buckets at most. Our choice (measured).
_IN_BUCKET, _MOST_BUCKETS = 16_384, 2048

# So many bits are sorted at once.
_DIGIT = 11

# Below so many ties a second thread costs more than it gives (measured; our choice).
_WORTH_A_THREAD = 1_000_000


# Does something for each of several parts, one after the other or side by side.
Each = Callable[..., Iterable[Any]]


class SortedArcs:
    """Arcs in order of source and target, and the same in order of target and source.

    out_offsets, out_targets: where the arcs of each source begin, and where they lead. in_offsets,
    in_sources, in_arcs: the same for each target, and the number of each of these arcs. row_arcs:
    for each tie its arc, -1 for somebody's tie with themselves.
    """

    def __init__(self, size: int, sources: NDArray[np.int32], targets: NDArray[np.int32]) -> None:
        width = max(1, (size - 1).bit_length())
        if sources.size < _WORTH_A_THREAD:
            self._out(size, width, sources, targets, map)
            self._in(size, width, map)
        else:
            with ThreadPoolExecutor(2) as threads:
                self._out(size, width, sources, targets, threads.map)
                self._in(size, width, threads.map)

    def _out(
        self,
        size: int,
        width: int,
        sources: NDArray[np.int32],
        targets: NDArray[np.int32],
        each: Each,
    ) -> None:
        low = _low_bits(width, sources.size)
        keys, rows, begins = _dealt(sources, targets, np.int64(low), each)
        parts = _shared(begins)
        arcs = np.zeros(begins.size, np.int64)
        _side_by_side(each, parts, _sort_buckets, keys, rows, begins, (width, low), arcs)
        arcs = np.cumsum(arcs)
        self.out_offsets = np.zeros(size + 1, np.int64)
        self.out_targets = np.empty(int(arcs[-1]), np.int32)
        self.row_arcs = np.empty(sources.size, np.int64)
        into = (self.out_offsets, self.out_targets, self.row_arcs)
        _side_by_side(each, parts, _emit, keys, rows, begins, arcs, *into)
        np.cumsum(self.out_offsets, out=self.out_offsets)

    def _in(self, size: int, width: int, each: Each) -> None:
        sources = np.repeat(np.arange(size, dtype=np.int32), np.diff(self.out_offsets))
        low = _low_bits(width, sources.size)
        keys, arcs, begins = _dealt(self.out_targets, sources, np.int64(low), each)
        self.in_offsets = np.zeros(size + 1, np.int64)
        self.in_sources = sources  # It has been read, and is as long.
        self.in_arcs = np.empty(sources.size, np.int64)
        into = (self.in_offsets, self.in_sources, self.in_arcs)
        _side_by_side(each, _shared(begins), _turn, keys, arcs, begins, np.int64(low), *into)
        np.cumsum(self.in_offsets, out=self.in_offsets)


def _low_bits(width: int, ties: int) -> int:
    """How many bits of a source are left to sort within a bucket."""
    wanted = min(_MOST_BUCKETS, max(1, ties // _IN_BUCKET))
    return max(0, width - (wanted - 1).bit_length())


def _dealt(
    major: NDArray[np.int32], minor: NDArray[np.int32], low: np.int64, each: Each
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """Both ends of each tie as a key, and its number, in buckets; and where each bucket begins."""
    ties = major.size
    edges = [0, ties // 2, ties] if ties >= _WORTH_A_THREAD else [0, ties]
    spans = [(np.int64(one), np.int64(other)) for one, other in zip(edges, edges[1:], strict=False)]
    buckets = (int(major.max(initial=0)) >> int(low)) + 1
    counts = np.array(list(each(lambda span: _counted(major, span, low, buckets), spans)))
    begins = np.concatenate(([0], np.cumsum(counts.sum(axis=0))))
    # Within a bucket stand first those of the first span, then those of the second.
    places = begins[:-1] + np.cumsum(counts, axis=0) - counts
    keys, numbers = np.empty(ties, np.int64), np.empty(ties, np.int32)
    list(
        each(
            lambda span, place: _deal(major, minor, span, low, place, keys, numbers), spans, places
        )
    )
    return keys, numbers, begins


def _shared(begins: NDArray[np.int64]) -> list[tuple[np.int64, np.int64]]:
    """Buckets for one thread, or two halves with about as many ties."""
    buckets, ties = begins.size - 1, int(begins[-1])
    if ties < _WORTH_A_THREAD:
        return [(np.int64(0), np.int64(buckets))]
    middle = np.searchsorted(begins, ties // 2)
    return [(np.int64(0), np.int64(middle)), (np.int64(middle), np.int64(buckets))]


def _side_by_side(
    each: Each,
    parts: list[tuple[np.int64, np.int64]],
    work: Callable[..., Any],
    *what: Any,
) -> None:
    list(each(lambda part: work(*part, *what), parts))


@kernel
def _counted(major, span, low, buckets):  # type: ignore[no-untyped-def]
    first, last = span
    counts = np.zeros(buckets, np.int64)
    for tie in range(first, last):
        counts[major[tie] >> low] += 1
    return counts


@kernel
def _deal(major, minor, span, low, place, keys, numbers):  # type: ignore[no-untyped-def]
    first, last = span
    place = place.copy()
    for tie in range(first, last):
        bucket = major[tie] >> low
        keys[place[bucket]] = (np.int64(major[tie]) << 32) | minor[tie]
        numbers[place[bucket]] = tie
        place[bucket] += 1


@step
def _pass(keys, numbers, first, bits, place, keys_after, numbers_after):  # type: ignore[no-untyped-def]
    """One stable counting sort by a few bits of the keys."""
    mask = (1 << bits) - 1
    place[: mask + 2] = 0
    for key in keys:
        place[((key >> first) & mask) + 1] += 1
    for digit in range(mask):
        place[digit + 1] += place[digit]
    for tie in range(keys.size):
        digit = (keys[tie] >> first) & mask
        keys_after[place[digit]] = keys[tie]
        numbers_after[place[digit]] = numbers[tie]
        place[digit] += 1


@step
def _by_field(keys, numbers, first, width, place, keys_after, numbers_after):  # type: ignore[no-untyped-def]
    """Sort by a field of the keys, a few bits at a time, in place."""
    parts = -(-width // _DIGIT)
    for part in range(parts):
        begin = part * _DIGIT
        bits = min(_DIGIT, width - begin)
        _pass(keys, numbers, first + begin, bits, place, keys_after, numbers_after)
        keys[:] = keys_after
        numbers[:] = numbers_after


@step
def _longest(begins, first, last):  # type: ignore[no-untyped-def]
    most = 0
    for bucket in range(first, last):
        most = max(most, begins[bucket + 1] - begins[bucket])
    return most


@kernel
def _sort_buckets(first, last, keys, rows, begins, bits, arcs):  # type: ignore[no-untyped-def]
    """Sort buckets first … last-1 by target and then source, and count the arcs of each."""
    width, low = bits
    most = _longest(begins, first, last)
    keys_after, rows_after = np.empty(most, np.int64), np.empty(most, np.int32)
    place = np.empty((1 << _DIGIT) + 1, np.int64)
    for bucket in range(first, last):
        begin, end = begins[bucket], begins[bucket + 1]
        here, numbers = keys[begin:end], rows[begin:end]
        spare = keys_after[: end - begin], rows_after[: end - begin]
        _by_field(here, numbers, 0, width, place, spare[0], spare[1])
        _by_field(here, numbers, 32, low, place, spare[0], spare[1])
        before = np.int64(-1)
        for key in here:
            if key != before and key >> 32 != key & 0xFFFFFFFF:
                arcs[bucket + 1] += 1
            before = key


@kernel
def _emit(first, last, keys, rows, begins, arcs, counts, targets, row_arcs):  # type: ignore[no-untyped-def]
    """Arcs out of the sorted keys of buckets first … last-1; counts: those of each source."""
    for bucket in range(first, last):
        arc, before = arcs[bucket] - 1, np.int64(-1)
        for tie in range(begins[bucket], begins[bucket + 1]):
            key = keys[tie]
            source, target = key >> 32, key & 0xFFFFFFFF
            if source == target:
                row_arcs[rows[tie]] = -1
                continue
            if key != before:
                arc += 1
                targets[arc] = target
                counts[source + 1] += 1  # One on: they become the ends of those before.
            before = key
            row_arcs[rows[tie]] = arc


@kernel
def _turn(first, last, keys, arcs, begins, low, counts, sources, in_arcs):  # type: ignore[no-untyped-def]
    """Sort buckets first … last-1 of arcs by target; counts: those of each target."""
    most = _longest(begins, first, last)
    keys_after, arcs_after = np.empty(most, np.int64), np.empty(most, np.int32)
    place = np.empty((1 << _DIGIT) + 1, np.int64)
    for bucket in range(first, last):
        begin, end = begins[bucket], begins[bucket + 1]
        here, numbers = keys[begin:end], arcs[begin:end]
        _by_field(
            here, numbers, 32, low, place, keys_after[: end - begin], arcs_after[: end - begin]
        )
        for tie in range(begin, end):
            counts[(keys[tie] >> 32) + 1] += 1
            sources[tie] = keys[tie] & 0xFFFFFFFF
            in_arcs[tie] = arcs[tie]
