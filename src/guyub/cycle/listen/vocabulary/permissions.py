"""Who may do what in Listen."""

from __future__ import annotations

from guyub.core.permissions import Permission, Role


class ListenPermission(Permission):
    """Viewers see who lives here and notes that were left open, not who promised what.

    Field workers read the confidential things that they noted themselves; organizers and above read
    all of them, because they plan with the whole team's knowledge.
    """

    READ = "listen.read", Role.VIEWER
    WRITE = "listen.write", Role.FIELD_WORKER
    CONFIDENTIAL = "listen.confidential", Role.ORGANIZER
    IMPORT = "listen.import", Role.ORGANIZER
    MERGE = "listen.merge", Role.ORGANIZER
    RIGHTS = "listen.rights", Role.COORDINATOR
