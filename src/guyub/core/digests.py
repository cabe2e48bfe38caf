"""Keyed digests that are kept: two alike are of the same content, and none leads back to it.

They are compared for years, with content that is not kept beside them, so they can never be made
anew. Their key therefore stands alone: a new `secret_key` or field key changes none of them.
"""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings


def digest(purpose: str, content: bytes) -> bytes:
    """64 bytes. purpose: what they are for; digests of two purposes say nothing of each other."""
    key = f"{purpose}:{settings.GUYUB_DIGEST_KEY}".encode()
    return hmac.new(key, content, hashlib.sha512).digest()


def mark(purpose: str, content: bytes) -> str:
    """A digest of 32 bytes as a text, to be kept in a column and looked for."""
    return digest(purpose, content)[:32].hex()
