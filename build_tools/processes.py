"""Work for two processes: two pieces side by side, or many in turn, with a forked child where that is possible.

Comes in: functions without arguments. Goes out: what each returns, the same wherever it ran. The child inherits all values
as they stand, so that nothing big is sent to it; only what it returns is pickled.
"""
from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, TypeVar

if sys.platform == "linux":
    import fcntl
if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized

_Found = TypeVar("_Found")
_One = TypeVar("_One")
_Other = TypeVar("_Other")
_ROOM = 1 << 20
"""Bytes that may wait in a pipe: the most that Linux gives to everybody."""


def can_fork() -> bool:
    """Say whether a child may be forked.

    Not beside other threads, whose locks it would inherit; not on systems whose libraries don't bear it.
    """
    return sys.platform == "linux" and threading.active_count() == 1 and (os.cpu_count() or 1) > 1


def each(works: Sequence[Callable[[], _Found]], *, forked: bool) -> Iterator[_Found]:
    """Give what comes of every work, in the order of the works, wherever it was done.

    Args:
        works: without effects on values, in no certain order, the longest last; what they return can be pickled. One that failed or was
            lost with its process is done again here: what it raises then is raised where it can be seen.
        forked: whether there is enough to do for two processes.
    """
    done = shared_out(works) if forked and can_fork() else {}
    for place, work in enumerate(works):
        yield done[place] if place in done else work()


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
        heard: dict[int, _One] = {}
        first = heard[0] if _hear(receiver, heard) else aside()
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
    sender.send((0, found))


def shared_out(works: Sequence[Callable[[], _Found]]) -> dict[int, _Found]:
    """Return what came of the works that this process and a forked child brought to an end, by their places.

    Both take the next work when they are ready with one. What is missing failed, or was the child's when that was lost: the
    caller does it again, in the order of the works, so that the same mistake shows every time.

    Args:
        works: may run in either process, in no certain order; what they return can be pickled.

    Raises:
        ValueError: no child may be forked here: ask `can_fork` first.
    """
    if not can_fork():
        raise ValueError("no child may be forked here")
    context = multiprocessing.get_context("fork")
    turn: Synchronized[int] = context.Value("l", len(works))
    receiver, sender = context.Pipe(duplex=False)
    with uncollected():  # hardly anything that works make is cyclic
        child = context.Process(target=_help, args=(works, turn, receiver, sender), daemon=True)
        child.start()
        sender.close()
        try:
            return _both(works, turn, receiver)
        finally:
            turn.value = 0  # after Ctrl+C nobody begins anything new
            receiver.close()
            child.join()


def _both(works: Sequence[Callable[[], _Found]], turn: Synchronized[int], receiver: Connection) -> dict[int, _Found]:
    """Do works until none is left, and take in what the child sends: in between, while it goes on, rather than at the end."""
    done: dict[int, _Found] = {}
    heard = False
    for place, found in _taken(works, turn):
        done[place] = found
        while not heard and receiver.poll():
            heard = not _hear(receiver, done)
    while not heard:
        heard = not _hear(receiver, done)
    return done


def _hear(receiver: Connection, done: dict[int, _Found]) -> bool:
    """Take in what came of one of the child's works; False where nothing more comes."""
    try:
        place, found = receiver.recv()
    except (EOFError, OSError):  # it is ready, or was lost, perhaps amid a word: run short of memory, say
        return False
    done[place] = found
    return True


def _help(
    works: Sequence[Callable[[], object]], turn: Synchronized[int], receiver: Connection, sender: Connection
) -> None:
    receiver.close()  # the parent's end: while it stood open here too, a send to a parent that gave up would never end
    _widen(sender)
    try:
        for found in _taken(works, turn):
            sender.send(found)
    except (KeyboardInterrupt, BrokenPipeError):  # the parent was interrupted too, and says so
        return


def _widen(pipe: Connection) -> None:
    """Give a pipe room for what comes of several works, so that the child needn't wait until the parent is ready with one."""
    if sys.platform == "linux":  # as it is wherever `can_fork`
        with suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _ROOM)


def _taken(works: Sequence[Callable[[], _Found]], turn: Synchronized[int]) -> Iterator[tuple[int, _Found]]:
    """Do works until none is left, or one fails; give the place of each, and what came of it.

    From the last to the first, since the longest come last: whoever has one of the small ones, at the beginning, is soon ready
    when the other is.
    """
    while (place := _next(turn)) >= 0:
        try:
            found = works[place]()
        except Exception:  # it is done again by the caller
            turn.value = 0
            return
        yield place, found


def _next(turn: Synchronized[int]) -> int:
    """Return the place of the next work; -1 where none is left. `turn` holds how many nobody has taken yet."""
    with turn.get_lock():
        turn.value -= turn.value >= 0
        return turn.value


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector of cyclic garbage from looking again and again at values that all stay alive, then and later.

    What was made is set apart for good, since the first look at the values of 1,000 articles takes half a second: who builds again in
    the same process calls `gc.unfreeze` before.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.enable()
