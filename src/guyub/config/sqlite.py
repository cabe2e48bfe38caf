"""Puts a safe SQLite under Django.

Python brings the system's SQLite, and many systems still carry one with the WAL-reset bug
(guyub.core.checks says which). The package pysqlite3 brings its own; it has to stand in for the
standard module before Django looks for it.
"""

from __future__ import annotations

import sys

# Nothing of what was deleted or overwritten stays readable in the file; a REPLACE cannot go round
# the append-only triggers; a crafted file cannot make the schema call functions. FULL because
# NORMAL loses confirmed deeds when the power is cut.
PRAGMAS = """
    PRAGMA journal_mode=WAL;
    PRAGMA synchronous=FULL;
    PRAGMA secure_delete=ON;
    PRAGMA recursive_triggers=ON;
    PRAGMA trusted_schema=OFF;
"""

# Seconds a writer waits for its turn: SQLite's queue is unfair, and with four writers the longest
# wait measured was 4.5 s.
BUSY_TIMEOUT = 20


def use_safe_library() -> None:
    """Let `import sqlite3` give pysqlite3, where that is installed."""
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:
        return  # the start-up check tells whether the system's library will do
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
