"""Two pieces of work side by side: one in a forked child where that is possible, else one after the other.

Comes in: two functions without arguments. Goes out: what each returns, the same either way. The child inherits all values
as they stand, so that nothing big is sent to it; only what it returns is pickled.
"""
from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import TypeVar

_One = TypeVar("_One")
_Other = TypeVar("_Other")
_SELDOM = 100_000
"""New containers between two collections; Python's own default is 700."""


def can_fork() -> bool:
    """Say whether a child may be forked.

    Not beside other threads, whose locks it would inherit; not on systems whose libraries don't bear it.
    """
    return sys.platform == "linux" and threading.active_count() == 1 and (os.cpu_count() or 1) > 1


def side_by_side(aside: Callable[[], _One], here: Callable[[], _Other], *, forked: bool) -> tuple[_One, _Other]:
    """Return what both functions return.

    Args:
        aside: runs in a child if `forked`; without effects, and what it returns can be pickled.
        here: runs in this process.
        forked: whether the work is worth a child.
    """
    if not forked or not can_fork():
        return aside(), here()
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(aside, sender), daemon=True)
    child.start()
    sender.close()
    try:
        second = here()
        first: _One = receiver.recv()
    except EOFError:  # the child was lost: run short of memory, say
        first = aside()
    finally:
        receiver.close()
        child.join()
    return first, second


def _answer(work: Callable[[], object], sender: Connection) -> None:
    gc.disable()  # a collection would touch, and so copy, every page that is shared with the parent
    try:
        found = work()
    except Exception:  # the parent does the work again and raises it where it can be seen
        return
    sender.send(found)


def seldom_collected() -> None:
    """Make collections rare in a worker: hardly anything it makes is cyclic, but much of it lives for a while."""
    gc.freeze()
    gc.set_threshold(_SELDOM, 10, 10)


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector of cyclic garbage from looking again and again at values that all stay alive, then and later.

    What was made is set apart until the next time: the first look at the values of 1,000 articles takes half a second.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.unfreeze()  # what was set apart the last time may be garbage by now
            gc.freeze()
            gc.enable()
