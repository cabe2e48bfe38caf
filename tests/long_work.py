"""A job that the tests begin; what it does stands in its data. Import this, and it is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guyub.core.action import Deed
from guyub.core.actor import Actor
from guyub.core.errors import Refused
from guyub.core.jobs import Progress, job
from guyub.cycle.listen.vocabulary import ListenPermission

NAME = "core.try_out"

# What happens meanwhile, before the deed and after it: a test puts its own in here.
meanwhile: dict[str, Callable[[Progress], None]] = {}


@job(NAME, permission=ListenPermission.WRITE)
def try_out(actor: Actor, data: dict[str, Any], progress: Progress) -> None:
    """Add a person."""
    progress(1, 4)
    if "refusal" in data:
        raise Refused(data["refusal"])
    if "fault" in data:
        raise ValueError(data["fault"])
    meanwhile.get("before", lambda _: None)(progress)
    progress.perform([Deed(action="listen.add_person", data={"name": data["name"]})])
    meanwhile.get("after", lambda _: None)(progress)
