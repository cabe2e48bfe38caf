"""The words that a phone says by itself, where no server is there to say them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from guyub.cycle.listen.vocabulary import EncounterKind, Outcome
from guyub.cycle.map.vocabulary import TieKind

PARTS_OF_A_PERSON = (
    ("promises-of", gettext_lazy("Promises")),
    ("visits-of", gettext_lazy("Planned visits")),
    ("encounters-of", gettext_lazy("When they were met")),
    ("ties-of", gettext_lazy("Ties")),
)


def phone_words() -> dict[str, Any]:
    """Each sentence by its name; where something is counted, the one for one and the one for more.

    What stands in %(…)s is filled in by the phone.
    """
    return {
        **_of_the_day(),
        **_of_the_lock(),
        **_of_sending(),
        "faults": _faults(),
        "kinds": dict(EncounterKind.choices),
        "ties": dict(TieKind.choices),
        "outcomes": dict(Outcome.choices),
        "actions": _actions(),
    }


def _both(said: Any) -> list[str]:
    """The sentence for one and the sentence for more; the number is filled in later."""
    return [said % 1, said % 2]


def _of_the_day() -> dict[str, Any]:
    return {
        "morning": _("Good morning"),
        "midday": _("Good day"),
        "afternoon": _("Good afternoon"),
        "evening": _("Good evening"),
        "people": _both(ngettext_lazy("%(count)s person", "%(count)s people")),
        "found": _both(ngettext_lazy("%(count)s person is found", "%(count)s people are found")),
        "most_found": _("Showing the first %(count)s; type another letter to narrow it down."),
        "nobody": _("Nobody was found"),
        "somebody": _("someone not on this phone"),
        "put_off": _("put off to %(day)s"),
        "promise": _("promise due"),
        "overdue": _both(ngettext_lazy("%(count)s day overdue", "%(count)s days overdue")),
        "due_today": _("due today"),
        "due": _("due %(day)s"),
        "promised_on": _("promised on %(day)s"),
        "promised": _("Promised: %(what)s"),
        "you_promised": _("You promised: %(what)s"),
        "no_meeting": _("This meeting is not on this phone any more."),
        "who_came": _("Who came"),
        "who_is_expected": _("Who is expected"),
        "came": _("%(came)s here, %(invited)s were invited"),
        "here": _("%(count)s here"),
        "more_about": _("More about meeting %(name)s"),
        "part_of": _("What %(name)s did"),
        "others": _both(ngettext_lazy("and %(count)s other", "and %(count)s others")),
        "noted_by": _("noted by %(name)s"),
        "new_version": _(
            "There is a newer version of the pocket book. What you are writing stays."
        ),
        "load_again": _("Load it now"),
        "undo": _("Undo"),
        "drafted": _("You started a note:"),
        "go_on": _("Continue with it"),
        "throw_away": _("Discard it"),
        "fault": _("This did not work. What you wrote is still here; try again."),
    }


def _of_the_lock() -> dict[str, Any]:
    return {
        "ask_word": _("Word number %(number)s"),
        "wrong_words": _("These are not the words shown. Check what you wrote down."),
        "wrong": _both(
            ngettext_lazy(
                "These are not the words. After %(count)s more wrong try it empties itself.",
                "These are not the words. After %(count)s more wrong tries it empties itself.",
            )
        ),
        "wait": _both(
            ngettext_lazy(
                "Wait %(count)s second and try again.", "Wait %(count)s seconds and try again."
            )
        ),
        "wiped": _("Too many wrong tries: the pocket book is empty now. You can set it up again."),
        "wiped_by_others": _(
            "This phone may no longer hold anything: the pocket book is now empty."
        ),
        "emptied": _("The pocket book is empty now."),
        "passkey": _("The passkey did not work. Use your five words."),
        "no_passkey": _("This phone has no passkey that can lock it. Use five words."),
        "held": _both(
            ngettext_lazy("%(count)s note waits to be sent.", "%(count)s notes wait to be sent.")
        ),
        "lost": _both(
            ngettext_lazy(
                "%(count)s note that was not sent would be lost.",
                "%(count)s notes that were not sent would be lost.",
            )
        ),
        "nothing_lost": _("Nothing is waiting to be sent."),
        "fetched": _both(ngettext_lazy("%(count)s person is here", "%(count)s people are here")),
        "not_persistent": _(
            "This browser may delete it. Add the pocket book to the home screen, and send often."
        ),
    }


def _of_sending() -> dict[str, Any]:
    return {
        "waits": _both(
            ngettext_lazy("%(count)s waits for a signal", "%(count)s wait for a signal")
        ),
        "look": _both(ngettext_lazy("%(count)s to review", "%(count)s to review")),
        "sending": _("Sending …"),
        "all_sent": _("Everything is sent."),
        "last": _("Last exchange: %(when)s."),
        "never": _("Nothing was exchanged yet."),
        "offline": _("No signal. What you note waits here."),
        "log_in": _("Log in again to send it. It stays here until then."),
        "switched_off": _("Your organisation keeps nothing on phones now. What waits stays here."),
        "failed": _("The server did not answer properly. It will try again automatically."),
        "kept": _("Noted on this phone: %(what)s"),
        "thrown": _("Discarded: %(what)s"),
        "noted": _("Conversation with %(names)s"),
        "met": _("Met %(name)s"),
        "later": _("Visit to %(name)s put off to %(day)s"),
        "dropped": _("Visit to %(name)s taken off the list"),
        "at_meeting": _("Who came to %(title)s"),
        "settled": _("Promise of %(name)s: %(outcome)s"),
        "sent_already": _("This was already sent. You can change it on the full site."),
        "change": _("Change"),
        "change_again": _("Change and send again"),
        "on_its_way": _("on its way"),
        "new_person": _("new: %(name)s"),
        "outcome_done": _("sent"),
        "outcome_parked": _("sent; waiting on the server for something it refers to"),
        "outcome_review": _(
            "Someone else has changed this since. Your version is kept beside theirs on "
            "the server, to be decided."
        ),
        "outcome_refused": _("The server refused it:"),
        "outcome_erased": _("It is about someone whose data was erased. It was not saved."),
    }


def _faults() -> dict[str, str]:
    """What may be wrong with a form, in the words of the form that the server has."""
    return {
        "marked": _("Not saved yet: check what is marked below. What you typed is still here."),
        "too_long": _("This is too long."),
        "whole_number": _("Write a number."),
        "missing": _("Answer this question."),
    }


def _actions() -> dict[str, str]:
    """What a deed is, in the list of those that wait."""
    return {
        "listen.settle_visit": _("visit"),
        "listen.settle_promise": _("promise"),
    }
