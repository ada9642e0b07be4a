"""Which two articles are compared on a page of their own.

Comes in: a corpus. Goes out: pairs of articles with their links, and the pairs whose page was given up. Doesn't lay
anything out: `compare` does.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from ..catalogue import Catalogue
from ..model import ArticleId, Corpus, Link

ALL_PAIRS = 8
"""Up to so many articles every two have a page."""
LINKED_PAIRS = 20
"""Up to so many, every two with a link have one; above, each article and its closest ones."""
PAGES = 500
"""At most so many pages: a page for each pair with a link would be the bulk of a large site."""
_CLOSEST = 3
_MATTER = 3
"""So many restated or disputed claims, or one link that a person stated, are worth a page."""
Pair = tuple[ArticleId, ArticleId]
_last: list[tuple[Corpus, dict[Pair, list[Link]]]] = []


def compared(catalogue: Catalogue, one: ArticleId, other: ArticleId) -> bool:
    """Say whether two articles have a page on which they stand side by side."""
    found = pairs(catalogue)
    return (one, other) in found or (other, one) in found


def pairs(catalogue: Catalogue) -> dict[Pair, list[Link]]:
    """Return the pairs that have a page, with their links; articles in the order of the corpus."""
    return _pairs(catalogue.corpus)


def addresses(corpus: Corpus) -> frozenset[Pair]:
    """Return every two articles whose page side by side is published, now or earlier, the lower id first."""
    return corpus.compared.union(map(_sorted, _pairs(corpus)), _unrecorded(corpus))


def given_up(corpus: Corpus) -> list[Pair]:
    """Return those that had such a page and have none now."""
    return sorted(addresses(corpus) - set(map(_sorted, _pairs(corpus))))


def _sorted(pair: Pair) -> Pair:
    one, other = sorted(pair)
    return one, other


def _unrecorded(corpus: Corpus) -> set[Pair]:
    """Return the pairs of an article that is gone, from the time when every two had a page and none was written down."""
    if corpus.compared or len(corpus.articles) > ALL_PAIRS:
        return set()
    every = [*(article.id for article in corpus.articles), *corpus.gone_articles]
    return {_sorted(pair) for pair in combinations(every, 2) if not corpus.gone_articles.keys().isdisjoint(pair)}


def _pairs(corpus: Corpus) -> dict[Pair, list[Link]]:
    if not _last or _last[0][0] is not corpus:
        _last[:] = [(corpus, _find(corpus))]
    return _last[0][1]


def _find(corpus: Corpus) -> dict[Pair, list[Link]]:
    place = {article.id: number for number, article in enumerate(corpus.articles)}
    home = {claim.id: claim.article for claim in corpus.claims}
    found: dict[Pair, list[Link]] = {}
    if len(place) <= ALL_PAIRS:
        found = {pair: [] for pair in combinations(place, 2)}
    for link in corpus.links:
        one, other = home[link.source], home[link.target]
        pair = (one, other) if place[one] < place[other] else (other, one)
        found.setdefault(pair, []).append(link)
    if len(place) > ALL_PAIRS:
        known = [pair for pair in corpus.compared if pair[0] in place and pair[1] in place]
        published = [pair if place[pair[0]] < place[pair[1]] else (pair[1], pair[0]) for pair in known]
        few = len(place) <= LINKED_PAIRS
        found = {pair: found.get(pair, []) for pair in (*found, *published)} if few else _closest(found, published)
    return dict(sorted(found.items(), key=lambda pair: (place[pair[0][0]], place[pair[0][1]])))


def _matters(links: list[Link]) -> bool:
    strong = sum(link.kind in {"restates", "disputes"} for link in links)
    return strong >= _MATTER or any(link.origin == "curated" for link in links)


def _closest(found: dict[Pair, list[Link]], published: list[Pair]) -> dict[Pair, list[Link]]:
    """Keep the pairs that are among the closest of either article, and those whose page was published before.

    What a person linked counts ten times.
    """
    weight = {
        pair: sum(10 if link.origin == "curated" else 1 for link in links) for pair, links in found.items() if _matters(links)
    }
    ordered = sorted(weight, key=lambda pair: (-weight[pair], pair))
    seen: Counter[ArticleId] = Counter()
    kept: dict[Pair, None] = {}
    for pair in ordered:
        if min(seen[article] for article in pair) < _CLOSEST:
            kept[pair] = None
            seen.update(pair)
    for pair in sorted(published, key=lambda pair: (-weight.get(pair, 0), pair)):
        kept[pair] = None
    return {pair: found.get(pair, []) for pair in list(kept)[:PAGES]}
