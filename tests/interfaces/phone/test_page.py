"""The pocket book: a page for everybody who may work without a signal, with nobody's data in it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

from browsing import LogIn
from guyub.interfaces.submissions.conversation import ConversationForm
from guyub.interfaces.submissions.forms import FORMS, short_forms
from people import Cast, do

PAGE = "/c/krajan/phone/"


def test_the_page_holds_nothing_of_anybody(cast: Cast, at_browser: LogIn) -> None:
    sari = cast.actor("sari", "krajan")
    do(sari, "listen.add_person", name="Slamet Riyadi", phone="0812 3456")
    for name in ("budi", "sari", "tini"):
        text = at_browser(name).get(PAGE).content.decode()
        for told in ("Slamet", "0812", cast.accounts[name].name, str(cast.accounts[name].pk)):
            assert told not in text
        assert "csrf" not in text.lower()
        assert "Sukamaju" not in text


def test_the_page_is_the_same_for_everybody_who_may_have_it(cast: Cast, at_browser: LogIn) -> None:
    pages = {at_browser(name).get(PAGE).content for name in ("budi", "sari", "tini")}
    assert len(pages) == 1


def test_an_organisation_that_keeps_nothing_on_phones_gives_no_page(
    cast: Cast, at_browser: LogIn
) -> None:
    do(cast.actor("tini", "yayasan"), "core.switch_offline", on=False)
    for address in (PAGE, f"{PAGE}worker.js", f"{PAGE}manifest.webmanifest"):
        assert at_browser("budi").get(address).status_code == 403
    assert PAGE not in at_browser("budi").get("/c/krajan/today/").content.decode()


def test_today_leads_to_the_pocket_book(cast: Cast, at_browser: LogIn) -> None:
    assert PAGE in at_browser("budi").get("/c/krajan/today/").content.decode()


def test_it_can_be_installed(cast: Cast, at_browser: LogIn) -> None:
    answer = at_browser("budi", "id").get(f"{PAGE}manifest.webmanifest")
    manifest = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert manifest["short_name"] == "Buku saku"
    assert manifest["start_url"] == manifest["scope"] == PAGE
    assert manifest["display"] == "standalone"
    wanted = {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    assert {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]} == wanted


def test_the_worker_keeps_every_file_that_the_page_names(cast: Cast, at_browser: LogIn) -> None:
    browser = at_browser("budi")
    page = browser.get(PAGE).content.decode()
    worker = browser.get(f"{PAGE}worker.js")
    told = json.loads(re.match(r"const TOLD = (.*);\n", worker.content.decode())[1])
    named = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', page))
    # The picture for the home screen is the phone's to keep.
    assert {file for file in named if "/icons/" not in file} <= set(told["files"])
    assert told["page"] == PAGE
    assert worker["Content-Type"].startswith("text/javascript")


def test_another_page_is_another_version(cast: Cast, at_browser: LogIn) -> None:
    versions = {
        at_browser("budi", language).get(f"{PAGE}worker.js").content for language in ("id", "en")
    }
    assert len(versions) == 2
    assert len({at_browser("budi").get(f"{PAGE}worker.js").content for _ in range(2)}) == 1


class Questions(HTMLParser):
    """What can be answered in each form of the pocket book: fields, and pickers of people."""

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[str, set[str]] = {}
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("data-screen"):
            self.inside = "conversation" if told["data-screen"] == "note" else ""
        self.inside = "drawn" if tag == "template" else told.get("data-form") or self.inside
        named = told.get("name") if tag in ("input", "select", "textarea") else None
        if self.inside and (found := named or told.get("data-picker")):
            self.names.setdefault(self.inside, set()).add(found)


def test_every_question_of_a_form_can_be_answered_on_a_phone(cast: Cast, at_browser: LogIn) -> None:
    found = Questions()
    found.feed(at_browser("budi").get(PAGE).content.decode())
    budi = cast.actor("budi", "krajan")
    forms = [ConversationForm, *short_forms(budi)]
    assert "asked_to_lead" in found.names["conversation"]
    for form in [each(budi) for each in forms]:
        asked = {name for name in form.fields if form.is_question(name)}
        assert asked - found.names[form.name] - found.names["drawn"] == set()


def test_what_a_phone_is_told_of_a_form_speaks_of_its_questions(
    cast: Cast, at_browser: LogIn
) -> None:
    told = at_browser("budi").get(PAGE).context["forms"]
    budi = cast.actor("budi", "krajan")
    known = {"there", "who", "day", "month_only", "home", "me", "each"}
    assert [(form["name"], form["version"]) for form in told] == sorted(FORMS)
    for form in told:
        asked = set(FORMS[form["name"], form["version"]](budi).fields)
        told_of = re.findall(r"\{([^{}]+)\}", json.dumps(form["shown"]["rows"]).replace("\\", ""))
        named = {name for each in told_of for name in each.rstrip("?").split("|")}
        assert {name for name in named if name.isidentifier()} <= asked | known
        assert {name for _label, names in form["shown"]["brief"] for name in names} <= asked
        assert {name for _name, names, _said in form["rules"]["needs"] for name in names} <= asked
