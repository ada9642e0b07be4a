"""Work grows with the corpus, not with its square: counted, not timed, so that a busy machine changes nothing."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest
from ratio import grows_in_step

from build_tools.concepts import name_concepts, tagged
from build_tools.concepts._names import gather
from build_tools.model import ArticleId, Asserter, Claim, ClaimId, Span
from build_tools.pipeline._drafts import changed
from build_tools.processes import side_by_side, uncollected
from build_tools.relate import relate
from build_tools.relate._pairs import MOST_LINKS, proposals, scored, strongest
from build_tools.relate._terms import Terms

WORDS = (
    "harbour", "tunnel", "ministry", "orchard", "glacier", "falcon", "museum", "province", "bridge", "tomato",
    "committee", "symphony", "baker", "dawn", "valley", "storm", "winter", "cyclist", "school", "map",
    "village", "ice", "metre", "summer", "tribunal", "watermark", "voter", "video", "rent", "district",
)
"""Few enough that every claim shares several with many others: the worst case for a matcher."""


def corpus(size: int) -> list[Claim]:
    quotes = [
        "The " + " ".join(WORDS[number * step * step % len(WORDS)] for step in (1, 2, 3, 5, 7)) + f" {number % 40} closed."
        for number in range(size)
    ]
    return [
        Claim(
            id=ClaimId(f"c{number:07d}"),
            article=ArticleId(f"a{number // 10}"),
            span=Span(0, len(quote)),
            quote=quote,
            kind="fact",
            asserter=Asserter(name="x"),
        )
        for number, quote in enumerate(quotes)
    ]


def compared(size: int) -> float:
    """Pairs scored exactly, a claim."""
    claims = corpus(size)
    found = proposals([claim.article for claim in claims], Terms([claim.quote for claim in claims]))
    return sum(len(others) for _, others in found) / size


def listed(size: int) -> float:
    """Postings that are walked through to propose the pairs, a claim."""
    claims = corpus(size)
    walked = 0

    class Counted(list[int]):
        def __iter__(self) -> Iterator[int]:
            nonlocal walked
            walked += len(self)
            return super().__iter__()

    list(proposals([claim.article for claim in claims], Terms([claim.quote for claim in claims]), listing=Counted))
    return walked / size


@pytest.mark.parametrize(("work", "bound"), [(compared, 8.0), (listed, 310.0)])
def test_work_a_claim_stays_bounded(work: Callable[[int], float], bound: float) -> None:
    few, more, many = work(50), work(200), work(2000)
    assert few > 0.5, "nothing was counted"
    assert max(few, more, many) <= bound
    assert many <= max(2 * more, bound / 4), "the work a claim grows with the corpus"


def test_links_a_claim_stay_bounded() -> None:
    claims = corpus(400)
    links = relate(claims)
    assert links
    assert len(links) <= 2 * len(claims)
    for claim in claims:
        assert sum(claim.id in (link.source, link.target) for link in links) <= MOST_LINKS


ALIKE = (
    ("one", "The harbour tunnel froze."),
    ("two", "The harbour tunnel froze."),
    ("three", "A harbour tunnel burst."),
    ("three", "Orchards and falcons."),
    ("four", "Symphonies and museums."),
    ("four", "Bakers and tomatoes."),
)


def test_pairs_below_the_floor_are_left_out() -> None:
    articles, terms = [article for article, _ in ALIKE], Terms([statement for _, statement in ALIKE])

    def found(floor: float, of: list[str]) -> list[tuple[int, int, float]]:
        return strongest(scored(of, terms, floor), len(of))

    assert terms.likeness(0, 1) == pytest.approx(1.0)
    likeness = terms.likeness(0, 2)
    assert found(0.1, articles) == [(0, 1, 1.0), (0, 2, round(likeness, 9)), (1, 2, round(likeness, 9))]
    assert found(likeness + 0.01, articles) == [(0, 1, 1.0)]
    assert found(0.1, ["one"] * len(ALIKE)) == []


@pytest.mark.parametrize("cut", [0, 1, 70, 119, 120])
def test_pairs_of_parts_are_the_pairs_of_all(cut: int) -> None:
    claims = corpus(120)
    articles, terms = [claim.article for claim in claims], Terms([claim.quote for claim in claims])
    whole = list(proposals(articles, terms))
    first, second = ([*proposals(articles, terms, part)] for part in (range(cut), range(cut, len(claims))))
    assert first + second == whole != []
    assert {place for place, _ in first} <= set(range(cut))
    assert len(scored(articles, terms, 0.1, range(cut))) < len(scored(articles, terms, 0.1)) or cut == len(claims)


def test_the_strongest_pairs_are_kept() -> None:
    quote = "The harbour tunnel froze."
    terms = Terms([quote, "The harbour tunnel froze in winter.", *[quote] * 9, *["Bakers sell bread."] * 20])
    articles = list(range(len(terms.statements)))
    kept = strongest(scored(articles, terms, 0.1), len(articles))
    assert kept == sorted(kept)
    for place in articles:
        assert sum(place in pair[:2] for pair in kept) <= MOST_LINKS
    assert [other for one, other, _ in kept if one == 0] == [2, 3, 4, 5], "the likest first, then by place"
    assert all(likeness == 1.0 for one, other, likeness in kept if one != 1 and other != 1)


def test_side_by_side_gives_the_same_in_one_process_and_in_two() -> None:
    claims = corpus(120)
    aside, here = partial(tagged, claims, ()), partial(relate, claims)
    assert side_by_side(aside, here, forked=True) == side_by_side(aside, here, forked=False) == (aside(), here())


def test_what_goes_wrong_in_the_child_is_raised_here() -> None:
    def wrong() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        side_by_side(wrong, lambda: 1, forked=True)


def test_nothing_is_forked_beside_a_thread() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    seen: list[int] = []
    try:
        side_by_side(lambda: seen.append(1), lambda: 1, forked=True)
    finally:
        done.set()
        thread.join()
    assert seen == [1], "the work was done in another process"


def test_the_collector_is_given_back() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_tags_are_what_the_claims_get() -> None:
    claims = corpus(60)
    concepts, tags = tagged(claims, ())
    named, filled = name_concepts((), claims, ())
    assert concepts == named
    assert tags == [(claim.topics, claim.entities) for claim in filled]


def test_a_changed_claim_is_what_replace_makes() -> None:
    for claim in corpus(20):
        assert changed(claim, id=ClaimId("c0000000"), score=0.25) == replace(claim, id=ClaimId("c0000000"), score=0.25)
        assert changed(claim) == claim


def test_links_are_the_same_side_by_side() -> None:
    claims = corpus(120)
    assert relate(claims, partial(side_by_side, forked=True)) == relate(claims)


def test_surnames_are_joined_in_step_with_the_corpus() -> None:
    letters = "abcdefghijklmnop"

    def joined(size: int) -> None:
        surnames = ["Mar" + "".join(letters[number >> shift & 15] for shift in (0, 4, 8)) for number in range(size)]
        quotes = [quote for name in surnames for quote in (f"Then Dr Ann {name} said so.", f"Again {name} left.")]
        uses, held = gather(quotes, ["en"] * len(quotes))
        assert held[:2] == [["Ann Maraaa"]] * 2
        assert uses["Ann Maraaa"].claims == 2

    assert grows_in_step(joined, 1_000)
