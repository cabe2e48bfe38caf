"""What every step stands on: the workspace, the two doors, the log and the confidential fields.

A change enters by an action, a reading leaves by a query, and both need an actor: somebody with a
role in one community. Outside these two doors no community is open, and the tables refuse.
"""
