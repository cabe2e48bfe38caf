"""Plants defects, one at a time, and shows that the tests see each: `python tests/mutations.py`.

For whoever changes many tests at once: what was seen before has to be seen afterwards. pytest does
not collect this file, and `make test` does not run it. The defects stand in `mutations.toml`, each
with the tests that have to fail. They are planted in copies, never in the project itself; where one
survives or cannot be tried, it ends with 1.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEFECTS = Path(__file__).with_suffix(".toml")

# What was compiled stays behind; what else set-up builds comes along: style sheet and translations.
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "data")

# Seconds for one run of pytest; a loop without an end is no answer.
PATIENCE = 900

# -x: one failure is enough. A journey that fails is not tried again: here it is meant to fail.
PYTEST = ("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--force-reruns=0")


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """A defect that somebody tired could make, and the tests that have to see it.

    breaks: what is then wrong. file: where. old, new: what stands there once, and what instead.
    tests: files or names of tests, as pytest takes them.
    """

    family: str
    breaks: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def plant(self, tree: Path) -> None:
        """Change the file in a copy."""
        path = tree / self.file
        text = path.read_text()
        if text.count(self.old) != 1:
            raise SystemExit(f"{self.breaks} {self.file} must hold the old text exactly once.")
        path.write_text(text.replace(self.old, self.new))


def mutations() -> list[Mutation]:
    """All of them, in the order in which they are numbered from 1."""
    rows = tomllib.loads(DEFECTS.read_text())["mutation"]
    return [Mutation(**row | {"tests": tuple(row["tests"])}) for row in rows]


@contextmanager
def copied(folder: Path) -> Iterator[Path]:
    """A copy of the project, which is gone afterwards; the next one lies in the same place."""
    tree = folder / "guyub"
    shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
    yield tree
    shutil.rmtree(tree)


def run(tree: Path, *arguments: str, kernels: Path) -> tuple[int, str]:
    """Run Python on the modules of a copy; gives the exit code and what it said.

    kernels: where compiled kernels are kept.
    """
    environment = os.environ | {"PYTHONPATH": str(tree / "src"), "NUMBA_CACHE_DIR": str(kernels)}
    command = [sys.executable, *arguments]
    try:
        done = subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, text=True, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return -1, f"It came to no end within {PATIENCE} seconds."
    return done.returncode, done.stdout + done.stderr


def demand_sound(chosen: Sequence[Mutation], folder: Path) -> None:
    """Without a defect all tests that are named pass, and it is the copy that they test."""
    kernels = folder / "kernels"
    with copied(folder) as tree:
        _code, place = run(tree, "-c", "import guyub; print(guyub.__file__)", kernels=kernels)
        if not place.startswith(str(tree)):
            raise SystemExit(f"The tests would not look at the copy, but at {place}")
        tests = dict.fromkeys(test for each in chosen for test in each.tests)
        code, said = run(tree, *PYTEST, *tests, kernels=kernels)
    if code:
        raise SystemExit(f"{said}\nNot all tests pass without a defect; no defect was planted.")


def outcome(mutation: Mutation, folder: Path) -> tuple[str, str]:
    """`caught`, `survived` or `error`, and what pytest said."""
    with copied(folder) as tree:
        mutation.plant(tree)
        # Numba does not notice that a step in another file is another one: it compiles anew.
        kernels = (tree if mutation.family == "engine" else folder) / "kernels"
        code, said = run(tree, *PYTEST, *mutation.tests, kernels=kernels)
    # A test that cannot even begin is told as an error, and sees nothing.
    if code == 1 and re.search(r"^\d+ failed", said, re.MULTILINE):
        return "caught", said
    return ("survived" if code == 0 else "error"), said


def main() -> int:
    """Plant what was asked for, and say what became of it."""
    every = list(enumerate(mutations(), start=1))
    families = sorted({each.family for _, each in every})
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--family", choices=families, help="only those of one family")
    parser.add_argument("--only", type=int, nargs="+", metavar="N", help="only these numbers")
    asked = parser.parse_args()
    chosen = {
        number: each
        for number, each in every
        if asked.family in (None, each.family) and (not asked.only or number in asked.only)
    }
    with tempfile.TemporaryDirectory(prefix="guyub-mutations-") as folder:
        return plant_all(chosen, Path(folder).resolve())


def plant_all(chosen: Mapping[int, Mutation], folder: Path) -> int:
    """Plant them one by one; 0 where each was caught."""
    began = time.monotonic()
    demand_sound(list(chosen.values()), folder)
    print(f"{len(chosen)} defects; without them all tests pass ({time.monotonic() - began:.0f} s)")
    caught = 0
    for number, each in chosen.items():
        start = time.monotonic()
        became, said = outcome(each, folder)
        caught += became == "caught"
        took = time.monotonic() - start
        print(f"{number:3} {each.family:8} {became:8} {took:4.0f} s  {each.breaks}", flush=True)
        if became == "error":
            print(said[-2000:])
    minutes = (time.monotonic() - began) / 60
    print(f"{caught} of {len(chosen)} caught in {minutes:.0f} minutes")
    return 0 if caught == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
