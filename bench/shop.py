"""Kapferer's tailor shop: what changed between the strike that failed and the one that did not?"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bench.markdown import table
from guyub.engine import (
    TIE_KINDS,
    DiffusionModel,
    Dispositions,
    Network,
    SeedProblem,
    Ties,
    catalysts,
    cohesion,
    constant,
    diffusion_from_ties,
    fragmentation,
    key_to_reach,
    simulate,
    structural_holes,
)
from guyub.interfaces.cli.frame_from_files import frame_from_files

_BEST, _SIMULATIONS = 3, 20_000
_TENTH = "best three reach, every tie 0.1"
_ALIKE = "the same, as many passed on in all"


def waves(folder: Path, *, seed: int) -> str:
    """Both waves side by side, for friendship, for help at work, and for both together."""
    columns = []
    for kinds in (("friend",), ("work",), ("friend", "work")):
        before, after = (shop(folder, wave, kinds) for wave in ("1", "2"))
        columns.append([f"{' and '.join(kinds)}, 1st strike", figures(*before, seed=seed)])
        columns.append([f"{' and '.join(kinds)}, 2nd", figures(*after, seed=seed)])
        # As much passed on in the second wave as in the first, only along other ties.
        fewer = 0.1 * before[0].arcs / after[0].arcs
        columns[-2][1][_ALIKE] = columns[-2][1][_TENTH]
        columns[-1][1][_ALIKE] = _reach(constant(after[0], fewer), seed)
    head = ["", *(name for name, _ in columns)]
    rows = [[name, *(column[name] for _, column in columns)] for name in columns[0][1]]
    return table(head, rows)


def shop(folder: Path, wave: str, kinds: tuple[str, ...]) -> tuple[Network, DiffusionModel]:
    """Who was tied to whom by ties of some kinds, and who moves whom.

    The file lists each friendship from both sides; it is one tie.
    """
    people, ties = folder / "people.csv", folder / "ties.csv"
    frame = frame_from_files(str(people), str(ties), wave=wave).frame
    kept = np.isin(frame.kind, [TIE_KINDS.index(kind) for kind in kinds])
    source, target, kind = frame.source[kept], frame.target[kept], frame.kind[kept]
    network = Network.from_ties(frame.size, source, target)
    unknown = np.zeros(kind.size, np.int8)
    known = Ties(kinds=TIE_KINDS, kind=kind, strength=unknown, by_one=unknown.astype(bool))
    return network, diffusion_from_ties(network, known, Dispositions.unknown(frame.size))


def figures(network: Network, diffusion: DiffusionModel, *, seed: int) -> dict[str, str]:
    """What the page shows of one network."""
    whole = cohesion(network, seed=seed)
    around = structural_holes(network)
    degree = network.undirected.out_degree
    share = whole.groups.group
    largest = np.bincount(share).max() / network.size
    return {
        "pairs tied": f"{whole.ties}",
        "density": f"{whole.density:.3f}",
        "ties of the middle person, of the most tied": f"{np.median(degree):.0f}, {degree.max()}",
        "largest part": f"{whole.giant_share:.0%}",
        "without ties": f"{whole.isolates.size}",
        "arcs returned": f"{whole.reciprocity or 0.0:.2f}",
        "transitivity": f"{whole.transitivity or 0.0:.2f}",
        "bridges, cut people": f"{len(whole.bridges)}, {whole.cut_people.size}",
        "highest core, people in it": (
            f"{whole.core.max()}, {int((whole.core == whole.core.max()).sum())}"
        ),
        "groups, modularity": f"{whole.groups.count}, {whole.groups.modularity:.2f}",
        "largest group": f"{largest:.0%}",
        "fragmentation": f"{fragmentation(network):.3f}",
        "closeness of everyone to the best three": f"{key_to_reach(network, _BEST).value:.2f}",
        "within one step of the best three": f"{key_to_reach(network, _BEST, within=1).value:.0%}",
        "constraint of the middle person": f"{np.nanmedian(around.constraint):.2f}",
        "effective size around them": f"{np.nanmedian(around.effective_size):.1f}",
        "best three reach, Guyub's model": _reach(diffusion, seed),
        _TENTH: _reach(constant(network, 0.1), seed),
    }


def _reach(diffusion: DiffusionModel, seed: int) -> str:
    """Expected reach of the plan of three, with its interval over the simulations."""
    plan = catalysts(SeedProblem.of(diffusion, seed=seed), _BEST).people
    found = simulate(diffusion, plan, simulations=_SIMULATIONS, seed=seed).reach
    return f"{found.expected:.1f} ± {found.high - found.expected:.1f}"
