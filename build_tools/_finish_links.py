"""Links, fragments and ids of a finished site: collected page by page, judged when all pages are known.

Comes in: pages as bytes, one at a time. Goes out: what they hold and ask for, taken together, and in the end what is not there.
Who asks for it is looked up only then: a sound site of a thousand articles has a million links.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from posixpath import normpath
from typing import Final
from urllib.parse import unquote

from .problems import Problem
from .settings import Site

_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_SPECIAL = re.compile(r"[.&%?:]|//")
"""What a way one step up may not hold to be read off as it stands."""
_NOINDEX = b'<meta name="robots" content="noindex'
_OWN: Final = "."
"""Stands for a way that depends on the page itself; no target is written so."""
_MOST_WAYS: Final = 200_000
"""So many ways are remembered; they take 30 MB."""
_OUTSIDE: Final = ".."
"""Stands for a way to another host."""


@dataclass(slots=True, kw_only=True)
class Gathered:
    """What several pages hold and ask for, taken together."""

    pages: list[str] = field(default_factory=list)
    """Addresses: `claims/c7k2m9x/`, `404.html`."""
    listed: list[str] = field(default_factory=list)
    """File names of the pages that search engines may list."""
    places: set[str] = field(default_factory=set)
    """Every id after the address of its page: `articles/x/#p3`."""
    asked: set[str] = field(default_factory=set)
    """Targets below the site, written like addresses and places."""
    doubled: list[tuple[str, str]] = field(default_factory=list)
    """File name of a page, and an id that stands twice in it."""
    links: int = 0
    problems: list[Problem] = field(default_factory=list)
    around: frozenset[str] = frozenset()
    """Ids of the shell that all these pages stand in; of a page itself only its own part is looked through."""

    def add(self, name: str, html: bytes, *, ours: bool = False) -> None:
        """Take a page.

        Args:
            name: its file name below the site.
            html: the page, or that part of it that is its own.
            ours: whether we wrote all of it, so that one space stands before each attribute.
        """
        address = public(name)
        links = links_of(name, html, ours=ours)
        self.links += len(links)
        self.asked |= links
        self.pages.append(address)
        if _NOINDEX not in html and name.endswith("index.html"):
            self.listed.append(name)
        ids = ids_of(html, ours=ours)
        if ids:
            self._hold(name, address, ids)

    def _hold(self, name: str, address: str, ids: list[str]) -> None:
        unique = set(ids)
        if len(unique) < len(ids) or not unique.isdisjoint(self.around):
            self.doubled += [(name, one) for one in unique if ids.count(one) > 1 or one in self.around]
        self.places.update([f"{address}#{one}" for one in unique])

    def settled(self) -> Gathered:
        """Leave out what the pages ask of each other and hold, so that little is to be handed on."""
        self.asked.difference_update(self.pages, self.places)
        return self


def ids_of(html: bytes, *, ours: bool) -> list[str]:
    """Return the ids of a page in their order."""
    return [one.decode() for one in (_ours(html, b' id="') if ours else _theirs(html, b'id="'))]


def links_of(name: str, html: bytes, *, ours: bool) -> set[str]:
    """Return where a page leads below the site, each target once."""
    folder = name.rpartition("/")[0]
    ways = _ways(folder.rpartition("/")[0], folder != "")
    if ours:
        found = {*_ours(html, b' href="'), *_ours(html, b' src="')}
    else:
        found = {*_theirs(html, b'href="'), *_theirs(html, b'src="'), *_theirs(html, b'action="')}
    targets = set(map(ways.__getitem__, found))
    if _OWN in targets:
        targets.update([_resolved(raw.decode(), folder, name) for raw in found if raw not in ways])
        targets.discard(_OWN)
    targets.discard(_OUTSIDE)
    return targets


def _ours(html: bytes, mark: bytes) -> list[bytes]:
    """Return what stands between a mark and the next quote; splitting is ten times as fast as a regular expression."""
    parts = html.split(mark)
    return [after[: after.index(b'"')] for before, after in pairwise(parts) if before.rfind(b"<") > before.rfind(b">")]


def _theirs(html: bytes, mark: bytes) -> list[bytes]:
    """Do the same where any white space may stand before the mark, and where a quote may be missing."""
    parts = html.split(mark)
    return [after.partition(b'"')[0] for before, after in pairwise(parts) if before[-1:].isspace() and b'"' in after]


class _Ways(dict[bytes, str]):
    """Where the links of pages lead whose folders lie in one folder: most are written as they were on a page before."""

    def __init__(self, folder: str, *, below: bool) -> None:
        """Take the folder.

        Args:
            folder: holds the pages' folders.
            below: whether the pages have folders; a way up from the home page is for it alone.
        """
        super().__init__()
        self._folder = f"{folder}/page" if folder else "page"
        self._below = below

    def __missing__(self, raw: bytes) -> str:
        """Remember ways up alone: others depend on the page, or, like its full address, stand nowhere else."""
        if not (self._below and raw.startswith(b"../")):
            return _OUTSIDE if raw.startswith((b"https://", b"http://")) else _OWN
        if len(self) >= _MOST_WAYS:
            self.clear()
        found = self[raw] = _resolved(raw.decode(), self._folder, "")
        return found


@lru_cache(maxsize=64)
def _ways(folder: str, below: bool) -> _Ways:
    return _Ways(folder, below=below)


def _resolved(raw: str, folder: str, name: str) -> str:
    """Return where a link leads below the site, or that it leads outside; a leading slash is kept."""
    if raw.startswith("../../") and folder.count("/") == 1 and ".." not in (rest := raw[6:]) and "&" not in rest and "%" not in rest:
        return rest.partition("?")[0] if "?" in rest else rest
    if raw.startswith("../") and folder.count("/") == 1 and not _SPECIAL.search(raw, 3):
        return f"{folder.partition('/')[0]}/{raw[3:]}"
    if raw.startswith("#"):
        return public(name) + unescape(raw)
    link = unescape(raw) if "&" in raw else raw
    if _ELSEWHERE.match(link):
        return _OUTSIDE
    path, mark, part = link.partition("#")
    path = unquote(path.partition("?")[0])
    if path.startswith("/"):
        return (path[:-1] if path.endswith("/.") else path) + mark + part
    if not path:
        return f"{public(name)}{mark}{part}"
    joined = normpath(f"{folder}/{path}" if folder else path)
    if joined.partition("/")[0] == "..":  # a host's root forgives a step too many, a project site does not
        return f"/../{mark}{part}"
    joined = "" if joined == "." else joined
    slash = "/" if joined and (path.endswith("/") or path.rpartition("/")[2] in {".", ".."}) else ""
    return f"{joined}{slash}{mark}{part}"


def public(name: str) -> str:
    """Return the address of a page by its file name."""
    return name.removesuffix("index.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a site holds."""

    pages: Set[str]
    places: Set[str]
    light: Set[str]
    """Addresses of the pages that stand in the shell."""
    around: Set[str]
    """Ids of the shell."""
    out: Path
    site: Site

    def missing(self, groups: Iterable[Gathered]) -> dict[str, str]:
        """Return the targets that are not there, each with the reason."""
        unseen = {one for group in groups for one in group.asked if one not in self.pages and one not in self.places}
        return {target: why for target in unseen if (why := self._verdict(target))}

    def _verdict(self, link: str) -> str | None:
        path, _, part = link.partition("#")
        if path.startswith("/"):
            if not path.startswith(self.site.base_path):
                return "it leaves the site"
            path = path[len(self.site.base_path) :]
        if path not in self.pages:
            if path.endswith("/") or not path:
                return "no such page"
            return None if (self.out / path).is_file() else "no such file"
        place = unquote(part)
        if place and f"{path}#{place}" not in self.places and not part.startswith(":~:"):
            return None if path in self.light and place in self.around else "the page has no such place"
        return None


def known(groups: Sequence[Gathered], out: Path, site: Site) -> Known:
    """Take together what all groups of pages hold.

    Args:
        groups: all of them.
        out: the site.
        site: the settings.
    """
    return Known(
        pages={one for group in groups for one in group.pages},
        places={one for group in groups for one in group.places},
        light={one for group in groups if group.around for one in group.pages},
        around={one for group in groups for one in group.around},
        out=out,
        site=site,
    )


_RENAME = "give one of the two another id; in a page that you did not write, report it as a fault of the program"


def doubled(groups: Iterable[Gathered]) -> Iterator[Problem]:
    """Give every id that stands twice in a page."""
    for name, one in sorted(pair for group in groups for pair in group.doubled):
        yield _problem("F03", name, f"the id {one!r} stands twice in the page", _RENAME)


def broken(missing: Mapping[str, str], askers: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """Give every target that is not there, once.

    Args:
        missing: targets with the reasons.
        askers: file names of the pages that ask for each.
    """
    for link, why in sorted(missing.items()):
        names = askers[link]
        others = f", and {len(names) - 1} more pages ask for it" if len(names) > 1 else ""
        message = f"a link leads nowhere: {link} ({why}{others})"
        yield _problem("F02", min(names), message, "correct the link, or make the page that it leads to")


def _problem(code: str, name: str, message: str, remedy: str) -> Problem:
    return Problem(file=name, code=code, severity="error", message=message, remedy=remedy)
