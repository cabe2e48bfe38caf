"""Questions to the list of people: built, asked, kept, and what is done with whom they find."""

from __future__ import annotations

import io
import uuid
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guyub.core.errors import Invalid, Missing, Refused
from guyub.core.permissions import CorePermission
from guyub.core.queries import place_names
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.analysis import Answer, everyone_found, search_people
from guyub.cycle.listen.vocabulary import STAY_HERE, Condition, ConditionKind, ListenPermission
from guyub.cycle.map import queries as map_queries
from guyub.interfaces.submissions.forms import DeedForm
from guyub.interfaces.transfer.list_export import Sheet
from guyub.interfaces.transfer.search_export import prepare_search_export
from guyub.interfaces.transfer.writing import write_csv
from guyub.interfaces.web.exports.forms import SearchExportForm
from guyub.interfaces.web.frame.question_address import address_of, question_address
from guyub.interfaces.web.frame.responses import PageRequest, attempt, attempt_with, render
from guyub.interfaces.web.people_search.forms import (
    ConditionForm,
    KeepQuestionForm,
    TogetherForm,
    condition_forms,
    kinds,
    may_write,
    new_condition,
)
from guyub.interfaces.web.plan.visits import said_met

# As many as one deed changes, so that one undo is one; see listen.label_people.
_MOST_AT_ONCE = 2000


@require_safe
def questions(request: PageRequest, community: str) -> HttpResponse:
    """Whom do we mean? Conditions one below the other, and the people of whom they hold."""
    request.actor.demand(ListenPermission.READ)
    forms = condition_forms(request.actor, request.GET)
    if (changed := _changed(request, forms)) is not None:
        return HttpResponseRedirect(f"{request.path}?{address_of(changed)}")
    return _page(request, community, forms)


@require_safe
def question(request: PageRequest, community: str, question: uuid.UUID) -> HttpResponse:
    """A question that is kept, asked anew."""
    row = listen.question(request.actor, question)
    return redirect(question_address(community, *row.conditions))


@require_POST
def keep_question(request: PageRequest, community: str) -> HttpResponse:
    """Keep the question under a name."""
    request.actor.demand(ListenPermission.READ)
    forms = condition_forms(request.actor, request.POST)
    conditions, form = _conditions(forms), KeepQuestionForm(request.POST)
    if conditions is None or not form.is_valid():
        raise BadRequest
    told = {
        "name": form.cleaned_data["name"],
        "shared": form.cleaned_data["shared"],
        "conditions": [asdict(each) for each in conditions],
    }
    if done := attempt_with(form, "listen.save_question", request, told):
        asked_again = question_address(community, *conditions)
        kept = _("Question saved.")
        messages.success(request, kept, extra_tags=f"{done.entry} {asked_again}")
        return redirect(asked_again)
    return _page(request, community, forms, keep=form)


@require_POST
def drop_question(request: PageRequest, community: str, question: uuid.UUID) -> HttpResponse:
    """Drop a question that is kept."""
    row = listen.question(request.actor, question)
    form = DeedForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    if not (row.own or request.actor.may(ListenPermission.CONFIDENTIAL)):
        raise Missing(str(question))
    if done := attempt(form, "listen.drop_question", request, question=question):
        messages.success(request, _("Question deleted."), extra_tags=str(done.entry))
    return redirect("questions", community)


@require_POST
def do_together(request: PageRequest, community: str) -> HttpResponse:
    """Do one thing with everybody whom the question found, in one entry with one undo."""
    request.actor.demand(ListenPermission.WRITE)
    forms = condition_forms(request.actor, request.POST)
    conditions = _conditions(forms)
    if not conditions:
        raise BadRequest
    found = everyone_found(request.actor, conditions, tied=_tied(request, conditions))
    form = TogetherForm(found, request.POST)
    if not form.is_valid():
        return _page(request, community, forms, together=form)
    told = form.cleaned_data
    people = list(found) if told["whom"] == "all" else told["people"]
    if not people:
        form.add_error("whom", _("Tick someone first."))
    elif len(people) > _MOST_AT_ONCE:
        most = _("That is too many for one step (at most %(most)s). Narrow the question.")
        form.add_error("whom", most % {"most": number_format(_MOST_AT_ONCE)})
    elif done := attempt_with(form, *_together(request, told, people)):
        said, asked_again = (
            _said(told["deed"], done.result),
            question_address(community, *conditions),
        )
        messages.success(request, said, extra_tags=f"{done.entry} {asked_again}")
        return redirect(asked_again)
    return _page(request, community, forms, together=form)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def export_search(request: PageRequest, community: str) -> HttpResponse:
    """Take the people out whom the question finds: as a table of what the screen shows."""
    request.actor.demand(CorePermission.EXPORT)
    conditions = _conditions(condition_forms(request.actor, request.GET))
    if not conditions:
        return redirect("questions", community)
    tied = _tied(request, conditions)
    form = SearchExportForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            sheet = prepare_search_export(request.actor, conditions, reason=reason, tied=tied)
        except Invalid as invalid:
            form.add_error("reason", " ".join(invalid.fields.values()))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _download(sheet, community)
    context = {
        "community": community,
        "form": form,
        "count": len(everyone_found(request.actor, conditions, tied=tied)),
        "address": address_of(conditions),
    }
    return render(request, "exports/search_export.html", context)


def _download(sheet: Sheet, community: str) -> HttpResponse:
    content = io.BytesIO()
    write_csv(sheet, content)
    named = f"guyub-{community}-{timezone.localdate().isoformat()}.csv"
    disposition = {"Content-Disposition": f'attachment; filename="{named}"'}
    return HttpResponse(
        content.getvalue(), content_type="text/csv; charset=utf-8", headers=disposition
    )


def _together(
    request: PageRequest, told: dict[str, Any], people: list[uuid.UUID]
) -> tuple[str, PageRequest, dict[str, Any]]:
    if told["deed"] == "visit":
        day = told["planned_on"] or timezone.localdate()
        visits = [{"person": each, "planned_on": day} for each in people]
        return "listen.plan_visits", request, {"visits": visits}
    data = {"people": people, "label": told["label"], "taken_off": told["deed"] == "unlabel"}
    return "listen.label_people", request, data


def _said(deed: str, result: dict[str, Any]) -> str:
    if deed == "visit":
        said = _("Visits planned: %(count)s.") % {"count": result["planned"]}
        return f"{said} {said_met(result['met'])}" if result["met"] else said
    return _("People changed: %(count)s.") % {"count": result["labelled"]}


def _changed(request: PageRequest, forms: list[ConditionForm]) -> list[Condition] | None:
    """The conditions after one was added or taken away; None where nothing of the kind is asked."""
    add, drop = request.GET.get("add", ""), request.GET.get("drop", "")
    if not add and not drop:
        return None
    left = [form for form in forms if not drop or form.prefix != drop]
    # What cannot be read is lost with this: it is told before, when the question is asked.
    conditions = [form.condition() for form in left if form.is_valid()]
    if add in dict(kinds(request.actor)) and len(conditions) < listen.MOST_CONDITIONS:
        conditions.append(new_condition(request.actor, ConditionKind(add)))
    return conditions


def _conditions(forms: list[ConditionForm]) -> tuple[Condition, ...] | None:
    """What is asked; None where a condition cannot be read."""
    readable = [form.is_valid() for form in forms]
    return tuple(form.condition() for form in forms) if all(readable) else None


def _tied(
    request: PageRequest, conditions: tuple[Condition, ...]
) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    return {
        each.which: map_queries.tied_to(request.actor, each.which)
        for each in conditions
        if each.kind == ConditionKind.TIED and each.which
    }


def _answer(
    request: PageRequest, conditions: tuple[Condition, ...] | None, after: uuid.UUID | None
) -> Answer | None:
    if not conditions:
        return None
    tied = _tied(request, conditions)
    return search_people(request.actor, conditions, tied=tied, after=after)


def _page(
    request: PageRequest,
    community: str,
    forms: list[ConditionForm],
    *,
    keep: KeepQuestionForm | None = None,
    together: TogetherForm | None = None,
) -> HttpResponse:
    conditions = _conditions(forms)
    answer = _answer(request, conditions, _after(request.GET))
    places = place_names(request.actor)
    address = address_of(conditions or ())
    tied = {each.which for each in conditions or () if each.kind == ConditionKind.TIED}
    context = {
        "community": community,
        "conditions": forms,
        "kinds": kinds(request.actor),
        "full": len(forms) >= listen.MOST_CONDITIONS,
        "tied_names": ", ".join(listen.names(request.actor, tied - {None}).values()),  # type: ignore[arg-type]
        "answer": answer,
        "rows": [(row, places[row.community]) for row in answer.rows] if answer else (),
        "asked": list(QueryDict(address).items()),
        "address": address,
        "kept": listen.questions(request.actor),
        "keep": keep or KeepQuestionForm(),
        "together": together or TogetherForm((), initial={"whom": "all", "deed": "label"}),
        "ticked": together.data.getlist("people") if together else (),  # type: ignore[attr-defined]
        "may_note": may_write(request.actor),
        "may_take_out": request.actor.may(CorePermission.EXPORT)
        and not any(each.kind in STAY_HERE for each in conditions or ()),
        "may_drop": request.actor.may(ListenPermission.CONFIDENTIAL),
    }
    return render(request, "people_search/search.html", context)


def _after(told: QueryDict) -> uuid.UUID | None:
    try:
        return uuid.UUID(told.get("after")) if "after" in told else None
    except ValueError:
        raise BadRequest from None
