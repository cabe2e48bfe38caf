"""The architecture as tests: what lint-imports cannot see."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from guyub.core.action import ACTIONS
from guyub.core.actor import Actor
from guyub.core.lens import Lens
from guyub.core.models import CommunityModel
from guyub.core.query import QUERIES

SOURCE = Path(importlib.util.find_spec("guyub").origin).parent  # type: ignore[union-attr,arg-type]
CYCLE = SOURCE / "cycle"
STEPS = [path.name for path in sorted(CYCLE.iterdir()) if (path / "__init__.py").exists()]
ORDER = ["listen", "map", "start", "organize", "develop", "sustain"]

# The rooms of a step (3. architecture); a file that outgrows its purpose becomes a package of the
# same name.
ROOMS = {
    "__init__",
    "vocabulary",
    "models",
    "queries",
    "actions",
    "analysis",
    "jobs",
    "lenses",
    "forms",
    "views",
    "api",
    "urls",
    "apps",
    "migrations",
    "templates",
    "static",
    "content",
}

FORBIDDEN_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "managers",
    "service",
    "services",
    "handler",
    "handlers",
    "signals",
}

# Lines; a file that reaches its limit is split by noun.
LONGEST, LONGEST_IN_ENGINE = 400, 500
LONGEST_FUNCTION, LONGEST_KERNEL = 50, 80
# Characters: a longer line is not read through, and each change of it looks like any other.
LONGEST_TEMPLATE_LINE = 160


def modules(folder: Path = SOURCE) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield node


def test_the_steps_are_steps_of_the_cycle() -> None:
    assert set(STEPS) <= set(ORDER)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_has_no_room_of_its_own(step: str) -> None:
    found = {path.stem for path in (CYCLE / step).iterdir() if path.name != "__pycache__"}

    assert found <= ROOMS


@pytest.mark.parametrize("step", STEPS)
def test_a_step_says_what_it_is_for(step: str) -> None:
    assert len(importlib.import_module(f"guyub.cycle.{step}").__doc__ or "") > 80


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_seen_through_exactly_two_lenses(step: str) -> None:
    lenses = importlib.import_module(f"guyub.cycle.{step}.lenses")
    public = {
        name: function
        for name, function in inspect.getmembers(lenses, inspect.isfunction)
        if function.__module__ == lenses.__name__ and not name.startswith("_")
    }

    assert list(public) == ["community", "individual"]
    assert list(inspect.signature(public["community"]).parameters) == ["actor"]
    assert list(inspect.signature(public["individual"]).parameters) == ["actor", "person"]
    assert all(
        inspect.get_annotations(function, eval_str=True)["return"] is Lens
        for function in public.values()
    )


def test_core_names_no_step() -> None:
    """What a step declares, core is told. `map` and `start` alone are common words."""
    name = re.compile(rf"\b({'|'.join(ORDER)})(_|\.\w)|guyub\.cycle", re.IGNORECASE)
    places = [
        f"{path.relative_to(SOURCE)}: {found[0]}"
        for path in modules(SOURCE / "core")
        if (found := name.search(path.read_text()))
    ]
    assert places == []


def test_every_table_of_a_step_belongs_to_a_community() -> None:
    tables = [model for step in STEPS for model in apps.get_app_config(step).get_models()]

    assert tables
    assert [model for model in tables if not issubclass(model, CommunityModel)] == []


def test_every_door_takes_the_actor_first() -> None:
    doors = [*ACTIONS.values(), *QUERIES.values()]
    for door in doors:
        first = next(iter(inspect.signature(door.function).parameters.values()))
        assert (first.name, first.annotation) == ("actor", "Actor"), door.name
        assert door.function.__globals__["Actor"] is Actor, door.name


def test_a_door_is_named_after_its_place_and_its_function() -> None:
    for door in [*ACTIONS.values(), *QUERIES.values()]:
        module = door.function.__module__.removeprefix("guyub.").removeprefix("cycle.")
        assert door.name.split(".")[0] == module.split(".")[0], door.name
        if door.name != "core.found_workspace":
            assert door.name.split(".")[1] == door.function.__name__, door.name


def reading_rooms() -> list[str]:
    names = [f"guyub.cycle.{step}.{room}" for step in STEPS for room in ("queries", "analysis")]
    return [name for name in names if importlib.util.find_spec(name) is not None]


@pytest.mark.parametrize("room", reading_rooms())
def test_everything_public_that_reads_is_a_query(room: str) -> None:
    module = importlib.import_module(room)
    bare = [
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__.startswith(room) and not name.startswith("_")
    ]
    assert bare == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [path for path in modules() if path.stem in FORBIDDEN_NAMES] == []


def test_no_file_is_too_long() -> None:
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in modules()
        if (lines := len(path.read_text().splitlines()))
        > (LONGEST_IN_ENGINE if "engine" in path.parts else LONGEST)
    }
    assert long == {}


def test_no_line_of_a_template_is_too_long() -> None:
    long = {
        f"{path.relative_to(SOURCE)}:{number}": len(line)
        for path in sorted(SOURCE.rglob("*"))
        if path.is_file() and "templates" in path.parts
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > LONGEST_TEMPLATE_LINE
    }
    assert long == {}


def test_no_function_is_too_long() -> None:
    long = []
    for path in modules():
        for function in functions(path):
            lines = (function.end_lineno or 0) - function.lineno + 1
            marks = {ast.unparse(mark) for mark in function.decorator_list}
            compiled = marks & {"kernel", "step", "inlined"}
            if lines > (LONGEST_KERNEL if compiled else LONGEST_FUNCTION):
                long.append(f"{path.relative_to(SOURCE)} {function.name}: {lines}")
    assert long == []


@pytest.mark.parametrize(
    "trace",
    ["ModelForm", "post_save", "pre_save.connect", "mark_safe", "csrf_exempt", "_base_manager"],
)
def test_no_way_round_the_doors_is_in_the_source(trace: str) -> None:
    places = [str(path.relative_to(SOURCE)) for path in modules() if trace in path.read_text()]

    assert places == []


# What gives rows of a table without asking which community is open. Classes are called; the others
# are attributes of models, managers and querysets.
WHOLE_TABLE_CLASSES = {"QuerySet", "RawQuerySet", "Manager", "BaseManager"}

# Tables that are no notes of a community: accounts, phones, redirects and what holds them.
UNSCOPED_TABLES = ("calendar", "phone", "redirect", "workspace")
WHOLE_TABLE_ATTRIBUTES = {"_base_manager", "_raw_delete", "raw"}


def whole_table_calls(source: str) -> set[str]:
    """Which ways round the open community a module takes, however it imported them."""
    tree = ast.parse(source)
    names = {name: name for name in WHOLE_TABLE_CLASSES | {"whole_table"}}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {each.asname: each.name for each in node.names if each.asname}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in WHOLE_TABLE_ATTRIBUTES:
            found.add(node.attr)
        if isinstance(node, ast.Call):
            called = node.func.value if isinstance(node.func, ast.Subscript) else node.func
            name = getattr(called, "attr", names.get(getattr(called, "id", "")))
            found |= {name} & (WHOLE_TABLE_CLASSES | {"whole_table"})
    return found


@pytest.mark.parametrize(
    "source",
    [
        "models.QuerySet(Person).all()",
        "models.QuerySet[Person](Person)",
        "models.QuerySet(type(row)).update(name='')",
        "from django.db.models import QuerySet as Rows\nRows(model=Person)",
        "from guyub.core.models.scoped import whole_table as rows\nrows(Person)",
        "Person._base_manager.all()",
    ],
)
def test_a_whole_table_is_noticed_however_it_is_written(source: str) -> None:
    assert whole_table_calls(source)


def test_only_core_touches_a_whole_table() -> None:
    """`whole_table` goes round the open community; nothing else does.

    New keys need it, corrections and what is erased in every place, and a merge that looks whether
    it reaches all.
    """
    places = {
        str(path.relative_to(SOURCE)): found
        for path in modules()
        if (found := whole_table_calls(path.read_text()))
    }
    assert places == {
        "core/corrections.py": {"whole_table"},
        "core/erasing.py": {"whole_table", "_raw_delete"},
        "core/merging.py": {"whole_table"},
        "core/models/scoped.py": {"QuerySet"},
        "core/rotation.py": {"whole_table"},
    } | {f"core/models/{table}.py": {"Manager"} for table in UNSCOPED_TABLES}


def test_nothing_that_is_kept_hangs_on_the_secret_key() -> None:
    """A new one ends sessions, as it should; what is kept has keys of its own (`core.digests`)."""
    places = [
        str(path.relative_to(SOURCE))
        for path in modules()
        if any(
            "SECRET_KEY" in (getattr(node, "attr", ""), getattr(node, "value", ""))
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Attribute | ast.Constant)
        )
    ]
    assert places == []


def test_every_public_function_of_the_engine_says_what_it_means() -> None:
    silent = []
    for path in modules(SOURCE / "engine"):
        for node in ast.parse(path.read_text()).body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"
            if public and len(ast.get_docstring(node) or "") < 30:  # type: ignore[arg-type]
                silent.append(f"{path.name}: {node.name}")  # type: ignore[attr-defined]
    assert silent == []
