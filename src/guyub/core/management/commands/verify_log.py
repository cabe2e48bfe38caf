"""Recomputes every community's log, and prints the heads to be written down elsewhere."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guyub.core.models import Community
from guyub.core.queries import verified


class Command(BaseCommand):
    help = (
        "Recomputes the chain of every community's log. Keep what it prints away from this "
        "computer: a log that was cut or rebuilt shows another head. Example: "
        "guyub manage verify_log"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = []
        for community in Community.objects.order_by("path"):
            state = verified(community.pk)
            verdict = "whole" if state.whole else f"BROKEN at {state.broken_at}"
            self.stdout.write(f"{state.head}  {state.entries:>8}  {verdict}  {community.slug}")
            if not state.whole:
                broken.append(community.slug)
        if broken:
            raise CommandError(f"The log is not whole in: {', '.join(broken)}.")
