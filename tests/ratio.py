"""How costly one piece of work is beside another, in one run: no test knows how fast a machine is."""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 6
"""Whatever else a machine does only adds to a time, so the least of several tries counts, and one that is low enough will do."""
LEAST = 0.002
"""Seconds; below it the clock says more about itself than about the work."""
PROSE = "The harbour board raised its fees by 4 percent in May, and the ferries may follow in the autumn. "


def ratio(work: Callable[[], object], beside: Callable[[], object], enough: float) -> float:
    """Return the CPU time of `work` in units of that of `beside`: the first that is below `enough`, or the least."""
    least = float("inf")
    for _ in range(TRIES):
        least = min(least, _seconds(work) / max(_seconds(beside), LEAST))
        if least < enough:
            break
    return least


def grows_in_step(work: Callable[[int], object], size: int) -> bool:
    """Say whether `work` is about four times as costly at four times the size, and not sixteen times, as where it is the square."""
    return ratio(lambda: work(4 * size), lambda: work(size), 10) < 10


def prose(length: int) -> str:
    """Return ordinary sentences of so many characters."""
    return (PROSE * (length // len(PROSE) + 1))[:length]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
