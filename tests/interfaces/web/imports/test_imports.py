"""Bringing in lists on a page: send, look, confirm, undo."""

from __future__ import annotations

import os
import re
import stat
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client

from browsing import LogIn
from guyub.core.job_runner import Runner
from guyub.core.models import LogEntry
from guyub.cycle.listen import queries as listen
from guyub.cycle.map import queries as ties
from guyub.interfaces.web.imports import uploads, views
from people import Cast, do

ADDRESS = "/c/sukamaju/bring-in/"
PEOPLE = "id,nama,dusun,hobi\nw1,Bu Siti Aminah,Krajan,voli\nw2,Slamet,Kali,\nw3,Joko,,\n"
TIES = "dari,ke,jenis\nw1,w2,teman\nw2,w3,kerabat\nw1,w9,teman\n"
STANCE = "id,nama,sikap\nw1,Siti,5\nw2,Slamet,1\n"


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "GUYUB_DATA", tmp_path)
    return tmp_path


def sent(client: Client, **lists: str | bytes) -> HttpResponse:
    """Send lists, and give what comes back."""
    files = {
        name: SimpleUploadedFile(f"{name}.csv", text if isinstance(text, bytes) else text.encode())
        for name, text in lists.items()
    }
    return client.post(ADDRESS, files)


def waiting(client: Client, **lists: str) -> str:
    """Send lists, and give the address of their preview."""
    answer = sent(client, **lists)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def names(cast: Cast) -> set[str]:
    return {row.name for row in listen.all_people(cast.actor("sari"))}


def lying(folder: Path) -> list[Path]:
    return list((folder / "uploads").iterdir())


def words(answer: HttpResponse) -> str:
    """The page's words, as one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def stands_for(answer: HttpResponse, title: str) -> str:
    """What the select of a column stands on."""
    select = re.search(
        rf'aria-label="Meaning of “{title}”".*?</select>', answer.content.decode(), re.S
    )
    assert select, title
    return re.findall(r'value="([^"]*)" selected', select[0])[0]


def test_a_preview_says_what_would_come_in_and_writes_nothing(
    cast: Cast, at_browser: LogIn
) -> None:
    client = at_browser("rudi")
    before = LogEntry.objects.count()

    page_of = client.get(waiting(client, people=PEOPLE, ties=TIES))
    page = words(page_of)

    assert "People 3 Ties 2 Observations 0" in page
    assert stands_for(page_of, "nama") == "name"
    assert stands_for(page_of, "hobi") == ""
    assert "Bu Siti Aminah · Slamet · Joko" in page
    assert "1 tie names someone who is neither in the list nor here" in page
    assert names(cast) == set()
    assert LogEntry.objects.count() == before


def test_what_was_confirmed_is_here_and_one_undo_takes_it_out(
    cast: Cast, at_browser: LogIn, data_folder: Path
) -> None:
    client = at_browser("rudi")

    page = client.post(waiting(client, people=PEOPLE, ties=TIES), follow=True)

    assert "Imported: 3 people, 2 ties." in words(page)
    assert names(cast) == {"Bu Siti Aminah", "Slamet", "Joko"}
    assert len(ties.ties(cast.actor("sari"))) == 2
    assert lying(data_folder) == []

    entry = re.findall(r'name="entry" value="([^"]+)"', page.content.decode())[0]
    key = re.findall(r'name="key" value="([^"]+)"', page.content.decode())[0]
    client.post("/c/sukamaju/undo/", {"entry": entry, "key": key})
    assert names(cast) == set()


def test_confirming_twice_brings_in_once(cast: Cast, at_browser: LogIn) -> None:
    client = at_browser("rudi")
    address = waiting(client, people=PEOPLE)
    client.post(address)
    deeds = LogEntry.objects.count()

    again = client.post(address, follow=True)

    assert "imported before; nothing was imported twice" in words(again)
    assert LogEntry.objects.count() == deeds


def test_two_clicks_at_once_bring_in_once(
    cast: Cast, at_browser: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = at_browser("rudi")
    monkeypatch.setattr(uploads.Upload, "forget", lambda upload: None)
    address = waiting(client, people=PEOPLE)
    client.post(address)
    deeds = LogEntry.objects.count()
    answers = iter([False, True])
    monkeypatch.setattr(views, "_done_before", lambda actor, entry: next(answers))
    monkeypatch.setattr(views, "preview", lambda actor, lists: _Open())

    again = client.post(address, follow=True)

    assert "nothing was imported twice" in words(again)
    assert LogEntry.objects.count() == deeds


class _Open:
    """A preview from before the first click."""

    stops = ()


def test_lists_wait_where_only_the_installation_reads_them(
    at_browser: LogIn, data_folder: Path
) -> None:
    client = at_browser("rudi")
    page = client.get(waiting(client, people=PEOPLE)).content.decode()

    (folder,) = lying(data_folder)
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "people.csv").stat().st_mode) == 0o600
    assert "Slamet" not in str(dict(client.session))
    assert "w2,Slamet" not in page


def test_lists_put_aside_are_removed(cast: Cast, at_browser: LogIn, data_folder: Path) -> None:
    client = at_browser("rudi")
    page = client.post(f"{waiting(client, people=PEOPLE)}forget/", follow=True)

    assert "nothing was imported" in words(page)
    assert lying(data_folder) == []
    assert names(cast) == set()


def test_lists_that_waited_an_hour_are_gone(
    at_browser: LogIn, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = at_browser("rudi")
    address = waiting(client, people=PEOPLE)
    (folder,) = lying(data_folder)
    old = time.time() - uploads.KEPT_FOR - 5
    os.utime(folder, (old, old))

    page = client.post(address, follow=True)

    assert "no longer available. Send them again." in words(page)
    assert lying(data_folder) == []


def test_a_token_older_than_an_hour_opens_nothing(
    cast: Cast, at_browser: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = at_browser("rudi")
    address = waiting(client, people=PEOPLE)
    monkeypatch.setattr(uploads, "KEPT_FOR", -1)
    monkeypatch.setattr(uploads, "sweep", lambda: None)

    assert "no longer available" in words(client.post(address, follow=True))
    assert names(cast) == set()


@pytest.mark.parametrize("name", ["sari", "tini"])
@pytest.mark.parametrize("ending", ["", "forget/"])
def test_the_lists_of_a_colleague_do_not_exist(
    at_browser: LogIn, data_folder: Path, name: str, ending: str
) -> None:
    address = waiting(at_browser("rudi"), people=PEOPLE)

    assert at_browser(name).post(f"{address}{ending}").status_code == 404
    assert len(lying(data_folder)) == 1


def test_lists_sent_here_do_not_exist_in_another_community(at_browser: LogIn) -> None:
    client = at_browser("rudi")
    address = waiting(client, people=PEOPLE)

    assert client.get(address.replace("sukamaju", "krajan")).status_code == 404
    assert client.get(f"{address[:-3]}xx/").status_code == 404


@pytest.mark.parametrize(("name", "status"), [("wati", 403), ("charlie", 404), ("oscar", 404)])
def test_who_may_not_bring_in_is_turned_away(
    at_browser: LogIn, data_folder: Path, name: str, status: int
) -> None:
    assert sent(at_browser(name), people=PEOPLE).status_code == status
    assert not (data_folder / "uploads").exists()


@pytest.mark.parametrize(
    ("lists", "sentence"),
    [
        ({}, "Choose a list first"),
        ({"people": b"\x89PNG\x00\x00\x00"}, "is a picture"),
        ({"people": ""}, "The submitted file is empty."),
    ],
)
def test_a_wrong_file_is_refused_in_words_and_not_kept(
    at_browser: LogIn, data_folder: Path, lists: dict, sentence: str
) -> None:
    client = at_browser("rudi")
    answer = sent(client, **lists) if lists else client.post(ADDRESS, {"sent": "1"})

    assert sentence in words(answer).replace("&#x27;", "'")
    assert lying(data_folder) == []


def test_a_file_beyond_the_limit_is_refused(
    at_browser: LogIn, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guyub.interfaces.web.imports.forms.LARGEST", 10)

    assert "larger than 20 MB" in words(sent(at_browser("rudi"), people=PEOPLE))
    assert lying(data_folder) == []


def test_the_direction_of_the_stance_is_asked_for(cast: Cast, at_browser: LogIn) -> None:
    client = at_browser("rudi")
    address = waiting(client, people=STANCE)

    assert "Say which end of the stance scale means support" in words(client.post(address))
    assert names(cast) == set()


@pytest.mark.parametrize(("direction", "siti"), [("1-is-support", 5), ("5-is-support", 1)])
def test_the_stance_is_turned_where_the_list_counts_from_the_other_end(
    cast: Cast, at_browser: LogIn, direction: str, siti: int
) -> None:
    client = at_browser("rudi")
    client.post(waiting(client, people=STANCE), {"direction": direction})

    sari = cast.actor("sari")
    person = next(row.id for row in listen.all_people(sari) if row.name == "Siti")
    noted = {row.person: row.value for row in listen.observations(sari)}
    assert noted[person] == siti


def test_somebody_of_the_same_name_is_shown_and_not_merged(cast: Cast, at_browser: LogIn) -> None:
    do(cast.actor("sari"), "listen.add_person", name="Hj. SITI Aminah", household="Rumah 7")
    client = at_browser("rudi")
    address = waiting(client, people=PEOPLE)

    page = words(client.get(address))
    client.post(address)

    assert "row 2 Bu Siti Aminah Krajan Here Hj. SITI Aminah household Rumah 7" in page
    assert {"Hj. SITI Aminah", "Bu Siti Aminah"} <= names(cast)


def test_people_who_are_here_by_their_id_stop_the_list(cast: Cast, at_browser: LogIn) -> None:
    do(cast.actor("sari"), "listen.add_person", name="Wayan", reference="w1")
    client = at_browser("rudi")
    address = waiting(client, people=PEOPLE)

    assert "is already here, by their id (w1)" in words(client.get(address))
    client.post(address)
    assert names(cast) == {"Wayan"}


def test_an_organizer_is_told_that_new_hamlets_need_a_coordinator(
    cast: Cast, at_browser: LogIn
) -> None:
    people = "id,nama,dusun\nw1,Siti,Sawahan\n"
    rudi, sari = at_browser("rudi"), at_browser("sari")

    assert "only a coordinator can add them: Sawahan" in words(
        rudi.get(waiting(rudi, people=people))
    )
    assert "Imported: 1 person" in words(sari.post(waiting(sari, people=people), follow=True))


def test_a_cell_that_is_too_long_is_told_before_anything_is_written(
    cast: Cast, at_browser: LogIn
) -> None:
    client = at_browser("rudi")
    address = waiting(client, people=f"id,nama,pekerjaan\nw1,Siti,{'x' * 121}\n")

    assert "Siti, work: This is too long" in words(client.get(address))
    client.post(address)
    assert names(cast) == set()


def test_a_failure_leaves_nothing_behind_and_says_so(
    cast: Cast, at_browser: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object, **named: object) -> None:
        raise DatabaseError("the row (Slamet) is too long")

    client = at_browser("rudi")
    address = waiting(client, people=PEOPLE)
    monkeypatch.setattr(views, "perform", broken)

    page = words(client.post(address))

    assert "Nothing was imported. Nothing was changed." in page
    assert "the row" not in page
    assert names(cast) == set()


def test_the_pages_speak_indonesian(cast: Cast, at_browser: LogIn) -> None:
    client = at_browser("rudi", "id")

    assert "Masukkan daftar" in words(client.get(ADDRESS))
    page = words(client.get(waiting(client, people=PEOPLE, ties=TIES)))
    assert "Periksa sebelum dimasukkan" in page
    assert "Di daftar Anda Berarti" in page


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Row 2: umur: “tua” is not a whole number from 0 to 130; left out"),
        ("id", "Baris 2: umur: “tua” bukan bilangan bulat dari 0 sampai 130; tidak ikut"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_in_the_language_of_the_reader(
    at_browser: LogIn, language: str, sentence: str
) -> None:
    client = at_browser("rudi", language)
    page = client.get(waiting(client, people="id,nama,umur\nw1,Siti,tua\n"))

    assert sentence in words(page)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "people.csv is a picture; save it as CSV first (File, Save as, CSV)."),
        ("id", "people.csv adalah gambar; kirim daftarnya sebagai CSV (File, Simpan sebagai, CSV)"),
    ],
)
def test_a_list_is_refused_in_the_language_of_the_reader(
    at_browser: LogIn, language: str, sentence: str
) -> None:
    assert sentence in words(sent(at_browser("rudi", language), people=b"\x89PNG\x00\x00"))


UNKNOWN = "kode rumah,sebutan\nr1,Siti\nr2,Slamet\n"


@pytest.mark.parametrize(
    ("lists", "sentence"),
    [
        ({"people": "umur,hobi\n3,voli\n"}, "no column 'id' or 'name'"),
        ({"ties": "dari,jenis\nw1,teman\n"}, "no column 'to'"),
    ],
)
def test_a_list_whose_columns_say_too_little_waits_for_somebody_to_say_more(
    cast: Cast, at_browser: LogIn, lists: dict, sentence: str
) -> None:
    client = at_browser("rudi")
    address = waiting(client, **lists)

    assert sentence in words(client.get(address)).replace("&#x27;", "'")
    assert client.post(address).status_code == 200
    assert names(cast) == set()


def test_a_column_stands_for_what_somebody_chose(cast: Cast, at_browser: LogIn) -> None:
    client = at_browser("rudi")
    address = waiting(client, people=UNKNOWN)
    chosen = {"people-0": "household", "people-1": "name"}

    looked = client.post(address, {**chosen, "look": "1"})
    assert stands_for(looked, "sebutan") == "name"
    assert names(cast) == set()
    seen = re.findall(r'name="seen" value="([^"]*)"', looked.content.decode())[0]
    client.post(address, {**chosen, "seen": seen})

    assert {(row.name, row.household) for row in listen.all_people(cast.actor("sari"))} == {
        ("Siti", "r1"),
        ("Slamet", "r2"),
    }


def test_a_column_changed_since_one_looked_is_looked_at_again(
    cast: Cast, at_browser: LogIn
) -> None:
    client = at_browser("rudi")
    address = waiting(client, people="id,nama,desa,hobi\nw1,Siti,,voli\n")
    page = client.get(address).content.decode()
    seen = re.findall(r'name="seen" value="([^"]*)"', page)[0]
    chosen = {"people-0": "id", "people-1": "name", "people-2": "", "people-3": "alias"}

    answer = words(client.post(address, {**chosen, "seen": seen}))

    assert "You changed the columns; this is what would be imported now." in answer
    assert names(cast) == set()


def test_two_columns_cannot_stand_for_the_same(cast: Cast, at_browser: LogIn) -> None:
    client = at_browser("rudi")
    address = waiting(client, people=UNKNOWN)

    answer = words(client.post(address, {"people-0": "name", "people-1": "name", "look": "1"}))

    assert "“kode rumah” and “sebutan” cannot both be name; leave one out." in answer
    assert "Import <" not in answer
    assert names(cast) == set()


def test_the_preview_says_whom_each_direction_makes_an_ally(at_browser: LogIn) -> None:
    client = at_browser("rudi")
    stance = "id,nama,sikap\nw1,Siti,5\nw2,Slamet,1\nw3,Joko,2\nw4,Sri,3\n"
    page = words(client.get(waiting(client, people=stance)))

    assert "1 is an active ally, 5 an active opponent: 2 allies, 1 opponent" in page
    assert "1 is an active opponent, 5 an active ally: 1 ally, 2 opponents" in page


def test_a_stance_in_words_is_understood_without_asking(cast: Cast, at_browser: LogIn) -> None:
    client = at_browser("rudi")
    people = "id,nama,sikap\nw1,Siti,Pendukung\nw2,Slamet,menolak\nw3,Joko,3\n"

    client.post(waiting(client, people=people))

    sari = cast.actor("sari")
    called = {row.id: row.name for row in listen.all_people(sari)}
    noted = {called[row.person]: row.value for row in listen.observations(sari)}
    assert noted == {"Siti": 2, "Slamet": 4, "Joko": 3}


def test_a_scale_up_to_five_is_asked_for_its_beginning(cast: Cast, at_browser: LogIn) -> None:
    client = at_browser("rudi")
    address = waiting(client, people="id,nama,inisiatif\nw1,Siti,5\nw2,Slamet,1\n")

    assert "Say where these scales start." in words(client.post(address))
    assert names(cast) == set()
    client.post(address, {"range": "1-5"})

    sari = cast.actor("sari")
    assert sorted(row.value for row in listen.observations(sari)) == [0, 4]


def test_a_long_list_comes_in_as_a_job_and_goes_out_by_one_undo(
    cast: Cast, at_browser: LogIn, monkeypatch: pytest.MonkeyPatch, data_folder: Path
) -> None:
    monkeypatch.setattr(views, "_AT_ONCE", 2)
    client = at_browser("rudi")
    address = waiting(client, people=PEOPLE.replace("hobi", "sikap").replace("voli", "5"))

    begun = client.post(address, {"direction": "5-is-support"})
    again = client.post(address, {"direction": "5-is-support"})
    assert "/c/sukamaju/jobs/" in begun["Location"]
    assert again["Location"] == begun["Location"]
    assert names(cast) == set()

    assert Runner().run_waiting() == 1
    page = client.get(begun["Location"], follow=True)

    assert "Your lists were imported." in words(page)
    assert names(cast) == {"Bu Siti Aminah", "Slamet", "Joko"}
    assert [row.value for row in listen.observations(cast.actor("sari"))] == [1]
    assert lying(data_folder) == []
    entry = re.findall(r'name="entry" value="([^"]+)"', page.content.decode())[0]
    key = re.findall(r'name="key" value="([^"]+)"', page.content.decode())[0]
    client.post("/c/sukamaju/undo/", {"entry": entry, "key": key})
    assert names(cast) == set()


def test_a_job_whose_lists_are_gone_says_so_and_brings_nothing_in(
    cast: Cast, at_browser: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "_AT_ONCE", 2)
    client = at_browser("rudi")
    address = waiting(client, people=PEOPLE)
    begun = client.post(address)
    client.post(f"{address}forget/")

    Runner().run_waiting()

    assert "no longer available" in words(client.get(begun["Location"]))
    assert names(cast) == set()
