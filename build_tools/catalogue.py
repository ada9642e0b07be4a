"""The corpus with its look-ups: what pages and data ask of it, each answer computed once.

Comes in: a `Corpus` and the `Site`. Goes out: a `Catalogue`, read only. Knows addresses, makes no HTML.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from .model import Article, ArticleId, Claim, ClaimId, Concept, ConceptId, Corpus, History, Link, RelationKind, Span
from .settings import Site

_KINDS: tuple[RelationKind, ...] = ("disputes", "restates", "supports", "related")
"""In the order in which a claim's links are shown."""


def article_address(article: str) -> str:
    """Address of an article below the site's base."""
    return f"articles/{article}/"


def claim_address(claim: str) -> str:
    """Permanent address of a claim below the site's base."""
    return f"claims/{claim}/"


def concept_address(concept: Concept) -> str:
    """Address of a topic's or an entity's page below the site's base."""
    return f"{'topics' if concept.kind == 'topic' else 'entities'}/{concept.id}/"


def compare_address(one: str, other: str) -> str:
    """Address of the page on which two articles stand side by side; the order of arguments does not matter."""
    first, second = sorted((one, other))
    return f"compare/{first}--{second}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A claim as seen from another one."""

    link: Link
    claim: Claim


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A corpus that answers questions."""

    corpus: Corpus
    site: Site
    _articles: dict[ArticleId, Article] = field(init=False, repr=False)
    _claims: dict[ClaimId, Claim] = field(init=False, repr=False)
    _concepts: dict[ConceptId, Concept] = field(init=False, repr=False)
    _by_article: dict[ArticleId, list[Claim]] = field(init=False, repr=False)
    _by_concept: dict[ConceptId, list[Claim]] = field(init=False, repr=False)
    _links: dict[ClaimId, list[Link]] = field(init=False, repr=False)
    _related: dict[ClaimId, Sequence[Related]] = field(init=False, repr=False)
    """Worked out when first asked for: two processes share the pages, and each needs about half."""
    _place: dict[ClaimId, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Compute the look-ups."""
        corpus, put = self.corpus, object.__setattr__
        put(self, "_articles", {article.id: article for article in corpus.articles})
        put(self, "_claims", {claim.id: claim for claim in corpus.claims})
        put(self, "_concepts", {concept.id: concept for concept in corpus.concepts})
        put(self, "_place", {claim.id: place for place, claim in enumerate(corpus.claims)})
        by_article: dict[ArticleId, list[Claim]] = defaultdict(list)
        by_concept: dict[ConceptId, list[Claim]] = defaultdict(list)
        for claim in corpus.claims:
            by_article[claim.article].append(claim)
            for concept in claim.topics:
                by_concept[concept].append(claim)
            for concept in claim.entities:
                by_concept[concept].append(claim)
        links: dict[ClaimId, list[Link]] = defaultdict(list)
        for link in corpus.links:
            links[link.source].append(link)
            links[link.target].append(link)
        put(self, "_by_article", by_article)
        put(self, "_by_concept", by_concept)
        put(self, "_links", links)
        put(self, "_related", {})

    def _order(self, end: Related) -> tuple[int, int, float, int]:
        link = end.link
        return (link.origin != "curated", _KINDS.index(link.kind), -link.score, self._place[end.claim.id])

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles, by file name."""
        return self.corpus.articles

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, by article and then in reading order."""
        return self.corpus.claims

    @property
    def topics(self) -> tuple[Concept, ...]:
        """All topics, by label."""
        return tuple(c for c in self.corpus.concepts if c.kind == "topic")

    @property
    def entities(self) -> tuple[Concept, ...]:
        """All entities, by label."""
        return tuple(c for c in self.corpus.concepts if c.kind != "topic")

    def article(self, article: ArticleId) -> Article:
        """The article of an id."""
        return self._articles[article]

    def claim(self, claim: ClaimId) -> Claim:
        """The claim of an id."""
        return self._claims[claim]

    def concept(self, concept: ConceptId) -> Concept:
        """The topic or entity of an id."""
        return self._concepts[concept]

    def claims_of(self, article: ArticleId) -> Sequence[Claim]:
        """Claims of an article in reading order."""
        return self._by_article.get(article, ())

    def claims_on(self, concept: ConceptId) -> Sequence[Claim]:
        """Claims that carry a topic or name an entity, by article and then in reading order."""
        return self._by_concept.get(concept, ())

    def related(self, claim: ClaimId) -> Sequence[Related]:
        """Other ends of a claim's links: curated first, then by kind (disputes first), then by score."""
        found = self._related.get(claim)
        if found is None:
            found = self._related[claim] = self._ends(claim)
        return found

    def _ends(self, claim: ClaimId) -> Sequence[Related]:
        claims = self._claims
        ends = [
            Related(link=link, claim=claims[link.target if link.source == claim else link.source])
            for link in self._links.get(claim, ())
        ]
        return sorted(ends, key=self._order) if len(ends) > 1 else ends

    def sentences(self, article: ArticleId) -> Sequence[Span]:
        """Sentences of an article in reading order."""
        return self.corpus.sentences.get(article, ())

    def history(self, claim: ClaimId) -> History:
        """What the ledger remembers of a claim."""
        return self.corpus.history.get(claim, History())
