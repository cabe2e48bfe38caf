"""Does a position in the network predict what people do? Guyub compared with real data.

    python -m bench.validity [--data ../shared/data]

reads communities of which the outcome is known, and writes docs/explanation/validity.md. The same
files give the same page: every draw has a seed, and no clock is read. The words of the page stand
in bench/validity.md, with a place for each table.
"""

from __future__ import annotations

import argparse
import csv
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench import adoption, reports, shop
from bench.markdown import percent, said, signed, table
from bench.ranks import kendall, over_communities
from guyub.engine import (
    DiffusionModel,
    Network,
    SeedProblem,
    betweenness,
    catalysts,
    constant,
    core_numbers,
    diffusion_centrality,
    simulate,
)
from guyub.interfaces.cli.frame_from_files import frame_from_files

WORDS = Path("bench/validity.md")
PAGE = Path("docs/explanation/validity.md")
SEED, RESAMPLES, WORLDS = 1, 4_000, 2_000
PLAN = 5

# Data set, and the last period that was watched; a later one means: not by the end.
ADOPTIONS = {"korea-family-planning": 10, "illinois-doctors": 17}

POSITIONS = (
    "ties (degree)",
    "named by others (indegree)",
    "betweenness",
    "eigenvector centrality",
    "core number",
    "diffusion centrality",
    "reach, Guyub's model",
    "reach, every tie 0.1",
    "among the plan's five",
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Community:
    """People who could have moved one another, and when each adopted.

    told: who named whom. diffusion: who moves whom by Guyub's model. adopted_at: a period each.
    """

    told: Network
    diffusion: DiffusionModel
    adopted_at: NDArray[np.int64]
    last: int


def main() -> None:
    """Read, reckon, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    folder = parser.parse_args().data
    needed = (*ADOPTIONS, "arang-dak", "tailor-shop")
    missing = [name for name in needed if not (folder / name / "ties.csv").exists()]
    if missing:
        raise SystemExit(
            f"{folder} does not hold {', '.join(missing)}. The data are not part of the project: "
            "name the folder that has them with --data."
        )
    tables: dict[str, str] = {}
    for name, last in ADOPTIONS.items():
        key = name.partition("-")[0]
        found = communities(folder / name, last)
        figures = [positions(each) for each in found]
        tables[f"{key}_positions"] = positions_table(found, figures)
        tables[f"{key}_fives"] = fives_table(found, figures)
        tables[f"{key}_halves"] = halves_table(found)
    tables["shop"] = shop.waves(folder / "tailor-shop", seed=SEED)
    tables |= reports.tables(folder / "arang-dak", seed=SEED)
    PAGE.write_text(WORDS.read_text().format(**tables))
    print(f"{PAGE} is written.")


def communities(folder: Path, last: int) -> list[Community]:
    """Each village or town of a data set, as Guyub brings it in."""
    people, ties = folder / "people.csv", folder / "ties.csv"
    frame = frame_from_files(str(people), str(ties)).frame
    with people.open() as stream:
        time = {row["id"]: int(row["adopted_at"]) for row in csv.DictReader(stream)}
    adopted_at = np.array([time[identifier] for identifier in frame.id])
    village = np.array(frame.sub_community)
    whole, told = frame.diffusion("model"), frame.network()
    return [
        Community(
            told=within(constant(told, 0.1), village == name).network,
            diffusion=within(whole, village == name),
            adopted_at=adopted_at[village == name],
            last=last,
        )
        for name in sorted(set(frame.sub_community), key=int)
    ]


def within(diffusion: DiffusionModel, members: NDArray[np.bool_]) -> DiffusionModel:
    """The ties among some people."""
    number = np.cumsum(members) - 1
    source, target = diffusion.network.out_sources, diffusion.network.out_targets
    kept = members[source] & members[target]
    network = Network.from_ties(int(members.sum()), number[source[kept]], number[target[kept]])
    return DiffusionModel(
        network=network,
        probability=network.combine(diffusion.probability[kept]),
        name=diffusion.name,
    )


def positions(community: Community) -> list[NDArray[np.float64]]:
    """A figure for each person and each of `POSITIONS`, higher meaning: begin with them."""
    around, size = community.told.undirected, community.told.size
    flowing = community.diffusion.network
    plan = np.zeros(size)
    plan[catalysts(SeedProblem.of(community.diffusion, seed=SEED), PLAN).people] = 1.0
    return [
        around.out_degree.astype(np.float64),
        community.told.in_degree.astype(np.float64),
        betweenness(around),
        eigenvector(community.told),
        core_numbers(around).astype(np.float64),
        diffusion_centrality(flowing),
        reach(community.diffusion),
        reach(constant(flowing, 0.1)),
        plan,
    ]


def eigenvector(network: Network) -> NDArray[np.float64]:
    """Tied to those who are well tied (Bonacich 1972); in several parts, that of the strongest."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.round(network.to_igraph().eigenvector_centrality(), 9)


def reach(diffusion: DiffusionModel) -> NDArray[np.float64]:
    """How many each person is expected to reach alone, in the same simulations for all."""
    alone = range(diffusion.network.size)
    return np.array(
        [simulate(diffusion, [each], simulations=WORLDS, seed=SEED).totals.mean() for each in alone]
    )


def positions_table(found: list[Community], figures: list[list[NDArray[np.float64]]]) -> str:
    """τ-b of each position with adopting early, beside degree, and beside chance."""
    sizes = np.array([each.told.size for each in found], np.float64)
    taus = np.array(
        [
            [kendall(figure, -each.adopted_at) for figure in columns]
            for each, columns in zip(found, figures, strict=True)
        ]
    )
    paired = np.concatenate((taus, taus - taus[:, :1]), axis=1)
    over = over_communities(paired, sizes, seed=SEED, resamples=RESAMPLES)
    chance = by_chance(found, figures, sizes)
    rows = []
    for place, name in enumerate(POSITIONS):
        positive = int((taus[:, place] > 0).sum())
        beside = said(over[place + len(POSITIONS)]) if place else ""
        limits = f"{signed(-chance[place])} to {signed(chance[place])}"
        rows.append([name, said(over[place]), f"{positive} of {len(found)}", beside, limits])
    head = [
        "measure of position",
        "τ-b with adopting early",
        "above 0 in",
        "more than degree",
        "by chance alone",
    ]
    return table(head, rows)


def fives_table(found: list[Community], figures: list[list[NDArray[np.float64]]]) -> str:
    """How many of five people chosen in each community had adopted by the middle, and ever."""
    names = {
        "the plan's five": "among the plan's five",
        "five who are named most": "named by others (indegree)",
        "five with most ties": "ties (degree)",
    }
    shares = [[], [], [], []]  # type: list[list[tuple[float, float]]]
    for each, columns in zip(found, figures, strict=True):
        middle = adoption.half_time(each.adopted_at, each.last)
        soon, ever = each.adopted_at <= middle, each.adopted_at <= each.last
        for place, position in enumerate(names.values()):
            five = np.argsort(-columns[POSITIONS.index(position)], kind="stable")[:PLAN]
            shares[place].append((soon[five].mean(), ever[five].mean()))
        shares[-1].append((soon.mean(), ever.mean()))
    rows = []
    for name, values in zip((*names, "everyone"), shares, strict=True):
        early, ever_at_all = over_communities(
            np.array(values), np.ones(len(found)), seed=SEED, resamples=RESAMPLES
        )
        rows.append([name, percent(early), percent(ever_at_all)])
    return table(["who", "adopted in the first half", "adopted at all"], rows)


def by_chance(
    found: list[Community], figures: list[list[NDArray[np.float64]]], sizes: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Within what the mean τ-b stays in 95 of 100 shuffles of who adopted when in a community."""
    generator = np.random.default_rng(SEED)
    shuffles = 1_000
    seen = np.zeros((shuffles, len(POSITIONS), len(found)))
    for number, (each, columns) in enumerate(zip(found, figures, strict=True)):
        pair = np.triu_indices(each.told.size, 1)
        sides = np.stack([np.sign(each_one[pair[0]] - each_one[pair[1]]) for each_one in columns])
        scale = np.abs(sides).sum(axis=1)
        for shuffle in range(shuffles):
            time = generator.permutation(-each.adopted_at)
            sign = np.sign(time[pair[0]] - time[pair[1]])
            norm = np.sqrt(scale * np.abs(sign).sum())
            seen[shuffle, :, number] = (sides @ sign) / np.maximum(norm, 1e-12)
    return np.quantile(np.abs(seen @ (sizes / sizes.sum())), 0.95, axis=0)


def halves_table(found: list[Community]) -> str:
    """Rates fitted on the first half of adopters, and what they give the second half."""
    gains, sizes, rates = [], [], []
    for each in found:
        along = matrix(each.diffusion)
        everybody = (1.0 - np.eye(each.told.size)) / each.told.size
        middle = adoption.half_time(each.adopted_at, each.last)
        scores = []
        for acting, spreading in ((along, False), (everybody, True), (along, True)):
            seen = adoption.periods(acting, each.adopted_at, each.last)
            fitted = adoption.fit(seen.where(seen.period <= middle), spreading=spreading)
            later = seen.where(seen.period > middle)
            scores.append(adoption.log_score(later, fitted))
        rates.append(fitted.diffusion)
        sizes.append(int(later.adopted.sum()))
        gains.append([scores[1] - scores[0], scores[2] - scores[0], scores[2] - scores[1]])
    of = np.array(sizes, np.float64)
    each_adopter = np.array(gains) / of[:, None]
    over = over_communities(each_adopter, of, seed=SEED, resamples=RESAMPLES)
    names = (
        "everyone hears of every adopter, against own hazard alone",
        "along ties, against own hazard alone",
        "along ties, against everyone hears",
    )
    rows = [
        [name, said(interval, 3), f"{int((each_adopter[:, place] > 0).sum())} of {len(found)}"]
        for place, (name, interval) in enumerate(zip(names, over, strict=True))
    ]
    still = int((np.array(rates) == 0.0).sum())
    low, middle_rate, high = np.quantile(rates, (0.25, 0.5, 0.75))
    note = (
        f"Rate of spread along ties: median {middle_rate:.2f}, the middle half between {low:.2f} "
        f"and {high:.2f}; none at all in {still} of {len(found)}. A rate of 1 would be the model's "
        "own numbers."
    )
    head = ["what the hazard knows", "log score gained for each later adopter", "better in"]
    return f"{table(head, rows)}\n{note}"


def matrix(diffusion: DiffusionModel) -> NDArray[np.float64]:
    """Person by person, the chance that the one moves the other."""
    acting = np.zeros((diffusion.network.size, diffusion.network.size))
    acting[diffusion.network.out_sources, diffusion.network.out_targets] = diffusion.probability
    return acting


if __name__ == "__main__":
    main()
