"""Makes the doors known: every installed step's actions, queries and jobs register at start."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule

# The rooms of an app in which something registers itself by being imported.
_ROOMS = ("actions", "queries", "analysis", "jobs")


class CoreConfig(AppConfig):
    name = "guyub.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The start-up checks, and the doors of core that stand in no such room.
        from guyub.core import calendars, checks, founding, phones  # noqa: F401

        for app in apps.get_app_configs():
            for room in _ROOMS:
                _import_room(app, room)


def _import_room(app: AppConfig, room: str) -> None:
    """Import a room where the app has it; a room that is a package with all its modules."""
    if app.module is None or not module_has_submodule(app.module, room):
        return
    package = import_module(f"{app.name}.{room}")
    for module in pkgutil.walk_packages(getattr(package, "__path__", ()), f"{package.__name__}."):
        import_module(module.name)
