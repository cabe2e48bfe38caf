"""Taking people and ties out, on a page."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from browsing import LogIn
from guyub.core import queries
from guyub.cycle.listen import queries as listen
from people import PASSWORD, Cast, do

FULL = {
    "format": "xlsx",
    "names": "with",
    "reason": "for the village report",
    "password": PASSWORD,
}


@pytest.fixture
def village(cast: Cast) -> Cast:
    sari = cast.actor("sari")
    slamet = do(sari, "listen.add_person", name="Slamet Riyadi", phone="0812")["id"]
    sri = do(sari, "listen.add_person", name="Sri Wahyuni")["id"]
    do(sari, "map.report_tie", from_person=slamet, to_person=sri, kind="kin")
    return cast


def post(client: Client, **more: str) -> Any:
    return client.post("/c/sukamaju/take-out/", FULL | more)


@pytest.mark.parametrize(
    ("form", "ending", "begins"),
    [
        ("csv", "zip", b"PK"),
        ("xlsx", "xlsx", b"PK"),
        ("graphml", "graphml", b"<?xml"),
        ("gexf", "gexf", b"<?xml"),
    ],
)
def test_a_full_form_is_answered_with_a_file_that_nobody_keeps(
    village: Cast, at_browser: LogIn, form: str, ending: str, begins: bytes
) -> None:
    answer = post(at_browser("sari"), format=form)

    content = answer.getvalue()
    told = answer.headers["Content-Disposition"]
    assert content.startswith(begins)
    assert told.startswith('attachment; filename="guyub-sukamaju-20')
    assert told.endswith(f'.{ending}"')
    assert "no-store" in answer.headers["Cache-Control"]
    assert list((Path(settings.GUYUB_DATA) / "exports").iterdir()) == []


def test_the_log_tells_who_took_what_out_and_why(village: Cast, at_browser: LogIn) -> None:
    client = at_browser("sari")
    post(client, format="graphml", names="without").getvalue()

    page = client.get("/c/sukamaju/log/").content.decode()

    assert "took out 2 rows (people, GraphML, without names)" in page
    assert "for the village report" in page


def test_each_download_is_noted(village: Cast, at_browser: LogIn) -> None:
    client = at_browser("sari")
    for _each in range(2):
        post(client).getvalue()

    rows = queries.log(village.actor("sari")).rows
    assert len([row for row in rows if row.action == "core.note_export"]) == 4


def test_phone_numbers_never_leave_through_the_page(village: Cast, at_browser: LogIn) -> None:
    content = post(at_browser("sari"), format="csv").getvalue()

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        people = archive.read("people.csv").decode()
    assert "Slamet Riyadi" in people
    assert "0812" not in people


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"password": "wrong"}, "This password is not right."),
        ({"password": ""}, "This field is required."),
        ({"reason": "because"}, "Say a little more: colleagues will read it in the log."),
        ({"reason": " " * 20}, "This field is required."),
        ({"format": "pdf"}, "Select a valid choice."),
        ({"names": ""}, "This field is required."),
    ],
)
def test_what_is_missing_is_said_and_nothing_leaves(
    village: Cast, at_browser: LogIn, fault: dict[str, str], sentence: str
) -> None:
    answer = post(at_browser("sari"), **fault)

    assert sentence in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    rows = queries.log(village.actor("sari")).rows
    assert not [row for row in rows if row.action == "core.note_export"]


def test_guessing_the_password_ends_soon(village: Cast, at_browser: LogIn) -> None:
    client = at_browser("sari")
    for number in range(12):
        last = post(client, password=f"guess {number}")

    page = last.content.decode()
    assert "tried too often" in page
    assert "tried too often" in post(client).content.decode()


@pytest.mark.parametrize("name", ["rudi", "wati", "ani", "charlie"])
def test_nobody_else_takes_anything_out(village: Cast, at_browser: LogIn, name: str) -> None:
    assert post(at_browser(name)).status_code in {403, 404}


def test_the_page_says_plainly_what_leaving_names_out_does_not_do(
    village: Cast, at_browser: LogIn
) -> None:
    page = at_browser("sari").get("/c/sukamaju/take-out/").content.decode()

    assert "does not make a network anonymous" in page
    assert 'value="without" class="radio radio-primary radio-sm mt-0.5" required checked' in page


@pytest.mark.parametrize(("name", "offered"), [("sari", True), ("tini", True), ("rudi", False)])
def test_only_who_may_is_shown_the_way(
    village: Cast, at_browser: LogIn, name: str, offered: bool
) -> None:
    page = at_browser(name).get("/c/sukamaju/").content.decode()

    assert ("/c/sukamaju/take-out/" in page) is offered


def test_a_hamlet_gives_only_its_own(village: Cast, at_browser: LogIn) -> None:
    do(village.actor("sari", "krajan"), "listen.add_person", name="Parno")
    assert len(listen.everybody(village.actor("sari"))) == 3

    content = at_browser("sari").post("/c/krajan/take-out/", FULL | {"format": "gexf"}).getvalue()

    assert b"Parno" in content
    assert b"Slamet" not in content
