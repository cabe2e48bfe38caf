"""Real communities to try things out on, where they lie beside the project; never part of it."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"
NAMES = (
    "arang-dak",
    "illinois-doctors",
    "karnataka-village",
    "korea-family-planning",
    "tailor-shop",
)


def files(name: str) -> tuple[str, str]:
    """The people and ties of a data set; skips the test where it is not there."""
    people, ties = FOLDER / name / "people.csv", FOLDER / name / "ties.csv"
    if not people.exists():
        pytest.skip(f"the data set {name} does not lie beside the project")
    return str(people), str(ties)
