"""Identifiers made by whoever notes a fact, so that sending it twice changes nothing.

UUID version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, 12 bits of their fraction, random
bits (section 6.2, methods 3 and 2). Rows noted one after the other lie side by side in the index
and keep their order, and two phones never choose the same one.
"""

from __future__ import annotations

import secrets
import threading
import time
import uuid

_VERSION = 7 << 76
_VARIANT = 0b10 << 62
_RANDOM_BITS = 62

# How far apart two identifiers of one moment lie at most: wide enough that nobody guesses the next.
_STEP_BITS = 40

_lock = threading.Lock()
_last = (0, 0)


def new_identifier() -> uuid.UUID:
    """Make a UUIDv7 for this moment, greater than every one this process made before."""
    global _last
    with _lock:
        # 4096 parts of a millisecond, each a little under 250 nanoseconds.
        moment = (time.time_ns() << 12) // 1_000_000
        random = secrets.randbits(_RANDOM_BITS - 1)
        if moment <= _last[0]:
            moment, random = _last[0], _last[1] + 1 + secrets.randbits(_STEP_BITS)
        if random >> _RANDOM_BITS:
            moment, random = moment + 1, secrets.randbits(_RANDOM_BITS - 1)
        _last = (moment, random)
    high = (moment >> 12) << 80 | (moment & 0xFFF) << 64
    return uuid.UUID(int=high | _VERSION | _VARIANT | random)
