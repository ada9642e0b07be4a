"""An article in a list: who wrote it, when, how much it claims, how others answer.

Comes in: a `Catalogue` and an article. Goes out: a `Card` for templates; no markup but its strip.
"""
from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ..catalogue import Catalogue, article_address
from ..document import shorten
from ..model import Article
from ._article_facts import strip


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An article as lists show it."""

    title: str
    address: str
    authors: str
    publisher: str
    published: str
    words: int
    claims: int
    main: int
    confirmed: int
    disputed: int
    opening: str
    """Its foremost claim, shortened; empty for none."""
    strip: Markup


def card(catalogue: Catalogue, article: Article, *, picture: bool = True) -> Card:
    """Return what lists show of an article.

    Args:
        catalogue: the corpus.
        article: the article.
        picture: whether to draw where its claims are.
    """
    claims = catalogue.claims_of(article.id)
    kinds = [{end.link.kind for end in ends} for claim in claims if (ends := catalogue.related(claim.id))]
    main = [claim for claim in claims if claim.weight == "main"]
    foremost = max(main, key=lambda claim: claim.score, default=None)
    return Card(
        title=article.title,
        address=article_address(article.id),
        authors=", ".join(article.authors),
        publisher=article.publisher,
        published=article.published,
        words=article.words,
        claims=len(claims),
        main=len(main),
        confirmed=sum("restates" in found or "supports" in found for found in kinds),
        disputed=sum("disputes" in found for found in kinds),
        opening=shorten(foremost.quote, 180) if foremost else "",
        strip=strip(article, claims) if picture else Markup(),
    )
