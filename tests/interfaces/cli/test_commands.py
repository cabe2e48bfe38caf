"""The commands on an installation, as its operator uses them."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.utils import translation

from guyub.core.models import Account
from guyub.cycle.listen import queries as listen
from guyub.interfaces.cli import main
from guyub.interfaces.cli.main import COMMANDS
from people import Cast

# Seconds until something is given up; far more than it takes, for machines that do much else.
PATIENCE = 300

HERE = ["--as", "sari", "--community", "sukamaju"]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    yield
    translation.deactivate()


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "people.csv").write_text("id,nama,dusun\nw1,Slamet,Krajan\nw2,Sri,Kali\n")
    (tmp_path / "ties.csv").write_text("dari,ke\nw1,w2\nw1,w9\n")
    return ["--people", str(tmp_path / "people.csv"), "--ties", str(tmp_path / "ties.csv")]


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert main(words) == code
    captured = capsys.readouterr()
    return captured.out + captured.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps_with_an_example(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    with suppress(SystemExit):
        main([command, "--help"])

    assert "Example:\n  guyub " in capsys.readouterr().out


def test_help_and_version_load_nothing_heavy() -> None:
    heavy = "{'django', 'numpy', 'numba', 'igraph', 'pydantic'}"
    program = (
        "import sys; from guyub.interfaces.cli import main\n"
        "for word in ('--help', '--version'):\n"
        "    try: main([word])\n"
        "    except SystemExit: pass\n"
        f"assert not {heavy} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_an_import_is_shown_first_and_nothing_is_written(
    cast: Cast, capsys: pytest.CaptureFixture[str], files: list[str]
) -> None:
    told = said(capsys, "import", *HERE, *files, code=1)

    assert "nama = name" in told
    assert "2 people, 1 tie, 0 observations" in told
    assert "1 tie names someone who is neither in the list nor here" in told
    assert "Nothing was imported" in told
    assert listen.all_people(cast.actor("sari")) == ()


def test_an_import_comes_in_and_goes_out_by_the_line_it_prints(
    cast: Cast, capsys: pytest.CaptureFixture[str], files: list[str]
) -> None:
    told = said(capsys, "import", *HERE, *files, "--yes")
    assert [row.name for row in listen.all_people(cast.actor("sari"))] == ["Slamet", "Sri"]

    line = next(line for line in told.splitlines() if "--undo" in line)
    assert "Undone: 3 rows" in said(capsys, *line.split()[1:])
    assert listen.all_people(cast.actor("sari")) == ()


def test_the_same_list_twice_is_refused_in_a_sentence(
    cast: Cast, capsys: pytest.CaptureFixture[str], files: list[str]
) -> None:
    said(capsys, "import", *HERE, *files, "--yes")

    told = said(capsys, "import", *HERE, *files, "--yes", code=2)

    assert "2 of these people are already here" in told
    assert len(listen.all_people(cast.actor("sari"))) == 2


def test_a_column_stands_for_what_the_command_says(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,sebutan,nama\nw1,Pak Slamet,x\n")
    words = ["import", *HERE, "--people", str(people), "--yes"]

    told = said(capsys, *words, "--column", "sebutan=name", "--column", "nama=")

    assert "sebutan = name" in told
    assert {row.name for row in listen.all_people(cast.actor("sari"))} == {"Pak Slamet"}


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        ("nama", "'nama' names no meaning"),
        ("nama=shoe", "“shoe” is not a column meaning we know"),
        ("umur=age", "people.csv has no column “umur”"),
        ("dusun=name", "leave one out"),
    ],
)
def test_a_column_that_cannot_be_is_refused(
    cast: Cast, files: list[str], capsys: pytest.CaptureFixture[str], column: str, sentence: str
) -> None:
    words = ["import", *HERE, *files, "--column", "nama=name", "--column", column]

    assert sentence in said(capsys, *words, code=2)


def test_a_stance_comes_in_only_when_its_direction_was_said(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,nama,sikap\nw1,Slamet,5\nw2,Sri,4\n")
    words = ["import", *HERE, "--people", str(people), "--yes"]

    told = said(capsys, *words, code=2)
    assert "--stance 1-is-support (0 allies, 2 opponents)" in told
    assert "--stance 5-is-support (2 allies, 0 opponents)" in told
    assert listen.all_people(cast.actor("sari")) == ()

    said(capsys, *words, "--stance", "5-is-support")
    assert sorted(row.value for row in listen.observations(cast.actor("sari"))) == [1, 2]


def test_people_and_ties_are_taken_out_for_a_reason_into_private_files(
    cast: Cast, capsys: pytest.CaptureFixture[str], files: list[str], tmp_path: Path
) -> None:
    said(capsys, "import", *HERE, *files, "--yes")
    out = tmp_path / "out.csv"
    to = [
        "--people",
        str(out),
        "--ties",
        str(tmp_path / "out-ties.csv"),
        "--reason",
        "village plan",
    ]

    assert "2 people" in said(capsys, "export", *HERE, *to)
    assert out.stat().st_mode & 0o777 == 0o600
    assert "w1,Slamet" in out.read_text(encoding="utf-8-sig")
    assert "is there already" in said(capsys, "export", *HERE, *to, code=2)


@pytest.mark.parametrize("form", ["xlsx", "graphml", "gexf"])
def test_everything_else_is_taken_out_into_one_private_file(
    cast: Cast, capsys: pytest.CaptureFixture[str], files: list[str], tmp_path: Path, form: str
) -> None:
    said(capsys, "import", *HERE, *files, "--yes")
    out = tmp_path / f"out.{form}"
    words = ["export", *HERE, "--format", form, "--reason", "village plan", "--without-names"]

    assert "2 people" in said(capsys, *words, "--to", str(out))
    assert out.stat().st_mode & 0o777 == 0o600
    assert b"Slamet" not in out.read_bytes()
    assert "name one file" in said(capsys, *words, *files, code=2)
    assert "is there already" in said(capsys, *words, "--to", str(out), code=2)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["import", "--as", "nobody", "--community", "sukamaju"], "no account called 'nobody'"),
        (["import", "--as", "charlie", "--community", "sukamaju"], "no sukamaju here"),
        (["import", "--as", "sari", "--community", "nowhere"], "no nowhere here"),
        (["import", "--as", "wati", "--community", "sukamaju"], "role does not allow that"),
        (["import", "--as", "dewi", "--community", "sukamaju"], "no sukamaju here"),
    ],
)
def test_who_may_not_is_told_so_and_outsiders_learn_nothing(
    cast: Cast,
    capsys: pytest.CaptureFixture[str],
    files: list[str],
    words: list[str],
    sentence: str,
) -> None:
    assert sentence in said(capsys, *words, *files, "--yes", code=2)


def test_accounts_are_opened_listed_given_passwords_and_closed(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    new = ["--username", "joko", "--role", "viewer", "--name", "Joko"]
    told = said(capsys, "account", "add", *HERE, *new)
    password = re.search(r"password +(\S+)", told)
    assert password is not None
    assert Account.objects.get(username="joko").check_password(password[1])
    assert "joko" in said(capsys, "account", "list", *HERE)

    told = said(capsys, "account", "password", *HERE, "--username", "joko")
    again = re.search(r"password +(\S+)", told)
    assert again is not None
    assert Account.objects.get(username="joko").check_password(again[1])

    said(capsys, "account", "close", *HERE, "--username", "joko")
    assert not Account.objects.get(username="joko").is_active


def test_a_community_is_founded_inside_another(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    told = said(capsys, "account", "community", *HERE, "--name", "RT 4", "--kind", "rt")

    assert "its address is rt-4" in told


def test_an_organisation_is_founded_with_its_owner(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    new = ["--organisation", "Baru", "--username", "maya", "--name", "Maya"]
    assert "its address is baru" in said(capsys, "account", "found", *new)

    assert "nothing was founded" in said(capsys, "account", "found", *new, code=2)


def test_the_demo_serves_a_village_and_ends_cleanly(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "guyub.interfaces.cli", "demo", "--port", str(port)]
    # A database that is used for real must not be touched: this one does not even exist.
    environment = {**os.environ, "GUYUB_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    for _start in ("first", "second"):
        demo = subprocess.Popen(
            [*command, "--data", str(tmp_path / "demo")],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        try:
            assert answers(f"http://127.0.0.1:{port}/health")
            demo.send_signal(signal.SIGINT)
            told, _ = demo.communicate(timeout=PATIENCE)
        finally:
            demo.kill()
        assert demo.returncode == 0
        assert f"http://127.0.0.1:{port}" in told
        assert re.search(r"sari +\w+-\w+-\w+-\w+-\w+ +coordinator", told)


def answers(address: str) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            return bool(urllib.request.urlopen(address, timeout=PATIENCE).status == 200)
        except OSError:
            time.sleep(0.1)
    return False


def test_a_port_that_is_taken_is_told_before_anything_else(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words = ["serve", "--port", str(port), "--data", str(tmp_path / "data")]

        assert f"try --port {port + 1}" in said(capsys, *words, code=2)
    assert not (tmp_path / "data").exists()


def test_where_somebody_has_an_account_there_is_no_first_one(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    new = ["--username", "maya", "--name", "Maya"]

    assert "already" in said(capsys, "account", "first", *new, code=2)
