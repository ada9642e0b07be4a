"""`data/claims.json` and `data/claims.csv`: every claim, one row each, with its relations on both ends."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

from ..catalogue import Catalogue, claim_address
from ..model import Claim, Page, Quantity
from ._write import compact, json_lines, span

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "'")
"""What a spreadsheet may take for a formula, and the mark that says it is none."""


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the two files."""
    rows = [row(catalogue, claim) for claim in catalogue.claims]
    yield json_lines("data/claims.json", rows)
    yield Page(path="data/claims.csv", body=_table(rows).encode())


def row(catalogue: Catalogue, claim: Claim) -> dict[str, Any]:
    """Return a claim as the data has it; the names and their order are those of the contract."""
    return {
        "id": claim.id,
        "url": catalogue.site.url + claim_address(claim.id),
        "article": claim.article,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "prefix": claim.prefix,
        "suffix": claim.suffix,
        "paragraph": claim.paragraph,
        "kind": claim.kind,
        "weight": claim.weight,
        "asserter": {"name": claim.asserter.name, "evidence": span(claim.asserter.evidence)},
        "hedged": claim.hedged,
        "hedge": span(claim.hedge),
        "quantities": [_quantity(quantity) for quantity in claim.quantities],
        "topics": list(claim.topics),
        "entities": list(claim.entities),
        "origin": claim.origin,
        "reasons": list(claim.reasons),
        "note": claim.note,
        "relations": [
            {
                "claim": e.claim.id,
                "kind": e.link.kind,
                "origin": e.link.origin,
                "score": round(e.link.score, 4),
                "note": e.link.note,
            }
            for e in catalogue.related(claim.id)
        ],
    }


def _quantity(quantity: Quantity) -> dict[str, object]:
    whole = quantity.value.is_integer() and abs(quantity.value) < 2**53
    value = int(quantity.value) if whole else quantity.value
    return {"start": quantity.start, "end": quantity.end, "value": value, "unit": quantity.unit, "text": quantity.text}


def _table(rows: list[dict[str, Any]]) -> str:
    """Return the rows as CSV (RFC 4180); lists and objects stand in their cells as JSON."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    if rows:
        writer.writerow(rows[0])
    writer.writerows([cell(value) for value in one.values()] for one in rows)
    return out.getvalue()


def cell(value: object) -> str | int:
    """Return what a cell holds: an apostrophe goes before what looks like a formula or begins with one."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if value == []:
        return "[]"
    return "" if value is None else compact(value)
