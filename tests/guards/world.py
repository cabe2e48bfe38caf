"""A world for the matrix: each role in one village, and the same things in three places.

`here` is Sukamaju, where the six roles stand. `beside` is another village of the same organisation,
`elsewhere` another organisation. In each place stand a person, a promise, an entry, an account with
a role, and a smaller community: whoever acts here and names the thing of another place must be
told that it does not exist.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import long_work
from guyub.core.action import Deed, perform
from guyub.core.actor import Actor, actor_in
from guyub.core.identifiers import new_identifier
from guyub.core.jobs import begin
from guyub.core.models import Account, Community, Device, LogEntry
from guyub.core.permissions import Role
from guyub.core.push_inbox import receive
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary import Condition, ConditionKind, Trait
from guyub.cycle.start.analysis import (
    PlanRecord,
    PlanWishes,
    Reach,
    StartingPlan,
    draft_plan,
)
from people import PASSWORD, Cast, do

PLACES = ("here", "beside", "elsewhere")
NEW_PHONE = str(new_identifier())
IN_PKK = {"kind": "group", "choice": "PKK"}
OUTSIDERS = ("beside", "elsewhere", "closed")


@dataclass(frozen=True)
class Things:
    """What stands in one place."""

    community: uuid.UUID
    smaller: uuid.UUID
    person: uuid.UUID
    other_person: uuid.UUID
    promise: uuid.UUID
    visit: uuid.UUID
    # One that is planned, one that was held.
    meeting: uuid.UUID
    held_meeting: uuid.UUID
    entry: uuid.UUID
    # What was noted in it.
    encounter: uuid.UUID
    deeds: frozenset[uuid.UUID]
    account: uuid.UUID
    membership: uuid.UUID
    # Of whoever set the place up.
    job: uuid.UUID
    # Lists that nobody sent: real ones are tried in tests/interfaces/web/imports/test_imports.py.
    token: str = "made-up"
    # Of a link for a calendar program that nobody made.
    secret: str = "made-up"
    # A phone of the account, and what it sent that needs a look.
    device: uuid.UUID | None = None
    sent: uuid.UUID | None = None
    # What the person asked about what we hold of them.
    asked: uuid.UUID | None = None
    # A concern, the theme into which it was put, and a question that the team shares.
    concern: uuid.UUID | None = None
    theme: uuid.UUID | None = None
    question: uuid.UUID | None = None
    # With whom to begin, as whoever set the place up worked it out.
    plan: uuid.UUID | None = None


@dataclass(frozen=True)
class World:
    """Who acts, who stands outside, and what stands where."""

    roles: dict[str, Actor]
    accounts: dict[str, Account]
    outsiders: dict[str, Account]
    things: dict[str, Things]


def build(cast: Cast) -> World:
    """Set the world up with the cast."""
    sari = cast.actor("sari")
    owner = cast.actor("tini", "sukamaju")
    accounts = {role.value: _account(owner, role) for role in Role}
    things = {
        "here": _things(sari),
        "beside": _things(cast.actor("charlie", "sidorejo")),
        "elsewhere": _things(cast.actor("oscar", "other")),
    }
    return World(
        roles={role: actor_in(account, "sukamaju") for role, account in accounts.items()},
        accounts=accounts,
        outsiders={
            "beside": cast.accounts["charlie"],
            "elsewhere": cast.accounts["oscar"],
            "closed": cast.accounts["dewi"],
        },
        things=things,
    )


def _account(giver: Actor, role: Role) -> Account:
    name = f"role-{role.value.replace('_', '-')}"
    opened = do(
        giver, "core.open_account", username=name, name=name, password=PASSWORD, role=role.value
    )
    return Account.objects.get(pk=opened["account"])


def _things(actor: Actor) -> Things:
    smaller = do(actor, "core.found_community", name="Smaller", kind="rt")["id"]
    person = do(actor, "listen.add_person", name="Slamet", phone="0812")["id"]
    other = do(actor, "listen.add_person", name="Sri")["id"]
    promise = do(actor, "listen.make_promise", person=person, what="come", made_on="2026-05-01")[
        "id"
    ]
    do(actor, "listen.note_observation", person=person, trait="stance", value=2, evidence="said so")
    heard = do(
        actor, "listen.note_concern", person=person, life_area="health", own_words="muddy well"
    )
    theme = do(actor, "listen.name_theme", name="Water", life_area="health", concerns=[heard["id"]])
    ask = {"name": "Women of PKK", "conditions": [IN_PKK], "shared": True}
    do(actor, "map.report_tie", from_person=person, to_person=other, kind="friend")
    skill = {"holder": person, "capital": "human", "name": "sewing", "noted_on": "2026-05-01"}
    do(actor, "map.note_asset", **skill)
    meeting = {"kind": "meeting", "held_on": "2026-05-01", "head_count": 4}
    perform(actor, [Deed(action="listen.record_encounter", data=meeting)])
    do(actor, "listen.plan_visits", visits=[{"person": person, "planned_on": "2026-05-01"}])
    (visit,) = listen.visits(actor)
    gathering = {"planned_on": "2026-05-01", "group": "PKK", "invited": [person]}
    planned, held = (
        do(actor, "listen.plan_meeting", title=title, **gathering)["id"]
        for title in ("Wells", "Roads")
    )
    do(actor, "listen.hold_meeting", meeting=held)
    do(actor, "listen.check_in", meeting=held, arrivals=[{"person": person}])
    do(actor, "listen.note_decision", meeting=held, decided="to dig")
    off = do(actor, "listen.plan_meeting", title="Rivers", **gathering)["id"]
    do(actor, "listen.cancel_meeting", meeting=off, why="rain")
    account = do(
        actor,
        "core.open_account",
        username=f"worker-{uuid.UUID(person).hex[-8:]}",
        name="Worker",
        password=PASSWORD,
        role="field_worker",
    )
    last = LogEntry.objects.filter(community=actor.community, action="listen.record_encounter")
    device, sent = _phone(account["account"], actor.community, person)
    plan = {
        "count": 1,
        "seed": 1,
        "spread": "model",
        "outcome": draft_plan(actor, PlanWishes(count=1)).to_dict(),
    }
    return Things(
        community=actor.community,
        smaller=uuid.UUID(smaller),
        person=uuid.UUID(person),
        other_person=uuid.UUID(other),
        promise=uuid.UUID(promise),
        visit=visit.id,
        meeting=uuid.UUID(planned),
        held_meeting=uuid.UUID(held),
        entry=last.latest("number").entry,
        encounter=uuid.UUID(last.latest("number").result["id"]),
        deeds=frozenset(
            LogEntry.objects.filter(community=actor.community).values_list("key", flat=True)
        ),
        account=uuid.UUID(account["account"]),
        membership=uuid.UUID(account["membership"]),
        job=begin(actor, long_work.NAME, {"name": "Slamet"}, key=new_identifier()),
        device=device,
        sent=sent,
        asked=uuid.UUID(do(actor, "listen.ask_request", person=person, kind="see")["id"]),
        concern=uuid.UUID(heard["id"]),
        theme=uuid.UUID(theme["id"]),
        question=uuid.UUID(do(actor, "listen.save_question", **ask)["id"]),
        plan=uuid.UUID(do(actor, "start.keep_plan", made_on="2026-05-01", **plan)["id"]),
    )


def nobody_chosen(day: str) -> PlanRecord:
    """A plan that names nobody."""
    plan = StartingPlan(
        catalysts=(),
        active=(),
        reach=Reach(expected=0.0, low=0.0, high=0.0, simulations=2),
        guarantee=None,
        confidence=None,
        comparison={},
        assumptions=(),
        people=0,
        ties=0,
        seed=1,
        spread="model",
    )
    return PlanRecord(on=str(day), plan=plan, excluded=(), unwilling=0, picture=None)


def _phone(account: str, community: uuid.UUID, person: str) -> tuple[uuid.UUID, uuid.UUID]:
    """A worker's phone, with a correction made from what is not there any more."""
    worker = Account.objects.get(pk=account)
    actor = actor_in(worker, Community.objects.get(pk=community).slug)
    phone = do(actor, "core.register_device", id=str(new_identifier()), label="Phone", schema=1)
    deed = {
        "key": str(new_identifier()),
        "action": "listen.change_person",
        "data": {"person": person, "name": "Slamet Riyadi", "base": {}},
        "at": None,
    }
    device = Device.objects.get(pk=phone["id"])
    received = receive(actor, device, new_identifier(), [deed])
    assert received.outcome == "review"
    return device.pk, received.entry


# For every action: data that is right, about the things of one place. An action that is missing
# here fails the matrix; so does a query that takes more than the actor.
def action_examples(place: Things) -> dict[str, dict[str, Any]]:
    day = "2026-05-01"
    return {
        "core.found_workspace": {"name": "X"},
        "core.found_community": {"name": "New", "kind": "rt", "parent": place.smaller},
        "core.open_account": {
            "username": "newcomer",
            "name": "Newcomer",
            "password": PASSWORD,
            "role": "member",
            "community": place.smaller,
        },
        "core.grant_role": {"account": place.account, "role": "viewer"},
        "core.withdraw_role": {"membership": place.membership},
        "core.set_password": {"account": place.account, "password": PASSWORD},
        "core.close_account": {"account": place.account},
        "core.change_own_profile": {"name": "Changed"},
        "core.register_device": {"id": NEW_PHONE, "label": "Phone", "schema": 1},
        "core.revoke_device": {"device": place.device},
        "core.settle_sent": {"sent": place.sent, "how": "kept"},
        "core.switch_offline": {"on": False},
        "core.note_export": {"what": "people", "rows": 2, "reason": "for the village report"},
        "core.withdraw_entry": {"entry": place.entry},
        "listen.add_person": {"name": "New", "community": place.smaller},
        "listen.import_people": {"rows": [{"name": "New", "community": place.smaller}]},
        "listen.import_observations": {
            "rows": [{"person": place.person, "trait": "stance", "value": 3}]
        },
        "listen.record_encounter": {
            "kind": "meeting",
            "held_on": day,
            "participants": [{"person": place.person}],
        },
        "listen.change_person": {"person": place.person, "name": "Another", "phone": "0813"},
        "listen.make_promise": {"person": place.person, "what": "come", "made_on": day},
        "listen.settle_promise": {"promise": place.promise, "outcome": "kept", "noted_on": day},
        "listen.plan_visits": {"visits": [{"person": place.other_person, "planned_on": day}]},
        "core.make_calendar_link": {"digest": "0" * 64},
        "core.drop_calendar_link": {},
        "listen.plan_meeting": {"title": "Wells", "planned_on": day, "invited": [place.person]},
        "listen.change_meeting": {"meeting": place.meeting, "venue": "the mosque"},
        "listen.invite": {"meeting": place.meeting, "people": [place.other_person]},
        "listen.cancel_meeting": {"meeting": place.meeting, "why": "rain"},
        "listen.hold_meeting": {"meeting": place.meeting},
        "listen.check_in": {
            "meeting": place.held_meeting,
            "arrivals": [{"person": place.other_person}],
        },
        "listen.write_minutes": {"meeting": place.held_meeting, "summary": "they agreed"},
        "listen.note_decision": {"meeting": place.held_meeting, "decided": "to dig"},
        "listen.settle_visit": {"visit": place.visit, "result": "dropped", "noted_on": day},
        "listen.note_concern": {
            "person": place.person,
            "life_area": "health",
            "own_words": "the well is muddy",
            "shared_with": [place.other_person],
        },
        "listen.note_observation": {"person": place.person, "trait": "stance", "value": 3},
        "map.report_tie": {
            "from_person": place.person,
            "to_person": place.other_person,
            "kind": "kin",
        },
        "map.note_asset": {
            "holder": place.person,
            "capital": "human",
            "name": "sewing",
            "level": 3,
            "noted_on": day,
        },
        "start.keep_plan": {
            "count": 1,
            "seed": 1,
            "spread": "model",
            "made_on": day,
            "outcome": nobody_chosen(day).to_dict(),
        },
        "start.keep_bridges": {"found_on": day, "outcome": {"introductions": []}},
        "start.keep_candidates": {"found_on": day, "found": {"people": [], "columns": {}}},
        "start.answer_suggestion": {
            "person": place.person,
            "answer": "somebody_else",
            "answered_on": day,
        },
        "map.import_ties": {
            "rows": [{"from_person": place.person, "to_person": place.other_person, "kind": "kin"}]
        },
        "listen.note_consent": {
            "person": place.person,
            "purpose": "keep",
            "answer": "given",
            "witness": "Sri",
        },
        "listen.protect_person": {"person": place.other_person, "protected": True},
        "listen.ask_request": {"person": place.person, "kind": "see"},
        "listen.settle_request": {"request": place.asked, "result": "handed_over"},
        "listen.close_matters": {"person": place.other_person},
        "listen.redact_text": {"row": place.promise, "field": "what", "redacted": "come"},
        "listen.tell_apart": {"one": place.person, "other": place.other_person},
        "listen.erase_person": {"person": place.other_person, "why": "asked"},
        "listen.merge_people": {"stays": place.person, "goes": place.other_person},
        "listen.name_theme": {
            "name": "Clean water",
            "life_area": "health",
            "concerns": [place.concern],
        },
        "listen.put_into_theme": {"theme": place.theme, "concerns": [place.concern]},
        "listen.take_out_of_theme": {"theme": place.theme, "concerns": [place.concern]},
        "listen.drop_theme": {"theme": place.theme},
        "listen.save_question": {"name": "Women", "conditions": [IN_PKK]},
        "listen.drop_question": {"question": place.question},
        "listen.label_people": {"people": [place.person], "label": "PKK"},
    }


# A log in which nothing stands yet.


def query_examples(place: Things) -> dict[str, tuple[Any, ...]]:
    in_place = Condition(kind=ConditionKind.PLACE, which=place.smaller)
    return {
        "listen.question": (place.question,),
        "listen.fulfilling": (in_place, date(2026, 5, 1)),
        "listen.search_people": ((in_place,),),
        "listen.everyone_found": ((in_place,),),
        "listen.deeds_since": (date(2026, 5, 1),),
        "listen.judgements": (Trait.STANCE,),
        "listen.some_people": ((place.person,),),
        "listen.encounters_of": (place.person,),
        "listen.summaries": (frozenset({place.person}),),
        "listen.ladder": (place.person,),
        "listen.trait_ratings": (place.person,),
        "map.tied_to": (place.person,),
        "map.tied_groups": ((frozenset({place.person, place.other_person}),),),
        "core.erased_rows": ("map.tie",),
        "core.job": (place.job,),
        "listen.alike": ("Slamet",),
        "listen.mentions": (place.person,),
        "listen.merge_preview": (place.person, place.other_person),
        "listen.own_data": (place.person,),
        "listen.request": (place.asked,),
        "listen.rights": (place.person,),
        "core.sent_entry": (place.sent,),
        "core.filled_form": (place.entry,),
        "listen.bundle_for_phone": (date(2026, 5, 1),),
        "listen.concerns_of": (place.person,),
        "listen.person": (place.person,),
        "listen.promise": (place.promise,),
        "listen.visit": (place.visit,),
        "listen.meeting": (place.held_meeting,),
        "listen.meetings": (date(2026, 5, 1), date(2026, 5, 31)),
        "listen.attendance": ("PKK",),
        "map.ties_of": (place.person,),
        "map.assets_of": (place.person,),
        "listen.met_lately": (3,),
        "map.ties_among": ({place.person, place.other_person},),
        "map.pairs_among": ({place.person, place.other_person},),
        "listen.homes_of": ({place.person},),
        "listen.contacts": (frozenset({place.person}),),
        "listen.phones_of": (frozenset({place.person}),),
        "listen.has_more_people": (1,),
        "listen.attendance_since": (date(2026, 5, 1),),
        "listen.recorded_conversation": (place.encounter,),
        "start.answers": (date(2026, 5, 1),),
        "start.lacks_candidates": (date(2026, 5, 1),),
        "start.draft_plan": (PlanWishes(count=1),),
        "start.kept_plan": (place.plan,),
        "start.followed": ((place.plan,),),
        "start.plan_sentences": ([{"code": "ties", "facts": {"count": 2}}], "id"),
        "listen.names": ({place.person},),
    }
