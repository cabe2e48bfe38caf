"""A village with a plan to make: what the tests of Start begin with."""

from __future__ import annotations

from django.utils import timezone

from guyub.core.actor import Actor
from guyub.core.identifiers import new_identifier
from people import Cast, do

START = "/c/sukamaju/start/"


def settled(cast: Cast) -> dict[str, str]:
    """Eight people around Slamet, and Parno, who is against."""
    sari = cast.actor("sari")
    ids = {
        name: do(sari, "listen.add_person", name=name)["id"]
        for name in ("Slamet", "Parno", *(f"Warga {number}" for number in range(8)))
    }
    for name, person in ids.items():
        if name.startswith("Warga"):
            tie = {"from_person": ids["Slamet"], "to_person": person, "kind": "kin", "strength": 5}
            do(sari, "map.report_tie", **tie)
            do(sari, "map.report_tie", **{**tie, "from_person": ids["Parno"]})
    do(sari, "listen.note_observation", person=ids["Parno"], trait="stance", value=5)
    return ids


def neighbourly(cast: Cast, village: dict[str, str]) -> dict[str, str]:
    """Beside them five who see each other every day, and are for it."""
    sari = cast.actor("sari")
    ids = [do(sari, "listen.add_person", name=f"Tetangga {number}")["id"] for number in range(5)]
    for number, person in enumerate(ids):
        do(sari, "listen.note_observation", person=person, trait="stance", value=1)
        for other in ids[:number]:
            tie = {"from_person": other, "to_person": person, "kind": "trust", "strength": 5}
            do(sari, "map.report_tie", **tie)
            do(sari, "map.report_tie", **{**tie, "from_person": person, "to_person": other})
    return village | {f"Tetangga {number}": person for number, person in enumerate(ids)}


def asked(count: int = 1, **more: object) -> dict[str, object]:
    """The form of a plan by ties alone, filled in."""
    return {"key": str(new_identifier()), "count": count, "objective": "reach", **more}


def promises_settled(actor: Actor, person: str, outcome: str, count: int, day: str = "") -> None:
    """So many promises of somebody, with what became of them (today, unless a day is given)."""
    day = day or timezone.localdate().isoformat()
    for _ in range(count):
        made = {"person": person, "what": "datang", "made_on": day}
        promise = do(actor, "listen.make_promise", **made)["id"]
        settled = {"promise": promise, "outcome": outcome, "noted_on": day}
        do(actor, "listen.settle_promise", **settled)
