"""Settings from the environment: what cannot be read is told, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from guyub.config import environment


@pytest.mark.parametrize(("value", "read"), [("1", True), ("yes", True), ("0", False), ("", False)])
def test_a_yes_or_no_is_read(monkeypatch: pytest.MonkeyPatch, value: str, read: bool) -> None:
    monkeypatch.setenv("GUYUB_DEBUG", value)

    assert environment.flag("GUYUB_DEBUG") is read


@pytest.mark.parametrize(
    ("name", "value", "reader"),
    [
        ("GUYUB_DEBUG", "perhaps", lambda: environment.flag("GUYUB_DEBUG")),
        ("GUYUB_PROXIES", "-1", lambda: environment.number("GUYUB_PROXIES", 0)),
        ("GUYUB_LOG_LEVEL", ",", lambda: environment.one_of("GUYUB_LOG_LEVEL", ("INFO",), "INFO")),
        ("GUYUB_DATABASE_URL", "mysql://x/y", lambda: environment.database(Path("/nowhere"))),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, reader: object
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match=name):
        reader()  # type: ignore[operator]


def test_a_secret_file_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GUYUB_SECRET_KEY_FILE", str(tmp_path / "gone"))
    monkeypatch.delenv("GUYUB_SECRET_KEY", raising=False)

    with pytest.raises(ImproperlyConfigured, match="gone, which cannot be read"):
        environment.secret("GUYUB_SECRET_KEY", tmp_path / "own", lambda: "made")


def test_a_secret_is_made_once_and_only_its_user_reads_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("GUYUB_SECRET_KEY", "GUYUB_SECRET_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    file = tmp_path / "own"

    first = environment.secret("GUYUB_SECRET_KEY", file, lambda: "first")

    assert environment.secret("GUYUB_SECRET_KEY", file, lambda: "second") == first == "first"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_database_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUYUB_DATABASE_URL", "postgresql://tini:p%40ss@db.example:5433/guyub")

    found = environment.database(Path("/nowhere"))

    assert (found["USER"], found["PASSWORD"]) == ("tini", "p@ss")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "guyub")
