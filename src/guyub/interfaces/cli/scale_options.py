"""Asking in the shell how a list counts its scales: nothing is taken upside down."""

from __future__ import annotations

import argparse

from guyub.interfaces.cli.cli_messages import count_phrase
from guyub.interfaces.cli.main import Fault
from guyub.interfaces.transfer.columns import PeopleColumns
from guyub.interfaces.transfer.scales import RANGES, STANCES, Counting, Sides


def add_counting_options(parser: argparse.ArgumentParser) -> None:
    """The answers to what may be asked."""
    parser.add_argument(
        "--stance", choices=STANCES, default="", help="which end of the stance is support"
    )
    parser.add_argument(
        "--traits", choices=RANGES, default="", help="where the other scales begin and end"
    )


def counting_of(options: argparse.Namespace) -> Counting:
    """What was answered."""
    return Counting(stance=options.stance, traits=options.traits)


def demand_answers(people: PeopleColumns) -> None:
    """Ask how scales are counted where that is not certain; nothing comes in upside down.

    :raises Fault: it was not said.
    """
    if "stance" in people.asks:
        one, five = Sides.of(people.traits["stance"]), Sides.of(people.turned_stance)
        raise Fault(
            "say which end of the stance scale means support: "
            f"--stance {STANCES[0]} ({_sides(one)}) or --stance {STANCES[1]} ({_sides(five)})."
        )
    if "traits" in people.asks:
        raise Fault(
            "a scale goes up to 5 and has no 0; say where it starts: "
            f"--traits {RANGES[0]} or --traits {RANGES[1]}."
        )


def _sides(sides: Sides) -> str:
    allies = count_phrase(sides.allies, "ally", "allies")
    return f"{allies}, {count_phrase(sides.opponents, 'opponent', 'opponents')}"
