from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

# Ties of a district: 500,000 of them, ten to a person, half of them across its communities.
_TIES: dict[tuple[str, ...], str] = {
    ("community_id",): "500000 25000",
    ("from_person_id",): "500000 5",
    ("to_person_id",): "500000 5",
    ("stated_in_id",): "500000 500",
    ("id",): "500000 1",
}


class MapConfig(AppConfig):
    name = "guyub.cycle.map"
    label = "map"

    def ready(self) -> None:
        post_migrate.connect(_foretell_ties, sender=self)


def _foretell_ties(using: str, **_: Any) -> None:
    from guyub.core.sqlite_statistics import foretell

    foretell(using, "map_tie", _TIES)
