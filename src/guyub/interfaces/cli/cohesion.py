"""`guyub cohesion`: how a community holds together, from two spreadsheets."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

from guyub.engine import Frame, cohesion, external_internal
from guyub.interfaces.cli.cli_messages import number, word
from guyub.interfaces.cli.frame_from_files import add_file_options, frame_from_files
from guyub.interfaces.cli.scale_options import counting_of
from guyub.interfaces.transfer.cells import safe_cell

_EXAMPLE = """\
Example:
  guyub cohesion --people people.csv --ties ties.csv
  guyub cohesion --people people.csv --ties ties.csv --format json
"""

# So many names stand for the rest in a table; JSON tells them all. Our choice.
_NAMES = 5


def run(words: Sequence[str]) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="guyub cohesion",
        description="How a community is connected: parts, groups, bridges, people without ties.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_file_options(parser)
    options = parser.parse_args(words)
    found = frame_from_files(
        options.people, options.ties, wave=options.wave, counting=counting_of(options)
    )
    figures = as_json(found.frame, options.seed)
    if options.format == "json":
        json.dump({**figures, "notes": list(found.notes)}, sys.stdout, indent=2, ensure_ascii=False)
        print()
        return 0
    for note in found.notes:
        print(f"guyub: {note}", file=sys.stderr)
    lines = _lines(found.frame, figures, options.language)
    if options.format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(["figure", "value", "people"])
        writer.writerows([[safe_cell(cell) for cell in line] for line in lines])
        return 0
    print(word("how_it_holds", options.language) + "\n")
    width = max(len(label) for label, _, _ in lines)
    for label, value, who in lines:
        print(f"  {label:<{width}}  {value}{f', {who}' if who else ''}")
    return 0


def as_json(frame: Frame, seed: int) -> dict[str, Any]:
    """The figures as plain data, people by their ids (docs/reference/cli.md)."""
    network = frame.network()
    found = cohesion(network, seed=seed)
    apart = external_internal(network, frame.sub_community)
    core = int(found.core.max(initial=0))
    return {
        "people": found.people,
        "ties": found.ties,
        "density": round(found.density, 6),
        "components": found.components,
        "giant_share": round(found.giant_share, 6),
        "isolates": _ids(frame, found.isolates),
        "reciprocity": _rounded(found.reciprocity),
        "transitivity": _rounded(found.transitivity),
        "groups": {
            "count": found.groups.count,
            "modularity": round(found.groups.modularity, 6),
            "of": {
                identifier: int(group)
                for identifier, group in zip(frame.id, found.groups.group, strict=True)
            },
        },
        "external_internal": {
            "index": _rounded(apart.index),
            "by_sub_community": {label: round(value, 6) for label, value in apart.by_label.items()},
        },
        "bridges": [[frame.id[one], frame.id[other]] for one, other in found.bridges],
        "cut_people": _ids(frame, found.cut_people),
        "core": {
            "largest": core,
            "people": _ids(frame, np.flatnonzero(found.core == core)) if core else [],
        },
        "seed": seed,
    }


def _lines(frame: Frame, figures: dict[str, Any], language: str) -> list[tuple[str, str, str]]:
    def line(key: str, value: object, who: str = "") -> tuple[str, str, str]:
        return word(key, language), str(value), who

    def decimal(value: float | None) -> str:
        return word("not_known", language) if value is None else number(value, language, 3)

    def names(identifiers: Sequence[str]) -> str:
        called = dict(zip(frame.id, frame.name, strict=True))
        some = [called[each] or each for each in identifiers[:_NAMES]]
        return word("such_as", language, names=", ".join(some)) if some else ""

    groups = figures["groups"]
    sizes = np.bincount(list(groups["of"].values()))
    large = [str(size) for size in sizes if size > 1]
    pairs = [f"{one} - {other}" for one, other in figures["bridges"][:_NAMES]]
    core = figures["core"]
    return [
        line("people", number(figures["people"], language, 0)),
        line("ties", number(figures["ties"], language, 0)),
        line("density", decimal(figures["density"])),
        line("components", figures["components"]),
        line("giant_share", decimal(figures["giant_share"])),
        line("isolates", len(figures["isolates"]), names(figures["isolates"])),
        line("reciprocity", decimal(figures["reciprocity"])),
        line("transitivity", decimal(figures["transitivity"])),
        line("groups", groups["count"]),
        line("modularity", decimal(groups["modularity"])),
        line("group_sizes", ", ".join(large[:20]) or "-"),
        line("external_internal", decimal(figures["external_internal"]["index"])),
        line("bridges", len(figures["bridges"]), "; ".join(pairs)),
        line("cut_people", len(figures["cut_people"]), names(figures["cut_people"])),
        line("largest_core", f"{core['largest']}, {len(core['people'])}"),
    ]


def _ids(frame: Frame, people: Any) -> list[str]:
    return [frame.id[int(person)] for person in people]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
