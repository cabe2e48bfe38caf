"""Several villages side by side, on the first page of whoever looks after more than one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy

from guyub.core.actor import actor_across
from guyub.core.models import Account
from guyub.core.permissions import CorePermission, Permission
from guyub.core.queries import Village, villages
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.queries import PlaceFigures
from guyub.cycle.listen.vocabulary import (
    OVERDUE_PROMISE,
    Condition,
    ConditionKind,
    ListenPermission,
)
from guyub.interfaces.web.frame.question_address import question_address

# Villages on a page; our choice.
_AT_A_TIME = 25

_OVERDUE = Condition(kind=ConditionKind.PROMISE, choice=OVERDUE_PROMISE, least=1)


@dataclass(frozen=True, kw_only=True)
class VillageLine:
    """One village in the table. The addresses are empty where the account may not look further."""

    village: Village
    people: int
    heard: int
    overdue: int
    last: date | None
    workers: tuple[str, ...]
    people_at: str
    overdue_at: str

    @property
    def percent(self) -> int:
        """Of how many in a hundred we know what moves them."""
        return round(100 * self.heard / self.people) if self.people else 0


@dataclass(frozen=True, kw_only=True)
class Column:
    """A heading, and where a tap on it leads: sorted by it, or the other way round."""

    name: str
    label: Any
    address: str
    sorted: str


# By which columns the table is sorted, and which way first: those that need somebody come first.
_COLUMNS: dict[str, tuple[Any, Callable[[VillageLine], Any], bool]] = {
    "name": (gettext_lazy("Community"), lambda line: line.village.name.casefold(), False),
    "people": (gettext_lazy("People"), lambda line: line.people, True),
    "heard": (gettext_lazy("Heard"), lambda line: (line.percent, -line.people), False),
    "overdue": (gettext_lazy("Promises overdue"), lambda line: line.overdue, True),
    "last": (gettext_lazy("Last encounter"), lambda line: line.last or date.min, False),
    "workers": (gettext_lazy("Who works there"), lambda line: line.workers, False),
}
_FIRST = "overdue"


def village_lines(account: Account, today: date) -> list[VillageLine]:
    """The villages in which an account has a role, in figures.

    As many questions are asked for two villages as for two hundred.
    """
    member = actor_across(account, CorePermission.COMMUNITY_READ)
    if member is None or len(found := villages(member)) < 2:
        return []
    figures = listen.figures_by_place(member, today)
    planner = actor_across(account, ListenPermission.CONFIDENTIAL)
    workers = listen.workers_by_place(planner) if planner else {}
    read, noted = _reach(account, ListenPermission.READ), _reach(account, ListenPermission.WRITE)
    return [
        _line(
            village,
            [figures.get(place, PlaceFigures()) for place in village.places],
            sorted({name for place in village.places for name in workers.get(place, ())}),
            readable=village.id in read,
            noting=village.id in noted,
        )
        for village in found
    ]


def _reach(account: Account, permission: Permission) -> frozenset[uuid.UUID]:
    actor = actor_across(account, permission)
    return actor.reach if actor else frozenset()


def _line(
    village: Village,
    figures: list[PlaceFigures],
    workers: list[str],
    *,
    readable: bool,
    noting: bool,
) -> VillageLine:
    slug = village.slug
    return VillageLine(
        village=village,
        people=sum(each.people for each in figures),
        heard=sum(each.heard for each in figures),
        overdue=sum(each.overdue for each in figures),
        last=max((each.last for each in figures if each.last), default=None),
        workers=tuple(workers),
        people_at=reverse("people", args=(slug,)) if readable else "",
        overdue_at=question_address(slug, _OVERDUE) if noting else "",
    )


def overview_context(lines: list[VillageLine], asked: QueryDict) -> dict[str, Any]:
    """A page of the table as it is to be sorted."""
    wish = asked.get("sort", "")
    name = wish.removeprefix("-") if wish.removeprefix("-") in _COLUMNS else _FIRST
    turned = wish == f"-{name}"
    # Alike in one thing, those longest without an encounter come first, then by name.
    lines = sorted(lines, key=lambda line: (line.last or date.min, line.village.name.casefold()))
    _label, key, largest_first = _COLUMNS[name]
    lines.sort(key=key, reverse=largest_first != turned)
    shows_workers = any(line.workers for line in lines)
    page: Page[VillageLine] = Paginator(lines, _AT_A_TIME).get_page(asked.get("page"))
    return {
        "page": page,
        "sort": f"-{name}" if turned else name,
        "count": len(lines),
        "shows_workers": shows_workers,
        "columns": [
            _column(each, label, upwards, name, turned)
            for each, (label, _key, upwards) in _COLUMNS.items()
            if each != "workers" or shows_workers
        ],
    }


def _column(each: str, label: Any, largest_first: bool, name: str, turned: bool) -> Column:
    if each != name:
        return Column(name=each, label=label, address=f"?sort={each}", sorted="")
    said = "descending" if largest_first != turned else "ascending"
    address = f"?sort={each}" if turned else f"?sort=-{each}"
    return Column(name=each, label=label, address=address, sorted=said)
