"""Files that pages name: each under a name that says its content, and compressed.

python -m guyub.config.static_files        (`guyub serve` does it at its start)
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

from guyub.config.environment import data_folder

_OURS = Path(__file__).parents[1] / "interfaces" / "web" / "static"

# What no page of ours names; some of it names files that are not there.
_OF_OTHERS = ["django_htmx", "account", "mfa"]


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Modules name each other by the hashed names too, so that no old one is met by a new one."""

    support_js_module_import_aggregation = True


def collect_files() -> None:
    """Put all of them into the installation's folder, unless they are there already."""
    folder = data_folder() / "static"
    stamp = folder / "collected"
    content = _content()
    if stamp.exists() and stamp.read_text() == content:
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guyub.config.settings")
    import django
    from django.contrib.staticfiles.management.commands.collectstatic import Command
    from django.core.management import call_command

    django.setup()
    command = Command()
    # Until this has run once, the settings know plain names only.
    command.storage = HashedFiles(location=str(folder), base_url="/static/")
    call_command(command, interactive=False, verbosity=0, ignore_patterns=_OF_OTHERS)
    stamp.write_text(content)


def _content() -> str:
    """A digest of what there is to be collected, with its names."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for file in sorted(_OURS.rglob("*")):
        if file.is_file():
            digest.update(f"{file.relative_to(_OURS)}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    collect_files()
