"""Files that wait to be fetched by whoever took them out: in the data folder, for an hour.

Each lies in the folder of the job that wrote it, which only its account may open. It is handed over
once.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from guyub.interfaces.transfer.list_export import ListExport
from guyub.interfaces.transfer.writing import exports, file_ending, write


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A file that waits. size: in bytes."""

    ending: str
    size: int


def put_down(job: uuid.UUID, take: Callable[[], ListExport]) -> None:
    """Write what somebody takes out into a file that waits for them.

    :raises FileNotFoundError: the folder was cleared meanwhile, because somebody was erased; what
        was read before it must not be kept.
    """
    folder = _folder(job)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    out = take()
    unfinished = folder / "unfinished"
    with unfinished.open("wb") as stream:
        write(out, stream)
    unfinished.rename(folder / f"export.{file_ending(out.format)}")


def waiting(job: uuid.UUID) -> Waiting | None:
    """What waits of a job: nothing once it was fetched, or after an hour."""
    file = _file(job)
    if file is None:
        return None
    return Waiting(ending=file.suffix[1:], size=file.stat().st_size)


def hand_over(job: uuid.UUID) -> tuple[IO[bytes], str] | None:
    """Open the file and remove it from the disk, for one reader; with the ending of its name."""
    file = _file(job)
    if file is None:
        return None
    taken = file.with_name("handed-over")
    try:
        # Of two that ask at once, one has it.
        file.rename(taken)
        stream = taken.open("rb")
    except FileNotFoundError:
        return None
    shutil.rmtree(file.parent, ignore_errors=True)
    return stream, file.suffix[1:]


def forget_all() -> None:
    """Remove every file that waits: somebody was erased who may stand in one of them."""
    for folder in exports().iterdir():
        shutil.rmtree(folder, ignore_errors=True)


def _file(job: uuid.UUID) -> Path | None:
    return next(_folder(job).glob("export.*"), None)


def _folder(job: uuid.UUID) -> Path:
    return exports() / job.hex
