"""The console command `guyub`: one module for each command, loaded only when it is asked for."""

from guyub.interfaces.cli.main import main

__all__ = ["main"]
