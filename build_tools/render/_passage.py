"""Where a claim stands: the words before and after it, and the way to the passage in the original.

Comes in: an article's text, its sentences, a claim. Goes out: plain strings. Makes no HTML.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote as percent
from urllib.parse import urlsplit

from ..document import shorten
from ..model import Claim, Span

_LONGEST: Final = 700
"""Code points of a neighbouring sentence that are shown."""
_WHOLE: Final = 8
"""A passage of so many words stands in a text fragment whole; of a longer one, the ends."""
_EDGE: Final = 4
"""Words of each end."""
_PREFIX: Final = 3
"""Words before the passage, where its first words stand more than once in the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The words around a claim: its neighbouring sentences, and the rest of its own where it is a part of one."""

    before: str
    after: str


def context(text: str, sentences: Sequence[Span], claim: Claim, *, most: int = _LONGEST) -> Context:
    """Return the sentences before and after a claim.

    Args:
        text: canonical text of the article.
        sentences: its sentences in reading order, without overlap.
        claim: the claim.
        most: code points that are shown of each side.
    """
    first = bisect_right(sentences, claim.start, key=_end)
    last = bisect_left(sentences, claim.end, key=_start)
    before = [sentences[first - 1].of(text)] if first else []
    after = [sentences[last].of(text)] if last < len(sentences) else []
    if first < len(sentences) and sentences[first].start < claim.start:
        before.append(text[sentences[first].start : claim.start])
    if last and sentences[last - 1].end > claim.end:
        after.insert(0, text[claim.end : sentences[last - 1].end])
    return Context(before=shorten(" ".join(before), most), after=shorten(" ".join(after), most))


def _start(span: Span) -> int:
    return span.start


def _end(span: Span) -> int:
    return span.end


def web_address(url: str) -> str:
    """Return an address that a page may link to; nothing for anything but http and https."""
    return url if urlsplit(url).scheme in {"http", "https"} else ""


def text_fragment(url: str, text: str, claim: Claim) -> str:
    """Return the address of a passage in the original, as browsers with text fragments understand it.

    Source: WICG, URL Fragment Text Directives: `#:~:text=[prefix-,]start[,end]`.
    """
    words = claim.quote.split()
    if len(words) <= _WHOLE and "\n" not in claim.quote:
        directive, start = _encoded(claim.quote), claim.quote
    else:
        start = " ".join(words[:_EDGE])
        directive = f"{_encoded(start)},{_encoded(' '.join(words[-_EDGE:]))}"
    if text.count(start) > 1 and claim.prefix:
        before = " ".join(text[max(0, claim.start - 80) : claim.start].split()[-_PREFIX:])
        directive = f"{_encoded(before)}-,{directive}" if before else directive
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"


def _encoded(words: str) -> str:
    return percent(words, safe="").replace("-", "%2D")
