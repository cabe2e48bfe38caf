"""Words of Map."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TieKind(TextChoices):
    KIN = "kin", _("kin")
    FRIEND = "friend", _("friend")
    NEIGHBOUR = "neighbour", _("neighbour")
    ADVICE = "advice", _("advice")
    HELP = "help", _("material help")
    WORK = "work", _("work")
    TRUST = "trust", _("trust")
    ORGANISES = "organises", _("organises")
    NOMINATION = "nomination", _("nomination")
    CONFLICT = "conflict", _("conflict")
    ANY = "any", _("any relation")


class ReportedBy(TextChoices):
    """Whether both ends of a tie told of it, or only one."""

    BOTH = "both", _("both")
    ONE = "one", _("one side")
    UNKNOWN = "", _("not known")
