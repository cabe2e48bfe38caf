"""Words of Map."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guyub.core.permissions import Permission, Role


class MapPermission(Permission):
    """Who is tied to whom is nothing for viewers."""

    READ = "map.read", Role.FIELD_WORKER
    WRITE = "map.write", Role.FIELD_WORKER
    IMPORT = "map.import", Role.ORGANIZER


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


class Capital(TextChoices):
    """What a community has, in seven kinds (Flora & Flora 2013, Rural Communities: Legacy and
    Change): the community capitals framework.
    """

    NATURAL = "natural", _("natural")
    CULTURAL = "cultural", _("cultural")
    HUMAN = "human", _("human")
    SOCIAL = "social", _("social")
    POLITICAL = "political", _("political")
    FINANCIAL = "financial", _("financial")
    BUILT = "built", _("built")


# How well somebody can do something: 1 learning it, 4 teaching it to masters. Our choice of words.
SKILL_LEVELS = range(1, 5)


class ReportedBy(TextChoices):
    """Whether both ends of a tie told of it, or only one."""

    BOTH = "both", _("both")
    ONE = "one", _("one side")
    UNKNOWN = "", _("not known")
