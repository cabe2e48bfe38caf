"""Every page that a link leads to: open to everybody, nothing beside the screen, nothing foreign.

Whoever follows links sees what people see. A page to which no link leads has to be named below.
Each page is opened once for a size with its language, and looked at in both schemes and, for its
width, in both sizes: the rules of axe on structure and names depend on neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from guyub.cycle.start.analysis import PlanRecord
from guyub.cycle.start.queries import newest_plan
from handset import Handset
from people import Cast, do
from walking import choose_lists, faults_in_any_look, log_in, planned

# Where to begin: the first page, and what stands behind a choice or a search.
BEGINNINGS = (
    "/",
    "/components/",
    "/nowhere/",
    "/c/sidorejo/start/",
    "/c/sukamaju/people/?text=nobody",
)
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
CHOICES = re.compile(
    r"[?&](text|trait|page|before|after|next|area|suggested|shown|drop|month|group|promises|colleagues|plan|beside|needs)=[^&]*"
)

LINKS = "links => links.map(link => link.getAttribute('href'))"


@pytest.mark.journey
@pytest.mark.parametrize(
    ("size", "scheme", "language"), [("phone", "light", "id"), ("laptop", "dark", "en")]
)
def test_every_page_is_open_to_everybody_and_keeps_to_itself(
    cast: Cast, visit: Callable, tmp_path: Path, size: str, scheme: str, language: str
) -> None:
    lived_in(cast)
    found: dict[str, list[str]] = {}
    waiting, seen = list(BEGINNINGS), set()
    with visit(size, language, scheme, expected=("/nowhere/",)) as page:
        page.goto("/log-in/")
        found["/log-in/"] = faults_in_any_look(page, size, scheme)
        log_in(page, "tini")
        while waiting:
            address = waiting.pop()
            if (kind := kind_of(address)) in seen:
                continue
            seen.add(kind)
            page.goto(address)
            # The pocket book decides what it shows once it has looked into its store.
            page.locator("h1:visible").first.wait_for()
            found[address] = faults_in_any_look(page, size, scheme)
            waiting += links(page)
        page.goto("/c/sukamaju/bring-in/")
        choose_lists(page, tmp_path)
        page.locator("main form button[type=submit]").click()
        page.wait_for_selector("#confirm")
        found["the preview of lists"] = faults_in_any_look(page, size, scheme)

    assert {address: wrong for address, wrong in found.items() if wrong} == {}
    assert {"/c/sukamaju/today/", "/c/sukamaju/start/visits/"} <= seen
    assert "/c/sukamaju/meetings/…/" in seen


def lived_in(cast: Cast) -> None:
    """A village with a plan, with visits of today, and with a phone that came too late."""
    planned(cast)
    sari, tini = cast.actor("sari"), cast.actor("tini", "sukamaju")
    person = do(sari, "listen.add_person", name="Siti", gender="female")["id"]
    told = {"person": person, "life_area": "health", "own_words": "the well", "depth": 4}
    concern = do(sari, "listen.note_concern", **told)["id"]
    do(sari, "listen.name_theme", name="Water", life_area="health", concerns=[concern])
    women = [{"kind": "gender", "choice": "female"}]
    do(sari, "listen.save_question", name="Women", conditions=women, shared=True)
    plan = newest_plan(sari)
    assert plan is not None
    for actor in (sari, tini):
        visits = PlanRecord.of(plan).visits([plan.made_on] * plan.count)
        do(actor, "listen.plan_visits", visits=visits)
    at_the_door(cast)
    phone = Handset(cast, "rudi", "sukamaju").registered()
    before = phone.person(str(person))
    do(sari, "listen.change_person", person=person, name="Siti Aminah")
    phone.send("listen.change_person", person=str(person), name="Sitti", base=before["last"])
    phone.send("listen.add_person", name="")


def at_the_door(cast: Cast) -> None:
    """A meeting of today, to which somebody with a long name came whom nobody invited."""
    sari = cast.actor("sari")
    told = {"title": "Rembug air bersih", "planned_on": timezone.localdate()}
    meeting = do(sari, "listen.plan_meeting", **told)["id"]
    guest = do(sari, "listen.add_person", name="Wahyuningsih Kusumawardhani Purnomo")["id"]
    do(sari, "listen.hold_meeting", meeting=meeting)
    do(sari, "listen.check_in", meeting=meeting, arrivals=[{"person": guest}])
    do(sari, "listen.note_decision", meeting=meeting, decided="to dig", owner=guest)


def kind_of(address: str) -> str:
    """Addresses of one kind lead to pages of one kind: one of them is looked at."""
    return CHOICES.sub(r"?\1", IDENTIFIER.sub("…", address))


def links(page: Page) -> list[str]:
    """Where this page leads to inside Guyub; one village stands for all."""
    found = page.eval_on_selector_all("a[href]", LINKS)
    here = urlsplit(page.url).path
    return [
        address if address.startswith("/") else here + address
        for address in found
        if re.match(r"\?|/(?!/|c/(?!sukamaju/))", address)
    ]
