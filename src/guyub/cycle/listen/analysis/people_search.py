"""From a question to its people.

Each condition finds people, and they are put together as sets. What rests on judgements is worked
out in memory, from what the actor may read: sealed values are nowhere searched. An answer is
remembered until something is noted that it rests on.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from guyub.core.actor import Actor
from guyub.core.cache import Cache
from guyub.core.errors import Missing
from guyub.core.query import query
from guyub.cycle.listen import queries
from guyub.cycle.listen.analysis.days import today_here
from guyub.cycle.listen.analysis.ladder import everybody_at_least
from guyub.cycle.listen.analysis.observations import figures
from guyub.cycle.listen.queries import PAGE, PersonRow
from guyub.cycle.listen.queries.people_search import demand_sound
from guyub.cycle.listen.vocabulary import (
    Condition,
    ConditionKind,
    LadderStep,
    ListenPermission,
    Trait,
)

# Who is tied to whom is Map's to say: the people tied to each of those who are asked about.
Tied = Mapping[uuid.UUID, frozenset[uuid.UUID]]

# Of a few people who build a question each. Our choice.
_answers = Cache[tuple[uuid.UUID, ...]](most=32)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A stretch of those whom a question means, by name. count: all of them."""

    count: int
    rows: tuple[PersonRow, ...]
    next: uuid.UUID | None


@query("listen.search_people", permission=ListenPermission.READ)
def search_people(
    actor: Actor,
    conditions: tuple[Condition, ...],
    *,
    tied: Tied | None = None,
    after: uuid.UUID | None = None,
    limit: int = PAGE,
) -> Answer:
    """The people who match a question, one page at a time; `after` is the last one already seen.

    tied: for each condition of that kind, who is tied to its person.

    :raises Denied: the actor may not read what a condition rests on.
    :raises Invalid: a condition lacks something.
    :raises Missing: nobody here is called `after`.
    """
    found = _found(actor, conditions, tied or {})
    begin = 0 if after is None else _begin(actor, found, after)
    shown = found[begin : begin + limit]
    return Answer(
        count=len(found),
        rows=queries.some_people(actor, shown),
        next=shown[-1] if begin + limit < len(found) else None,
    )


@query("listen.everyone_found", permission=ListenPermission.READ)
def everyone_found(
    actor: Actor, conditions: tuple[Condition, ...], *, tied: Tied | None = None
) -> tuple[uuid.UUID, ...]:
    """Everyone who matches a question, by name; see `asked`."""
    return _found(actor, conditions, tied or {})


def _found(actor: Actor, conditions: tuple[Condition, ...], tied: Tied) -> tuple[uuid.UUID, ...]:
    demand_sound(actor, conditions)
    today = today_here(actor)

    def read() -> tuple[uuid.UUID, ...]:
        everybody = queries.in_order(actor)
        meant = _meant(actor, conditions, tied, today, frozenset(everybody))
        return tuple(each for each in everybody if each in meant)

    # What a field worker reads is theirs alone; an account stands for one way of seeing.
    search_people = (conditions, today, frozenset(tied.items()))
    return _answers.get(actor, search_people, read, own=True)


def _meant(
    actor: Actor,
    conditions: tuple[Condition, ...],
    tied: Tied,
    today: date,
    everybody: frozenset[uuid.UUID],
) -> frozenset[uuid.UUID]:
    """The people of each way to be found, together: conditions of one way all hold."""
    meant: frozenset[uuid.UUID] = frozenset()
    way = everybody
    for number, each in enumerate(conditions):
        if each.alternative and number:
            meant, way = meant | way, everybody
        holds = _holding(actor, each, tied, today)
        way = way - holds if each.negated else way & holds
    return meant | way


def _holding(actor: Actor, each: Condition, tied: Tied, today: date) -> frozenset[uuid.UUID]:
    match each.kind:
        case ConditionKind.TIED:
            assert each.which is not None  # noqa: S101  demand_sound looked
            return tied.get(each.which, frozenset())
        case ConditionKind.LADDER:
            return everybody_at_least(actor, LadderStep(each.choice))
        case ConditionKind.STANCE:
            # To the nearest: 2.4 is a 2 wherever it is shown. Halves go up.
            least, most = (each.least or 0) - 0.5, (each.most or 0) + 0.5
            stances = figures(actor, Trait.STANCE).items()
            return frozenset(person for person, figure in stances if least <= figure < most)
        case ConditionKind.TRAIT:
            seen = figures(actor, Trait(each.choice)).items()
            return frozenset(person for person, figure in seen if figure >= (each.least or 0))
        case _:
            return queries.fulfilling(actor, each, today)


def _begin(actor: Actor, found: tuple[uuid.UUID, ...], after: uuid.UUID) -> int:
    if after in found:
        return found.index(after) + 1
    # They are no longer meant since the page before: go on with whoever comes next by name.
    order = queries.in_order(actor)
    if after not in order:
        raise Missing(str(after))
    later = frozenset(order[order.index(after) :])
    return next((place for place, each in enumerate(found) if each in later), len(found))
