"""The pages of a site finished in portions, by one process or by two.

Comes in: bundles and built pages. Goes out: files of the site, and for each portion what its pages hold and ask for. A page's
text is compared on the way, so that every page is read once only.
"""
from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from ._finish_bundles import entries, framed, write
from ._finish_fidelity import Row, unfaithful
from ._finish_links import Gathered, ids_of, links_of
from ._finish_page import SHELL, Shell, dressed, external
from .settings import Site

Portion = Path | tuple[str, ...]
"""A bundle, or the file names of pages that an engine built."""
_inherited: list[Job] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What all pages of a site are finished with."""

    out: Path
    site: Site
    fragments: Mapping[str, str]
    shell: Shell | None
    rows: Mapping[str, Row]
    """The articles by the file names of their pages."""

    def around(self) -> Gathered:
        """Return what the shell itself holds and asks for, once for all pages that stand in it."""
        group = Gathered()
        if self.shell is not None:
            group.add(SHELL, self.shell.own())
            group.pages.clear()  # it is no page of the site
            group.listed.clear()
        return group

    def done(self, portion: Portion) -> Gathered:
        """Finish a portion and say what its pages hold and ask for."""
        return (self._bundle(portion) if isinstance(portion, Path) else self._built(portion)).settled()

    def _bundle(self, bundle: Path) -> Gathered:
        if self.shell is None:
            return Gathered()
        whole = framed(self.shell)
        group = Gathered(around=frozenset(ids_of(self.shell.own(), ours=False)))
        for entry in entries(bundle):
            html = whole(entry)
            write(f"{self.out}/{entry.name}", html)
            group.add(entry.name, entry.own, ours=True)
            if entry.name in self.rows:
                self._compare(entry.name, entry.own.decode(), group)
        return group

    def _built(self, names: Sequence[str]) -> Gathered:
        group = Gathered()
        for name in names:
            path = self.out / name
            html = dressed(path.read_text(encoding="utf-8"), name, self.site, self.fragments)
            encoded = html.encode()
            path.write_bytes(encoded)
            group.add(name, encoded)
            group.problems += external(name, html)
            if name in self.rows:
                self._compare(name, html, group)
        return group

    def _compare(self, name: str, html: str, group: Gathered) -> None:
        group.problems += unfaithful(self.rows[name], self.out, html)

    def askers(self, portions: Sequence[Portion], targets: Collection[str]) -> dict[str, list[str]]:
        """Return the file names of the pages that ask for each target: all pages are looked through once more."""
        found: dict[str, list[str]] = {target: [] for target in targets}
        shell = [(SHELL, links_of(SHELL, self.shell.own(), ours=False))] if self.shell else []
        for name, links in chain(shell, *map(self._links, portions)):
            for target in links.intersection(found):
                found[target].append(name)
        return found

    def _links(self, portion: Portion) -> Iterator[tuple[str, set[str]]]:
        if isinstance(portion, Path):
            yield from ((entry.name, links_of(entry.name, entry.own, ours=True)) for entry in entries(portion))
        else:
            yield from ((name, links_of(name, (self.out / name).read_bytes(), ours=False)) for name in portion)


def all_done(job: Job, portions: Sequence[Portion], *, forked: bool) -> list[Gathered]:
    """Finish all portions.

    Args:
        job: what they are finished with.
        portions: the longest first, so that both processes end at about the same time.
        forked: whether the work is worth a second process.
    """
    if not forked:
        return [job.done(portion) for portion in portions]
    with ProcessPoolExecutor(2, initializer=_begin, initargs=(job,)) as workers:
        return list(workers.map(_done, portions))


def _begin(job: Job) -> None:
    gc.disable()  # nothing here is cyclic, and a collection would touch, and so copy, all that is shared with the parent
    _inherited[:] = [job]


def _done(portion: Portion) -> Gathered:
    return _inherited[0].done(portion)
