"""Which tests run on PostgreSQL as well: all, but those that are named here with the reason.

`make test-postgres` leaves out what is marked `sqlite`. On PostgreSQL it has to be proven that the
tables, the doors, undo, jobs, lists and phones do the same as on SQLite; a page is made from what
queries give, and does not know which database they asked.
"""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent

ON_SQLITE_ALONE = {
    "bench": "reckons without a database",
    "config": "reads the environment and files",
    "engine": "arrays in, results out; runs apart, where Django is not installed",
    "guards/test_canary_pages.py": "goes through every page; test_canary.py looks into the tables",
    "guards/test_matrix_of_routes.py": "goes through every page; test_matrix_of_doors.py asks all",
    "guards/test_reference.py": "compares text",
    "guards/test_structure.py": "reads code",
    "interfaces/cli/test_files.py": "lists in, a plan out, without a database",
    "interfaces/cli/test_jobs.py": "starts installations of its own, on SQLite",
    "interfaces/phone/sync/test_many_phones.py::test_each_planted_defect_is_seen": "shows that "
    "defects are seen, not that there are none: that test runs on both",
    "interfaces/transfer/test_hostile_files.py": "refuses files before anything is written",
    "interfaces/transfer/test_reading.py": "reads files",
    "interfaces/web": "pages",
    "journeys": "pages in a browser",
}

# Exceptions from the above: each speaks to the database in a way of its own.
ON_BOTH = {
    "interfaces/web/exports": "streams out of the database",
    "interfaces/web/frame/test_health.py": "says in what state the database is",
    "interfaces/web/frame/test_jobs.py": "begins jobs",
    "interfaces/web/imports": "writes many rows, and takes them back",
    "interfaces/web/people_search": "looks for people by what is known of them",
    "interfaces/web/profile/test_log_in.py": "counts attempts in the database",
    "journeys/test_first_story.py": "a server, its threads and a browser",
    "journeys/test_from_lists_to_visits.py": "the whole first job",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what need not run on PostgreSQL."""
    for item in items:
        place = item.nodeid.replace(item.location[0], str(item.path.relative_to(HERE)), 1)
        if place.startswith(tuple(ON_SQLITE_ALONE)) and not place.startswith(tuple(ON_BOTH)):
            item.add_marker(pytest.mark.sqlite)
