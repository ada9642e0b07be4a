"""What templates are given of a claim: plain words and addresses, ready to print.

One view serves every page, so that a claim looks and reads the same wherever it stands.
"""
from __future__ import annotations

from dataclasses import dataclass

from .. import labels
from ..catalogue import Catalogue, Related, article_address, claim_address, concept_address
from ..model import Article, Claim, ConceptId, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A link with its words."""

    id: str
    label: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim as pages show it."""

    id: str
    address: str
    """Of its own page."""
    place: str
    """Of its passage in the article: `articles/x/#c7k2m9x`."""
    quote: str
    """White space folded."""
    kind: str
    kind_label: str
    kind_sign: str
    main: bool
    asserter: str
    reported: bool
    """Whether someone other than the article's author asserts it."""
    evidence: str
    """The words that say who asserts it; empty for the author."""
    hedge: str
    """The words that limit its certainty; empty for none."""
    curated: bool
    reasons: tuple[str, ...]
    note: str
    article: Named
    publisher: str
    published: str
    paragraph: int
    topics: tuple[Named, ...]
    entities: tuple[Named, ...]
    disputed: bool
    related: int
    """How many claims of other articles it is linked with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedView:
    """The other end of a link, and how it relates."""

    kind: str
    kind_label: str
    kind_sign: str
    curated: bool
    note: str
    claim: ClaimView


def claim_view(catalogue: Catalogue, claim: Claim) -> ClaimView:
    """Return what pages show of a claim."""
    article = catalogue.article(claim.article)
    ends = catalogue.related(claim.id)
    return ClaimView(
        id=claim.id,
        address=claim_address(claim.id),
        place=f"{article_address(article.id)}#{claim.id}",
        quote=_folded(claim.quote),
        kind=claim.kind,
        kind_label=labels.KIND_LABEL[claim.kind],
        kind_sign=labels.KIND_SIGN[claim.kind],
        main=claim.weight == "main",
        asserter=claim.asserter.name,
        reported=claim.asserter.evidence is not None,
        evidence=_words(article, claim.asserter.evidence),
        hedge=_words(article, claim.hedge),
        curated=claim.origin == "curated",
        reasons=claim.reasons,
        note=claim.note,
        article=article_name(article),
        publisher=article.publisher,
        published=article.published,
        paragraph=claim.paragraph,
        topics=tuple(concept_name(catalogue, concept) for concept in claim.topics),
        entities=tuple(concept_name(catalogue, concept) for concept in claim.entities),
        disputed=any(end.link.kind == "disputes" for end in ends),
        related=len(ends),
    )


def related_view(catalogue: Catalogue, end: Related) -> RelatedView:
    """Return what pages show of a link, seen from its other end."""
    return RelatedView(
        kind=end.link.kind,
        kind_label=labels.RELATION_LABEL[end.link.kind],
        kind_sign=labels.RELATION_SIGN[end.link.kind],
        curated=end.link.origin == "curated",
        note=end.link.note,
        claim=claim_view(catalogue, end.claim),
    )


def article_name(article: Article) -> Named:
    """Return an article's title with its address."""
    return Named(id=article.id, label=article.title, address=article_address(article.id))


def concept_name(catalogue: Catalogue, concept: ConceptId) -> Named:
    """Return a topic's or an entity's label with its address."""
    found = catalogue.concept(concept)
    return Named(id=found.id, label=found.pref_label, address=concept_address(found))


def _words(article: Article, span: Span | None) -> str:
    return _folded(span.of(article.text)) if span else ""


def _folded(text: str) -> str:
    return " ".join(text.split())
