"""Deeds in a reader's words. A new action gets its sentence here (a test asks for it)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from guyub.core.actions.exports import ExportFormat
from guyub.core.vocabulary import Settled

# What somebody did, to stand after their name.
_PLAIN = {
    "core.found_workspace": _("founded this workspace"),
    "core.found_community": _("founded a smaller community"),
    "core.open_account": _("opened an account"),
    "core.close_account": _("closed an account"),
    "core.grant_role": _("gave a role"),
    "core.withdraw_role": _("took a role back"),
    "core.set_password": _("gave a colleague a new password"),
    "core.change_own_profile": _("changed their own profile"),
    "core.register_device": _("took a phone into use for working offline"),
    "core.revoke_device": _("had a phone forget what it holds"),
    "core.make_calendar_link": _("made a secret link for a calendar program"),
    "core.drop_calendar_link": _("closed a secret link for a calendar program"),
    "core.switch_offline": _("decided whether phones may hold something"),
    "core.withdraw_entry": _("undid an earlier step"),
    "listen.add_person": _("noted a person"),
    "listen.record_encounter": _("noted an encounter"),
    "listen.note_concern": _("noted what somebody cares about"),
    "listen.make_promise": _("noted a promise"),
    "listen.settle_promise": _("noted what became of a promise"),
    "listen.plan_visits": _("planned visits"),
    "listen.settle_visit": _("noted what became of a visit"),
    "listen.plan_meeting": _("planned a meeting"),
    "listen.change_meeting": _("changed when or where a meeting is"),
    "listen.invite": _("invited people to a meeting"),
    "listen.cancel_meeting": _("cancelled a meeting"),
    "listen.hold_meeting": _("noted that a meeting took place"),
    "listen.check_in": _("noted who came to a meeting"),
    "listen.write_minutes": _("wrote what was said in a meeting"),
    "listen.note_decision": _("noted what was decided in a meeting"),
    "listen.note_observation": _("noted an observation"),
    "listen.merge_people": _("made two records of one person one"),
    "listen.tell_apart": _("noted that two people who look alike are two"),
    "listen.note_consent": _("noted what somebody allows"),
    "listen.protect_person": _("changed whether somebody is protected"),
    "listen.ask_request": _("noted what somebody asks about what we hold of them"),
    "listen.settle_request": _("noted what was done about a request"),
    "listen.close_matters": _("dropped visits and released promises of somebody"),
    "listen.erase_person": _("erased somebody for good"),
    "listen.redact_text": _("wrote a text anew that named somebody"),
    "listen.name_theme": _("named a theme"),
    "listen.put_into_theme": _("put concerns into a theme"),
    "listen.take_out_of_theme": _("took concerns out of a theme"),
    "listen.drop_theme": _("dropped a theme"),
    "listen.save_question": _("kept a question"),
    "listen.drop_question": _("dropped a question"),
    "map.report_tie": _("noted a tie"),
    "map.note_asset": _("noted what somebody has"),
    "start.keep_plan": _("worked out whom to begin with"),
    "start.keep_bridges": _("looked for bridges and holes between people"),
    "start.keep_candidates": _("looked for people who may need a visit"),
    "start.answer_suggestion": _("answered a suggestion whom to meet"),
}


def deed_sentence(action: str, result: Any) -> str:
    """Say what was done; an action without words yet is called by its name."""
    if action in _COUNTED and isinstance(result, Mapping):
        return _COUNTED[action](result)
    return str(_PLAIN[action]) if action in _PLAIN else action


def _people(result: Mapping[str, Any]) -> str:
    count = result["people"]
    return ngettext("brought in %(count)s person", "brought in %(count)s people", count) % {
        "count": number_format(count)
    }


def _observations(result: Mapping[str, Any]) -> str:
    count = result["observations"]
    return ngettext(
        "brought in %(count)s observation", "brought in %(count)s observations", count
    ) % {"count": number_format(count)}


def _ties(result: Mapping[str, Any]) -> str:
    count = result["ties"]
    return ngettext("brought in %(count)s tie", "brought in %(count)s ties", count) % {
        "count": number_format(count)
    }


def _labelled(result: Mapping[str, Any]) -> str:
    count = result["labelled"]
    return ngettext(
        "changed the groups of %(count)s person", "changed the groups of %(count)s people", count
    ) % {"count": number_format(count)}


def _export(result: Mapping[str, Any]) -> str:
    count = result["rows"]
    return ngettext(
        "took out %(count)s row (%(what)s)", "took out %(count)s rows (%(what)s)", count
    ) % {"count": number_format(count), "what": _export_facts(result)}


def _export_facts(result: Mapping[str, Any]) -> str:
    """What left, and in which form; exports of earlier times tell no form."""
    known = {
        "people": _("people"),
        "ties": _("ties"),
        "person": _("everything about one person, for themselves"),
    }
    facts = [str(known.get(result["what"], result["what"]))]
    if "format" in result:
        facts.append(str(ExportFormat(result["format"]).label))
    if not result.get("names", True):
        facts.append(str(_("without names")))
    return ", ".join(facts)


_NOTED_OF_SOMEBODY = {
    "name": _("name"),
    "alias": _("nickname"),
    "gender": _("gender"),
    "birth_year": _("year of birth"),
    "community": _("where they live"),
    "household": _("household"),
    "occupation": _("occupation"),
    "office": _("office"),
    "groups": _("groups"),
    "phone": _("telephone"),
    "status": _("whether they are still here"),
}


def _changed(result: Mapping[str, Any]) -> str:
    if not result["fields"]:
        return gettext("confirmed what is noted of somebody")
    fields = [str(_NOTED_OF_SOMEBODY[name]) for name in result["fields"]]
    return gettext("changed what is noted of somebody: %(fields)s") % {"fields": ", ".join(fields)}


def _settled(result: Mapping[str, Any]) -> str:
    return str(
        _("took over what a phone had sent")
        if result["how"] == Settled.TAKEN
        else _("left as it was what a phone wanted changed")
    )


_COUNTED = {
    "core.settle_sent": _settled,
    "listen.change_person": _changed,
    "listen.bring_in_people": _people,
    "listen.bring_in_observations": _observations,
    "listen.label_people": _labelled,
    "map.bring_in_ties": _ties,
    "core.note_export": _export,
}

SPOKEN_OF = _PLAIN.keys() | _COUNTED.keys()
