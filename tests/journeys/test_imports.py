"""The story of two lists: choose them, look at what would come in, bring them in, undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from guyub.core.models import LogEntry
from people import Cast, do
from walking import SCREENS, choose_lists, log_in

WORDS = {
    "en": {
        "lists": "Import lists",
        "look": "Preview before importing",
        "alike": "Perhaps here already",
        "opponent": "1 is an active opponent, 5 an active ally",
        "bring_in": "Import",
        "done": "Imported: 2 people, 1 tie.",
        "undo": "Undo",
        "taken_back": "Undone. The log keeps both.",
    },
    "id": {
        "lists": "Masukkan daftar",
        "look": "Periksa sebelum dimasukkan",
        "alike": "Mungkin sudah ada di sini",
        "opponent": "1 penentang aktif, 5 pendukung aktif",
        "bring_in": "Masukkan",
        "done": "Sudah dimasukkan: 2 orang, 1 ikatan.",
        "undo": "Batalkan",
        "taken_back": "Sudah ditarik kembali.",
    },
}


@pytest.mark.journey
@pytest.mark.parametrize(("size", "language"), SCREENS)
def test_an_organizer_brings_in_two_lists_and_takes_them_out(
    cast: Cast, visit: Callable, tmp_path: Path, size: str, language: str
) -> None:
    do(cast.actor("sari"), "listen.add_person", name="Pak Slamet")
    spoken = WORDS[language]

    with visit(size, language) as page:
        log_in(page, "rudi")
        page.goto("/c/sukamaju/")
        page.get_by_role("link", name=spoken["lists"]).click()
        choose_lists(page, tmp_path)
        before = LogEntry.objects.count()
        page.get_by_role("button", name=spoken["look"]).click()

        expect(page.get_by_role("heading", level=1)).to_have_text(spoken["look"])
        expect(page.get_by_role("heading", name=spoken["alike"])).to_be_visible()
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert LogEntry.objects.count() == before

        page.get_by_label(spoken["opponent"]).check()
        page.get_by_role("button", name=spoken["bring_in"], exact=True).click()
        expect(page.get_by_role("status")).to_contain_text(spoken["done"])
        expect(page.locator("[data-figure]").first).to_have_text("3")

        page.get_by_role("status").get_by_role("button", name=spoken["undo"]).click()
        expect(page.get_by_role("status")).to_contain_text(spoken["taken_back"])
        expect(page.locator("[data-figure]").first).to_have_text("1")
