from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "guyub.interfaces.submissions"
    label = "submissions"

    def ready(self) -> None:
        """Find the forms: what a phone sends is read once their modules are loaded."""
        for module in iter_modules([self.path]):
            import_module(f"{self.name}.{module.name}")
