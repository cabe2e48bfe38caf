"""The keys under which confidential fields are sealed: never in the database or its backup."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32  # AES-256


@dataclass(frozen=True)
class KeyRing:
    """Keys by version; new values are sealed under the newest, old ones still open."""

    keys: dict[int, bytes]

    @property
    def newest(self) -> int:
        return max(self.keys)


def derived_key(purpose: str, version: int | None = None) -> bytes:
    """A key for digests of sealed values, which a rotation makes anew (the newest, by default)."""
    ring = key_ring()
    key = ring.keys[ring.newest if version is None else version]
    return hmac.new(key, f"guyub {purpose}".encode(), hashlib.sha256).digest()


def new_key() -> str:
    """A random key, as it stands in the key file."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def parse_keys(text: str) -> dict[int, bytes]:
    """Read `1:base64 2:base64`, separated by spaces, commas or line ends.

    :raises ImproperlyConfigured: a key is not 32 bytes in base64 with a version before it.
    """
    keys: dict[int, bytes] = {}
    for item in text.replace(",", " ").split():
        version, _, encoded = item.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not version.isdigit() or len(key) != KEY_BYTES:
            # Never the key itself: this text ends up on a terminal or in a log.
            raise ImproperlyConfigured(
                "A field key is written as VERSION:BASE64 and holds 32 bytes; one of the given "
                "ones does not. Put the right one back: what was sealed under it stays closed else."
            )
        keys[int(version)] = key
    if not keys:
        raise ImproperlyConfigured("There is no field key: confidential fields cannot be opened.")
    return keys


@cache
def _ring(text: str) -> KeyRing:
    return KeyRing(parse_keys(text))


def key_ring() -> KeyRing:
    """The keys of this installation."""
    return _ring(settings.GUYUB_FIELD_KEYS)
