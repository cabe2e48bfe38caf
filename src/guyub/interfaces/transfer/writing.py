"""Writes what is taken out into a file: row by row, so that large communities need no memory."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

from guyub.core.actions.exports import ExportFormat
from guyub.core.jobs import hourly
from guyub.interfaces.transfer.cells import safe_cell
from guyub.interfaces.transfer.list_export import ListExport, Sheet
from guyub.interfaces.transfer.writing_networks import write_gexf, write_graphml
from guyub.interfaces.transfer.writing_workbooks import write_workbook

# Seconds until a file that was taken out is gone, if nobody fetched it; writing one takes minutes.
# Our choice.
KEPT_FOR = 60 * 60


def write(out: ListExport, stream: IO[bytes]) -> None:
    """Write all of it into one file; tables as CSV lie in an archive together."""
    if out.format == ExportFormat.CSV:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for sheet in (out.people, out.ties):
                with archive.open(f"{sheet.name}.csv", "w", force_zip64=True) as member:
                    write_csv(sheet, member)
    elif out.format == ExportFormat.XLSX:
        with scratch_folder() as folder:
            write_workbook((out.people, out.ties), stream, folder)
    else:
        writer = write_graphml if out.format == ExportFormat.GRAPHML else write_gexf
        writer(out.people, out.ties, stream)


def write_csv(sheet: Sheet, stream: IO[bytes]) -> None:
    """Write one table; a spreadsheet program needs the mark at its beginning to see UTF-8."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(sheet.heading)
    writer.writerows([safe_cell(cell) for cell in row] for row in sheet.rows)
    text.detach()


def file_ending(format: ExportFormat) -> str:  # noqa: A002
    """How the name of a file ends that `write` has written."""
    return "zip" if format == ExportFormat.CSV else format.value


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder that only this installation reads, and that is removed afterwards."""
    with tempfile.TemporaryDirectory(dir=exports()) as folder:
        yield Path(folder)


def exports() -> Path:
    """Where files lie that are being taken out; what is older than an hour has just been removed.

    It holds names: nobody else reads it, and nothing stays.
    """
    shelf = Path(settings.GUYUB_DATA) / "exports"
    shelf.mkdir(mode=0o700, exist_ok=True)
    sweep()
    return shelf


@hourly
def sweep() -> None:
    """Remove what nobody fetched, or what broke off."""
    oldest = time.time() - KEPT_FOR
    shelf = Path(settings.GUYUB_DATA) / "exports"
    for folder in shelf.iterdir() if shelf.is_dir() else ():
        try:
            old = folder.stat().st_mtime < oldest
        except FileNotFoundError:
            continue
        if old:
            shutil.rmtree(folder, ignore_errors=True)
