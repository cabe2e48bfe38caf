"""The networks that are measured: one of a district, and the sample village."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from guyub.engine import Network

PEOPLE, ARCS = 100_000, 1_000_000


def district(seed: int = 1) -> Network:
    """100,000 people and about a million arcs; few people send most of them (Pareto, α = 1.5)."""
    chance = np.random.default_rng(seed)
    weight = chance.pareto(1.5, PEOPLE) + 1.0
    source = chance.choice(PEOPLE, ARCS, p=weight / weight.sum())
    target = chance.integers(0, PEOPLE, ARCS)
    return Network.from_ties(PEOPLE, source, target)


def write_csv(network: Network, folder: Path) -> tuple[Path, Path]:
    """The network as the two files that a user would have."""
    people, ties = folder / "people.csv", folder / "ties.csv"
    rows = (f"p{person},Warga {person}\n" for person in range(network.size))
    people.write_text("id,name\n" + "".join(rows))
    pairs = zip(network.out_sources.tolist(), network.out_targets.tolist(), strict=True)
    lines = (f"p{source},p{target},advice\n" for source, target in pairs)
    ties.write_text("from,to,kind\n" + "".join(lines))
    return people, ties


def village_csv(folder: Path) -> tuple[Path, Path]:
    """The sample village as two files."""
    import django

    django.setup()
    from guyub.sample.community import sample_community

    sample = sample_community(today=date(2026, 11, 24))
    people, ties = folder / "people.csv", folder / "ties.csv"
    persons = (f"{row.id},{row.name},{row.sub_community},{row.office}\n" for row in sample.people)
    people.write_text("id,name,dusun,jabatan\n" + "".join(persons))
    tied = (
        f"{row.source},{row.target},{row.kind},{row.strength},{row.reported_by}\n"
        for row in sample.ties
    )
    ties.write_text("from,to,kind,strength,reported_by\n" + "".join(tied))
    return people, ties
