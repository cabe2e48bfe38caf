"""Steps that several journeys take."""

from __future__ import annotations

from playwright.sync_api import Page

from people import PASSWORD


def log_in(page: Page, username: str) -> None:
    """Log somebody of the cast in."""
    page.goto("/log-in/")
    page.locator("#id_login").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("/")
