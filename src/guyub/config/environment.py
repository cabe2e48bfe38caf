"""Reads settings from the environment, loudly, and secrets from files made at first start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from guyub.config.sqlite import BUSY_TIMEOUT, PRAGMAS

_YES, _NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def flag(name: str, default: bool = False) -> bool:
    """A yes or no."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in _YES | _NO:
        return value.lower() in _YES
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    """A whole number, 0 or more."""
    value = os.environ.get(name, "").strip() or str(default)
    if value.isascii() and value.isdigit():
        return int(value)
    raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.")


def one_of(name: str, choices: tuple[str, ...], default: str) -> str:
    """One word out of several."""
    value = os.environ.get(name, "").strip().upper() or default
    if value in choices:
        return value
    raise ImproperlyConfigured(f"{name} is {value!r}; write one of {', '.join(choices)}.")


def data_folder() -> Path:
    """Where this installation keeps everything that is its own; private to its user."""
    given = os.environ.get("GUYUB_DATA")
    if given:
        folder = Path(given).expanduser().resolve()
    else:
        shared = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
        folder = Path(shared) / "guyub"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret(name: str, file: Path, make: Callable[[], str]) -> str:
    """A secret from the environment, from a file the environment names, or from our own file.

    The last is made at first start, readable by its user only.
    """
    if os.environ.get(name):
        return os.environ[name]
    if named := os.environ.get(f"{name}_FILE"):
        try:
            return Path(named).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE names {named}, which cannot be read: {error.strerror}."
            ) from None
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        return _write_once(file, make())


def _write_once(file: Path, value: str) -> str:
    """Write a new secret; of two processes that start together, both take the first one's."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(value + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return file.read_text().strip()


def database(folder: Path) -> dict[str, Any]:
    """SQLite in the data folder, or the PostgreSQL that GUYUB_DATABASE_URL names."""
    address = os.environ.get("GUYUB_DATABASE_URL", "")
    if not address:
        return _sqlite(folder / "guyub.sqlite3")
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("GUYUB_DATABASE_URL begins with postgresql:// or sqlite://.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(parts.port or ""),
        # Opening a connection for each request costs nine tenths of the throughput.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **options,
            "options": "-c lock_timeout=20s -c idle_in_transaction_session_timeout=300s "
            "-c synchronous_commit=on",
        },
    }


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            # Taking the write lock at once: read-then-write transactions otherwise fail under
            # load instead of waiting.
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_TIMEOUT,
            "init_command": PRAGMAS,
        },
        # A database in memory would be one connection for all threads of a server under test, and
        # Python's sqlite3 forgets statements that two threads prepare at once (KeyError).
        "TEST": {"NAME": str(file.with_name(f"test-{file.name}"))},
    }
