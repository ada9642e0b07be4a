"""Claims in lists, and links between claims, as markup: the same wherever they stand, each made once.

Comes in: a `Catalogue` and the way up to the site's base. Goes out: markup, joined from plain strings, since there are so many
of them that a template engine would be the cost. Which claims stand together is each page's own business.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from markupsafe import Markup

from ..catalogue import Catalogue, Related, article_address, claim_address, compare_address, concept_address
from ..document import folded, shorten
from ..labels import KIND_LABEL, KIND_SIGN, RELATION_LABEL, RELATION_SIGN, spoken_date
from ..model import Article, Claim, ClaimId, Link, Span
from ._pairs import compared
from ._pieces import safe, safe_name

RICH: Final = 5_000
"""Above so many claims in the corpus, lists show the quotes alone; who says it is one step away."""
_LINE: Final = 300
"""Code points of a quote in a line."""
_AGREEING: Final = 8
"""Claims shown below the one they agree with."""
FOUND: Final = '<span class="origin origin-detected">found by a rule</span>'
"""What stands beside all that no person has checked."""
_CHECKED: Final = '<span class="origin origin-curated">checked by a person</span>'
_KIND: Final = {
    kind: f'<span class="kind kind-{kind}"><span class="kind-sign" aria-hidden="true">{KIND_SIGN[kind]}</span> {label}</span>\n'
    for kind, label in KIND_LABEL.items()
}
_SIGN: Final = {
    kind: f'<span class="kind-sign kind-{kind}" aria-hidden="true">{sign}</span> ' for kind, sign in KIND_SIGN.items()
}
RELATION: Final = {
    kind: f'<span aria-hidden="true">{RELATION_SIGN[kind]}</span> {label}' for kind, label in RELATION_LABEL.items()
}


class Items:
    """Renders claims as list items, each once for all the pages of one depth."""

    def __init__(self, catalogue: Catalogue, base: str) -> None:
        """Take the corpus and the way up from the pages on which the items will stand."""
        self.catalogue = catalogue
        self.base = base
        self._heads: dict[ClaimId, str] = {}
        self._lines: dict[ClaimId, str] = {}

    def item(self, claim: Claim, *, source: bool = True) -> Markup:
        """Return a claim as an item: quote, kind, asserter, hedge, origin and, if wished, its source."""
        return Markup(self._item(claim, source=source))  # noqa: S704 — every word was escaped

    def line(self, claim: Claim) -> Markup:
        """Return a claim as one line: its kind's sign and the quote as a link."""
        return Markup(self._line(claim))  # noqa: S704 — the quote was escaped

    def listed(self, claims: Iterable[Claim], *, source: bool = True, rich: bool | None = None) -> Markup:
        """Return list items: all that is known of a claim, or its line alone.

        Args:
            claims: the claims.
            source: whether to say where a claim stands.
            rich: whether there is room for more than lines; where it isn't said, in all but large corpora.
        """
        if not (len(self.catalogue.claims) <= RICH if rich is None else rich):
            line = self._line
            return Markup("".join([f"<li>{line(claim)}</li>\n" for claim in claims]))  # noqa: S704
        return Markup("".join([f"<li>{self._item(claim, source=source)}</li>\n" for claim in claims]))  # noqa: S704

    def pair(self, link: Link) -> Markup:
        """Return a link as a card of both quotes."""
        one, other = self.catalogue.claim(link.source), self.catalogue.claim(link.target)
        curated = link.origin == "curated"
        main = '<span class="pair-main">both are main claims</span>' if one.weight == other.weight == "main" else ""
        compare = f"{self.base}{compare_address(one.article, other.article)}"
        side = compared(self.catalogue, one.article, other.article)
        more = f'<p class="pair-more"><a href="{compare}">Compare the two articles</a></p>' if side else ""
        return Markup(  # noqa: S704 — every word was escaped
            f'<article class="pair relation-{link.kind}{"" if curated else " relation-detected"}">\n'
            f'<p class="pair-why"><span class="pair-kind">{RELATION[link.kind]}</span> {safe(why(link))}\n'
            f"{main}{'' if curated else FOUND}</p>\n"
            f'<div class="pair-sides">\n{self._item(one)}\n{self._item(other)}\n</div>\n{more}</article>\n'
        )

    def agreement(self, claim: Claim, ends: Sequence[Related]) -> Markup:
        """Return what one claim says and who else says it; restatements first."""
        ordered = sorted(ends, key=lambda end: end.link.kind != "restates")
        sources = len({end.claim.article for end in ends} | {claim.article})
        relations = "".join([f"{self._relation(end)}\n" for end in ordered[:_AGREEING]])
        left = len(ordered) - _AGREEING
        page = f"{self.base}{claim_address(claim.id)}"
        more = f'<p class="pair-more"><a href="{page}">{left} more on the claim’s own page</a></p>' if left > 0 else ""
        return Markup(  # noqa: S704 — every word was escaped
            f'<article class="agreement">\n<p class="agreement-count">{sources} sources{self._topic(claim)}</p>\n'
            f'{self._item(claim)}\n<ul class="relations">\n{relations}</ul>\n{more}</article>\n'
        )

    def _topic(self, claim: Claim) -> str:
        if not claim.topics:
            return ""
        topic = self.catalogue.concept(claim.topics[0])
        return f' · <a href="{self.base}{concept_address(topic)}">{safe_name(topic.pref_label)}</a>'

    def _relation(self, end: Related) -> str:
        link = end.link
        detected, found = ("", "") if link.origin == "curated" else (" relation-detected", f" {FOUND}")
        note = f'<p class="relation-note">{safe(link.note)}</p>' if link.note else ""
        return (
            f'<li class="relation relation-{link.kind}{detected}">\n<p class="relation-kind">{RELATION[link.kind]}{found}</p>\n'
            f"{self._item(end.claim)}\n{note}</li>\n"
        )

    def _item(self, claim: Claim, *, source: bool = True) -> str:
        head = self._heads.get(claim.id)
        if head is None:
            head = self._heads[claim.id] = self._head(claim)
        return f"{head}\n{self._source(claim) if source else ''}</article>\n"

    def _head(self, claim: Claim) -> str:
        hedge, asserter = claim.hedge, claim.asserter
        article = self.catalogue.article(claim.article)
        hedged = f' <span class="hedged">hedged: “{safe(_words(article, hedge))}”</span>' if hedge else ""
        quote = safe(folded(claim.quote))
        return (
            f'<article class="claim-item" data-kind="{claim.kind}" data-claim="{claim.id}">\n'
            f'<blockquote><p><a class="claim-link" href="{self.base}{claim_address(claim.id)}">{quote}</a></p></blockquote>\n'
            f'<p class="claim-facts">{_KIND[claim.kind]} <span class="asserter{" reported" if asserter.evidence else ""}">'
            f"{safe_name(asserter.name)}</span>\n{hedged} {origin(claim)}</p>\n"
        )

    def _source(self, claim: Claim) -> str:
        article = self.catalogue.article(claim.article)
        place = f"{self.base}{article_address(article.id)}#{claim.id}"
        publisher = f", {safe_name(article.publisher)}" if article.publisher else ""
        dated = f", {time(article.published)}" if article.published else ""
        return f'<cite class="claim-source"><a href="{place}">{safe_name(article.title)}</a>{publisher}{dated}</cite>\n'

    def _line(self, claim: Claim) -> str:
        found = self._lines.get(claim.id)
        if found is None:
            found = self._lines[claim.id] = (
                f'{_SIGN[claim.kind]}<a class="claim-link" href="{self.base}{claim_address(claim.id)}">'
                f"{safe(shorten(claim.quote, _LINE))}</a>"
            )
        return found


def why(link: Link) -> str:
    """Return the reason for a link in words."""
    return link.note or "; ".join(link.reasons)


def origin(claim: Claim) -> str:
    """Say who marked a claim, as markup."""
    return _CHECKED if claim.origin == "curated" else FOUND


def time(iso: str) -> str:
    """Return a date as markup, as people write it."""
    return f'<time datetime="{safe(iso)}">{safe(spoken_date(iso))}</time>'


def _words(article: Article, span: Span) -> str:
    return " ".join(span.of(article.text).split())
