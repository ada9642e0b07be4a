"""The corpus with its look-ups: what pages and data ask of it, each answer computed once.

Comes in: a `Corpus` and the `Site`. Goes out: a `Catalogue`, read only. Knows addresses, makes no HTML.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

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


class Related(NamedTuple):
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
    _related: dict[ClaimId, list[Related]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Compute the look-ups."""
        corpus, put = self.corpus, object.__setattr__
        put(self, "_articles", {article.id: article for article in corpus.articles})
        put(self, "_claims", {claim.id: claim for claim in corpus.claims})
        put(self, "_concepts", {concept.id: concept for concept in corpus.concepts})
        by_article: dict[ArticleId, list[Claim]] = defaultdict(list)
        by_concept: dict[ConceptId, list[Claim]] = defaultdict(list)
        for claim in corpus.claims:
            by_article[claim.article].append(claim)
            for concept in claim.topics:
                by_concept[concept].append(claim)
            for concept in claim.entities:
                by_concept[concept].append(claim)
        put(self, "_by_article", by_article)
        put(self, "_by_concept", by_concept)
        put(self, "_related", _ends(corpus, self._claims))

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
        return self._related.get(claim, ())

    def sentences(self, article: ArticleId) -> Sequence[Span]:
        """Sentences of an article in reading order."""
        return self.corpus.sentences.get(article, ())

    def history(self, claim: ClaimId) -> History:
        """What the ledger remembers of a claim."""
        return self.corpus.history.get(claim, History())


def _ends(corpus: Corpus, claims: Mapping[ClaimId, Claim]) -> dict[ClaimId, list[Related]]:
    """Return what each claim is linked to, in the order in which it is shown; all links are put in order once, for both ends.

    What is alike otherwise stays in the order of the corpus's links, which is that of its claims.
    """
    ordered = product(("curated", "detected"), _KINDS)
    rank = {both: 2 * number for number, both in enumerate(ordered)}  # a score is at most 1
    found: dict[ClaimId, list[Related]] = defaultdict(list)
    for link in sorted(corpus.links, key=lambda link: rank[link.origin, link.kind] - link.score):
        found[link.source].append(Related(link, claims[link.target]))
        found[link.target].append(Related(link, claims[link.source]))
    return found
