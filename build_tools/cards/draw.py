"""Draws a link-preview image: 1200 by 630, a small palette, faces of our own, no network.

Comes in: a `Card`. Goes out: PNG bytes, the same for the same card. Words that the faces can't draw give way to
the id, rather than stand there as boxes.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

from ..labels import KIND_LABEL
from ..model import ClaimKind
from . import Card

WIDTH: Final = 1200
HEIGHT: Final = 630
FOLDER: Final = Path(__file__).parent
_EDGE: Final = 84
_TOP: Final = 158
_ROOM: Final = 318
"""Height of the quote's place."""
_SIZES: Final = (72, 64, 56, 50, 44, 40, 36)
_LEADING: Final = 1.26
_MEASURED: Final = 100
"""Widths are measured at this size; without hinting they grow in proportion."""
_PAPER: Final = (253, 252, 249)
_INK: Final = (31, 27, 22)
_SOFT: Final = 190
"""Ink of the small print, 0 to 255."""
_STEPS: Final = 16
_COLOUR: Final[dict[ClaimKind | None, tuple[int, int, int]]] = {
    "quantity": (31, 109, 138),
    "comparison": (47, 107, 60),
    "causation": (147, 86, 0),
    "rule": (106, 76, 147),
    "prediction": (15, 116, 104),
    "recommendation": (169, 63, 60),
    "fact": (95, 99, 104),
    "judgement": (151, 55, 111),
    None: (138, 51, 36),
}
"""The line colours of the light scheme, and the site's accent."""
_SHAPE: Final[dict[ClaimKind, tuple[tuple[tuple[int, int], ...], ...]]] = {
    "quantity": (
        ((1, 9), (4, 9), (4, 15), (1, 15)),
        ((6, 5), (9, 5), (9, 15), (6, 15)),
        ((11, 1), (14, 1), (14, 15), (11, 15)),
    ),
    "comparison": (((1, 2), (15, 2), (15, 6), (1, 6)), ((1, 10), (15, 10), (15, 14), (1, 14))),
    "causation": (((1, 6), (8, 6), (8, 1), (15, 8), (8, 15), (8, 10), (1, 10)),),
    "rule": (((4, 1), (12, 1), (16, 8), (12, 15), (4, 15), (0, 8)),),
    "prediction": (((8, 1), (16, 15), (0, 15)),),
    "recommendation": (((1, 1), (15, 1), (15, 10), (8, 15), (1, 10)),),
    "fact": (((1, 1), (15, 1), (15, 15), (1, 15)),),
    "judgement": (((8, 0), (16, 8), (8, 16), (0, 8)),),
}
"""One outline a kind on a field of 16 by 16, so that kinds differ without colour."""


def draw(card: Card) -> bytes:
    """Return a card as PNG."""
    card = replace(
        card, words=_line(card.words), asserter=_line(card.asserter), source=_line(card.source), site=_line(card.site)
    )
    ink = Picture.new("L", (WIDTH, HEIGHT), 0)
    pen = ImageDraw.Draw(ink)
    head = KIND_LABEL[card.kind] if card.kind else ("Article" if card.key != "site" else "Articles, claim by claim")
    pen.text((_EDGE + (60 if card.kind else 0), 74), head, 255, _face("CardSans-Semibold", 34), anchor="lm")
    _quote(pen, card)
    _feet(pen, card)
    picture = ink.point([value * (_STEPS - 1) // 255 for value in range(256)])
    picture.paste(_STEPS * 2 - 1, (0, 0, 24, HEIGHT))
    if card.kind:
        picture.paste(_shape(card.kind), (_EDGE, 74 - 20))
    return _png(picture, card.kind)


def _line(text: str) -> str:
    # The layout engine stops at line and paragraph separators.
    return " ".join(text.split())


def drawable(text: str) -> bool:
    """Say whether the faces have a glyph for every sign of a text."""
    return all(sign in _glyphs() or sign.isspace() for sign in text)


def _quote(pen: ImageDraw.ImageDraw, card: Card) -> None:
    words = f"“{card.words}”" if card.quoted else card.words
    size, lines = _fitted((words if drawable(words) else f"Claim {card.key}" if card.quoted else card.key).split())
    step = round(size * _LEADING)
    top = _TOP + (_ROOM - step * len(lines)) // 2
    for place, line in enumerate(lines):
        pen.text((_EDGE, top + place * step), line, 255, _face("CardSerif-Regular", size))


def _feet(pen: ImageDraw.ImageDraw, card: Card) -> None:
    source = ", ".join(part for part in (card.source, card.year) if part)
    room = WIDTH - 2 * _EDGE
    name = _within(card.site, "CardSans-Regular", 28, 320) if drawable(card.site) else ""
    site = _face("CardSans-Regular", 28)
    pen.text((WIDTH - _EDGE, 560), name, _SOFT, site, anchor="rs")
    left = room - (round(site.getlength(name)) + 40 if name else 0)
    if drawable(card.asserter):
        pen.text(
            (_EDGE, 514),
            _within(card.asserter, "CardSans-Semibold", 32, room),
            255,
            _face("CardSans-Semibold", 32),
            anchor="ls",
        )
    if drawable(source):
        pen.text((_EDGE, 560), _within(source, "CardSans-Regular", 28, left), _SOFT, site, anchor="ls")


def _fitted(words: list[str]) -> tuple[int, list[str]]:
    """Return the greatest size at which the words fit, and their lines; at the least size what does not fit is cut."""
    for size in _SIZES:
        lines = _wrapped(words, (WIDTH - 2 * _EDGE) * _MEASURED / size)
        if len(lines) * round(size * _LEADING) <= _ROOM:
            return size, lines
    most = _ROOM // round(_SIZES[-1] * _LEADING)
    return _SIZES[-1], [*lines[: most - 1], lines[most - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"]


def _wrapped(words: list[str], room: float) -> list[str]:
    lines: list[str] = []
    left = 0.0
    for word in words:
        for piece in _pieces(word, room):
            width = _width(piece)
            if lines and width + _width(" ") <= left:
                lines[-1] += f" {piece}"
                left -= width + _width(" ")
            else:
                lines.append(piece)
                left = room - width
    return lines


def _pieces(word: str, room: float) -> list[str]:
    """Cut a word that is wider than a line, such as an address."""
    if _width(word) <= room:
        return [word]
    most = max(1, int(len(word) * room / _width(word)) - 1)
    return [word[at : at + most] for at in range(0, len(word), most)]


def _within(words: str, face: str, size: int, room: float) -> str:
    """Cut words at the width of a line."""
    font = _face(face, size)
    if font.getlength(words) <= room:
        return words
    while words and font.getlength(words + "…") > room:
        words = words[: -max(1, len(words) // 20)]
    return words.rstrip() + "…"


@lru_cache(maxsize=50_000)
def _width(word: str) -> float:
    return _face("CardSerif-Regular", _MEASURED).getlength(word)


@cache
def _face(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FOLDER / f"{name}.ttf", size)


@cache
def _glyphs() -> frozenset[str]:
    rows = (
        line.split("-") for line in (FOLDER / "coverage.txt").read_text(encoding="ascii").splitlines() if line[0] != "#"
    )
    return frozenset(chr(code) for first, last in rows for code in range(int(first, 16), int(last, 16) + 1))


@cache
def _shape(kind: ClaimKind) -> Picture.Image:
    """Return a kind's outline, drawn large and made small so that its edges are smooth."""
    large = Picture.new("L", (160, 160), 0)
    pen = ImageDraw.Draw(large)
    for outline in _SHAPE[kind]:
        pen.polygon([(x * 10, y * 10) for x, y in outline], fill=255)
    small = large.resize((40, 40), Picture.Resampling.BOX)
    return small.point([_STEPS + value * (_STEPS - 1) // 255 for value in range(256)])


def _png(picture: Picture.Image, kind: ClaimKind | None) -> bytes:
    """Write the picture, which is given up, with two ramps of colours: paper to ink, and paper to the kind's."""
    picture.putpalette([part for end in (_INK, _COLOUR[kind]) for step in range(_STEPS) for part in _between(end, step)])
    out = io.BytesIO()
    # Runs of one colour are most of it: looking for nothing else takes a third of the time, and 14 kB instead of 11.
    picture.save(out, "PNG", compress_level=6, compress_type=zlib.Z_RLE)
    return out.getvalue()


def _between(end: tuple[int, int, int], step: int) -> list[int]:
    return [paper + (colour - paper) * step // (_STEPS - 1) for paper, colour in zip(_PAPER, end, strict=True)]
