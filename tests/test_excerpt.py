"""Rights: what an excerpt shows, that nothing else leaves, and that every offset still fits."""

# ruff: noqa: E501 - a passage that is tested stays on one line
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from places import built_site, errors, snapshot

from build_tools.detect import detect
from build_tools.model import Article, Claim, Span
from build_tools.pipeline._excerpt import GAP, Text, chosen, reduced, shown_as
from build_tools.read import read_text
from build_tools.segment import segment

WORDS = """Bees in the city

The first hives came to Lisbon in 1998. Nobody noticed them at first. The neighbours were told in spring. They liked the honey.

Numbers

City bees may make 30 percent more honey than bees on farms, says the survey. Parks are in bloom from March to October. That sentence stays away. This one does too.

A paragraph of which nothing at all is shown to readers. It is secret 𝔖 indeed.
"""


@pytest.fixture(scope="module")
def article() -> Article:
    return replace(read_text(WORDS, id="bees"), rights="excerpt")


@pytest.fixture(scope="module")
def claims(article: Article) -> list[Claim]:
    return detect(article, segment(article.text))


def cut(article: Article, quotes: list[str]) -> tuple[Text, list[Claim]]:
    """Reduce the article to the sentences that begin so."""
    sentences = segment(article.text)
    wanted = [s for s in sentences if any(s.of(article.text).startswith(q) for q in quotes)]
    kept = detect(article, wanted)
    assert len(kept) == len(quotes)
    return reduced(article, sentences, kept, "excerpt"), kept


def test_a_full_text_stays_as_it_is(article: Article, claims: list[Claim]) -> None:
    whole = replace(article, rights="full")
    text = reduced(whole, segment(whole.text), claims, "excerpt")
    assert text.article is whole
    assert [text.claim(claim) for claim in claims] == claims
    assert chosen(whole, claims, "excerpt") == tuple(claims)


def test_what_nobody_stated_follows_the_site(article: Article) -> None:
    unstated = replace(article, rights="")
    assert (shown_as(unstated, "full"), shown_as(unstated, "excerpt"), shown_as(article, "full")) == (
        "full",
        "excerpt",
        "excerpt",
    )


def test_only_main_claims_of_an_excerpt_are_published(article: Article, claims: list[Claim]) -> None:
    assert {claim.weight for claim in claims} == {"main", "other"}
    assert chosen(article, claims, "full") == tuple(claim for claim in claims if claim.weight == "main")


def test_a_claim_stands_with_a_sentence_before_and_after(article: Article) -> None:
    text, _ = cut(article, ["City bees"])
    assert text.article.text == (
        f"Bees in the city\n\nNumbers\n\nCity bees may make 30 percent more honey than bees on farms, says the survey."
        f" Parks are in bloom from March to October. {GAP}\n\n"
    )


def test_a_gap_is_marked_on_both_sides(article: Article) -> None:
    text, _ = cut(article, ["The neighbours"])
    assert f"{GAP} Nobody noticed them at first. The neighbours were told in spring. They liked the honey." in text.article.text


def test_titles_and_headings_name_the_work_and_stay(article: Article) -> None:
    text, _ = cut(article, ["The first hives"])
    assert [b.kind for b in text.article.blocks] == ["title", "paragraph", "heading"]


def test_every_offset_fits_the_published_text(article: Article) -> None:
    text, kept = cut(article, ["The first hives", "City bees"])
    for claim in kept:
        moved = text.claim(claim)
        assert moved
        assert moved.span.of(text.article.text) == moved.quote == claim.quote
        assert text.article.text[moved.start - len(moved.prefix) : moved.start] == moved.prefix
        assert [text.article.text[q.start : q.end] for q in moved.quantities] == [q.text for q in claim.quantities]
        if claim.hedge and moved.hedge:
            assert moved.hedge.of(text.article.text) == claim.hedge.of(article.text)
        assert text.article.blocks[moved.paragraph - 1].span.contains(moved.span)
    assert all(s.of(text.article.text).strip() for s in text.sentences)
    assert all(b.span.of(text.article.text).strip() for b in text.article.blocks)


def test_a_claim_that_was_cut_is_not_there(article: Article, claims: list[Claim]) -> None:
    text, _ = cut(article, ["The first hives"])
    gone = replace(claims[0], span=Span(article.text.index("It is secret"), len(article.text.rstrip())))
    assert text.claim(gone) is None


def test_evidence_outside_the_excerpt_is_dropped_not_misplaced(article: Article) -> None:
    text, (claim,) = cut(article, ["The first hives"])
    at = article.text.index("secret")
    far = replace(claim, asserter=replace(claim.asserter, evidence=Span(at, at + 6)))
    moved = text.claim(far)
    assert moved
    assert moved.asserter.evidence is None


def test_an_excerpt_without_claims_shows_what_names_the_work(article: Article) -> None:
    text = reduced(article, segment(article.text), [], "excerpt")
    assert text.article.text == "Bees in the city\n\nNumbers\n\n"


def test_nothing_of_the_rest_is_in_any_file_of_the_site(tmp_path: Path) -> None:
    """Not in the page, the search index, the data or the feed."""
    sidecar = "claims:\n  - quote: The neighbours were told in spring.\n    kind: fact\n    weight: main\n"
    settings = "site_name: Shelf\nextra: {sourcebook: {rights_default: excerpt, cards: 0}}\n"
    folders, result = built_site(tmp_path, {"bees.txt": WORDS, "bees.yml": sidecar}, settings=settings)
    assert errors(result.problems) == []
    assert result.claims == 1
    for name, body in {**snapshot(folders.out), **snapshot(folders.docs)}.items():
        assert b"It is secret" not in body, name
        assert b"This one does too" not in body, name
