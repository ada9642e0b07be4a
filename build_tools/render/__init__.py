"""The `render` stage: from the catalogue to the pages that people read.

Comes in: a `Catalogue`. Goes out: `Page`s for the publisher. Each kind of page has a module of its own
with one function `pages(catalogue)`; templates loop and print, the modules prepare.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ..catalogue import Catalogue
from ..model import Page
from . import (
    article,
    articles,
    assets,
    az,
    cards,
    claim,
    claims,
    compare,
    data,
    disagreements,
    entities,
    home,
    notfound,
    numbers,
    shell,
    tombstones,
    topics,
)
from ._pairs import addresses as compared
from .cards import Published

__all__ = ["compared", "render", "works"]


def render(catalogue: Catalogue, published: Published | None = None) -> Iterator[Page]:
    """Give every page of the site, in a fixed order.

    Args:
        catalogue: the corpus.
        published: gives the bytes of an image that stands in the docs folder already, so that it isn't drawn again.
    """
    for work in works(catalogue, published):
        yield from work()


def works(catalogue: Catalogue, published: Published | None = None) -> list[Callable[[], Iterator[Page]]]:
    """Return the same as pieces of work that know nothing of each other, in the same order.

    Args:
        catalogue: the corpus.
        published: as for `render`.
    """
    first = (assets, shell, home)
    rest = (articles, claims, topics, entities, az, compare, disagreements, numbers)
    last = (tombstones, notfound, data)
    return [
        *(partial(part.pages, catalogue) for part in first),
        *(partial(article.batch, catalogue, number) for number in range(article.batches(catalogue))),
        *(partial(part.pages, catalogue) for part in rest),
        *(partial(claim.batch, catalogue, number) for number in range(claim.batches(catalogue))),
        *(partial(part.pages, catalogue) for part in last),
        *(partial(cards.batch, catalogue, number, published) for number in range(cards.batches(catalogue))),
    ]
