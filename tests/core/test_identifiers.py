"""Identifiers that are made here."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from guyub.core.identifiers import new_identifier


def test_an_identifier_is_a_version_7_of_this_moment() -> None:
    before = time.time_ns() // 1_000_000
    made = new_identifier()

    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert before - 1 <= made.int >> 80 <= time.time_ns() // 1_000_000 + 1


def test_identifiers_keep_the_order_in_which_they_were_made() -> None:
    made = [new_identifier() for _ in range(20_000)]

    assert made == sorted(made)
    assert [str(each) for each in made] == sorted(str(each) for each in made)


def test_no_two_threads_make_the_same_identifier() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: new_identifier(), range(20_000)))

    assert len(set(made)) == len(made)
