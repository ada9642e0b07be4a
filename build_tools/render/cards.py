"""The link-preview images as files: for the site, each article and each main claim, as many as the setting says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from ..cards import all_cards, image
from ..cards.draw import draw
from ..catalogue import Catalogue
from ..document import PICTURE, fragment, picture_html
from ..model import Page

Published = Callable[[str], bytes | None]
_BATCH: Final = 25


def pages(catalogue: Catalogue, published: Published | None = None) -> Iterator[Page]:
    """Give the images.

    Args:
        catalogue: the corpus.
        published: gives the bytes that stand at a path of the docs folder already. The name of an image holds a
            digest of all that is drawn on it, so such an image is handed on and not drawn again.
    """
    for number in range(batches(catalogue)):
        yield from batch(catalogue, number, published)


def batches(catalogue: Catalogue) -> int:
    """Return in how many parts the images can be made."""
    return -(-(catalogue.site.cards + 1) // _BATCH)


def batch(catalogue: Catalogue, number: int, published: Published | None = None) -> Iterator[Page]:
    """Give the images of one part, counted from 0; with the first, what names the site's own for pages that have none."""
    if number == 0 and (own := image(catalogue, None)):
        yield fragment(PICTURE, picture_html(own, catalogue.site))
    for card in islice(all_cards(catalogue), number * _BATCH, (number + 1) * _BATCH):
        known = published(card.address) if published else None
        yield Page(path=card.address, body=known or draw(card))
