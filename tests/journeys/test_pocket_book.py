"""A worker goes where there is no signal, with the pocket book on their phone."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django import forms
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from guyub.core.action import Deed
from guyub.core.actor import Actor
from guyub.core.submissions import READERS, Submission, reader
from guyub.cycle.listen import queries as listen
from guyub.cycle.map import queries as map_queries
from guyub.cycle.map.vocabulary import Capital, MapPermission
from guyub.interfaces.phone import views as phone_views
from guyub.interfaces.submissions.fields import chips
from guyub.interfaces.submissions.forms import FORMS, SubmissionForm, filled
from guyub.interfaces.submissions.offline import Shown
from people import Cast, do
from walking import SCREENS, faults, log_in

WORDS = {
    "en": {
        "enter": "Pocket book: work without a signal",
        "today": "Meet today",
        "waits": "3 wait for a signal",
        "all_sent": "Everything is sent.",
        "send": "Send now",
        "save": "Save",
        "locked": "The pocket book is locked",
        "wrong": "These are not the words.",
        "unfinished": "Not saved yet",
        "new_version": "There is a newer version of the pocket book.",
        "load": "Load it now",
        "throw": "Discard it",
        "undo": "Undo",
        "log_out": "Log out",
        "lose": "Log out and lose them",
        "set_up": "Work where there is no signal",
        "kept": "Kept",
        "begin": "Guests are arriving: start",
        "came": "3 here, 1 were invited",
        "new": "Someone new",
        "two_wait": "2 wait for a signal",
    },
    "id": {
        "enter": "Buku saku: bekerja tanpa sinyal",
        "today": "Temui hari ini",
        "waits": "3 menunggu sinyal",
        "all_sent": "Semua sudah terkirim.",
        "send": "Kirim sekarang",
        "save": "Simpan",
        "locked": "Buku saku terkunci",
        "wrong": "Bukan itu katanya.",
        "unfinished": "Belum tercatat",
        "new_version": "Ada buku saku yang lebih baru.",
        "load": "Muat ulang",
        "throw": "Buang",
        "undo": "Batalkan",
        "log_out": "Keluar",
        "lose": "Keluar dan hilangkan",
        "set_up": "Bekerja di tempat tanpa sinyal",
        "kept": "Ditepati",
        "begin": "Orang mulai datang: buka pertemuan",
        "came": "3 hadir, 1 diundang",
        "new": "Orang baru",
        "two_wait": "2 menunggu sinyal",
    },
}

SAID = "Air sumur keruh tiap kemarau"

# What the browser says on its console while the network is cut.
UNREACHED = ("/c/krajan/sync/device/", "/c/krajan/phone/worker.js", "/c/krajan/phone/")

CACHED = """async () => {
    const found = [];
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            found.push(request.url, await (await cache.match(request)).text());
        }
    }
    return found.join("\\n");
}"""

HELD = """async () => {
    const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    const all = (request) => new Promise((resolve) => {
        request.onsuccess = () => resolve(request.result);
    });
    for (const { name } of await indexedDB.databases()) {
        const database = await all(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
            for (const row of await all(database.transaction(store).objectStore(store).getAll())) {
                found.push(store, JSON.stringify(row), new TextDecoder().decode(row.sealed));
            }
        }
        database.close();
    }
    return found.join("\\n");
}"""


@pytest.fixture
def village(cast: Cast) -> dict[str, str]:
    """Siti, whom Budi visits today and who promised something, and Karso."""
    budi = cast.actor("budi", "krajan")
    people = {
        name: str(do(budi, "listen.add_person", name=name, phone="0812 3456 789")["id"])
        for name in ("Siti Aminah", "Pak Karso")
    }
    day = date(2026, 1, 2)
    visits = [{"person": people["Siti Aminah"], "planned_on": day}]
    do(budi, "listen.plan_visits", visits=visits)
    promise = {"person": people["Siti Aminah"], "what": "bring five neighbours", "made_on": day}
    do(budi, "listen.make_promise", **promise, due_on=day)
    return people


def set_up(page: Page) -> str:
    """Go through the set-up, and give the words that open the pocket book."""
    page.locator("[data-begin]").click()
    return written_down(page)


def written_down(page: Page) -> str:
    """Say that the shown words are on paper, answer for two of them, and wait for today."""
    words = page.locator("[data-words] li").all_inner_texts()
    page.locator("[data-written]").click()
    for place in (1, 2):
        asked = page.locator(f"label[for=word-{place}]").inner_text()
        number = int(re.sub(r"\D", "", asked))
        page.locator(f"#word-{place}").fill(words[number - 1])
    page.locator("form[data-step=check] [type=submit]").click()
    expect(page.locator("[data-screen=today]")).to_be_visible()
    # Wholly kept before the network may go.
    page.evaluate("navigator.serviceWorker.ready.then(() => {})")
    return " ".join(words)


def unlock(page: Page, words: str) -> None:
    page.locator("#unlock-words").fill(words)
    page.locator("[data-with-words] [type=submit]").click()
    expect(page.locator("[data-screen=lock]")).to_be_hidden()


def at(page: Page, screen: str) -> None:
    """Go to one of the screens by the foot of the page."""
    page.locator(f"[data-foot] a[href='#{screen}']").click()
    expect(page.locator(f"[data-screen={screen}]")).to_be_visible()


def choose(page: Page, letters: str, name: str) -> None:
    page.locator("[data-picker=people] input[type=search]").press_sequentially(letters)
    page.locator("[data-picker=people] .chip", has_text=name).first.click()


def save(page: Page, spoken: dict[str, str]) -> None:
    page.locator("[data-screen=note]").get_by_role(
        "button", name=spoken["save"], exact=True
    ).click()
    expect(page.locator("[data-screen=note]")).to_be_hidden()


@pytest.mark.journey
@pytest.mark.parametrize(("size", "language"), SCREENS)
def test_what_was_noted_without_a_signal_arrives_once(
    cast: Cast, visit: Callable, village: dict[str, str], size: str, language: str
) -> None:
    spoken = WORDS[language]
    with visit(size, language, expected=UNREACHED) as page:
        log_in(page, "budi")
        page.goto("/c/krajan/today/")
        page.get_by_role("link", name=spoken["enter"]).click()
        words = set_up(page)

        page.context.set_offline(True)
        page.reload()
        expect(page.get_by_role("heading", name=spoken["locked"])).to_be_visible()
        unlock(page, words)
        expect(page.get_by_role("heading", name=spoken["today"])).to_be_visible()
        note_three(page, spoken)
        expect(page.locator("[data-status]")).to_contain_text(spoken["waits"])
        # As when the battery dies: no goodbye.
        context = page.context
        page.close()
        page = context.new_page()
        page.goto("/c/krajan/phone/#waiting")
        unlock(page, words)
        expect(page.locator("[data-list=unsent] article")).to_have_count(3)
        kept = page.evaluate(CACHED)
        held = page.evaluate(HELD)

        context.set_offline(False)
        page.get_by_role("button", name=spoken["send"]).click()
        expect(page.locator("[data-screen=waiting]")).to_contain_text(spoken["all_sent"])
        expect(page.locator("[data-list=sent] article")).to_have_count(3)
        at(page, "people")
        page.locator("#phone-search").fill("wayan")
        expect(page.locator("[data-list=people] li")).to_have_count(1)

    for told in ("Siti", "Karso", "Budi", "0812", "five neighbours", "Wayan"):
        assert told not in kept
        assert told not in held
    assert "sealed" in held
    noted_on_the_server(cast, village)


def note_three(page: Page, spoken: dict[str, str]) -> None:
    """Siti by her visit, with all that is said most often; Wayan by name alone; Karso."""
    page.locator("[data-list=meet] [data-note]").first.click()
    expect(page.locator("[data-picker=people] .chip:has(:checked)")).to_have_text("Siti Aminah")
    page.locator("[name=own_words]").fill(SAID)
    page.locator(".chip:has([name=life_area][value=health])").click()
    page.locator("[data-screen=note] .dots label").nth(3).click()
    page.locator("[name=promise_1]").fill("Kumpulkan lima tetangga")
    page.locator("[data-picker=advice] input[type=search]").press_sequentially("karso")
    page.locator("[data-picker=advice] .chip", has_text="Karso").click()
    page.locator("[data-screen=note] .stance-2").click()
    page.locator("[data-screen=note] details:has([name=asked_to_lead]) summary").click()
    page.locator("[name=asked_to_lead]").check()
    save(page, spoken)
    for letters, name in (("Wayan", "Wayan"), ("kar", "Pak Karso")):
        at(page, "note")
        choose(page, letters, name)
        save(page, spoken)


def noted_on_the_server(cast: Cast, village: dict[str, str]) -> None:
    budi = cast.actor("budi", "krajan")
    people = {row.name: row.id for row in listen.people(budi).rows}
    assert sorted(people) == ["Pak Karso", "Siti Aminah", "Wayan"]
    assert len(listen.encounters(budi)) == 3
    for person in people.values():
        assert len(listen.encounters_of(budi, person)) == 1
    siti = people["Siti Aminah"]
    (met,) = listen.encounters_of(budi, siti)
    # What was filled in on the phone can be corrected on the page.
    assert (set(met.parts), met.own) == ({"present", "asked"}, True)
    (concern,) = listen.concerns_of(budi, siti)
    assert (concern.own_words, concern.life_area, concern.depth) == (SAID, "health", 4)
    card = listen.person(budi, siti)
    promised = {promise.what for promise in card.promises}
    assert promised == {"bring five neighbours", "Kumpulkan lima tetangga"}
    assert [(each.trait, each.value) for each in card.observations] == [("stance", 2)]
    assert [tie.kind for tie in map_queries.ties_of(budi, siti)] == ["advice"]
    assert listen.visits(budi) == ()


@pytest.mark.journey
def test_whoever_does_not_want_to_be_visited_is_not_gone_to(
    cast: Cast, visit: Callable, village: dict[str, str]
) -> None:
    siti, no = village["Siti Aminah"], {"purpose": "contact", "answer": "refused"}
    do(cast.actor("sari", "krajan"), "listen.note_consent", person=siti, **no)
    with visit("phone", "id", expected=UNREACHED) as page:
        log_in(page, "budi")
        page.goto("/c/krajan/phone/")
        set_up(page)
        page.context.set_offline(True)
        card = page.locator("[data-list=meet] article")
        expect(card).to_contain_text("tidak mau dikunjungi")
        expect(card.locator("[data-note], [data-call], [data-more]")).to_have_count(0)
        assert faults(page) == []
        card.get_by_role("button").click()
        expect(card).to_have_count(0)
        # A promise of theirs is still asked after, in other ways.
        expect(page.locator("[data-list=promises] article")).to_have_count(1)
        page.context.set_offline(False)
        at(page, "waiting")
        page.locator("[data-screen=waiting] [data-sync]").click()
        expect(page.locator("[data-screen=waiting]")).to_contain_text(WORDS["id"]["all_sent"])
    assert listen.visits(cast.actor("budi", "krajan")) == ()


@pytest.fixture
def meeting(cast: Cast, village: dict[str, str]) -> str:
    """A meeting of last evening, wherever this runs, to which Siti is invited."""
    day = timezone.localdate() - timedelta(days=1)
    told = {"title": "Rembug warga", "venue": "Balai dusun", "begins_at": "19:00"}
    told |= {"planned_on": str(day), "invited": [village["Siti Aminah"]]}
    return str(do(cast.actor("sari", "krajan"), "listen.plan_meeting", **told)["id"])


@pytest.mark.journey
@pytest.mark.parametrize(("size", "language"), SCREENS)
def test_who_comes_to_a_meeting_is_noted_at_the_door_without_a_signal(
    cast: Cast, visit: Callable, meeting: str, size: str, language: str
) -> None:
    spoken = WORDS[language]
    with visit(size, language, expected=UNREACHED) as page:
        log_in(page, "budi")
        page.goto("/c/krajan/phone/")
        words = set_up(page)
        page.context.set_offline(True)
        page.locator("[data-list=meetings] a", has_text="Rembug warga").click()
        page.get_by_role("button", name=spoken["begin"]).click()
        come_in(page, spoken)
        expect(page.locator("[data-screen=meeting]")).to_contain_text(spoken["came"])
        expect(page.locator("[data-status]")).to_contain_text(spoken["two_wait"])
        page.reload()
        unlock(page, words)
        expect(page.locator("[data-screen=meeting]")).to_contain_text(spoken["came"])

        page.context.set_offline(False)
        at(page, "waiting")
        page.get_by_role("button", name=spoken["send"]).click()
        expect(page.locator("[data-screen=waiting]")).to_contain_text(spoken["all_sent"])
        page.go_back()
        expect(page.locator("[data-screen=meeting]")).to_contain_text(spoken["came"])
        # What the server knows is taken back where all of Guyub is.
        here(page, "Wayan").click()
        expect(page.locator("[data-notices] .notice")).to_be_visible()

    card = listen.meeting(cast.actor("budi", "krajan"), uuid.UUID(meeting))
    came = [(each.name, each.parts) for each in card.people if each.came]
    assert came == [(name, ("present",)) for name in ("Pak Karso", "Siti Aminah", "Wayan")]


def come_in(page: Page, spoken: dict[str, str]) -> None:
    """Siti, tapped, taken back and tapped again; Karso by letters; Wayan, who is new."""
    door = page.locator("[data-screen=meeting]")
    for pressed in ("true", "false", "true"):
        siti = here(page, "Siti Aminah")
        siti.click()
        expect(siti).to_have_attribute("aria-pressed", pressed)
        # With the keyboard one goes on from there.
        expect(siti).to_be_focused()
    door.locator("input[type=search]").press_sequentially("kar")
    here(page, "Pak Karso").click()
    door.get_by_label(spoken["new"]).fill("Wayan")
    page.keyboard.press("Enter")
    expect(here(page, "Wayan")).to_have_attribute("aria-pressed", "true")


def here(page: Page, name: str) -> Locator:
    return page.locator("[data-screen=meeting] li", has_text=name).get_by_role("button")


@pytest.mark.journey
@pytest.mark.parametrize(
    ("size", "scheme", "language"), [("phone", "light", "id"), ("laptop", "dark", "en")]
)
def test_every_screen_is_open_to_everybody(
    visit: Callable, meeting: str, size: str, scheme: str, language: str
) -> None:
    found: dict[str, list[str]] = {}
    spoken = WORDS[language]
    with visit(size, language, scheme, expected=UNREACHED) as page:
        if size == "phone":
            page.set_viewport_size({"width": 360, "height": 740})
        log_in(page, "budi")
        page.goto("/c/krajan/phone/")
        expect(page.locator("[data-step=explain]")).to_be_visible()
        found["set-up"] = faults(page)
        page.locator("[data-begin]").click()
        found["words"] = faults(page)
        page.locator("[data-written]").click()
        found["check"] = faults(page)
        page.locator("form[data-step=check] [type=submit]").click()
        found["check, wrong"] = faults(page)
        page.locator("[data-back]").click()
        words = written_down(page)
        found["today"] = faults(page)
        page.locator("[data-list=meet] [data-person]").first.click()
        expect(page.locator("[data-screen=person]")).to_be_visible()
        found["person"] = faults(page)
        at(page, "today")
        page.locator("[data-list=meetings] a").click()
        found["meeting"] = faults(page)
        page.locator("[data-begin-meeting]").click()
        expect(page.locator("[data-list=door] button")).to_be_visible()
        found["meeting, begun"] = faults(page)
        for screen in ("people", "waiting", "note"):
            at(page, screen)
            found[screen] = faults(page)
        page.locator("[data-screen=note] details").evaluate_all(
            "all => all.forEach(each => each.open = true)"
        )
        page.locator("[name=own_words]").fill(SAID)
        page.get_by_role("button", name=spoken["save"], exact=True).click()
        expect(page.get_by_text(spoken["unfinished"])).to_be_visible()
        found["note, wrong"] = faults(page)
        page.reload()
        page.locator("#unlock-words").fill("bukan lima kata yang benar")
        page.locator("[data-with-words] [type=submit]").click()
        expect(page.get_by_text(spoken["wrong"])).to_be_visible()
        found["locked"] = faults(page)
        expect(page.locator("[data-with-words] [type=submit]")).to_be_enabled()
        unlock(page, words)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.journey
def test_a_newer_pocket_book_waits_for_a_moment_and_loses_nothing(
    visit: Callable, village: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken = WORDS["en"]
    with visit("phone", "en", expected=UNREACHED) as page:
        log_in(page, "budi")
        page.goto("/c/krajan/phone/")
        words = set_up(page)
        monkeypatch.setattr(phone_views, "_content", lambda: "another program")
        page.reload()
        unlock(page, words)
        at(page, "note")
        page.locator("[name=own_words]").fill(SAID)
        expect(page.locator("[data-screen=note] [data-kept]")).to_be_visible()
        expect(page.get_by_text(spoken["new_version"])).to_be_visible()
        page.get_by_role("button", name=spoken["load"]).click()
        expect(page.get_by_role("heading", name=spoken["locked"])).to_be_visible()
        unlock(page, words)
        at(page, "note")
        expect(page.locator("[name=own_words]")).to_have_value(SAID)
        assert page.evaluate("caches.keys().then((names) => names.length)") == 1


@pytest.mark.journey
def test_what_waits_is_thrown_away_and_brought_back(
    visit: Callable, village: dict[str, str]
) -> None:
    spoken = WORDS["id"]
    with visit("phone", "id", expected=UNREACHED) as page:
        log_in(page, "budi")
        page.goto("/c/krajan/phone/")
        set_up(page)
        page.context.set_offline(True)
        page.locator("[data-list=promises]").get_by_role(
            "button", name=re.compile("^" + spoken["kept"])
        ).click()
        expect(page.locator("[data-list=promises] article")).to_have_count(0)
        at(page, "waiting")
        waits = page.locator("[data-list=unsent] article")
        waits.get_by_role("button", name=spoken["throw"]).click()
        expect(waits).to_have_count(0)
        page.locator("[data-notices]").get_by_role("button", name=spoken["undo"]).click()
        expect(waits).to_have_count(1)


@pytest.mark.journey
def test_whoever_logs_out_is_told_what_was_not_sent_and_leaves_nothing(
    visit: Callable, village: dict[str, str]
) -> None:
    spoken = WORDS["en"]
    with visit("laptop", "en", expected=UNREACHED) as page:
        log_in(page, "budi")
        page.goto("/c/krajan/phone/")
        set_up(page)
        page.context.set_offline(True)
        page.locator("[data-list=promises]").get_by_role(
            "button", name=re.compile("^" + spoken["kept"])
        ).click()
        expect(page.locator("[data-list=promises] article")).to_have_count(0)
        page.goto("about:blank")
        page.context.set_offline(False)
        page.goto("/c/krajan/today/")
        page.get_by_role("button", name=spoken["log_out"], exact=True).click()
        expect(page.locator("[data-count]")).to_have_text("1")
        page.get_by_role("button", name=spoken["lose"]).click()
        page.wait_for_url("**/log-in/**")
        assert "sealed" not in page.evaluate(HELD)
        log_in(page, "budi")
        page.goto("/c/krajan/phone/")
        expect(page.get_by_role("heading", name=spoken["set_up"])).to_be_visible()


@pytest.fixture
def short_form() -> Iterator[type[SubmissionForm]]:
    """A form about one person that only says what it asks; it goes when the test ends."""

    class SkillForm(SubmissionForm):
        name = "skill"
        version = 1
        permission = MapPermission.WRITE
        page = "tie"
        shown = Shown(
            title="Note a skill", said="Skill of %(names)s", people="person", text=("what",)
        )

        person = forms.UUIDField(widget=forms.HiddenInput)
        capital = chips(Capital.choices, "What kind is it?", Capital.HUMAN)
        what = forms.CharField(label="What can they do?", max_length=120)
        would_teach = forms.BooleanField(label="They would teach it", required=False)

    @reader("skill", 1)
    def read_skill(actor: Actor, sent: Submission) -> list[Deed]:
        told = filled(SkillForm, actor, sent).cleaned_data
        data = {"holder": told["person"], "name": told["what"], "noted_on": date(2026, 1, 2)}
        data |= {"capital": told["capital"], "would_teach": told["would_teach"]}
        return [Deed(action="map.note_asset", data=data, key=uuid.uuid5(sent.key, "note"))]

    yield SkillForm
    del FORMS["skill", 1], READERS["skill", 1]


@pytest.mark.journey
@pytest.mark.usefixtures("short_form")
def test_a_short_form_needs_no_screen_of_its_own(
    cast: Cast, visit: Callable, village: dict[str, str]
) -> None:
    spoken, siti = WORDS["en"], village["Siti Aminah"]
    with visit("phone", expected=UNREACHED) as page:
        log_in(page, "budi")
        page.goto(f"/c/krajan/people/{siti}/")
        address = page.get_by_role("link", name="Note a skill").get_attribute("href")
        assert address == f"/c/krajan/people/{siti}/tie/"
        page.goto("/c/krajan/phone/")
        words = set_up(page)

        page.context.set_offline(True)
        page.goto(f"/c/krajan/phone/#person/{siti}")
        page.get_by_role("link", name="Note a skill").click()
        form = page.locator("[data-form=skill]")
        expect(page.locator("[data-screen=ask]")).to_contain_text("Siti Aminah")
        form.get_by_role("button", name=spoken["save"], exact=True).click()
        expect(form.locator(".field-error")).to_have_text("Answer this question.")
        form.get_by_label("They would teach it").check()
        expect(page.locator("[data-screen=ask] [data-kept]")).to_be_visible()

        # What was begun is offered where notes are made, though the page was closed.
        page.goto("/c/krajan/phone/#note")
        page.reload()
        unlock(page, words)
        page.get_by_role("button", name="Continue with it").click()
        expect(form.get_by_label("They would teach it")).to_be_checked()
        form.get_by_label("What can they do?").fill("mends engines")
        form.get_by_role("button", name=spoken["save"], exact=True).click()
        expect(page.locator("[data-screen=person]")).to_be_visible()

        # Until it is sent it may be changed.
        at(page, "waiting")
        expect(page.locator("[data-list=unsent]")).to_contain_text("Skill of Siti Aminah")
        page.locator("[data-list=unsent] [data-edit]").click()
        expect(form.get_by_label("What can they do?")).to_have_value("mends engines")
        form.get_by_label("What can they do?").fill("mends all engines")
        form.get_by_role("button", name=spoken["save"], exact=True).click()
        expect(page.locator("[data-screen=person]")).to_be_visible()

        page.context.set_offline(False)
        at(page, "waiting")
        page.get_by_role("button", name=spoken["send"]).click()
        expect(page.locator("[data-screen=waiting]")).to_contain_text(spoken["all_sent"])
        assert faults(page) == []

    (skill,) = map_queries.assets_of(cast.actor("budi", "krajan"), uuid.UUID(siti))
    assert (skill.name, skill.capital, skill.would_teach) == ("mends all engines", "human", True)
