"""`guyub serve`: the server, with as many processes as are asked for."""

from __future__ import annotations

import argparse
import os
import socket
from collections.abc import Sequence

from guyub.interfaces.cli.installation import (
    open_installation,
    prepare_files,
    prepare_tables,
)
from guyub.interfaces.cli.main import Fault

_EXAMPLE = """\
Example:
  guyub serve
  GUYUB_HOSTS=guyub.desa.example GUYUB_HTTPS=1 guyub serve --host 0.0.0.0 --port 8000 --workers 2

Settings come from the environment (docs/reference/settings.md). Tables, and the files that pages
name, are brought up to date at the start. Ctrl-C ends it.
"""

# Threads in one process: enough that one slow page does not stand in the way of the others, few
# enough for SQLite's one writer. Our choice.
_THREADS = 4

# Seconds that a worker has for what it is doing when the server ends. Our choice.
_PATIENCE = 3


def run(words: Sequence[str]) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="guyub serve",
        description="Serve this installation.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_address(parser)
    parser.add_argument("--workers", type=int, default=1, help="processes (1)")
    parser.add_argument(
        "--without-jobs",
        action="store_true",
        help="leave jobs to a separate `guyub manage run_jobs`",
    )
    options = parser.parse_args(words)
    demand_free(options.host, options.port)
    prepare_files(options.data)
    open_installation(options.data)
    prepare_tables()
    print(f"Guyub serves on http://{options.host}:{options.port}  (Ctrl-C ends it)", flush=True)
    serve(options.host, options.port, options.workers, jobs=not options.without_jobs)
    return 0


def add_address(parser: argparse.ArgumentParser) -> None:
    """Where to serve, and what."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    parser.add_argument("--data", default="", metavar="FOLDER", help="folder of the installation")


def demand_free(host: str, port: int) -> None:
    """Say in words that a port is taken, before anything is prepared."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise Fault(f"{host}:{port} cannot be used ({error}); try --port {port + 1}.") from None


def serve(host: str, port: int, workers: int, *, jobs: bool = True) -> None:
    """Serve until somebody ends it. jobs: each process also runs long work, one at a time."""
    from granian import Granian
    from granian.constants import Interfaces

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guyub.config.settings")
    os.environ["GUYUB_SERVER_RUNS_JOBS"] = "1" if jobs else "0"
    Granian(
        "guyub.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        websockets=False,
        # Its access log would write addresses; ours tells what is needed (guyub.config.logs).
        log_access=False,
        log_enabled=False,
        respawn_failed_workers=True,
        # Ctrl-C in a terminal reaches workers and their parent at once, and one in ten workers then
        # waits for ever. What it was doing is whole or not there (tests/crash).
        workers_kill_timeout=_PATIENCE,
    ).serve()
