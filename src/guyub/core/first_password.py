"""First passwords, to be said on the phone or written on a slip of paper."""

from __future__ import annotations

import secrets

_CONSONANTS = "bdgjklmnprstw"
_VOWELS = "aeiou"

# 10 syllables of 65 each: 60 bits, far beyond what a throttled log-in lets anybody try.
_WORDS, _SYLLABLES = 5, 2


def first_password() -> str:
    """Make a password that can be read aloud, such as `tuba-kemi-nodu-rasi-palo`."""
    return "-".join("".join(_syllable() for _ in range(_SYLLABLES)) for _ in range(_WORDS))


def _syllable() -> str:
    return secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS)
