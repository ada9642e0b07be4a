"""All claims: `/claims/`, complete without script; with it, the place where search and facets work.

Comes in: a `Catalogue`. Goes out: one page. Holds every claim where it can; above a few thousand it shows each article's
main claims and leads to the complete list at the end of the article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from .. import labels
from ..catalogue import Catalogue
from ..document import Document, markdown_page
from ..labels import plural
from ..model import CLAIM_KINDS, Article, Page
from ._items import Items
from ._listing import by_main
from .templates import template
from .views import Named, article_name

COMPLETE = 2_000
"""Up to so many claims the page holds them all."""
LINES = 4_000
"""Above, it holds at most so many, an equal share of each article's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """An article with its claims, or as many as fit."""

    article: Named
    by: str
    published: str
    claims: Markup
    shown: int
    total: int


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the page."""
    items = Items(catalogue, "../")
    sections = [_section(items, article) for article in catalogue.articles]
    kinds = Counter(claim.kind for claim in catalogue.claims)
    total = len(catalogue.claims)
    body = template("claims.html.j2").render(
        base="../",
        sections=sections,
        total=total,
        complete=total <= COMPLETE,
        kinds=[(kind, labels.KIND_LABEL[kind], labels.KIND_SIGN[kind], kinds[kind]) for kind in CLAIM_KINDS if kinds[kind]],
    )
    document = Document(
        address="claims/",
        title="All claims",
        description=f"{plural(total, 'claim')} from {plural(len(catalogue.articles), 'article')}: search them, narrow them down.",
        body=body,
        page_class="claims",
    )
    yield markdown_page(document, catalogue.site)


def _section(items: Items, article: Article) -> Section:
    catalogue = items.catalogue
    claims = catalogue.claims_of(article.id)
    shown = list(claims)
    if len(catalogue.claims) > COMPLETE:
        share = LINES // len(catalogue.articles)
        shown = sorted(by_main(claims)[:share], key=lambda claim: claim.start)
    return Section(
        article=article_name(article),
        by=", ".join(part for part in (*article.authors, article.publisher) if part),
        published=article.published,
        claims=items.listed(shown, source=False, rich=len(catalogue.claims) <= COMPLETE),
        shown=len(shown),
        total=len(claims),
    )
