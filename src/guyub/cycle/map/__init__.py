"""Map: who is tied to whom, and what do we have.

A community is its relations. Here stands who turns to whom, as people told it, with how strong the
tie is and when it was last heard of.
"""

from __future__ import annotations

# Whoever names a friend, a relative or a neighbour is one in return; who asks for advice is not.
# Words of `vocabulary.TieKind`, here because files are read where Django need not be there.
MUTUAL_KINDS = frozenset({"kin", "friend", "neighbour", "any"})
