"""What must hold between the answers about a conversation, and how a phone shows them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guyub.cycle.listen.vocabulary import Trait
from guyub.cycle.map.vocabulary import TieKind
from guyub.interfaces.submissions.offline import Rules, Shown

# Promises and skills that one conversation may hold; our choice.
PROMISES = (1, 2, 3)
SKILLS = (1, 2)

# Whom one looks for by name: who was there, and whom they told of.
PICKED = ("people", "sharing", "advice", "news", "brings", "known")

# What a browser may send several times under one name.
SEVERAL = (*PICKED, "life_area")

# Of the traits, stance stands first and has its own colours.
TRAITS = tuple(trait for trait in Trait if trait != Trait.STANCE)

# What is about one person: with several there, somebody has to say about whom.
_ABOUT_ONE = (
    "life_area",
    "own_words",
    "depth",
    *PICKED[1:],
    "stance",
    *TRAITS,
    "evidence",
    *(f"skill_{number}" for number in SKILLS),
    "asset",
    *(f"promise_{number}" for number in PROMISES),
    "asked_to_lead",
    "next_on",
)

RULES = Rules(
    any_of=((("people", "new_names", "others"), _("Choose who was there, or write how many.")),),
    needs=(
        ("life_area", ("own_words", "depth", "sharing"), _("Choose the area of life.")),
        ("asset_capital", ("asset",), _("Choose what kind of thing it is.")),
        *(
            (f"promise_{n}", (f"due_{n}", f"soon_{n}", f"mine_{n}"), _("Write what was promised."))
            for n in PROMISES
        ),
        *(
            (f"skill_{n}", (f"level_{n}", f"teaches_{n}"), _("Write what they can do."))
            for n in SKILLS
        ),
    ),
    about_one=(_ABOUT_ONE, _("Several people were there: choose above who this is about.")),
    others=(PICKED[1:], _("A tie needs two people.")),
    not_before=(("next_on",), _("Choose today or a later day.")),
    not_after=(("day", "month"), _("Choose today or an earlier day.")),
)


def _tie(field: str, kind: str) -> dict[str, Any]:
    data = {"from_person": "{who}", "to_person": "{each}", "kind": kind, "reported_on": "{day}"}
    return {"kind": "tie", "each": field, "made": f"{field} {{each}}", "data": data}


SHOWN = Shown(
    people="people",
    new="new_names",
    about="about",
    place="new_place",
    days=("day", "month", "when"),
    text=("own_words",),
    brief=(
        (_("concern"), ("life_area",)),
        (_("tie"), PICKED[2:]),
        (_("what they can do and have"), (*(f"skill_{n}" for n in SKILLS), "asset")),
        (_("observation"), ("stance", *TRAITS)),
        (_("promise"), tuple(f"promise_{n}" for n in PROMISES)),
        (_("asked to lead"), ("asked_to_lead",)),
        (_("next visit"), ("next_on",)),
    ),
    rows=(
        {
            "kind": "encounter",
            "made": "encounter",
            "data": {
                "kind": "{kind}",
                "held_on": "{day}",
                "month_only": "{month_only}",
                "place": "{place}",
                "summary": "{summary}",
                "noted_by": "{me}",
                "people": "{there}",
            },
        },
        {"kind": "visit", "if": "visit", "id": "{visit}", "held": "person", "data": None},
        *(
            {
                "kind": "promise",
                "if": f"promise_{n}",
                "made": f"promise {n}",
                "data": {
                    "person": "{who}",
                    "what": f"{{promise_{n}}}",
                    "due_on": f"{{due_{n}|soon_{n}}}",
                    "by_worker": f"{{mine_{n}?}}",
                    "made_on": "{day}",
                    "worker_name": "{me}",
                    "outcome": None,
                },
            }
            for n in PROMISES
        ),
        _tie("advice", TieKind.ADVICE),
        _tie("news", TieKind.NOMINATION),
        _tie("brings", TieKind.ORGANISES),
        _tie("known", "{known_kind|=any}"),
        {
            "kind": "visit",
            "if": "next_on",
            "made": "next",
            "data": {"person": "{who}", "due_on": "{next_on}", "put_off": False, "why": []},
        },
    ),
)
