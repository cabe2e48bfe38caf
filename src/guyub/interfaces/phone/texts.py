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
        "most_found": _("The first %(count)s are shown; another letter finds fewer."),
        "nobody": _("Nobody was found"),
        "somebody": _("somebody whom this phone does not hold"),
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
        "new_version": _("There is a newer pocket book. What you are writing stays."),
        "load_again": _("Load it"),
        "undo": _("Undo"),
        "drafted": _("You had begun to note something:"),
        "go_on": _("Go on with it"),
        "throw_away": _("Throw it away"),
        "fault": _("This did not work. What you wrote is still here; try again."),
    }


def _of_the_lock() -> dict[str, Any]:
    return {
        "ask_word": _("Word number %(number)s"),
        "wrong_words": _("Not the words that were shown. Look again at what you wrote down."),
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
            "This phone is no longer to hold anything: the pocket book is empty now."
        ),
        "emptied": _("The pocket book is empty now."),
        "passkey": _("The passkey did not open it. Use your five words."),
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
        "nothing_lost": _("Nothing waits to be sent."),
        "fetched": _both(ngettext_lazy("%(count)s person is here", "%(count)s people are here")),
        "not_persistent": _(
            "This browser does not promise to keep it. Install the pocket book on the home screen,"
            " and send often."
        ),
    }


def _of_sending() -> dict[str, Any]:
    return {
        "waits": _both(
            ngettext_lazy("%(count)s waits for a signal", "%(count)s wait for a signal")
        ),
        "look": _both(ngettext_lazy("%(count)s needs a look", "%(count)s need a look")),
        "sending": _("Sending …"),
        "all_sent": _("All is sent."),
        "last": _("Last exchange: %(when)s."),
        "never": _("Nothing was exchanged yet."),
        "offline": _("No signal. What you note waits here."),
        "log_in": _("Log in again, so that it can be sent. It stays here until then."),
        "switched_off": _("Your organisation keeps nothing on phones now. What waits stays here."),
        "failed": _("The server did not answer as it should. It is tried again by itself."),
        "kept": _("Noted on this phone: %(what)s"),
        "thrown": _("Thrown away: %(what)s"),
        "noted": _("Conversation with %(names)s"),
        "met": _("Met %(name)s"),
        "later": _("Visit to %(name)s put off to %(day)s"),
        "dropped": _("Visit to %(name)s taken off the list"),
        "at_meeting": _("Who came to %(title)s"),
        "settled": _("Promise of %(name)s: %(outcome)s"),
        "sent_already": _("This was sent already. It can be changed where all of Guyub is."),
        "change": _("Change"),
        "change_again": _("Change and send again"),
        "on_its_way": _("on its way"),
        "new_person": _("new: %(name)s"),
        "outcome_done": _("sent"),
        "outcome_parked": _("sent; it waits on the server for something it speaks of"),
        "outcome_review": _(
            "Somebody changed the same since. Yours is kept beside it on the server, to be decided."
        ),
        "outcome_refused": _("The server could not take it:"),
        "outcome_erased": _("It is about somebody whose data was erased. It is not kept."),
    }


def _faults() -> dict[str, str]:
    """What may be wrong with a form, in the words of the form that the server has."""
    return {
        "marked": _("Not noted yet: look at what is marked below. What you typed is still here."),
        "too_long": _("This is too long."),
        "whole_number": _("Write a number."),
    }


def _actions() -> dict[str, str]:
    """What a deed is, in the list of those that wait."""
    return {
        "listen.settle_visit": _("visit"),
        "listen.settle_promise": _("promise"),
    }
