"""What a sidecar says, as values; shared by its loader, the curation commands and the annotation profile.

Comes in: nothing. Goes out: frozen types, None wherever the curator states nothing. Reads and checks nothing.
"""
from __future__ import annotations

from dataclasses import dataclass

from ..model import ClaimId, ClaimKind, ConceptId, RelationKind, Rights, Weight


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratedRelation:
    """How a claim speaks to a claim of another article, as a curator states it."""

    line: int
    """1-based, in the sidecar."""
    to: ClaimId
    kind: RelationKind
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratedClaim:
    """One entry below `claims`. White space in its texts is folded to single spaces."""

    line: int
    """1-based line of the entry's first key; 0 where it does not come from a file."""
    quote: str
    """Empty only beside `merged_into`."""
    prefix: str = ""
    suffix: str = ""
    id: ClaimId | None = None
    kind: ClaimKind | None = None
    weight: Weight | None = None
    asserter: str | None = None
    by_author: bool = False
    """`asserter: author`: it is the article's author, whoever was detected."""
    asserter_words: str | None = None
    hedge: str | None = None
    not_hedged: bool = False
    """`hedge: none`: nothing limits the claim, whatever was detected."""
    topics: tuple[ConceptId, ...] | None = None
    entities: tuple[ConceptId, ...] | None = None
    note: str = ""
    sic: tuple[str, ...] = ()
    relations: tuple[CuratedRelation, ...] = ()
    merged_into: ClaimId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """One entry below `rejected`: detected, but not a claim."""

    line: int
    quote: str
    prefix: str = ""
    suffix: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidecar:
    """All that a curator says about one article."""

    file: str
    """As problems name it."""
    title: str | None = None
    authors: tuple[str, ...] | None = None
    """Empty where the curator says that there are none."""
    publisher: str | None = None
    published: str | None = None
    source_url: str | None = None
    language: str | None = None
    rights: Rights | None = None
    rights_note: str = ""
    claims: tuple[CuratedClaim, ...] = ()
    rejected: tuple[Rejected, ...] = ()
