"""What `guyub catalysts` does with its time on a long list, started anew.

    python -m bench.cold PEOPLE TIES BEGAN [WORDS …]

runs the command once, in this process, and prints the parts as JSON: seconds on the clock, however
many threads work. BEGAN is when the process was started, by `time.time()`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from statistics import median
from typing import Any

RUNS = 5

PARTS = ("imports", "reading", "network", "sampling", "rest")


def cold(people: Path, ties: Path, words: Sequence[str]) -> dict[str, float]:
    """The parts of the command, beside a plain read of the ties: medians of fresh processes."""
    runs = []
    for _ in range(RUNS):
        told = [str(people), str(ties), str(time.time()), *words]
        said = subprocess.run(
            [sys.executable, "-m", "bench.cold", *told], capture_output=True, text=True, check=True
        )
        runs.append(json.loads(said.stdout))
    return {part: median(run[part] for run in runs) for part in runs[0]}


def ratio(parts: dict[str, float]) -> float:
    """What is left of the command without imports and sampling, in plain reads of the ties."""
    return (parts["reading"] + parts["network"] + parts["rest"]) / parts["plain"]


class _Clock:
    """When the parts of the program are at work."""

    def __init__(self) -> None:
        self.spans: dict[str, list[tuple[float, float]]] = {part: [] for part in PARTS}

    def watch(self, owner: Any, name: str, part: str) -> None:
        """Note when something of a module or a class is at work."""
        done = getattr(owner, name)

        def watched(*arguments: Any, **named: Any) -> Any:
            begin = time.perf_counter()
            try:
                return done(*arguments, **named)
            finally:
                self.spans[part].append((begin, time.perf_counter()))

        setattr(owner, name, watched)

    def took(self, part: str) -> float:
        """How long at least one of them was."""
        took, until = 0.0, 0.0
        for begin, end in sorted(self.spans[part]):
            took += max(0.0, end - max(begin, until))
            until = max(until, end)
        return took


def _watched() -> tuple[_Clock, Callable[[list[str]], int]]:
    from guyub.engine.diffusion import simulations
    from guyub.engine.network.graph import Network
    from guyub.engine.plan import problem
    from guyub.engine.seeds import certificate, reverse_reachable
    from guyub.interfaces.cli import catalysts as command

    clock = _Clock()
    clock.watch(command, "frame_from_files", "reading")
    clock.watch(Network, "from_ties", "network")
    clock.watch(reverse_reachable.ReverseSets, "grow", "sampling")
    clock.watch(certificate, "count_hits", "sampling")
    for module in (problem, simulations):
        clock.watch(module, "simulate", "sampling")
    return clock, command.run


def main() -> None:
    """One run."""
    people, ties, began, *words = sys.argv[1:]
    clock, run = _watched()
    begin = time.perf_counter()
    imports = time.time() - float(began)
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        run(["--people", people, "--ties", ties, *words])
    whole = time.perf_counter() - begin
    parts = {part: clock.took(part) for part in ("reading", "network", "sampling")}
    parts |= {"imports": imports, "rest": whole - sum(parts.values())}
    print(json.dumps(parts | {"plain": _plain(Path(ties))}))


def _plain(ties: Path) -> float:
    """How long it takes to read the ties and do nothing with them."""
    import csv

    begin = time.perf_counter()
    with ties.open(newline="", encoding="utf-8") as stream:
        for _row in csv.reader(stream):
            pass
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
