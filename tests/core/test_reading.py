"""Within the reading of one page a question is asked once, and never across a deed."""

from __future__ import annotations

from typing import Any

from guyub.core import queries as core
from guyub.core.cache import reading
from guyub.cycle.listen import queries as listen
from people import Cast, do


def test_the_parts_of_a_page_ask_the_same_question_once(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    sari = cast.actor("sari")

    with reading(), django_assert_num_queries(4):
        assert listen.counts(sari) == listen.counts(sari)


def test_after_a_deed_everything_is_asked_anew(cast: Cast) -> None:
    sari = cast.actor("sari")

    with reading():
        before = listen.counts(sari).people
        do(sari, "listen.add_person", name="Siti")
        assert listen.counts(sari).people == before + 1


def test_what_one_may_read_is_not_kept_for_another(cast: Cast) -> None:
    sari, budi = cast.actor("sari"), cast.actor("budi", "krajan")
    do(sari, "listen.add_person", name="Siti")

    with reading():
        assert listen.counts(sari).people == 1
        assert listen.counts(budi).people == 0


def test_what_is_somebodys_own_is_not_kept_for_a_colleague_of_the_same_place(cast: Cast) -> None:
    sari, budi = cast.actor("sari", "krajan"), cast.actor("budi", "krajan")
    do(sari, "listen.add_person", name="Siti")

    with reading():
        assert [row.name for row in core.own_deeds(sari).rows] == ["Sari"]
        assert core.own_deeds(budi).rows == ()
