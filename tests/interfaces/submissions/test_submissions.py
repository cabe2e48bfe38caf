"""Forms that are filled in: every version is read for ever, and answers become the same deeds."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from guyub.core.errors import Denied, Invalid, KeyTaken, Missing
from guyub.core.identifiers import new_identifier
from guyub.core.models import FilledForm, LogEntry
from guyub.core.submissions import READERS, Submission, filled_form, submit
from guyub.cycle.listen import queries as listen
from guyub.interfaces.submissions.answers import answers_in_words
from guyub.interfaces.submissions.forms import FORMS
from people import Cast, do

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def village(cast: Cast) -> dict[str, str]:
    """What the golden submissions name."""
    sari = cast.actor("sari", "krajan")
    found = {
        name.upper(): str(do(sari, "listen.add_person", name=name)["id"])
        for name in ("Slamet", "Sri", "Joko")
    }
    visit = {"person": found["SLAMET"], "planned_on": "2026-03-01"}
    do(sari, "listen.plan_visits", visits=[visit])
    (planned,) = listen.visits(sari)
    meeting = do(sari, "listen.plan_meeting", title="Rembug", planned_on="2026-03-02")["id"]
    return found | {"VISIT": str(planned.id), "MEETING": meeting, "HOME": str(sari.community)}


def golden(form: str, version: int, village: dict[str, str]) -> tuple[Submission, Counter[str]]:
    """A submission as it was sent when the version was new, and how many deeds it gave."""
    text = (GOLDEN / f"{form}_{version}.json").read_text()
    for name, identifier in village.items():
        text = text.replace(name, identifier)
    told = json.loads(text)
    deeds = Counter(told.pop("deeds"))
    told |= {"key": uuid.UUID(told["key"]), "at": datetime.fromisoformat(told["at"])}
    return Submission(**told), deeds


def conversation(village: dict[str, str], at: datetime | None = None, **more: Any) -> Submission:
    least = {"people": [village["SLAMET"]], "kind": ["one_on_one"], "initiated_by": ["worker"]}
    answers = {**least, **more}
    return Submission(form="conversation", version=1, key=new_identifier(), answers=answers, at=at)


def test_every_version_of_a_form_has_its_golden_submission() -> None:
    kept = {file.stem for file in GOLDEN.glob("*.json")}
    assert kept == {f"{form}_{version}" for form, version in READERS}
    assert set(FORMS) == set(READERS)


@pytest.mark.parametrize(("form", "version"), sorted(READERS))
def test_what_was_sent_once_is_read_for_ever(
    cast: Cast, village: dict[str, str], form: str, version: int
) -> None:
    sari = cast.actor("sari", "krajan")
    submission, deeds = golden(form, version, village)
    receipts = submit(sari, submission)
    done = LogEntry.objects.filter(entry=receipts[0].entry).values_list("action", flat=True)
    assert Counter(done) == deeds
    assert filled_form(sari, receipts[0].entry).answers == submission.answers


def test_what_somebody_filled_in_is_read_by_nobody_else(
    cast: Cast, village: dict[str, str]
) -> None:
    (receipt,) = submit(cast.actor("budi", "krajan"), conversation(village))

    with pytest.raises(Missing):
        filled_form(cast.actor("sari", "krajan"), receipt.entry)


@pytest.mark.parametrize(("form", "version"), sorted(READERS))
def test_the_golden_submission_answers_every_question(
    cast: Cast, village: dict[str, str], form: str, version: int
) -> None:
    shown = FORMS[form, version](cast.actor("sari", "krajan"))
    asked = {name for name in shown.fields if shown.is_question(name)}
    # One of several ways to say when, or by when.
    either = {"day", "month", "soon_1", "due_2", "soon_3", "due_3", "mine_1", "mine_3"}
    either |= {"level_2", "teaches_2"}
    answered = set(golden(form, version, village)[0].answers)
    assert asked - either == {name for name in answered if name in shown.fields}


def test_sent_twice_it_is_done_once(cast: Cast, village: dict[str, str]) -> None:
    sari = cast.actor("sari", "krajan")
    submission, deeds = golden("conversation", 1, village)
    first, second = submit(sari, submission), submit(sari, submission)
    # The visit that it was is made by now: nothing is to be settled again.
    assert {each.key for each in second} < {each.key for each in first}
    assert all(each.done_before for each in second)
    assert FilledForm.objects.count() == 1
    other = {**submission.answers, "own_words": ["the roof leaks"]}
    with pytest.raises(KeyTaken):
        submit(sari, Submission(**{**vars(submission), "answers": other}))


def test_it_is_read_on_the_day_on_which_it_was_filled_in(
    cast: Cast, village: dict[str, str]
) -> None:
    sari = cast.actor("sari", "krajan")
    at = datetime.now(UTC) - timedelta(days=5)
    soon = str((at + timedelta(days=2)).date())
    submit(sari, conversation(village, at, next_on=[soon]))
    (row,) = listen.encounters_of(sari, uuid.UUID(village["SLAMET"]))
    assert at.date() <= row.held_on <= at.date() + timedelta(days=1)


def test_a_question_that_is_not_known_is_not_passed_over(
    cast: Cast, village: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as wrong:
        submit(cast.actor("sari", "krajan"), conversation(village, mood=["good"]))
    assert list(wrong.value.fields) == ["mood"]


def test_what_nobody_asked_this_role_is_not_taken_from_it(
    cast: Cast, village: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sari = cast.actor("sari", "krajan")
    may = type(sari).may

    def without_ties(actor: Any, permission: Any) -> bool:
        return str(permission) != "map.write" and bool(may(actor, permission))

    monkeypatch.setattr(type(sari), "may", without_ties)
    with pytest.raises(Denied):
        submit(sari, conversation(village, advice=[village["JOKO"]]))


def test_nothing_of_the_trait_was_seen_is_an_answer_about_somebody(
    cast: Cast, village: dict[str, str]
) -> None:
    both = [village["SLAMET"], village["SRI"]]
    with pytest.raises(Invalid) as wrong:
        submit(cast.actor("sari", "krajan"), conversation(village, people=both, initiative=["0"]))
    assert list(wrong.value.fields) == ["initiative"]


def test_whoever_decides_reads_it_in_words(cast: Cast, village: dict[str, str]) -> None:
    sari = cast.actor("sari", "krajan")
    submission, _deeds = golden("conversation", 1, village)
    answers = {**submission.answers, "news": [str(uuid.uuid4())]}
    with translation.override("en"):
        said = dict(answers_in_words(sari, "conversation", 1, answers))
    assert said["Who was there?"] == "Slamet, Sri"
    assert said["Which area of life?"] == "health, environment"
    assert said["In their own words"] == "the well is muddy"
    assert said["I asked them to lead something"] == "yes"
    assert said["Who spreads news best?"] == "someone who has not arrived"
    assert village["SLAMET"] not in str(said)
