"""The values that flow between the stages: what comes out of each, what goes into the next.

Everything is frozen; stages take values and return new ones. Imports nothing of ours.
Every offset is a half-open range of Unicode code points into `Article.text`.
"""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal, NewType

ArticleId = NewType("ArticleId", str)
ClaimId = NewType("ClaimId", str)
ConceptId = NewType("ConceptId", str)

BlockKind = Literal[
    "title", "heading", "paragraph", "list_item", "quotation", "caption", "boilerplate", "citation", "byline"
]
ClaimKind = Literal[
    "quantity", "comparison", "causation", "rule", "prediction", "recommendation", "fact", "judgement"
]
Weight = Literal["main", "other"]
Origin = Literal["curated", "detected"]
RelationKind = Literal["restates", "supports", "disputes", "related"]
ConceptKind = Literal["topic", "person", "organisation", "product", "place", "law", "other"]
Rights = Literal["full", "excerpt"]

BLOCK_KINDS: Final[tuple[BlockKind, ...]] = (
    "title", "heading", "paragraph", "list_item", "quotation", "caption", "boilerplate", "citation", "byline",
)
BODY_KINDS: Final[frozenset[str]] = frozenset({"paragraph", "list_item", "quotation"})
"""Blocks whose sentences may hold a claim."""
CLAIM_KINDS: Final[tuple[ClaimKind, ...]] = (
    "quantity", "comparison", "causation", "rule", "prediction", "recommendation", "fact", "judgement",
)
"""In the order in which the codebook tries them: the first that fits wins."""
RELATION_KINDS: Final[tuple[RelationKind, ...]] = ("restates", "supports", "disputes", "related")
ENTITY_KINDS: Final[tuple[ConceptKind, ...]] = ("person", "organisation", "product", "place", "law", "other")


UNSIGNED: Final = "The article"
"""Who asserts what stands in an article that names neither its author nor its publisher."""
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_WORD: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\W\u3040-\u30ff\u3400-\u9fff]+")


@lru_cache(maxsize=4096)
def _counted(text: str) -> int:
    """Count words; every kind of page asks anew."""
    if text.isascii() or _UNSPACED.search(text) is None:
        return len(text.split())
    return len(_WORD.findall(text))


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse what is no range."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the piece of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Say whether the two ranges share a code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Say whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        """Return the range moved by `by` code points."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of an article in reading order."""

    kind: BlockKind
    level: int = 0
    """1 to 6 for a title or heading, 0 for the rest."""
    span: Span

    @property
    def start(self) -> int:
        """First code point."""
        return self.span.start

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.span.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A source text and what it tells about itself."""

    id: ArticleId
    """Slug of the title, `[a-z0-9-]+`; frozen in the ledger once published."""
    file: str
    """Name in the seeds folder, with extension; empty for a text that came from a string."""
    text: str
    """Canonical text: NFC, line feeds only, no control characters. Never changed after reading."""
    blocks: tuple[Block, ...]
    """In reading order, without overlap; together they hold every character that is not white space."""
    title: str
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: str = ""
    """ISO date as far as known: `2026`, `2026-03` or `2026-03-09`."""
    source_url: str = ""
    language: str = ""
    """BCP 47 tag as far as known."""
    rights: Rights | Literal[""] = ""
    """What the curator states; empty where nothing is stated."""
    rights_note: str = ""
    digest: str
    """SHA-256 of `text` in UTF-8, hexadecimal."""

    @property
    def words(self) -> int:
        """Number of words, as white space divides them; a Chinese or Japanese character is a word."""
        return _counted(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asserter:
    """Who asserts a claim."""

    name: str
    evidence: Span | None = None
    """The words that say so; None when it is the article's own author."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A figure in the text."""

    start: int
    end: int
    value: float
    """In the unit named; scale words are multiplied out; the middle of a range."""
    unit: str
    """Singular English name, such as `US dollar`, `percent`, `GPU-hour`; empty for a bare count."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A passage that asserts something a reader could cite, check or dispute."""

    id: ClaimId
    article: ArticleId
    span: Span
    quote: str
    """`text[start:end]`, to the letter."""
    prefix: str = ""
    suffix: str = ""
    """At most 32 code points on either side."""
    paragraph: int = 0
    """1-based number of the block it stands in, in reading order."""
    kind: ClaimKind
    weight: Weight = "other"
    score: float = 1.0
    """How much a careful editor would want it shown first, 0 to 1."""
    asserter: Asserter
    hedge: Span | None = None
    quantities: tuple[Quantity, ...] = ()
    topics: tuple[ConceptId, ...] = ()
    entities: tuple[ConceptId, ...] = ()
    origin: Origin = "detected"
    reasons: tuple[str, ...] = ()
    """Named signals that a detected value rests on."""
    note: str = ""
    sic: tuple[Span, ...] = ()
    """Misprints of the source that a curator has marked."""

    @property
    def start(self) -> int:
        """First code point of the quote."""
        return self.span.start

    @property
    def end(self) -> int:
        """One past the last code point of the quote."""
        return self.span.end

    @property
    def hedged(self) -> bool:
        """Whether the sentence limits its own certainty."""
        return self.hedge is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How well one statement fits another."""

    index: int
    """Position in the list of others."""
    kind: RelationKind
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relation between two claims of different articles; it holds on both ends."""

    source: ClaimId
    target: ClaimId
    kind: RelationKind
    score: float = 1.0
    reasons: tuple[str, ...] = ()
    origin: Origin = "detected"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """What is kept of a passage so that it can be found again after an edit."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    """Up to 32 code points on either side, as the W3C TextQuoteSelector has them."""
    position: Span | None = None
    """Where it stood; None for a quote that was only copied down, as in a sidecar."""
    before: str = ""
    after: str = ""
    """Up to 400 code points on either side (`prefix` and `suffix` are their nearest ends)."""
    length: int = 0
    """Code points of the whole text it was taken from; 0 where unknown."""
    rivals: tuple[Selector, ...] = ()
    """Lookalikes that stood elsewhere in the same text: where one of them fits better, the passage is gone."""


AnchorMethod = Literal["position", "quote", "context", "fuzzy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a selector was found."""

    span: Span
    method: AnchorMethod
    score: float
    """1 unless fuzzy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A topic or an entity, in SKOS terms."""

    id: ConceptId
    kind: ConceptKind
    pref_label: str
    alt_labels: tuple[str, ...] = ()
    hidden_labels: tuple[str, ...] = ()
    broader: tuple[ConceptId, ...] = ()
    related: tuple[ConceptId, ...] = ()
    scope_note: str = ""
    origin: Origin = "detected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """A published claim that no longer stands in its article."""

    id: ClaimId
    article: ArticleId
    title: str
    """Title of the article when last published."""
    quote: str
    """As it was last published."""
    state: Literal["retired", "merged"]
    merged_into: ClaimId | None = None
    since: str = ""
    """Date of the content that retired it, ISO; empty when no date is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneConcept:
    """A topic or an entity that had a page and has none now."""

    address: str
    """Of that page, below the site's base: `topics/compute/`."""
    label: str
    """As it was last called."""
    since: str = ""
    """Date of the content that no longer had it, ISO; empty when no date is known."""
    heir: ConceptId | None = None
    """The living concept that goes by this label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the ledger remembers of a live claim."""

    first: str = ""
    """Date of first publication, ISO; empty when no date is known."""
    events: tuple[str, ...] = ()
    """Later events in order, each a short sentence such as `2026-11-22: wording corrected`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Everything that the pages and the data are made from. Closed: every id resolves."""

    articles: tuple[Article, ...]
    """Sorted by file name."""
    claims: tuple[Claim, ...]
    """By article, then in reading order."""
    links: tuple[Link, ...]
    """From the earlier claim to the later one, in the order of the claims."""
    concepts: tuple[Concept, ...]
    sentences: dict[ArticleId, tuple[Span, ...]] = field(default_factory=dict)
    """Every sentence of each article, in reading order."""
    tombstones: tuple[Tombstone, ...] = ()
    history: dict[ClaimId, History] = field(default_factory=dict)
    article_aliases: dict[str, ArticleId] = field(default_factory=dict)
    """Former article ids that were published, and the article that took their place."""
    gone_articles: dict[ArticleId, str] = field(default_factory=dict)
    """Articles once published whose file is gone, with their last title."""
    gone_concepts: tuple[GoneConcept, ...] = ()
    """Topics and entities once published, by address."""
    compared: frozenset[tuple[ArticleId, ArticleId]] = frozenset()
    """Every two articles that ever had a page side by side, the lower id first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A file for the publisher."""

    path: str
    """POSIX, relative to the docs folder."""
    body: bytes
