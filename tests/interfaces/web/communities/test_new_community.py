"""What is added inside a community is called as its size has it."""

from __future__ import annotations

import pytest

from browsing import LogIn
from guyub.core.models import Community
from people import Cast, do


@pytest.mark.parametrize(
    ("place", "added", "kind"),
    [
        ("yayasan", "Add a village", "desa"),
        ("sukamaju", "Add a hamlet", "dusun"),
        ("krajan", "Add an RT", "rt"),
    ],
)
def test_the_form_says_what_a_community_of_this_size_holds(
    cast: Cast, at_browser: LogIn, place: str, added: str, kind: str
) -> None:
    tini = at_browser("tini")

    page = tini.get(f"/c/{place}/new/").content.decode()

    assert f"<title>{added}" in page
    assert f'<option value="{kind}" selected>' in page
    assert added in tini.get(f"/c/{place}/").content.decode()


def test_indonesian_says_desa_where_a_desa_is_added(cast: Cast, at_browser: LogIn) -> None:
    page = at_browser("tini", "id").get("/c/yayasan/new/").content.decode()

    assert "Tambah desa" in page
    assert "Tambah dusun" not in page


def test_what_holds_none_of_these_is_asked_in_general(cast: Cast, at_browser: LogIn) -> None:
    krajan = Community.current.get(slug="krajan").pk
    sari = cast.actor("sari")
    slug = do(sari, "core.found_community", name="RT 01", kind="rt", parent=krajan)["slug"]

    assert "Add a smaller community" in at_browser("sari").get(f"/c/{slug}/new/").content.decode()
