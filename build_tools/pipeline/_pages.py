"""Pages made by two processes: this one and a forked child take pieces of the work in turn until none is left.

Comes in: pieces of work that give pages, and what to do with the pages of each. Goes out: what came of it, in the order of the
pieces. The child inherits the corpus as it stands, and pages stay where they were made. Writes nothing itself.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from ..model import Page
from ..processes import each

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
        return each([partial(_used, use, work) for work in self.works], forked=self.forked)


def _used(use: Callable[[Iterable[Page]], _Found], work: Work) -> _Found:
    return use(work())
