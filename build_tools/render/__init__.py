"""The `render` stage: from the catalogue to the pages that people read.

Comes in: a `Catalogue`. Goes out: `Page`s for the publisher. Each kind of page has a module of its own
with one function `pages(catalogue)`; templates loop and print, the modules prepare.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator

from ..catalogue import Catalogue
from ..model import Page
from . import article, articles, assets, az, cards, claim, claims, compare, data, disagreements, entities, home, notfound, numbers, shell, tombstones, topics


def render(catalogue: Catalogue, published: Callable[[str], bytes | None] | None = None) -> Iterator[Page]:
    """Give every page of the site, in a fixed order.

    Args:
        catalogue: the corpus.
        published: gives the bytes of an image that stands in the docs folder already, so that it isn't drawn again.
    """
    parts = (
        assets, shell, home, article, articles, claims, topics, entities, az, compare, disagreements, numbers, claim,
        tombstones, notfound, data,
    )  # fmt: skip
    for part in parts:
        yield from part.pages(catalogue)
    yield from cards.pages(catalogue, published)
