from __future__ import annotations

from django.apps import AppConfig


class StartConfig(AppConfig):
    name = "guyub.cycle.start"
    label = "start"
