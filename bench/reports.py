"""Arang Dak, where both sides were asked about each tie: how certain is a one-sided report?"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import reliability
from bench.markdown import table
from guyub.engine import InfluenceModel

_RESAMPLES = 2_000

# Pairs that differ in how many ties they have, nearest kinship first.
KINDS_OF_PAIRS: tuple[tuple[str, Callable[[Any, Any], Any]], ...] = (
    ("one household", lambda _, together: together),
    ("related by 1/4 and more", lambda kin, _: kin >= 0.25),
    ("related by less", lambda kin, _: kin > 0.0),
    ("not related", lambda kin, _: kin >= 0.0),
)


def tables(folder: Path, *, seed: int) -> dict[str, str]:
    """How certain a tie reported by one side is, in Arang Dak."""
    cells = pairs(folder)
    counts = cells.sum(axis=(2, 3))
    fitted = reliability.fit(counts)
    expected = fitted.expected(counts.sum(axis=1))
    sure = fitted.sure()[:, 1]
    drawn = resampled(cells, seed)
    again = reliability.fit(drawn)
    spread_of_sure = np.quantile(again.sure()[..., 1], (0.025, 0.975), axis=0)
    rows = [
        [
            name,
            *(f"{int(count):,} / {wanted:,.0f}" for count, wanted in zip(*both, strict=True)),
            f"{fitted.exists[place]:.2f}",
            f"{sure[place]:.2f} ({spread_of_sure[0, place]:.2f} to {spread_of_sure[1, place]:.2f})",
        ]
        for place, ((name, _), both) in enumerate(
            zip(KINDS_OF_PAIRS, zip(counts, expected, strict=True), strict=True)
        )
    ]
    head = [
        "pair",
        "reported by both, seen / fitted",
        "by one",
        "by none",
        "share with a tie",
        "a tie reported by one exists",
    ]
    one = counts[:, 1]
    overall = float((sure * one).sum() / one.sum())
    ones = drawn[..., 1]
    overall_again = (again.sure()[..., 1] * ones).sum(axis=1) / ones.sum(axis=1)
    low, high = np.quantile(overall_again, (0.025, 0.975))
    seen = counts > 0
    misfit = 2.0 * float((counts[seen] * np.log(counts[seen] / expected[seen])).sum())
    assumed = InfluenceModel().reported_by_one
    fit_words = (
        f"Over all ties reported by one side: **{overall:.2f}** (95 % {low:.2f} to {high:.2f}), "
        f"where the model takes {assumed:g}. Chance that a side reports an existing tie: "
        f"{fitted.told[0]:.2f}; a non-existing one: {float(fitted.made_up):.3f}. Misfit "
        f"G² = {misfit:.0f} on {2 * len(KINDS_OF_PAIRS) - len(KINDS_OF_PAIRS) - 2} degrees of "
        "freedom."
    )
    given = [0.0, 0.02, 0.05, 0.08, 0.1, 0.12]
    freer = []
    for made_up in given:
        each = reliability.fit(counts, made_up=made_up)
        each_sure = each.sure()[:, 1]
        freer.append(
            [
                f"{made_up:.2f}",
                *(f"{value:.2f}" for value in each_sure),
                f"{float((each_sure * one).sum() / one.sum()):.2f}",
            ]
        )
    free_head = ["made up (f)", *(name for name, _ in KINDS_OF_PAIRS), "all"]
    return {
        "arang_fit": f"{table(head, rows)}\n{fit_words}",
        "arang_given": table(free_head, freer),
    }


def pairs(folder: Path) -> NDArray[np.float64]:
    """Kind of pair × (both, one, none) × person × person: 1 where the pair is of that kind."""
    with (folder / "people.csv").open() as stream:
        people = list(csv.DictReader(stream))
    place = {row["id"]: number for number, row in enumerate(people)}
    household = np.array([row["household"] for row in people])
    kin, told = np.zeros((2, len(people), len(people)))
    with (folder / "ties.csv").open() as stream:
        for row in csv.DictReader(stream):
            pair = place[row["from"]], place[row["to"]]
            if row["kind"] == "kin":
                kin[pair] = kin[pair[::-1]] = float(row["relatedness"])
            else:
                told[pair] = {"one": 1, "both": 2}[row["reported_by"]]
    together = household[:, None] == household[None, :]
    left = ~np.eye(len(people), dtype=bool)
    cells = []
    for _, belongs in KINDS_OF_PAIRS:
        chosen = left & belongs(kin, together)
        left &= ~chosen
        cells.append([chosen & (told == times) for times in (2, 1, 0)])
    return np.array(cells, np.float64)


def resampled(cells: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """The counts where people, not pairs, are drawn anew: all of somebody's ties come together."""
    size = cells.shape[-1]
    generator = np.random.default_rng(seed)
    times = generator.multinomial(size, np.full(size, 1.0 / size), _RESAMPLES).astype(np.float64)
    return np.stack(
        [
            np.stack([((times @ cell) * times).sum(axis=1) for cell in kind], axis=-1)
            for kind in cells
        ],
        axis=1,
    )
