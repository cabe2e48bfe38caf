"""How long the server takes for a page, beside how fast the machine is just then.

Times are those of Django's test client, warm: from the request to the whole answer, without the
network. A machine shared with others swings by a factor of two within a second: before each request
a fixed piece of plain Python is timed as well. *steady* is the p95 of requests divided by how much
slower than at its quickest the machine was.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from math import inf
from operator import truediv
from statistics import median, quantiles
from typing import Any

# What a page of somebody at work may take; our choice. Below 50 ms nobody notices the server.
_LIMIT, _QUERIES = 0.050, 12

_RUNS = 60

# How long the fixed work took when the machine was at its quickest.
_quickest = [inf]


def page_row(
    client: Any,
    label: str,
    address: str,
    *,
    most: int = _QUERIES,
    before: Callable[[], object] = lambda: None,
) -> None:
    """Ask for a page many times, and print what it took. before: done each time, not timed."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begin = time.perf_counter()
    assert client.get(address).status_code == 200, address
    cold = time.perf_counter() - begin
    took, machine = [], []
    for _ in range(_RUNS):
        before()
        machine.append(_fixed_work())
        begin = time.perf_counter()
        client.get(address)
        took.append(time.perf_counter() - begin)
    before()
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    cuts = quantiles(took, n=20)
    p50, p95 = cuts[9], cuts[18]
    _quickest[0] = min(*machine, _quickest[0])
    slower = [each / _quickest[0] for each in machine]
    steady = quantiles(map(truediv, took, slower), n=20)[18]
    missed = "" if steady <= _LIMIT and len(asked) <= most else "  misses the limit"
    print(
        f"  {label:<36} p50 {p50 * 1000:>6.1f} ms  p95 {p95 * 1000:>6.1f} ms  "
        f"steady {steady * 1000:>6.1f} ms (machine {median(slower):.1f})  "
        f"first {cold * 1000:>6.0f} ms  {len(asked):>3} queries{missed}",
        flush=True,
    )


def _fixed_work() -> float:
    begin = time.perf_counter()
    sum(number * number for number in range(20_000))
    return time.perf_counter() - begin
