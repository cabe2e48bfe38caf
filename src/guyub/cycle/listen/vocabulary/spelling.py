"""How names are spelled: one form of a name, whoever wrote it down and in whichever spelling.

Of the spellings met in Indonesian lists: the one before 1972 (tj, dj, j, oe, nj, sj, ch), letters
from Arabic written in several ways (kh, dh, th), and doubled letters. Which are joined is our
choice: too much is found rather than too little, as a reader looks at what was found.
"""

from __future__ import annotations

import re
import unicodedata

# How people are addressed, in Indonesian and its regions, and what stands before or after a name.
_SPOKEN = """
    pak bapak bp bu ibu mas mbak mbah mbok kang bang abang neng cak ning eyang nyai haji
    hajah hajjah h hj kh kyai kiai ki gus ustaz ustad ustadz ustadzah ust sdr sdri tn ny dr drs
    dra ir prof alm almh raden rd
"""
_HONORIFICS = frozenset(_SPOKEN.split())

# One name, written out or shortened; a list may hold any of them.
_WRITTEN_OUT = "muhamad"
_LONG = (_WRITTEN_OUT, "mohamad", "muhamed", "mohamed", "muhd", "mohd")
_MUHAMMAD = frozenset({*_LONG, "muh", "moh", "m"})

# Letters that are searched. An entry of an index on PostgreSQL has room for 2,700 bytes, also where
# a letter takes three of them; what stands beyond is no name any more.
LONGEST_SEARCHED = 400

_APART = re.compile(r"[^\w]+|_+")

# In this order: dj is taken for j before j is taken for y.
_LETTERS = (
    ("tj", "c"),
    ("dj", "j"),
    ("oe", "u"),
    ("y", "j"),
    ("sj", "s"),
    ("ch", "h"),
    ("kh", "h"),
    ("dh", "d"),
    ("th", "t"),
    ("v", "f"),
    ("q", "k"),
)
# Numbers are not names: 11 is another house than 1.
_DOUBLED = re.compile(r"([^\W\d])\1+")


def words_sought(text: str) -> list[str]:
    """The words by which somebody is looked for; each stands somewhere in `searched` of theirs.

    Forms of address are left out, unless nothing else was said.
    """
    words = _words(text)
    return [_spelled(word) for word in _without_address(words)]


def searched(*names: str) -> str:
    """All in which a search looks: each word of these names, and Muhammad in all its lengths."""
    found = dict.fromkeys(_spelled(word) for name in names for word in _words(name))
    if not _MUHAMMAD.isdisjoint(found):
        # The shorter ones stand within these.
        found |= dict.fromkeys(_LONG)
    return " ".join(found)[:LONGEST_SEARCHED]


def alike(name: str) -> str:
    """The same for two names that may be one: Hj. Sitti-Aminah and siti aminah."""
    words = map(_spelled, _without_address(_words(name)))
    return " ".join(_WRITTEN_OUT if word in _MUHAMMAD else word for word in words)


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(each for each in folded if not unicodedata.combining(each))
    return _APART.sub(" ", re.sub(r"['’`ʼ]", "", bare)).split()


def _without_address(words: list[str]) -> list[str]:
    return [word for word in words if word not in _HONORIFICS] or words


def _spelled(word: str) -> str:
    for written, read in _LETTERS:
        word = word.replace(written, read)
    return _DOUBLED.sub(r"\1", word)
