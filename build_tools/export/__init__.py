"""The `export` stage: from the catalogue to the data files of the site.

Comes in: a `Catalogue` and what is wrong with the input. Goes out: `Page`s for the publisher. Each format has a
module of its own with one function `pages(catalogue)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from ..catalogue import Catalogue
from ..model import Page
from ..problems import Problem
from . import articles, build, citations, claims, feed, gone, plain, schemas, search, topics, web_annotations


def export(catalogue: Catalogue, problems: Sequence[Problem] = ()) -> Iterator[Page]:
    """Give every data file of the site, in a fixed order.

    Args:
        catalogue: the corpus.
        problems: what was wrong with the input, for `data/build.json`.
    """
    for work in works(catalogue, problems):
        yield from work()


def works(catalogue: Catalogue, problems: Sequence[Problem] = ()) -> list[Callable[[], Iterator[Page]]]:
    """Return the same as pieces of work that know nothing of each other, in the same order.

    Args:
        catalogue: the corpus.
        problems: as for `export`.
    """
    parts = (articles, claims, web_annotations, citations, topics, feed, plain, gone, schemas)
    alone = [partial(part.pages, catalogue) for part in parts]
    return [*search.works(catalogue), *alone, partial(build.pages, catalogue, problems)]
