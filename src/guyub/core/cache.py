"""What is remembered, so that it need not be worked out again: within one page, and between pages.

An answer is kept together with what was read for it, and given again as long as nothing was written
that meets it (guyub.core.footprint), by whichever process (guyub.core.feed). Nobody lists the deeds
that matter to it. What is read while a deed is under way may never have been: it is not kept.
"""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from threading import Lock, RLock
from typing import Any, Generic, TypeVar

from guyub.core import footprint
from guyub.core.actor import Actor
from guyub.core.feed import Feed, Position
from guyub.core.footprint import MOST_NAMED, People, ReadSet, WriteSet
from guyub.core.frozen import demand_frozen

Answer = TypeVar("Answer")

# An answer brought up to date after something was written about these people and nobody else, or
# nothing where it has to be read anew.
Follow = Callable[[Answer, frozenset[uuid.UUID]], Answer | None]

# What this process has learnt of what all of them wrote.
_feed = Feed()


@dataclass(frozen=True)
class _Answered:
    """What a page was told, and what was read for it. after: it had learnt what was new by then."""

    answer: Any
    reads: ReadSet
    after: bool


class _Page:
    """What was answered within the reading of one page."""

    def __init__(self) -> None:
        self.answers: dict[Hashable, _Answered] = {}
        self.position: Position | None = None


_page: ContextVar[_Page | None] = ContextVar("page", default=None)
_changing: ContextVar[bool] = ContextVar("changing", default=False)
_keeping: ContextVar[bool] = ContextVar("keeping", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Ask each question once within the block: the parts of one page often ask the same.

    What a deed changes is asked anew: see `writing`.
    """
    token = _page.set(_Page())
    try:
        yield
    finally:
        _page.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Forget what was answered, and keep nothing while rows change."""
    page = _page.get()
    token, under_way = _page.set(None), _changing.set(True)
    try:
        yield
    finally:
        _page.reset(token)
        _changing.reset(under_way)
        if page is not None:
            page.answers.clear()
            page.position = None


def is_kept() -> bool:
    """Whether what is read now is kept for other pages: what this one read before is too old."""
    return _keeping.get()


def once(question: Hashable, answer: Callable[[], Any]) -> Any:
    """The answer that this page was given already, or is given now."""
    page = _page.get()
    if page is None:
        return answer()
    known = page.answers.get(question)
    if known is None or (is_kept() and not known.after):
        after = page.position is not None
        with footprint.reading() as reads:
            found = answer()
        known = page.answers[question] = _Answered(found, reads, after)
    footprint.note_read(known.reads)
    return known.answer


def _learn() -> Position:
    """How much was learnt when this page first asked."""
    page = _page.get()
    if page is None:
        return _feed.position()
    if page.position is None:
        page.position = _feed.position()
    return page.position


@contextmanager
def _recording() -> Iterator[ReadSet]:
    token = _keeping.set(True)
    try:
        with footprint.reading() as reads:
            yield reads
    finally:
        _keeping.reset(token)


@dataclass(frozen=True)
class _Known(Generic[Answer]):
    """An answer, what was read for it, and how much was learnt of what was written by then."""

    position: Position
    reads: ReadSet
    answer: Answer


class _Place(Generic[Answer]):
    """Where one answer is kept. One thread works it out, and others wait for it."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.known: _Known[Answer] | None = None


class Cache(Generic[Answer]):
    """Answers to one kind of question. most: so many are kept, those asked for last."""

    def __init__(self, *, most: int = 16) -> None:
        self._most = most
        self._lock = Lock()
        self._beginning = 0
        self._places: OrderedDict[Hashable, _Place[Answer]] = OrderedDict()

    def get(
        self,
        actor: Actor,
        question: Hashable,
        read: Callable[[], Answer],
        *,
        own: bool,
        follow: Follow[Answer] | None = None,
    ) -> Answer:
        """The answer for all who see the same communities, or, where it is `own`, for this account.

        question: what it depends on besides what is read. follow: keeps it in step with what is
        noted.

        :raises Denied: it took a permission to read it that this actor does not have.
        :raises TypeError: somebody could change the answer, or it rests on what no deed writes.
        """
        if _changing.get():
            return read()
        now = _learn()
        who = (actor.account, actor.role) if own else None
        place = self._place((actor.reach, who, question), now)
        with place.lock:
            known = place.known and _brought_up(place.known, now, follow)
            if known is None:
                with _recording() as reads:
                    answer = read()
                known = _sound(now, reads, answer)
            place.known = known
            for permission in known.reads.demanded:
                actor.demand(permission)
            footprint.note_read(known.reads)
            return known.answer

    def _place(self, question: Hashable, now: Position) -> _Place[Answer]:
        with self._lock:
            if now.beginning > self._beginning:
                # Somebody may have been erased: nothing of them stays in memory.
                self._places.clear()
                self._beginning = now.beginning
            place = self._places.setdefault(question, _Place())
            self._places.move_to_end(question)
            while len(self._places) > self._most:
                self._places.popitem(last=False)
            return place


def _brought_up(
    known: _Known[Answer], now: Position, follow: Follow[Answer] | None
) -> _Known[Answer] | None:
    """What is known, as of now; nothing where it has to be read anew."""
    if now <= known.position:
        return known
    writes = _feed.between(known.position, now)
    if writes is None:
        return None
    met = [each for each in writes if each.meets(known.reads)]
    if not met:
        return replace(known, position=now)
    people = _people(met, known.reads)
    if follow is None or people is None:
        return None
    with _recording() as reads:
        answer = follow(known.answer, people)
    reads.add(known.reads)
    return None if answer is None else _sound(now, reads, answer)


def _people(writes: list[WriteSet], reads: ReadSet) -> People:
    found: set[uuid.UUID] = set()
    for each in writes:
        people = each.people_met(reads)
        if people is None:
            return None
        found |= people
    return frozenset(found) if len(found) <= MOST_NAMED else None


def _sound(now: Position, reads: ReadSet, answer: Answer) -> _Known[Answer]:
    demand_frozen(answer)
    if unheard := reads.unheard():
        raise TypeError(f"Nobody learns when this is written: {', '.join(sorted(unheard))}.")
    return _Known(now, reads, answer)
