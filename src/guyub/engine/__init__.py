"""Pure computation: arrays in, frozen results out, the seed explicit.

No clock, no files, no database, no Django: `pip install guyub`, then in a notebook

    from guyub.engine.network.graph import Network
"""
