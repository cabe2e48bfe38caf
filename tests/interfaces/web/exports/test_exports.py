"""Taking people and ties out, on a page."""

from __future__ import annotations

import io
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from browsing import LogIn
from guyub.core import queries
from guyub.core.job_runner import Runner
from guyub.core.models import Job
from guyub.cycle.listen import queries as listen
from guyub.interfaces.transfer import writing
from guyub.interfaces.web.exports import files, jobs, views
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
    village: Cast, at_browser: LogIn, shelf: Path, form: str, ending: str, begins: bytes
) -> None:
    browser = at_browser("sari")
    browser.defaults["HTTP_ACCEPT_ENCODING"] = "gzip"
    answer = post(browser, format=form)
    # Pages are compressed on their way; a file is what it is.
    assert "Content-Encoding" not in answer.headers

    content = answer.getvalue()
    told = answer.headers["Content-Disposition"]
    assert content.startswith(begins)
    assert told.startswith('attachment; filename="guyub-sukamaju-20')
    assert told.endswith(f'.{ending}"')
    assert "no-store" in answer.headers["Cache-Control"]
    assert list(shelf.iterdir()) == []


def test_the_log_tells_who_took_what_out_and_why(village: Cast, at_browser: LogIn) -> None:
    client = at_browser("sari")
    post(client, format="graphml", names="without").getvalue()

    page = client.get("/c/sukamaju/log/").content.decode()

    assert "exported 2 rows (people, GraphML, without names)" in page
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
        ({"reason": "because"}, "Say a little more: your colleagues will read it in the log."),
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
    page = " ".join(at_browser("sari").get("/c/sukamaju/take-out/").content.decode().split())

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
    assert len(listen.all_people(village.actor("sari"))) == 3

    content = at_browser("sari").post("/c/krajan/take-out/", FULL | {"format": "gexf"}).getvalue()

    assert b"Parno" in content
    assert b"Slamet" not in content


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files wait: a place of this test alone."""
    monkeypatch.setattr(settings, "GUYUB_DATA", tmp_path)
    return tmp_path / "exports"


@pytest.fixture
def large(village: Cast, monkeypatch: pytest.MonkeyPatch, shelf: Path) -> Cast:
    """The village, where one person is already too many for a page."""
    monkeypatch.setattr(views, "_AT_ONCE", 1)
    return village


def written(client: Client, **more: str) -> str:
    """Take out of a large community, and give the address where the file waits."""
    begun = post(client, **more)
    assert Runner().run_waiting() == 1
    waits = client.get(begun.headers["Location"])
    return str(waits.headers["Location"])


def test_a_large_community_is_written_by_a_job_and_handed_over_once(
    large: Cast, at_browser: LogIn, shelf: Path
) -> None:
    client = at_browser("sari")
    address = written(client, format="csv")
    page = client.get(address).content.decode()

    answer = client.post(address)
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        people = archive.read("people.csv").decode()

    assert "ZIP" in page
    assert "Slamet Riyadi" in people
    assert answer.headers["Content-Disposition"].endswith('.zip"')
    assert "no-store" in answer.headers["Cache-Control"]
    assert list(shelf.iterdir()) == []
    assert client.post(address).headers["Location"] == "/c/sukamaju/take-out/"
    assert "Nothing is waiting here any more" in client.get(address).content.decode()


def test_the_file_of_a_job_belongs_to_whoever_took_it_out(large: Cast, at_browser: LogIn) -> None:
    address = written(at_browser("sari"))

    assert at_browser("tini").post(address).status_code == 404
    assert at_browser("rudi").post(address).status_code in {403, 404}


def test_a_job_that_is_run_again_notes_one_export_and_leaves_one_file(
    large: Cast, at_browser: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, tries = files.write, []

    def broken(*given: Any) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("the disk is full")
        write(*given)

    monkeypatch.setattr(files, "write", broken)
    client = at_browser("sari")
    begun = post(client)
    Runner().run_waiting()
    Job.objects.update(not_before="2026-01-01T00:00Z")
    Runner().run_waiting()

    waits = client.get(begun.headers["Location"]).headers["Location"]
    rows = queries.log(large.actor("sari")).rows
    assert len(tries) == 2
    assert client.post(waits).getvalue().startswith(b"PK")
    assert len([row for row in rows if row.action == "core.note_export"]) == 2


def test_whoever_is_erased_stands_in_no_file_that_waits(large: Cast, at_browser: LogIn) -> None:
    client = at_browser("sari")
    address = written(client)
    person = listen.all_people(large.actor("sari"))[0]

    tini = at_browser("tini")
    form = {"typed": person.name, "why": "asked", "password": PASSWORD, "key": str(uuid.uuid4())}
    tini.post(f"/c/sukamaju/people/{person.id}/rights/erase/", form)

    assert person.id not in {row.id for row in listen.all_people(large.actor("sari"))}
    assert client.post(address).status_code == 302


def test_what_is_read_before_somebody_is_erased_is_read_again(
    large: Cast, at_browser: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, tries = jobs.prepare_export, []

    def interrupted(*given: Any, **more: Any) -> Any:
        out = read(*given, **more)
        tries.append(1)
        if len(tries) == 1:
            files.forget_all()
        return out

    monkeypatch.setattr(jobs, "prepare_export", interrupted)
    client = at_browser("sari")
    begun = post(client)
    Runner().run_waiting()
    Job.objects.update(not_before="2026-01-01T00:00Z")
    Runner().run_waiting()

    assert len(tries) == 2
    assert client.get(begun.headers["Location"]).status_code == 302


def test_a_file_that_nobody_fetches_is_gone_after_an_hour(
    large: Cast, at_browser: LogIn, monkeypatch: pytest.MonkeyPatch, shelf: Path
) -> None:
    written(at_browser("sari"))
    assert len(list(shelf.iterdir())) == 1

    monkeypatch.setattr(writing, "KEPT_FOR", -1)
    Runner().clear_away()

    assert list(shelf.iterdir()) == []
