"""Pages made by two processes: this one and a forked child take pieces of the work in turn until none is left.

Comes in: pieces of work that give pages, and what to do with the pages of each. Goes out: what came of it, in the order of the
pieces. The child inherits the corpus as it stands, and pages stay where they were made. Writes nothing itself.
"""
from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, TypeVar

from ._pipeline_aside import can_fork, seldom_collected
from .model import Page

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized

Work = Callable[[], Iterable[Page]]
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Made:
    """The pages of several pieces of work; made when they are asked for."""

    works: Sequence[Work]
    forked: bool
    """Whether there is enough to do for two processes."""

    def __iter__(self) -> Iterator[Page]:
        """Give all pages in the order of the works, made in this process."""
        for work in self.works:
            yield from work()

    def each(self, use: Callable[[Iterable[Page]], _Found]) -> Iterator[_Found]:
        """Give what `use` returns for the pages of each work, in the order of the works.

        Args:
            use: called once with the pages of each work, in whatever process makes them, in no certain order; what it
                returns can be pickled. It is called again for a work whose process was lost, or where it failed: what it
                raises the second time is raised here.
        """
        done = _shared(self.works, use) if self.forked and can_fork() else {}
        for place, work in enumerate(self.works):
            yield done[place] if place in done else use(work())


def _shared(works: Sequence[Work], use: Callable[[Iterable[Page]], _Found]) -> dict[int, _Found]:
    """Return what came of the works that two processes brought to an end, by their places."""
    context = multiprocessing.get_context("fork")
    turn: Synchronized[int] = context.Value("l", len(works))
    receiver, sender = context.Pipe(duplex=False)
    with _seldom_collected():
        child = context.Process(target=_answer, args=(works, use, turn, receiver, sender), daemon=True)
        child.start()
        sender.close()
        try:
            return {**_taken(works, use, turn), **_heard(receiver)}
        finally:
            turn.value = 0  # after Ctrl+C nobody begins anything new
            receiver.close()
            child.join()


def _taken(works: Sequence[Work], use: Callable[[Iterable[Page]], _Found], turn: Synchronized[int]) -> dict[int, _Found]:
    """Do works until none is left, or one fails.

    From the last to the first: the longest pieces are those of the data, at the end, and whoever has one of the many small
    ones of the articles, at the beginning, is soon ready when the other is.
    """
    done: dict[int, _Found] = {}
    while (place := _next(turn)) >= 0:
        try:
            done[place] = use(works[place]())
        except Exception:  # it is done again in the order of the works, so that the same mistake shows every time
            turn.value = 0
    return done


def _next(turn: Synchronized[int]) -> int:
    """Return the place of the next work; -1 where none is left. `turn` holds how many nobody has taken yet."""
    with turn.get_lock():
        turn.value -= turn.value >= 0
        return turn.value


def _answer(
    works: Sequence[Work],
    use: Callable[[Iterable[Page]], object],
    turn: Synchronized[int],
    receiver: Connection,
    sender: Connection,
) -> None:
    receiver.close()  # the parent's end: while it stood open here too, a send to a parent that gave up would never end
    try:
        sender.send(_taken(works, use, turn))
    except (KeyboardInterrupt, BrokenPipeError):  # the parent was interrupted too, and says so
        return


def _heard(receiver: Connection) -> Mapping[int, _Found]:
    try:
        found: Mapping[int, _Found] = receiver.recv()
    except EOFError:  # the child was lost: run short of memory, say
        return {}
    return found


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Make collections rare until the works are done, here as in the child."""
    usual = gc.get_threshold()
    seldom_collected()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)
