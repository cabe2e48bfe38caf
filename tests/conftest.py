"""Fixtures for everybody. The engine's tests run where Django is not installed."""

from __future__ import annotations

import importlib.util

pytest_plugins = ["stage"] if importlib.util.find_spec("django") else []
