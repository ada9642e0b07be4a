"""`data/claims.json` and `data/claims.csv`: every claim, one row each, with its relations on both ends.

Rows are written straight as text, since both files are as long as all others together; what both show is made once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from ..catalogue import Catalogue, Related, claim_address
from ..model import Asserter, Claim, Link, Page, Quantity
from ._write import compact, json_lines, json_text, span

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "'")
"""What a spreadsheet may take for a formula, and the mark that says it is none."""
_COLUMNS: Final = (
    "id,url,article,start,end,quote,prefix,suffix,paragraph,kind,weight,asserter,hedged,hedge,quantities,topics,entities,"
    "origin,reasons,note,relations\r\n"
)
"""The names of the contract, in its order; those of the JSON are the same."""
_Tails = Mapping[int, tuple[str, str]]


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the two files."""
    home, rows = catalogue.site.url, list[bytes]()
    table = [_COLUMNS.encode()] if catalogue.claims else []
    tails = {id(link): _tail(link) for link in catalogue.corpus.links}
    for claim in catalogue.claims:
        row, line = _forms(claim, home + claim_address(claim.id), _relations(catalogue.related(claim.id), tails))
        rows.append(row.encode())
        table.append(line.encode())
    yield json_lines("data/claims.json", rows)
    yield Page(path="data/claims.csv", body=b"".join(table))


def _forms(claim: Claim, url: str, relations: tuple[str, str]) -> tuple[str, str]:
    """Return a claim as an object of the JSON and as a line of the CSV. Ids and kinds hold no sign that either escapes."""
    asserter, asserter_cell = _asserter(claim.asserter)
    topics, topics_cell = _words(claim.topics)
    entities, entities_cell = _words(claim.entities)
    reasons, reasons_cell = _words(claim.reasons)
    quantities, quantities_cell = _quantities(claim.quantities) if claim.quantities else ("[]", "[]")
    hedged, hedge = ("true", span(claim.hedge)) if claim.hedge else ("false", "null")
    start, end, paragraph = claim.span.start, claim.span.end, claim.paragraph
    return (
        f'{{"id":"{claim.id}","url":{json_text(url)},"article":"{claim.article}","start":{start},"end":{end},'
        f'"quote":{json_text(claim.quote)},"prefix":{json_text(claim.prefix)},"suffix":{json_text(claim.suffix)},'
        f'"paragraph":{paragraph},"kind":"{claim.kind}","weight":"{claim.weight}","asserter":{asserter},'
        f'"hedged":{hedged},"hedge":{hedge},"quantities":{quantities},"topics":{topics},"entities":{entities},'
        f'"origin":"{claim.origin}","reasons":{reasons},"note":{json_text(claim.note)},"relations":{relations[0]}}}',
        f"{claim.id},{cell(url)},{claim.article},{start},{end},{cell(claim.quote)},{cell(claim.prefix)},{cell(claim.suffix)},"
        f"{paragraph},{claim.kind},{claim.weight},{asserter_cell},{hedged},{_quoted(hedge) if claim.hedge else ''},"
        f"{quantities_cell},{topics_cell},{entities_cell},{claim.origin},{reasons_cell},{cell(claim.note)},{relations[1]}\r\n",
    )


def _tail(link: Link) -> tuple[str, str]:
    """Return what both ends of a link show of it, as JSON and as it stands in a cell."""
    tail = (
        f'"kind":"{link.kind}","origin":"{link.origin}","score":{round(link.score, 4)},"note":{json_text(link.note)}}}'
    )
    return tail, tail.replace('"', '""')


def _relations(ends: Sequence[Related], tails: _Tails) -> tuple[str, str]:
    if not ends:
        return "[]", "[]"
    rows, cells = list[str](), list[str]()
    for end in ends:
        other, (tail, tail_cell) = end.claim.id, tails[id(end.link)]
        rows.append(f'{{"claim":"{other}",{tail}')
        cells.append(f'{{""claim"":""{other}"",{tail_cell}')
    return f"[{','.join(rows)}]", f'"[{",".join(cells)}]"'


def _asserter(asserter: Asserter) -> tuple[str, str]:
    written = f'{{"name":{_name(asserter.name)},"evidence":{span(asserter.evidence)}}}'
    return written, _quoted(written)


_name = lru_cache(maxsize=1024)(json_text)


@lru_cache(maxsize=8192)
def _words(words: tuple[str, ...]) -> tuple[str, str]:
    """Return a list of words in both forms; most claims share theirs with others."""
    written = compact(words)
    return written, _quoted(written) if words else written


def _quantities(quantities: Sequence[Quantity]) -> tuple[str, str]:
    written = f"[{','.join(map(_quantity, quantities))}]"
    return written, _quoted(written)


def _quantity(quantity: Quantity) -> str:
    whole = quantity.value.is_integer() and abs(quantity.value) < 2**53
    value = str(int(quantity.value)) if whole else compact(quantity.value)
    return (
        f'{{"start":{quantity.start},"end":{quantity.end},"value":{value},"unit":{_name(quantity.unit)},'
        f'"text":{json_text(quantity.text)}}}'
    )


def cell(text: str) -> str:
    """Return text as a cell (RFC 4180): an apostrophe goes before what looks like a formula or begins with one."""
    if text.startswith(_FORMULA):
        text = f"'{text}"
    return _quoted(text) if '"' in text or "," in text or "\n" in text or "\r" in text else text


def _quoted(text: str) -> str:
    """Return text as a cell between quotation marks. Lists and objects stand so, as JSON."""
    return '"' + text.replace('"', '""') + '"'
