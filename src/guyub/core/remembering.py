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
from guyub.core.queries import newest_deeds

# Communities, each as planners and as some field workers see them. Our choice.
_MOST = 16

Answer = TypeVar("Answer")

_Seen = tuple[frozenset[uuid.UUID], uuid.UUID | None]


class Remembered(Generic[Answer]):
    """An answer for each of those who see the same, for as long as nothing was done."""

    def __init__(self) -> None:
        self._known: OrderedDict[_Seen, tuple[str, Answer]] = OrderedDict()
        self._lock = Lock()

    def get(self, actor: Actor, read: Callable[[], Answer], *, own: bool = False) -> Answer:
        """What was read last, or is read now; `own` where others see something else."""
        seen = (actor.reach, actor.account if own else None)
        newest = newest_deeds(actor)
        with self._lock:
            known = self._known.get(seen)
        if known is None or known[0] != newest:
            known = (newest, read())
            with self._lock:
                self._known[seen] = known
                while len(self._known) > _MOST:
                    self._known.popitem(last=False)
        return known[1]
