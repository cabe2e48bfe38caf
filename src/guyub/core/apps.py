"""Makes the doors known: every installed step's actions, queries and jobs register at start."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "guyub.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from guyub.core import checks  # noqa: F401  registers the start-up checks

        autodiscover_modules(
            "actions", "queries", "analysis", "founding", "jobs", "phones", "calendars"
        )
