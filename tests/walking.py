"""Steps that several journeys take."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page

from guyub.cycle.start.analysis import PlanWishes, draft_plan
from people import PASSWORD, Cast, do

AXE = Path(__file__).parents[1] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What depends on the colours.
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
SIZES = {"phone": {"width": 390, "height": 844}, "laptop": {"width": 1440, "height": 960}}
OTHER = {"phone": "laptop", "laptop": "phone", "light": "dark", "dark": "light"}
# Colours that fade into each other are there.
AT_ONCE = """document.getAnimations().forEach((each) => {
    if (each instanceof CSSTransition) each.finish();
})"""
WIDE = "document.documentElement.scrollWidth > window.innerWidth"


# Milliseconds until something is given up; far more than it takes, for machines that do much else.
PATIENCE, PAUSE = 120_000, 50

# A journey is walked on a phone in Indonesian and on a laptop in English: each size and each
# language once. What each page shows in the other pairs is looked at in test_every_page.py.
SCREENS = [("phone", "id"), ("laptop", "en")]


def log_in(page: Page, username: str) -> None:
    """Log somebody of the cast in beside the page, which stays where it is.

    The server is asked as the form would ask it; test_first_story.py fills the form in.
    """
    asked = page.context.request
    shown = asked.get("/log-in/").text()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', shown)
    assert token is not None, shown
    form = {"login": username, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    answer = asked.post("/log-in/", form=form, max_redirects=0)
    assert answer.status == 302, answer.text()


def wait_until(page: Page, condition: str) -> None:
    """Wait until the browser says so. The page's own policy forbids Playwright to ask for it."""
    for _ in range(PATIENCE // PAUSE):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(PAUSE)
    raise AssertionError(f"it never came to this: {condition}")


def planned(cast: Cast) -> None:
    """A few people tied to Slamet, one of them against, and a plan worked out by Sari."""
    sari = cast.actor("sari")
    names = ("Slamet", "Sri", "Parno", "Tuminem", "Joko", "Wagiyo", "Marni")
    people = [do(sari, "listen.add_person", name=name)["id"] for name in names]
    for other in people[1:]:
        do(sari, "map.report_tie", from_person=people[0], to_person=other, kind="kin", strength=4)
    do(sari, "listen.note_observation", person=people[2], trait="stance", value=5)
    drafted = draft_plan(sari, PlanWishes(count=2, objective="reach"))
    do(
        sari,
        "start.keep_plan",
        count=2,
        seed=1,
        spread="model",
        made_on=drafted.on,
        outcome=drafted.to_dict(),
    )


def choices_about_the_first(page: Page) -> Locator:
    """What opens the ways to work a plan out again that are about its first person."""
    return page.locator("#plan > li").first.locator("details > summary").last


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
    found = _seen_by_axe(page, LEVELS)
    return [*found, "wider than the screen"] if page.evaluate(WIDE) else found


def faults_in_any_look(page: Page, size: str, scheme: str) -> list[str]:
    """The same, and what depends on colours in the other scheme, on the size in the other size."""
    found = faults(page)
    page.emulate_media(color_scheme=OTHER[scheme])  # type: ignore[arg-type]
    page.evaluate(AT_ONCE)
    found += [f"{OTHER[scheme]}: {fault}" for fault in _seen_by_axe(page, CONTRAST)]
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size(SIZES[OTHER[size]])  # type: ignore[arg-type]
    if page.evaluate(WIDE):
        found.append(f"wider than the screen of a {OTHER[size]}")
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    return found


def _seen_by_axe(page: Page, rules: object) -> list[str]:
    # Of what is right it need not tell where it is; it looks at no styles of other hosts.
    how = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
    report = page.evaluate("how => axe.run(how)", how)
    return [
        f"{fault['id']}: {' '.join(map(str, node['target']))}"
        for fault in report["violations"]
        for node in fault["nodes"]
    ]
