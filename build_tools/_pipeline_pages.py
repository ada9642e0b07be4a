"""Pages made by two processes: each takes parts of the work, this one hands the results on in their order.

Comes in: pieces of work that give pages. Goes out: the same pages in the same order as one process gives them. Children inherit
the corpus as it stands; only pages are sent back. Writes nothing.
"""
from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

from ._pipeline_aside import can_fork, seldom_collected
from .model import Page

Work = Callable[[], Iterable[Page]]
_AHEAD = 12
"""Pieces of work under way or waiting to be written: enough that a long one holds nobody up, few enough for memory."""
_inherited: list[Work] = []


def made(works: Sequence[Work], *, forked: bool) -> Iterator[Page]:
    """Give the pages of all works.

    Args:
        works: each gives pages, without effects.
        forked: whether there is enough to do for two processes.
    """
    if not forked or not can_fork():
        for work in works:
            yield from work()
        return
    _inherited[:] = works
    try:
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(2, mp_context=context, initializer=seldom_collected) as workers:
            yield from _collected(workers, len(works))
    finally:
        _inherited.clear()


def _collected(workers: ProcessPoolExecutor, number: int) -> Iterator[Page]:
    places = iter(range(number))
    waiting: deque[Future[list[Page]]] = deque(workers.submit(_done, place) for place in islice(places, _AHEAD))
    while waiting:
        yield from waiting.popleft().result()
        waiting.extend(workers.submit(_done, place) for place in islice(places, 1))


def _done(place: int) -> list[Page]:
    return list(_inherited[place]())
