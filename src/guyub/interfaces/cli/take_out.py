"""`guyub export`: people and ties of a community as spreadsheets, for who may take them out."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from guyub.interfaces.cli.installation import acting, add_actor, open_installation, told_plainly
from guyub.interfaces.cli.main import Fault
from guyub.interfaces.cli.words import counted

_EXAMPLE = r"""
Example:
  guyub export --as sari --community sukamaju --reason "village plan" \
    --people people.csv --ties ties.csv

Only coordinators and owners take names out, and the log keeps who did and why. Judgements about
people (stance, observations) never leave this way. Keep the files safe: they hold people's names.
"""


def run(words: Sequence[str]) -> int:
    """Run the command."""
    options = _parser().parse_args(words)
    files = [Path(options.people), Path(options.ties)]
    for file in files:
        if file.exists() and not options.overwrite:
            raise Fault(f"{file} is there already; choose another name or give --overwrite.")
        if not file.resolve().parent.is_dir():
            raise Fault(f"there is no folder {file.resolve().parent}.")
    open_installation(options.data)
    with told_plainly():
        from guyub.interfaces.transfer.taking_out import taking_out

        actor = acting(options.who, options.community)
        found = taking_out(actor, reason=options.reason, phones=options.phones)
    for file, content in zip(files, (found.people, found.ties), strict=True):
        _write(file, content)
    people = counted(found.people_rows, "person", "people")
    print(f"{people} in {files[0]}, {counted(found.tie_rows, 'tie', 'ties')} in {files[1]}")
    return 0


def _write(file: Path, content: str) -> None:
    """Readable by this user only; a spreadsheet program needs the mark to see UTF-8."""
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_text("\N{BYTE ORDER MARK}" + content, encoding="utf-8", newline="")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="guyub export",
        description="Take people and ties of a community out as CSV.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_actor(parser)
    parser.add_argument("--people", required=True, metavar="FILE", help="where people are written")
    parser.add_argument("--ties", required=True, metavar="FILE", help="where ties are written")
    parser.add_argument("--reason", required=True, help="what it is for; it stays in the log")
    parser.add_argument("--phones", action="store_true", help="with phone numbers")
    parser.add_argument("--overwrite", action="store_true", help="replace files that are there")
    return parser
