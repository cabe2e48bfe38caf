"""Lists that take longer to bring in than somebody waits for a page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from guyub.core.actor import Actor
from guyub.core.errors import Refused
from guyub.core.jobs import Progress, job
from guyub.cycle.listen.vocabulary import ListenPermission
from guyub.interfaces.transfer.scales import Counting
from guyub.interfaces.web.imports import uploads
from guyub.interfaces.web.imports.preview import deeds_of, read_lists, read_tables, what_comes_in

IMPORT_LISTS = "listen.bring_in_lists"

# What is read, what is made of it, what is written.
_STEPS = 3


@job(IMPORT_LISTS, permission=ListenPermission.IMPORT)
def import_lists(actor: Actor, data: dict[str, Any], progress: Progress) -> None:
    """Bring in lists that somebody has looked at and confirmed: all of them or nothing."""
    if progress.performed():
        return
    try:
        upload = uploads.load(actor, data["token"])
        if not upload.waits:
            raise uploads.TooLate
    except uploads.TooLate:
        raise Refused(_("These lists are no longer available. Send them again.")) from None
    progress(0, _STEPS)
    tables = read_tables(upload.file("people"), upload.file("ties"))
    progress(1, _STEPS)
    lists = read_lists(tables, data["chosen"], Counting(**data["counting"]))
    found = what_comes_in(actor, lists)
    progress(2, _STEPS)
    progress.perform(deeds_of(found, upload))
    upload.forget()
