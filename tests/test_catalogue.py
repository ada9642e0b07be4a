"""The catalogue's look-ups."""

from __future__ import annotations

from build_tools.catalogue import Catalogue
from build_tools.model import ArticleId, Asserter, Claim, ClaimId, Corpus, Link, RelationKind, Span
from build_tools.settings import Site

KINDS: tuple[RelationKind, ...] = ("disputes", "restates", "supports", "related")
CLAIMS = [
    Claim(id=ClaimId(f"c{n:07d}"), article=ArticleId(f"a{n}"), span=Span(0, 1), quote="x", kind="fact", asserter=Asserter(name="x"))
    for n in (5, 3, 8, 1, 9, 2, 7)
]
PLACE = {claim.id: place for place, claim in enumerate(CLAIMS)}
PAIRS = [(one, other) for one in range(len(CLAIMS)) for other in range(one)]
LINKS = [
    Link(source=CLAIMS[one if turn % 2 else other].id, target=CLAIMS[other if turn % 2 else one].id,
         origin="curated" if turn % 5 == 0 else "detected", kind=KINDS[turn % 4], score=(0.9, 0.5)[turn % 3 == 0])
    for turn, (one, other) in enumerate(PAIRS)
]  # fmt: skip


def test_the_other_ends_come_curated_first_then_by_kind_by_score_and_by_place() -> None:
    links = tuple(sorted(LINKS, key=lambda link: sorted((PLACE[link.source], PLACE[link.target]))))
    known = Catalogue(Corpus(articles=(), claims=tuple(CLAIMS), links=links, concepts=()), Site())
    for claim in CLAIMS:
        ends = known.related(claim.id)
        assert {frozenset((end.link.source, end.link.target)) for end in ends} == {
            frozenset((claim.id, other.id)) for other in CLAIMS if other is not claim
        }
        shown = [(e.link.origin != "curated", KINDS.index(e.link.kind), -e.link.score, PLACE[e.claim.id]) for e in ends]
        assert shown == sorted(shown)
        assert claim.id not in {end.claim.id for end in ends}


def test_a_claim_without_links_has_no_other_ends() -> None:
    known = Catalogue(Corpus(articles=(), claims=tuple(CLAIMS), links=(), concepts=()), Site())
    assert list(known.related(CLAIMS[0].id)) == []
