"""A small corpus made by hand for the tests of pages and data: three articles, odd quotes, links of every kind."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from build_tools.catalogue import Catalogue
from build_tools.ids import mint
from build_tools.model import (
    CLAIM_KINDS,
    Article,
    ArticleId,
    Asserter,
    Block,
    Claim,
    ClaimId,
    Concept,
    ConceptId,
    Corpus,
    History,
    Link,
    Quantity,
    Span,
    Tombstone,
)
from build_tools.settings import Site

URL = "https://example.org/shelf/"
ODD = (
    "Braces {and} back\\slash, 100 % & #1 _under_ ~tilde~ ^caret^ $5 survive.",
    'He said “she said ‘it’s "quoted" here’” and left.',
    "A line\nbreaks in the middle\u2028of this claim.",
    "Rockets 🚀 and families 👩‍👩‍👧 rise by 30 % in 2026.",
    "人工智能的竞赛不止一场，而是许多场。",
    "السباق نحو الذكاء الاصطناعي ليس سباقا واحدا.",
    "The tag </script><script>alert(1)</script> & <b>markup</b> must stay words.",
    "Two hyphens -- and three --- then ``backticks'' and ,, << >> !` ?` end.",
    '=HYPERLINK("https://evil.example","x") is a formula in disguise.',
    "'Tis -1 or +1 or @home, says the survey.",
    "}{ unbalanced }} braces \\} end {.",
    "word " * 599 + "end.",
    "ER  - is how a record ends; @misc{x, title = {y}} is how one starts.",
)
PLAIN = (
    "Spending on chips rose to $650 billion this year.",
    "Analysts at the Example Institute expect spending to fall.",
    "Efficiency may matter more than scale.",
    "The law requires a label on every model.",
)


def article(name: str, title: str, sentences: Sequence[str], **known: object) -> tuple[Article, tuple[Span, ...]]:
    """Return an article whose paragraphs hold two sentences each, and its sentences."""
    text, blocks, spans = title, [Block(kind="title", level=1, span=Span(0, len(title)))], [Span(0, len(title))]
    for first in range(0, len(sentences), 2):
        text += "\n\n"
        start = len(text)
        for sentence in sentences[first : first + 2]:
            text += " " if len(text) > start else ""
            spans.append(Span(len(text), len(text) + len(sentence)))
            text += sentence
        blocks.append(Block(kind="paragraph", span=Span(start, len(text))))
    made = Article(
        id=ArticleId(name),
        file=f"{name}.txt",
        text=text,
        blocks=tuple(blocks),
        title=title,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )
    return replace(made, **known), tuple(spans)  # type: ignore[arg-type]


def claims(made: Article, spans: Sequence[Span]) -> list[Claim]:
    """Return a claim for each sentence after the title."""
    found = []
    for place, span in enumerate(spans[1:]):
        quote = span.of(made.text)
        found.append(
            Claim(
                id=mint(made.id, quote, 0),
                article=made.id,
                span=span,
                quote=quote,
                prefix=made.text[max(0, span.start - 32) : span.start],
                suffix=made.text[span.end : span.end + 32],
                paragraph=next(n for n, b in enumerate(made.blocks, 1) if b.span.contains(span)),
                kind=CLAIM_KINDS[place % 8],
                weight="main" if place % 2 == 0 else "other",
                score=1 - place / 100,
                asserter=Asserter(name=made.authors[0] if made.authors else "the author"),
                reasons=("a comparison",),
            )
        )
    return found


def corpus() -> Corpus:
    """Return the corpus: `odd` holds every odd quote, `plain` and `other` hold sentences with facts and links."""
    shelf = [
        article(
            "odd",
            "Odd {things} & <b>signs</b> | “quoted”?",
            ODD,
            authors=("Ana María López", "World Health Organization", "van der Berg, Q."),
            publisher="Journal of {Odd} & Sons",
            published="2026-03-09",
            source_url="https://example.net/odd_page?a=1&b=%7B#part",
            language="en",
            rights="full",
            rights_note="CC BY 4.0",
        ),
        article("other", "另一篇文章", [s.replace("matter", "count") for s in PLAIN], published="2025"),
        article(
            "plain",
            "Plain things",
            PLAIN,
            authors=("K. Chan",),
            publisher="Example Institute",
            published="2026-02",
            source_url="https://example.net/plain",
            language="en",
            rights="excerpt",
        ),
    ]
    every = [claim for made, spans in shelf for claim in claims(made, spans)]
    by = {(c.article, n): c for made, spans in shelf for n, c in enumerate(c for c in every if c.article == made.id)}
    plain = [by[ArticleId("plain"), n] for n in range(4)]
    other = [by[ArticleId("other"), n] for n in range(4)]
    every = [_detailed(claim) if claim.id == plain[0].id else claim for claim in every]
    every = [
        replace(
            claim,
            asserter=Asserter(name="Example Institute", evidence=Span(claim.start, claim.start + 33)),
            hedge=Span(claim.start + 34, claim.start + 40),
        )
        if claim.id == plain[1].id
        else claim
        for claim in every
    ]
    return Corpus(
        articles=tuple(made for made, _ in shelf),
        claims=tuple(every),
        links=(
            Link(
                source=plain[0].id,
                target=other[0].id,
                kind="restates",
                score=0.98765,
                note="Both give the same figure.",
            ),
            Link(
                source=plain[1].id,
                target=other[2].id,
                kind="disputes",
                origin="curated",
                note="One expects a fall & the other <more>.",
            ),
            Link(source=plain[2].id, target=other[2].id, kind="supports"),
            *(
                Link(source=plain[3].id, target=c.id, kind="related", score=0.5, note="Shared words: label, model.")
                for c in every
                if c.article == "odd"
            ),
        ),
        concepts=(
            Concept(
                id=ConceptId("spending"),
                kind="topic",
                pref_label="Spending",
                alt_labels=("Outlay", "Spending"),
                related=(ConceptId("chips"),),
            ),
            Concept(
                id=ConceptId("chips"),
                kind="topic",
                pref_label="Chips",
                broader=(ConceptId("spending"),),
                scope_note="What is said of chips.",
            ),
            Concept(
                id=ConceptId("example-institute"), kind="organisation", pref_label="Example Institute", origin="curated"
            ),
        ),
        sentences={made.id: spans for made, spans in shelf},
        tombstones=(
            Tombstone(
                id=ClaimId("c0000001"),
                article=ArticleId("plain"),
                title="Plain things",
                quote="A claim that went.",
                state="retired",
                since="2026-05-01",
            ),
            Tombstone(
                id=ClaimId("c0000002"),
                article=ArticleId("plain"),
                title="Plain things",
                quote="Two became one.",
                state="merged",
                merged_into=plain[0].id,
            ),
        ),
        history={
            plain[0].id: History(first="2026-04-01", events=("2026-05-02: wording corrected",)),
            plain[1].id: History(first="2026-04-03"),
        },
        article_aliases={"plain-old": ArticleId("plain")},
        gone_articles={ArticleId("gone"): "An article that went"},
    )


def _detailed(claim: Claim) -> Claim:
    at = claim.start + claim.quote.index("$650")
    return replace(
        claim,
        topics=(ConceptId("spending"), ConceptId("chips")),
        entities=(ConceptId("example-institute"),),
        origin="curated",
        note="The sum is announced, not spent.",
        quantities=(Quantity(start=at, end=at + 12, value=650e9, unit="US dollar", text="$650 billion"),),
    )


def catalogue(**settings: object) -> Catalogue:
    """Return the corpus with its look-ups, as a site at `URL`."""
    known: dict[str, object] = {"name": "The shelf", "url": URL, "description": "Articles taken apart.", **settings}
    return Catalogue(corpus(), Site(**known))  # type: ignore[arg-type]
