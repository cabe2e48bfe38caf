"""What holds for every test, however pytest is started: settings, and a data folder of its own.

The engine's tests run where Django is not installed, so nothing here may need it.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import shutil
import tempfile

import hypothesis
import pytest

# A property is about results: how long one example takes says something of the machine alone.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")

pytest_plugins = []
pytest.register_assert_rewrite("htmx_page")

if importlib.util.find_spec("django"):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guyub.config.settings")
    # The workers of pytest-xdist inherit the folder of the process that starts them.
    if "GUYUB_DATA" not in os.environ:
        os.environ["GUYUB_DATA"] = tempfile.mkdtemp(prefix="guyub-tests-")
        atexit.register(shutil.rmtree, os.environ["GUYUB_DATA"], ignore_errors=True)

    import django

    django.setup()
    pytest_plugins += ["databases", "stage"]
