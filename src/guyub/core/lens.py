"""What a step shows through a lens: the same shape for every step, so that pages are loops."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number with its name, and one sentence on what it means.

    counts: a word for what is counted, by which a page knows where it stands.
    """

    label: str
    value: int | float
    sentence: str = ""
    counts: str = ""


@dataclass(frozen=True, kw_only=True)
class Lens:
    """One step, seen on a person or on a community.

    `done` is the share of the way that can be told in a number (0 to 1), where it can.
    """

    step: str
    title: str
    question: str
    sentence: str
    figures: tuple[Figure, ...] = ()
    done: float | None = None
