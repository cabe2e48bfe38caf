"""Reads a table that a stranger made, in a process of its own that may fall over.

A small file can ask for gigabytes, and a parser that is asked for them takes the server along. So
the child has limits on memory, time and files, knows no secrets, and answers in JSON; whatever
becomes of it, this process only gets a table or a sentence.
"""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from guyub.interfaces.transfer.dictionary_column import Repeated
from guyub.interfaces.transfer.refusals import UnreadableTable, believed
from guyub.interfaces.transfer.tables import Table, parse_csv, parse_parquet

# Our choice: ten times the largest list that we know of, and what a small server can spare.
MOST_ROWS = 200_000
MOST_CELLS = 3_000_000
LARGEST_UPLOAD = 64 * 1024 * 1024
LARGEST_ANSWER = 64 * 1024 * 1024
MEMORY = 1024 * 1024 * 1024
SECONDS_OF_WORK = 20
SECONDS = 30.0

_OUT_OF_MEMORY = 3
_KEPT_FROM_SURROUNDINGS = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TZ")


def read_safely(source: str | Path | bytes, name: str, *, sheet: str = "") -> Table:
    """Read a CSV, XLSX or Parquet file that somebody else made. sheet: which one of a workbook.

    :raises UnreadableTable: it is no table, or too much of one; the text says what to do.
    """
    name = _printable(name)
    with _opened(source, name) as file, _child(name, sheet, file) as child:
        if isinstance(source, bytes):
            threading.Thread(target=_feed, args=(child.stdin, source), daemon=True).start()
        return _answer(child, name)


def _printable(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2][-80:]
    return "".join(each if each.isprintable() else "?" for each in last) or "The file"


@contextmanager
def _opened(source: str | Path | bytes, name: str) -> Iterator[int]:
    """What the child reads from: the file itself, or a pipe."""
    if isinstance(source, bytes):
        _refuse_large(len(source), name)
        yield subprocess.PIPE
        return
    try:
        # A link may lead anywhere, and a pipe without a writer would be waited for.
        file = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        if Path(source).is_symlink():
            raise UnreadableTable("link", name=name) from None
        reason = (getattr(error, "strerror", "") or "it cannot be opened").lower()
        raise UnreadableTable("closed", name=name, reason=reason) from None
    try:
        about = os.fstat(file)
        if stat.S_ISDIR(about.st_mode):
            raise UnreadableTable("folder", name=name)
        if not stat.S_ISREG(about.st_mode):
            raise UnreadableTable("device", name=name)
        _refuse_large(about.st_size, name)
        yield file
    finally:
        os.close(file)


def _refuse_large(size: int, name: str) -> None:
    if size > LARGEST_UPLOAD:
        raise UnreadableTable("large", name=name, most=LARGEST_UPLOAD >> 20)


@contextmanager
def _child(name: str, sheet: str, file: int) -> Iterator[subprocess.Popen[bytes]]:
    """The process that reads. It ends with the block, whatever it is doing."""
    known = {key: os.environ[key] for key in _KEPT_FROM_SURROUNDINGS if key in os.environ}
    # Without -P a module in the current folder would be taken for one of Python's own.
    words = [sys.executable, "-P", "-B", "-m", "guyub.interfaces.transfer.reading"]
    with subprocess.Popen(  # noqa: S603  our own module, in this very Python
        [*words, name, _printable(sheet) if sheet else ""],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**known, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"},
    ) as child:
        clock = threading.Timer(SECONDS, child.kill)
        clock.start()
        try:
            yield child
        finally:
            clock.cancel()
            child.kill()


def _feed(pipe: IO[bytes], content: bytes) -> None:
    # The child may stop listening, or be gone.
    with suppress(OSError, ValueError), pipe:
        pipe.write(content)


def _answer(child: subprocess.Popen[bytes], name: str) -> Table:
    """The table that the child found, or why there is none."""
    assert child.stdout is not None  # noqa: S101  it was asked for
    try:
        about, *columns = _lines(child.stdout)
        if "refused" in about:
            raise believed(about["refused"], name)
        titles, rows = about["titles"], int(about["rows"])
        if len(titles) != len(columns) or any(len(cells) != rows for cells in columns):
            raise ValueError
        ragged = tuple(int(row) for row in about["ragged"])
    except UnreadableTable:
        raise
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UnreadableTable(_why(child), name=name) from None
    return Table(
        name=name,
        columns=dict(zip(titles, columns, strict=True)),
        rows=rows,
        ragged=ragged,
    )


def _lines(stream: IO[bytes]) -> Iterator[Any]:
    """Line by line, so that no more than one column is there twice."""
    left = LARGEST_ANSWER
    while line := stream.readline(left + 1):
        left -= len(line)
        if left < 0 or not line.endswith(b"\n"):
            raise ValueError
        said = json.loads(line)
        if isinstance(said, list):
            said = Repeated.of(said)
            if not all(isinstance(cell, str) for cell in said.cells):
                raise ValueError
        yield said


def _why(child: subprocess.Popen[bytes]) -> str:
    """Which fault the end of the child stands for."""
    # It may only have stopped writing; what it was doing then does not matter.
    with suppress(subprocess.TimeoutExpired):
        child.wait(timeout=1)
    code = child.returncode
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "slow"
    if code in (-signal.SIGABRT, _OUT_OF_MEMORY):
        return "memory"
    return "damaged"


def main(words: Sequence[str]) -> int:
    """Read a table from standard input, in the child, and answer in lines of JSON."""
    _limit()
    name, sheet = words
    try:
        content = sys.stdin.buffer.read(LARGEST_UPLOAD + 1)
        _refuse_large(len(content), name)
        table = _table(content, name, sheet)
        answer = _told(table)
    except UnreadableTable as error:
        answer = iter([{"refused": [error.fault, dict(error.facts)]}])
    except MemoryError:
        return _OUT_OF_MEMORY
    for line in answer:
        sys.stdout.write(json.dumps(line, separators=(",", ":")) + "\n")
    return 0


def _limit() -> None:
    """Take away what reading a table does not need."""
    limits = {
        resource.RLIMIT_AS: (MEMORY, MEMORY),
        resource.RLIMIT_CPU: (SECONDS_OF_WORK, SECONDS_OF_WORK + 2),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_NOFILE: (32, 32),
        resource.RLIMIT_CORE: (0, 0),
    }
    for limit, values in limits.items():
        # Not every system knows every limit; the clock of the parent holds everywhere.
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, values)


def _table(content: bytes, name: str, sheet: str) -> Table:
    if content.startswith(b"PK"):
        from guyub.interfaces.transfer.workbooks import parse_workbook

        return parse_workbook(content, name, sheet)
    if content.startswith(b"PAR1"):
        return parse_parquet(io.BytesIO(content), name)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableTable("old_workbook", name=name)
    return parse_csv(content, name)


def _told(table: Table) -> Iterator[Any]:
    """What goes back, column by column."""
    if table.rows > MOST_ROWS:
        raise UnreadableTable("rows", name=table.name, most=MOST_ROWS)
    if table.rows * len(table.columns) > MOST_CELLS:
        raise UnreadableTable("cells", name=table.name, most=MOST_CELLS)
    return _in_lines(table)


def _in_lines(table: Table) -> Iterator[Any]:
    yield {
        "rows": table.rows,
        "ragged": table.ragged,
        "titles": list(table.columns),
    }
    yield from map(list, table.columns.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
