"""What every command on the database begins with: settings, tables, and who acts."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from guyub.interfaces.cli.cli_messages import spoken_language
from guyub.interfaces.cli.main import Fault

if TYPE_CHECKING:
    from guyub.core.actor import Actor


def open_installation(data: str = "") -> None:
    """Load the settings of this installation. data: its folder, where it is not GUYUB_DATA."""
    if data:
        os.environ["GUYUB_DATA"] = str(Path(data).resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guyub.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Fault(str(error)) from None
    from django.utils import translation

    translation.activate(spoken_language())


def prepare_files(data: str = "") -> None:
    """Put the files that pages name where browsers get them compressed, and may keep them.

    In a process of its own, before the settings are loaded: they look at what is there.
    """
    folder = {"GUYUB_DATA": str(Path(data).resolve())} if data else {}
    command = [sys.executable, "-m", "guyub.config.static_files"]
    try:
        subprocess.run(command, env={**os.environ, **folder}, check=True)  # noqa: S603  our own
    except subprocess.CalledProcessError:
        raise Fault("the files that pages name could not be prepared.") from None


def prepare_tables() -> None:
    """Check the installation and bring its tables up to date; new ones are made at first start."""
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    try:
        call_command("check", databases=["default"], stdout=StringIO())
    except SystemCheckError as error:
        raise Fault(str(error)) from None
    call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def plain_faults() -> Iterator[None]:
    """What a door refuses becomes a sentence for the person at the keyboard."""
    from django.core.exceptions import ValidationError
    from django.db import OperationalError, ProgrammingError

    from guyub.core.errors import Denied, GuyubError, Missing

    try:
        yield
    except Denied:
        raise Fault("this account's role does not allow that; nothing was changed.") from None
    except Missing as missing:
        raise Fault(f"there is no {missing} here, or not for this account.") from None
    except GuyubError as error:
        raise Fault(str(error)) from None
    except ValidationError as error:
        raise Fault(" ".join(error.messages)) from None
    except (OperationalError, ProgrammingError) as error:
        if "no such table" in str(error) or "does not exist" in str(error):
            raise Fault("the tables are not there yet: run `guyub manage migrate`.") from None
        raise Fault(f"the database does not answer: {str(error).strip()}") from None


def actor_named(username: str, community: str) -> Actor:
    """The account of this name in the community of this address."""
    from guyub.core.actor import actor_in
    from guyub.core.models import Account

    account = Account.objects.filter(username=username.lower()).first()
    if account is None:
        raise Fault(f"there is no account called {username!r}.")
    return actor_in(account, community)


def add_actor(parser: argparse.ArgumentParser) -> None:
    """Who acts, where, and in which installation."""
    parser.add_argument("--as", dest="who", required=True, metavar="USER", help="who does it")
    parser.add_argument(
        "--community", required=True, help="the community's address, as in its pages"
    )
    parser.add_argument("--data", default="", metavar="FOLDER", help="folder of the installation")


def confirm(question: str) -> bool:
    """Ask yes or no at the keyboard; no where nobody sits there."""
    if not sys.stdin.isatty():
        return False
    try:
        return input(f"{question} [y/N] ").strip().lower() in {"y", "yes", "ya"}
    except EOFError:
        return False
