from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WebConfig(AppConfig):
    name = "guyub.interfaces.web"
    label = "web"

    def ready(self) -> None:
        """Find the jobs of all families: runners know a job once its module is loaded."""
        autodiscover_modules("jobs")
