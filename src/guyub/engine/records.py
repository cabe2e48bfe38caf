"""Results as plain data and back: what is kept, sent or printed as JSON."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Self, Union, get_args, get_origin, get_type_hints

from guyub.engine.errors import EngineError

# What needs no reading, a tuple of it neither.
_SIMPLE = {bool, float, int, str}


@dataclass(frozen=True, kw_only=True)
class Record:
    """A result made of texts, numbers, tuples, mappings and other such results.

    >>> from guyub.engine import Reach
    >>> reach = Reach(expected=12.5, low=12.0, high=13.0, simulations=400)
    >>> reach.to_dict()
    {'expected': 12.5, 'low': 12.0, 'high': 13.0, 'simulations': 400}
    >>> Reach.from_dict(reach.to_dict()) == reach
    True
    """

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data, which JSON can hold; tuples become lists."""
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The result that `to_dict` gave this data of.

        :raises EngineError: something is missing from it, or has another form.
        """
        return _read(cls, data)


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value


def _read(kind: Any, data: Any) -> Any:
    """A record of this kind out of plain data."""
    if not isinstance(data, Mapping):
        raise EngineError(f"{kind.__name__} is read from a mapping, not from {data!r}.")
    hints = _hints(kind)
    missing = [
        each.name
        for each in fields(kind)
        if each.name not in data and each.default is MISSING and each.default_factory is MISSING
    ]
    if missing or (unknown := sorted(data.keys() - hints.keys())):
        wrong = f"lacks {', '.join(missing)}" if missing else f"does not know {', '.join(unknown)}"
        raise EngineError(f"{kind.__name__} {wrong}.")
    return kind(**{name: _typed(hints[name], value) for name, value in data.items()})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _typed(hint: Any, value: Any) -> Any:
    """A value as its field says it is."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        (hint,) = (each for each in inner if each is not types.NoneType)
        return _typed(hint, value)
    if origin is tuple:
        values = _sequence(value)
        return tuple(values if inner[0] in _SIMPLE else (_typed(inner[0], each) for each in values))
    if origin is dict:
        return {name: _typed(inner[1], each) for name, each in value.items()}
    return _read(hint, value) if is_dataclass(hint) else value


def _sequence(value: Any) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise EngineError(f"A list is wanted, not {value!r}.")
    return value
