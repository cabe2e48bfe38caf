"""Which wishes go together: the page of explanation says what the engine refuses."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from guyub.engine.errors import EngineError
from guyub.engine.plan.request import Hours, PlanRequest

PAGE = Path(__file__).resolve().parents[3] / "docs/explanation/the-starting-plan.md"

WISHES = {
    "people who count more": {"weights": {"p0": 3.0}},
    "groups": {"fair_by": "gender"},
    "hours": {"hours": Hours(there=8.0)},
    "people you chose": {"given": ("p0",)},
    "a habit": {"needs": 2},
    "opponents who speak": {"competitive": True},
}


def refused(one: str, other: str) -> bool:
    try:
        PlanRequest(**WISHES[one], **WISHES[other])  # type: ignore[arg-type]
    except EngineError:
        return True
    return False


def test_the_page_names_the_wishes_that_cannot_be_combined() -> None:
    lines = PAGE.read_text().split("not together with |")[1].split("\n\n")[0].splitlines()[2:]
    told = set()
    for line in lines:
        wish, others = (cell.strip() for cell in line.strip("|").split("|"))
        wish = "groups" if "groups" in wish else wish
        told |= {frozenset((wish, other.strip())) for other in others.split(",")}

    assert told == {frozenset(pair) for pair in combinations(WISHES, 2) if refused(*pair)}
