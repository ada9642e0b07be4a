"""Link-preview images: what each says, and the address that its content gives it.

Comes in: the catalogue. Goes out: `Card`s, whose address is known without drawing them; `draw` makes the picture.
Knows no page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..catalogue import Catalogue
from ..document import Image, shorten
from ..labels import KIND_LABEL
from ..model import Article, Claim, ClaimId, ClaimKind

EDITION: Final = "1"
"""Changes when the same words are to be drawn another way, so that addresses change too."""
MOST: Final = 420
"""Code points of a quote that fit on a card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The words on a preview image."""

    key: str
    """Id of the article or claim; `site` for the site's own."""
    words: str
    """The quote or the title."""
    quoted: bool
    asserter: str
    source: str
    year: str
    kind: ClaimKind | None
    site: str

    @property
    def address(self) -> str:
        """Where the image is published: its name holds a digest of all that is drawn."""
        drawn = (EDITION, self.words, self.quoted, self.asserter, self.source, self.year, self.kind, self.site)
        digest = hashlib.sha256(repr(drawn).encode()).hexdigest()[:12]
        return f"static/cards/{self.key}-{digest}.png"

    @property
    def alt(self) -> str:
        """The same in words."""
        said = f"“{shorten(self.words, 200)}”" if self.quoted else shorten(self.words, 200)
        kind = f"{KIND_LABEL[self.kind]}: " if self.kind else ""
        return kind + ", ".join(part for part in (said, self.asserter, self.source, self.year) if part)


def site_card(catalogue: Catalogue) -> Card:
    """Return the image of pages that have none of their own."""
    site = catalogue.site
    return Card(
        key="site",
        words=site.description or site.name,
        quoted=False,
        asserter="",
        source="",
        year="",
        kind=None,
        site=site.name,
    )


def article_card(catalogue: Catalogue, article: Article) -> Card | None:
    """Return an article's image; None where the setting leaves no room for it."""
    most, every = catalogue.site.cards, catalogue.articles
    if len(every) > most and not any(one is article for one in every[:most]):
        return None
    return Card(
        key=article.id,
        words=shorten(article.title, MOST),
        quoted=False,
        asserter=", ".join(article.authors),
        source=article.publisher,
        year=article.published[:4],
        kind=None,
        site=catalogue.site.name,
    )


def claim_cards(catalogue: Catalogue) -> dict[ClaimId, Card]:
    """Return the images of main claims: the highest scores first, as many as the setting leaves room for."""
    room = max(0, catalogue.site.cards - len(catalogue.articles))
    if not room:
        return {}
    order = sorted((c for c in catalogue.claims if c.weight == "main"), key=lambda c: -c.score)
    return {claim.id: _claim_card(catalogue, claim) for claim in order[:room]}


def all_cards(catalogue: Catalogue) -> Iterator[Card]:
    """Give every image of the site once; none where the setting says 0."""
    if catalogue.site.cards:
        yield site_card(catalogue)
        yield from filter(None, (article_card(catalogue, article) for article in catalogue.articles))
        yield from claim_cards(catalogue).values()


def image(catalogue: Catalogue, card: Card | None) -> Image | None:
    """Return the picture of a page's link preview; the site's own where the page has none."""
    if not catalogue.site.cards:
        return None
    shown = card or site_card(catalogue)
    return Image(address=shown.address, alt=shown.alt)


def _claim_card(catalogue: Catalogue, claim: Claim) -> Card:
    article = catalogue.article(claim.article)
    return Card(
        key=claim.id,
        words=shorten(claim.quote, MOST),
        quoted=True,
        asserter=claim.asserter.name,
        source=article.publisher or article.title,
        year=article.published[:4],
        kind=claim.kind,
        site=catalogue.site.name,
    )
