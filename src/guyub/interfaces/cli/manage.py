"""`guyub manage`: Django's own commands for this installation, and those of Guyub's core."""

from __future__ import annotations

import os
from collections.abc import Sequence

from guyub.interfaces.cli.main import Fault

_HELP = """\
usage: guyub manage [task] ...

What runs the installation. The folder of its data is GUYUB_DATA.

Example:
  guyub manage migrate        bring the tables up to date
  guyub manage rotate_keys    give confidential fields a new key
  guyub manage verify_log     recompute the chain of every log
  guyub manage run_jobs       run long work in a process of its own
  guyub manage check --deploy look for unsafe settings
  guyub manage help           every task there is
"""


def run(words: Sequence[str]) -> int:
    """Run the command."""
    if not words or words[0] in {"-h", "--help"}:
        print(_HELP)
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guyub.config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["guyub manage", *words])
    except ImproperlyConfigured as error:
        raise Fault(str(error)) from None
    return 0
