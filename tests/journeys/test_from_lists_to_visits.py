"""The whole first job: two lists come in, go out and come in again; a plan becomes visits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import real_data
from guyub.sample.community import sample_community
from people import Cast
from walking import SCREENS, choices_about_the_first, log_in

WORDS = {
    "en": {
        "look": "Preview before importing",
        "bring_in": "Import",
        "brought": "Imported:",
        "undo": "Undo",
        "taken_back": "Undone.",
        "work_out": "Work it out by ties alone",
        "leave": "Leave out",
        "left": "Left out",
        "visits": "Turn the plan into visits",
        "plan": "Plan the visits",
        "planned": re.compile(r"5 visits are planned\."),
        "today": "Meet today",
        "met": "We met",
        "noted": "Your meeting with",
    },
    "id": {
        "look": "Periksa sebelum dimasukkan",
        "bring_in": "Masukkan",
        "brought": "Sudah dimasukkan:",
        "undo": "Batalkan",
        "taken_back": "Sudah ditarik kembali.",
        "work_out": "Susun menurut ikatan saja",
        "leave": "Jangan dia",
        "left": "Tidak diikutkan",
        "visits": "Jadikan rencana kunjungan",
        "plan": "Simpan rencana kunjungan",
        "planned": re.compile(r"5 kunjungan direncanakan\."),
        "today": "Temui hari ini",
        "met": "Sudah bertemu",
        "noted": "Tercatat: Anda sudah bertemu",
    },
}


def lists(folder: Path) -> tuple[str, str]:
    """A real village where it lies beside the project, else the sample one."""
    if (real_data.FOLDER / "karnataka-village").exists():
        return real_data.files("karnataka-village")
    sample = sample_community(today=date(2026, 11, 24))
    people = "".join(f"{row.id},{row.name},{row.sub_community}\n" for row in sample.people)
    ties = "".join(f"{row.source},{row.target},{row.kind}\n" for row in sample.ties)
    (folder / "people.csv").write_text(f"id,name,dusun\n{people}")
    (folder / "ties.csv").write_text(f"from,to,kind\n{ties}")
    return str(folder / "people.csv"), str(folder / "ties.csv")


def bring_in(page: Page, files: tuple[str, str], spoken: dict) -> None:
    page.goto("/c/sukamaju/bring-in/")
    for name, file in zip(("people", "ties"), files, strict=True):
        page.locator(f"#id_{name}").set_input_files(file)
    page.get_by_role("button", name=spoken["look"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(spoken["look"])
    page.get_by_role("button", name=spoken["bring_in"], exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(spoken["brought"])


@pytest.mark.journey
@pytest.mark.parametrize(("size", "language"), SCREENS)
def test_two_lists_become_a_plan_and_the_plan_becomes_visits(
    cast: Cast, visit: Callable, tmp_path: Path, size: str, language: str
) -> None:
    spoken, files = WORDS[language], lists(tmp_path)

    with visit(size, language) as page:
        log_in(page, "sari")
        bring_in(page, files, spoken)
        page.get_by_role("status").get_by_role("button", name=spoken["undo"]).click()
        expect(page.get_by_role("status")).to_contain_text(spoken["taken_back"])
        bring_in(page, files, spoken)

        page.goto("/c/sukamaju/start/")
        page.get_by_role("button", name=spoken["work_out"]).click()
        first = page.locator("#plan > li").first.locator("a").first
        name = first.inner_text()
        choices_about_the_first(page).click()
        page.get_by_role("button", name=re.compile(f"{spoken['leave']}.*{name}$")).click()
        expect(page.get_by_text(spoken["left"], exact=True)).to_be_visible()
        expect(first).not_to_have_text(name)
        name = first.inner_text()

        page.get_by_role("link", name=spoken["visits"]).click()
        page.get_by_role("button", name=spoken["plan"]).click()
        expect(page.get_by_role("status")).to_contain_text(spoken["planned"])
        expect(page.get_by_role("heading", name=spoken["today"])).to_be_visible()
        due = page.locator("article").first
        expect(due.get_by_role("heading")).to_have_text(name)
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")

        due.locator("summary").click()
        due.get_by_role("button", name=spoken["met"]).click()
        expect(page.get_by_role("status")).to_contain_text(f"{spoken['noted']} {name}")
        expect(page.locator("article").first.get_by_role("heading")).not_to_have_text(name)
