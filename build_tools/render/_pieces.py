"""Pieces of markup that very many pages show, each made once: names, links to topics, links to articles.

Comes in: a `Catalogue`. Goes out: strings that may stand in markup, for pages two steps below the site's base. Knows no page:
what stands where is the page's own business.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from ..catalogue import Catalogue, article_address, concept_address
from ..document import shorten
from ..model import ArticleId, Claim, ClaimId, ConceptId

BASE: Final = "../../"
"""The way up from every page of which there are many."""
_OPENING: Final = 44
"""Code points of a claim's quote in a link from another claim's page."""


def safe(text: str) -> str:
    """Return text that may stand in markup, as `markupsafe.escape` writes it, but as a plain string."""
    # Most words hold none of the signs, and to look for each is three times as quick as to replace it.
    if not ("'" in text or '"' in text or "&" in text or "<" in text or ">" in text):
        return text
    found = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return found.replace("'", "&#39;").replace('"', "&#34;")


@lru_cache(maxsize=16_384)
def safe_name(text: str) -> str:
    """Return the same of a text that many pages show, such as a title or a speaker's name."""
    return safe(text)


class Pieces:
    """Links of one catalogue, each made when it is first asked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the corpus."""
        self._catalogue = catalogue
        self.place = {article.id: number for number, article in enumerate(catalogue.articles)}
        self._concepts: dict[ConceptId, str] = {}
        self._articles: dict[ArticleId, str] = {}
        self._entities: dict[ConceptId, str] = {}
        self._siblings: dict[ClaimId, str] = {}

    def concept(self, concept: ConceptId) -> str:
        """Return a link to the page of a topic or an entity."""
        found = self._concepts.get(concept)
        if found is None:
            known = self._catalogue.concept(concept)
            found = f'<a href="{BASE}{concept_address(known)}">{safe(known.pref_label)}</a>'
            self._concepts[concept] = found
        return found

    def entity(self, concept: ConceptId) -> str:
        """Return the same where topics and entities stand side by side, and the entities are to be told apart."""
        found = self._entities.get(concept)
        if found is None:
            found = self._entities[concept] = self.concept(concept).replace("<a ", '<a class="entity" ', 1)
        return found

    def article(self, article: ArticleId) -> str:
        """Return a link to an article."""
        found = self._articles.get(article)
        if found is None:
            title = self._catalogue.article(article).title
            found = self._articles[article] = f'<a href="{BASE}{article_address(article)}">{safe(title)}</a>'
        return found

    def sibling(self, claim: Claim) -> str:
        """Return a link from one claim's page to another's, by the words that open the quote."""
        found = self._siblings.get(claim.id)
        if found is None:
            found = self._siblings[claim.id] = f'<a href="../{claim.id}/">{safe(shorten(claim.quote, _OPENING))}</a>'
        return found


_last: list[tuple[Catalogue, Pieces]] = []


def pieces(catalogue: Catalogue) -> Pieces:
    """Return the pieces of a catalogue; those of the last one asked for are kept."""
    if not _last or _last[0][0] is not catalogue:
        _last[:] = [(catalogue, Pieces(catalogue))]
    return _last[0][1]
