from __future__ import annotations

from django.apps import AppConfig


class MapConfig(AppConfig):
    name = "guyub.cycle.map"
    label = "map"
