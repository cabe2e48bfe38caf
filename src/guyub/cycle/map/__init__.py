"""Map: who is tied to whom, and what do we have.

A community is its relations. Here stands who turns to whom, as people told it, with how strong the
tie is and when it was last heard of.
"""
