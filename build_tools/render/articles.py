"""The list of all articles.

Comes in: a `Catalogue`. Goes out: one `Page`, `articles/`, with every article in the order of the seeds folder.
"""
from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import Catalogue
from ..document import Document, markdown_page
from ..model import Page
from ._article_cards import card
from .templates import template

_PICTURED = 60
"""Up to so many articles the list draws where their claims are."""


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the list."""
    count = len(catalogue.articles)
    cards = [card(catalogue, article, picture=count <= _PICTURED) for article in catalogue.articles]
    body = template("articles.html.j2").render(cards=cards, base="../")
    what = "article" if count == 1 else "articles"
    document = Document(
        address="articles/",
        title="Articles",
        description=f"{count:,} {what} with every claim marked and joined to what the others say.",
        body=body,
        page_class="articles",
    )
    yield markdown_page(document, catalogue.site)
