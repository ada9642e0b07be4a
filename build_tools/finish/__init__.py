"""The finishing pass over a built site: what themes leave out, and the proof that nothing went wrong.

Comes in: the docs folder as `publish` left it and the site that an engine built from it. Goes out: the same site with
metadata, light pages, fragments, sitemap and a strict content policy, and the problems found. Reads only plain files, so any
engine can have built the site. Knows nothing of claims.
"""
from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from ..document import BUNDLE, PRIVATE, SHELL_ADDRESS
from ..problems import Problems
from ..settings import Site
from ._fidelity import Row, article_rows, unfaithful
from ._links import Gathered, broken, doubled, known, public
from ._page import SHELL, Shell, shell_parts
from ._work import Job, Portion, all_done

_ENOUGH_FOR_TWO = 8_000_000
"""From so much work on, in bytes of bundles, a second process is worth its start."""
_BUILT_COST = 4
"""How much longer a byte of a page takes that an engine built: its head is sought, and its marks are turned back."""
_AT_ONCE = 1_000_000
"""Bytes of built pages in one portion."""
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
    for unused in _UNUSED:
        shutil.rmtree(out / unused, ignore_errors=True)
    built = _built(out, problems)
    bundles = {path: path.stat().st_size for path in sorted((docs / PRIVATE / "pages").rglob(f"*{BUNDLE}"))}
    fragments = {path.stem: path.read_text(encoding="utf-8") for path in sorted((docs / PRIVATE / "fragments").glob("*.html"))}
    shell = _shell(out, site, fragments, problems) if bundles else None
    rows = article_rows(out)
    job = Job(out=out, site=site, fragments=fragments, shell=shell, rows={_page(row): row for row in rows})
    portions = _portions(bundles if shell else {}, built)
    done = all_done(job, [portion for _, portion in portions], forked=sum(cost for cost, _ in portions) >= _ENOUGH_FOR_TWO)
    groups = [job.around(), *done]
    _judge(job, [portion for _, portion in portions], groups, problems, linked=shell is not None or not bundles)
    _missing(rows, groups, out, problems)
    _sitemap(groups, out, site)
    return Outcome(
        pages=sum(len(group.pages) for group in groups), articles=len(rows), links=sum(group.links for group in groups)
    )


_LINK = "this is a link to another file, which would be published in its place"


def _built(out: Path, problems: Problems) -> dict[str, int]:
    """Return the pages that the engine built, by file name, with their sizes; symbolic links are no pages."""
    found: dict[str, int] = {}
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(out / folder) as inside:
            for entry in inside:
                name = folder + entry.name
                if entry.is_symlink():
                    problems.error("F06", name, _LINK, "remove the link from the docs folder, or put the file itself there")
                elif entry.is_dir():
                    folders.append(f"{name}/")
                elif name.endswith(".html") and name != SHELL:
                    found[name] = entry.stat().st_size
    return found


def _shell(out: Path, site: Site, fragments: Mapping[str, str], problems: Problems) -> Shell | None:
    """Cut the page that carries the theme, and remove it: it is no page of the site."""
    path = out / SHELL
    if not path.is_file():
        problems.error(
            "F05", SHELL_ADDRESS, "MkDocs left out the page that lends its frame to the pages of all claims",
            f"take {SHELL_ADDRESS} out of exclude_docs or the like in mkdocs.yml, and build again",
        )
        return None
    shell = shell_parts(path.read_text(encoding="utf-8"), site, fragments)
    shutil.rmtree(path.parent)
    return shell


def _portions(bundles: Mapping[Path, int], built: Mapping[str, int]) -> list[tuple[int, Portion]]:
    """Divide the work; the longest comes last, as two processes want it."""
    found: list[tuple[int, Portion]] = [(size, path) for path, size in bundles.items()]
    names: list[str] = []
    size = 0
    for name in sorted(built):
        names.append(name)
        size += built[name]
        if size >= _AT_ONCE:
            found.append((size * _BUILT_COST, tuple(names)))
            names, size = [], 0
    found.append((size * _BUILT_COST, tuple(names)))
    return sorted(found, key=lambda one: one[0])


def _judge(
    job: Job, portions: Sequence[Portion], groups: Sequence[Gathered], problems: Problems, *, linked: bool
) -> None:
    """Report what is wrong in single pages, and then what no page of the site holds."""
    for group in groups:
        problems.extend(group.problems)
    problems.extend(doubled(groups))
    missing = known(groups, job.out, job.site).missing(groups) if linked else {}  # else F05 says why pages are missing
    if missing:
        problems.extend(broken(missing, job.askers(portions, missing)))


def _missing(rows: Sequence[Row], groups: Sequence[Gathered], out: Path, problems: Problems) -> None:
    """Report the articles that have no page: all others were compared when theirs was finished."""
    pages = {address for group in groups for address in group.pages}
    for row in rows:
        if public(_page(row)) not in pages:
            problems.extend(unfaithful(row, out))


def _page(row: Row) -> str:
    return f"articles/{row['id']}/index.html"


def _sitemap(groups: Sequence[Gathered], out: Path, site: Site) -> None:
    """Write a sitemap without dates: the day of a build says nothing about a page."""
    for old in ("sitemap.xml", "sitemap.xml.gz"):
        (out / old).unlink(missing_ok=True)
    if not site.url:
        return
    names = sorted(name for group in groups for name in group.listed)
    rows = "".join(f"<url><loc>{escape(site.url + public(name))}</loc></url>\n" for name in names)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    (out / "sitemap.xml").write_text(f"{head}{rows}</urlset>\n", encoding="utf-8")
