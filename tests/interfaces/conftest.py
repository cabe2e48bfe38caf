"""Somebody of the cast at their browser."""

from __future__ import annotations

import pytest
from django.test import Client

from browsing import LogIn
from people import Cast


@pytest.fixture
def at_browser(cast: Cast) -> LogIn:
    """Gives the browser of somebody who is logged in and reads a language."""

    def log_in(name: str, language: str = "en") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(cast.accounts[name])
        return client

    return log_in
