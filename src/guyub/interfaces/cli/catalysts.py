"""`guyub catalysts`: with whom to begin, and why, from two spreadsheets."""

from __future__ import annotations

import argparse
import csv
import json
import sys
import textwrap
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from typing import Any

from guyub.engine import (
    GROUPINGS,
    Chosen,
    EngineError,
    Frame,
    Hours,
    PlanRequest,
    Reason,
    StartingPlan,
    TooLittleKnown,
    hear_first,
    sentence,
    starting_plan,
)
from guyub.engine.plan.outcome import OBJECTIVES, REACH, SELF_STARTERS
from guyub.engine.warm_up import load_kernels
from guyub.interfaces.cli.cli_messages import number, word
from guyub.interfaces.cli.frame_from_files import add_file_options, frame_from_files
from guyub.interfaces.cli.main import Fault
from guyub.interfaces.cli.scale_options import counting_of
from guyub.interfaces.transfer.cells import safe_cell

_EXAMPLE = """\
Example:
  guyub catalysts --people people.csv --ties ties.csv -k 5
  guyub catalysts --people people.csv --ties ties.csv -k 5 --exclude w012 --language id

A people file needs a column id or name; known besides: gender, birth_year, household, dusun,
office, stance, initiative, responsibility, vision, proactive, promises_kept, hosted ... A ties file
needs from and to; known besides: kind, strength, mutual, reported_by, date, wave. Indonesian
headings are understood.
"""

# Which sentence tells the guarantee, of a plan that looks to groups and of one within hours.
_GUARANTEES = {
    (False, False): "guarantee",
    (True, False): "fair_guarantee",
    (False, True): "hours_guarantee",
}


# What the command does not ask of a plan.
_UNASKED = {"outlook", "opposition", "stability"}


def run(words: Sequence[str]) -> int:
    """Run the command."""
    options = _parser().parse_args(words)
    with ThreadPoolExecutor(1) as beside:
        beside.submit(load_kernels)
        found = frame_from_files(
            options.people, options.ties, wave=options.wave, counting=counting_of(options)
        )
    try:
        request = PlanRequest(
            count=options.count,
            seed=options.seed,
            spread=options.spread,
            excluded=_ids(options.exclude),
            active=_ids(options.active),
            fair_by=options.fair_by,
            aim=options.aim,
            hours=_hours(options),
            needs=options.needs,
            competitive=options.speak_against,
            given=_ids(options.choose),
            guess=options.guess_ties,
            objective=options.objective or SELF_STARTERS,
        )
        plan = _planned(found.frame, request, options)
    except EngineError as error:
        raise Fault(str(error)) from None
    if options.format == "json":
        json.dump(
            as_json(plan, found.notes, options.language), sys.stdout, indent=2, ensure_ascii=False
        )
        print()
        return 0
    for note in found.notes:
        print(f"guyub: {note}", file=sys.stderr)
    show = _csv if options.format == "csv" else _table
    show(plan, options.language)
    return 0


def _planned(frame: Frame, request: PlanRequest, options: argparse.Namespace) -> StartingPlan:
    """The plan; by ties alone where nobody chose what it looks for, and no more is known.

    :raises Fault: neither is known.
    """
    try:
        return starting_plan(frame, request)
    except TooLittleKnown as error:
        heard = frame.known() & (frame.acts + frame.asked_to_lead**2 > 0)
        first = hear_first(frame, heard, request.count)
        names = ", ".join(each.name or each.id for each in first)
        if options.objective or not frame.network().arcs:
            raise Fault(f"{error} Hear these people first: {names}.") from None
        plan = starting_plan(frame, replace(request, objective=REACH))
        alone = Reason(code="by_ties_alone", facts={"names": names})
        return replace(plan, assumptions=(alone, *plan.assumptions))


def _ids(given: Sequence[str]) -> list[str]:
    return [name for each in given for name in each.split(",") if name]


def _hours(options: argparse.Namespace) -> Hours | None:
    """Hours for visits; each --visit is a number for all of them or PLACE=number for some."""
    if options.hours is None:
        if options.visit or options.households:
            raise Fault("--visit and --households go with --hours: how many hours are there?")
        return None
    each, by_place = 1.0, {}
    for told in options.visit:
        place, _, number_told = told.rpartition("=")
        try:
            hours = float(number_told.replace(",", "."))
        except ValueError:
            raise Fault(f"--visit {told}: write a number of hours, or PLACE=hours.") from None
        if place:
            by_place[place] = hours
        else:
            each = hours
    return Hours(there=options.hours, each=each, by_place=by_place, households=options.households)


def as_json(plan: StartingPlan, notes: Sequence[str], language: str) -> dict[str, Any]:
    """The plan as plain data, reasons as sentences. Its keys are stable (docs/reference/cli.md)."""
    told = _rounded(plan.to_dict())
    for one, chosen in zip(told["catalysts"], plan.catalysts, strict=True):
        one["reasons"] = [sentence(reason, language) for reason in chosen.reasons]
    told["assumptions"] = [sentence(reason, language) for reason in plan.assumptions]
    return told | {"notes": list(notes)}


def _rounded(value: Any, digits: int = 4) -> Any:
    """Plain data without more digits than mean anything."""
    if isinstance(value, dict):
        return {
            name: _rounded(each, 6 if name == "confidence" else 4)
            for name, each in value.items()
            if name not in _UNASKED
        }
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    return round(value, digits) if isinstance(value, float) else value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="guyub catalysts",
        description="Who to start with: the few people expected to reach most.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_file_options(parser)
    parser.add_argument("-k", "--count", type=int, default=5, help="how many people (5)")
    parser.add_argument(
        "--objective",
        choices=OBJECTIVES,
        help="self-starters: who starts things, and how far that carries; reach: how far ties "
        "carry (self-starters where the list says who starts things, else reach)",
    )
    parser.add_argument(
        "--spread",
        default="model",
        help="how news spreads: model, weighted-cascade or constant:0.1 (model)",
    )
    parser.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="ID",
        help="a person to leave out; may be repeated",
    )
    parser.add_argument(
        "--active",
        action="append",
        default=[],
        metavar="ID",
        help="a person who has already begun; may be repeated",
    )
    _add_wishes(parser)
    return parser


def _add_wishes(parser: argparse.ArgumentParser) -> None:
    """What is to spread, to which groups, and along which ties."""
    parser.add_argument(
        "--needs",
        type=int,
        default=1,
        metavar="N",
        help="how many others must have shown it: 1 for news, 2 or more for a habit (1)",
    )
    parser.add_argument(
        "--fair-by",
        default="",
        choices=GROUPINGS,
        help="balance the groups of this grouping",
    )
    parser.add_argument(
        "--aim",
        default="welfare",
        help="how groups are balanced: welfare, a fair share; worst, the worst-off first; "
        "wanted:NAME, this group first (welfare)",
    )
    parser.add_argument(
        "--guess-ties",
        action="store_true",
        help="count estimated ties between people who were never asked (with --spread model)",
    )
    _add_ways(parser)


def _add_ways(parser: argparse.ArgumentParser) -> None:
    """Who speaks against it, within which hours, or who was chosen by hand."""
    parser.add_argument(
        "--speak-against",
        action="store_true",
        help="active opponents spread the opposite instead of keeping silent",
    )
    parser.add_argument(
        "--hours",
        type=float,
        metavar="H",
        help="a limit on hours, instead of a number of people",
    )
    parser.add_argument(
        "--visit",
        action="append",
        default=[],
        metavar="H",
        help="hours for one visit (1); PLACE=H for visits in a sub-community; may be repeated",
    )
    parser.add_argument(
        "--households",
        action="store_true",
        help="people in one household are met in one visit",
    )
    parser.add_argument(
        "--choose",
        action="append",
        default=[],
        metavar="ID",
        help="evaluate your own choice instead; may be repeated",
    )


def _csv(plan: StartingPlan, language: str) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["place", "id", "name", "marginal_reach", "reasons"])
    for place, each in enumerate(plan.catalysts, start=1):
        reasons = "; ".join(sentence(reason, language) for reason in each.reasons)
        row = [place, each.id, each.name, f"{each.marginal_reach:.4f}", reasons]
        writer.writerow([safe_cell(cell) for cell in row])


def _table(plan: StartingPlan, language: str) -> None:
    facts = {
        "people": number(plan.people, language, 0),
        "ties": number(plan.ties, language, 0),
        "seed": plan.seed,
        "spread": plan.spread,
    }
    print(f"{word('begin_with', language)}  ({word('of', language, **facts)})\n")
    alone = [each for each in plan.assumptions if each.code == "by_ties_alone"]
    for reason in alone:
        _say(sentence(reason, language) + "\n")
    for place, each in enumerate(plan.catalysts, start=1):
        print("\n".join(_lines(place, each, language, plan.objective)))
    shown = {key: number(value, language) for key, value in asdict(plan.reach).items()}
    print()
    if plan.active:
        _say(word("active", language, count=len(plan.active)))
    _say(word("reach", language, **(shown | {"people": facts["people"]})))
    if plan.guarantee is not None and plan.confidence is not None:
        _say(
            word(
                _GUARANTEES[(plan.fairness is not None, plan.visits is not None)],
                language,
                count=len(plan.catalysts),
                guarantee=number(100 * plan.guarantee, language, 0),
                better=number(100 * (1 / max(plan.guarantee, 0.01) - 1), language, 0),
                confidence=number(100 * plan.confidence, language, 2),
            )
        )
    _groups(plan, language)
    _kept_to_hours(plan, language)
    _against(plan, language)
    print(f"\n{word('comparison', language)}")
    ways = {"this_plan": plan.reach, **plan.comparison}
    width = max(len(word(name, language)) for name in ways)
    for name, reach in ways.items():
        low, high = number(reach.low, language), number(reach.high, language)
        expected = number(reach.expected, language)
        print(f"  {word(name, language):<{width}}  {expected:>9}  ({low} - {high})")
    print()
    for assumption in plan.assumptions:
        if assumption not in alone:
            _say(sentence(assumption, language))


def _groups(plan: StartingPlan, language: str) -> None:
    """How far every group is reached, and what that costs."""
    if plan.fairness is None:
        return
    print(f"\n{word('each_group', language)}")
    for name, group in plan.fairness.groups.items():
        said = word(
            "group_reached",
            language,
            reached=number(100 * group.reached, language, 0),
            plainly=number(100 * group.reached_plainly, language, 0),
            chosen=group.chosen,
        )
        print(f"  {name}: {said}")
    price = {key: number(value, language) for key, value in asdict(plan.fairness.price).items()}
    _say(word("price", language, **price))


def _kept_to_hours(plan: StartingPlan, language: str) -> None:
    """The visits, their hours, and what keeping to them costs."""
    if (found := plan.visits) is None:
        return
    print(f"\n{word('visits', language)}")
    for place, visit in enumerate(found.visits, start=1):
        hours = word("hours", language, hours=number(visit.hours, language))
        print(f"{place:>3}. {', '.join(visit.people)}, {hours}")
    told = {key: number(value, language) for key, value in asdict(found.price).items()}
    told |= {
        key: number(getattr(found, key), language) for key in ("there", "taken", "plain_hours")
    }
    _say(word("hours_taken", language, **told))


def _against(plan: StartingPlan, language: str) -> None:
    """What it means that some speak against it."""
    if (found := plan.contest) is None:
        return
    unopposed = number(found.unopposed.expected, language)
    print()
    _say(word("contest", language, speakers=found.speakers, unopposed=unopposed))
    if found.more is not None:
        more = {key: number(value, language) for key, value in asdict(found.more).items()}
        _say(word("contest_more", language, **more))


def _lines(place: int, each: Chosen, language: str, objective: str) -> list[str]:
    who = f"{each.name} ({each.id})" if each.name and each.name != each.id else each.id
    adds = word("adds", language, number=number(each.marginal_reach, language))
    reasons = [sentence(reason, language) for reason in each.reasons]
    starts = each.starting
    if objective == SELF_STARTERS and starts is not None:
        told = word(f"starts_{starts.word}", language)
        who = f"{who}, {told} ({number(100 * starts.chance, language, 0)} %)"
    return [f"{place:>3}. {who}, {adds}", *(f"       {reason}" for reason in reasons)]


def _say(text: str) -> None:
    print(textwrap.fill(text, 96, subsequent_indent="  ", break_long_words=False))
