from __future__ import annotations

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "guyub.interfaces.submissions"
    label = "submissions"

    def ready(self) -> None:
        """Find the forms: what a phone sends is read once their modules are loaded."""
        from guyub.interfaces.submissions import check_in, conversation_deeds  # noqa: F401
