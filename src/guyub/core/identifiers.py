"""Identifiers made by whoever notes a fact, so that sending it twice changes nothing.

UUID version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then random bits. Rows noted one
after the other lie side by side in the index, and two phones never choose the same one.
"""

from __future__ import annotations

import secrets
import time
import uuid

_VERSION = 7 << 76
_VARIANT = 0b10 << 62


def new_identifier() -> uuid.UUID:
    """Make a UUIDv7 for this moment."""
    milliseconds = time.time_ns() // 1_000_000 << 80
    random = secrets.randbits(74)
    high, low = random >> 62 << 64, random & (1 << 62) - 1
    return uuid.UUID(int=milliseconds | _VERSION | high | _VARIANT | low)
