"""Links, fragments and ids of a finished site: collected page by page, judged when all pages are known."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote

from .problems import Problem
from .settings import Site

_LINK = re.compile(r'\s(?:href|src|action)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_SPECIAL = re.compile(r"[.&%?:]|//")
"""What a way one step up may not hold to be read off as it stands."""
_NOINDEX = '<meta name="robots" content="noindex'


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a page holds and where it leads."""

    address: str
    """File name below the site, such as `claims/c7k2m9x/index.html`."""
    ids: frozenset[str]
    doubled: tuple[str, ...] = ()
    links: frozenset[str]
    """Paths below the site with their fragments: `articles/x/#p3`."""
    index: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What several pages hold and ask for, taken together: a large site has a million links to far fewer targets."""

    ids: dict[str, frozenset[str]]
    """Ids of every page by its address."""
    doubled: tuple[tuple[str, str], ...]
    """File name of a page, and an id that stands twice in it."""
    first: dict[str, str]
    """The first page, by file name, that asks for a target; targets that are pages of the same group are left out."""
    askers: Counter[str]
    """How many pages ask for it."""
    links: int
    listed: tuple[str, ...]
    """File names of the pages that search engines may list."""


def gathered(pages: Iterable[Checked]) -> Gathered:
    """Take pages together, so that a group of them is one small thing to hand on."""
    ordered = sorted(pages, key=lambda page: page.address)
    ids = {_public(page.address): page.ids for page in ordered}
    first: dict[str, str] = {}
    askers: Counter[str] = Counter()
    for page in reversed(ordered):
        asked = [link for link in page.links if link not in ids]
        first.update(dict.fromkeys(asked, page.address))
        askers.update(asked)
    return Gathered(
        ids=ids,
        doubled=tuple((page.address, one) for page in ordered for one in page.doubled),
        first=first,
        askers=askers,
        links=sum(len(page.links) for page in ordered),
        listed=tuple(page.address for page in ordered if page.index and page.address.endswith("index.html")),
    )


def checked(name: str, html: str, *, around: frozenset[str] = frozenset(), ours: bool = False) -> Checked:
    """Collect the ids and the inner links of a page.

    Args:
        name: its file name below the site.
        html: the page, or that part of it that is its own.
        around: ids of the shell that the part stands in.
        ours: whether we wrote all of it, so that one space stands before each attribute: ten times as fast.
    """
    ids = _values(html, "id") if ours else _ID.findall(html)
    found = [*_values(html, "href"), *_values(html, "src")] if ours else _LINK.findall(html)
    unique = frozenset(ids)
    doubled = tuple(sorted({one for one in ids if ids.count(one) > 1} | (unique & around))) if (
        len(unique) < len(ids) or unique & around
    ) else ()
    folder = name.rpartition("/")[0]
    links = frozenset(
        target for raw in set(found) if (target := _resolved(raw, folder, name)) is not None
    )
    return Checked(address=name, ids=unique | around if unique else around, doubled=doubled, links=links, index=_NOINDEX not in html)


def _values(html: str, attribute: str) -> list[str]:
    return [after[: after.index('"')] for after in html.split(f' {attribute}="')[1:]]


def _resolved(raw: str, folder: str, name: str) -> str | None:
    """Return where a link leads below the site; None for other hosts; a leading slash is kept."""
    if raw.startswith("../../") and folder.count("/") == 1 and ".." not in (rest := raw[6:]) and "&" not in rest and "%" not in rest:
        return rest.partition("?")[0] if "?" in rest else rest
    if raw.startswith("../") and folder.count("/") == 1 and not _SPECIAL.search(raw, 3):
        return f"{folder.partition('/')[0]}/{raw[3:]}"
    if raw.startswith("#"):
        return _public(name) + unescape(raw)
    link = unescape(raw) if "&" in raw else raw
    if _ELSEWHERE.match(link):
        return None
    path, mark, part = link.partition("#")
    path = unquote(path.partition("?")[0])
    if path.startswith("/"):
        return (path[:-1] if path.endswith("/.") else path) + mark + part
    if not path:
        return f"{_public(name)}{mark}{part}"
    joined = normpath(f"{folder}/{path}" if folder else path)
    if joined.partition("/")[0] == "..":  # a host's root forgives a step too many, a project site does not
        return f"/../{mark}{part}"
    joined = "" if joined == "." else joined
    slash = "/" if joined and (path.endswith("/") or path.rpartition("/")[2] in {".", ".."}) else ""
    return f"{joined}{slash}{mark}{part}"


def _public(name: str) -> str:
    return name.removesuffix("index.html")


def broken(groups: Sequence[Gathered], out: Path, site: Site) -> Iterator[Problem]:
    """Give every target that is not there, once each, and every id that stands twice in a page."""
    ids = {address: held for group in groups for address, held in group.ids.items()}
    for name, one in sorted(pair for group in groups for pair in group.doubled):
        yield _problem("F03", name, f"the id {one!r} stands twice in the page", "report this: it is a fault of ours")
    verdicts: dict[str, str | None] = {}
    for group in groups:
        for link in group.first.keys() - verdicts.keys():
            verdicts[link] = _verdict(link, ids, out, site)
    for link, verdict in sorted((link, verdict) for link, verdict in verdicts.items() if verdict):
        name = min(group.first[link] for group in groups if link in group.first)
        askers = sum(group.askers[link] for group in groups)
        others = f", and {askers - 1} more pages ask for it" if askers > 1 else ""
        yield _problem("F02", name, f"a link leads nowhere: {link} ({verdict}{others})", "mend the link, or its target")


def _verdict(link: str, ids: dict[str, frozenset[str]], out: Path, site: Site) -> str | None:
    path, _, part = link.partition("#")
    if path.startswith("/"):
        if not path.startswith(site.base_path):
            return "it leaves the site"
        path = path[len(site.base_path) :]
    if path not in ids:
        target = out / path
        if path.endswith("/") or not path:
            return "no such page"
        return None if target.is_file() else "no such file"
    if part and unquote(part) not in ids[path] and not part.startswith(":~:"):
        return "the page has no such place"
    return None


def _problem(code: str, name: str, message: str, remedy: str) -> Problem:
    return Problem(file=name, code=code, severity="error", message=message, remedy=remedy)


def addresses(groups: Iterable[Gathered]) -> Iterator[str]:
    """Give the addresses that search engines may list, in the order of their files."""
    for name in sorted(name for group in groups for name in group.listed):
        yield _public(name)
