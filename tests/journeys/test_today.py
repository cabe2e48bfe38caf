"""A field worker's morning on the phone: a promise is kept, and a talk waits for another week."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from people import Cast, do
from walking import log_in

WORDS = {
    "en": {
        "due": "Meet today",
        "kept": "Kept",
        "later": "Later",
        "next": "In the days to come",
        "promises": "Promises",
        "week": "a week",
    },
    "id": {
        "due": "Temui hari ini",
        "kept": "Ditepati",
        "later": "Lain kali",
        "next": "Hari-hari berikutnya",
        "promises": "Janji",
        "week": "seminggu",
    },
}


@pytest.mark.journey
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_promise_is_kept_and_a_suggestion_put_off_with_one_tap_each(
    cast: Cast, visit: Callable, language: str
) -> None:
    budi, words, day = cast.actor("budi", "krajan"), WORDS[language], str(timezone.localdate())
    slamet, sri, *others = (
        do(budi, "listen.add_person", name=name)["id"] for name in ("Slamet", "Sri", "Joko", "Edi")
    )
    promise = {"what": "mend the well", "made_on": day, "due_on": day}
    do(budi, "listen.make_promise", person=slamet, **promise)
    for other in others:
        do(budi, "map.report_tie", from_person=other, to_person=sri, kind="nomination")

    with visit("phone", language) as page:
        log_in(page, "budi")
        page.goto("/c/krajan/today/")
        page.get_by_role("button", name=re.compile(f"{words['kept']}.*mend the well")).click()
        expect(page.get_by_role("heading", name=words["promises"], exact=True)).to_have_count(0)
        # Slamet himself may still be suggested: nobody has heard him yet.
        expect(page.locator("article", has_text="mend the well")).to_have_count(0)

        card = page.get_by_role("region", name=words["due"]).get_by_role("article", name="Sri")
        card.locator("summary").click()
        card.get_by_role("combobox").select_option(label=words["week"])
        card.get_by_role("button", name=words["later"]).click()
        expect(page.get_by_role("status")).to_be_visible()
        expect(card).to_have_count(0)
        expect(page.get_by_role("region", name=words["next"])).to_contain_text("Sri")
