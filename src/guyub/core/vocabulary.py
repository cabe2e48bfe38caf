"""Words of the domain that belong to no single step."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# The first deed of every workspace; it alone is done before anybody holds a role.
FOUNDING = "core.found_workspace"


class CommunityKind(TextChoices):
    """What holds the people of a community together, and at which size."""

    NETWORK = "network", _("network")
    DESA = "desa", _("village")
    DUSUN = "dusun", _("hamlet")
    RW = "rw", _("RW")
    RT = "rt", _("RT")
    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")
    BUILDING = "building", _("building")
    WORKPLACE = "workplace", _("workplace")


class JobState(TextChoices):
    """How far a job has come."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class SentOutcome(TextChoices):
    """What became of an entry that a phone sent. All are final for the phone."""

    DONE = "done", _("done")
    PARKED = "parked", _("waiting for something else")
    REVIEW = "review", _("needs a look")
    REFUSED = "refused", _("refused")
    ERASED = "erased", _("erased")


class Settled(TextChoices):
    """What somebody decided about an entry that needed a look."""

    TAKEN = "taken", _("accepted")
    KEPT = "kept", _("kept as it was")


class ErasureReason(TextChoices):
    """Why somebody was erased for good. A choice, so that no name slips into the log."""

    ASKED = "asked", _("they asked for it")
    WITHDREW = "withdrew", _("they withdrew their consent")
    NOT_NEEDED = "not_needed", _("it is no longer needed")
    UNLAWFUL = "unlawful", _("it should never have been noted")
