"""How places are called: nobody takes one for another."""

from __future__ import annotations

import pytest

from guyub.core.models import Community
from guyub.core.queries import place_names
from people import Cast, do


@pytest.fixture
def found(cast: Cast):
    """Found communities in the organisation: (slug, name, kind, slug of what it lies in)."""

    def places(*wanted: tuple[str, str, str, str]) -> None:
        for slug, name, kind, parent in wanted:
            above = Community.current.get(slug=parent).pk
            tini = cast.actor("tini", "yayasan")
            do(tini, "core.found_community", name=name, slug=slug, kind=kind, parent=above)
            cast.slugs[slug] = slug

    return places


def names(cast: Cast, who: str, where: str) -> list[str]:
    return sorted(place_names(cast.actor(who, where)).values())


def test_one_village_is_not_said_again_with_each_of_its_hamlets(cast: Cast) -> None:
    assert names(cast, "sari", "sukamaju") == ["Kali", "Krajan", "Sukamaju"]


def test_a_hamlet_is_called_with_its_village_where_there_are_several(cast: Cast, found) -> None:
    found(("rt1", "RT 01", "rt", "krajan"))

    assert names(cast, "tini", "yayasan") == [
        "Kali, Sukamaju",
        "Krajan, Sukamaju",
        "RT 01, Sukamaju",
        "Sidorejo",
        "Sukamaju",
        "Yayasan Guyub",
    ]


def test_two_of_one_name_in_a_village_are_called_with_what_they_lie_in(cast: Cast, found) -> None:
    found(("rt1", "RT 01", "rt", "krajan"), ("rt1-kali", "RT 01", "rt", "kali"))

    assert names(cast, "sari", "sukamaju")[2:4] == ["RT 01, Kali", "RT 01, Krajan"]
    # With the village too, seen from above.
    assert names(cast, "tini", "yayasan")[2:4] == [
        "RT 01, Kali, Sukamaju",
        "RT 01, Krajan, Sukamaju",
    ]


def test_two_villages_of_one_name_are_called_with_their_district(cast: Cast, found) -> None:
    found(
        ("bawang", "Bawang", "network", "yayasan"),
        ("reban", "Reban", "network", "yayasan"),
        ("jaya", "Jaya", "desa", "bawang"),
        ("jaya-reban", "Jaya", "desa", "reban"),
        ("barat", "Barat", "dusun", "jaya"),
        ("barat-reban", "Barat", "dusun", "jaya-reban"),
    )

    called = names(cast, "tini", "yayasan")
    assert {"Jaya, Bawang", "Jaya, Reban"} < set(called)
    assert {"Barat, Jaya, Bawang", "Barat, Jaya, Reban"} < set(called)
