"""The `render` stage: from the catalogue to the pages that people read.

Comes in: a `Catalogue`. Goes out: `Page`s for the publisher. Each kind of page has a module of its own
with one function `pages(catalogue)`; templates loop and print, the modules prepare.
"""
from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import Catalogue
from ..model import Page
from . import article, articles, assets, az, cards, claim, claims, compare, data, disagreements, entities, home, notfound, numbers, shell, tombstones, topics


def render(catalogue: Catalogue) -> Iterator[Page]:
    """Give every page of the site, in a fixed order."""
    for part in (assets, shell, home, article, articles, claims, topics, entities, az, compare, disagreements, numbers, claim, tombstones, notfound, data, cards):
        yield from part.pages(catalogue)
