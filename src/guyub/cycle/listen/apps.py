from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ListenConfig(AppConfig):
    name = "guyub.cycle.listen"
    label = "listen"

    def ready(self) -> None:
        post_migrate.connect(_foretell, sender=self)


def _foretell(using: str, **_: Any) -> None:
    from guyub.core.sqlite_statistics import foretell
    from guyub.cycle.listen.models.foretold import FORETOLD

    for table, statistics in FORETOLD.items():
        foretell(using, table, statistics)
