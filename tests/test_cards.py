"""Link-preview images: size, weight, names, what is drawn only once, what can't be drawn."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import shelf
from PIL import Image, ImageFont
from ratio import ratio

from build_tools import cards
from build_tools.cards import draw as drawing
from build_tools.cards.draw import draw, drawable
from build_tools.model import CLAIM_KINDS
from build_tools.render import cards as pages

CARD = cards.Card(
    key="c7k2m9x",
    words="Spending rose to $650 billion.",
    quoted=True,
    asserter="K. Chan",
    source="Brookings",
    year="2026",
    kind="quantity",
    site="The shelf",
)

SIGNS = "aäßçłőșŽαωЖя“”’–—…€$%&#{}\\~^→≥≠−§"


def opened(card: cards.Card) -> Image.Image:
    image = Image.open(io.BytesIO(draw(card)))
    image.load()
    return image


@pytest.mark.parametrize("words", [*shelf.ODD, "W" * 420, "x", " ".join(["incomprehensibilities"] * 19)])
def test_every_card_decodes_at_the_right_size_and_weight(words: str) -> None:
    card = replace(CARD, words=words[: cards.MOST], source=words[:200], asserter=words[:200])
    image = opened(card)
    assert (image.size, image.format) == ((1200, 630), "PNG")
    assert len(draw(card)) < 100_000


def test_a_card_costs_little_more_than_an_empty_picture() -> None:
    long = replace(CARD, words="A claim of the usual kind, with figures such as 21.8 billion yuan. " * 6)
    draw(long)  # faces are loaded once

    def empty() -> None:
        Image.new("RGB", (1200, 630), "white").quantize(16).save(io.BytesIO(), "PNG", optimize=True)

    assert ratio(lambda: [draw(long) for _ in range(5)], lambda: [empty() for _ in range(5)], 6) < 6


def test_any_text_gives_a_card() -> None:
    signs = [
        chr(code) for code in (*range(0x20, 0x250), *range(0x300, 0x370), *range(0x1E00, 0x2100), 0x85, 0xFEFF, 0x1F600)
    ]
    for first in range(0, len(signs), 40):
        words = "x" + "".join(signs[first : first + 40])
        assert opened(replace(CARD, words=words, asserter=words, source=words, site=words)).size == (1200, 630)


def test_kinds_differ_without_colour() -> None:
    shapes = {
        opened(replace(CARD, kind=kind))
        .convert("L")
        .point(lambda v: 255 * (v < 200))
        .crop((84, 50, 130, 100))
        .tobytes()
        for kind in CLAIM_KINDS
    }
    assert len(shapes) == len(CLAIM_KINDS)


def test_text_keeps_inside_its_card() -> None:
    image = opened(replace(CARD, words="W" * 420, source="W" * 200, asserter="W" * 200, site="W" * 100)).convert("L")
    assert min(image.crop((1117, 0, 1200, 630)).tobytes()) > 200
    assert min(image.crop((24, 570, 1200, 630)).tobytes()) > 200


def test_what_no_face_can_draw_gives_a_plain_card() -> None:
    assert not drawable("人工智能")
    plain = [draw(replace(CARD, words=words)) for words in ("人工智能", "السباق", "🚀")]
    assert plain[0] == plain[1] == plain[2] != draw(CARD)


def test_the_list_of_glyphs_is_that_of_the_faces() -> None:
    for name in ("CardSerif-Regular", "CardSans-Regular", "CardSans-Semibold"):
        face = ImageFont.truetype(drawing.FOLDER / f"{name}.ttf", 40)
        missing = bytes(face.getmask("\U0010ffff"))
        assert all(bytes(face.getmask(sign)) != missing for sign in SIGNS)
    assert drawable(SIGNS)


def test_the_name_changes_with_what_is_drawn_and_only_then() -> None:
    assert CARD.address == replace(CARD).address
    changed = [
        replace(CARD, words="x"),
        replace(CARD, year="2025"),
        replace(CARD, kind="fact"),
        replace(CARD, site="y"),
    ]
    assert len({card.address for card in (CARD, *changed)}) == 5
    assert draw(CARD) == draw(replace(CARD))


def test_articles_come_first_then_the_best_main_claims_as_many_as_the_setting_says() -> None:
    catalogue = shelf.catalogue(cards=5)
    keys = [card.key for card in cards.all_cards(catalogue)]
    best = sorted((c for c in catalogue.claims if c.weight == "main"), key=lambda c: -c.score)
    assert keys == ["site", "odd", "other", "plain", best[0].id, best[1].id]
    assert [card.key for card in cards.all_cards(shelf.catalogue(cards=0))] == []
    assert [card.key for card in cards.all_cards(shelf.catalogue(cards=1))] == ["site", "odd"]


def test_an_image_that_stands_already_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = shelf.catalogue()
    first = {page.path: page.body for page in pages.pages(catalogue)}
    monkeypatch.setattr(pages, "draw", lambda card: pytest.fail(f"{card.key} was drawn again"))
    assert {page.path: page.body for page in pages.pages(catalogue, first.get)} == first
