"""The reference pages say what the code does."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", DOCS / "generate_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["permissions.md", "doors.md", "columns.md"])
def test_a_generated_page_is_up_to_date(page: str) -> None:
    written = (DOCS / "reference" / page).read_text()

    assert written == generator().PAGES[page](), "run `make docs` and commit the page"


def test_every_generated_page_is_checked() -> None:
    assert set(generator().PAGES) == {"permissions.md", "doors.md", "columns.md"}


def test_every_recognised_column_says_what_it_means() -> None:
    reference = generator()
    with reference.COLUMNS.open("rb") as stream:
        book = tomllib.load(stream)

    assert {sheet: set(book[sheet]) for sheet in reference.MEANINGS} == {
        sheet: set(meanings) for sheet, meanings in reference.MEANINGS.items()
    }


def test_a_door_that_says_nothing_of_itself_is_refused() -> None:
    with pytest.raises(ValueError, match=r"listen\.silent has no docstring"):
        generator()._described("listen.silent", lambda: None)
