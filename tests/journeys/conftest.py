"""A real browser, and a witness of what it did behind the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from people import Cast
from walking import PATIENCE, SIZES

# The browser's own event loop runs in this thread; Django would otherwise refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

HERE = Path(__file__).parent

expect.set_options(timeout=PATIENCE)

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser now and then stumbles: what fails here is tried once more, and named at the end."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser(live_server: object) -> Iterator[Browser]:
    """Chromium: the one that CHROMIUM names, one on the path, or Playwright's own.

    It asks for the server so as to leave before it: open connections would outlive the database.
    """
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, cast: Cast, live_server: object) -> Callable[..., object]:
    """Opens a window; when it closes, nothing may have gone wrong behind the page."""

    @contextmanager
    def window(
        size: str = "laptop",
        language: str = "en",
        scheme: str = "light",
        expected: tuple[str, ...] = (),
    ) -> Iterator[Page]:
        context = browser.new_context(
            base_url=str(live_server),
            viewport=SIZES[size],  # type: ignore[arg-type]
            locale=language,
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        context.set_default_timeout(PATIENCE)
        faults = _witness(context, str(live_server), expected)
        yield context.new_page()
        context.close()
        assert faults == []

    return window


def _witness(context: BrowserContext, home: str, expected: tuple[str, ...]) -> list[str]:
    """Collects complaints of the page (a breach of the policy is one) and calls to other hosts.

    expected: addresses that the browser may complain about, because they are not there.
    """
    faults: list[str] = []

    def hear(message: object) -> None:
        where = urlsplit(message.location["url"]).path  # type: ignore[attr-defined]
        if message.type in {"error", "warning"} and where not in expected:  # type: ignore[attr-defined]
            faults.append(f"console: {message.text} ({where})")  # type: ignore[attr-defined]

    def see(request: object) -> None:
        if urlsplit(request.url).netloc != urlsplit(home).netloc:  # type: ignore[attr-defined]
            faults.append(f"request: {request.url}")  # type: ignore[attr-defined]

    context.on("console", hear)
    context.on("request", see)
    context.on("weberror", lambda error: faults.append(f"error: {error.error}"))
    return faults
