"""Words of consent, and of what people may ask about what we hold of them."""

from __future__ import annotations

import re
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# UU 27/2022, articles 30 to 41: answered within 3 × 24 hours of being asked.
TIME_TO_ANSWER = timedelta(hours=72)

# The words that people are asked with, as they stand in docs/explanation/data-rights.md; another
# version where these words change.
TEXT_VERSION = "2026-11"

# Fewer digits are no number that could be called, and too many people would share them.
_FEWEST_DIGITS = 8


class Purpose(TextChoices):
    """What somebody allows, or does not."""

    KEEP = "keep", _("to keep their name and what they told us")
    JUDGE = "judge", _("to note their stance and skills")
    CONTACT = "contact", _("to call or visit them")
    SHOW = "show", _("to show what they told us to others")


class Basis(TextChoices):
    """Why we may hold it."""

    CONSENT = "consent", _("they agreed")
    MEMBER = "member", _("they are a member, or work with us regularly")
    DUTY = "duty", _("a law asks for it")


class ConsentAnswer(TextChoices):
    GIVEN = "given", _("agreed")
    REFUSED = "refused", _("did not agree")
    WITHDRAWN = "withdrawn", _("withdrew it")


class HowGiven(TextChoices):
    SPOKEN = "spoken", _("by word of mouth")
    SIGNED = "signed", _("signed")
    THUMB = "thumb", _("thumbprint")


class Allowed(TextChoices):
    """How things stand with one purpose."""

    YES = "yes", _("agreed")
    NO = "no", _("not allowed")
    EXPIRED = "expired", _("run out")
    UNASKED = "unasked", _("not asked yet")


class RequestKind(TextChoices):
    SEE = "see", _("to see what we hold about them")
    CORRECT = "correct", _("to have something corrected")
    STOP = "stop", _("to withdraw their consent")
    ERASE = "erase", _("to be erased")


class RequestResult(TextChoices):
    HANDED_OVER = "handed_over", _("handed over")
    PUT_RIGHT = "put_right", _("corrected")
    STOPPED = "stopped", _("we stopped")
    SENT_BACK = "sent_back", _("could not be done, and we explained why")
    TAKEN_BACK = "taken_back", _("they changed their mind")


class LikeSign(TextChoices):
    """Why two records may be one person, beside their names."""

    PHONE = "phone", _("the same phone")
    HOUSEHOLD = "household", _("the same household")
    BORN = "born", _("born in the same year, or one apart")
    PLACE = "place", _("the same place, and a name of several words")


def dialled(phone: str) -> str:
    """The digits of a phone number as they are dialled at home, or nothing: +62 812… is 0812…"""
    digits = re.sub(r"\D", "", phone)
    digits = re.sub(r"^(00)?62(?=8|[2-7])", "0", digits)
    return digits if len(digits) >= _FEWEST_DIGITS else ""
