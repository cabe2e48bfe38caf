"""What a door may answer instead of a result. Every text is for the person who asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class GuyubError(Exception):
    """Something that the person who asked can understand and act on."""


class Refused(GuyubError):
    """The deed breaks a rule of the domain; the text says which, and what to do instead."""


class Stale(Refused):
    """The deed was made from what has been changed since; `fields` says where."""

    def __init__(self, text: str, fields: Sequence[str] = ()) -> None:
        self.fields = tuple(fields)
        super().__init__(text)


class KeyTaken(Refused):
    """The key of a deed belongs to another one already."""


class Invalid(GuyubError):
    """The data of a deed cannot be read; `fields` says what is wrong, field by field."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__("; ".join(f"{name}: {text}" for name, text in self.fields.items()))


class Missing(GuyubError):
    """It does not exist, or it does not exist for this person: an outsider cannot tell which."""


class Denied(GuyubError):
    """The person belongs to the community, but their role does not allow this."""


class ClosedCommunity(RuntimeError):
    """A table was touched outside a door, or beyond the open community: a fault of the program."""
