from __future__ import annotations

from django.apps import AppConfig


class ListenConfig(AppConfig):
    name = "guyub.cycle.listen"
    label = "listen"
