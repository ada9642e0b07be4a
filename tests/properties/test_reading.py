from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.model import BLOCK_KINDS, Article
from build_tools.problems import ReadError
from build_tools.read import read_text
from build_tools.segment import segment

PIECES = [
    "Sections",
    "By Ann Lee",
    "A Title Here",
    "It rose by 5.2 per cent. Then it fell.",
    "1. One",
    "- two",
    "• three",
    "Source:",
    "Chan, K. (2026, March 9). Title. https://x.org",
    "(Photo: AP)",
    "“Quoted.” He said so.",
    "U.S.",
    "...",
    "\n",
    "\n\n",
    " ",
    "\t",
    "\r\n",
    "e\u0301",
    "\u2028",
    "\ufeff",
    "\u202e",
    "\x00",
    "\x85",
    "💡",
    "\ud800",
    "You might also like: x",
    "lower case line",
    "。",
    "***",
]
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


def _article(text: str) -> Article | None:
    try:
        return read_text(text, id="x")
    except ReadError:
        return None


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_text_is_canonical_and_stays_so(text: str) -> None:
    article = _article(text)
    if article is None:
        return
    assert unicodedata.is_normalized("NFC", article.text)
    assert all(sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs") for sign in article.text)
    again = read_text(article.text, id="x")
    assert again == article


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_blocks_stand_in_order_and_hold_everything(text: str) -> None:
    article = _article(text)
    if article is None:
        return
    at = 0
    for block in article.blocks:
        assert block.kind in BLOCK_KINDS
        assert article.text[at : block.start].strip() == ""
        words = block.span.of(article.text)
        assert words == words.strip()
        assert (block.level > 0) == (block.kind in ("title", "heading"))
        at = block.end
    assert article.text[at:].strip() == ""
    assert sum(block.kind == "title" for block in article.blocks) <= 1


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_sentences_stand_in_order_within_blocks_and_hold_everything(text: str) -> None:
    article = _article(text)
    if article is None:
        return
    at = 0
    sentences = segment(article.text)
    for sentence in sentences:
        assert article.text[at : sentence.start].strip() == ""
        words = sentence.of(article.text)
        assert words == words.strip()
        assert any(block.span.contains(sentence) for block in article.blocks)
        at = sentence.end
    assert article.text[at:].strip() == ""
    assert sentences == segment(article.text)
