"""What `from guyub.engine import …` gives, and that the examples of it are true."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import guyub.engine as engine

NAMES = dir(engine)
FUNCTIONS = [name for name in NAMES if inspect.isfunction(getattr(engine, name))]
MODULES = [each.name for each in pkgutil.walk_packages(engine.__path__, "guyub.engine.")]


@pytest.mark.parametrize("module", ["guyub.engine", *MODULES])
def test_the_examples_of_a_module_are_true(module: str) -> None:
    found = doctest.testmod(importlib.import_module(module), report=True)

    assert found.failed == 0


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_public_function_has_an_example_that_imports_it_as_a_reader_would(name: str) -> None:
    told = inspect.getdoc(getattr(engine, name)) or ""

    assert any(
        line.startswith(">>> from guyub.engine import ") and name in line.replace(",", " ").split()
        for line in told.splitlines()
    )


def test_whoever_reads_types_sees_the_same_names() -> None:
    tree = ast.parse(Path(engine.__file__).read_text())
    (checked,) = [node for node in tree.body if isinstance(node, ast.If)]
    told = {
        (node.module, name.name)
        for node in checked.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }

    assert told == {(f"guyub.engine.{engine._MODULES[name]}", name) for name in NAMES}


def test_a_name_that_is_not_there_is_refused() -> None:
    with pytest.raises(ImportError, match="witchcraft"):
        from guyub.engine import witchcraft  # noqa: F401


def test_a_plan_that_was_kept_is_read_without_loading_what_was_compiled() -> None:
    asked = "import sys; from guyub.engine import StartingPlan; print('numba' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "False"
