"""Steps that several journeys take."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from guyub.cycle.start.analysis import PlanWishes, draft_plan
from people import PASSWORD, Cast, do

AXE = Path(__file__).parents[1] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE = "document.documentElement.scrollWidth > window.innerWidth"


def log_in(page: Page, username: str) -> None:
    """Log somebody of the cast in."""
    page.goto("/log-in/")
    page.locator("#id_login").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("/")


def planned(cast: Cast) -> None:
    """A few people tied to Slamet, one of them against, and a plan worked out by Sari."""
    sari = cast.actor("sari")
    names = ("Slamet", "Sri", "Parno", "Tuminem", "Joko", "Wagiyo", "Marni")
    people = [do(sari, "listen.add_person", name=name)["id"] for name in names]
    for other in people[1:]:
        do(sari, "map.report_tie", from_person=people[0], to_person=other, kind="kin", strength=4)
    do(sari, "listen.note_observation", person=people[2], trait="stance", value=5)
    outcome = draft_plan(sari, PlanWishes(count=2))
    do(
        sari,
        "start.keep_plan",
        count=2,
        seed=1,
        spread="model",
        made_on=outcome["on"],
        outcome=outcome,
    )


def choose_lists(page: Page, folder: Path) -> None:
    """Put a list of people and a list of ties into the form."""
    lists = {
        "people": "id,nama,dusun,sikap,hobi\nw1,Slamet,Krajan,5,voli\nw2,Bu Sri,Kali,1,\n",
        "ties": "dari,ke,jenis\nw1,w2,teman\n",
    }
    for name, text in lists.items():
        file = folder / f"{name}.csv"
        file.write_text(text)
        page.locator(f"#id_{name}").set_input_files(file)


def faults(page: Page) -> list[str]:
    """What axe finds, as rule and place; and whether the page is wider than the screen.

    The script is evaluated from outside the page's policy.
    """
    page.evaluate(AXE.read_text())
    report = page.evaluate("levels => axe.run({runOnly: levels})", LEVELS)
    found = [
        f"{fault['id']}: {' '.join(map(str, node['target']))}"
        for fault in report["violations"]
        for node in fault["nodes"]
    ]
    return [*found, "wider than the screen"] if page.evaluate(WIDE) else found
