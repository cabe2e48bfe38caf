"""What tests of pages call the fixture that logs somebody in."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

# Somebody's name, and the language of their browser (English where none is said).
LogIn = Callable[..., Client]
