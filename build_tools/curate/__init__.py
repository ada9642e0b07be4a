"""The curator's commands as pure functions: propose a sidecar, name an added file, queue what needs review.

Comes in: articles, claims and sidecars as values. Goes out: YAML and plain text to print or store. Reads and
writes no file; `fix_sidecar`, `add_claims` and `import_annotations` are offered from here too.
"""
from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final

from ..ids import fold, slug
from ..model import Article, ArticleId, Claim, ConceptId
from ..problems import BuildError, Problem
from ..sidecar.model import CuratedClaim, Sidecar
from ._import import Imported, import_annotations, parse_annotations
from ._repair import Repair, add_claims, fix_sidecar
from ._yaml import comment, commented, entry_of, line_of, listed

__all__ = [
    "Imported", "Repair", "ReviewItem", "add_claims", "clean_name", "fix_sidecar", "import_annotations",
    "parse_annotations", "propose", "render_queue", "review_queue",
]

_SUFFIXES: Final[dict[str, str]] = {
    ".txt": ".txt", ".text": ".txt", ".html": ".html", ".htm": ".html", ".xhtml": ".html",
    ".md": ".md", ".markdown": ".md",
}
_RESERVED: Final = frozenset(
    {"topics", "ledger", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names of our own files, and names that Windows can't store."""
_LONGEST_QUOTE: Final = 5_000


def clean_name(original: str) -> str:
    """Return the name under which a file is taken into the seeds folder.

    Args:
        original: the file's name or path as given.

    Returns:
        `[a-z0-9-]`, at most 60 characters, and `.txt`, `.html` or `.md`.

    Raises:
        BuildError: the file is of a kind that is not read (S20).
    """
    path = PurePosixPath(original.replace("\\", "/"))
    suffix = _SUFFIXES.get(path.suffix.lower())
    if suffix is None:
        raise BuildError(
            Problem(
                file=path.name or original, code="S20", severity="error",
                message=f"{path.name or original} is not read: articles end in .txt, .html or .md",
                remedy="save the article as plain text (.txt) or as a web page (.html) and add that",
            )
        )
    stem = slug(path.stem[:500])
    return f"article-{stem}{suffix}" if stem in _RESERVED else stem + suffix


def propose(article: Article, claims: Sequence[Claim]) -> str:
    """Write a starter sidecar: what was found, ready to edit, and hints for what was not.

    Args:
        article: the article as read.
        claims: its claims as detected, in reading order.
    """
    listable = [claim for claim in claims if len(claim.quote) <= _LONGEST_QUOTE]
    main = [claim for claim in listable if claim.weight == "main"]
    other = [claim for claim in listable if claim.weight != "main"]
    parts = [_head(article), _metadata(article), _main_entries(article, main)]
    if other:
        parts.append(_other_entries(article, other))
    parts.append(_REJECTED_HINT)
    return "\n".join(parts)


_NO_MAIN_HINT: Final = """\
# Nothing was detected that should be shown first.
claims:
#   - quote: the words, copied from the article
"""
_REJECTED_HINT: Final = """\
# What was detected and is no claim at all:
# rejected:
#   - quote: the words, copied from the article
#     why: signposting
"""


def _head(article: Article) -> str:
    return "\n".join([
        comment(f"Proposed from {article.file or article.id}. Everything here is optional: keep what"),
        "# you have checked, delete the rest. What a line here says wins over what is detected.",
        "",
    ])


def _metadata(article: Article) -> str:
    """Write what the article tells about itself, and a commented line for each thing it doesn't tell."""
    lines = [
        _stated("title", article.title, "the title"),
        f"authors: {listed(article.authors)}" if article.authors else "# authors: [Ada Lovelace]",
        _stated("publisher", article.publisher, "who published it"),
        _stated("published", article.published, "2026-03-09                # or 2026-03, or 2026"),
        _stated("source_url", article.source_url, "https://example.org/article"),
        _stated("language", article.language, "en"),
        _stated("rights", article.rights, "full                  # or excerpt; full only where somebody allowed it"),
        _stated("rights_note", article.rights_note, "who allowed what"),
    ]
    return "\n".join([*lines, ""])


def _stated(key: str, value: str, hint: str) -> str:
    flat = " ".join(value.split())
    return line_of(key, flat) if flat else f"# {key}: {hint}"


def _main_entries(article: Article, main: Sequence[Claim]) -> str:
    if not main:
        return _NO_MAIN_HINT
    entries = [entry_of(_as_curated(claim, article), remarks=[_remark(claim)]) for claim in main]
    return "\n".join(["claims:", "  # Shown first. Keep at most ten with weight: main.", *entries, ""])


def _other_entries(article: Article, other: Sequence[Claim]) -> str:
    entries = [commented(entry_of(_as_curated(claim, article), remarks=[])) for claim in other]
    return "\n".join([
        f"  # {len(other)} more, shown on request; they stand without being listed here.",
        "  # To confirm or change one, remove the # before each of its lines.", *entries, "",
    ])


def _remark(claim: Claim) -> str:
    why = f": {', '.join(claim.reasons)}" if claim.reasons else ""
    return f"paragraph {claim.paragraph}, score {claim.score:.2f}{why}"


def _as_curated(claim: Claim, article: Article) -> CuratedClaim:
    """State a detected claim as a person would: only what is not a matter of course."""
    words = claim.asserter.evidence.of(article.text) if claim.asserter.evidence else None
    hedge = claim.hedge if claim.hedge and claim.span.contains(claim.hedge) else None
    return CuratedClaim(
        line=0,
        quote=" ".join(claim.quote.split()),
        prefix=_context(claim, article),
        kind=claim.kind,
        weight=claim.weight if claim.weight == "main" else None,
        asserter=" ".join(claim.asserter.name.split()) if words else None,
        asserter_words=" ".join(words.split()) if words else None,
        hedge=" ".join(hedge.of(article.text).split()) if hedge else None,
        topics=claim.topics or None,
        entities=claim.entities or None,
    )


def _context(claim: Claim, article: Article) -> str:
    """Return the words before a quote where the article holds it more than once."""
    if article.text.find(claim.quote) == article.text.rfind(claim.quote):
        return ""
    return " ".join(article.text[max(0, claim.start - 32) : claim.start].split())


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """A detection that nobody has confirmed or rejected yet."""

    file: str
    """The article's name in the seeds folder."""
    sidecar: str
    """Where the entry belongs."""
    claim: Claim
    entry: str
    """YAML to paste below `claims:`."""


def review_queue(
    claims: Sequence[Claim],
    articles: Sequence[Article],
    sidecars: Mapping[ArticleId, Sidecar],
    named: Collection[ConceptId],
) -> list[ReviewItem]:
    """Return the detections nobody has looked at, most important first.

    A detection counts as seen where a curated claim overlaps it, or where its words are those of a claim or a
    rejection in the sidecar.

    Args:
        claims: every claim of the corpus.
        articles: the articles they stand in.
        sidecars: what people wrote, by article.
        named: topics and names of the vocabulary: no others may stand in an entry.
    """
    by_id = {article.id: article for article in articles}
    curated: dict[ArticleId, list[Claim]] = {}
    for claim in claims:
        if claim.origin == "curated":
            curated.setdefault(claim.article, []).append(claim)
    seen = {article: _seen(sidecar) for article, sidecar in sidecars.items()}
    open_claims = [
        claim
        for claim in claims
        if claim.origin == "detected"
        and claim.article in by_id
        and fold(claim.quote) not in seen.get(claim.article, frozenset())
        and not any(claim.span.overlaps(other.span) for other in curated.get(claim.article, ()))
    ]
    open_claims.sort(key=lambda c: (c.weight != "main", -c.score, by_id[c.article].file, c.start, c.end))
    return [_item(claim, by_id[claim.article], named) for claim in open_claims]


def _seen(sidecar: Sidecar) -> frozenset[str]:
    return frozenset(fold(entry.quote) for entries in (sidecar.claims, sidecar.rejected) for entry in entries)


def _item(claim: Claim, article: Article, named: Collection[ConceptId]) -> ReviewItem:
    file = article.file or f"{article.id}.txt"
    topics, entities = (tuple(name for name in names if name in named) for names in (claim.topics, claim.entities))
    entry = entry_of(_as_curated(replace(claim, topics=topics, entities=entities), article))
    return ReviewItem(file=file, sidecar=f"{PurePosixPath(file).stem}.yml", claim=claim, entry=entry)


def render_queue(items: Sequence[ReviewItem], *, most: int | None = None) -> str:
    """Write the queue for people: where each detection stands, why it was taken, and the lines to paste.

    Args:
        items: the queue.
        most: how many to show; None for all.
    """
    if not items:
        return "Nothing to review: every detection is confirmed or rejected.\n"
    counted = "1 detection" if len(items) == 1 else f"{len(items)} detections"
    shown = items[:most]
    lines = [
        f"{counted} to review, most important first.",
        "Paste an entry below claims: to confirm it; below rejected:, its quote alone says that it is no claim.",
        "",
    ]
    for item in shown:
        weight = "main, " if item.claim.weight == "main" else ""
        lines += [f"{item.sidecar}: {weight}{_remark(item.claim)}", item.entry, ""]
    if len(shown) < len(items):
        lines += [f"and {len(items) - len(shown)} more.", ""]
    return "\n".join(lines)
