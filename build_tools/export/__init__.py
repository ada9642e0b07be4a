"""The `export` stage: from the catalogue to the data files of the site.

Comes in: a `Catalogue`. Goes out: `Page`s for the publisher, all below `data/`. Each format has a module of its own with
one function `pages(catalogue)`.
"""
from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import Catalogue
from ..model import Page


def export(catalogue: Catalogue) -> Iterator[Page]:
    """Give every data file of the site, in a fixed order."""
    yield from ()
