"""A coordinator asks with whom to begin, leaves somebody out, and looks at the network."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from guyub.cycle.start.analysis import PlanWishes, draft_plan
from people import Cast, do
from walking import SCREENS, choices_about_the_first, log_in, planned, wait_until

WORDS = {
    "en": {"leave": "Leave out", "left": "Left out", "back": "Put back"},
    "id": {
        "leave": "Jangan dia",
        "left": "Tidak diikutkan",
        "back": "Ikutkan lagi",
    },
}

PICTURE = "document.querySelector('network-picture canvas').toDataURL()"


@pytest.mark.journey
@pytest.mark.parametrize(("size", "language"), SCREENS)
def test_a_coordinator_leaves_somebody_out_and_puts_them_back(
    cast: Cast, visit: Callable, size: str, language: str
) -> None:
    planned(cast)
    words = WORDS[language]

    with visit(size, language) as page:
        log_in(page, "sari")
        page.goto("/c/sukamaju/start/")
        first = page.locator("#plan > li").first
        expect(first).to_contain_text("Slamet")

        choices_about_the_first(page).click()
        page.get_by_role("button", name=re.compile(f"{words['leave']}.*Slamet")).click()
        expect(page.get_by_text(words["left"], exact=True)).to_be_visible()
        expect(first.locator("p").first).not_to_contain_text("Slamet")

        page.get_by_role("button", name=re.compile(f"{words['back']}.*Slamet")).click()
        expect(first).to_contain_text("Slamet")


HOURS = {
    "en": {"ask": "Limit it by hours?", "there": "4.5", "said": "They take 4 of 4.5 hours."},
    "id": {
        "ask": "Perlu menuruti jam yang ada?",
        "there": "4,5",
        "said": "Semuanya memakan 4 dari 4,5 jam.",
    },
}


@pytest.mark.journey
@pytest.mark.parametrize(("size", "language"), SCREENS)
def test_a_coordinator_asks_for_a_plan_within_hours_by_keyboard(
    cast: Cast, visit: Callable, size: str, language: str
) -> None:
    planned(cast)
    words = HOURS[language]

    with visit(size, language) as page:
        log_in(page, "sari")
        page.goto("/c/sukamaju/start/")
        page.get_by_text(words["ask"]).focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("#id_hours")).to_be_focused()
        page.keyboard.type(words["there"])
        page.locator("#id_households").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")

        expect(page.get_by_text(words["said"])).to_be_visible()
        expect(page.locator("#plan > li")).to_have_count(2)
        # What was asked for stays in the form, in the way this language writes numbers.
        expect(page.locator("#id_hours")).to_have_value(words["there"])
        expect(page.locator("#id_households")).to_be_checked()


@pytest.mark.journey
def test_the_network_is_drawn_moved_and_told_by_name(cast: Cast, visit: Callable) -> None:
    planned(cast)

    with visit() as page:
        log_in(page, "sari")
        page.goto("/c/sukamaju/start/")
        wait_until(page, f"{PICTURE}.length > 3000")
        canvas = page.locator("network-picture canvas")
        box = canvas.bounding_box()
        assert box is not None

        name = page.locator("network-picture output")
        for step in range(0, 400, 6):
            page.mouse.move(box["x"] + box["width"] / 2 - 200 + step, box["y"] + box["height"] / 2)
            if name.is_visible():
                break
        expect(name).to_be_visible()
        before = page.evaluate(PICTURE)
        page.get_by_role("button", name="Closer").click()
        wait_until(page, f"{PICTURE} !== '{before}'")


FOLLOWED = {
    "en": {"who": "Who hears when", "play": "Play", "first": "Round 0: "},
    "id": {
        "who": "Siapa mendengar kapan",
        "play": "Putar",
        "first": "Putaran 0: ",
    },
}


@pytest.mark.journey
@pytest.mark.parametrize(("size", "language"), SCREENS)
def test_a_plan_is_played_round_by_round_beside_another(
    cast: Cast, visit: Callable, size: str, language: str
) -> None:
    planned(cast)
    planned_again(cast)
    words = FOLLOWED[language]

    with visit(size, language) as page:
        log_in(page, "sari")
        page.goto("/c/sukamaju/start/")
        page.get_by_role("link", name=words["who"]).click()
        # Of the habit nobody takes anything up: there is nothing to play.
        expect(page.locator("network-picture")).to_have_count(1)
        expect(page.locator("plan-player")).to_have_count(0)
        page.locator("select[name=beside]").select_option(index=2)
        page.locator("select[name=needs]").select_option("1")
        page.locator("form[method=get] button").click()
        expect(page.locator("network-picture")).to_have_count(2)
        said = page.locator("plan-player output")
        expect(said).to_contain_text(words["first"])
        wait_until(page, f"{PICTURE}.length > 3000")
        before = page.evaluate(PICTURE)
        slider = page.get_by_role("slider")
        slider.press("ArrowRight")
        expect(said).not_to_contain_text(words["first"])
        wait_until(page, f"{PICTURE} !== '{before}'")
        slider.press("Home")
        expect(said).to_contain_text(words["first"])
        page.get_by_role("button", name=words["play"], exact=True).click()
        expect(slider).not_to_have_value("0")
        expect(page.locator("tr[data-now]")).to_have_count(1)


def planned_again(cast: Cast) -> None:
    """A second plan, for a habit."""
    sari = cast.actor("sari")
    drafted = draft_plan(sari, PlanWishes(count=1, needs=2, objective="reach"))
    kept = {"count": 1, "seed": 1, "spread": "model", "made_on": drafted.on}
    do(sari, "start.keep_plan", outcome=drafted.to_dict(), **kept)
