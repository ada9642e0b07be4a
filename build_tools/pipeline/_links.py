"""Links between claims: what people stated first, what was detected where nobody did.

Comes in: the sidecars' relations, the detected links, all claims. Goes out: one tuple of links, each pair once.
Never closes a relation transitively.
"""
from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from ..model import Article, ArticleId, Claim, ClaimId, Concept, Link, Span
from ..problems import Problems
from ..sidecar import Sidecar, check_references
from ._drafts import Draft


class Annotated(Protocol):
    """An article with its sidecar and its draft."""

    @property
    def article(self) -> Article:
        """The article."""

    @property
    def sidecar(self) -> Sidecar | None:
        """What a person wrote about it."""

    @property
    def draft(self) -> Draft:
        """Its claims before they got their ids."""


def curated_links(
    sources: Sequence[Annotated],
    claims: Sequence[Claim],
    merged: Mapping[ClaimId, ClaimId],
    concepts: Sequence[Concept],
    problems: Problems,
    *,
    unseen: Collection[ClaimId] = (),
) -> tuple[Link, ...]:
    """Return the relations that people stated, and report those that lead nowhere.

    Args:
        sources: the articles with their sidecars.
        claims: every claim of the corpus with its settled id.
        merged: ids that became another one.
        concepts: the vocabulary that people wrote.
        problems: takes the S-codes of unknown or doubled targets.
        unseen: ids that are known and not shown: cut from an excerpt, or retired. A relation to one is kept for later.
    """
    own = {source.article.id for source in sources if source.sidecar}
    if not own:
        return ()
    known = {claim.id: claim for claim in claims}
    at = {(claim.article, claim.span): claim.id for claim in claims if claim.article in own}
    _check(sources, known, at, merged, concepts, problems, unseen)
    links: dict[tuple[ClaimId, ClaimId], Link] = {}
    for source in sources:
        for place in source.draft.placed:
            start = at.get((source.article.id, place.span))
            for said in place.curated.relations:
                end = merged.get(ClaimId(said.to), ClaimId(said.to))
                if start is None or end not in known or known[end].article == source.article.id:
                    continue
                key = (start, end) if start < end else (end, start)
                links.setdefault(
                    key, Link(source=start, target=end, kind=said.kind, origin="curated", note=said.why)
                )
    return tuple(links.values())


def _check(
    sources: Sequence[Annotated],
    known: Mapping[ClaimId, Claim],
    at: Mapping[tuple[ArticleId, Span], ClaimId],
    merged: Mapping[ClaimId, ClaimId],
    concepts: Sequence[Concept],
    problems: Problems,
    unseen: Collection[ClaimId],
) -> None:
    """Report what the sidecars name and nobody knows."""
    own = [source.sidecar for source in sources if source.sidecar]
    files = {source.article.id: source.sidecar.file for source in sources if source.sidecar}
    homes = {str(claim.id): files[claim.article] for claim in known.values() if claim.article in files}
    minted = {
        (source.sidecar.file, place.curated.line): str(name)
        for source in sources
        if source.sidecar
        for place in source.draft.placed
        if (name := at.get((source.article.id, place.span)))
    }
    check_references(
        own,
        {*map(str, known), *map(str, unseen), *(str(old) for old, new in merged.items() if new in known)},
        {str(concept.id) for concept in concepts if concept.kind == "topic"},
        {str(concept.id) for concept in concepts if concept.kind != "topic"},
        problems,
        home=homes,
        minted=minted,
    )


def united(curated: Sequence[Link], detected: Sequence[Link], claims: Sequence[Claim]) -> tuple[Link, ...]:
    """Return all links, each pair once; people's word wins.

    Between two articles whose relations a person has stated, nothing detected is added: who compared two
    articles by reading has seen that pair, too.
    """
    place = {claim.id: number for number, claim in enumerate(claims)}
    curated = [link for link in curated if link.source in place and link.target in place]
    links = [_forward(link, place) for link in (*curated, *_free(detected, curated, claims))]
    size = len(place)
    return tuple(sorted(links, key=lambda link: place[link.source] * size + place[link.target]))


def _free(detected: Sequence[Link], curated: Sequence[Link], claims: Sequence[Claim]) -> Sequence[Link]:
    """Return the detected links between articles that no person has compared."""
    if not curated:
        return detected
    article = {claim.id: claim.article for claim in claims}
    compared = {frozenset((article[link.source], article[link.target])) for link in curated}
    return [link for link in detected if frozenset((article[link.source], article[link.target])) not in compared]


def _forward(link: Link, place: Mapping[ClaimId, int]) -> Link:
    if place[link.source] <= place[link.target]:
        return link
    return Link(
        source=link.target,
        target=link.source,
        kind=link.kind,
        score=link.score,
        reasons=link.reasons,
        origin=link.origin,
        note=link.note,
    )
