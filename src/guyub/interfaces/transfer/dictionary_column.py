"""A column in which cells come again and again: each is kept once, and read once.

The same person stands in many ties, the same hamlet beside many people. What a cell means is found
once for each different cell, and a million rows become a million small numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Cell = TypeVar("Cell")
Read = TypeVar("Read")
Number = TypeVar("Number", bound=np.generic)

# Cells are compared in words of so many bytes, a few words at most; our choice. Longer ones are
# rarely repeated.
_WORD, _MOST_WORDS = 8, 4

# By how many bits a word of so many bytes is pushed up, so that nothing lies beyond it.
_BEYOND = np.array([0, *range(8 * _WORD - 8, -1, -8)], np.uint64)

# So many rows are looked at at once: they stay near the processor. Our choice.
_PIECE = 1 << 15

_GOLDEN = 0x9E3779B97F4A7C15


@dataclass(frozen=True, eq=False)
class Repeated(Generic[Cell]):
    """cells: what stands in the column. places: for each row, which of them."""

    cells: Sequence[Cell]
    places: NDArray[np.intp]

    @classmethod
    def of(cls, rows: Iterable[Cell]) -> Repeated[Cell]:
        """From the cells of all rows."""
        known: dict[Cell, int] = {}
        places = [known.setdefault(cell, len(known)) for cell in rows]
        return cls(tuple(known), np.array(places, np.intp))

    @classmethod
    def always(cls, cell: Cell, rows: int) -> Repeated[Cell]:
        """The same cell in every row."""
        return cls((cell,), np.zeros(rows, np.intp))

    def __len__(self) -> int:
        return self.places.size

    def __iter__(self) -> Iterator[Cell]:
        if len(self.cells) == 1:
            return repeat(self.cells[0], self.places.size)
        return map(self.cells.__getitem__, self.places.tolist())

    def read(self, meaning: Callable[[Cell], Read]) -> Repeated[Read]:
        """What each cell means."""
        return Repeated([meaning(cell) for cell in self.cells], self.places)

    def rows(self, chosen: NDArray[np.intp]) -> Repeated[Cell]:
        """These rows only."""
        return Repeated(self.cells, self.places[chosen])

    def where(self, true: Callable[[Cell], bool]) -> NDArray[np.intp]:
        """The rows whose cell is so."""
        return np.flatnonzero(self.array(true, np.bool_))

    def found_in(self, numbers: Mapping[Cell, int], default: int) -> NDArray[np.int32]:
        """For every row the number of its cell, or the default where it has none."""
        known = map(numbers.get, self.cells, repeat(default))
        return np.fromiter(known, np.int32, len(self.cells))[self.places]

    def array(self, value: Callable[[Cell], object], kind: type[Number]) -> NDArray[Number]:
        """A number for every row."""
        return np.array([value(cell) for cell in self.cells], kind)[self.places]


class TextOfCells:
    """UTF-8 text without a NUL, to be cut into columns."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        whole = max(0, len(content) - _WORD + 1)
        self._words = np.ndarray((whole,), "<u8", content, strides=(1,))

    def column(self, starts: NDArray[np.integer], ends: NDArray[np.integer]) -> Repeated[str]:
        """The cells that stand between these places, one for each row."""
        longest = int((ends - starts).max(initial=0))
        if longest > _WORD * _MOST_WORDS:
            return Repeated.of(self._cells(starts, ends))
        places = np.zeros(starts.size, np.intp)
        for begin in range(0, longest, _WORD):
            kinds = _kinds(self._next_words(starts, ends, begin))
            if begin:
                kinds = _kinds(places * np.intp(kinds.max() + 1) + kinds)
            places = kinds
        example = np.empty(int(places.max(initial=-1)) + 1, np.intp)
        example[places] = np.arange(places.size)
        return Repeated(self._cells(starts[example], ends[example]), places)

    def _cells(self, starts: NDArray[np.integer], ends: NDArray[np.integer]) -> list[str]:
        bounds = zip(starts.tolist(), ends.tolist(), strict=True)
        # Decoded together, with the one letter between them that stands in none.
        together = b"\0".join([self._content[start:end] for start, end in bounds])
        return together.decode().split("\0") if starts.size else []

    def _next_words(
        self, starts: NDArray[np.integer], ends: NDArray[np.integer], begin: int
    ) -> NDArray[np.uint64]:
        """Eight bytes of each cell from `begin` on as one number, what lies beyond it cut off."""
        words = np.zeros(starts.size, np.uint64)
        for first in range(0, starts.size, _PIECE):
            rows = slice(first, first + _PIECE)
            inside = np.clip(ends[rows] - starts[rows] - begin, 0, _WORD)
            at = starts[rows].astype(np.intp) + begin
            late = np.flatnonzero((at >= self._words.size) & (inside > 0))
            # The last cells of a short text may have no whole word to be read.
            last = self._words.size - 1
            word = self._words[np.minimum(at, last)] if last >= 0 else words[rows]
            for row in late.tolist():
                word[row] = int.from_bytes(self._content[at[row] : at[row] + _WORD], "little")
            word <<= _BEYOND[inside]
            word[inside == 0] = 0
            words[rows] = word
        return words


def _kinds(values: NDArray[np.generic]) -> NDArray[np.intp]:
    """A small number for each row, the same for the same value."""
    # Lists are often sorted, so that a value stands in many rows one after the other.
    begins = np.flatnonzero(np.append(True, values[1:] != values[:-1]))
    runs = values[begins]
    like = _one_like(runs)
    own = np.flatnonzero(like == np.arange(like.size))
    numbers = np.empty(runs.size, np.intp)
    numbers[own] = np.arange(own.size)
    return np.repeat(numbers[like], np.diff(np.append(begins, values.size)))


def _one_like(values: NDArray[np.generic]) -> NDArray[np.int32]:
    """For each value the place of one like it, the same place for all that are alike.

    Values are hashed into a table with room for twice as many. Whoever finds another value in their
    place, written there later, looks again among those who are left, by another hash (Knuth 1973,
    6.4: multiplicative hashing). It takes a third of the time of sorting.
    """
    words, factor = values.astype(np.uint64), _GOLDEN
    left = np.arange(words.size, dtype=np.int32)
    like = np.empty(words.size, np.int32)
    while left.size:
        bits = int(2 * left.size - 1).bit_length()
        slots = words * np.uint64(factor)
        slots >>= np.uint64(64 - bits)
        table = np.empty(1 << bits, np.int32)
        table[slots.view(np.int64)] = np.arange(left.size, dtype=np.int32)
        there = table[slots.view(np.int64)]
        alike = words[there] == words
        like[left[alike]] = left[there[alike]]
        left, words, factor = left[~alike], words[~alike], factor * _GOLDEN % 2**64
    return like
