"""The address of a question to the list of people: any page may lead to those a figure counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from guyub.cycle.listen.vocabulary import Condition

# Columns of a condition that stand in the address as they are.
PLAIN = ("which", "choice", "least", "most")


def question_address(community: str, *conditions: Condition) -> str:
    """Where the people stand whom this question means."""
    return f"{reverse('questions', args=(community,))}?{address_of(conditions)}"


def address_of(conditions: Iterable[Condition]) -> str:
    """A question as it stands in an address."""
    query = QueryDict(mutable=True)
    for number, each in enumerate(conditions):
        told: Mapping[str, Any] = {
            "kind": each.kind.value,
            "negated": "on" if each.negated else "",
            "alternative": "on" if each.alternative and number else "",
            **{name: getattr(each, name) for name in PLAIN},
        }
        for name, value in told.items():
            if value not in {None, ""}:
                query[f"{number}-{name}"] = str(value)
    return query.urlencode()
