"""What a reader of one format hands over: canonical text, blocks, and what the source says of itself.

Text comes in as the format's reader found it; it goes out canonical. Nothing is classed here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from ..model import Block, BlockKind, Span

_LINES: Final = dict.fromkeys(map(ord, "\v\x85\u2028"), "\n") | dict.fromkeys(map(ord, "\f\u2029"), "\n\n")
_GONE: Final = dict.fromkeys(
    [
        *range(0x09),
        *range(0x0E, 0x20),
        *range(0x7F, 0x85),
        *range(0x86, 0xA0),  # controls
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),  # turns of direction
        *range(0xD800, 0xE000),  # lone surrogates
        0xFEFF,
        *range(0xFDD0, 0xFDF0),
        *(plane * 0x10000 + low for plane in range(17) for low in (0xFFFE, 0xFFFF)),
    ]
)
_TABLE: Final[dict[int, str | None]] = {0x09: " ", **_GONE, **_LINES}
_STRANGE: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff\U0001fffe-\U0010ffff]"
)
"""Whether the table is needed; all of the higher planes count, which costs only time."""
SPACE: Final = re.compile(r"\s+")


class Piece(NamedTuple):
    """One block before its place in the text is known."""

    kind: BlockKind
    words: str
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article without its id, file and digest."""

    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: str = ""
    source_url: str = ""
    language: str = ""


def canonical(text: str) -> str:
    """Return the text in NFC, with line feeds only, without control characters and white space at the end.

    Characters go before normalising, so that a letter and an accent that a control character parted meet.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if not plain.replace("\n", "").isprintable() and _STRANGE.search(plain):  # nothing in the table is printable
        plain = plain.translate(_TABLE)
    return unicodedata.normalize("NFC", plain).rstrip()


def fold(words: str) -> str:
    """Return canonical words with each run of white space as one space."""
    return SPACE.sub(" ", canonical(words)).strip()


def join(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Put pieces together, an empty line between them, and say where each one lies."""
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for piece in pieces:
        words = fold(piece.words)
        if not words:
            continue
        parts.append(words)
        blocks.append(Block(kind=piece.kind, level=piece.level, span=Span(at, at + len(words))))
        at += len(words) + 2
    return "\n\n".join(parts), tuple(blocks)
