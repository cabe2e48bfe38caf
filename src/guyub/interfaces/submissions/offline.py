"""What a form says of itself to a phone that has no server to ask: plain data, no second program.

The rules are read by the server too (`faults`): a phone checks no other ones, and the server's word
counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What must hold between answers, each with the sentence that is said where it does not."""

    # One of these questions has to be answered; it is said at the first.
    any_of: tuple[tuple[tuple[str, ...], Text], ...] = ()
    # The question that must be answered as soon as one of the others is.
    needs: tuple[tuple[str, tuple[str, ...], Text], ...] = ()
    # What can be said of one person only, and whom nobody can be tied to but by others.
    about_one: tuple[tuple[str, ...], Text] = ((), "")
    others: tuple[tuple[str, ...], Text] = ((), "")
    # Days that do not lie in the past, or in the future.
    not_before: tuple[tuple[str, ...], Text] = ((), "")
    not_after: tuple[tuple[str, ...], Text] = ((), "")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """How a phone shows what was filled in, until it has fetched what the server made of it.

    title: what filling it in is called, of a form about one person that the phone draws by itself
    and opens from the screen of that person (a form without has a screen of its own). said: what
    is noted then, with %(names)s.

    people, new, about, place: the questions that say who was there, who is new, of whom the form
    speaks, and where new people live. days: those that say when, the most exact first. text: what
    stands below the title. brief: what it holds, in a word, by the questions that say so. rows:
    what appears on its screens, {kind, if or each, id or made, held, data}.

    A text in braces is what was answered, `{a|b}` the first of two, `{a|=word}` else that word,
    `{a?}` whether it was. `made` names an identifier that follows from the key of the submission,
    as in the deeds; `held` says that what the phone holds there has somebody in that column who
    was there.
    """

    title: Text = ""
    said: Text = ""
    people: str = ""
    new: str = ""
    about: str = ""
    place: str = ""
    days: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    brief: tuple[tuple[Text, tuple[str, ...]], ...] = ()
    rows: tuple[Mapping[str, Any], ...] = field(default=())


def description(form: Any) -> dict[str, Any]:
    """All that a phone is told of a form, in the language of the page."""
    told = {"name": form.name, "version": form.version, "several": form.several}
    told |= {"rules": asdict(form.rules), "shown": asdict(form.shown)}
    return _spoken(told)


def faults(rules: Rules, told: Mapping[str, Any], *, there: int, today: date) -> Iterator[Any]:
    """Where answers break a rule: the question, and what is said there.

    told: the answers, read. there: how many people the form says were there.
    """
    for names, sentence in rules.any_of:
        if not any(told.get(name) for name in names):
            yield names[0], sentence
    for name, others, sentence in rules.needs:
        if any(told.get(other) for other in others) and not told.get(name):
            yield name, sentence
    yield from _about_somebody(rules, told, there)
    yield from _on_other_days(rules, told, today)


def _about_somebody(rules: Rules, told: Mapping[str, Any], there: int) -> Iterator[Any]:
    people = list(told.get("people") or ())
    chosen = told.get("about") in people
    for name in rules.about_one[0] if there != 1 and not chosen else ():
        if _answered(told.get(name)):
            yield name, rules.about_one[1]
    whom = told.get("about") if chosen else next(iter(people), None)
    for name in rules.others[0]:
        if whom and whom in (told.get(name) or ()):
            yield name, rules.others[1]


def _on_other_days(rules: Rules, told: Mapping[str, Any], today: date) -> Iterator[Any]:
    # As texts, so that a month is compared as well.
    for name in rules.not_before[0]:
        if told.get(name) and str(told[name]) < str(today):
            yield name, rules.not_before[1]
    for name in rules.not_after[0]:
        if told.get(name) and str(told[name]) > str(today):
            yield name, rules.not_after[1]


def _answered(value: Any) -> bool:
    """Whether something was said; that nothing of a trait was seen, 0, says something."""
    return value is not None and value is not False and value not in ("", [], ())


def _spoken(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _spoken(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_spoken(part) for part in value]
    return str(value) if isinstance(value, Promise) else value
