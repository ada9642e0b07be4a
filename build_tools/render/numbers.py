"""Every figure that is claimed: `/numbers/` and `data/numbers.csv`.

Comes in: a `Catalogue`. Goes out: a page on which figures of one unit stand side by side, and the same rows as CSV. Doesn't
convert units and doesn't judge which figure is right.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ..catalogue import Catalogue
from ..document import Document, markdown_page
from ..model import Claim, ClaimId, Page, Quantity
from . import pictures
from ._listing import Items, plural
from .templates import template
from .views import ClaimView

MOST = 800
"""Figures on the page; the file of data holds them all."""
FEWEST_YEARS = 3
NEAR = 4
"""Figures of linked claims named beside one."""
_TIME = re.compile(
    r"\b(?:(?:by|in|since|until|from|during|before|after) )?(?:19|20)\d\d\b"
    r"|\b(?:this|last|next|over the (?:past|last|next)|earlier this|per|a|each) (?:year|quarter|month|week|decade|day)s?\b"
    r"|\b(?:within|over|in) (?:the (?:last|past|next) )?(?:a|one|two|three|four|five|ten|forty|\d+) (?:year|decade|month)s?\b",
    re.IGNORECASE,
)
_FORWARD = 40
"""Characters by which a date before a figure counts as further away than one after it."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure with the claim it stands in."""

    text: str
    value: float
    unit: str
    before: str
    """The quote up to the figure."""
    after: str
    time: str
    """The words of the quote that date it, as far as there are any."""
    claim: ClaimView
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
    found = figures(catalogue, base="../")
    rows = [figure for claim in catalogue.claims for figure in found.get(claim.id, ())]
    yield markdown_page(_numbers(catalogue, rows), catalogue.site)
    yield Page(path="data/numbers.csv", body=_csv(catalogue, rows))


def figures(catalogue: Catalogue, base: str = "../../") -> dict[ClaimId, tuple[Figure, ...]]:
    """Return every figure by its claim, in reading order."""
    items = Items(catalogue, base)
    return {
        claim.id: tuple(_figure(items, claim, quantity) for quantity in claim.quantities)
        for claim in catalogue.claims
        if claim.quantities
    }


def spoken(value: float) -> str:
    """Return a value with its digits grouped, without a fraction that says nothing: `2,800,000,000,000`, `21.8`."""
    return f"{value:,.0f}" if value == int(value) and abs(value) < 1e18 else f"{value:,.12g}"


def _figure(items: Items, claim: Claim, quantity: Quantity) -> Figure:
    article = items.catalogue.article(claim.article)
    return Figure(
        text=" ".join(quantity.text.split()),
        value=quantity.value,
        unit=quantity.unit,
        before=_folded(article.text[claim.start : quantity.start]),
        after=_folded(article.text[quantity.end : claim.end]),
        time=_when(article.text, claim, quantity),
        claim=items.view(claim),
        near=tuple(dict.fromkeys(_near(items, claim, quantity)))[:NEAR],
    )


def _near(items: Items, claim: Claim, quantity: Quantity) -> Iterator[str]:
    """Name the figures of the same unit in linked claims."""
    for end in items.catalogue.related(claim.id):
        for other in end.claim.quantities:
            if other.unit == quantity.unit:
                yield f"{other.text} ({items.view(end.claim).article.label})"


def _folded(text: str) -> str:
    """Fold white space but keep a space at either end where there is one."""
    inner = " ".join(text.split())
    return (" " if text[:1].isspace() else "") + inner + (" " if inner and text[-1:].isspace() else "")


def _when(text: str, claim: Claim, quantity: Quantity) -> str:
    """Return the words of the quote that date a figure: the nearest, and rather those that follow it."""
    best: tuple[int, str] | None = None
    for found in _TIME.finditer(text, claim.start, claim.end):
        if found.start() < quantity.end and quantity.start < found.end():
            continue
        before = quantity.start - found.end()
        far = found.start() - quantity.end if before < 0 else before + _FORWARD
        if best is None or far < best[0]:
            best = (far, " ".join(found.group().split()))
    return best[1] if best else ""


def _groups(rows: Iterable[Figure]) -> list[UnitGroup]:
    by_unit: dict[str, list[Figure]] = {}
    for figure in rows:
        by_unit.setdefault(figure.unit, []).append(figure)
    ordered = sorted(by_unit.items(), key=lambda unit: (unit[0] == "", -len(unit[1]), unit[0]))
    return [
        UnitGroup(
            id=f"unit-{number}",
            label=unit or "counted things",
            figures=tuple(sorted(found, key=lambda figure: -figure.value)),
        )
        for number, (unit, found) in enumerate(ordered, 1)
    ]


def _numbers(catalogue: Catalogue, rows: list[Figure]) -> Document:
    body = template("numbers.html.j2").render(
        base="../",
        groups=_groups(sorted(rows, key=lambda figure: not figure.claim.main)[:MOST]),
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
        for year in dict.fromkeys(_YEAR.findall(claim.quote))
    ]
    years = sorted({moment.year for moment in moments})
    if len(years) < FEWEST_YEARS:
        return Markup("")
    counts = {year: sum(moment.year == year for moment in moments) for year in years}
    words = "; ".join(f"{year}: {plural(count, 'claim')}" for year, count in counts.items())
    return pictures.timeline("years", "Years that the claims speak of", f"Claims that name a year. {words}.", moments)


def _csv(catalogue: Catalogue, rows: Iterable[Figure]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for figure in rows:
        claim = figure.claim
        cells = (
            figure.text,
            f"{figure.value:.15g}",
            figure.unit,
            figure.time,
            claim.asserter,
            claim.hedge,
            claim.quote,
            claim.article.label,
            claim.published,
            "curated" if claim.curated else "detected",
            claim.id,
            catalogue.site.url + claim.address,
        )
        writer.writerow([_inert(cell) for cell in cells])
    return out.getvalue().encode()


def _inert(cell: str) -> str:
    """Keep a spreadsheet from taking text for a formula (OWASP, CSV injection); plain numbers pass."""
    if cell[:1] in "=+@\t\r" or (cell[:1] == "-" and not re.fullmatch(r"-[\d.]+(?:e[+-]?\d+)?", cell)):
        return "'" + cell
    return cell
