"""Kills the server and imports with SIGKILL at random moments, and looks at what is left.

Afterwards every deed that was confirmed must be there, none may be half there, the chain of every
log must be whole, and the database must be sound. A deed whose answer never came is sent again with
its key, and must then be there exactly once.

    python -m bench.crash --minutes 10        (`make crash`: on SQLite and on PostgreSQL)
    python -m bench.crash --rounds 6
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench.installation import installation

# Rows of the import that is killed: about a second of writing.
_PEOPLE, _TIES = 5000, 10_000

_CLIENTS = 4
_COMMAND = [sys.executable, "-m", "guyub.interfaces.cli"]
_QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
_WHERE = ["--as", "tini", "--community", "crash"]


@dataclass
class Tally:
    """What happened so far."""

    figures: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def fault(self, text: str) -> None:
        """Note something that must never happen."""
        self.faults.append(text)
        print(f"FAULT: {text}", flush=True)


@dataclass(frozen=True)
class Browser:
    """A session that may post forms."""

    session: str
    token: str

    def post(self, port: int, path: str, data: dict[str, str]) -> int:
        """Send a form and give the status of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"guyub={self.session}; guyub-csrf={self.token}",
            "X-CSRFToken": self.token,
        }
        try:
            connection.request("POST", path, urlencode(data), headers)
            return connection.getresponse().status
        finally:
            connection.close()


@dataclass(frozen=True)
class Noted:
    """A deed that was sent: a community founded under a name that nothing else has."""

    key: uuid.UUID
    name: str

    @property
    def form(self) -> dict[str, str]:
        """The fields of the form that founds it."""
        return {"key": str(self.key), "name": self.name, "kind": "rt"}


def main() -> int:
    """Run rounds until the time or their number is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else secrets.randbits(32)
    chance = random.Random(seed)
    tally = Tally()
    end = time.monotonic() + 60 * options.minutes
    with installation("crash"):
        browser = found_village()
        writing = _when_an_import_writes()
        rounds = 0
        unanswered: list[Noted] = []
        while rounds < options.rounds or time.monotonic() < end:
            rounds += 1
            if rounds % 3:
                unanswered = _server_round(tally, chance, browser, unanswered)
            else:
                _import_round(tally, chance, *writing)
            _look(tally)
        kind = "PostgreSQL" if os.environ.get("GUYUB_DATABASE_URL") else "SQLite"
    told = ", ".join(f"{count} {name}" for name, count in sorted(tally.figures.items()))
    print(f"{kind}, seed {seed}: {told}; {len(tally.faults)} lost, half or corrupt")
    return 1 if tally.faults else 0


def found_village() -> Browser:
    """Found an organisation and its village, and open a session for its owner."""
    from guyub.interfaces.cli.installation import open_installation, prepare_tables

    open_installation()
    prepare_tables()
    from django.contrib.auth import BACKEND_SESSION_KEY as BACKEND
    from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from guyub.core.founding import found_workspace

    owner = found_workspace(
        "Crash", slug="crash", username="tini", owner="Tini", password=secrets.token_urlsafe(20)
    )
    session = SessionStore()
    session[SESSION_KEY] = str(owner.pk)
    session[BACKEND] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = owner.get_session_auth_hash()
    session.save()
    folder = Path(os.environ["GUYUB_DATA"])
    people = "\n".join(f"p{number},Warga {number}" for number in range(_PEOPLE))
    ties = "\n".join(
        f"p{number % _PEOPLE},p{(number * 7 + 1) % _PEOPLE}" for number in range(_TIES)
    )
    (folder / "people.csv").write_text(f"id,name\n{people}\n")
    (folder / "ties.csv").write_text(f"from,to\n{ties}\n")
    return Browser(session=str(session.session_key), token=secrets.token_hex(16))


def _server_round(
    tally: Tally, chance: random.Random, browser: Browser, before: list[Noted]
) -> list[Noted]:
    """Note deeds through the pages until the server is killed; give those that got no answer.

    before: the unanswered deeds of the round before, which are sent again first.
    """
    confirmed: list[Noted] = []
    unanswered: list[Noted] = []
    port = free_port()
    server = serve(port)
    for deed in before:
        if (status := browser.post(port, "/c/crash/new/", deed.form)) != 302:
            tally.fault(f"sent again, {deed.key} was answered {status}")
    _demand_there(tally, before)
    stop = threading.Event()

    def note() -> None:
        while not stop.is_set():
            deed = Noted(key=uuid.uuid4(), name=f"T{secrets.token_hex(6)}")
            try:
                status = browser.post(port, "/c/crash/new/", deed.form)
            except (OSError, http.client.HTTPException):
                unanswered.append(deed)
                return
            if status != 302:
                tally.fault(f"the server answered {status}")
                return
            confirmed.append(deed)

    clients = [threading.Thread(target=note) for _ in range(_CLIENTS)]
    for client in clients:
        client.start()
    time.sleep(chance.uniform(0.02, 1.2))
    kill(server)
    stop.set()
    for client in clients:
        client.join()
    tally.figures["kills of the server"] += 1
    tally.figures["deeds confirmed"] += len(confirmed)
    tally.figures["deeds sent again"] += len(before)
    _demand_there(tally, confirmed)
    return unanswered


def _when_an_import_writes() -> tuple[float, float]:
    """Seconds after its start in which an import writes when nobody kills it: from, to.

    The kills are spread over them. Whoever does not say yes has seen it read everything.
    """
    begin = time.monotonic()
    subprocess.run(_import_words()[:-1], check=False, **_QUIET)
    read = time.monotonic()
    subprocess.run(_import_words(), check=True, **_QUIET)
    end = time.monotonic()
    _undo_the_import()
    return read - begin, end - read


def _import_words() -> list[str]:
    folder = Path(os.environ["GUYUB_DATA"])
    files = ["--people", str(folder / "people.csv"), "--ties", str(folder / "ties.csv")]
    return [*_COMMAND, "import", *_WHERE, *files, "--yes"]


def _undo_the_import() -> None:
    from guyub.core.models import LogEntry

    entry = LogEntry.objects.filter(action="listen.import_people").latest("number").entry
    undo = [*_COMMAND, "import", *_WHERE, "--undo", str(entry)]
    subprocess.run(undo, check=True, **_QUIET)


def _import_round(tally: Tally, chance: random.Random, begin: float, end: float) -> None:
    """Kill an import; all of it is there, or nothing. What came in is taken out again."""
    from guyub.cycle.listen.models import Person
    from guyub.cycle.map.models import Tie

    process = start(_import_words())
    # A little before it writes and a little beyond, so that some are in already.
    time.sleep(chance.uniform(0.95 * begin, 1.05 * end))
    kill(process)
    tally.figures["kills of an import"] += 1
    found = (_count(Person), _count(Tie))
    if found not in {(0, 0), (_PEOPLE, _TIES)}:
        tally.fault(f"an import is half there: {found}")
    if found == (0, 0):
        return
    tally.figures["imports that were in already"] += 1
    _undo_the_import()
    if (_count(Person), _count(Tie)) != (0, 0):
        tally.fault("an undo left something behind")


def _count(model: type) -> int:
    """Rows that count, of every community: looked at from beneath the doors, here only."""
    from django.db import connection

    table = model._meta.db_table  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE withdrawn_in_id IS NULL")  # noqa: S608
        return int(cursor.fetchone()[0])


def _demand_there(tally: Tally, deeds: list[Noted]) -> None:
    from guyub.core.models import Community, LogEntry

    for deed in deeds:
        entries = LogEntry.objects.filter(key=deed.key).count()
        rows = Community.objects.filter(name=deed.name, stated_in=deed.key).count()
        if (entries, rows) != (1, 1):
            tally.fault(f"{deed.key}: {entries} lines in the log, {rows} communities")


def _look(tally: Tally) -> None:
    """Nothing is half there, the chain is whole, the database sound."""
    from django.db import connection

    from guyub.core.models import Community, LogEntry, LogHead
    from guyub.core.queries import verified

    founded = LogEntry.objects.filter(action="core.found_community").count()
    inside = Community.objects.exclude(parent=None).count()
    heads = LogHead.objects.count()
    if not founded == inside == heads - 1:
        tally.fault(f"{founded} foundings, {inside} communities, {heads - 1} logs")
    if not verified(Community.objects.get(slug="crash").pk).whole:
        tally.fault("the chain of the log is broken")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            if (answer := cursor.fetchone()[0]) != "ok":
                tally.fault(f"the database is not sound: {answer}")


def serve(port: int) -> subprocess.Popen:
    process = start([*_COMMAND, "serve", "--port", str(port), "--workers", "2"])
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return process
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    kill(process)
    raise SystemExit("the server does not start")


def start(command: list[str]) -> subprocess.Popen:
    # In a group of its own, so that the kill takes every process of it at once.
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def kill(process: subprocess.Popen) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    raise SystemExit(main())
