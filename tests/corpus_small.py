"""Three short articles with claims, links and concepts made by hand: enough for every page that finds and compares."""

from __future__ import annotations

import hashlib
from functools import cache

from build_tools import ids
from build_tools.catalogue import Catalogue
from build_tools.model import (
    Article,
    ArticleId,
    Asserter,
    Block,
    Claim,
    ClaimId,
    ClaimKind,
    Concept,
    ConceptId,
    Corpus,
    Link,
    Quantity,
    RelationKind,
    Span,
)
from build_tools.settings import Site

_TEXTS = {
    "chips": (
        "Chips are scarce",
        "What it costs\nChina spent $650 billion on chips in 2025. Efficiency grew because chips are scarce.\n"
        "This sentence is not a claim at all. Anthropic says that labs may copy models.",
    ),
    "no-shortage": (
        "There is no shortage",
        "What it costs\nChina spent $400 billion on chips in 2025. There is no shortage of chips in China."
        "\nModels are copied by many labs <b>&.",
    ),
    "labs": (
        "The labs",
        "Spending on chips was huge in China. Labs copy models.\nChips will be cheap by 2029.",
    ),
}
_CLAIMS: tuple[tuple[str, str, ClaimKind, bool, tuple[str, ...], tuple[str, ...]], ...] = (
    ("chips", "China spent $650 billion on chips in 2025.", "quantity", True, ("spending", "chips-topic"), ("china",)),
    ("chips", "Efficiency grew because chips are scarce.", "causation", True, ("chips-topic",), ()),
    ("chips", "Anthropic says that labs may copy models.", "fact", False, ("copying",), ("anthropic",)),
    ("no-shortage", "China spent $400 billion on chips in 2025.", "quantity", True, ("spending", "chips-topic"), ("china",)),
    ("no-shortage", "There is no shortage of chips in China.", "fact", True, ("chips-topic",), ("china",)),
    ("no-shortage", "Models are copied by many labs <b>&.", "judgement", False, ("copying",), ()),
    ("labs", "Spending on chips was huge in China.", "judgement", False, ("spending",), ("china",)),
    ("labs", "Labs copy models.", "fact", False, ("copying",), ()),
    ("labs", "Chips will be cheap by 2029.", "prediction", False, ("chips-topic",), ()),
)
_LINKS: tuple[tuple[int, int, RelationKind, str], ...] = (
    (0, 3, "disputes", "The sums differ."),
    (1, 4, "disputes", "Scarce or not."),
    (2, 5, "restates", "Both say that models are copied."),
    (2, 7, "restates", "The same in fewer words."),
    (0, 6, "supports", "A figure for what is called huge."),
)


def _concept(ident: str, kind: str, label: str, **more: object) -> Concept:
    return Concept(id=ConceptId(ident), kind=kind, pref_label=label, origin="curated", **more)  # type: ignore[arg-type]


_CONCEPTS = (
    _concept("anthropic", "organisation", "Anthropic"),
    _concept("china", "place", "China", alt_labels=("Beijing",), hidden_labels=("Chinese",)),
    _concept("chips-topic", "topic", "Chips", alt_labels=("semiconductors",), related=(ConceptId("copying"),)),
    _concept("copying", "topic", "Copying models", alt_labels=("distillation",), scope_note="Training on another’s outputs."),
    _concept("spending", "topic", "Spending", broader=(ConceptId("chips-topic"),)),
)


def _article(ident: str) -> Article:
    title, body = _TEXTS[ident]
    text, blocks, at = f"{title}\n{body}", [], 0
    for number, line in enumerate(text.split("\n")):
        kind = "title" if number == 0 else "heading" if len(line) < 20 else "paragraph"
        blocks.append(Block(kind=kind, level=1 if number == 0 else 2 * (kind == "heading"), span=Span(at, at + len(line))))  # type: ignore[arg-type]
        at += len(line) + 1
    return Article(
        id=ArticleId(ident),
        file=f"{ident}.txt",
        text=text,
        blocks=tuple(blocks),
        title=title,
        authors=("A. Writer",),
        published="2026-03",
        language="en",
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def _claim(
    article: Article, quote: str, kind: ClaimKind, main: bool, topics: tuple[str, ...], entities: tuple[str, ...]
) -> Claim:
    start = article.text.index(quote)
    figures = [
        Quantity(
            start=start + quote.index(f"${n} billion"),
            end=start + quote.index(f"${n} billion") + 12,
            value=n * 1e9,
            unit="US dollar",
            text=f"${n} billion",
        )
        for n in (650, 400)
        if f"${n} billion" in quote
    ]
    reported = quote.startswith("Anthropic")
    return Claim(
        id=ids.mint(article.id, quote, 0),
        article=article.id,
        span=Span(start, start + len(quote)),
        quote=quote,
        paragraph=next(n for n, block in enumerate(article.blocks, 1) if block.start <= start < block.end),
        kind=kind,
        weight="main" if main else "other",
        asserter=Asserter(name="Anthropic", evidence=Span(start, start + 14)) if reported else Asserter(name="A. Writer"),
        hedge=Span(start + quote.index("may"), start + quote.index("may") + 3) if " may " in quote else None,
        quantities=tuple(figures),
        topics=tuple(map(ConceptId, topics)),
        entities=tuple(map(ConceptId, entities)),
        origin="curated" if main else "detected",
    )


@cache
def small_catalogue(quote: str = "") -> Catalogue:
    """Return the corpus; `quote` is put in as one more claim of the last article."""
    articles = {ident: _article(ident) for ident in _TEXTS}
    claims = [_claim(articles[row[0]], *row[1:]) for row in _CLAIMS]
    if quote:
        text = articles["labs"].text + "\n" + quote
        span = Span(len(text) - len(quote), len(text))
        article = _article("labs")
        more = (*article.blocks, Block(kind="paragraph", span=span))
        articles["labs"] = Article(
            id=article.id, file="labs.txt", text=text, blocks=more, title=article.title, digest=article.digest
        )
        claims.append(_claim(articles["labs"], quote, "fact", True, ("copying",), ()))
    links = [
        Link(source=claims[a].id, target=claims[b].id, kind=kind, origin="curated" if n % 2 == 0 else "detected", note=note)
        for n, (a, b, kind, note) in enumerate(_LINKS)
    ]
    corpus = Corpus(articles=tuple(articles.values()), claims=tuple(claims), links=tuple(links), concepts=_CONCEPTS)
    return Catalogue(corpus, Site(url="https://example.org/book/", rights_default="full"))


def claim_id(number: int) -> ClaimId:
    """Return the id of a claim of the corpus by its number."""
    return small_catalogue().claims[number].id
