"""The language of a page or a phone, where something else than Django has to know it."""

from __future__ import annotations

from django.utils.translation import get_language


def language_read() -> str:
    """The language of the page, as the engine's sentences know it."""
    return "id" if (get_language() or "id").startswith("id") else "en"
