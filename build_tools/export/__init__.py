"""The `export` stage: from the catalogue to the data files of the site.

Comes in: a `Catalogue` and what is wrong with the input. Goes out: `Page`s for the publisher. Each format has a
module of its own with one function `pages(catalogue)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue
from ..model import Page
from ..problems import Problem
from . import articles, build, citations, claims, feed, plain, schemas, search, topics, web_annotations


def export(catalogue: Catalogue, problems: Sequence[Problem] = ()) -> Iterator[Page]:
    """Give every data file of the site, in a fixed order.

    Args:
        catalogue: the corpus.
        problems: what was wrong with the input, for `data/build.json`.
    """
    for part in (articles, claims, web_annotations, citations, topics, feed, plain, search, schemas):
        yield from part.pages(catalogue)
    yield from build.pages(catalogue, problems)
