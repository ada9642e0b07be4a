"""Sourcebook: turns a folder of articles into an annotated website.

    seeds/ ─read─▶ Article ─segment─▶ sentences ─detect─▶ Claim ─anchor─▶ ids ─relate─▶ Corpus ─render, export─▶ docs/

The stages that need no folder can be used from Python; all are pure and deterministic, and count offsets as half-open ranges of
Unicode code points.
"""
from __future__ import annotations

from .anchor import anchor, describe
from .detect import detect as _detect
from .model import (
    Anchor,
    Article,
    Asserter,
    Block,
    Claim,
    Link,
    Match,
    Quantity,
    Selector,
    Span,
)
from .read import read, read_text
from .relate import compare, relate
from .segment import segment

__all__ = [
    "Anchor", "Article", "Asserter", "Block", "Claim", "Link", "Match", "Quantity", "Selector", "Span",
    "anchor", "compare", "describe", "detect", "read", "read_text", "relate", "segment",
]  # fmt: skip


def detect(article: Article) -> list[Claim]:
    """Detect the claims of an article, in reading order.

    Args:
        article: as `read` or `read_text` gives it.
    """
    return list(_detect(article, segment(article.text)))
