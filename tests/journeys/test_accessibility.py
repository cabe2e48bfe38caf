"""What axe-core finds on the pages, in both looks and on both screens: nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from guyub.core.models import Membership
from people import Cast, do
from walking import choose_lists, log_in, planned

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.journey
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "laptop"])
def test_no_page_shuts_anybody_out(
    cast: Cast, visit: Callable, tmp_path: Path, scheme: str, size: str
) -> None:
    planned(cast)
    slamet = do(cast.actor("sari"), "listen.add_person", name="Slamet")["id"]
    budi = Membership.current.get(account=cast.accounts["budi"]).pk
    addresses = [
        "/",
        "/c/sukamaju/",
        "/c/sidorejo/",
        "/c/sukamaju/start/",
        "/c/sidorejo/start/",
        "/c/sukamaju/bring-in/",
        "/c/sukamaju/log/",
        "/c/sukamaju/members/",
        "/c/sukamaju/members/new/",
        f"/c/sukamaju/members/{budi}/",
        "/c/sukamaju/people/",
        "/c/sukamaju/people/?text=nobody",
        "/c/sukamaju/people/new/",
        f"/c/sukamaju/people/{slamet}/",
        f"/c/sukamaju/people/{slamet}/observe/",
        f"/c/sukamaju/people/{slamet}/observe/?trait=vision",
        f"/c/sukamaju/people/{slamet}/tie/?text=s",
        "/profile/password/",
        "/components/",
    ]
    with visit(size, "id", scheme) as page:
        page.goto("/log-in/")
        found = {"/log-in/": violations(page)}
        log_in(page, "tini")
        for address in addresses:
            page.goto(address)
            found[address] = violations(page)
        page.goto("/c/sukamaju/bring-in/")
        choose_lists(page, tmp_path)
        page.locator("main form button[type=submit]").click()
        page.wait_for_selector("#confirm")
        found["the preview of lists"] = violations(page)

    assert {address: faults for address, faults in found.items() if faults} == {}


def violations(page: Page) -> list[str]:
    """What axe finds, as rule and place. The script is evaluated from outside the page's policy."""
    page.evaluate(AXE.read_text())
    report = page.evaluate("levels => axe.run({runOnly: levels})", LEVELS)
    return [
        f"{fault['id']}: {' '.join(map(str, node['target']))}"
        for fault in report["violations"]
        for node in fault["nodes"]
    ]
