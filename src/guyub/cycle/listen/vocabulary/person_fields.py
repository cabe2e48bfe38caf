"""What is noted of a person, field by field, each declared once.

Inputs, forms, pages, lists in and out, phones, the log, the sheet that a person may ask for and the
guards read it here. Two things stand elsewhere: the column (`models.Person`), and the headings by
which lists name it (`interfaces/transfer/columns.toml`, which the shell reads without Django).
docs/how-to/add-a-field.md adds one step by step.
"""

from __future__ import annotations

import dataclasses
import typing
import uuid
from collections.abc import Iterator
from dataclasses import MISSING, dataclass
from typing import Any, TypeVar

from django.db.models import TextChoices
from django.utils.functional import keep_lazy_text
from django.utils.translation import gettext_lazy as _

from guyub.cycle.listen.vocabulary import Gender, PersonStatus

Class = TypeVar("Class", bound=type)


@dataclass(frozen=True, kw_only=True)
class PersonField:
    """One field of a person.

    label: how forms, pages and sheets call it. word: how the log and the columns of lists do, in
    the middle of a sentence. in_brief: how somebody's page says it beneath their name; empty where
    it stands elsewhere. column: what lists call it; empty where they have none. means: what the
    reference says of that column. confidential: sealed, and read by those alone who note things.
    """

    name: str
    kind: Any
    default: Any
    label: str
    word: str
    column: str
    help: str = ""
    in_brief: str = "%(value)s"
    means: str = "any text"
    confidential: bool = False
    max_length: int | None = None

    @property
    def is_text(self) -> bool:
        """Whether it holds words that somebody typed."""
        return self.kind is str

    @property
    def choices(self) -> type[TextChoices] | None:
        """The words to choose from, where it is a choice."""
        chosen = isinstance(self.kind, type) and issubclass(self.kind, TextChoices)
        return self.kind if chosen else None


@keep_lazy_text
def _uncapitalized(text: str) -> str:
    return text[:1].lower() + text[1:]


def _noted(label: Any, *, default: Any = "", **details: Any) -> Any:
    """Declare a field; `max_length` also limits what an Input takes."""
    limits = {name: details[name] for name in ("max_length",) if name in details}
    declared = {"label": label, "word": _uncapitalized(label), **details}
    return dataclasses.field(default=default, metadata={"declared": declared, **limits})


@dataclass(frozen=True, kw_only=True)
class OpenFields:
    """What everybody who may read of people reads of somebody, in the order of forms and lists."""

    name: str = _noted(
        _("Name"),
        default=MISSING,
        help=_("A first name is enough."),
        in_brief="",
        means="the person's name; if it is empty, the alias or the id",
        max_length=200,
    )
    alias: str = _noted(
        _("Also called"),
        help=_("Pak RT, Bu Darmi…"),
        in_brief="",
        means="what the person is called at home; several people may share it",
        max_length=200,
    )
    gender: Gender = _noted(
        _("Gender"), default=Gender.UNSTATED, means="a word from the list below"
    )
    birth_year: int | None = _noted(
        _("Year of birth"), default=None, in_brief=_("born %(value)s"), means="1850 to 2200"
    )
    household: str = _noted(
        _("Household"),
        help=_("Whose kitchen they share. People with the same entry live together."),
        in_brief="",
        means="who shares a kitchen; any text",
        max_length=120,
    )
    community: uuid.UUID | None = _noted(
        _("Where"),
        default=None,
        word=_("where they live"),
        in_brief="",
        column="sub_community",
        means="a hamlet or neighbourhood; an import creates missing ones",
    )
    occupation: str = _noted(_("Work"), max_length=120)
    office: str = _noted(
        _("Office"),
        help=_("Village head, head of an RT, chair of a group; empty for almost everyone."),
        in_brief="",
        means="the office the person holds, or yes or no",
        max_length=120,
    )
    groups: str = _noted(
        _("Groups"),
        help=_("Where they take part: PKK, karang taruna. Put a comma between two groups."),
        in_brief=_("takes part in %(value)s"),
        means="groups the person takes part in, separated by commas",
        max_length=200,
    )


@dataclass(frozen=True, kw_only=True)
class ConfidentialFields:
    """What is sealed. Without a column here a confidential field stays out of lists."""

    phone: str = _noted(
        _("Phone"),
        help=_("Sealed. Only the team can read it."),
        in_brief="",
        means="sealed in the database; `guyub catalysts` does not use it",
        confidential=True,
        max_length=60,
    )


@dataclass(frozen=True, kw_only=True)
class LaterFields:
    """What nobody asks of somebody who is noted for the first time."""

    status: PersonStatus = _noted(
        _("Still here?"),
        default=PersonStatus.PRESENT,
        word=_("whether they are still here"),
        in_brief="",
        column="",
    )


def _declared(*classes: type) -> Iterator[PersonField]:
    for each in classes:
        kinds = typing.get_type_hints(each)
        for field in dataclasses.fields(each):
            declared = {"column": field.name, **field.metadata["declared"]}
            yield PersonField(
                name=field.name, kind=kinds[field.name], default=field.default, **declared
            )


# All of them, by name.
PERSON_FIELDS: dict[str, PersonField] = {
    each.name: each for each in _declared(OpenFields, ConfidentialFields, LaterFields)
}

CONFIDENTIAL_FIELDS = tuple(each.name for each in PERSON_FIELDS.values() if each.confidential)


def with_each_field_optional(cls: Class) -> Class:
    """Add every field of a person to a class, None where nothing is said of it."""
    for each in PERSON_FIELDS.values():
        cls.__annotations__[each.name] = each.kind | None
        limits = {} if each.max_length is None else {"max_length": each.max_length}
        setattr(cls, each.name, dataclasses.field(default=None, metadata=limits))
    return cls
