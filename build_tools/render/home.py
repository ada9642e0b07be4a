"""The corpus at a glance: what the articles are, where they agree and clash, which topic each speaks to.

Comes in: a `Catalogue`. Goes out: the fragment `overview` for the home page that people write, and for sites that have
none a home page with a heading of its own (`welcome`).
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..catalogue import Catalogue, article_address, claim_address, compare_address, concept_address
from ..document import PRIVATE, fragment, shorten
from ..model import Article, Claim, Concept, Link, Page
from ._article_cards import card
from ._pairs import compared
from .templates import template
from .views import voice

_CARDS = 12
_PAIRS = 3
_TOPICS = 14
_SOURCES = 10
_DARKEST = 4
DEFAULT = """---
hide: [navigation, toc]
---

<div data-sourcebook="welcome"></div>

<div data-sourcebook="overview"></div>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One quote of a pair."""

    quote: str
    address: str
    who: str
    """Who says so and where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two claims that meet."""

    kind: str
    one: Side
    other: Side
    compare: str
    """Of the page on which both articles stand side by side; empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A topic of the matrix."""

    label: str
    address: str
    cells: tuple[tuple[int, int], ...]
    """For each source the number of claims and the shade from 0 to 4."""
    total: int


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the overview, and a home page for a site whose people wrote none."""
    shown = catalogue.articles[:_CARDS]
    html = template("overview.html.j2").render(
        base="",
        site=catalogue.site,
        cards=[card(catalogue, article) for article in shown],
        articles=len(catalogue.articles),
        claims=len(catalogue.claims),
        links=len(catalogue.corpus.links),
        topics=len(catalogue.topics),
        first=shown[0] if shown else None,
        disputes=_pairs(catalogue, ("disputes",)),
        agreements=_pairs(catalogue, ("restates", "supports")),
        sources=[_column(article) for article in catalogue.articles[:_SOURCES]],
        rows=matrix(catalogue, catalogue.articles[:_SOURCES]),
    )
    yield fragment("overview", html)
    welcome = template("welcome.html.j2")
    yield fragment("welcome", welcome.render(site=catalogue.site, articles=len(catalogue.articles), claims=len(catalogue.claims)))
    yield Page(path=f"{PRIVATE}/default-index.md", body=DEFAULT.encode())


def _column(article: Article) -> dict[str, str]:
    return {
        "label": shorten(article.publisher or article.title, 30),
        "title": article.title,
        "address": article_address(article.id),
    }


def matrix(catalogue: Catalogue, articles: Sequence[Article]) -> list[Row]:
    """Return the topics that most sources speak to, with the number of claims of each source."""
    rows = [_row(catalogue, topic, articles) for topic in catalogue.topics]
    rows = [row for row in rows if row.total]
    rows.sort(key=lambda row: (-sum(count > 0 for count, _ in row.cells), -row.total, row.label))
    return rows[:_TOPICS]


def _row(catalogue: Catalogue, topic: Concept, articles: Sequence[Article]) -> Row:
    counts = dict.fromkeys((article.id for article in articles), 0)
    for claim in catalogue.claims_on(topic.id):
        if claim.article in counts:
            counts[claim.article] += 1
    cells = tuple((count, min(_DARKEST, (count + 1) // 2)) for count in counts.values())
    return Row(label=topic.pref_label, address=concept_address(topic), cells=cells, total=sum(counts.values()))


def _pairs(catalogue: Catalogue, kinds: tuple[str, ...]) -> list[Pair]:
    """Return the strongest links of some kinds, each article pair and each claim at most once."""
    found: list[Link] = []
    seen: set[str] = set()
    wanted = [link for link in catalogue.corpus.links if link.kind in kinds]
    for link in sorted(wanted, key=lambda link: _weight(catalogue, link)):
        if len(found) == _PAIRS:
            break
        one, other = catalogue.claim(link.source), catalogue.claim(link.target)
        keys = {one.id, other.id, compare_address(one.article, other.article)}
        if not seen & keys:
            found.append(link)
            seen |= keys
    return [_pair(catalogue, link) for link in found]


def _weight(catalogue: Catalogue, link: Link) -> tuple[bool, int, float, str, str]:
    ends = (catalogue.claim(link.source), catalogue.claim(link.target))
    main = sum(claim.weight == "main" for claim in ends)
    return (link.origin != "curated", -main, -link.score, link.source, link.target)


def _pair(catalogue: Catalogue, link: Link) -> Pair:
    one, other = catalogue.claim(link.source), catalogue.claim(link.target)
    return Pair(
        kind=link.kind,
        one=_side(catalogue, one),
        other=_side(catalogue, other),
        compare=compare_address(one.article, other.article) if compared(catalogue, one.article, other.article) else "",
    )


def _side(catalogue: Catalogue, claim: Claim) -> Side:
    article = catalogue.article(claim.article)
    return Side(
        quote=shorten(claim.quote, 260),
        address=claim_address(claim.id),
        who=voice(claim, article.publisher or article.title),
    )
