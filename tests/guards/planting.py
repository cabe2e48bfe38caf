"""A token in every text of every row, each with the row it stands in: the canary of the pages.

A token says table, column and row (`kenari.person.phone.3f2a…`), so whoever finds one can look up
in which places its row may be read, and with which permission.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

import routes as pages
from decided import NEEDED, action_examples
from django.apps import apps
from django.db import models

from guyub.core.action import Deed, perform
from guyub.core.actor import actor_in
from guyub.core.confidential import ConfidentialField, seal
from guyub.core.errors import Missing
from guyub.core.identifiers import new_identifier
from guyub.core.models import Account, Community, Device, Job, LogEntry, Membership, Workspace
from guyub.core.permissions import Permission, all_permissions
from guyub.cycle.listen.vocabulary import ListenPermission
from people import Cast, do

TOKEN = re.compile(r"kenari\.(\w+)\.(\w+)\.([0-9a-f]{12})", re.IGNORECASE)


@dataclass
class Planted:
    """Where the row of each token may be read, and who the rows of accounts are."""

    cast: Cast
    things: dict
    places: dict[str, set[str]] = field(default_factory=dict)
    texts: dict[str, set[str]] = field(default_factory=dict)
    # Below which places an account works: planners there may ask it to go and visit somebody.
    works_below: dict[str, set[str]] = field(default_factory=dict)
    # Who began the job that a token of its fault stands in.
    beginners: dict[str, str] = field(default_factory=dict)
    # What somebody may do in a place, looked up once.
    _permissions: dict[tuple[str, str], frozenset[Permission]] = field(default_factory=dict)

    def may_see(self, name: str, found: tuple[str, str, str]) -> bool:
        """Whether somebody may read this token."""
        table, column, row = found
        if (table, column) == ("job", "fault"):
            return self.beginners[row] == name
        needed = NEEDED[f"{table}.{column}"]
        if needed is None or name in {pages.NOBODY, "dewi"}:
            return False
        if (table, column) == ("account", "name") and any(
            self._holds(name, place, ListenPermission.CONFIDENTIAL)
            for place in self.works_below[row]
        ):
            return True
        own = table == "account" and row == mark(self.cast.accounts[name].pk)
        return own or any(self._holds(name, place, needed) for place in self.places[row])

    def _holds(self, name: str, place: str, needed: Permission) -> bool:
        if (name, place) not in self._permissions:
            try:
                actor = actor_in(self.cast.accounts[name], place)
                held = frozenset(each for each in all_permissions() if actor.may(each))
            except Missing:
                held = frozenset()
            self._permissions[name, place] = held
        return needed in self._permissions[name, place]


def texts() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every column of ours that holds words."""
    kinds = (models.CharField, models.TextField, models.JSONField, ConfidentialField)
    for model in apps.get_models():
        if model.__module__.startswith("guyub."):
            for column in model._meta.concrete_fields:
                if isinstance(column, kinds) and not column.choices:
                    yield model, column


def named(model: type[models.Model], column: models.Field) -> str:
    return f"{model._meta.model_name}.{column.name}"


def mark(key: uuid.UUID) -> str:
    return key.hex[-12:]


def token(name: str, key: uuid.UUID) -> str:
    return f"kenari.{name}.{mark(key)}"


def found_in(text: str) -> set[tuple[str, str, str]]:
    """The tokens in a text."""
    return {tuple(part.lower() for part in match) for match in TOKEN.findall(text)}


def plant(cast: Cast) -> Planted:
    """Set up the world of the pages with a token in every text."""
    planted = Planted(cast, pages.build(cast))
    doers = {"sukamaju": "sari", "krajan": "sari", "sidorejo": "charlie", "other": "oscar"}
    for place, name in doers.items():
        actor = cast.actor(name, place)
        wage = do(actor, "listen.add_person", name="Wage", household="Wage")["id"]
        do(actor, "listen.note_consent", person=wage, purpose="keep", answer="given")
        _note_in_the_log(planted, place, name)
        for action in ("start.exchange_person", "start.decide_plan", "start.debrief_plan"):
            do(actor, action, **action_examples(planted.things[place])[action])
    for model, columns in _columns().items():
        for row in models.QuerySet(model):
            _fill(planted, row, columns)
    for account in cast.accounts.values():
        account.refresh_from_db()
    return planted


def _note_in_the_log(planted: Planted, place: str, name: str) -> None:
    key = new_identifier()
    data = {"what": token("logentry.result", key), "rows": 1, "reason": "for a report"}
    deed = Deed(action="core.note_export", data=data, key=key, reason=token("logentry.reason", key))
    perform(planted.cast.actor(name, place), [deed])
    planted.places[mark(key)] = {place}
    for column in ("reason", "result"):
        planted.texts.setdefault(f"logentry.{column}", set()).add(place)


def _columns() -> dict[type[models.Model], list[models.Field]]:
    columns: dict[type[models.Model], list[models.Field]] = {}
    for model, column in texts():
        if named(model, column) in NEEDED and model is not LogEntry:
            columns.setdefault(model, []).append(column)
    return columns


def _fill(planted: Planted, row: models.Model, columns: list[models.Field]) -> None:
    places = _places(row)
    values = {}
    for column in columns:
        name = named(type(row), column)
        sealed = isinstance(column, ConfidentialField)
        text = token(name, row.pk)
        values[column.name] = seal(column, row.pk, text) if sealed else text
        planted.texts.setdefault(name, set()).update(places)
    # The whole table, whatever community is open: the canary must reach every row.
    models.QuerySet(type(row)).filter(pk=row.pk).update(**values)
    planted.places[mark(row.pk)] = places
    if isinstance(row, Account):
        planted.works_below[mark(row.pk)] = _works_below(row)
    if isinstance(row, Job):
        planted.beginners[mark(row.pk)] = row.account.username


def _works_below(account: Account) -> set[str]:
    """Where somebody may note things by a role that they hold above."""
    above = Membership.objects.filter(
        account=account, role__in=ListenPermission.WRITE.roles, withdrawn_in=None
    )
    paths = Community.objects.filter(pk__in=above.values("community")).values_list("path")
    return {
        slug
        for (path,) in paths
        for slug in Community.objects.filter(path__startswith=path).values_list("slug", flat=True)
    }


def _places(row: models.Model) -> set[str]:
    """The places whose people may meet this row."""
    if isinstance(row, Device):
        row = row.account
    if isinstance(row, Account):
        # An account is known where it holds a role, and where the log tells of its deeds.
        roles = Membership.objects.filter(account=row).values_list("community", flat=True)
        deeds = LogEntry.objects.filter(account=row).values_list("community", flat=True)
        return set(Community.objects.filter(pk__in={*roles, *deeds}).values_list("slug", flat=True))
    if isinstance(row, Workspace):
        return {Community.objects.get(workspace=row, parent=None).slug}
    if isinstance(row, Community):
        return {row.slug}
    return {row.community.slug}  # type: ignore[attr-defined]
