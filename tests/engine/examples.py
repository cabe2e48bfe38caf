"""Small communities whose reach is known exactly, and communities drawn at random."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray

import real_data
from guyub.engine.diffusion.model import DiffusionModel
from guyub.engine.network.graph import Network
from guyub.engine.seeds.problem import SeedProblem, as_mask


def whatever(*strategies: st.SearchStrategy, examples: int = 60) -> Callable:
    """The test holds for whatever is drawn; the first example may have to compile."""
    few = settings(deadline=None, max_examples=examples)
    return lambda test: few(given(*strategies)(test))


class Exact:
    """Every simulation of a small cascade: 2^m of them, each with its probability."""

    def __init__(self, diffusion: DiffusionModel) -> None:
        network = diffusion.network
        arcs = network.arcs
        assert arcs <= 12
        live = (np.arange(1 << arcs)[:, None] >> np.arange(arcs)) & 1 == 1
        chance = diffusion.probability.astype(float)
        self.weight = np.where(live, chance, 1.0 - chance).prod(axis=1)
        reached = np.zeros((1 << arcs, network.size, network.size), bool)
        reached[:, np.arange(network.size), np.arange(network.size)] = True
        reached[:, network.out_sources, network.out_targets] = live
        for between in range(network.size):
            reached |= reached[:, :, between, None] & reached[:, None, between, :]
        self._reached = reached

    def reach(self, people: Iterable[int], worth: NDArray[np.float64] | None = None) -> float:
        """The expected number of people reached from these, or of what they are worth."""
        each = self.chances(people)
        return float(each.sum() if worth is None else each @ worth)

    def chances(self, people: Iterable[int]) -> NDArray[np.float64]:
        """For each person the chance to be reached from these."""
        together = self._reached[:, list(people), :].any(axis=1)
        return np.asarray(self.weight @ together)


class Told:
    """Every simulation of a small cascade, and in how many rounds a word comes from one to
    another."""

    def __init__(self, diffusion: DiffusionModel) -> None:
        network = diffusion.network
        arcs, size = network.arcs, network.size
        assert arcs <= 12
        live = (np.arange(1 << arcs)[:, None] >> np.arange(arcs)) & 1 == 1
        chance = diffusion.probability.astype(float)
        self.weight = np.where(live, chance, 1.0 - chance).prod(axis=1)
        self.distance = np.full((1 << arcs, size, size), np.inf)
        self.distance[:, np.arange(size), np.arange(size)] = 0.0
        self.distance[:, network.out_sources, network.out_targets] = np.where(live, 1.0, np.inf)
        for between in range(size):
            around = self.distance[:, :, between, None] + self.distance[:, between, None, :]
            self.distance = np.minimum(self.distance, around)
        self.theirs = self.distance[:, diffusion.opponents, :].min(axis=1)

    def won(self, people: Iterable[int], worth: np.ndarray | None = None) -> float:
        """How many are expected to be won from these."""
        chosen = list(people)
        if not chosen:
            return 0.0
        each = self.weight @ (self.distance[:, chosen, :].min(axis=1) < self.theirs)
        return float(each.sum() if worth is None else each @ worth)

    def best(self, people: list[int], count: int, active: tuple[int, ...] = ()) -> float:
        """The most that so many of these win besides the active."""
        choices = combinations(people, count)
        return max(self.won([*active, *each]) for each in choices) - self.won(active)


def diffusion_of(size: int, arcs: dict[tuple[int, int], float]) -> DiffusionModel:
    """A cascade from the chance of each arc."""
    network = Network.from_ties(
        size, np.array([a for a, _ in arcs], int), np.array([b for _, b in arcs], int)
    )
    return DiffusionModel(
        network=network, probability=network.combine(list(arcs.values())), name="test"
    )


def random_diffusion(seed: int, size: int = 7, arcs: int = 12) -> DiffusionModel:
    """A cascade of so many arcs drawn at random, with chances from 0.05 to 1."""
    generator = np.random.default_rng(seed)
    pairs = [(a, b) for a in range(size) for b in range(size) if a != b]
    chosen = generator.choice(len(pairs), arcs, replace=False)
    chances = np.round(generator.uniform(0.05, 1.0, arcs), 2)
    return diffusion_of(
        size, {pairs[place]: chance for place, chance in zip(chosen, chances, strict=True)}
    )


@st.composite
def ties(draw: st.DrawFn, most: int = 40) -> tuple[int, list[tuple[int, int]]]:
    """So many people, and ties among them: repeated ones and self-ties too."""
    size = draw(st.integers(1, 12))
    person = st.integers(0, size - 1)
    return size, draw(st.lists(st.tuples(person, person), max_size=most))


@st.composite
def diffusions(draw: st.DrawFn) -> DiffusionModel:
    """A cascade over ties drawn at random; certain and impossible arcs among them."""
    size, rows = draw(ties())
    network = network_of(size, rows)
    chance = st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9, 1.0])
    chances = draw(st.lists(chance, min_size=network.arcs, max_size=network.arcs))
    return DiffusionModel(network=network, probability=np.array(chances, np.float32), name="test")


def network_of(size: int, rows: list[tuple[int, int]]) -> Network:
    """A network from pairs."""
    columns = np.array(rows, int).reshape(-1, 2)
    return Network.from_ties(size, columns[:, 0], columns[:, 1])


def mutual(graph: nx.Graph) -> Network:
    """A network from an undirected graph, people in the order of its nodes."""
    place = {node: number for number, node in enumerate(graph)}
    rows = [(place[a], place[b]) for a, b in graph.edges]
    return network_of(len(place), rows + [(b, a) for a, b in rows])


def karate() -> Network:
    """Zachary's karate club."""
    return mutual(nx.karate_club_graph())


def florentine() -> tuple[Network, list[str]]:
    """The marriages of Florentine families, and their names."""
    graph = nx.florentine_families_graph()
    return mutual(graph), list(graph)


def community(name: str) -> Network:
    """A real community; ties of no direction lead both ways."""
    people, ties_of = real_data.files(name)
    with open(people, encoding="utf-8", newline="") as stream:
        place = {row["id"]: number for number, row in enumerate(csv.DictReader(stream))}
    with open(ties_of, encoding="utf-8", newline="") as stream:
        told = list(csv.DictReader(stream))
    rows = [(place[row["from"]], place[row["to"]]) for row in told]
    back = [(place[row["to"]], place[row["from"]]) for row in told if row["kind"] == "any"]
    return network_of(len(place), rows + back)


def mask(size: int, people: Iterable[int]) -> NDArray[np.bool_]:
    """Marks for these people."""
    marks = np.zeros(size, bool)
    marks[list(people)] = True
    return marks


def problem_of(diffusion: DiffusionModel, *, excluded: ArrayLike = (), **given: Any) -> SeedProblem:
    """A problem in which everybody may be chosen but those excluded, by number or mark."""
    candidates = ~as_mask(excluded, diffusion.network.size, "excluded")
    return SeedProblem.of(diffusion, candidates=candidates, **given)
