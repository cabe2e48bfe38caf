"""A worker comes from a conversation and notes it on the phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from guyub.cycle.listen import queries as listen
from people import Cast
from walking import log_in


@pytest.mark.journey
def test_a_worker_notes_a_conversation_with_somebody_new(cast: Cast, visit: Callable) -> None:
    with visit("phone", "id") as page:
        log_in(page, "budi")
        page.goto("/c/krajan/today/")
        page.get_by_role("link", name="Catat percakapan").click()
        page.get_by_label("Orang baru").fill("Darmi")
        page.get_by_text("Apa yang penting baginya").click()
        page.get_by_label("Bidang kehidupan apa?").select_option("health")
        page.get_by_label("Dengan kata-katanya sendiri").fill("Air sumur keruh tiap kemarau.")
        page.get_by_label("Seberapa penting baginya?").select_option("4")
        page.locator("summary").filter(has_text="Janji").first.click()
        page.get_by_label("Apa yang ia janjikan?").first.fill("Kumpulkan lima tetangga")
        page.get_by_role("button", name="Simpan").click()

        expect(page.get_by_text("Percakapan sudah dicatat.")).to_be_visible()
        expect(page.get_by_role("button", name="Batalkan")).to_be_visible()

    budi = cast.actor("budi", "krajan")
    (darmi,) = listen.people(budi, text="Darmi").rows
    (concern,) = listen.concerns_of(budi, darmi.id)
    assert (concern.own_words, concern.depth) == ("Air sumur keruh tiap kemarau.", 4)
    assert [each.what for each in listen.person(budi, darmi.id).promises] == [
        "Kumpulkan lima tetangga"
    ]
