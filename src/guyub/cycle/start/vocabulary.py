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
