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
    "en": {"kept": "Kept", "promises": "Promises", "later": "In a week"},
    "id": {"kept": "Ditepati", "promises": "Janji", "later": "Minggu depan"},
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
        expect(page.get_by_role("article", name="Slamet")).to_have_count(0)

        page.get_by_role("button", name=re.compile(f"{words['later']}.*Sri")).click()
        expect(page.get_by_role("button", name=re.compile(words["later"]))).to_have_count(0)
