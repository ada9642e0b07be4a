"""Which claims and links a list shows, in which order, and how much each source says.

Comes in: a `Catalogue`. Goes out: claims and links in order, counts, and the small tables and rows of links that lists begin
with, for pages two steps below the site's base. How a claim looks is said in `_items`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from ..catalogue import Catalogue, article_address
from ..document import shorten
from ..labels import plural
from ..model import Article, ArticleId, Claim, Concept, ConceptId, Link
from ._items import Items
from ._pieces import BASE, pieces

FULL_LIST: Final = 300
"""Above so many claims a page shows some of each part and points to complete lists."""
_BARS: Final = 20
"""Sources with a bar; the others follow as a list."""
_BARS_HEAD: Final = (
    '<thead class="visually-hidden"><tr><th scope="col">Source</th><th scope="col">Claims</th><th scope="col">Share</th></tr></thead>'
)
_BAR: Final = (
    '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
    '<rect width="{}" height="8"/></svg>'
)


@dataclass(frozen=True, slots=True)
class SourceClaims:
    """The claims of one article that a list shows."""

    article: ArticleId
    claims: Sequence[Claim]
    left_out: int
    """How many more there are that the page does not show."""


def links_by_weight(catalogue: Catalogue, kind: str) -> list[Link]:
    """Return the links of a kind, weightiest first: main claims, then those a person stated, then by score."""
    place = {claim.id: at for at, claim in enumerate(catalogue.claims)}

    def weight(link: Link) -> tuple[int, bool, float, int, int]:
        ends = (catalogue.claim(link.source), catalogue.claim(link.target))
        main = sum(end.weight == "main" for end in ends)
        return (-main, link.origin != "curated", -link.score, place[link.source], place[link.target])

    return sorted((link for link in catalogue.corpus.links if link.kind == kind), key=weight)


def link_topic(catalogue: Catalogue, link: Link) -> ConceptId | None:
    """Return the topic under which a link is listed: one that both claims carry, else the first of either."""
    one, other = catalogue.claim(link.source), catalogue.claim(link.target)
    shared = [topic for topic in one.topics if topic in other.topics]
    return next(iter((*shared, *one.topics, *other.topics)), None)


def by_main(claims: Iterable[Claim]) -> list[Claim]:
    """Return main claims first, each part in its given order."""
    return sorted(claims, key=lambda claim: claim.weight != "main")


def by_article(catalogue: Catalogue, claims: Iterable[Claim]) -> dict[ArticleId, list[Claim]]:
    """Divide claims by article, in the order of the corpus."""
    found: dict[ArticleId, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.article, []).append(claim)
    place = pieces(catalogue).place
    return {article: found[article] for article in sorted(found, key=place.__getitem__)}


def some_of_each(
    by_source: Mapping[ArticleId, Sequence[Claim]], *, whole: bool, sources: int, each: int
) -> list[SourceClaims]:
    """Choose what a list shows.

    Args:
        by_source: claims by article.
        whole: whether there is room for all.
        sources: how many sources are shown otherwise: those that say most.
        each: how many claims of each, main ones first.
    """
    if whole:
        return [SourceClaims(article, mine, 0) for article, mine in by_source.items()]
    most = sorted(by_source, key=lambda article: -len(by_source[article]))[:sources]
    chosen = [(article, by_main(by_source[article])[:each]) for article in most]
    return [SourceClaims(article, shown, len(by_source[article]) - len(shown)) for article, shown in chosen]


def source_lists(items: Items, sources: Iterable[SourceClaims], *, tag: str, counted: bool = False) -> Markup:
    """Return each source's claims as a list below a heading.

    Args:
        items: makes the lines.
        sources: what is shown.
        tag: of the headings.
        counted: whether the headings say how many claims there are.
    """
    link, parts = pieces(items.catalogue).article, []
    for source in sources:
        count = f' <span class="count">{len(source.claims) + source.left_out}</span>' if counted else ""
        way = f"{BASE}{article_address(source.article)}"
        left = f'<li class="left-out"><a href="{way}">{source.left_out} more in the article</a></li>' if source.left_out else ""
        parts.append(
            f'<{tag}>{link(source.article)}{count}</{tag}>\n<ul class="claim-list">\n'
            f"{items.listed(source.claims, source=False)}{left}</ul>\n"
        )
    return Markup("".join(parts))  # noqa: S704 — pieces are escaped where they are made


def bars(catalogue: Catalogue, by_source: Mapping[ArticleId, Sequence[Claim]]) -> Markup:
    """Return how much each source says as a table with bars, the most first; equal ones in the order of the articles."""
    link, total = pieces(catalogue).article, sum(map(len, by_source.values()))
    most = max(map(len, by_source.values()), default=1)
    ordered = sorted(((article, len(mine)) for article, mine in by_source.items()), key=lambda row: -row[1])
    rows = "".join(
        [
            f'<tr><th scope="row">{link(article)}</th><td class="bar-count">{count}</td>'
            f'<td class="bar-cell">{_BAR.format(round(100 * count / most))}</td></tr>\n'
            for article, count in ordered[:_BARS]
        ]
    )
    more = "".join([f'<li>{link(article)} <span class="count">{count}</span></li>\n' for article, count in ordered[_BARS:]])
    rest = f'<details class="more"><summary>{len(ordered) - _BARS} more sources</summary>\n<ul class="more-sources">{more}</ul></details>'
    return Markup(  # noqa: S704 — pieces are escaped where they are made
        f'<table class="bars">\n<caption>{plural(total, "claim")} from {plural(len(ordered), "source")}'
        f"</caption>\n{_BARS_HEAD}\n<tbody>\n{rows}</tbody>\n</table>\n{rest if more else ''}"
    )


def chips(catalogue: Catalogue, concepts: Iterable[ConceptId], label: str) -> Markup:
    """Return topics or entities as a row of links with a word before it; nothing where there are none."""
    links = "".join([f"{pieces(catalogue).concept(concept)} " for concept in concepts])
    row = f'<p class="ways"><span class="ways-label">{label}</span> {links}</p>'
    return Markup(row if links else "")  # noqa: S704 — pieces are escaped where they are made


def commonest(counts: Counter[ConceptId], most: int) -> list[ConceptId]:
    """Return the concepts that were counted most often; equal ones in the order in which they were met."""
    return [concept for concept, _ in counts.most_common(most)]


def articles_of(catalogue: Catalogue, ids: Iterable[ArticleId]) -> list[Article]:
    """Return articles by their ids, in the order of the corpus."""
    return [catalogue.article(article) for article in sorted(set(ids), key=pieces(catalogue).place.__getitem__)]


def short_title(article: Article) -> str:
    """Return the first words of a title, enough to tell which article is meant."""
    return shorten(article.title, 36)


def narrower(catalogue: Catalogue) -> dict[ConceptId, list[Concept]]:
    """Return for each topic those that name it as their broader one, by label."""
    found: dict[ConceptId, list[Concept]] = {}
    for concept in catalogue.corpus.concepts:
        for broader in concept.broader:
            found.setdefault(broader, []).append(concept)
    return found
