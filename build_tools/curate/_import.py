"""Highlights that people made elsewhere, as sidecar entries: Web Annotation JSON-LD and Hypothesis' API rows.

Comes in: parsed JSON from outside, and the articles. Goes out: YAML entries for each article, and problems S21.
Trusts nothing: counts and lengths are bounded, addresses are only compared, and no text is taken as YAML.
"""
from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from ..annotation_profile import MOST_ITEMS, claim_of, position_of, quote_of, sources_of
from ..ids import fold, slug
from ..model import CLAIM_KINDS, Article, ArticleId, ConceptId
from ..problems import Problems
from ..sidecar.formats import bad_concept_id
from ..sidecar.model import CuratedClaim, CuratedRelation, Rejected, Sidecar
from ._yaml import entry_of

_Standing = Mapping[str, Sequence[tuple[str, str]]]
MAX_IMPORT_BYTES: Final = 20_000_000
MAX_ANNOTATIONS: Final = 10_000
_LONGEST: Final = 5_000
_ROWS: Final = ("items", "rows", "annotations", "@graph")
"""Where the annotations of a page, a search result or a graph stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came in for one article."""

    article: ArticleId
    sidecar: str
    """Name of the sidecar that the entries belong in."""
    claims: tuple[CuratedClaim, ...]
    entries: str
    """The claims as YAML, indented for below `claims:`."""


def parse_annotations(raw: bytes, *, file: str, problems: Problems) -> object | None:
    """Read JSON from outside; None (and a problem) where that can't be done."""
    if len(raw) > MAX_IMPORT_BYTES:
        problems.error(
            "S21", file, f"the file holds {len(raw):,} bytes; more than {MAX_IMPORT_BYTES:,} are not read",
            "export fewer annotations at a time, for example those of one article",
        )
        return None
    try:
        found: object = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        problems.error("S21", file, "the file is not UTF-8", "save or export it again with the encoding UTF-8")
    except json.JSONDecodeError as error:
        problems.error(
            "S21", file, "the file is not JSON: from this place on it can't be read", "export it again; it must begin with { or [",
            line=error.lineno, column=error.colno,
        )
    except (RecursionError, ValueError):
        problems.error("S21", file, "the file is nested too deep, or holds a number too long", "export it again")
    else:
        return found
    return None


def import_annotations(
    data: object,
    articles: Sequence[Article],
    *,
    file: str,
    problems: Problems,
    topics: Collection[str] = (),
    entities: Collection[str] = (),
    stated: Collection[frozenset[str]] = (),
    present: Mapping[ArticleId, Sidecar] = MappingProxyType({}),
) -> list[Imported]:
    """Turn annotations into sidecar entries.

    An annotation belongs to the article whose address it names, else to the only one that holds its quote.

    Args:
        data: the parsed JSON: an AnnotationPage, an AnnotationCollection, a list, one annotation, or Hypothesis' rows.
        articles: every article.
        file: how problems name the file.
        problems: takes S21.
        topics: ids of known topics; tags that name none of these and no entity stay behind as remarks.
        entities: ids of known entities.
        stated: pairs of claim ids between which a sidecar states a relation already.
        present: sidecars that stand already; what is claimed or rejected there does not come in again.

    Returns:
        One value for each article that something came in for, in the order of `articles`.
    """
    rows = _rows(data)
    if not rows:
        problems.error(
            "S21", file, "the file holds no annotations",
            "give a Web Annotation page (a file of data/annotations), or the JSON of a Hypothesis search",
        )
    if len(rows) > MAX_ANNOTATIONS:
        problems.error(
            "S21", file, f"the file holds {len(rows):,} annotations; only the first {MAX_ANNOTATIONS:,} are taken",
            "export fewer annotations at a time, for example those of one article",
        )
    places = _Places(articles)
    standing = {name: _standing(sidecar) for name, sidecar in present.items()}
    taken: dict[ArticleId, list[tuple[CuratedClaim, tuple[str, ...]]]] = {}
    for at, row in enumerate(rows[:MAX_ANNOTATIONS]):
        if (found := _one(row, at, places, file, problems)) is not None:
            article, (claim, remarks) = found[0], _settled(found[1], row, found[0], topics, entities)
            if not _stands(claim, standing.get(article.id, {})):
                taken.setdefault(article.id, []).append((claim, remarks))
    pairs = set(stated)
    return [_imported(article, taken[article.id], pairs) for article in articles if article.id in taken]


def _rows(data: object) -> list[object]:
    """Find the annotations: a list, a page's items, the pages of a collection, Hypothesis' rows, or one alone."""
    if isinstance(data, list):
        return [row for item in data for row in (_rows(item) if _is_page(item) else [item])]
    if not isinstance(data, Mapping):
        return []
    for key in _ROWS:
        if isinstance(data.get(key), list):
            return list(data[key])
    if isinstance(data.get("first"), Mapping) and "first" not in data["first"]:
        return _rows(data["first"])
    return [data] if "target" in data else []


def _is_page(item: object) -> bool:
    return isinstance(item, Mapping) and "target" not in item and isinstance(item.get("items"), list)


class _Places:
    """Finds the article that an annotation stands on."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._by_address = {_bare(a.source_url): a for a in articles if a.source_url}
        self._by_id = {str(a.id): a for a in articles}
        self._folded = [(fold(a.text), a) for a in articles]

    def find(self, sources: Sequence[str], quote: str) -> Article | None:
        """Return the article an address names, else the only one with the quote."""
        for source in sources:
            if (found := self._by_address.get(_bare(source))) is not None:
                return found
            parts = _bare(source).removesuffix("/text.txt").split("/")
            if len(parts) >= 2 and parts[-2] == "articles" and parts[-1] in self._by_id:
                return self._by_id[parts[-1]]
        wanted = fold(quote)
        holding = [article for text, article in self._folded if wanted in text]
        return holding[0] if len(holding) == 1 else None


def _bare(address: str) -> str:
    """Leave out of an address what does not tell pages apart."""
    plain = address[:2_000].partition("#")[0].partition("?")[0].rstrip("/")
    return plain.removeprefix("https://").removeprefix("http://").removeprefix("www.")


def _one(row: object, at: int, places: _Places, file: str, problems: Problems) -> tuple[Article, CuratedClaim] | None:
    if not isinstance(row, Mapping):
        problems.warning("S21", file, f"annotation {at + 1} is no JSON object", "leave it out, or export again")
        return None
    if row.get("references"):
        return None  # a reply to another annotation: a conversation, not a highlight
    claim = claim_of(row) if quote_of(row) else _by_position(row, places)
    if claim is None:
        problems.warning(
            "S21", file, f"annotation {at + 1} quotes nothing, so that it has no place in an article",
            "leave it out: notes on a whole page are not imported",
        )
        return None
    if len(claim.quote) > _LONGEST or len(claim.note) > _LONGEST:
        problems.warning(
            "S21", file, f"the quote or the note of annotation {at + 1} is longer than {_LONGEST:,} characters",
            "shorten it to the sentence that is meant",
        )
        return None
    article = places.find(sources_of(row), claim.quote)
    if article is None:
        start = claim.quote[:60] + ("…" if len(claim.quote) > 60 else "")
        problems.warning(
            "S21", file, f"no article fits annotation {at + 1}: its address is none of theirs, and “{start}” "
            "stands in none of them, or in several",
            "put the annotated address into source_url: of the article's sidecar, then import again",
        )
        return None
    return article, claim


def _by_position(row: Mapping[str, object], places: _Places) -> CuratedClaim | None:
    """Read the quote of an annotation that has only a position; sound for our own texts, whose offsets it counts."""
    span = position_of(row)
    article = next((a for source in sources_of(row) if (a := places.find([source], "\0")) is not None), None)
    if span is None or article is None or span.end > len(article.text):
        return None
    target = {"selector": [{"type": "TextQuoteSelector", "exact": span.of(article.text)}]}
    return claim_of({**row, "target": target})


def _settled(
    claim: CuratedClaim, row: object, article: Article, topics: Collection[str], entities: Collection[str]
) -> tuple[CuratedClaim, tuple[str, ...]]:
    """Keep context only where it is needed, and read the tags and the text of a Hypothesis row."""
    wanted = fold(claim.quote)
    if fold(article.text).count(wanted) == 1:
        claim = replace(claim, prefix="", suffix="")
    if not isinstance(row, Mapping) or "body" in row:
        return _named_only(claim, topics, entities)
    text = row.get("text")
    note = " ".join(text[: _LONGEST].split()) if isinstance(text, str) else ""
    return _tagged(replace(claim, note=claim.note or note), row.get("tags"), topics, entities)


def _standing(sidecar: Sidecar) -> _Standing:
    """Return the contexts of each quote that a sidecar claims or rejects."""
    found: dict[str, list[tuple[str, str]]] = {}
    entries: tuple[CuratedClaim | Rejected, ...] = (*sidecar.claims, *sidecar.rejected)
    for entry in entries:
        found.setdefault(fold(entry.quote), []).append((entry.prefix, entry.suffix))
    return found


def _stands(claim: CuratedClaim, standing: _Standing) -> bool:
    """Say whether a sidecar has these words in this place already."""
    return any(
        _meet(claim.prefix[::-1], prefix[::-1]) and _meet(claim.suffix, suffix)
        for prefix, suffix in standing.get(fold(claim.quote), ())
    )


def _meet(one: str, other: str) -> bool:
    """Say whether the words next to a quote are the same as far as both go; one that has none goes with all."""
    one, other = fold(one), fold(other)
    return one.startswith(other) or other.startswith(one)


def _named_only(
    claim: CuratedClaim, topics: Collection[str], entities: Collection[str]
) -> tuple[CuratedClaim, tuple[str, ...]]:
    """Leave out what topics.yml does not have: a sidecar may not name it, and it may have been made of the articles' words."""
    names = (*(claim.topics or ()), *(claim.entities or ()))
    left = [name for name in names if name not in topics and name not in entities]
    if not left:
        return claim, ()
    kept, others = (tuple(name for name in given or () if name not in left) for given in (claim.topics, claim.entities))
    claim = replace(claim, topics=kept or None, entities=others or (None if claim.entities else claim.entities))
    return claim, tuple(_unknown_tag(name) for name in left)


def _unknown_tag(name: str) -> str:
    return f"tag that topics.yml does not have: {name}"


def _tagged(
    claim: CuratedClaim, tags: object, topics: Collection[str], entities: Collection[str]
) -> tuple[CuratedClaim, tuple[str, ...]]:
    words = [tag for tag in tags[:MOST_ITEMS] if isinstance(tag, str)] if isinstance(tags, list) else []
    ids = list(dict.fromkeys(tag if not bad_concept_id(tag) else slug(tag[:200]) for tag in words if tag.strip()))
    known = {*CLAIM_KINDS, "main", "other", *topics, *entities}
    left = [name for name in ids if name not in known]
    claim = replace(
        claim,
        kind=claim.kind or next((kind for kind in CLAIM_KINDS if kind in ids), None),
        weight=claim.weight or ("main" if "main" in ids else "other" if "other" in ids else None),
        topics=tuple(ConceptId(name) for name in ids if name in topics) or None,
        entities=tuple(ConceptId(name) for name in ids if name in entities) or None,
    )
    return claim, tuple(_unknown_tag(name) for name in left)


def _imported(
    article: Article, taken: Sequence[tuple[CuratedClaim, tuple[str, ...]]], pairs: set[frozenset[str]]
) -> Imported:
    """Write an article's entries: each quote once, each relation at one end only."""
    first: dict[tuple[str, str, str], tuple[CuratedClaim, tuple[str, ...]]] = {}
    for claim, remarks in taken:
        key = (fold(claim.quote), claim.prefix, claim.suffix)
        first.setdefault(key, (replace(claim, relations=tuple(_new_relations(claim, pairs))), remarks))
    text = "\n".join(entry_of(claim, remarks=remarks) for claim, remarks in first.values()) + "\n"
    stem = article.file.rsplit(".", 1)[0] if article.file else str(article.id)
    claims = tuple(claim for claim, _ in first.values())
    return Imported(article=article.id, sidecar=f"{stem}.yml", claims=claims, entries=text)


def _new_relations(claim: CuratedClaim, pairs: set[frozenset[str]]) -> Iterator[CuratedRelation]:
    for relation in claim.relations:
        pair = frozenset((claim.id or claim.quote, relation.to))
        if pair not in pairs:
            pairs.add(pair)
            yield relation
