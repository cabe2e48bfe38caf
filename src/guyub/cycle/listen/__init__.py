"""Listen: who lives here, and what moves them.

An organiser begins at somebody's door. Here stands whom we know, whom we met, what they promised,
and what we, each under our own name and date, observed about them.
"""
