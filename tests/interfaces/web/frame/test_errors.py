"""Pages for when something went wrong."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.utils.translation import override

from browsing import LogIn
from guyub.interfaces.web.frame import errors
from people import Cast


@pytest.mark.parametrize(("language", "words"), [("en", "Nothing is here"), ("id", "Tidak ada")])
def test_a_page_that_is_not_there_says_so_in_ones_language(
    at_browser: LogIn, language: str, words: str
) -> None:
    answer = at_browser("sari", language).get("/nowhere/")

    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_a_role_that_does_not_reach_is_told_whom_to_ask(at_browser: LogIn) -> None:
    answer = at_browser("rudi").get("/c/sukamaju/log/")

    assert answer.status_code == 403
    assert "Ask your coordinator" in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_kindly(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})

    answer = client.post("/language/", {"language": "en"})

    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


def test_the_page_of_a_fault_needs_neither_database_nor_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def silence() -> None:
        raise AssertionError("the page of a fault must not ask the database")

    monkeypatch.setattr(connection, "cursor", silence)

    with override("id"):
        answer = errors.server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "Ada yang rusak di pihak kami" in answer.content.decode()


def test_who_asks_too_often_is_told_to_wait() -> None:
    with override("id"):
        answer = errors.too_many_requests(RequestFactory().get("/"))

    assert answer.status_code == 429
    assert "Tunggu lima menit" in answer.content.decode()


def test_pages_come_with_the_strict_policy(at_browser: LogIn) -> None:
    policy = at_browser("sari").get("/")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
