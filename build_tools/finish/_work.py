"""The pages of a site finished in portions, by one process or by two.

Comes in: bundles and built pages. Goes out: files of the site, and for each portion what its pages hold and ask for. A page's
text is compared on the way, so that every page is read once only.
"""
from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from ..processes import each, uncollected
from ..settings import Site
from ._bundles import entries, framed, write
from ._fidelity import Row, text_part, unfaithful
from ._links import Gathered, ids_of, links_of
from ._page import SHELL, Shell, dressed, external, is_dressed

Portion = Path | tuple[str, ...]
"""A bundle, or the file names of pages that an engine built."""


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
        group = Gathered(around=frozenset(ids_of(self.shell.own())))
        for entry in entries(bundle):
            html = whole(entry)
            write(f"{self.out}/{entry.name}", html)
            group.add(entry.name, entry.own, ours=True, head=entry.cut)
            if entry.name in self.rows:
                self._compare(entry.name, text_part(entry.own), group)
        return group

    def _built(self, names: Sequence[str]) -> Gathered:
        group = Gathered()
        for name in names:
            path = self.out / name
            html = path.read_text(encoding="utf-8")
            if not is_dressed(html):  # else by a process that was lost with this portion
                html = dressed(html, name, self.site, self.fragments)
            encoded = html.encode()
            _put(path, encoded)
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
        wanted = {target.encode() for target in targets}
        shell = [(SHELL, links_of(SHELL, self.shell.own(), ours=False))] if self.shell else []
        for name, links in chain(shell, *map(self._links, portions)):
            for target in links.intersection(wanted):
                found[target.decode()].append(name)
        return found

    def _links(self, portion: Portion) -> Iterator[tuple[str, set[bytes]]]:
        if isinstance(portion, Path):
            yield from ((entry.name, links_of(entry.name, entry.own, ours=True)) for entry in entries(portion))
        else:
            yield from ((name, links_of(name, (self.out / name).read_bytes(), ours=False)) for name in portion)


def _put(path: Path, body: bytes) -> None:
    """Write a page whole or not at all, so that a process that is lost leaves either state of it."""
    new = path.with_suffix(".new")
    new.write_bytes(body)
    new.replace(path)


def all_done(job: Job, portions: Sequence[Portion], *, forked: bool) -> list[Gathered]:
    """Finish all portions.

    Args:
        job: what they are finished with.
        portions: the longest last, so that both processes end at about the same time.
        forked: whether the work is worth a second process.
    """
    with uncollected():
        return list(each([partial(job.done, portion) for portion in portions], forked=forked))
