"""Which two articles are compared on a page of their own.

Comes in: a `Catalogue`. Goes out: pairs of articles with their links. Doesn't lay anything out: `compare` does.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from ..catalogue import Catalogue
from ..model import ArticleId, Link

ALL_PAIRS = 8
"""Up to so many articles every two have a page; above, each article and its closest ones."""
PAGES = 500
"""At most so many pages: a page for each pair with a link would be the bulk of a large site."""
_CLOSEST = 3
_MATTER = 3
"""So many restated or disputed claims, or one link that a person stated, are worth a page."""
_last: list[tuple[Catalogue, dict[tuple[ArticleId, ArticleId], list[Link]]]] = []


def compared(catalogue: Catalogue, one: ArticleId, other: ArticleId) -> bool:
    """Say whether two articles have a page on which they stand side by side."""
    found = pairs(catalogue)
    return (one, other) in found or (other, one) in found


def pairs(catalogue: Catalogue) -> dict[tuple[ArticleId, ArticleId], list[Link]]:
    """Return the pairs that have a page, with their links; articles in the order of the corpus."""
    if not _last or _last[0][0] is not catalogue:
        _last[:] = [(catalogue, _find(catalogue))]
    return _last[0][1]


def _find(catalogue: Catalogue) -> dict[tuple[ArticleId, ArticleId], list[Link]]:
    place = {article.id: number for number, article in enumerate(catalogue.articles)}
    found: dict[tuple[ArticleId, ArticleId], list[Link]] = {}
    if len(place) <= ALL_PAIRS:
        found = {pair: [] for pair in combinations(place, 2)}
    for link in catalogue.corpus.links:
        one, other = catalogue.claim(link.source).article, catalogue.claim(link.target).article
        pair = (one, other) if place[one] < place[other] else (other, one)
        found.setdefault(pair, []).append(link)
    if len(place) > ALL_PAIRS:
        found = _closest({pair: links for pair, links in found.items() if _matters(links)})
    return dict(sorted(found.items(), key=lambda pair: (place[pair[0][0]], place[pair[0][1]])))


def _matters(links: list[Link]) -> bool:
    strong = sum(link.kind in {"restates", "disputes"} for link in links)
    return strong >= _MATTER or any(link.origin == "curated" for link in links)


def _closest(found: dict[tuple[ArticleId, ArticleId], list[Link]]) -> dict[tuple[ArticleId, ArticleId], list[Link]]:
    """Keep the pairs that are among the closest of either article; what a person linked counts ten times."""
    weight = {pair: sum(10 if link.origin == "curated" else 1 for link in links) for pair, links in found.items()}
    ordered = sorted(found, key=lambda pair: (-weight[pair], pair))
    seen: Counter[ArticleId] = Counter()
    kept = []
    for pair in ordered:
        if min(seen[article] for article in pair) < _CLOSEST:
            kept.append(pair)
            seen.update(pair)
    return {pair: found[pair] for pair in kept[:PAGES]}
