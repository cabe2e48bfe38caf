"""Lists that wait between being sent and being brought in: in the data folder, for an hour.

What a page carries is only a signed token. It names a folder, and holds for one account in one
community; the lists themselves never go back to the browser.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from guyub.core.actor import Actor
from guyub.core.errors import Missing
from guyub.core.jobs import hourly

# Long enough to look at a preview and ask a colleague; our choice. What lies about holds names.
KEPT_FOR = 60 * 60

SHEETS = ("people", "ties")

_SALT = "guyub.bring_in"


class TooLate(Exception):
    """The lists are no longer kept: brought in, put aside, or older than an hour."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """Lists that wait. `entry` is what they will be in the log, however often they are sent."""

    token: str
    folder: Path
    entry: uuid.UUID

    def file(self, sheet: str) -> Path | None:
        """Where the list of people or of ties lies, if one was sent."""
        return next(self.folder.glob(f"{sheet}.*"), None)

    def key(self, number: int) -> uuid.UUID:
        """The key of a deed: the same each time, so that a second click does nothing."""
        return uuid.uuid5(self.entry, str(number))

    @property
    def waits(self) -> bool:
        """Whether the lists are still there."""
        return self.folder.is_dir()

    def forget(self) -> None:
        """Remove the lists."""
        shutil.rmtree(self.folder, ignore_errors=True)


def keep(actor: Actor, lists: Mapping[str, UploadedFile]) -> str:
    """Put lists aside for this actor, readable by nobody else, and give the token."""
    name = secrets.token_hex(16)
    folder = _shelf() / name
    folder.mkdir(mode=0o700)
    for sheet, sent in lists.items():
        suffix = Path(sent.name or "").suffix.lower()[:8] or ".csv"
        place = os.open(folder / f"{sheet}{suffix}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(place, "wb") as stream:
            for chunk in sent.chunks():
                stream.write(chunk)
    return signing.dumps([str(actor.account), str(actor.community), name], salt=_SALT)


def load(actor: Actor, token: str) -> Upload:
    """The lists of a token.

    :raises Missing: the token is made up, or was given to somebody else or in another community.
    :raises TooLate: it is older than an hour.
    """
    try:
        account, community, name = signing.loads(token, salt=_SALT)
        if (account, community) != (str(actor.account), str(actor.community)):
            raise Missing("upload")
        signing.loads(token, salt=_SALT, max_age=KEPT_FOR)
    except signing.SignatureExpired:
        raise TooLate from None
    except (signing.BadSignature, ValueError):
        raise Missing("upload") from None
    entry = uuid.uuid5(actor.account, name)
    return Upload(token=token, folder=_shelf() / name, entry=entry)


@hourly
def sweep() -> None:
    """Remove what has waited longer than an hour."""
    oldest = time.time() - KEPT_FOR
    for folder in _shelf().iterdir():
        try:
            old = folder.stat().st_mtime < oldest
        except FileNotFoundError:
            continue
        if old:
            shutil.rmtree(folder, ignore_errors=True)


def forget_all() -> None:
    """Remove every list that waits: somebody was erased who may stand in one of them."""
    for folder in _shelf().iterdir():
        shutil.rmtree(folder, ignore_errors=True)


def _shelf() -> Path:
    shelf = Path(settings.GUYUB_DATA) / "uploads"
    shelf.mkdir(mode=0o700, exist_ok=True)
    return shelf
