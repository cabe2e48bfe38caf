"""What a sentence is about: its words, brought to their stems.

Stems come from Snowball's Indonesian algorithm (Tala 2003); why, and what was measured, stands in
docs/adr/0014-stems-from-snowball.md. Names of things stay whole, endings and beginnings go:
pengairan, airnya, air.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

# Words without which a sentence says as much. Our choice, from reading what workers noted.
_SAYS_NOTHING = """
ada adalah agar akan aku anak apa atas atau bagi bagus bahwa banyak baru belum berat besar bisa buat
bukan cuma cukup dalam dan dapat dari datang dekat dengan dia dua empat habis hanya hari harus
hingga ingin ini itu jadi jarang jauh juga kalau kami karena kata kepada kita kurang lagi lain lebih
malam malu masih mau mereka minta mulai nama oleh pada padahal para puluh punya rendah saja saling
sama sampai satu saya sebab sejak sekali selalu semua sendiri sepi sering sesudah setiap sini sudah
supaya takut tapi tetapi tidak tiga tiap tinggal tinggi untuk waktu yang
"""
_EMPTY = frozenset(_SAYS_NOTHING.split())

_SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+")


def stems(text: str) -> dict[str, str]:
    """Each stem of a text with the word in which it stands first."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text.lower()):
        if len(word) >= _SHORTEST and word not in _EMPTY:
            found.setdefault(_stemmer().stemWord(word), word)
    return found


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("indonesian")
