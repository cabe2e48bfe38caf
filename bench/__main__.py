"""Prints every figure, beside a peer or a limit where there is one: `make bench`.

Times are medians of warm runs unless they say cold. A ratio says more than a figure: both sides of
it ran on the same machine, one after the other.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bench import networks
from guyub.engine import (
    Frame,
    Network,
    PlanRequest,
    SeedProblem,
    baselines,
    catalysts,
    choose_visits,
    fair_catalysts,
    habit_plan,
    simulate,
    starting_plan,
    weighted_cascade,
)
from guyub.interfaces.cli.frame_from_files import frame_from_files

GUYUB = [sys.executable, "-m", "guyub.interfaces.cli"]

# Published for this network size by its C++ implementation (Guo et al. 2020), one thread, on a
# machine of this kind.
SUBSIM = 0.070

_COUNT = 50


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _engine(folder)
        _shell(folder)
    _heading("Catalysts beside other libraries: docs/reference/performance.md")
    for name in ("bench.choosing", "bench.asking"):
        subprocess.run([sys.executable, "-m", name], check=True)
    _database()


def _engine(folder: Path) -> None:
    network = networks.district()
    source, target = network.out_sources, network.out_targets
    diffusion = weighted_cascade(network)
    _heading(f"Engine: {network.size:,} people, {network.arcs:,} arcs, weighted cascade")
    _row("network from ties", _time(lambda: Network.from_ties(network.size, source, target)))
    found = catalysts(SeedProblem.of(diffusion), _COUNT)
    choosing = _time(lambda: catalysts(SeedProblem.of(diffusion), _COUNT), runs=9)
    said = f"guarantee {found.guarantee:.3f}, {found.sets:,} sets"
    _row(f"catalysts, k = {_COUNT}, ε = 0.1", choosing, said)
    _row("  beside SUBSIM's published 0.070 s", choosing, f"{choosing / SUBSIM:.2f} ×")
    _row("usual choices, all seven", _time(lambda: baselines(network, _COUNT, seed=1), runs=3))
    playing = _time(lambda: simulate(diffusion, found.people, seed=5, simulations=300, threads=1))
    _row("cascades, one thread", playing, f"{300 / playing:,.0f} a second")
    people, ties = networks.village_csv(_folder(folder, "village"))
    frame = frame_from_files(str(people), str(ties)).frame
    _heading(f"Engine: the sample village, {frame.size} people, {frame.source.size:,} ties, k = 5")
    for text in ("model", "weighted-cascade", "constant:0.1"):
        diffusion = frame.diffusion(text)
        found = catalysts(SeedProblem.of(diffusion), 5)
        took = _time(lambda diffusion=diffusion: catalysts(SeedProblem.of(diffusion), 5), runs=9)  # type: ignore[misc]
        _row(f"catalysts, {text}", took, f"guarantee {found.guarantee:.3f}")
    _wishes(frame)


def _wishes(frame: Frame) -> None:
    """One wish after the other, on the village and Guyub's own model."""
    diffusion = frame.diffusion()
    generator = np.random.default_rng(1)
    weights, hours = (
        generator.uniform(0.0, 3.0, frame.size),
        generator.uniform(0.5, 3.0, frame.size),
    )
    groups = np.arange(frame.size) % 5
    asked: dict[str, Callable[[], Any]] = {
        "people with weights": lambda: catalysts(SeedProblem.of(diffusion, weights=weights), 5),
        "every group, fair share": lambda: fair_catalysts(SeedProblem.of(diffusion), 5, groups),
        "every group, worst-off first": lambda: fair_catalysts(
            SeedProblem.of(diffusion), 5, groups, aim="worst"
        ),
        "visits within 8 hours": lambda: choose_visits(SeedProblem.of(diffusion), hours, 8.0),
    }
    for name, ask in asked.items():
        _row(f"  {name}", _time(ask, runs=9), f"guarantee {ask().guarantee:.3f}")
    request = PlanRequest(stability=True, guess=True)
    whole = _time(lambda: starting_plan(frame, request), runs=5)
    _row("  a whole plan, as the page asks", whole, "with reasons, comparison, stability")
    habit = habit_plan(SeedProblem.of(diffusion), 5)
    said = f"{habit.reach.expected:.1f} people beside {habit.plain_reach.expected:.1f}"
    _row("  a habit", _time(lambda: habit_plan(SeedProblem.of(diffusion), 5), runs=3), said)


def _shell(folder: Path) -> None:
    _heading("Shell: whole process, cold")
    _row("guyub --help", _time(lambda: _run("--help"), runs=7))
    _row("guyub --version", _time(lambda: _run("--version"), runs=7))
    people, ties = networks.village_csv(_folder(folder, "village"))
    files = ["--people", str(people), "--ties", str(ties)]
    _row("guyub catalysts, village", _time(lambda: _run("catalysts", *files), runs=5))
    _row("guyub cohesion, village", _time(lambda: _run("cohesion", *files), runs=5))
    people, ties = networks.write_csv(networks.district(), _folder(folder, "district"))
    files = ["--people", str(people), "--ties", str(ties)]
    words = ["catalysts", *files, "-k", str(_COUNT), "--spread", "weighted-cascade"]
    _row("guyub catalysts, district's CSV", _time(lambda: _run(*words), runs=3), "k = 50")


def _database() -> None:
    """Imports and pages, on both databases; and the picture of a network, in Chromium."""
    for words in ([], ["scripts/with_postgres.py", sys.executable]):
        for name in ("bench.bringing_in", "bench.pages", "bench.daily"):
            subprocess.run([sys.executable, *words, "-m", name], check=True)
    _heading("In the browser")
    subprocess.run([sys.executable, "-m", "bench.pictures"], check=True)
    _heading("On a slow phone with a slow line")
    subprocess.run([sys.executable, "-m", "bench.phone"], check=True)


def _folder(folder: Path, name: str) -> Path:
    inner = folder / name
    inner.mkdir(exist_ok=True)
    return inner


def _run(*words: str) -> None:
    environment = {**os.environ, "LANG": "C.UTF-8"}
    subprocess.run(
        [*GUYUB, *words],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def _time(work: Callable[[], Any], runs: int = 5) -> float:
    """The median of some runs, after one that warms."""
    work()
    took = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        took.append(time.perf_counter() - begin)
    return median(took)


def _heading(text: str) -> None:
    print(f"\n{text}", flush=True)


def _row(label: str, seconds: float, said: str = "") -> None:
    print(f"  {label:<38} {seconds:>8.3f} s  {said}", flush=True)


if __name__ == "__main__":
    main()
