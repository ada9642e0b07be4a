"""Links, fragments and ids of a finished site: collected page by page, judged when all pages are known.

Comes in: pages as bytes, one at a time. Goes out: what they hold and ask for, taken together, and in the end what is not there.
Who asks for it is looked up only then: a sound site of a thousand articles has a million links.
"""
from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from pathlib import Path
from posixpath import normpath
from typing import Final
from urllib.parse import unquote

from ..problems import Problem
from ..settings import Site

_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_SPECIAL = re.compile(rb"[.&%?:]|//")
"""What a way one step up may not hold to be read off as it stands."""
_NOINDEX = b'<meta name="robots" content="noindex'
_ATTRIBUTES: Final = ("href", "src", "action")
_MARKS: Final = {name: f'{name}="'.encode() for name in (*_ATTRIBUTES, "id")}
_WRITTEN: Final = {name: re.compile(rb' %b([^"]*)"' % mark) for name, mark in _MARKS.items()}
"""An attribute as nearly everybody writes it. A pattern that begins with plain signs is sought three times as fast as others."""
_WEB: Final = (b"https://", b"http://")
_OUTSIDE: Final = ".."
"""Stands for a way to another host."""


@dataclass(slots=True, kw_only=True)
class Gathered:
    """What several pages hold and ask for, taken together."""

    pages: list[str] = field(default_factory=list)
    """Addresses: `claims/c7k2m9x/`, `404.html`."""
    listed: list[str] = field(default_factory=list)
    """File names of the pages that search engines may list."""
    places: set[bytes] = field(default_factory=set)
    """Every id after the address of its page: `articles/x/#p3`."""
    asked: set[bytes] = field(default_factory=set)
    """Targets below the site, written like addresses and places; among them what only looks like a link of a light page."""
    doubled: list[tuple[str, str]] = field(default_factory=list)
    """File name of a page, and an id that stands twice in it."""
    links: int = 0
    problems: list[Problem] = field(default_factory=list)
    around: frozenset[bytes] = frozenset()
    """Ids of the shell that all these pages stand in; of a page itself only its own part is looked through."""

    _ways: dict[str, set[bytes]] = field(default_factory=dict)
    """Links that begin with a way up, as they are written, by the folder that holds the folders of their pages."""

    def add(self, name: str, html: bytes, *, ours: bool = False, head: int | None = None) -> None:
        """Take a page.

        Args:
            name: its file name below the site.
            html: the page, or that part of it that is its own.
            ours: whether we wrote all of it, so that one space stands before each attribute.
            head: where its head ends, if that is known.
        """
        address = public(name)
        ids = _values(html, "id", ours=ours, exact=True)
        self._ask(name, _written(html, ours=ours, exact=False), ids)
        self.pages.append(address)
        if html.find(_NOINDEX, 0, head) < 0 and name.endswith("index.html"):
            self.listed.append(name)
        if ids:
            self._hold(name, address, ids)

    def _ask(self, name: str, ways: set[bytes], ids: list[bytes]) -> None:
        """Note where a page leads; ways up are the same on many pages, and read when all of them are known."""
        self.links += len(ways)
        ways.difference_update([b"#" + one for one in ids])
        near, up = _parted(name, ways)
        targets = [_resolved(way.decode(), name) for way in near if not way.startswith(_WEB)]
        targets = [target for target in targets if target != _OUTSIDE]
        self.links -= len(near) - len(targets)
        self.asked.update([target.encode() for target in targets])
        self._ways.setdefault(_parent(name), set()).update(up)

    def _hold(self, name: str, address: str, ids: list[bytes]) -> None:
        unique = set(ids)
        if len(unique) < len(ids) or not unique.isdisjoint(self.around):
            self.doubled += [(name, one.decode()) for one in unique if ids.count(one) > 1 or one in self.around]
        place = f"{address}#".encode()
        self.places.update([place + one for one in unique])

    def settled(self) -> Gathered:
        """Leave out what the pages ask of each other and hold, so that little is to be handed on."""
        for parent, ways in self._ways.items():
            self.asked |= _targets(ways, parent)
        self._ways.clear()
        self.asked.difference_update([one.encode() for one in self.pages], self.places)
        return self


def ids_of(html: bytes) -> list[bytes]:
    """Return the ids of a page in their order."""
    return _values(html, "id", ours=False, exact=True)


def links_of(name: str, html: bytes, *, ours: bool) -> set[bytes]:
    """Return where a page leads below the site, each target once."""
    near, up = _parted(name, _written(html, ours=ours, exact=True))
    return {_resolved(way.decode(), name).encode() for way in near} | _targets(up, _parent(name))


def _parent(name: str) -> str:
    """Return the folder that holds a page's folder."""
    return name.rpartition("/")[0].rpartition("/")[0]


def _parted(name: str, ways: set[bytes]) -> tuple[Collection[bytes], Collection[bytes]]:
    """Return the links that depend on the page itself, and those that begin with a way up from its folder."""
    if "/" not in name:
        return ways, ()
    near = [way for way in ways if not way.startswith(b"../")]
    return near, ways.difference(near)


def _written(html: bytes, *, ours: bool, exact: bool) -> set[bytes]:
    """Return the links of a page as they are written."""
    found: set[bytes] = set()
    for name in _ATTRIBUTES[:2] if ours else _ATTRIBUTES:
        found.update(_values(html, name, ours=ours, exact=exact))
    return found


def _values(html: bytes, name: str, *, ours: bool, exact: bool) -> list[bytes]:
    """Return the values of an attribute.

    Args:
        html: the page.
        name: the attribute.
        ours: whether one space stands before each.
        exact: whether to leave out what stands in the text of a page of ours. It takes twice as long, and such text is rare:
            with links it is enough to look where one leads nowhere.
    """
    mark = _MARKS[name]
    if mark not in html:
        return []
    if ours and exact:
        return _in_tags(html, b" " + mark)
    if ours or html.count(mark) == html.count(b" " + mark):
        return _WRITTEN[name].findall(html)
    return [after.partition(b'"')[0] for before, after in pairwise(html.split(mark)) if before[-1:].isspace() and b'"' in after]


def _in_tags(html: bytes, mark: bytes) -> list[bytes]:
    parts = html.split(mark)
    return [after[: after.index(b'"')] for before, after in pairwise(parts) if before.rfind(b"<") > before.rfind(b">")]


def _targets(ways: Iterable[bytes], parent: str) -> set[bytes]:
    """Return where ways up lead from pages whose folders lie in a folder."""
    found: set[bytes] = set()
    page, near = f"{parent}/page/" if parent else "page/", f"{parent}/".encode()
    deep = parent != "" and "/" not in parent
    for way in ways:
        if deep and way.startswith(b"../../") and not (b".." in (rest := way[6:]) or b"&" in rest or b"%" in rest or b"?" in rest):
            found.add(rest)
        elif deep and not _SPECIAL.search(way, 3):
            found.add(near + way[3:])
        else:
            found.add(_resolved(way.decode(), page).encode())
    return found


def _resolved(raw: str, name: str) -> str:
    """Return where a link leads below the site, or that it leads outside; a leading slash is kept."""
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
    joined = normpath(f"{name.rpartition('/')[0]}/{path}" if "/" in name else path)
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

    pages: Set[bytes]
    places: Set[bytes]
    light: Set[str]
    """Addresses of the pages that stand in the shell."""
    around: Set[bytes]
    """Ids of the shell."""
    out: Path
    site: Site

    def missing(self, groups: Iterable[Gathered]) -> dict[str, str]:
        """Return the targets that are not there, each with the reason."""
        unseen = set().union(*(group.asked for group in groups)) - self.pages - self.places
        return {target: why for target in map(bytes.decode, unseen) if (why := self._verdict(target))}

    def _verdict(self, link: str) -> str | None:
        path, _, part = link.partition("#")
        if path.startswith("/"):
            if not path.startswith(self.site.base_path):
                return "it leaves the site"
            path = path[len(self.site.base_path) :]
        if path.encode() not in self.pages:
            if path.endswith("/") or not path:
                return "no such page"
            return None if (self.out / path).is_file() else "no such file"
        place = unquote(part)
        if place and f"{path}#{place}".encode() not in self.places and not part.startswith(":~:"):
            return None if path in self.light and place.encode() in self.around else "the page has no such place"
        return None


def known(groups: Sequence[Gathered], out: Path, site: Site) -> Known:
    """Take together what all groups of pages hold.

    Args:
        groups: all of them.
        out: the site.
        site: the settings.
    """
    return Known(
        pages={one.encode() for group in groups for one in group.pages},
        places=set().union(*(group.places for group in groups)),
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
        askers: file names of the pages that ask for each; where there is none, it only looked like a link.
    """
    for link, why in sorted((link, why) for link, why in missing.items() if askers[link]):
        names = askers[link]
        others = f", and {len(names) - 1} more pages ask for it" if len(names) > 1 else ""
        message = f"a link leads nowhere: {link} ({why}{others})"
        yield _problem("F02", min(names), message, "correct the link, or make the page that it leads to")


def _problem(code: str, name: str, message: str, remedy: str) -> Problem:
    return Problem(file=name, code=code, severity="error", message=message, remedy=remedy)
