"""The canary over the pages: every text of every row is a token, then every page is read.

Whoever finds a token must hold the permission to read it in a place where its row belongs. Nobody
at all may find one in the address of a redirect, in a session, or in a line of the program log.

Pages of a place are read by everybody who has a part in it by a role of its own, and by one who has
none (Budi in Sukamaju). The other outsiders are told the same as of a place that is not there,
which test_matrix_of_routes.py shows page by page; whoever is logged out is sent to log in.
"""

from __future__ import annotations

import io
import json
import logging
import re
import zipfile
from itertools import product
from typing import Any

import planting
import pytest
import routes as pages
from decided import FORMED_COLUMNS, NEEDED, NUMBERS
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.models import Session
from django.db import models
from django.http import HttpResponse
from django.test import Client, RequestFactory

from guyub.config.logs import JsonLines
from guyub.core import queries
from guyub.core.confidential import seal
from guyub.core.identifiers import new_identifier
from guyub.core.models import LogEntry
from guyub.cycle.listen.models import Observation
from guyub.cycle.listen.vocabulary.person_fields import PERSON_FIELDS
from people import PASSWORD, Cast

ROOMS = ("sukamaju", "krajan", "sidorejo", "other")
PLACES = (pages.NO_PLACE, *ROOMS)

READERS = {
    pages.NO_PLACE: pages.EVERYBODY,
    "sukamaju": ("nobody", "ani", "wati", "budi", "rudi", "sari", "tini"),
    # A role above counts as one of the place: Wati and Sari stand for those who hold one.
    "krajan": ("wati", "budi", "sari"),
    "sidorejo": ("charlie", "tini"),
    "other": ("oscar",),
}

# Everybody but the colleagues who plan with the whole team's judgements.
NO_PLANNERS = ("nobody", "ani", "wati", "budi", "charlie", "oscar", "dewi")

SECRETS = "kenari.person.phone.0123456789ab kenari.observation.evidence.0123456789ab"


@pytest.fixture(scope="module")
def planted(standing_cast: Cast) -> planting.Planted:
    return planting.plant(standing_cast)


@pytest.fixture
def cast(planted: planting.Planted, db: None) -> Cast:
    """The cast that was planted: their names are tokens, too."""
    for account in planted.cast.accounts.values():
        account.refresh_from_db()
    return planted.cast


@pytest.fixture
def browsers(planted: planting.Planted, cast: Cast) -> pages.Browsers:
    return pages.Browsers(cast)


@pytest.fixture(autouse=True)
def every_line_is_caught(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


def asked(
    planted: planting.Planted, place: str, methods: tuple[str, ...] = pages.METHODS
) -> list[tuple[str, str, str]]:
    """Every page about a place, for all its readers: method, address, name."""
    return [
        (method, route.filled(place, planted.things[place]), name)
        for route in pages.routes()
        if ("community" in route.names) == (place != pages.NO_PLACE)
        for method, name in product(methods, READERS[place])
    ]


def shown(answer: HttpResponse) -> str:
    """All that reaches a browser: body, headers and cookies, sealed messages too."""
    cookies = [morsel.value for morsel in answer.cookies.values()]
    notices = answer.cookies.get("messages")
    told = CookieStorage(RequestFactory().get("/"))._decode(notices.value) if notices else None
    return f"{answer.content.decode()} {answer.headers} {cookies} {told or ''}"


def sessions() -> str:
    return json.dumps([row.get_decoded() for row in Session.objects.all()], default=str)


def lines(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(JsonLines().format(record) for record in caplog.records)


def test_every_text_of_every_table_says_who_may_read_it() -> None:
    found = {planting.named(model, column) for model, column in planting.texts()}

    assert found == set(NEEDED) | NUMBERS | FORMED_COLUMNS


def test_a_token_stands_in_every_text_of_every_place(planted: planting.Planted) -> None:
    everywhere = {name for name in NEEDED if not name.startswith("workspace")}
    silent = [
        f"{name} in {room}: plant a row there"
        for name, room in product(everywhere, ROOMS)
        if room not in planted.texts.get(name, ())
    ]
    assert not silent, "\n".join(silent)


@pytest.mark.parametrize("place", PLACES)
def test_a_page_tells_only_its_reader_and_leaves_nothing_anywhere(
    planted: planting.Planted, cast: Cast, caplog: pytest.LogCaptureFixture, place: str
) -> None:
    """Every page is walked through once, for it takes long, and all that it left is looked at."""
    left: list[str] = []
    browsers = pages.Browsers(cast, look=lambda: left.append(sessions()))
    leaks, kept, seen = [], [], set()
    for method, path, name in asked(planted, place):
        answer = browsers.ask(name, method, path)
        for found in planting.found_in(shown(answer)):
            seen.add(found)
            if not planted.may_see(name, found):
                leaks.append(f"{method} {path} shows {name} {'.'.join(found)}")
        if planting.found_in(answer.headers.get("Location", "")):
            leaks.append(f"{method} {path} sends {name} on to an address that tells something")
        if not forgotten(answer):
            kept.append(f"{method} {path} of {name} may be kept")
    assert not leaks + kept, "\n".join(leaks + kept)
    assert seen, "nothing sang"
    assert '"_auth_user_id"' in left[0]
    assert planting.found_in(" ".join(left)) == set()
    assert '"source": "guyub.requests"' in lines(caplog)
    assert planting.found_in(lines(caplog)) == set()


@pytest.mark.parametrize("place", PLACES)
def test_the_judgements_of_others_change_no_page_of_those_who_may_not_read_them(
    planted: planting.Planted, browsers: pages.Browsers, place: str
) -> None:
    cells = [cell for cell in asked(planted, place, ("GET",)) if cell[2] in NO_PLANNERS]
    # Charlie and Oscar plan in their own places: only what is judged here changes.
    here = [planted.things[place].community for place in pages.PLACES]
    before = [steady(browsers.ask(name, method, path)) for method, path, name in cells]
    judge(here, 5)
    after = [steady(browsers.ask(name, method, path)) for method, path, name in cells]

    changed = [cell for cell, old, new in zip(cells, before, after, strict=True) if old != new]
    assert not changed, "\n".join(map(str, changed))


def judge(communities: list, value: int) -> None:
    column = Observation._meta.get_field("value")
    rows = models.QuerySet(Observation).filter(community__in=communities)
    assert rows, "nobody was judged"
    for row in rows:
        models.QuerySet(Observation).filter(pk=row.pk).update(value=seal(column, row.pk, value))


def steady(answer: HttpResponse) -> str:
    """A page without what is made anew for each: keys of forms, first passwords, the time."""
    made_anew = (
        r'name="(csrfmiddlewaretoken|key|password)" value="[^"]*"'
        r'|"(token|server_time)": "[^"]*"'
    )
    return re.sub(made_anew, "", answer.content.decode())


def deeds(planted: planting.Planted) -> list[tuple[str, dict[str, Any]]]:
    """What a coordinator does in a day, each with the words that somebody would type."""
    place = "/c/sukamaju"
    member = f"{place}/members/{planted.things['sukamaju'].membership}"
    other = f"{place}/members/{planted.things['krajan'].membership}"
    entry = planted.things["sukamaju"].entry
    opened = {"name": SECRETS, "username": "newcomer", "role": "member"}
    opened |= {"community": planted.things["sukamaju"].community, "password": "padi di sawah ini"}
    someone = f"{place}/people/{planted.things['sukamaju'].person}"
    person = {"community": opened["community"], "gender": "other"}
    open_texts = (
        name for name, each in PERSON_FIELDS.items() if each.is_text and not each.confidential
    )
    person |= dict.fromkeys(open_texts, SECRETS)
    return [
        (f"{place}/new/", {"name": SECRETS, "kind": "rt"}),
        (f"{place}/members/new/", opened),
        (f"{place}/people/new/", person),
        (f"{someone}/change/", person | {"status": "present"}),
        (f"{someone}/observe/", {"value": 2, "evidence": SECRETS}),
        (f"{someone}/tie/", {"to_person": planted.things["sukamaju"].other_person, "kind": "kin"}),
        (f"{member}/password/", {"password": "padi di sawah ini"}),
        (f"{other}/withdraw/", {}),
        (f"{member}/", {"role": "organizer"}),
        (f"{place}/undo/", {"entry": entry}),
        ("/profile/", {"name": SECRETS, "language": "id"}),
        ("/log-out/", {}),
        ("/log-in/", {"login": SECRETS, "password": SECRETS}),
    ]


@pytest.mark.parametrize("form", ["csv", "xlsx", "graphml", "gexf"])
@pytest.mark.parametrize("names", ["with", "without"])
def test_each_file_that_leaves_holds_only_what_its_reader_may_read(
    planted: planting.Planted, cast: Cast, caplog: pytest.LogCaptureFixture, form: str, names: str
) -> None:
    reason = {"reason": f"for a report {SECRETS}", "password": PASSWORD}
    # Where her password stood is a token, too.
    cast.accounts["sari"].set_password(PASSWORD)
    cast.accounts["sari"].save(update_fields=["password"])
    browser = Client()
    browser.force_login(cast.accounts["sari"])
    answer = browser.post("/c/sukamaju/take-out/", {"format": form, "names": names, **reason})
    told = planting.found_in(unpacked(answer.getvalue()))

    assert answer.streaming, "the form was refused, and nothing was tried"
    assert [found for found in told if not planted.may_see("sari", found)] == []
    columns = {f"{table}.{column}" for table, column, _row in told}
    assert columns <= {"community.name"} if names == "without" else "person.name" in columns
    assert not columns & {"person.phone", "observation.evidence", "encounter.summary"}
    assert planting.found_in(f"{answer.headers} {lines(caplog)} {sessions()}") == set()


def unpacked(content: bytes) -> str:
    """A file as text; of an archive what lies in it."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return " ".join(archive.read(name).decode() for name in archive.namelist())


def test_what_is_typed_stays_out_of_addresses_sessions_and_the_program_log(
    planted: planting.Planted, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    left = []
    noted = LogEntry.objects.count()
    for path, data in deeds(planted):
        browser = Client(headers={"accept-language": "en"})
        if path != "/log-in/":
            browser.force_login(cast.accounts["sari"])
        answer = browser.post(path, {"key": new_identifier(), **data})
        cast.accounts["sari"].refresh_from_db()
        assert answer.status_code in {200, 302}, path
        assert answer.headers.get("Location", "").count("?") == 0, path
        # The notice of what was done waits in the session for the next page, and no longer.
        browser.get("/")
        if planting.found_in(answer.headers.get("Location", "") + sessions()):
            left.append(path)
        for found in planting.found_in(shown(answer)) - planting.found_in(SECRETS):
            assert planted.may_see("sari", found), path

    assert left == []
    assert LogEntry.objects.count() - noted == 11, "a form was refused, and nothing was tried"
    assert planting.found_in(lines(caplog)) == set()


def test_a_fault_of_ours_tells_nothing_of_what_was_in_hand(
    planted: planting.Planted,
    browsers: pages.Browsers,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(account: object) -> None:
        in_hand = SECRETS
        raise RuntimeError(f"the row ({in_hand}) violates a constraint")

    monkeypatch.setattr(queries, "homes", broken)
    answer = browsers.ask("sari", "GET", "/")

    assert answer.status_code == 500
    assert planting.found_in(shown(answer)) == set()
    assert '"error": "RuntimeError"' in lines(caplog)
    assert planting.found_in(lines(caplog)) == set()


@pytest.mark.parametrize("path", ["/nowhere/{}/", "/c/{}/", "/c/sukamaju/log/?before={}"])
def test_an_address_that_cannot_be_read_is_not_written_down(
    planted: planting.Planted, browsers: pages.Browsers, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    answer = browsers.ask("sari", "GET", path.format(SECRETS.split()[0]))

    assert answer.status_code in {400, 404}
    assert planting.found_in(lines(caplog) + sessions()) == set()


def test_a_form_from_elsewhere_leaves_nothing_behind(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.accounts["sari"])
    answer = browser.post("/profile/", {"name": SECRETS})

    assert answer.status_code == 403
    assert planting.found_in(shown(answer) + lines(caplog) + sessions()) == set()


def test_no_browser_and_no_proxy_keeps_an_answer_to_what_went_wrong(
    browsers: pages.Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    astray = [browsers.ask(name, "GET", "/nowhere/") for name in ("sari", "nobody")]
    monkeypatch.setattr(queries, "homes", None)
    broken = browsers.ask("sari", "GET", "/")

    assert broken.status_code == 500
    assert all(map(forgotten, [*astray, broken]))


def forgotten(answer: HttpResponse) -> bool:
    words = answer.headers.get("Cache-Control", "")
    return "no-store" in words and "public" not in words
