"""How costly one piece of work is beside another, in one run: no test knows how fast a machine is."""

from __future__ import annotations

import time
from collections.abc import Callable

RUNS = 3
LEAST = 0.002
"""Seconds; below it the clock says more about itself than about the work."""
PROSE = "The harbour board raised its fees by 4 percent in May, and the ferries may follow in the autumn. "


def ratio(work: Callable[[], object], beside: Callable[[], object]) -> float:
    """Return the CPU time of `work` in units of that of `beside`, the least of some runs in turn."""
    taken, measure = zip(*((_seconds(work), _seconds(beside)) for _ in range(RUNS)), strict=True)
    return min(taken) / max(min(measure), LEAST)


def growth(work: Callable[[int], object], size: int) -> float:
    """Return how many times as costly `work` is at four times the size: about 4 where it is linear, 16 where it is the square."""
    return ratio(lambda: work(4 * size), lambda: work(size))


def prose(length: int) -> str:
    """Return ordinary sentences of so many characters."""
    return (PROSE * (length // len(PROSE) + 1))[:length]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
