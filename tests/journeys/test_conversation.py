"""A worker comes from a conversation and notes it on the phone."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from guyub.cycle.listen import queries as listen
from guyub.cycle.map import queries as map_queries
from people import Cast, do
from walking import SCREENS, faults, log_in, wait_until

WORDS = {
    "en": {
        "note": "Note a conversation",
        "note_short": "Note",
        "find": "Find by name: Who was there?",
        "find_advice": "Find by name: Who do they ask for advice?",
        "own_words": "in their own words",
        "health": "health",
        "depth": "4",
        "promise": "What was promised?",
        "stance": "passive ally",
        "save": "Save",
        "noted": "The conversation is noted.",
        "kept": "kept on this phone",
        "unsent": "No signal: nothing was sent yet.",
        "begun": "You started a note:",
        "go_on": "Continue with it",
        "undo": "Undo",
        "log_out": "Log out",
        "correct": "Correct",
        "corrected": "The conversation is corrected.",
    },
    "id": {
        "note": "Catat percakapan",
        "note_short": "Catat",
        "find": "Cari nama: Dengan siapa?",
        "find_advice": "Cari nama: Kepada siapa ia biasa minta nasihat?",
        "own_words": "dengan kata-katanya sendiri",
        "health": "kesehatan",
        "depth": "4",
        "promise": "Apa janjinya?",
        "stance": "sekutu pasif",
        "save": "Simpan",
        "noted": "Percakapan sudah dicatat.",
        "kept": "tersimpan di ponsel",
        "unsent": "Tidak ada sinyal: belum ada yang terkirim.",
        "begun": "Ada catatan yang belum selesai:",
        "go_on": "Lanjutkan",
        "undo": "Batalkan",
        "log_out": "Keluar",
        "correct": "Perbaiki",
        "corrected": "Percakapan sudah diperbaiki.",
    },
}

SAID = "Air sumur keruh tiap kemarau"

# Everything that the browser keeps for this site, as one text.
DUMP = """async () => {
    const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
        const database = await new Promise((resolve) => {
            const opening = indexedDB.open(name);
            opening.onsuccess = () => resolve(opening.result);
        });
        for (const store of database.objectStoreNames) {
            const asked = database.transaction(store).objectStore(store);
            const all = (request) => new Promise((resolve) => {
                request.onsuccess = () => resolve(request.result);
            });
            const text = (value) => new TextDecoder().decode(value);
            for (const row of await all(asked.getAll())) {
                found.push(text(row.sealed), text(row.vector));
            }
            found.push(JSON.stringify(await all(asked.getAllKeys())));
        }
        database.close();
    }
    return found.join("\\n");
}"""


# Nothing was typed that is not written down.
ALL_KEPT = "!document.querySelector('note-draft').keeping"
HEAR_ANSWERS = "addEventListener('htmx:beforeSwap', () => { window.answered = true; })"


@pytest.fixture
def village(cast: Cast) -> str:
    """Siti, whom Budi may meet, and Karso."""
    sari = cast.actor("sari", "krajan")
    do(sari, "listen.add_person", name="Pak Karso")
    return str(do(sari, "listen.add_person", name="Siti Aminah")["id"])


def choose(page: Page, label: str, letters: str, name: str) -> None:
    page.get_by_label(label).press_sequentially(letters)
    page.locator(".chip", has_text=name).click()
    expect(page.locator(".chip:has(:checked)", has_text=name)).to_be_visible()


def write(page: Page, spoken: dict[str, str]) -> None:
    choose(page, spoken["find"], "siti", "Siti Aminah")
    page.get_by_label(spoken["own_words"]).fill(SAID)
    page.locator(".chip", has_text=spoken["health"]).first.click()
    page.locator(".dots label").nth(3).click()
    page.get_by_label(spoken["promise"]).first.fill("Kumpulkan lima tetangga")
    choose(page, spoken["find_advice"], "karso", "Pak Karso")
    page.locator(".stance", has_text=spoken["stance"]).click()


@pytest.mark.journey
@pytest.mark.parametrize(("size", "language"), SCREENS)
def test_a_whole_conversation_is_noted_with_taps_and_few_letters(
    cast: Cast, visit: Callable, village: str, size: str, language: str
) -> None:
    spoken = WORDS[language]
    with visit(size, language) as page:
        log_in(page, "budi")
        page.goto("/c/krajan/today/")
        name = spoken["note"] if size == "phone" else spoken["note_short"]
        page.get_by_role("link", name=name, exact=True).first.click()
        write(page, spoken)
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        page.get_by_role("button", name=spoken["save"], exact=True).click()

        expect(page.get_by_text(spoken["noted"])).to_be_visible()
        expect(page.get_by_role("button", name=spoken["undo"])).to_be_visible()

    budi = cast.actor("budi", "krajan")
    (siti,) = listen.people(budi, text="Siti").rows
    (concern,) = listen.concerns_of(budi, siti.id)
    assert (concern.own_words, concern.life_area, concern.depth) == (SAID, "health", 4)
    card = listen.person(budi, siti.id)
    assert [each.what for each in card.promises] == ["Kumpulkan lima tetangga"]
    assert [(each.trait, each.value) for each in card.observations] == [("stance", 2)]
    assert [tie.kind for tie in map_queries.ties_of(budi, siti.id)] == ["advice"]


@pytest.mark.journey
def test_what_was_typed_outlives_the_page_and_nobody_else_reads_it(
    visit: Callable, village: str
) -> None:
    spoken = WORDS["id"]
    with visit("phone", "id") as page:
        log_in(page, "budi")
        page.goto("/c/krajan/note/")
        write(page, spoken)
        expect(page.get_by_text(spoken["kept"])).to_be_visible()
        wait_until(page, ALL_KEPT)
        kept = page.evaluate(DUMP)
        # As when the battery dies: no goodbye, and a new page.
        page.goto("about:blank")
        page.goto("/c/krajan/note/")

        expect(page.get_by_label(spoken["own_words"])).to_have_value(SAID)
        expect(page.locator(".chip:has(:checked)", has_text="Siti Aminah")).to_be_visible()
        expect(page.locator(".chip:has(:checked)", has_text="Pak Karso")).to_be_visible()
        expect(page.locator(".stance:has(:checked)")).to_have_text(spoken["stance"])
        expect(page.locator("[name=new_names], [name=place]").filter(visible=True)).to_have_count(0)
        assert "Air sumur" not in kept
        assert "Siti" not in kept
        assert len(kept) > 200


@pytest.mark.journey
def test_a_draft_is_offered_elsewhere_and_gone_when_it_is_saved(
    cast: Cast, visit: Callable, village: str
) -> None:
    spoken = WORDS["id"]
    with visit("phone", "id") as page:
        log_in(page, "budi")
        page.goto(f"/c/krajan/note/?person={village}")
        page.get_by_label(spoken["own_words"]).fill(SAID)
        expect(page.get_by_text(spoken["kept"])).to_be_visible()
        page.goto("/c/krajan/note/")

        expect(page.get_by_text(spoken["begun"])).to_be_visible()
        expect(page.get_by_label(spoken["own_words"])).to_have_value("")
        page.get_by_role("link", name=spoken["go_on"]).click()
        expect(page.get_by_label(spoken["own_words"])).to_have_value(SAID)
        page.locator(".chip", has_text=spoken["health"]).first.click()
        page.get_by_role("button", name=spoken["save"], exact=True).click()
        expect(page.get_by_text(spoken["noted"])).to_be_visible()

        page.goto(f"/c/krajan/note/?person={village}")
        expect(page.get_by_label(spoken["own_words"])).to_have_value("")
        page.goto("/c/krajan/note/")
        expect(page.get_by_label(spoken["own_words"])).to_have_value("")
        expect(page.get_by_text(spoken["begun"])).not_to_be_visible()
    assert len(listen.encounters(cast.actor("budi", "krajan"))) == 1


@contextmanager
def an_answer_comes_while_the_finger_is_down(page: Page, label: str) -> Iterator[None]:
    """One more letter, which nobody has; its answer finds the finger on what is hovered within."""
    held, searches = [], re.compile(r"/note/\?.*_text=\w*x")
    page.evaluate(HEAR_ANSWERS)
    page.route(searches, lambda route: held.append(route))
    with page.expect_request(searches):
        page.get_by_label(label).press_sequentially("x")
    yield
    page.mouse.down()
    held[0].continue_()
    wait_until(page, "window.answered")
    page.unroute(searches)
    page.mouse.up()


@pytest.mark.journey
def test_a_list_is_not_drawn_anew_beneath_a_finger(visit: Callable, village: str) -> None:
    spoken = WORDS["id"]
    with visit("phone", "id") as page:
        log_in(page, "budi")
        page.goto("/c/krajan/note/")
        chip = page.locator(".chip", has_text="Siti Aminah")
        page.get_by_label(spoken["find"]).press_sequentially("sit")
        expect(chip).to_be_visible()
        with an_answer_comes_while_the_finger_is_down(page, spoken["find"]):
            chip.hover()

        expect(page.locator(".chip:has(:checked)", has_text="Siti Aminah")).to_be_visible()


@pytest.mark.journey
def test_a_button_does_not_move_away_from_a_finger(visit: Callable, village: str) -> None:
    spoken = WORDS["id"]
    with visit("phone", "id") as page:
        log_in(page, "budi")
        page.goto("/c/krajan/note/")
        choose(page, spoken["find"], "siti", "Siti Aminah")
        choose(page, spoken["find_advice"], "karso", "Pak Karso")
        with an_answer_comes_while_the_finger_is_down(page, spoken["find_advice"]):
            page.get_by_role("button", name=spoken["save"], exact=True).hover()

        expect(page.get_by_text(spoken["noted"])).to_be_visible()


@pytest.mark.journey
def test_letters_typed_before_the_page_listens_are_searched_for(
    visit: Callable, village: str
) -> None:
    with visit("phone", "id") as page:
        log_in(page, "budi")
        held: list[Route] = []
        page.route("**/dist/htmx*", lambda route: held.append(route))
        page.goto("/c/krajan/note/", wait_until="commit")
        page.get_by_label(WORDS["id"]["find"]).press_sequentially("siti")
        held[0].continue_()

        expect(page.locator(".chip", has_text="Siti Aminah")).to_be_visible()


@pytest.mark.journey
def test_a_draft_is_saved_with_its_people_before_the_server_drew_them(
    cast: Cast, visit: Callable, village: str
) -> None:
    spoken = WORDS["id"]
    with visit("phone", "id") as page:
        log_in(page, "budi")
        page.goto("/c/krajan/note/")
        choose(page, spoken["find"], "siti", "Siti Aminah")
        page.get_by_label(spoken["own_words"]).fill(SAID)
        expect(page.get_by_text(spoken["kept"])).to_be_visible()
        wait_until(page, ALL_KEPT)
        # A signal too slow to answer.
        page.route("**/note/?find=*", lambda route: None)
        page.goto("about:blank")
        page.goto("/c/krajan/note/")
        expect(page.get_by_label(spoken["own_words"])).to_have_value(SAID)
        page.locator(".chip", has_text=spoken["health"]).first.click()
        page.get_by_role("button", name=spoken["save"], exact=True).click()
        expect(page.get_by_text(spoken["noted"])).to_be_visible()
    assert len(listen.encounters_of(cast.actor("budi", "krajan"), uuid.UUID(village))) == 1


@pytest.mark.journey
def test_without_a_signal_nothing_is_lost_and_pressing_again_sends_it(
    cast: Cast, visit: Callable, village: str
) -> None:
    spoken = WORDS["id"]
    # The browser says on its console that it could not reach the server.
    expected = ("/c/krajan/note/", "/static/dist/htmx.min.js", "/static/dist/icons.svg")
    with visit("phone", "id", expected=expected) as page:
        log_in(page, "budi")
        page.goto(f"/c/krajan/note/?person={village}")
        page.get_by_label(spoken["own_words"]).fill(SAID)
        page.locator(".chip", has_text=spoken["health"]).first.click()
        page.context.set_offline(True)
        page.get_by_role("button", name=spoken["save"], exact=True).click()
        expect(page.get_by_text(spoken["unsent"])).to_be_visible()
        expect(page.get_by_label(spoken["own_words"])).to_have_value(SAID)
        page.context.set_offline(False)
        page.get_by_role("button", name=spoken["save"], exact=True).click()
        expect(page.get_by_text(spoken["noted"])).to_be_visible()
    assert len(listen.encounters(cast.actor("budi", "krajan"))) == 1


@pytest.mark.journey
@pytest.mark.parametrize(("size", "language"), SCREENS)
def test_what_was_noted_wrongly_is_corrected_from_the_journey(
    cast: Cast, visit: Callable, village: str, size: str, language: str
) -> None:
    spoken = WORDS[language]
    with visit(size, language) as page:
        log_in(page, "budi")
        page.goto("/c/krajan/note/")
        write(page, spoken)
        page.get_by_role("button", name=spoken["save"], exact=True).click()
        expect(page.get_by_text(spoken["noted"])).to_be_visible()
        page.goto(f"/c/krajan/people/{village}/journey/")
        page.get_by_role("link", name=spoken["correct"]).click()
        expect(page.get_by_label(spoken["own_words"])).to_have_value(SAID)
        expect(page.locator(".chip:has(:checked)", has_text="Siti Aminah")).to_be_visible()
        assert faults(page) == []
        page.get_by_label(spoken["promise"]).first.fill("Kumpulkan enam tetangga")
        page.get_by_role("button", name=spoken["save"], exact=True).click()
        expect(page.get_by_text(spoken["corrected"])).to_be_visible()

    budi = cast.actor("budi", "krajan")
    card = listen.person(budi, uuid.UUID(village))
    assert [each.what for each in card.promises] == ["Kumpulkan enam tetangga"]
    assert len(listen.encounters_of(budi, uuid.UUID(village))) == 1
    (concern,) = listen.concerns_of(budi, uuid.UUID(village))
    assert (concern.own_words, concern.depth) == (SAID, 4)


@pytest.mark.journey
def test_what_was_chosen_by_mistake_goes_with_another_tap(visit: Callable, village: str) -> None:
    with visit("phone", "id") as page:
        log_in(page, "budi")
        page.goto(f"/c/krajan/note/?person={village}")
        chosen = page.locator(".stance:has(:checked)")
        page.locator(".stance-2").click()
        expect(chosen).to_have_count(1)
        page.locator(".stance-2").click()
        expect(chosen).to_have_count(0)
        page.locator(".stance-4").click()
        page.keyboard.press("Delete")
        expect(chosen).to_have_count(0)


@pytest.mark.journey
def test_whoever_logs_out_leaves_no_draft_behind(visit: Callable, village: str) -> None:
    spoken = WORDS["en"]
    with visit("laptop", "en") as page:
        log_in(page, "budi")
        page.goto(f"/c/krajan/note/?person={village}")
        page.get_by_label(spoken["own_words"]).fill(SAID)
        expect(page.get_by_text(spoken["kept"])).to_be_visible()
        page.get_by_role("button", name=spoken["log_out"]).click()
        page.wait_for_url("**/log-in/**")
        log_in(page, "budi")
        page.goto(f"/c/krajan/note/?person={village}")

        expect(page.get_by_label(spoken["own_words"])).to_have_value("")
        page.goto("/c/krajan/note/")
        expect(page.get_by_text(spoken["begun"])).not_to_be_visible()
