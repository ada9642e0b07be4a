"""A claim as a W3C Web Annotation, and back: both directions side by side, so that they stay inverse.

Comes in: a claim with its article, or one annotation as JSON. Goes out: the other. Finds no quote in any text
and checks no reference; both are the importer's and the pipeline's.

The profile. An annotation has `motivation: describing`; `id` is the claim's address; `target.source` is the
article's address; `target.selector` holds a TextQuoteSelector (32 code points on either side at most) and a
TextPositionSelector (half-open code points into `text.txt`). Its bodies are TextualBody objects:

- one with `purpose: describing`: `value` is the note (may be empty), `format` is `text/plain`, and these terms of
  ours, under the prefix `sb:` that `CONTEXT` declares, hold the rest: `sb:claim` (id), `sb:kind`, `sb:weight`,
  `sb:origin`, `sb:asserter` (name), `sb:asserterWords` (where the text names the asserter), `sb:hedge` (the words,
  or `none`), `sb:sic` (list), `sb:relations` (list of `sb:to`, `sb:kind`, `sb:why`; curated ones only);
- one with `purpose: tagging` for each topic and entity: `value` is its id, `sb:scheme` is `topic` or `entity`.
"""
from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Final, TypeGuard, TypeVar

from .catalogue import Related
from .model import CLAIM_KINDS, RELATION_KINDS, Article, Claim, ClaimId, ConceptId, Span, Weight
from .sidecar.formats import bad_concept_id, bad_id
from .sidecar.model import CuratedClaim, CuratedRelation

CONTEXT: Final[tuple[str | dict[str, str], ...]] = ("http://www.w3.org/ns/anno.jsonld", {"sb": "urn:x-sourcebook:"})
"""Value of `@context` for a page or collection of these annotations (as a JSON list)."""
MOST_ITEMS: Final = 200
"""So many bodies, selectors or relations of one annotation are looked at."""
_WEIGHTS: Final[tuple[Weight, ...]] = ("main", "other")
_json: Final = encode_basestring
"""Writes text as JSON, at half the price of an encoder that takes any value."""
_Choice = TypeVar("_Choice", bound=str)


def annotation_of(
    claim: Claim, article: Article, ends: Sequence[Related] = (), *, claim_url: str, article_url: str
) -> dict[str, object]:
    """Describe a claim as a Web Annotation; takes what `annotation_json` takes."""
    found: dict[str, object] = json.loads(annotation_json(claim, article, ends, claim_url=claim_url, article_url=article_url))
    return found


def annotation_json(claim: Claim, article: Article, ends: Sequence[Related] = (), *, claim_url: str, article_url: str) -> str:
    """Describe a claim as a Web Annotation, in JSON on one line: straight as text, since every claim has one.

    Args:
        claim: the claim.
        article: the article it stands in.
        ends: what it is linked to; what a person stated is told.
        claim_url: address of the claim's page; becomes the annotation's id.
        article_url: address of the article's page; becomes the target's source.
    """
    tags = "".join([_tag("topic", name) for name in claim.topics] + [_tag("entity", name) for name in claim.entities])
    return (
        f'{{"id":{_json(claim_url)},"type":"Annotation","motivation":"describing",'
        f'"body":[{_description(claim, article.text, ends)}{tags}],"target":{{"source":{_json(article_url)},"selector":['
        f'{{"type":"TextQuoteSelector","exact":{_json(claim.quote)},"prefix":{_json(claim.prefix)},"suffix":{_json(claim.suffix)}}},'
        f'{{"type":"TextPositionSelector","start":{claim.span.start},"end":{claim.span.end}}}]}}}}'
    )


@lru_cache(maxsize=4096)
def _tag(scheme: str, name: str) -> str:
    return f',{{"type":"TextualBody","purpose":"tagging","value":{_json(name)},"sb:scheme":"{scheme}"}}'


def _description(claim: Claim, text: str, ends: Sequence[Related]) -> str:
    words, sic, stated = "", "", ""
    if claim.asserter.evidence:
        words = f',"sb:asserterWords":{_json(claim.asserter.evidence.of(text))}'
    hedge = _json(claim.hedge.of(text)) if claim.hedge else '"none"'
    if claim.sic:
        sic = f',"sb:sic":[{",".join([_json(span.of(text)) for span in claim.sic])}]'
    if relations := [_stated(end) for end in ends if end.link.origin == "curated"]:
        stated = f',"sb:relations":[{",".join(relations)}]'
    return (
        f'{{"type":"TextualBody","purpose":"describing","format":"text/plain","value":{_json(claim.note)},'
        f'"sb:claim":"{claim.id}","sb:kind":"{claim.kind}","sb:weight":"{claim.weight}","sb:origin":"{claim.origin}",'
        f'"sb:asserter":{_json(claim.asserter.name)}{words},"sb:hedge":{hedge}{sic}{stated}}}'
    )


def _stated(end: Related) -> str:
    return f'{{"sb:to":"{end.claim.id}","sb:kind":"{end.link.kind}","sb:why":{_json(end.link.note)}}}'


def claim_of(annotation: Mapping[str, object]) -> CuratedClaim | None:
    """Read a claim out of a Web Annotation; the inverse of `annotation_of`.

    Annotations of other makers have no terms of ours: their quote, their first text body as a note, and tags
    that look like ids are taken. What has the wrong form is left out.

    Returns:
        The claim, its white space folded as a sidecar's; None where no selector quotes anything.
    """
    quote = quote_of(annotation)
    if quote is None:
        return None
    bodies = [body for body in _many(annotation.get("body")) if _is_object(body)]
    said = next((body for body in bodies if "sb:claim" in body or "sb:kind" in body), None)
    notes = [said] if said is not None else [b for b in bodies if b.get("purpose") not in ("tagging", "classifying")]
    terms: Mapping[str, object] = said or {}
    claim_id, hedge = _words(terms.get("sb:claim")), _words(terms.get("sb:hedge"))
    return CuratedClaim(
        line=0,
        quote=quote,
        prefix=_words(_selector(annotation, "TextQuoteSelector").get("prefix")),
        suffix=_words(_selector(annotation, "TextQuoteSelector").get("suffix")),
        id=ClaimId(claim_id) if claim_id and not bad_id(claim_id) else None,
        kind=_choice(terms.get("sb:kind"), CLAIM_KINDS),
        weight=_choice(terms.get("sb:weight"), _WEIGHTS),
        asserter=_words(terms.get("sb:asserter")) or None,
        asserter_words=_words(terms.get("sb:asserterWords")) or None,
        hedge=hedge if hedge and hedge != "none" else None,
        not_hedged=hedge == "none",
        topics=_tags(bodies, "topic", said is not None),
        entities=_tags(bodies, "entity", said is not None),
        note=next((note for body in notes if (note := _words(body.get("value")))), ""),
        sic=tuple(word for item in _many(terms.get("sb:sic")) if (word := _words(item))),
        relations=tuple(r for item in _many(terms.get("sb:relations")) if (r := _relation(item)) is not None),
    )


def quote_of(annotation: Mapping[str, object]) -> str | None:
    """Return the words that an annotation stands on; None where it quotes none."""
    return _words(_selector(annotation, "TextQuoteSelector").get("exact")) or None


def position_of(annotation: Mapping[str, object]) -> Span | None:
    """Return the code points that an annotation's position selector names."""
    selector = _selector(annotation, "TextPositionSelector")
    start, end = selector.get("start"), selector.get("end")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
        return Span(start, end)
    return None


def sources_of(annotation: Mapping[str, object]) -> list[str]:
    """Return the addresses that an annotation says it stands on."""
    found: list[object] = [annotation.get("uri")]
    for target in _many(annotation.get("target")):
        source = target.get("source") if _is_object(target) else target
        found.append(source.get("id") if _is_object(source) else source)
    return [address for address in found if isinstance(address, str)]


def _selector(annotation: Mapping[str, object], kind: str) -> Mapping[str, object]:
    for target in _many(annotation.get("target")):
        for selector in _many(target.get("selector")) if _is_object(target) else ():
            if _is_object(selector) and selector.get("type") == kind:
                return selector
    return {}


def _tags(bodies: list[Mapping[str, object]], scheme: str, ours: bool) -> tuple[ConceptId, ...] | None:
    """Return a scheme's tags: an empty tuple says "none" in an annotation of ours, nothing in another's."""
    found = [
        ConceptId(value)
        for body in bodies
        if body.get("purpose") == "tagging" and body.get("sb:scheme", "topic") == scheme
        if (value := _words(body.get("value"))) and not bad_concept_id(value)
    ]
    return tuple(dict.fromkeys(found)) if found or ours else None


def _relation(item: object) -> CuratedRelation | None:
    if not _is_object(item):
        return None
    to, kind, why = _words(item.get("sb:to")), _choice(item.get("sb:kind"), RELATION_KINDS), _words(item.get("sb:why"))
    if not to or bad_id(to) or kind is None or not why:
        return None
    return CuratedRelation(line=0, to=ClaimId(to), kind=kind, why=why)


def _is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping)


def _many(value: object) -> list[object]:
    """Return a JSON value as a list: JSON-LD leaves out the brackets around a single one."""
    if value is None:
        return []
    return value[:MOST_ITEMS] if isinstance(value, list) else [value]


def _words(value: object) -> str:
    """Return a text with folded white space; empty for what is none."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def _choice(value: object, choices: tuple[_Choice, ...]) -> _Choice | None:
    return next((choice for choice in choices if choice == value), None)
