"""One's own name, language and look."""

from __future__ import annotations

import pytest
from django.test import Client

from browsing import LogIn
from people import Cast

KEY = "0192f000-0000-7000-8000-000000000001"


def test_one_changes_ones_own_name_and_language(cast: Cast, at_browser: LogIn) -> None:
    client = at_browser("sari", "en")

    form = {"key": KEY, "name": "Sari Dewi", "language": "id"}
    page = client.post("/profile/", form, follow=True).content.decode()

    assert "Profil tersimpan." in page
    assert '<html lang="id">' in page
    cast.accounts["sari"].refresh_from_db()
    assert (cast.accounts["sari"].name, cast.accounts["sari"].language) == ("Sari Dewi", "id")


def test_a_profile_needs_a_name(cast: Cast, at_browser: LogIn) -> None:
    page = at_browser("sari").post("/profile/", {"key": KEY, "name": " "}).content.decode()

    assert 'aria-invalid="true"' in page


def test_the_language_is_switched_before_log_in_too(cast: Cast) -> None:
    client = Client(headers={"accept-language": "id"})

    page = client.post("/language/", {"language": "en", "next": "/log-in/"}, follow=True)

    assert '<html lang="en">' in page.content.decode()


@pytest.mark.parametrize(("choice", "theme"), [("light", "guyub"), ("dark", "guyub-dark")])
def test_the_look_is_remembered(at_browser: LogIn, choice: str, theme: str) -> None:
    client = at_browser("sari")

    client.post("/theme/", {"theme": choice, "next": "/"})
    assert f'data-theme="{theme}"' in client.get("/").content.decode()

    client.post("/theme/", {"theme": "", "next": "/"})
    assert "data-theme" not in client.get("/").content.decode()


def test_the_look_leads_to_no_other_host(cast: Cast) -> None:
    answer = Client().post("/theme/", {"theme": "dark", "next": "https://elsewhere.example/"})

    assert answer.url == "/"  # type: ignore[attr-defined]
