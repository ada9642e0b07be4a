"""The finishing pass over a built site: what themes leave out, and the proof that nothing went wrong.

Comes in: the docs folder as `publish` left it and the site that an engine built from it. Goes out: the same site with
metadata, light pages, fragments, sitemap and a strict content policy, and the problems found. Reads only plain files, so any
engine can have built the site. Knows nothing of claims.
"""
from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import TypeVar

from ._finish_bundles import write_bundled
from ._finish_fidelity import article_rows, unfaithful
from ._finish_links import Checked, Gathered, addresses, broken, gathered
from ._finish_page import finished, shell_parts
from .document import PRIVATE, SHELL_ADDRESS
from .problems import Problems
from .settings import Site

Item = TypeVar("Item")
Result = TypeVar("Result")

_ENOUGH_FOR_TWO = 300
"""From so many pages on, a second process is worth its start."""
_UNUSED = ("assets/javascripts", "search/search_index.json")
"""What the theme brings along and no page asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the pass counted."""

    pages: int
    articles: int
    links: int


def finish(docs: Path, out: Path, site: Site, problems: Problems) -> Outcome:
    """Finish a built site in place.

    Args:
        docs: the docs folder that the site was built from.
        out: the built site.
        site: the settings.
        problems: takes F01 to F06.
    """
    for path in sorted(out.rglob("*")):
        if path.is_symlink():
            problems.error("F06", _named(path, out), "a symbolic link would be published as what it points to", "remove it")
    for unused in _UNUSED:
        shutil.rmtree(out / unused, ignore_errors=True)
    fragments = {path.stem: path.read_text(encoding="utf-8") for path in sorted((docs / PRIVATE / "fragments").glob("*.html"))}
    built = [path for path in sorted(out.rglob("*.html")) if _named(path, out) != f"{SHELL_ADDRESS}index.html"]
    pages = list(_map(partial(finished, out=out, site=site, fragments=fragments), built))
    light = _light_pages(docs, out, site, fragments, problems)
    every = [gathered(page.checked for page in pages), *light]
    problems.extend(broken(every, out, site))
    problems.extend(problem for page in pages for problem in page.problems)
    articles = _fidelity(out, problems)
    _sitemap(every, out, site)
    return Outcome(pages=sum(len(group.ids) for group in every), articles=articles, links=sum(group.links for group in every))


def _light_pages(
    docs: Path, out: Path, site: Site, fragments: dict[str, str], problems: Problems
) -> list[Gathered]:
    bundles = sorted((docs / PRIVATE / "pages").rglob("*.jsonl"))
    path = out / SHELL_ADDRESS / "index.html"
    if not bundles:
        return []
    if not path.is_file():
        problems.error(
            "F05", SHELL_ADDRESS, "the engine did not build the page that carries the theme",
            f"let the engine publish docs/{SHELL_ADDRESS}index.md",
        )
        return []
    shell = shell_parts(path, site, fragments)
    shutil.rmtree(path.parent)
    around = Checked(address=f"{SHELL_ADDRESS}index.html", ids=shell.ids, links=shell.links, index=False)
    written = _map(partial(write_bundled, out=out, shell=shell), bundles, enough=_ENOUGH_FOR_TWO // 10, at_once=1)
    return [gathered([around]), *written]


def _map(
    work: Callable[[Item], Result], items: Sequence[Item], *, enough: int = _ENOUGH_FOR_TWO, at_once: int = 16
) -> list[Result]:
    if len(items) < enough:
        return [work(item) for item in items]
    with ProcessPoolExecutor(2) as workers:
        return list(workers.map(work, items, chunksize=at_once))


def _fidelity(out: Path, problems: Problems) -> int:
    rows = article_rows(out)
    for found in _map(partial(unfaithful, out=out), rows):
        problems.extend(found)
    return len(rows)


def _sitemap(pages: Sequence[Gathered], out: Path, site: Site) -> None:
    """Write a sitemap without dates: the day of a build says nothing about a page."""
    for old in ("sitemap.xml", "sitemap.xml.gz"):
        (out / old).unlink(missing_ok=True)
    if not site.url:
        return
    rows = "".join(f"<url><loc>{escape(site.url + address)}</loc></url>\n" for address in addresses(pages))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    (out / "sitemap.xml").write_text(f"{head}{rows}</urlset>\n", encoding="utf-8")


def _named(path: Path, out: Path) -> str:
    return path.relative_to(out).as_posix()
