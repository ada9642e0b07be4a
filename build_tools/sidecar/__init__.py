"""The curator's file beside an article: its YAML turned into frozen values, and everything that is wrong with it.

Comes in: `<name>.yml`. Goes out: a `Sidecar` that says None wherever nothing is stated, and problems S01 to S12
and S19. Does not look into the article or other files; `check_*` do, with what the pipeline hands them.
"""
from __future__ import annotations

from pathlib import Path
from typing import Final

from ..ids import fold
from ..model import CLAIM_KINDS, RELATION_KINDS, ClaimId, ConceptId, Rights, Weight
from ..problems import Problems
from ..yaml_source import Place, Report, Scalar, Table, parse_yaml, read_source
from ..yaml_source.fields import Fields, kind_of, shown
from ._checks import check_folder, check_references
from .formats import bad_concept_id, bad_date, bad_id, bad_language, bad_url
from .model import CuratedClaim, CuratedRelation, Rejected, Sidecar

__all__ = [
    "CuratedClaim", "CuratedRelation", "Rejected", "Sidecar",
    "check_folder", "check_references", "load_sidecar", "parse_sidecar",
]

SIDECAR_KEYS: Final = (
    "title", "authors", "publisher", "published", "source_url", "language", "rights", "rights_note", "claims",
    "rejected",
)
CLAIM_KEYS: Final = (
    "quote", "prefix", "suffix", "id", "kind", "weight", "asserter", "asserter_words", "hedge", "topics", "entities",
    "note", "sic", "relations", "merged_into",
)
RELATION_KEYS: Final = ("to", "kind", "why")
REJECTED_KEYS: Final = ("quote", "prefix", "suffix", "why")
WEIGHTS: Final[tuple[Weight, ...]] = ("main", "other")
RIGHTS: Final[tuple[Rights, ...]] = ("full", "excerpt")
AUTHOR: Final = "author"
"""Stands for the article's own author as an asserter."""
NOT_HEDGED: Final = "none"
_A_CLAIM: Final = "quote: the words of the article"


def load_sidecar(path: Path, *, file: str, problems: Problems) -> Sidecar | None:
    """Read a sidecar.

    Args:
        path: the file.
        file: how problems name it.
        problems: takes all that is wrong with it, at once.

    Returns:
        What is sound in it, the rest left out; None where the file is no YAML or can't be read.
    """
    report = Report(file, "S", problems)
    text = read_source(path, report)
    return None if text is None else _parse(text, report)


def parse_sidecar(text: str, *, file: str, problems: Problems) -> Sidecar | None:
    """Read a sidecar from its text; the same as `load_sidecar` otherwise."""
    return _parse(text, Report(file, "S", problems))


def _parse(text: str, report: Report) -> Sidecar | None:
    root = parse_yaml(text, report)
    if root is None or (isinstance(root, Scalar) and root.value is None):
        return None if report.count else Sidecar(file=report.file)
    if not isinstance(root, Table):
        report.error(
            6, root.place, f"the file is {kind_of(root)}, not keys with values",
            "begin lines with a key and a colon, such as title: … or claims:",
        )
        return None
    return _sidecar(Fields(root, "", report, SIDECAR_KEYS, {"rejected": REJECTED_KEYS, "claims": CLAIM_KEYS}))


def _sidecar(top: Fields) -> Sidecar:
    claims = tuple(c for f in top.records("claims", CLAIM_KEYS, _A_CLAIM) if (c := _claim(f)) is not None)
    rejected = tuple(r for f in top.records("rejected", REJECTED_KEYS, _A_CLAIM) if (r := _rejected(f)) is not None)
    _each_once(claims, rejected, top.report)
    return Sidecar(
        file=top.report.file,
        title=top.text("title", "the article's title"),
        authors=top.texts("authors", "Ada Lovelace"),
        publisher=top.text("publisher", "Brookings Institution", may_be_empty=True),
        published=top.checked("published", "2026-03-09", bad_date),
        source_url=top.checked("source_url", "https://example.org/article", bad_url),
        language=top.checked("language", "en", bad_language),
        rights=top.choice("rights", RIGHTS),
        rights_note=top.text("rights_note", "CC BY 4.0", may_be_empty=True) or "",
        claims=claims,
        rejected=rejected,
    )


def _claim(fields: Fields) -> CuratedClaim | None:
    merged_into = _id(fields, "merged_into")
    if not fields.given("quote") and not fields.given("merged_into"):
        fields.missing("quote", "nothing says which words are claimed", "the words, copied from the article")
    if fields.given("merged_into") and not fields.given("id"):
        fields.missing("id", "merged_into says where an old address points, and id is that address", "c7k2m9x")
    quote = fields.text("quote", "the words, copied from the article")
    if quote is None and merged_into is None:
        _relations(fields)
        return None
    asserter = fields.text("asserter", "Anthropic, or author for the article's own author")
    hedge = fields.text("hedge", "may be, or none where one was detected wrongly")
    return CuratedClaim(
        line=fields.table.place.line,
        quote=quote or "",
        prefix=fields.text("prefix", "the words before the quote", may_be_empty=True) or "",
        suffix=fields.text("suffix", "the words after the quote", may_be_empty=True) or "",
        id=_id(fields, "id"),
        kind=fields.choice("kind", CLAIM_KINDS),
        weight=fields.choice("weight", WEIGHTS),
        asserter=None if asserter == AUTHOR else asserter,
        by_author=asserter == AUTHOR,
        asserter_words=fields.text("asserter_words", "Anthropic has reported"),
        hedge=None if hedge == NOT_HEDGED else hedge,
        not_hedged=hedge == NOT_HEDGED,
        topics=_concepts(fields, "topics", "export-controls"),
        entities=_concepts(fields, "entities", "anthropic"),
        note=fields.text("note", "a sentence for the reader", may_be_empty=True) or "",
        sic=_misprints(fields, quote),
        relations=_relations(fields),
        merged_into=merged_into,
    )


def _id(fields: Fields, key: str) -> ClaimId | None:
    found = fields.checked(key, "c7k2m9x", bad_id)
    return None if found is None else ClaimId(found)


def _concepts(fields: Fields, key: str, example: str) -> tuple[ConceptId, ...] | None:
    found = fields.texts(key, example)
    if found is None:
        return None
    for name in found:
        if wrong := bad_concept_id(name):
            fields.report.error(7, fields.place(key), f"{fields.where(key)} holds {shown(name)}, {wrong[1]}", wrong[2])
    return tuple(ConceptId(name) for name in found if not bad_concept_id(name))


def _relations(fields: Fields) -> tuple[CuratedRelation, ...]:
    entries = fields.records("relations", RELATION_KEYS, "to: c7k2m9x")
    return tuple(found for entry in entries if (found := _relation(entry)) is not None)


def _relation(fields: Fields) -> CuratedRelation | None:
    if not fields.given("to"):
        fields.missing("to", "nothing says which claim it leads to", "c7k2m9x")
    if not fields.given("kind"):
        fields.missing("kind", "nothing says how the two claims stand to each other", "supports")
    if not fields.given("why"):
        fields.missing("why", "readers are told why two claims are set side by side", "One sentence that says why.")
    to, kind = _id(fields, "to"), fields.choice("kind", RELATION_KINDS)
    why = fields.text("why", "One sentence that says why.")
    if to is None or kind is None or why is None:
        return None
    return CuratedRelation(line=fields.table.place.line, to=to, kind=kind, why=why)


def _rejected(fields: Fields) -> Rejected | None:
    if not fields.given("quote"):
        fields.missing("quote", "nothing says which detection is meant", "the words, copied from the article")
    quote = fields.text("quote", "the words, copied from the article")
    prefix = fields.text("prefix", "the words before the quote", may_be_empty=True) or ""
    suffix = fields.text("suffix", "the words after the quote", may_be_empty=True) or ""
    why = fields.text("why", "signposting", may_be_empty=True) or ""
    if quote is None:
        return None
    return Rejected(line=fields.table.place.line, quote=quote, prefix=prefix, suffix=suffix, why=why)


def _misprints(fields: Fields, quote: str | None) -> tuple[str, ...]:
    """Read `sic`, and warn of misprints that don't stand in the quote."""
    words = fields.texts("sic", "buisness") or ()
    folded = fold(quote or "")
    for word in words:
        if quote and fold(word) not in folded:
            fields.report.warning(
                19, fields.place("sic"),
                f"{fields.where('sic')} holds {shown(word)}, which does not stand in the quote {shown(quote)}",
                "copy the misprint from the quote to the letter, or delete it here",
            )
    return words


def _each_once(claims: tuple[CuratedClaim, ...], rejected: tuple[Rejected, ...], report: Report) -> None:
    """Report claims that can't be told from each other, and ids given twice."""
    first: dict[tuple[str, str, str], int] = {}
    ids: dict[ClaimId, int] = {}
    entries: tuple[CuratedClaim | Rejected, ...] = (*claims, *rejected)
    for entry in entries:
        key = (entry.quote, entry.prefix, entry.suffix)
        if entry.quote and first.setdefault(key, entry.line) != entry.line:
            report.error(
                12, _line_place(entry.line), f"the quote {shown(entry.quote)} stands already in line {first[key]}",
                "delete one of the two; if the article has these words twice, add prefix: with the words before them",
            )
        if isinstance(entry, CuratedClaim) and entry.id and ids.setdefault(entry.id, entry.line) != entry.line:
            report.error(
                12, _line_place(entry.line), f"the id {entry.id} belongs already to the claim in line {ids[entry.id]}",
                "delete the line id: here; the claim gets an id of its own",
            )


def _line_place(line: int) -> Place:
    return Place(line, 1, 0, 0)
