"""Whom a question means: each condition finds people, and only who may read a fact asks by it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from guyub.core.actor import Actor
from guyub.core.errors import Invalid, Missing
from guyub.core.query import query
from guyub.core.redirects import followed
from guyub.cycle.listen.models import (
    Concern,
    Encounter,
    Participation,
    Person,
    Promise,
    PromiseOutcome,
    SavedQuestion,
    ThemedConcern,
)
from guyub.cycle.listen.queries.due_promises import overdue_promises
from guyub.cycle.listen.queries.heard import heard_people
from guyub.cycle.listen.queries.people_list import below, naming
from guyub.cycle.listen.vocabulary import (
    GATHERINGS,
    OPEN_PROMISE,
    OVERDUE_PROMISE,
    SLOTS,
    Condition,
    ConditionKind,
    EncounterKind,
    Gender,
    LadderStep,
    LifeArea,
    ListenPermission,
    Outcome,
    Part,
    PersonStatus,
    Trait,
)

# A question that is longer is two questions. Our choice.
MOST_CONDITIONS = 12

_CHOICES: dict[ConditionKind, Iterable[str]] = {
    ConditionKind.GENDER: Gender.values,
    ConditionKind.ATTENDED: sorted(GATHERINGS),
    ConditionKind.PART: Part.values,
    ConditionKind.PROMISE: (OPEN_PROMISE, OVERDUE_PROMISE, *Outcome.values),
    ConditionKind.CONCERN: LifeArea.values,
    ConditionKind.LADDER: LadderStep.values,
    ConditionKind.TRAIT: [each for each in Trait.values if each != Trait.STANCE],
}


@dataclass(frozen=True, kw_only=True)
class QuestionRow:
    """A question that is kept: whose, and whether the team shares it."""

    id: uuid.UUID
    name: str
    shared: bool
    own: bool
    kept_by: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True)
class DeedCounts:
    """What somebody did since a day, as the ladder asks for it."""

    met: int = 0
    gatherings: int = 0
    hosted: int = 0
    organised: int = 0
    brought: int = 0
    kept: int = 0


def demand_sound(actor: Actor, conditions: tuple[Condition, ...]) -> None:
    """Refuse conditions that the actor may not ask, and those that lack something.

    :raises Denied: the actor may not read what one of them rests on.
    :raises Invalid: one lacks something, or has what its kind does not know.
    """
    wrong = {}
    for number, each in enumerate(conditions):
        slots = SLOTS[each.kind]
        actor.demand(slots.permission)
        for name in slots.needs:
            if getattr(each, name) in {None, ""}:
                wrong[f"conditions.{number}.{name}"] = _("This is needed.")
        if each.choice and each.choice not in _CHOICES.get(each.kind, (each.choice,)):
            wrong[f"conditions.{number}.choice"] = _("This is not known here.")
        lowest, highest = slots.bounds
        for name in ("least", "most"):
            value = getattr(each, name)
            if value is not None and not lowest <= value <= highest:
                wrong[f"conditions.{number}.{name}"] = _("From %(least)s to %(most)s.") % {
                    "least": lowest,
                    "most": highest,
                }
    if wrong:
        raise Invalid(wrong)


@query("listen.questions", permission=ListenPermission.READ)
def questions(actor: Actor) -> tuple[QuestionRow, ...]:
    """One's own saved questions, and shared ones one may ask."""
    rows = SavedQuestion.objects.filter(Q(shared=True) | Q(stated_in__account_id=actor.account))
    kept = list(rows.select_related("stated_in__account"))
    # Whoever turned out to be somebody else is asked about under the record that stays.
    meant = followed([row.conditions for row in kept])
    found = [_question(actor, row, asked) for row, asked in zip(kept, meant, strict=True)]
    found.sort(key=lambda each: each.name.casefold())
    return tuple(each for each in found if _may_ask(actor, each))


@query("listen.question", permission=ListenPermission.READ)
def question(actor: Actor, identifier: uuid.UUID) -> QuestionRow:
    """One saved question.

    :raises Missing: it is not there, somebody else's, or not for this actor to ask.
    """
    found = next((each for each in questions(actor) if each.id == identifier), None)
    if found is None:
        raise Missing(str(identifier))
    return found


@query("listen.in_order", permission=ListenPermission.READ)
def in_order(actor: Actor) -> tuple[uuid.UUID, ...]:
    """Everyone who lives here, by name."""
    rows = Person.objects.filter(status=PersonStatus.PRESENT).order_by("name", "id")
    return tuple(rows.values_list("id", flat=True))


@query("listen.fulfilling", permission=ListenPermission.READ)
def fulfilling(actor: Actor, condition: Condition, today: date) -> frozenset[uuid.UUID]:
    """The people who meet a condition, ignoring negation; not for engine conditions.

    :raises Denied: the actor may not read what it rests on.
    """
    demand_sound(actor, (condition,))
    return frozenset(_FINDERS[condition.kind](actor, condition, today))


@query("listen.deeds_since", permission=ListenPermission.WRITE)
def deeds_since(
    actor: Actor, since: date, *, about: frozenset[uuid.UUID] | None = None
) -> dict[uuid.UUID, DeedCounts]:
    """What each person did since a day; people who did nothing are left out.

    about: only these few people.
    """
    there = Participation.objects.filter(
        encounter__withdrawn_in=None, encounter__held_on__gte=since
    )
    kept = _promises_being(Outcome.KEPT).filter(settled_on__gte=since)
    if about is not None:
        there, kept = there.filter(person__in=about), kept.filter(person__in=about)
    counted: dict[uuid.UUID, dict[str, int]] = {}
    columns: dict[str, Any] = {
        part.value: Count("encounter", filter=Q(part=part), distinct=True)
        for part in (Part.HOSTED, Part.ORGANISED, Part.BROUGHT)
    }
    columns["met"] = Count("encounter", distinct=True)
    columns["gatherings"] = Count(
        "encounter", filter=Q(encounter__kind__in=GATHERINGS), distinct=True
    )
    for row in there.order_by().values("person_id").annotate(**columns):
        counted[row.pop("person_id")] = row
    for person, count in kept.order_by().values_list("person_id").annotate(count=Count("pk")):
        counted.setdefault(person, {})["kept"] = count
    return {person: DeedCounts(**row) for person, row in counted.items()}


def _question(actor: Actor, row: SavedQuestion, asked: list[dict[str, Any]]) -> QuestionRow:
    return QuestionRow(
        id=row.pk,
        name=row.name,
        shared=row.shared,
        own=row.stated_in.account_id == actor.account,
        kept_by=row.stated_in.account.name,
        conditions=tuple(_condition(each) for each in asked),
    )


def _condition(kept: dict[str, Any]) -> Condition:
    which = uuid.UUID(kept["which"]) if kept["which"] else None
    return Condition(**(kept | {"kind": ConditionKind(kept["kind"]), "which": which}))


def _may_ask(actor: Actor, row: QuestionRow) -> bool:
    return all(actor.may(SLOTS[each.kind].permission) for each in row.conditions)


def _in_place(actor: Actor, asked: Condition, today: date) -> Iterable[uuid.UUID]:
    assert asked.which is not None  # noqa: S101  demand_sound looked
    places = below(actor, asked.which)
    return Person.objects.filter(community__in=places).values_list("pk", flat=True)


def _of_gender(actor: Actor, asked: Condition, today: date) -> Iterable[uuid.UUID]:
    return Person.objects.filter(gender=asked.choice).values_list("pk", flat=True)


def _of_age(actor: Actor, asked: Condition, today: date) -> Iterable[uuid.UUID]:
    # Only the year of birth is known: whoever turns so old this year is so old.
    years = (today.year - (asked.most or 0), today.year - (asked.least or 0))
    return Person.objects.filter(birth_year__range=years).values_list("pk", flat=True)


def _in_group(actor: Actor, asked: Condition, today: date) -> Iterable[uuid.UUID]:
    rows = Person.objects.filter(groups__in=naming(actor, asked.choice))
    return rows.values_list("pk", flat=True)


def _in_office(actor: Actor, asked: Condition, today: date) -> Iterable[uuid.UUID]:
    return Person.objects.exclude(office="").values_list("pk", flat=True)


def _heard(actor: Actor, asked: Condition, today: date) -> Iterable[uuid.UUID]:
    return heard_people().values_list("pk", flat=True)


def _met(actor: Actor, asked: Condition, today: date) -> Iterable[uuid.UUID]:
    since = today - timedelta(days=asked.most or 0)
    there = Participation.objects.filter(
        encounter__withdrawn_in=None, encounter__held_on__gte=since
    )
    return there.values_list("person_id", flat=True).distinct()


def _attended(actor: Actor, asked: Condition, today: date) -> Iterable[uuid.UUID]:
    kinds = [EncounterKind(asked.choice)] if asked.choice else GATHERINGS
    held = Encounter.objects.filter(kind__in=kinds)
    if asked.which is not None:
        held = held.filter(community__in=below(actor, asked.which))
    last = list(held.order_by("-held_on", "-id").values_list("pk", flat=True)[: asked.most])
    there = Participation.objects.filter(encounter__in=last)
    return _often(there, asked.least)


def _took_part(actor: Actor, asked: Condition, today: date) -> Iterable[uuid.UUID]:
    there = Participation.objects.filter(encounter__withdrawn_in=None, part=asked.choice)
    return _often(there, asked.least)


def _often(there: Any, least: int | None) -> Iterable[uuid.UUID]:
    rows = there.order_by().values("person_id").annotate(often=Count("encounter", distinct=True))
    return rows.filter(often__gte=least or 1).values_list("person_id", flat=True)


def _promised(actor: Actor, asked: Condition, today: date) -> Iterable[uuid.UUID]:
    if asked.choice == OVERDUE_PROMISE:
        rows = overdue_promises(today)
    else:
        rows = _promises_being(None if asked.choice == OPEN_PROMISE else Outcome(asked.choice))
    counted = rows.order_by().values("person_id").annotate(often=Count("pk"))
    return counted.filter(often__gte=asked.least or 1).values_list("person_id", flat=True)


def _promises_being(outcome: Outcome | None) -> Any:
    """Promises of people (not those given to them) that have come to this, and since which day."""
    latest = PromiseOutcome.objects.filter(promise=OuterRef("pk")).order_by("-noted_on", "-id")
    rows = Promise.objects.filter(by_worker=False).annotate(
        latest=Subquery(latest.values("outcome")[:1]),
        settled_on=Subquery(latest.values("noted_on")[:1]),
    )
    return rows.filter(latest=outcome)


def _caring(actor: Actor, asked: Condition, today: date) -> Iterable[uuid.UUID]:
    rows = Concern.objects.all()
    if asked.choice:
        rows = rows.filter(life_area=asked.choice)
    if asked.least is not None:
        rows = rows.filter(depth__gte=asked.least)
    return rows.values_list("person_id", flat=True).distinct()


def _of_theme(actor: Actor, asked: Condition, today: date) -> Iterable[uuid.UUID]:
    rows = ThemedConcern.objects.filter(theme=asked.which, concern__withdrawn_in=None)
    return rows.values_list("concern__person_id", flat=True).distinct()


_FINDERS: dict[ConditionKind, Callable[[Actor, Condition, date], Iterable[uuid.UUID]]] = {
    ConditionKind.PLACE: _in_place,
    ConditionKind.GENDER: _of_gender,
    ConditionKind.AGE: _of_age,
    ConditionKind.GROUP: _in_group,
    ConditionKind.OFFICE: _in_office,
    ConditionKind.HEARD: _heard,
    ConditionKind.MET: _met,
    ConditionKind.ATTENDED: _attended,
    ConditionKind.PART: _took_part,
    ConditionKind.PROMISE: _promised,
    ConditionKind.CONCERN: _caring,
    ConditionKind.THEME: _of_theme,
}
