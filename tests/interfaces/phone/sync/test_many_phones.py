"""Several phones, whatever the field does to them; and that each broken promise would be seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from guyub.core import pull_cursor, push_inbox, redirects
from guyub.core.action import Receipt
from guyub.core.identifiers import new_identifier
from guyub.core.models import SentEntry
from guyub.cycle.listen.actions import people, rights
from guyub.interfaces.phone.sync import push, rows
from people import Cast
from phones import Phones

# Together a little more than two thousand steps.
EXAMPLES, STEPS = 64, 40

Plant = Callable[[pytest.MonkeyPatch], None]


def run(cast: Cast, examples: int, start: int) -> int:
    """Run the phones from one start of chance, and give how many steps they took."""
    taken = []

    class Counted(Phones):
        def check_invariants(self, *given: Any, **more: Any) -> Any:
            taken.append(1)
            return super().check_invariants(*given, **more)

    Counted.cast = cast
    seed(start)(Counted)
    chosen = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        # What breaks is not made smaller: it is enough that it breaks.
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Counted, settings=chosen)
    return len(taken)


def test_whatever_phones_do_nothing_is_lost_doubled_or_overwritten(cast: Cast) -> None:
    assert run(cast, EXAMPLES, start=0) >= 2_000


def no_receipt(patch: pytest.MonkeyPatch) -> None:
    """Whatever is sent again is taken for new."""
    deeds = push_inbox._deeds

    def fresh(content: Any) -> Any:
        return [replace(each, key=new_identifier()) for each in deeds(content)]

    patch.setattr(push_inbox, "_deeds", fresh)
    patch.setattr(SentEntry, "save", lambda self, **_more: None)


def last_write_wins(patch: pytest.MonkeyPatch) -> None:
    """Nobody asks from what a correction was made."""
    patch.setattr(people, "_demand_fresh", lambda *_given: None)


def review_forgets(patch: pytest.MonkeyPatch) -> None:
    """A stale correction is answered, and not kept."""
    done_or_kept = push_inbox._done_or_kept

    def forgetful(actor: Any, row: Any, content: Any) -> Any:
        received = done_or_kept(actor, row, content)
        if row.outcome == "review":
            row.content = None
        return received

    patch.setattr(push_inbox, "_done_or_kept", forgetful)


def what_waits_is_never_done(patch: pytest.MonkeyPatch) -> None:
    """What arrived too early stays where it is."""
    patch.setattr(push_inbox, "_do_what_waited_for", lambda _arrived: None)
    patch.setattr(push, "try_again", lambda _actor: None)


def erased_may_come_back(patch: pytest.MonkeyPatch) -> None:
    """A phone that was away brings somebody back."""
    patch.setattr(push_inbox, "any_erased", lambda _found: False)
    patch.setattr(redirects, "any_erased", lambda _found: False)


def receipt_without_effect(patch: pytest.MonkeyPatch) -> None:
    """The receipt is written, and what it is for is not done."""
    perform = push_inbox.perform
    count = []

    def sometimes(actor: Any, deeds: Any, **more: Any) -> Any:
        count.append(1)
        if len(count) % 3 or deeds[0].action != "listen.make_promise":
            return perform(actor, deeds, **more)
        key = deeds[0].key
        return [Receipt(key=key, entry=key, number=1, result=None, done_before=False)]

    patch.setattr(push_inbox, "perform", sometimes)


def the_last_answer_counts(patch: pytest.MonkeyPatch) -> None:
    """A yes that arrives after a no takes it away."""

    def last(about: Any) -> list[Any]:
        ordered = sorted(about, key=lambda row: row.pk)
        return [row for row in ordered[-1:] if row.answer != "given"]

    # Its package has a query of the same name.
    queries = import_module("guyub.cycle.listen.queries.rights")
    patch.setattr(queries, "standing_refusals", last)
    patch.setattr(rights, "standing_refusals", lambda _about: [])


def phones_are_not_told_who_is_gone(patch: pytest.MonkeyPatch) -> None:
    """A pull brings what is new, and not what is no longer there."""
    next_step = pull_cursor.next_step

    def without(*given: Any, **more: Any) -> Any:
        step = next_step(*given, **more)
        return replace(step, gone=type(step.gone)())

    patch.setattr(pull_cursor, "next_step", without)


def old_rows_are_handed_out(patch: pytest.MonkeyPatch) -> None:
    """A pull takes a row for known when its person is, whatever was changed."""
    made = rows._row

    def constant(kind: str, data: dict[str, Any]) -> Any:
        return replace(made(kind, data), version="1")

    patch.setattr(rows, "_row", constant)


# Each with a start of chance from which it is seen soon. From any other it is seen as well, within
# the runs that are allowed, and later: look for a new one where a test takes longer than it did.
PLANTED: dict[Plant, int] = {
    no_receipt: 0,
    last_write_wins: 0,
    review_forgets: 0,
    what_waits_is_never_done: 0,
    erased_may_come_back: 0,
    receipt_without_effect: 0,
    the_last_answer_counts: 0,
    phones_are_not_told_who_is_gone: 0,
    old_rows_are_handed_out: 0,
}


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_each_planted_defect_is_seen(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, plant: Plant
) -> None:
    plant(monkeypatch)
    # It ends with the first run that breaks.
    with pytest.raises(AssertionError):
        run(cast, 4 * EXAMPLES, PLANTED[plant])
