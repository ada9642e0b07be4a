"""Laws of anchoring: what was described is found, and what other paragraphs do never moves it wrongly."""
from __future__ import annotations

import random
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from build_tools.anchor import anchor, describe, nearest, selector_from_json, selector_to_json
from build_tools.model import Span

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
ARTICLES = [
    tuple(line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()) for path in SEEDS
]
PIECES = [
    "The plan failed. ", "The plan held. ", "A ", "ab", "\n", " ", "中国", "🜂", "“x” ", "1.5 ", "é", "İ", "ß", "...",
]  # fmt: skip


@st.composite
def texts_and_spans(draw: st.DrawFn) -> tuple[str, Span]:
    text = "".join(draw(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), min_size=1, max_size=30))) or "x"
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@given(texts_and_spans())
@settings(deadline=None)
@example(("a" * 1000, Span(500, 501)))
@example((" \n ", Span(1, 2)))
def test_what_was_described_is_found_where_it_was(case: tuple[str, Span]) -> None:
    text, span = case
    found = anchor(describe(text, span), text)
    assert found is not None
    assert (found.span, found.method, found.score) == (span, "position", 1.0)


@given(texts_and_spans(), texts_and_spans())
@settings(deadline=None)
def test_any_anchor_is_a_place_in_the_text(case: tuple[str, Span], other: tuple[str, Span]) -> None:
    selector = describe(*case)
    assert selector_from_json(selector_to_json(selector)) == selector
    found, near = anchor(selector, other[0]), nearest(selector, other[0])
    assert found is None or found.span.end <= len(other[0])
    assert found is None or (found.score == 1) == (found.method != "fuzzy")
    assert near is None or near[0].end <= len(other[0])


@st.composite
def changed_articles(draw: st.DrawFn) -> tuple[tuple[str, ...], int, list[tuple[int, str]]]:
    """An article, the number of a paragraph, and the article with other paragraphs gone, come and moved."""
    paragraphs = draw(st.sampled_from(ARTICLES))
    number = draw(st.integers(0, len(paragraphs) - 1))
    others = draw(st.sampled_from(ARTICLES))
    kept = [item for item in enumerate(paragraphs) if item[0] == number or draw(st.integers(0, 9)) > 1]
    if draw(st.booleans()):
        random.Random(draw(st.integers(0, 99))).shuffle(kept)
    for _ in range(draw(st.integers(0, 3))):
        kept.insert(draw(st.integers(0, len(kept))), (-1, draw(st.sampled_from(others))))
    return paragraphs, number, kept


@given(changed_articles())
@settings(deadline=None, max_examples=150)
def test_what_happens_to_other_paragraphs_never_moves_an_anchor(
    case: tuple[tuple[str, ...], int, list[tuple[int, str]]],
) -> None:
    paragraphs, number, kept = case
    start = sum(len(paragraph) + 1 for paragraph in paragraphs[:number])
    old, new = "\n".join(paragraphs), "\n".join(paragraph for _, paragraph in kept)
    quote = paragraphs[number]
    found = anchor(describe(old, Span(start, start + len(quote))), new)
    alone = old.count(quote) == 1 and new.count(quote) == 1 and len(quote) >= 24
    assert found is not None or not alone
    assert found is None or found.span.of(new) == quote


@given(changed_articles())
@settings(deadline=None, max_examples=150)
def test_a_deleted_paragraph_is_not_found_in_others(
    case: tuple[tuple[str, ...], int, list[tuple[int, str]]],
) -> None:
    paragraphs, number, kept = case
    start = sum(len(paragraph) + 1 for paragraph in paragraphs[:number])
    quote = paragraphs[number]
    new = "\n".join(paragraph for name, paragraph in kept if name != number)
    found = anchor(describe("\n".join(paragraphs), Span(start, start + len(quote))), new)
    assert found is None or found.span.of(new) == quote
