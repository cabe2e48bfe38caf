from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

# People of a district: 100,000 of them, 5,000 in each community, few with the same name.
_PEOPLE = {
    ("community_id",): "100000 5000",
    ("community_id", "name", "id"): "100000 5000 2 1",
    ("community_id", "reference"): "100000 5000 1",
    ("community_id", "called"): "100000 5000 2",
    ("groups", "community_id", "withdrawn_in_id"): "60000 600 30 30",
    ("name", "id", "community_id", "searched", "gender", "groups", "withdrawn_in_id"): (
        "100000 2 1 1 1 1 1 1"
    ),
    ("household_id",): "100000 4",
    ("stated_in_id",): "100000 1000",
    ("id",): "100000 1",
}


class ListenConfig(AppConfig):
    name = "guyub.cycle.listen"
    label = "listen"

    def ready(self) -> None:
        post_migrate.connect(_foretell_people, sender=self)


def _foretell_people(using: str, **_: Any) -> None:
    from guyub.core.sqlite_statistics import foretell

    foretell(using, "listen_person", _PEOPLE)
