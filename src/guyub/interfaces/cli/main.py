"""Finds the command that was asked for, and lets it speak for itself.

Nothing heavy is imported before: `guyub --help` answers at once on the oldest laptop.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from guyub import __version__

_EPILOG = """\
With two spreadsheets and no set-up:
  guyub catalysts --people people.csv --ties ties.csv -k 5

Every command has a --help of its own, with an example.
"""


@dataclass(frozen=True)
class Command:
    """A command: the module that holds it, and what it does in one line.

    brief: it reads, answers and ends.
    """

    module: str
    does: str
    brief: bool = False


COMMANDS = {
    "catalysts": Command("catalysts", "who to start with, and why (from files)", brief=True),
    "cohesion": Command("cohesion", "how a community is connected (from files)", brief=True),
    "demo": Command("demo", "serve a sample community, to explore"),
    "serve": Command("serve", "serve this installation"),
    "account": Command("account", "create an organisation, add people, give new passwords"),
    "import": Command("list_import", "import people and ties from spreadsheets"),
    "export": Command("list_export", "export people and ties as spreadsheets"),
    "manage": Command("manage", "operate the installation: tables, keys, checks (Django)"),
}


class Fault(Exception):
    """Something the person at the keyboard can mend; told in one sentence, exit code 2."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    if not words:
        parser.print_help()
        return 0
    known = parser.parse_args(words[:1])
    command = COMMANDS[known.command]
    if command.brief:
        # Gone in a second or two: looking for garbage would only cost a tenth of that.
        gc.disable()
    module = importlib.import_module(f"guyub.interfaces.cli.{command.module}")
    try:
        return int(module.run(words[1:]) or 0)
    except ImportError as missing:
        if missing.name and missing.name.startswith("guyub"):
            raise
        print(
            f"guyub: this command needs {missing.name}: pip install 'guyub[web]'", file=sys.stderr
        )
        return 2
    except Fault as fault:
        print(f"guyub: {fault}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever reads our output (head, less) has seen enough.
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    lines = [f"  {name:<11} {command.does}" for name, command in COMMANDS.items()]
    parser = argparse.ArgumentParser(
        prog="guyub",
        description="A workbench for those who help communities to organise and to develop "
        "themselves.\n\ncommands:\n" + "\n".join(lines),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"guyub {__version__}")
    parser.add_argument("command", choices=list(COMMANDS), metavar="command")
    return parser
