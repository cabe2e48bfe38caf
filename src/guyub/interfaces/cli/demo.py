"""`guyub demo`: a sample community to look around in, in a folder of its own."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path

from guyub.interfaces.cli.installation import open_installation, plain_faults, prepare_tables
from guyub.interfaces.cli.serve import add_address, demand_free, serve

_EXAMPLE = """\
Example:
  guyub demo
  guyub demo --port 8080 --data ~/guyub-demo

The first start makes the sample community; later ones find it as you left it. Remove the folder to
begin anew. Nobody in it is real.
"""

_LOG_INS = "demo_log_ins.json"


def run(words: Sequence[str]) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="guyub demo",
        description="Serve a sample community, to explore.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_address(parser)
    options = parser.parse_args(words)
    demand_free(options.host, options.port)
    if options.host not in {"127.0.0.1", "localhost", "::1"}:
        # Whoever opens the demo to a network wants to reach it by any name.
        os.environ.setdefault("GUYUB_HOSTS", "*")
    # Invented people never go into a database that is used for real.
    os.environ.pop("GUYUB_DATABASE_URL", None)
    folder = Path(options.data or "guyub-demo")
    open_installation(str(folder))
    prepare_tables()
    passwords = _log_ins(folder)
    _tell(f"http://{options.host}:{options.port}", passwords)
    serve(options.host, options.port, workers=1)
    return 0


def _log_ins(folder: Path) -> dict[str, str]:
    """The passwords of the team; the first start makes them, and the community."""
    from guyub.core.models import Account

    file = folder / _LOG_INS
    if Account.objects.exists():
        return json.loads(file.read_text()) if file.exists() else {}
    from django.utils import timezone

    from guyub.core.first_password import first_password
    from guyub.sample.community import sample_community
    from guyub.sample.founding import OWNER, TEAM, found_sample

    print("Making the sample community ...", flush=True)
    passwords = {username: first_password() for username, *_ in (*TEAM, OWNER)}
    file.touch(mode=0o600)
    file.write_text(json.dumps(passwords, indent=2))
    with plain_faults():
        found_sample(sample_community(today=timezone.localdate()), passwords)
    return passwords


def _tell(address: str, passwords: dict[str, str]) -> None:
    from guyub.sample.founding import OWNER, TEAM

    print(f"\nGuyub serves the sample community on {address}  (Ctrl-C ends it)\n")
    if not passwords:
        print("Its log-ins have changed since the first start.")
    for username, _name, role in (*TEAM, (*OWNER, "owner")):
        if username in passwords:
            print(f"  {username:<6} {passwords[username]:<26} {role}")
    print(flush=True)
