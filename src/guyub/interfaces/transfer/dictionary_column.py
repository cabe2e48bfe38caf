"""A column in which cells come again and again: each is kept once, and read once.

The same person stands in many ties, the same hamlet beside many people. What a cell means is found
once for each different cell, and a million rows become a million small numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Cell = TypeVar("Cell")
Read = TypeVar("Read")
Number = TypeVar("Number", bound=np.generic)

# Cells are compared in words of so many bytes, a few words at most; our choice. Longer ones are
# rarely repeated.
_WORD, _MOST_WORDS = 8, 4


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

    def array(self, value: Callable[[Cell], object], kind: type[Number]) -> NDArray[Number]:
        """A number for every row."""
        return np.array([value(cell) for cell in self.cells], kind)[self.places]


class TextOfCells:
    """UTF-8 text without a NUL, to be cut into columns."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        # Room to read a whole word from the end on.
        self._padded = content + bytes(_WORD)
        self._words = np.ndarray((len(content) + 1,), "<u8", self._padded, strides=(1,))

    def column(self, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> Repeated[str]:
        """The cells that stand between these places, one for each row."""
        longest = int((ends - starts).max(initial=0))
        if longest > _WORD * _MOST_WORDS:
            return Repeated.of(self._cells(starts, ends))
        places = np.zeros(starts.size, np.intp)
        for begin in range(0, longest, _WORD):
            kinds = _kinds(self._next_words(starts + begin, ends))
            if begin:
                kinds = _kinds(places * np.intp(kinds.max() + 1) + kinds)
            places = kinds
        example = np.empty(int(places.max(initial=-1)) + 1, np.intp)
        example[places] = np.arange(places.size)
        return Repeated(list(self._cells(starts[example], ends[example])), places)

    def _cells(self, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> Iterator[str]:
        bounds = zip(starts.tolist(), ends.tolist(), strict=True)
        return (self._content[start:end].decode() for start, end in bounds)

    def _next_words(self, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.uint64]:
        """The next eight bytes of each cell as one number, what lies beyond its end cut off."""
        inside = np.clip(ends - starts, 0, _WORD)
        beyond = (8 * (_WORD - np.maximum(inside, 1))).astype(np.uint64)
        word = self._words[np.minimum(starts, len(self._content))] << beyond
        return np.where(inside > 0, word, np.uint64(0))


def _kinds(values: NDArray[np.generic]) -> NDArray[np.intp]:
    """A small number for each row, the same for the same value."""
    # Lists are often sorted, so that a value stands in many rows one after the other.
    begins = np.flatnonzero(np.append(True, values[1:] != values[:-1]))
    _, kinds = np.unique(values[begins], return_inverse=True)
    return np.repeat(kinds, np.diff(np.append(begins, values.size)))
