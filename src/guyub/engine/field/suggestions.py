"""Whom to meet, and why? A few rules that can be read aloud; each gives people with a reason.

No score is learnt and nothing is forecast. Every rule looks at one thing, and its weight stands in
one table; whoever wonders why somebody stands first finds the answer in the reason itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from guyub.engine.reasons import Reason

# Days since somebody was met who never was.
NEVER = -1

# Burt (2002, Bridge decay, Social Networks 24:333) finds nine of ten bridges gone after a year:
# that is a half-life of 110 days. Asked after at well under half of it. Our choice.
FADING_DAYS = 45

# How many ties, or ties into other places, have to lean on somebody. Our choice.
FADING_TIES, FADING_BRIDGES = 5, 2

# Who was asked and named by fewer may be a friend's favour. Our choice.
NAMED_BY = 2

# Whom to hear first: that others named them, or that they call people together, says as much as a
# hamlet of which nobody was heard (see ContactTable.speaks_for). Our choice.
_NAMED, _CALLS = 2, 2

# Two months, in which most groups met at least once. Our choice.
DRIFTING_DAYS = 60


@dataclass(frozen=True, kw_only=True)
class ContactTable:
    """What the rules see: people as numbers from 0, and columns about them.

    last_met: days since the last encounter, 0 today, NEVER for none. met: encounters in all.
    named_by: distinct people who named them as spreading news well. ties, bridges: people they are
    tied to, and how many of those live in another smaller community. place_in_plan: from 1, 0
    outside; plan_age: days since that plan was made. group_met: encounters of a group of theirs
    within DRIFTING_DAYS. to_hear: 1 for adults who were never heard and may be visited. calls: 1
    for whoever calls people together by their office. speaks_for: how much they stand for of which
    nobody was heard: 2 for a hamlet, 1 each for a gender, an age and a household. place, household:
    a number for each, the same for all of them, 0 where it is not known. promised, overdue: for
    each promise due its person, and the days it is overdue (0 today).
    """

    last_met: NDArray[np.int64]
    met: NDArray[np.int64]
    named_by: NDArray[np.int64]
    ties: NDArray[np.int64]
    bridges: NDArray[np.int64]
    place_in_plan: NDArray[np.int64]
    plan_age: int
    group_met: NDArray[np.int64]
    to_hear: NDArray[np.int64]
    calls: NDArray[np.int64]
    speaks_for: NDArray[np.int64]
    place: NDArray[np.int64]
    household: NDArray[np.int64]
    promised: NDArray[np.int64]
    overdue: NDArray[np.int64]


class RuleMatch(NamedTuple):
    """Somebody found by one rule, for how many days they have been waiting, and the reason.

    Of those whom nobody heard yet `waiting` says instead how much sooner than others to hear them.
    Of thousands who are found a few are shown: the reason comes into being where it is asked for.
    """

    person: int
    waiting: int
    code: str
    facts: dict[str, int]

    @property
    def reason(self) -> Reason:
        """Why, as it is put into words."""
        return Reason(code=self.code, facts=self.facts)


@dataclass(frozen=True, kw_only=True)
class PersonToMeet:
    """Somebody to meet, with all reasons, the strongest first."""

    person: int
    rule: str
    waiting: int
    reasons: tuple[Reason, ...]


def promise_due(contacts: ContactTable) -> Iterator[RuleMatch]:
    """A promise of theirs is due or overdue: the longest overdue of each person. Our choice."""
    longest: dict[int, int] = {}
    for person, days in zip(contacts.promised.tolist(), contacts.overdue.tolist(), strict=True):
        longest[person] = max(days, longest.get(person, 0))
    for person, days in longest.items():
        code = "promise_overdue" if days else "promise_due"
        yield RuleMatch(person, days, code, {"count": days})


def catalyst_not_met(contacts: ContactTable) -> Iterator[RuleMatch]:
    """Somebody of the newest plan was not met since it was made. Our choice."""
    since = (contacts.last_met == NEVER) | (contacts.last_met > contacts.plan_age)
    for person in np.flatnonzero((contacts.place_in_plan > 0) & since).tolist():
        facts = {"place": int(contacts.place_in_plan[person])}
        yield RuleMatch(person, contacts.plan_age, "catalyst_not_met", facts)


def tie_fading(contacts: ContactTable) -> Iterator[RuleMatch]:
    """Much leans on somebody whom nobody met for FADING_DAYS. Burt (2002); bounds our choice."""
    leaning = (contacts.ties >= FADING_TIES) | (contacts.bridges >= FADING_BRIDGES)
    for person in np.flatnonzero((contacts.last_met >= FADING_DAYS) & leaning).tolist():
        days, bridges = int(contacts.last_met[person]), int(contacts.bridges[person])
        many = bridges >= FADING_BRIDGES
        facts = {"days": days, "ties": bridges if many else int(contacts.ties[person])}
        yield RuleMatch(person, days, "bridges_fading" if many else "ties_fading", facts)


def first_talk(contacts: ContactTable) -> Iterator[RuleMatch]:
    """Named by several as spreading news well, and never heard.

    The question is that of Banerjee and others (2019, Using Gossips to Spread Information, Review
    of Economic Studies 86:2453); how many have to name somebody is our choice.
    """
    for person in np.flatnonzero((contacts.named_by >= NAMED_BY) & (contacts.to_hear > 0)).tolist():
        yield RuleMatch(person, 0, "first_talk", {"count": int(contacts.named_by[person])})


def drifting(contacts: ContactTable) -> Iterator[RuleMatch]:
    """They came before and stayed away for DRIFTING_DAYS, though their group met. Our choice."""
    away = (contacts.met >= 2) & (contacts.last_met >= DRIFTING_DAYS)
    for person in np.flatnonzero(away & (contacts.group_met > 0)).tolist():
        days = int(contacts.last_met[person])
        yield RuleMatch(person, days, "drifting", {"met": int(contacts.met[person]), "days": days})


def never_yet_heard(contacts: ContactTable) -> Iterator[RuleMatch]:
    """Nobody has talked with them yet; one of a household, hamlet after hamlet.

    First whoever was named, calls people together, or stands for many of whom nobody was heard. Our
    choice. Those whom `first_talk` finds are left to it.
    """
    worth = _NAMED * (contacts.named_by > 0) + _CALLS * contacts.calls + contacts.speaks_for
    open_to = np.flatnonzero((contacts.to_hear > 0) & (contacts.named_by < NAMED_BY))
    homes: set[int] = set()
    turns: dict[tuple[int, int], int] = {}
    for person in open_to[np.argsort(-worth[open_to], kind="stable")].tolist():
        if (home := int(contacts.household[person])) in homes:
            continue
        homes |= {home} - {0}
        alike = (int(worth[person]), int(contacts.place[person]))
        turns[alike] = turn = turns.get(alike, 0) + 1
        # Of those who are worth the same the first of each hamlet come before the second of any.
        sooner = (alike[0] + 1) * len(worth) - turn
        yield RuleMatch(person, sooner, "never_heard", {})
        if named := int(contacts.named_by[person]):
            yield RuleMatch(person, sooner, "nominated", {"count": named})


# What comes first, all our choice: a word given before all else; then the work that was agreed on;
# then what is lost if one waits; then what is won; then what others may mend, too; last whoever is
# still to be heard, so that a list of names alone has a beginning.
WEIGHTS: dict[Callable[[ContactTable], Iterator[RuleMatch]], int] = {
    promise_due: 50,
    catalyst_not_met: 40,
    tie_fading: 30,
    first_talk: 20,
    drifting: 10,
    never_yet_heard: 5,
}


def suggestions(
    contacts: ContactTable, *, left_out: frozenset[int] = frozenset(), limit: int | None = None
) -> tuple[PersonToMeet, ...]:
    """Everybody whom a rule finds, once: by their strongest reason, then by days of waiting.

    Of equals the one with the smaller number. Whoever was met today is not sought again today.
    limit: no more than the first so many.

    >>> import numpy as np
    >>> from guyub.engine import ContactTable, suggestions
    >>> nothing = np.zeros(2, np.int64)
    >>> contacts = ContactTable(
    ...     last_met=np.array([3, -1]),  # nobody has met the second
    ...     met=np.array([4, 0]),
    ...     named_by=np.array([0, 2]),
    ...     to_hear=np.array([0, 1]),
    ...     plan_age=0,
    ...     **dict.fromkeys(("ties", "bridges", "place_in_plan", "group_met", "calls"), nothing),
    ...     **dict.fromkeys(("speaks_for", "place", "household"), nothing),
    ...     promised=np.array([0]),
    ...     overdue=np.array([2]),
    ... )
    >>> [(found.person, found.rule) for found in suggestions(contacts)]
    [(0, 'promise_due'), (1, 'first_talk')]
    """
    met_today = set(np.flatnonzero(contacts.last_met == 0).tolist())
    found: dict[int, list[tuple[str, RuleMatch]]] = {}
    order: list[tuple[int, int, int]] = []
    # The heaviest rule first: the first reason found for somebody is their strongest.
    for rule, weight in sorted(WEIGHTS.items(), key=lambda entry: -entry[1]):
        for each in rule(contacts):
            if (reasons := found.get(each.person)) is not None:
                reasons.append((rule.__name__, each))
            elif each.person not in left_out and each.person not in met_today:
                found[each.person] = [(rule.__name__, each)]
                order.append((-weight, -each.waiting, each.person))
    return tuple(
        PersonToMeet(
            person=person,
            rule=found[person][0][0],
            waiting=-waiting,
            reasons=tuple(each.reason for _rule, each in found[person]),
        )
        for _weight, waiting, person in sorted(order)[:limit]
    )
