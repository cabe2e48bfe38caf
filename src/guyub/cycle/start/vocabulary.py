"""Words of Start."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guyub.core.permissions import Permission, Role


class StartPermission(Permission):
    """Whoever notes people also plans with them."""

    READ = "start.read", Role.FIELD_WORKER


class Answer(TextChoices):
    """What a worker says to a suggestion whom to meet, besides meeting them."""

    NOT_THIS_PERSON = "not_this_person", _("not this person")
    SOMEBODY_ELSE = "somebody_else", _("someone else should go")


class CameOfIt(TextChoices):
    """What came of somebody with whom a plan begins, as far as anybody noted it."""

    STARTED = "started", _("started something")
    THINKING = "thinking", _("will think about it")
    REFUSED = "refused", _("said no")
    NOT_MET = "not_met", _("not met")


class PlanState(TextChoices):
    """What the team does with a plan, where it says so."""

    RUNNING = "running", _("taken up again")
    PAUSED = "paused", _("paused")
    DROPPED = "dropped", _("dropped")
