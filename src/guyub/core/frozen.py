"""Whether a value can never change: what several pages are given has to stay as it is."""

from __future__ import annotations

import dataclasses
import enum
import sys
import uuid
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from types import MappingProxyType
from typing import Any

_PLAIN = (str, bytes, int, float, date, time, timedelta, uuid.UUID, enum.Enum, type(None))


def demand_frozen(value: Any) -> None:
    """Refuse whatever somebody could change, however deep it lies.

    :raises TypeError: it holds a list, a dictionary, an array that can be written to…
    """
    kind = type(value)
    if issubclass(kind, _PLAIN):
        return
    if issubclass(kind, tuple | frozenset):
        _demand_each(value)
    elif kind is MappingProxyType:
        _demand_each(value)
        _demand_each(value.values())
    elif dataclasses.is_dataclass(kind) and kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        _demand_each(getattr(value, field.name) for field in dataclasses.fields(kind))
    elif not _is_read_only_array(value):
        raise TypeError(f"A {kind.__name__} can be changed by whoever is given it.")


def frozen(value: Any) -> Any:
    """The same plain data, with tuples for lists and read-only mappings for dictionaries."""
    if isinstance(value, Mapping):
        return MappingProxyType({name: frozen(part) for name, part in value.items()})
    if isinstance(value, list | tuple):
        return tuple(map(frozen, value))
    return value


def thawed(value: Any) -> Any:
    """The same plain data again, for whoever is to have it for themselves."""
    if isinstance(value, Mapping):
        return {name: thawed(part) for name, part in value.items()}
    return [thawed(part) for part in value] if isinstance(value, tuple) else value


def _demand_each(values: Iterable[Any]) -> None:
    """A column of a hundred thousand texts is looked through by its types alone."""
    values = list(values)
    others = tuple(kind for kind in set(map(type, values)) if not issubclass(kind, _PLAIN))
    if others:
        for value in values:
            if isinstance(value, others):
                demand_frozen(value)


def _is_read_only_array(value: Any) -> bool:
    numpy = sys.modules.get("numpy")
    if numpy is None or not isinstance(value, numpy.ndarray):
        return False
    while isinstance(value, numpy.ndarray):
        if value.flags.writeable:
            return False
        value = value.base
    return value is None
