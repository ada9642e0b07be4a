"""Every figure that is claimed: `/numbers/` and `data/numbers.csv`.

Comes in: a `Catalogue`. Goes out: a page on which figures of one unit stand side by side, and the same rows as CSV. Doesn't
convert units and doesn't judge which figure is right.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from markupsafe import Markup

from ..catalogue import Catalogue, claim_address
from ..document import Document, markdown_page
from ..labels import plural
from ..model import Claim, Page, Quantity
from . import pictures
from ._items import origin
from .templates import template
from .views import ClaimView, claim_view

MOST = 800
"""Figures on the page; the file of data holds them all."""
FEWEST_YEARS = 3
NEAR = 4
"""Figures of linked claims named beside one."""
_TIME = re.compile(
    r"\b(?:(?:between|from|zwischen|von|entre|de|tra|tussen|van) )?(?:19|20)\d\d"
    r"(?: (?:and|to|und|bis|et|à|y|a|e|en|tot) |[–-])(?:19|20)\d\d\b"
    r"|\b(?:(?:by|in|since|until|from|during|before|after|seit|bis|ab|en|depuis|desde|hasta|dal|sinds) )?(?:19|20)\d\d\b"
    r"|\b(?:this|last|next|over the (?:past|last|next)|earlier this|per|a|each) (?:year|quarter|month|week|decade|day)s?\b"
    r"|\b(?:within|over|in) (?:the (?:last|past|next) )?(?:a|one|two|three|four|five|ten|forty|\d+) (?:year|decade|month)s?\b",
    re.IGNORECASE,
)
_FORWARD = 40
"""Characters by which a date before a figure counts as further away than one after it."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FORMULA = ("=", "+", "@", "\t", "\r")
_NEGATIVE = re.compile(r"-[\d.]+(?:e[+-]?\d+)?")
_COLUMNS = (
    "figure",
    "value",
    "unit",
    "time",
    "asserter",
    "hedge",
    "quote",
    "article",
    "published",
    "origin",
    "claim",
    "url",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A figure where it stands."""

    claim: Claim
    quantity: Quantity

    @property
    def text(self) -> str:
        """The figure in the words of its source, white space folded."""
        return " ".join(self.quantity.text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as the page shows it."""

    text: str
    value: float
    before: str
    """The quote up to the figure."""
    after: str
    time: str
    """The words of the quote that date it, as far as there are any."""
    claim: ClaimView
    origin: Markup
    near: tuple[str, ...] = ()
    """Figures of the same unit in claims linked with this one, each with its article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitGroup:
    """All figures of one unit, the greatest first."""

    id: str
    label: str
    figures: tuple[Figure, ...]


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the page and the file."""
    rows = [Found(claim, quantity) for claim in catalogue.claims for quantity in claim.quantities]
    yield markdown_page(_numbers(catalogue, rows), catalogue.site)
    yield Page(path="data/numbers.csv", body=_csv(catalogue, rows))


def spoken(value: float) -> str:
    """Return a value with its digits grouped, without a fraction that says nothing: `2,800,000,000,000`, `21.8`."""
    return f"{value:,.0f}" if value == int(value) and abs(value) < 1e18 else f"{value:,.12g}"


def _figure(catalogue: Catalogue, found: Found) -> Figure:
    claim, quantity = found.claim, found.quantity
    text = catalogue.article(claim.article).text
    return Figure(
        text=found.text,
        value=quantity.value,
        before=_folded(text[claim.start : quantity.start]),
        after=_folded(text[quantity.end : claim.end]),
        time=_when(_times(text, claim), quantity),
        claim=claim_view(catalogue, claim),
        origin=Markup(origin(claim)),  # noqa: S704 — our own words
        near=tuple(dict.fromkeys(_near(catalogue, claim, quantity)))[:NEAR],
    )


def _near(catalogue: Catalogue, claim: Claim, quantity: Quantity) -> Iterator[str]:
    """Name the figures of the same unit in linked claims."""
    for end in catalogue.related(claim.id):
        for other in end.claim.quantities:
            if other.unit == quantity.unit:
                yield f"{other.text} ({catalogue.article(end.claim.article).title})"


def _folded(text: str) -> str:
    """Fold white space but keep a space at either end where there is one."""
    inner = " ".join(text.split())
    return (" " if text[:1].isspace() else "") + inner + (" " if inner and text[-1:].isspace() else "")


def _times(text: str, claim: Claim) -> list[re.Match[str]]:
    """Find the words of a quote that name a time."""
    return list(_TIME.finditer(text, claim.start, claim.end))


def _when(times: Sequence[re.Match[str]], quantity: Quantity) -> str:
    """Return the words that date a figure: the nearest, and rather those that follow it."""
    best: tuple[int, str] | None = None
    for found in times:
        if found.start() < quantity.end and quantity.start < found.end():
            continue
        before = quantity.start - found.end()
        far = found.start() - quantity.end if before < 0 else before + _FORWARD
        if best is None or far < best[0]:
            best = (far, " ".join(found.group().split()))
    return best[1] if best else ""


def _groups(catalogue: Catalogue, rows: Iterable[Found]) -> list[UnitGroup]:
    by_unit: dict[str, list[Found]] = {}
    for found in rows:
        by_unit.setdefault(found.quantity.unit, []).append(found)
    ordered = sorted(by_unit.items(), key=lambda unit: (unit[0] == "", -len(unit[1]), unit[0]))
    return [
        UnitGroup(
            id=f"unit-{number}",
            label=unit or "counted things",
            figures=tuple(_figure(catalogue, one) for one in sorted(found, key=lambda one: -one.quantity.value)),
        )
        for number, (unit, found) in enumerate(ordered, 1)
    ]


def _numbers(catalogue: Catalogue, rows: list[Found]) -> Document:
    body = template("numbers.html.j2").render(
        base="../",
        groups=_groups(catalogue, sorted(rows, key=lambda found: found.claim.weight != "main")[:MOST]),
        total=len(rows),
        most=MOST,
        picture=_timeline(catalogue),
        spoken=spoken,
    )
    return Document(
        address="numbers/",
        title="Numbers",
        description=f"{plural(len(rows), 'figure')} that the sources claim, each with its unit, who says so, and where.",
        body=body,
        page_class="numbers",
        links=(("alternate", "text/csv", "data/numbers.csv"),),
    )


def _timeline(catalogue: Catalogue) -> Markup:
    """Draw the years that claims name; nothing where so few are named that words say it better."""
    moments = [
        pictures.Moment(year=int(year), label=claim.quote)
        for claim in catalogue.claims
        if "19" in claim.quote or "20" in claim.quote
        for year in dict.fromkeys(_YEAR.findall(claim.quote))
    ]
    counts = dict(sorted(Counter(moment.year for moment in moments).items()))
    if len(counts) < FEWEST_YEARS:
        return Markup("")
    words = "; ".join(f"{year}: {plural(count, 'claim')}" for year, count in counts.items())
    return pictures.timeline("years", "Years that the claims speak of", f"Claims that name a year. {words}.", moments)


def _csv(catalogue: Catalogue, rows: Iterable[Found]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for key, some in groupby(rows, key=attrgetter("claim.id")):
        claim = catalogue.claim(key)
        article = catalogue.article(claim.article)
        times = _times(article.text, claim)
        shared = (
            _inert(claim.asserter.name),
            _inert(" ".join(claim.hedge.of(article.text).split())) if claim.hedge else "",
            _inert(" ".join(claim.quote.split())),
            _inert(article.title),
            _inert(article.published),
            claim.origin,
            claim.id,
            catalogue.site.url + claim_address(claim.id),
        )
        for found in some:
            told = (found.text, f"{found.quantity.value:.15g}", found.quantity.unit, _when(times, found.quantity))
            writer.writerow((*map(_inert, told), *shared))
    return out.getvalue().encode()


def _inert(cell: str) -> str:
    """Keep a spreadsheet from taking text for a formula (OWASP, CSV injection); plain numbers pass."""
    if cell.startswith(_FORMULA) or (cell[:1] == "-" and not _NEGATIVE.fullmatch(cell)):
        return "'" + cell
    return cell
