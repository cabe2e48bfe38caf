"""The first story: log in, see the community, read it in the other language, undo, log out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from people import PASSWORD, Cast, do
from walking import log_in

WORDS = {
    "en": {
        "welcome": "Welcome, Sari",
        "role": "Your part here: Coordinator.",
        "undo": "Undo",
        "taken_back": "Undone. The log keeps both.",
        "brought_back": "Restored.",
        "more": "More",
        "profile": "Profile",
        "log_out": "Log out",
        "log_in": "Log in",
    },
    "id": {
        "welcome": "Selamat datang, Sari",
        "role": "Peran Anda di sini: Koordinator.",
        "undo": "Batalkan",
        "taken_back": "Sudah ditarik kembali.",
        "brought_back": "Sudah dikembalikan.",
        "more": "Lainnya",
        "profile": "Profil",
        "log_out": "Keluar",
        "log_in": "Masuk",
    },
}
NAMES = {"en": "English", "id": "Indonesia"}


@pytest.mark.journey
@pytest.mark.parametrize(
    ("size", "language", "other"), [("phone", "id", "en"), ("laptop", "en", "id")]
)
def test_a_coordinator_looks_in_undoes_and_leaves(
    cast: Cast, visit: Callable, size: str, language: str, other: str
) -> None:
    rows = [{"name": "Slamet"}, {"name": "Sri"}]
    do(cast.actor("sari"), "listen.import_people", rows=rows)
    words = WORDS[language]

    with visit(size, language) as page:
        fill_in_the_form(page, "sari")
        expect(page.get_by_role("heading", level=1)).to_have_text(words["welcome"])

        page.get_by_role("link", name="Sukamaju").click()
        expect(page.get_by_text(words["role"])).to_be_visible()
        expect(figure(page)).to_have_text("2")

        read_in(page, other, size)
        page.goto("/c/sukamaju/")
        expect(page.get_by_text(WORDS[other]["role"])).to_be_visible()
        read_in(page, language, size)
        page.goto("/c/sukamaju/")

        page.get_by_role("button", name=words["undo"]).first.click()
        expect(page.get_by_role("status")).to_contain_text(words["taken_back"])
        page.get_by_role("status").get_by_role("button", name=words["undo"]).click()
        expect(page.get_by_role("status")).to_contain_text(words["brought_back"])
        expect(figure(page)).to_have_text("2")

        if size == "phone":
            page.get_by_text(words["more"], exact=True).click()
            page.get_by_role("link", name=words["profile"]).click()
        page.get_by_role("button", name=words["log_out"]).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(words["log_in"])


@pytest.mark.journey
def test_everything_is_reached_by_keyboard_alone(cast: Cast, visit: Callable) -> None:
    with visit() as page:
        page.goto("/log-in/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="To the content")).to_be_focused()
        fill_in_the_form(page, "sari")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Sukamaju")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sukamaju")


@pytest.mark.journey
def test_earlier_lines_of_the_log_join_the_page(cast: Cast, visit: Callable) -> None:
    sari = cast.actor("sari")
    for number in range(52):
        do(sari, "listen.add_person", name=f"Warga {number}")

    with visit() as page:
        log_in(page, "sari")
        page.goto("/c/sukamaju/log/")
        expect(page.get_by_role("status")).to_contain_text("The log is whole: 52 lines")
        lines = page.locator("#log-entries li")
        expect(lines).to_have_count(50)
        page.get_by_role("link", name="Show earlier lines").click()
        expect(lines).to_have_count(52)


@pytest.mark.journey
@pytest.mark.parametrize("size", ["phone", "laptop"])
def test_no_page_is_wider_than_the_screen(cast: Cast, visit: Callable, size: str) -> None:
    long = "Desa Sumberguyub Lestari Makmur Sentosa"
    tini = cast.actor("tini", "yayasan")
    place = do(tini, "core.found_community", name=long, kind="desa")["id"]
    # Sari, who acts in two villages, finds both on her first page.
    sari = cast.accounts["sari"].pk
    do(
        cast.actor("tini", "yayasan"),
        "core.grant_role",
        account=sari,
        role="viewer",
        community=place,
    )

    of_owners = ("/", "/c/sukamaju/", "/c/sukamaju/members/", "/components/", "/profile/")
    for who, addresses in {"sari": ("/",), "tini": of_owners}.items():
        with visit(size, "id") as page:
            log_in(page, who)
            for address in addresses:
                page.goto(address)
                wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
                assert not wide, f"{address} of {who}"


def fill_in_the_form(page: Page, username: str) -> None:
    """Log in as people do."""
    page.goto("/log-in/")
    page.locator("#id_login").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("/")


def figure(page: Page) -> object:
    """The number of people, the first of the figures."""
    return page.locator("[data-figure]").first


def read_in(page: Page, language: str, size: str) -> None:
    """Switch the language where this screen has its switch."""
    if size == "phone":
        page.goto("/profile/")
    page.get_by_role("button", name=NAMES[language]).click()
