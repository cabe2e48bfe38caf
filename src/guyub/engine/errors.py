"""What the engine says when it is given something it cannot compute with."""

from __future__ import annotations


class EngineError(ValueError):
    """The arrays or parameters given make no sense together; the text says which and why."""


class TooFewGroups(EngineError):
    """People cannot be told apart as asked: too little is known of them."""


class NoVisitFits(EngineError):
    """There are fewer hours than any visit takes."""


class TooLittleKnown(EngineError):
    """It cannot be said who starts things: too little is known of people."""
