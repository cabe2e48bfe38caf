"""The reading door: permission, open the community, run, and let only plain data out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from functools import partial, update_wrapper
from itertools import islice
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from guyub.core import cache, footprint, scope
from guyub.core.actor import Actor
from guyub.core.permissions import Permission

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
Text = str | Promise

# How many items of a long answer are looked at for a stray table row. One is enough to catch a
# fault of the program, a few more cost nothing.
_LOOKED_AT = 20


class Query(Generic[Parameters, Result]):
    """A registered reading."""

    def __init__(
        self,
        name: str,
        permission: Permission,
        function: Callable[Concatenate[Actor, Parameters], Result],
        own_data: Text = "",
    ) -> None:
        self.name = name
        self.permission = permission
        self.own_data = own_data
        self.function = function
        update_wrapper(self, function)

    def __call__(
        self, actor: Actor, *arguments: Parameters.args, **named: Parameters.kwargs
    ) -> Result:
        actor.demand(self.permission)
        footprint.note_demand(self.permission)
        told = (
            tuple(map(_frozen, arguments)),
            tuple((name, _frozen(value)) for name, value in sorted(named.items())),
        )
        asked, answer = (self.name, actor, told), partial(self._answer, actor, *arguments, **named)
        return cast(Result, cache.once(asked, answer)) if _hashable(asked) else answer()

    def _answer(
        self, actor: Actor, *arguments: Parameters.args, **named: Parameters.kwargs
    ) -> Result:
        with scope.opened(scope.Scope(actor.reach)):
            answer = self.function(actor, *arguments, **named)
            _demand_plain(answer, self.name)
            return answer


# Every query there is.
QUERIES: dict[str, Query] = {}


def query(
    name: str, *, permission: Permission, own_data: Text = ""
) -> Callable[[Callable[Concatenate[Actor, Parameters], Result]], Query[Parameters, Result]]:
    """Register a reading under a stable name.

    own_data: the heading above what it tells of a person, on the sheet that is printed for them. It
    is asked about that person alone, and each row says itself as a text.
    """

    def register(
        function: Callable[Concatenate[Actor, Parameters], Result],
    ) -> Query[Parameters, Result]:
        if name in QUERIES:
            raise ValueError(f"Two queries are called {name}.")
        registered = Query(name, permission, function, own_data)
        QUERIES[name] = registered
        return registered

    return register


def _frozen(value: Any) -> Any:
    """What is asked with, as something that can be looked up."""
    if isinstance(value, Mapping):
        return Mapping, frozenset(value.items()) if _hashable(tuple(value.values())) else value
    return frozenset(value) if isinstance(value, set) else value


def _hashable(asked: Any) -> bool:
    try:
        hash(asked)
    except TypeError:
        return False
    return True


def _demand_plain(answer: Any, name: str, depth: int = 4) -> None:
    if isinstance(answer, QuerySet | Model):
        raise TypeError(f"{name} lets a {type(answer).__name__} out; a query returns plain data.")
    if depth == 0 or isinstance(answer, str | bytes):
        return
    if isinstance(answer, Mapping):
        parts: Iterable[Any] = answer.values()
    elif dataclasses.is_dataclass(answer):
        parts = (getattr(answer, field.name) for field in dataclasses.fields(answer))
    elif isinstance(answer, list | tuple | set | frozenset):
        parts = answer
    else:
        return
    for part in islice(parts, _LOOKED_AT):
        _demand_plain(part, name, depth - 1)
