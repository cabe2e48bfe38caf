"""`guyub export`: people and ties of a community as tables or as a network, for who may."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from guyub.interfaces.cli.cli_messages import count_phrase
from guyub.interfaces.cli.installation import (
    actor_named,
    add_actor,
    open_installation,
    plain_faults,
)
from guyub.interfaces.cli.main import Fault

_EXAMPLE = r"""
Example:
  guyub export --as sari --community sukamaju --reason "village plan" \
    --people people.csv --ties ties.csv
  guyub export --as sari --community sukamaju --reason "village plan" \
    --format gexf --to sukamaju.gexf

xlsx holds people and ties on two sheets; graphml and gexf hold a network for Gephi, igraph,
networkx or R, in which a mutual tie is two arcs.

Only coordinators and owners take people out, and the log keeps who did and why. Judgements about
people (stance, observations) never leave this way. Keep the files safe: they hold people's names.
Without names they are not anonymous: whoever knows the village finds most people again by their
ties, and by those of the people they are tied to. Keep such files like the others.
"""


def run(words: Sequence[str]) -> int:
    """Run the command."""
    options = _parser().parse_args(words)
    files = _files(options)
    for file in files:
        if file.exists() and not options.overwrite:
            raise Fault(f"{file} is there already; choose another name or give --overwrite.")
        if not file.resolve().parent.is_dir():
            raise Fault(f"there is no folder {file.resolve().parent}.")
    open_installation(options.data)
    with plain_faults():
        from guyub.core.actions.exports import ExportFormat
        from guyub.interfaces.transfer.list_export import prepare_export
        from guyub.interfaces.transfer.writing import write, write_csv

        out = prepare_export(
            actor_named(options.who, options.community),
            reason=options.reason,
            format=ExportFormat(options.format),
            names=not options.without_names,
            phones=options.phones,
        )
        if len(files) == 1:
            with _private(files[0]) as stream:
                write(out, stream)
        else:
            for file, sheet in zip(files, (out.people, out.ties), strict=True):
                with _private(file) as stream:
                    write_csv(sheet, stream)
    people = count_phrase(out.people.count, "person", "people")
    print(f"{people} in {files[0]}, {count_phrase(out.ties.count, 'tie', 'ties')} in {files[-1]}")
    return 0


def _files(options: argparse.Namespace) -> list[Path]:
    """Where to write: two files for CSV, one for everything else."""
    if options.format == "csv":
        if not (options.people and options.ties) or options.to:
            raise Fault("name two files for CSV: --people FILE --ties FILE.")
        return [Path(options.people), Path(options.ties)]
    if options.people or options.ties or not options.to:
        raise Fault(f"name one file for {options.format}: --to FILE.")
    return [Path(options.to)]


@contextmanager
def _private(file: Path) -> Iterator[IO[bytes]]:
    """A file that only this user reads, from its first byte on."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        file.chmod(0o600)
        yield stream


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="guyub export",
        description="Export the people and ties of a community, as tables or as a network.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_actor(parser)
    parser.add_argument(
        "--format", choices=("csv", "xlsx", "graphml", "gexf"), default="csv", help="kind of file"
    )
    parser.add_argument("--people", metavar="FILE", help="where people are written, as CSV")
    parser.add_argument("--ties", metavar="FILE", help="where ties are written, as CSV")
    parser.add_argument("--to", metavar="FILE", help="where everything else is written")
    parser.add_argument(
        "--without-names",
        action="store_true",
        help="random numbers instead of names; this does not make anyone anonymous",
    )
    parser.add_argument("--reason", required=True, help="what it is for; it stays in the log")
    parser.add_argument("--phones", action="store_true", help="with phone numbers")
    parser.add_argument("--overwrite", action="store_true", help="replace files that are there")
    return parser
