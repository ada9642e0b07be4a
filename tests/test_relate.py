from __future__ import annotations

import os
import subprocess
import sys

from ratio import grows_in_step

from build_tools import compare, relate
from build_tools.detect import quantities
from build_tools.model import ArticleId, Asserter, Claim, ClaimId, Span

FILLER = (
    "The harbour froze over for the first time in the winter of the great storm.",
    "Bakers in the old town open their doors before dawn.",
    "Most orchestras rehearse a new symphony for less than a week.",
    "A falcon dives faster than any other bird in the valley.",
    "The museum lends its maps to schools in the province.",
    "Cyclists cross the bridge on the northern side.",
    "Tomatoes ripen late in a wet summer.",
    "The committee meets on the second Tuesday of each month.",
)


def claim(number: int, article: str, quote: str) -> Claim:
    return Claim(
        id=ClaimId(f"c{number:07d}"),
        article=ArticleId(article),
        span=Span(0, len(quote)),
        quote=quote,
        kind="fact",
        asserter=Asserter(name="x"),
        quantities=tuple(quantities(quote)),
    )


def corpus(*pairs: tuple[str, str]) -> list[Claim]:
    """Claims of two articles with fillers around them, so that frequencies mean something."""
    texts = (
        [("one", one) for one, _ in pairs] + [("two", two) for _, two in pairs] + [("three", text) for text in FILLER]
    )
    return [claim(number, article, text) for number, (article, text) in enumerate(texts)]


def test_the_same_matter_is_related() -> None:
    claims = corpus(
        (
            "U.S. export controls restrict Chinese access to advanced semiconductor chips.",
            "The US export controls on high-end semiconductors were supposed to choke off development.",
        )
    )
    (link,) = relate(claims)
    assert (link.source, link.target, link.kind, link.origin) == ("c0000000", "c0000001", "related", "detected")
    assert link.note.startswith("Both speak of ")
    assert "export controls" in link.note
    assert "export controls" in link.reasons


def test_much_the_same_words_restate() -> None:
    claims = corpus(
        (
            "The city council bought forty electric buses from a Danish maker.",
            "However, the city council bought forty electric buses from a maker in Denmark.",
        )
    )
    (link,) = relate(claims)
    assert link.kind == "restates"


def test_the_same_figure_with_another_value_disputes() -> None:
    claims = corpus(
        (
            "The harbour tunnel costs the ministry $40 million in total.",
            "The harbour tunnel costs the ministry $95 million in total.",
        )
    )
    (link,) = relate(claims)
    assert link.kind == "disputes"
    assert "$40 million against $95 million" in link.note


def test_other_years_are_no_dispute() -> None:
    claims = corpus(
        (
            "The harbour tunnel cost the ministry $40 million in 2023.",
            "The harbour tunnel cost the ministry $95 million in 2024.",
        )
    )
    assert all(link.kind != "disputes" for link in relate(claims))


def test_a_denial_disputes() -> None:
    claims = corpus(
        ("Watermarks protect voters from forged videos.", "Watermarks do not protect voters from forged videos.")
    )
    (link,) = relate(claims)
    assert link.kind == "disputes"
    assert "denies" in link.note


def test_an_opposite_disputes() -> None:
    claims = corpus(
        (
            "Rents in the harbour district will rise after the reform.",
            "Rents in the harbour district will fall after the reform.",
        )
    )
    assert [link.kind for link in relate(claims)] == ["disputes"]


def test_a_shared_opener_or_one_shared_word_is_not_enough() -> None:
    claims = corpus(
        ("As a result, the orchard lost its bees.", "As a result, the tribunal adjourned."),
        ("The tunnel is closed for the winter.", "A tunnel of glass leads to the penguins."),
    )
    assert relate(claims) == []


def test_never_within_an_article_and_each_pair_once() -> None:
    quote = "The glacier above the village lost forty metres of ice."
    claims = [
        claim(0, "one", quote),
        claim(1, "one", quote),
        claim(2, "two", quote),
        *(claim(number, "three", text) for number, text in enumerate(FILLER, 3)),
    ]
    pairs = [(link.source, link.target) for link in relate(claims)]
    assert pairs == [("c0000000", "c0000002"), ("c0000001", "c0000002")]


def test_no_more_than_six_links_a_claim() -> None:
    quote = "The glacier above the village lost forty metres of ice."
    claims = [claim(number, f"a{number}", quote) for number in range(12)]
    claims += [claim(20 + number, "three", f"{text} {number}") for number, text in enumerate(FILLER * 4)]
    links = relate(claims)
    for one in claims:
        assert sum(one.id in (link.source, link.target) for link in links) <= 6
    assert links


def test_order_of_the_claims_does_not_matter() -> None:
    claims = corpus(
        ("Watermarks protect voters from forged videos.", "Watermarks do not protect voters from forged videos.")
    )
    assert relate(claims) == relate(claims[::-1])


def test_hash_seed_does_not_matter() -> None:
    code = (
        "from build_tools import compare\n"
        "print(compare(['Export controls on advanced chips slow the labs.', 'Bakers open before dawn.'],"
        " ['The labs feel the export controls on chips.', 'Dawn comes late in winter.']))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_compare_puts_the_likest_first() -> None:
    others = [
        "Cats sleep most of the day.",
        "Compulsory voting makes results represent the people.",
        "Polling stations close at ten.",
    ]
    ((first, *_),) = compare(["If voting is compulsory, the results represent all people."], others)
    assert first.index == 1
    assert any("results represent" in reason for reason in first.reasons)


def test_compare_knows_the_same_sentence_again() -> None:
    ((match,),) = compare(["Rents rose by 5 percent."], ["Rents rose by 5 percent."])
    assert match.kind == "restates"
    assert compare([], ["a"]) == []
    assert compare(["a b"], []) == [[]]


def test_many_claims_take_little_more_than_their_number() -> None:
    words = [f"word{number}" for number in range(3000)]
    claims = [
        claim(
            number, f"a{number // 20}", " ".join(words[number * step % 3000] for step in (1, 7, 11, 13, 17, 19, 23, 29))
        )
        for number in range(3000)
    ]
    assert grows_in_step(lambda size: relate(claims[:size]), 750)


def only(*pair: str) -> tuple[str, tuple[str, ...]] | None:
    found = relate(corpus((pair[0], pair[1])))
    return (found[0].kind, found[0].reasons) if found else None


def test_a_name_that_both_hold_is_one_thing_and_too_little() -> None:
    assert only("Councillor Tom Bright called it a fantasy.", "Tom Bright has no budget.") is None
    assert only("Tom Bright called the budget a fantasy.", "Tom Bright has no budget.") is not None


def test_a_name_and_one_word_more_are_never_the_same_assertion() -> None:
    found = only("Morag Campbell is right about the school.", "Morag Campbell opened the school.")
    assert found is not None
    assert found[0] == "related"


def test_what_one_side_denies_is_never_said_to_be_the_same() -> None:
    found = only(
        "He left in 1988, not 1998, and the tower was automated.",
        "The keeper left in 1998, when the tower was automated and the lamp electrified.",
    )
    assert found is not None
    assert found[0] == "related"


def test_a_number_with_a_comma_is_one_word_and_speech_is_no_matter() -> None:
    found = only("The road takes 9,000 vehicles away, she said.", "He said that 9,000 vehicles are few.")
    assert found == ("related", ("9,000 vehicles",))
    assert only("The mayor said that 5,000 trees fell.", "A teacher said that 9,000 came.") is None
