"""Tables and figures as the written pages show them."""

from __future__ import annotations

from bench.ranks import Interval


def said(interval: Interval, digits: int = 2) -> str:
    """A figure with its interval."""
    value, low, high = interval.value, interval.low, interval.high
    return f"{signed(value, digits)} ({signed(low, digits)} to {signed(high, digits)})"


def percent(interval: Interval) -> str:
    """A share with its interval."""
    return f"{interval.value:.0%} ({interval.low:.0%} to {interval.high:.0%})"


def signed(value: float, digits: int = 2) -> str:
    """With its sign, and no sign where it is nothing."""
    text = f"{value:+.{digits}f}"
    return text[1:] if not float(text) else text.replace("-", "−")


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
