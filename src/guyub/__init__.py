"""Guyub: a workbench for those who help communities to organise and to develop themselves."""

__version__ = "0.1.0"
