"""A starting plan from a frame: what is asked for, how it is made, and what it says."""
