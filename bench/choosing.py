"""How fast catalysts are chosen, and how far they reach, beside other programs.

    python -m bench.choosing [--peer NAME=COMMAND]

writes docs/reference/performance.md and the picture beside it. Ours and the peer's take turns, and
the medians are compared. A program of one's own joins by --peer: its command may hold {arcs}, a
file of lines `from to chance`, and {count}; it prints the people it chose, and is timed as a whole.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bench import cold, networks
from bench.markdown import table
from guyub.engine import (
    DiffusionModel,
    Network,
    SeedProblem,
    catalysts,
    constant,
    simulate,
    weighted_cascade,
)
from guyub.interfaces.cli.frame_from_files import frame_from_files

PAGE = Path("docs/reference/performance.md")
PICTURE = PAGE.with_suffix(".svg")
WORDS = Path("bench/performance.md")
PEERS = Path(".venv-peers/bin/python")

RUNS, SIMULATIONS = 5, 300

# Up to so many people we go on until nine tenths are proved; beyond, peers are met at the promise.
VILLAGE = 5000

# Sizes of plans that are compared.
COUNTS = (1, 10, 50)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A question, how long it took us and a peer, and what came of it."""

    graph: str
    count: int
    ours: float
    guarantee: float
    reach: float
    peer: str = ""
    theirs: float = 0.0
    their_reach: float = 0.0


class Peer:
    """PyNetIM and cynetdiff in a process of their own, which has read the network."""

    name = "PyNetIM 0.5.5"

    def __init__(self, folder: Path, diffusion: DiffusionModel) -> None:
        file = folder / "network.npz"
        np.savez(
            file,
            offsets=diffusion.network.out_offsets,
            targets=diffusion.network.out_targets,
            probability=diffusion.probability,
        )
        self._process = subprocess.Popen(
            [str(PEERS), "bench/peers.py", str(file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def choose(self, count: int, seed: int) -> tuple[float, list[int]]:
        """How long it took, and whom it chose."""
        told = self._ask(f"choose {count} {seed}")
        return told["took"], told["chosen"]

    def simulate(self, times: int, people: Sequence[int]) -> float:
        """How long so many cascades take."""
        return float(self._ask(f"simulate {times} {' '.join(map(str, people))}")["took"])

    def _ask(self, question: str) -> dict[str, Any]:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the process of the peers cannot be talked to")
        self._process.stdin.write(question + "\n")
        self._process.stdin.flush()
        return dict(json.loads(self._process.stdout.readline()))

    def end(self) -> None:
        """There are no more questions."""
        self._process.communicate()


class Program:
    """A program of one's own, started anew for each question."""

    def __init__(self, told: str, folder: Path, diffusion: DiffusionModel) -> None:
        self.name, _, self._command = told.partition("=")
        self._arcs = folder / "arcs.txt"
        network = diffusion.network
        rows = zip(network.out_sources, network.out_targets, diffusion.probability, strict=True)
        self._arcs.write_text(
            "".join(f"{one} {other} {chance:.6g}\n" for one, other, chance in rows)
        )

    def choose(self, count: int, seed: int) -> tuple[float, list[int]]:
        """How long it took as a whole, and whom it chose."""
        words = [
            word.format(arcs=self._arcs, count=count, seed=seed)
            for word in shlex.split(self._command)
        ]
        begin = time.perf_counter()
        said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        return time.perf_counter() - begin, [int(word) for word in said.split()]

    def end(self) -> None:
        """Nothing is left running."""


def models(folder: Path) -> dict[str, DiffusionModel]:
    """The networks that are asked about."""
    district = networks.district()
    people, ties = networks.village_csv(folder)
    village = frame_from_files(str(people), str(ties)).frame
    return {
        "village of 412, Guyub's model": village.diffusion(),
        "village of 412, p = 0.1": constant(village.network(), 0.1),
        "100,000 people, 1 M arcs, weighted cascade": weighted_cascade(district),
        "100,000 people, 1 M arcs, chances of 0.01 to 0.1": _unequal(district),
    }


def _unequal(network: Network) -> DiffusionModel:
    """Chances that differ from arc to arc."""
    chance = np.random.default_rng(3).choice((0.1, 0.05, 0.01), network.arcs).astype(np.float32)
    return replace(constant(network, 0.1), probability=chance)


def compared(
    name: str, diffusion: DiffusionModel, peers: Sequence[Peer | Program], *, further: bool
) -> list[Row]:
    """One network, for plans of every size, beside every peer. further: beyond the promise."""
    rows = []
    for count in COUNTS:
        catalysts(SeedProblem.of(diffusion), count, further=further)
        ours: list[float] = []
        theirs: dict[str, list[float]] = {peer.name: [] for peer in peers}
        chosen: dict[str, list[int]] = {}
        for run in range(RUNS):
            begin = time.perf_counter()
            found = catalysts(SeedProblem.of(diffusion, seed=run), count, further=further)
            ours.append(time.perf_counter() - begin)
            for peer in peers:
                took, chosen[peer.name] = peer.choose(count, run)
                theirs[peer.name].append(took)
        reach = simulate(diffusion, found.people, seed=99, simulations=SIMULATIONS).reach.expected
        mine = Row(
            graph=name, count=count, ours=median(ours), guarantee=found.guarantee, reach=reach
        )
        rows += [
            replace(
                mine,
                peer=peer.name,
                theirs=median(theirs[peer.name]),
                their_reach=_reach(diffusion, chosen[peer.name]),
            )
            for peer in peers
        ] or [mine]
    for row in rows:
        print("  " + " | ".join(cells(row)), flush=True)
    return rows


def _reach(diffusion: DiffusionModel, people: Sequence[int]) -> float:
    return simulate(diffusion, np.array(people), seed=99, simulations=SIMULATIONS).reach.expected


def cells(row: Row) -> list[str]:
    """A row as the page shows it."""
    told = [row.graph, str(row.count), f"{row.ours:.3f} s", f"{row.guarantee:.3f}"]
    if not row.peer:
        return [*told, f"{row.reach:,.1f}", "", "", ""]
    beside = f"{row.reach:,.1f} / {row.their_reach:,.1f}"
    return [*told, beside, row.peer, f"{row.theirs:.3f} s", f"{row.theirs / row.ours:.1f} ×"]


def with_starters(name: str, diffusion: DiffusionModel) -> list[list[str]]:
    """The same choice where everybody starts for certain, and where each has a chance of their own.

    Chances are spread as in a village of whose people something is known: most at the base rate.
    """
    chance = np.full(diffusion.network.size, 0.1)
    known = np.random.default_rng(4).random(chance.size) < 0.3
    chance[known] = np.random.default_rng(5).beta(1.2, 3.0, int(known.sum())).clip(0.02, 0.9)
    rows = []
    for count in COUNTS:
        took: dict[bool, list[float]] = {False: [], True: []}
        for run in range(-1, RUNS):
            for starters in took:
                begin = time.perf_counter()
                told = chance if starters else None
                found = catalysts(SeedProblem.of(diffusion, chance=told, seed=run), count)
                took[starters].append(time.perf_counter() - begin)
        certain, uncertain = (median(each[1:]) for each in took.values())
        rows.append(
            [
                name,
                str(count),
                f"{certain:.3f} s",
                f"{uncertain:.3f} s",
                f"{uncertain / certain:.1f} ×",
                f"{found.guarantee:.3f}",
            ]
        )
        print("  " + " | ".join(rows[-1]), flush=True)
    return rows


def simulated(diffusion: DiffusionModel, peer: Peer | None) -> list[list[str]]:
    """How many cascades are played in a second, one thread each."""
    people = catalysts(SeedProblem.of(diffusion), 50).people
    ours: list[float] = []
    theirs: list[float] = []
    for run in range(RUNS):
        ours.append(
            _took(
                lambda run=run: simulate(
                    diffusion, people, seed=run, simulations=SIMULATIONS, threads=1
                )
            )  # type: ignore[misc]
        )
        if peer is not None:
            theirs.append(peer.simulate(SIMULATIONS, people.tolist()))
    rate = SIMULATIONS / median(ours)
    if not theirs:
        return [[f"{rate:,.0f}", "", ""]]
    other = SIMULATIONS / median(theirs)
    return [[f"{rate:,.0f}", f"{other:,.0f} (cynetdiff 0.1.18)", f"{rate / other:.2f} ×"]]


def cold_command(folder: Path) -> list[list[str]]:
    """The parts of `guyub catalysts` on the list of a district, in plain reads of its ties."""
    people, ties = networks.write_csv(networks.district(), folder)
    parts = cold.cold(people, ties, ("-k", "50"))
    rows = [
        [part, f"{parts[part]:.2f} s", f"{parts[part] / parts['plain']:.1f} ×"]
        for part in (*cold.PARTS, "plain")
    ]
    whole = sum(parts[part] for part in ("reading", "network", "rest"))
    return [*rows, ["reading, network and rest", f"{whole:.2f} s", f"{cold.ratio(parts):.1f} ×"]]


def _took(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def plotted(rows: Sequence[Row]) -> str:
    """Every row as two bars on a scale of tens, as SVG."""
    shown = [row for row in rows if row.peer]
    least, width, left = 1e-3, 420.0, 330
    scale = width / np.log10(1000.0 / least)

    def bar(seconds: float) -> float:
        return max(1.0, float(np.log10(max(seconds, least) / least)) * scale)

    lines = []
    for number, row in enumerate(shown):
        top = 34 + 34 * number
        lines.append(
            f'<text x="{left - 8}" y="{top + 15}" text-anchor="end">'
            f"{row.graph.replace('&', '&amp;')}, k = {row.count}</text>"
        )
        for at, (seconds, colour) in enumerate(((row.ours, "#2f4b8f"), (row.theirs, "#b9b3a7"))):
            y = top + 12 * at
            lines.append(
                f'<rect x="{left}" y="{y}" width="{bar(seconds):.0f}" height="11" fill="{colour}"/>'
            )
            lines.append(
                f'<text x="{left + bar(seconds) + 5:.0f}" y="{y + 10}">{seconds:.3f} s</text>'
            )
    high = 50 + 34 * len(shown)
    names = sorted({row.peer for row in shown})
    title = f"Seconds to choose, on a scale of tens: Guyub (dark), {', '.join(names)} (light)"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 90:.0f}" height="{high}" '
        'font-family="sans-serif" font-size="11" fill="#222" role="img">'
        f"<title>{title}</title>"
        f'<rect width="100%" height="100%" fill="#fff"/><text x="8" y="18">{title}</text>'
        + "".join(lines)
        + "</svg>\n"
    )


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.choosing")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=COMMAND")
    options = parser.parse_args()
    rows: list[Row] = []
    starters: list[list[str]] = []
    played: list[list[str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for graph, diffusion in models(folder).items():
            print(graph, flush=True)
            library = Peer(folder, diffusion) if PEERS.exists() else None
            peers: list[Peer | Program] = [] if library is None else [library]
            peers += [Program(told, folder, diffusion) for told in options.peer]
            village = diffusion.network.size <= VILLAGE
            rows += compared(graph, diffusion, peers, further=village)
            if not village:
                rows += compared(f"{graph}, as used", diffusion, (), further=True)
            starters += with_starters(graph, diffusion)
            if "weighted cascade" in graph:
                played = simulated(diffusion, library)
                print("  cascades a second: " + " | ".join(played[0]), flush=True)
            for peer in peers:
                peer.end()
        print("guyub catalysts -k 50 on the list of the district", flush=True)
        started = cold_command(folder)
        for row in started:
            print("  " + " | ".join(row), flush=True)
    head = ["network", "k", "Guyub", "guarantee", "reach, ours / theirs", "peer", "its time", ""]
    page = WORDS.read_text(encoding="utf-8").format(
        choosing=table(head, [cells(row) for row in rows]),
        playing=table(["Guyub, cascades a second", "peer", ""], played),
        starters=table(
            ["network", "k", "all start", "each by chance", "", "guarantee by chance"], starters
        ),
        cold=table(["part of the command", "took", "beside a plain read"], started),
        picture=PICTURE.name,
    )
    PAGE.write_text(page, encoding="utf-8")
    PICTURE.write_text(plotted(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
