"""What is decided by hand of each feature: the one place where the guards ask for it.

An example of each door, what each role may do, and who may read each text. What is missing here
fails. Addresses alone are decided in matrix_of_routes.csv.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from guyub.core.identifiers import new_identifier
from guyub.core.permissions import CorePermission, Permission
from guyub.cycle.listen.vocabulary import Condition, ConditionKind, ListenPermission, Trait
from guyub.cycle.listen.vocabulary.person_fields import CONFIDENTIAL_FIELDS, PERSON_FIELDS
from guyub.cycle.map.vocabulary import MapPermission
from guyub.cycle.start.analysis import PlanRecord, PlanWishes, Reach, StartingPlan
from people import PASSWORD

if TYPE_CHECKING:
    from world import Things

NEW_PHONE = str(new_identifier())
IN_PKK = {"kind": "group", "choice": "PKK"}

# Things of each place that the example of an action makes, by the name that addresses and other
# examples use.
MADE = {"asked": "listen.ask_request"}

# What each role may do; every later one may do all of it as well.
HELD = {
    "member": {"core.read"},
    "viewer": {"core.calendar", "listen.read"},
    "field_worker": {
        "core.offline",
        "core.withdraw_own",
        "listen.write",
        "map.read",
        "map.write",
        "start.read",
    },
    "organizer": {
        "core.sent",
        "listen.confidential",
        "listen.import",
        "listen.merge",
        "map.import",
    },
    "coordinator": {
        "core.accounts",
        "core.accounts_change",
        "core.change",
        "core.export",
        "core.log",
        "core.withdraw_any",
        "listen.rights",
    },
    "owner": set(),
}

# Texts of Inputs that may be read wherever the thing itself may be; the others are confidential.
OPEN = {
    *(name for name, each in PERSON_FIELDS.items() if each.is_text and not each.confidential),
    "slug",
    "username",
    "reference",
    "place",
    "what",
    "source",
    "reason",
    "label",
    "witness",
    "choice",
    "title",
    "venue",
    "group",
    "decided",
    "why",
    # As open as the text that it takes the place of; each such text is planted by another deed.
    "redacted",
}
PLAN_NOTES = {"grounds", "what_moved", "others_named", "next_steps"}
CONFIDENTIAL = {
    *CONFIDENTIAL_FIELDS,
    *PLAN_NOTES,
    "summary",
    "evidence",
    "own_words",
    "password",
}

# Sealed columns that hold no text of an Input.
SEALED_DATA = {
    "value",
    "values",
    "outcome",
    "found",
    "known",
    "reasons",
    "data",
    "fault",
    "content",
    "held",
    "conditions",
    "answers",
}

# Not free text: checked by form, and told apart by their own tests.
FORMED_FIELDS = {
    "region_code",
    "time_zone",
    "language",
    "spread",
    "seen",
    "field",
    "text_version",
    "digest",
}

# Who may read which confidential text, through which query.
READABLE = {
    **{
        ("listen.person", name): {"field_worker", "organizer", "coordinator", "owner"}
        for name in CONFIDENTIAL_FIELDS
    },
    ("listen.person", "evidence"): {"organizer", "coordinator", "owner"},
    ("listen.bundle_for_phone", "phone"): {"field_worker", "organizer", "coordinator", "owner"},
    # On a phone only what its owner noted: here the owner of the place did everything.
    ("listen.bundle_for_phone", "summary"): {"owner"},
    ("listen.concerns_of", "own_words"): {"field_worker", "organizer", "coordinator", "owner"},
    ("listen.statements", "own_words"): {"field_worker", "organizer", "coordinator", "owner"},
    ("listen.meeting", "summary"): {"organizer", "coordinator", "owner"},
    ("listen.encounters", "summary"): {"organizer", "coordinator", "owner"},
    ("listen.visit", "phone"): {"organizer", "coordinator", "owner"},
    ("listen.phones", "phone"): {"coordinator", "owner"},
    # What somebody is shown about themselves, by who answers for it.
    **{("listen.own_data", name): {"coordinator", "owner"} for name in CONFIDENTIAL_FIELDS},
    ("listen.own_data", "summary"): {"coordinator", "owner"},
    ("listen.own_data", "evidence"): {"coordinator", "owner"},
    ("listen.own_data", "own_words"): {"coordinator", "owner"},
    ("listen.phones_of", "phone"): {"field_worker", "organizer", "coordinator", "owner"},
}

# Who may read which column, in the places of its row. A text without a line here fails.
NEEDED: dict[str, Permission | None] = {
    "workspace.name": CorePermission.COMMUNITY_READ,
    "community.name": CorePermission.COMMUNITY_READ,
    "account.name": ListenPermission.READ,
    "account.username": CorePermission.ACCOUNTS_READ,
    "account.password": None,
    "device.label": CorePermission.ACCOUNTS_READ,
    "logentry.reason": CorePermission.LOG_READ,
    "logentry.result": CorePermission.LOG_READ,
    "household.label": ListenPermission.READ,
    **{
        f"person.{name}": ListenPermission.WRITE if each.confidential else ListenPermission.READ
        for name, each in PERSON_FIELDS.items()
        # The label of a household stands in a table of its own.
        if each.is_text and name != "household"
    },
    "person.reference": ListenPermission.READ,
    # What a search looks in stands on no page.
    "person.searched": None,
    "person.called": None,
    "consent.witness": ListenPermission.WRITE,
    "encounter.place": ListenPermission.READ,
    "encounter.summary": ListenPermission.CONFIDENTIAL,
    "concern.own_words": ListenPermission.WRITE,
    "theme.name": ListenPermission.WRITE,
    "savedquestion.name": ListenPermission.READ,
    "promise.what": ListenPermission.READ,
    "meeting.title": ListenPermission.READ,
    "meeting.venue": ListenPermission.READ,
    "meeting.group": ListenPermission.READ,
    "decision.decided": ListenPermission.WRITE,
    "cancellation.why": ListenPermission.WRITE,
    "observation.evidence": ListenPermission.CONFIDENTIAL,
    "plandecision.grounds": ListenPermission.CONFIDENTIAL,
    "planexchange.grounds": ListenPermission.CONFIDENTIAL,
    "plandebrief.what_moved": ListenPermission.CONFIDENTIAL,
    "plandebrief.others_named": ListenPermission.CONFIDENTIAL,
    "plandebrief.next_steps": ListenPermission.CONFIDENTIAL,
    "tie.source": MapPermission.READ,
    "asset.name": MapPermission.READ,
    # What a job was told is for no page; its fault is for whoever began it.
    "job.data": None,
    "job.fault": None,
}

# No free text but what is worked out or judged: told apart by tests of their own (of judgements,
# and of the page of a plan).
NUMBERS = {
    "bridges.outcome",
    "candidates.found",
    "change.values",
    "observation.value",
    "plannedvisit.reasons",
    "planoutcome.known",
    "planoutcome.outcome",
    "savedquestion.conditions",
    "startingplan.outcome",
    # What phones sent and hold, and forms as they were filled in: told apart by tests of their own.
    "sententry.content",
    "filledform.answers",
    "handedover.held",
}

# Not free text: made by the program, or checked by form.
FORMED_COLUMNS = {
    "change.table",
    "calendarlink.digest",
    "community.path",
    "community.slug",
    "community.region_code",
    "community.time_zone",
    "account.language",
    "startingplan.spread",
    "job.name",
    "job.language",
    "job.goes_to",
    "logentry.action",
    "logentry.fingerprint",
    "logentry.previous_hash",
    "logentry.hash",
    "loghead.hash",
    "erased.mark",
    "namelesscount.table",
    "namelesscount.kind",
    "person.phone_mark",
    "consent.text_version",
    "consent.language",
    "sententry.digest",
    "filledform.form",
    "handedover.epoch",
    "footprint.content",
    "handedover.heads",
}


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
        "start.note_outcome": {
            "plan": place.plan,
            "person": place.chosen,
            "outcome": "started",
            "noted_on": day,
        },
        "start.keep_hearing": {
            "people": [{"person": place.person, "known": {"chance": 0.1, "terms": {}}}],
            "planned_on": day,
        },
        "start.decide_plan": {
            "plan": place.plan,
            "state": "paused",
            "grounds": "harvest",
            "noted_on": day,
        },
        "start.exchange_person": {
            "plan": place.plan,
            "replaces": place.earlier_plan,
            "person": place.person,
            "grounds": "moved away",
        },
        "start.debrief_plan": {
            "plan": place.plan,
            "noted_on": day,
            "what_moved": "clean water",
            "others_named": "Sri",
            "next_steps": "meet her",
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


# For every query that asks for something: what it is asked, about the things of one place.
def query_examples(place: Things) -> dict[str, tuple[Any, ...]]:
    in_place = Condition(kind=ConditionKind.PLACE, which=place.smaller)
    return {
        "listen.question": (place.question,),
        "listen.fulfilling": (in_place, date(2026, 5, 1)),
        "listen.search_people": ((in_place,),),
        "listen.everyone_found": ((in_place,),),
        "listen.deeds_since": (date(2026, 5, 1),),
        "listen.figures_by_place": (date(2026, 5, 1),),
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
        "start.draft_plan": (PlanWishes(count=1, objective="reach"),),
        "start.kept_plan": (place.plan,),
        "start.first_among": (frozenset({place.person}), date(2026, 5, 1)),
        "start.followed": ((place.plan,),),
        "start.plan_progress": (place.plan,),
        "start.plan_learnt_from": (place.plan,),
        "start.draft_exchange": (place.plan, place.chosen),
        "listen.met_on": ({(place.person, date(2026, 5, 1))},),
        "start.plan_sentences": ([{"code": "ties", "facts": {"count": 2}}], "id"),
        "listen.names": ({place.person},),
    }


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
