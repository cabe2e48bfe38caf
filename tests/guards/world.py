"""A world for the matrix: each role in one village, and the same things in three places.

`here` is Sukamaju, where the six roles stand. `beside` is another village of the same organisation,
`elsewhere` another organisation. In each place stand a person, a promise, an entry, an account with
a role, and a smaller community: whoever acts here and names the thing of another place must be
told that it does not exist.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from decided import IN_PKK, MADE, action_examples

import long_work
from guyub.core.action import Deed, perform
from guyub.core.actor import Actor, actor_in
from guyub.core.identifiers import new_identifier
from guyub.core.jobs import begin
from guyub.core.models import Account, Community, Device, LogEntry
from guyub.core.permissions import Role
from guyub.core.push_inbox import receive
from guyub.cycle.listen import queries as listen
from guyub.cycle.start.analysis import PlanWishes, draft_plan
from people import PASSWORD, Cast, do

PLACES = ("here", "beside", "elsewhere")
OUTSIDERS = ("beside", "elsewhere", "closed")


@dataclass(frozen=True)
class Things:
    """What stands in one place; beside this, what `decided.MADE` names."""

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
    # A concern, the theme into which it was put, and a question that the team shares.
    concern: uuid.UUID | None = None
    theme: uuid.UUID | None = None
    question: uuid.UUID | None = None
    # With whom to begin, as whoever set the place up worked it out, the one person in it,
    # and the plan before.
    plan: uuid.UUID | None = None
    chosen: uuid.UUID | None = None
    earlier_plan: uuid.UUID | None = None


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
    drafted = draft_plan(actor, PlanWishes(count=1, objective="reach"))
    plan = {
        "count": 1,
        "seed": 1,
        "spread": "model",
        "outcome": drafted.to_dict(),
    }
    things = Things(
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
        concern=uuid.UUID(heard["id"]),
        theme=uuid.UUID(theme["id"]),
        question=uuid.UUID(do(actor, "listen.save_question", **ask)["id"]),
        chosen=drafted.chosen[0],
        earlier_plan=uuid.UUID(do(actor, "start.keep_plan", made_on="2026-04-01", **plan)["id"]),
        plan=uuid.UUID(do(actor, "start.keep_plan", made_on="2026-05-01", **plan)["id"]),
    )
    return _with_made(actor, things)


def _with_made(actor: Actor, things: Things) -> Things:
    """The same, with what the examples of actions make, each by its name."""
    vars(things).update(dict.fromkeys(MADE))
    for name, action in MADE.items():
        done = do(actor, action, **action_examples(things)[action])
        vars(things)[name] = uuid.UUID(done["id"])
    return things


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
