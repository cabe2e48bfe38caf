"""Start: with whom do I begin?

Begin with people who move by themselves and whom others listen to, and be able to say why. The
plan joins what people did, what the team observed and where they stand among the others.
"""
