"""What the page for a mistyped address needs: a list of all addresses, from which a small script finds the nearest.

Comes in: the catalogue. Goes out: one data file; the page itself is the theme's `404.html`, which has plain links.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..catalogue import Catalogue
from ..document import shorten
from ..model import Page


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the list: ids of claims by article, and titles by address."""
    corpus = catalogue.corpus
    found = {
        "articles": {article.id: article.title for article in catalogue.articles},
        "claims": {
            article.id: " ".join(claim.id for claim in catalogue.claims_of(article.id))
            for article in catalogue.articles
        },
        "old": dict(sorted(corpus.article_aliases.items())),
        "retired": {stone.id: shorten(stone.title, 80) for stone in corpus.tombstones},
        "topics": {concept.id: concept.pref_label for concept in catalogue.topics},
        "entities": {concept.id: concept.pref_label for concept in catalogue.entities},
    }
    yield Page(
        path="data/addresses.json", body=(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    )
