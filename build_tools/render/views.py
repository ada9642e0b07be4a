"""What templates are given of claims, articles and topics: plain words and addresses, ready to print.

Comes in: the catalogue and what is to be named. Goes out: values. Lists of claims are not templates' business: see `_items`.
"""
from __future__ import annotations

from dataclasses import dataclass

from ..catalogue import Catalogue, article_address, claim_address, concept_address
from ..model import UNSIGNED, Article, Claim, ConceptId


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A link with its words."""

    id: str
    label: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim as templates show it."""

    address: str
    """Of its own page."""
    place: str
    """Of its passage in the article: `articles/x/#c7k2m9x`."""
    asserter: str
    hedge: str
    """The words that limit its certainty; empty for none."""
    article: Named
    published: str


def claim_view(catalogue: Catalogue, claim: Claim) -> ClaimView:
    """Return what templates show of a claim."""
    article = catalogue.article(claim.article)
    return ClaimView(
        address=claim_address(claim.id),
        place=f"{article_address(article.id)}#{claim.id}",
        asserter=claim.asserter.name,
        hedge=" ".join(claim.hedge.of(article.text).split()) if claim.hedge else "",
        article=article_name(article),
        published=article.published,
    )


def voice(claim: Claim, place: str) -> str:
    """Return who says something, and where; where the article speaks for itself, its name is enough.

    Args:
        claim: what is said.
        place: name of the article or its publisher.
    """
    name = claim.asserter.name
    return place if name in {UNSIGNED, place} else f"{name}, {place}"


def article_name(article: Article) -> Named:
    """Return an article's title with its address."""
    return Named(id=article.id, label=article.title, address=article_address(article.id))


def concept_name(catalogue: Catalogue, concept: ConceptId) -> Named:
    """Return a topic's or an entity's label with its address."""
    found = catalogue.concept(concept)
    return Named(id=found.id, label=found.pref_label, address=concept_address(found))
