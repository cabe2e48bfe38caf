"""What a process remembers until the next deed, so that each page need not ask for it again.

It is remembered for those who see the same: the same communities, and where somebody sees only
what is their own, for them alone. It stays in memory, in the process that may read everything
anyway.
"""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from guyub.core.actor import Actor
from guyub.core.queries import Marks, deeds_between, marks
from guyub.core.query import rows_change

# Communities, each as planners and as some field workers see them. Our choice.
_MOST = 16

# More deeds than this are not looked at one by one. Our choice.
_MOST_DEEDS = 200

Answer = TypeVar("Answer")

_Seen = tuple[frozenset[uuid.UUID], uuid.UUID | None]


class Remembered(Generic[Answer]):
    """An answer for each of those who see the same, for as long as nothing was done.

    beside: actions that cannot change the answer, whatever is done in them. most: answers kept.
    """

    def __init__(self, beside: frozenset[str] = frozenset(), *, most: int = _MOST) -> None:
        self._beside, self._most = beside, most
        self._known: OrderedDict[_Seen, tuple[Marks, Answer]] = OrderedDict()
        self._lock = Lock()

    def get(self, actor: Actor, read: Callable[[], Answer], *, own: bool = False) -> Answer:
        """What was read last, or is read now; `own` where others see something else."""
        if rows_change():
            return read()
        seen = (actor.reach, actor.account if own else None)
        now = marks(actor)
        with self._lock:
            known = self._known.get(seen)
        if known is not None and known[0] == now:
            return known[1]
        answer = known[1] if known and self._holds(actor, known[0], now) else read()
        with self._lock:
            self._known[seen] = (now, answer)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return answer

    def _holds(self, actor: Actor, then: Marks, now: Marks) -> bool:
        """Whether nothing was done since but what lies beside the answer."""
        done = deeds_between(actor, then, now, _MOST_DEEDS) if self._beside else None
        return done is not None and set(done.values()) <= self._beside
