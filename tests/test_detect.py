from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from ratio import prose, ratio

from build_tools import detect, read, read_text, relate
from build_tools.concepts import name_concepts
from build_tools.detect._told import tellings
from build_tools.model import Claim

CASES = Path(__file__).parent / "cases" / "detect" / "claims.md"
SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


def triples() -> list[tuple[str, str, list[str]]]:
    parts = CASES.read_text(encoding="utf-8").split("\n.\n")
    return [(parts[at].strip(), parts[at + 1], parts[at + 2].split("\n")) for at in range(0, len(parts) - 1, 3)]


def only(sentence: str) -> Claim:
    (claim,) = detect(read_text(f"A title of its own\n\n{sentence}\n", id="x"))
    return claim


@pytest.mark.parametrize(("title", "text", "wanted"), triples(), ids=lambda value: str(value)[:40])
def test_claims(title: str, text: str, wanted: list[str]) -> None:
    found = detect(read_text(text, id="x"))
    assert [f"{claim.kind} | {claim.quote}" for claim in found] == wanted, title


@pytest.mark.parametrize(
    ("sentence", "name", "evidence"),
    [
        ("Anthropic has reported large-scale attacks by three labs.", "Anthropic", "Anthropic has reported"),
        ("The trial enrolled 5,804 people and found that the drug did nothing.", "trial", "The trial enrolled 5,804 people and found that"),
        (
            "A 2018 study of 22 bypassed market towns by the University of Gloucestershire found that takings rose.",
            "University of Gloucestershire",
            "A 2018 study of 22 bypassed market towns by the University of Gloucestershire found that",
        ),
        ("Council leader Margaret Oakes said the road was needed.", "Margaret Oakes", "Council leader Margaret Oakes said"),
        ("Mayor Helen Ward said that the rules were clear.", "Helen Ward", "Mayor Helen Ward said"),
        ("Nvidia CEO Jensen Huang said that China would win.", "Jensen Huang", "Nvidia CEO Jensen Huang said"),
        ("Judge Business School reports that prices rose.", "Judge Business School", "Judge Business School reports"),
        ("Its spokesman, Paul Lind, said that roadworks caused the delay.", "Paul Lind", "Paul Lind, said"),
        ("Opponents say the price is too high.", "Opponents", "Opponents say"),
        ("Historians have long held that the railway killed the canal.", "Historians", "Historians have long held that"),
        (
            "OpenAI and Google DeepMind have also reported such attacks.",
            "OpenAI and Google DeepMind",
            "OpenAI and Google DeepMind have also reported",
        ),
        ("According to the World Bank, growth slowed in every region.", "World Bank", "According to the World Bank"),
        ("Growth slowed in every region, according to the World Bank.", "World Bank", "according to the World Bank"),
        ("The minister said that taxes would not rise again.", "minister", "The minister said"),
        ("“Taxes will not rise again,” said Amara Diallo.", "Amara Diallo", "said Amara Diallo"),
        ("Critics argue that the plan costs too much.", "Critics", "Critics argue"),
        (
            "A 2025 Stanford report revealed that optimism is highest in the south.",
            "Stanford report",
            "A 2025 Stanford report revealed that",
        ),
        ("“Taxes will not rise again,” the minister said.", "minister", "the minister said"),
    ],
)
def test_who_asserts_it(sentence: str, name: str, evidence: str) -> None:
    article = read_text(f"A title of its own\n\n{sentence}\n", id="x")
    (claim,) = detect(article)
    assert claim.asserter.name == name
    assert claim.asserter.evidence is not None
    assert claim.asserter.evidence.of(article.text) == evidence
    assert "reported by someone else" in claim.reasons


@pytest.mark.parametrize(
    "sentence",
    [
        "The United States is obsessed with the race to build it.",
        "Labs publish technical reports detailing their methods.",
        "History shows that invention alone is never enough.",
        "Its spokesman said that roadworks caused most of the delay.",
        "We believe that the plan costs far too much.",
        "The report of the committee is long and tiresome.",
        "The Environment Agency has yet to say whether it objects.",
        "The council did not say what the road would cost.",
        "That is more than twice the dose that the World Health Organization recommends.",
    ],
)
def test_nobody_else_asserts_it(sentence: str) -> None:
    claim = only(sentence)
    assert claim.asserter.evidence is None
    assert claim.asserter.name == "The article"


@pytest.mark.parametrize(
    ("sentence", "hedge"),
    [
        ("The gains may be due to distillation.", "may be"),
        ("They will likely continue to lag behind the leaders.", "likely"),
        ("China’s approach is partly driven by necessity.", "partly"),
        ("Some signs indicate that this has begun.", "Some signs indicate"),
        ("It appears to work well in most homes.", "appears to"),
        ("The law took effect in May in all states.", None),
        ("The bridge was closed for repairs all summer.", None),
    ],
)
def test_hedges(sentence: str, hedge: str | None) -> None:
    article = read_text(f"A title of its own\n\n{sentence}\n", id="x")
    (claim,) = detect(article)
    assert claim.hedged == (hedge is not None)
    assert (claim.hedge.of(article.text) if claim.hedge else None) == hedge


def test_places_count_in_the_article() -> None:
    article = read_text(
        "A title of its own\n\n𝔘nder cover, rents rose by 5 percent. Rents rose by 5 percent.\n", id="x"
    )
    one, two = detect(article)
    assert [claim.quote for claim in (one, two)] == [
        "𝔘nder cover, rents rose by 5 percent.",
        "Rents rose by 5 percent.",
    ]
    for claim in (one, two):
        (figure,) = claim.quantities
        assert article.text[figure.start : figure.end] == figure.text == "5 percent"
        assert len(claim.prefix) <= 32
        assert article.text[: claim.start].endswith(claim.prefix)
        assert article.text[claim.end :].startswith(claim.suffix)


def test_the_same_sentence_twice_has_two_ids() -> None:
    article = read_text(
        "A title of its own\n\nRents rose by 5 percent. So did wages this year. Rents rose by 5 percent.\n", id="x"
    )
    one, between, two = detect(article)
    assert one.id != two.id
    assert detect(article) == [one, between, two]


def test_no_more_than_ten_are_shown_first() -> None:
    wards = range(11, 91)
    sentences = [f"The council of ward {n} approved plan {n} and spent ${n} million on it." for n in wards]

    claims = detect(read_text("Plans of the wards\n\n" + "\n\n".join(sentences), id="x"))
    assert len(claims) == 80
    assert sum(claim.weight == "main" for claim in claims) == 10


def test_every_reason_is_named() -> None:
    claim = only("Rents rose by 5 percent, faster than wages in any other city.")
    assert claim.reasons[:2] == ("a number", "a comparison")
    assert claim.origin == "detected"


def test_a_text_in_another_language_still_has_claims() -> None:
    text = "Ein Titel\n\nDie Mieten stiegen in diesem Jahr um 5 Prozent. Warum? Der Rat beschloss neue Regeln.\n"
    assert [claim.quote for claim in detect(read_text(text, id="x"))] == [
        "Die Mieten stiegen in diesem Jahr um 5 Prozent.",
        "Der Rat beschloss neue Regeln.",
    ]


def test_the_seeds_hold_about_as_many_claims_as_readers_found() -> None:
    found = [claim for path in SEEDS for claim in detect(read(path))]
    assert 235 <= len(found) <= 275
    assert not any("roof bonding" in claim.quote or "funders" in claim.quote for claim in found)


def test_detection_costs_no_more_than_a_few_readings() -> None:
    articles = [read(path) for path in SEEDS]
    assert ratio(lambda: [detect(article) for article in articles], lambda: [read(path) for path in SEEDS], 12) < 12


HOSTILE = (
    "said ",
    "“Acme said ",
    "according to ",
    "—, ",
    "while, ",
    "more than ",
    "if , ",
    "may ",
    "the most ",
    "A",
    "x, and ",
    "$1 to ",
    "Acme and ",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_sentence_without_end_takes_no_more_than_its_length(piece: str) -> None:
    def work(words: str) -> None:
        article = read_text(f"A title\n\nOne word more {words}.\n", id="x")
        found = detect(article)
        relate(found)
        name_concepts([article], found, ())

    assert ratio(partial(work, piece * (60_000 // len(piece))), partial(work, prose(60_000)), 30) < 30


def test_a_number_counts_less_where_most_sentences_have_one() -> None:
    body = [f"The river rose by {number} centimetres in the night of the flood." for number in range(12, 24)]
    plain = "The city should move the gauge, because the old one fails in every flood."
    first = only("The river rose by 12 centimetres in the night of the flood.")
    claims = detect(read_text("The gauge\n\n" + "\n\n".join([*body, plain]) + "\n", id="x"))
    numbered = [claim for claim in claims if "a number" in claim.reasons]
    assert len(numbered) == 12
    assert max(claim.score for claim in numbered) < first.score
    assert claims[-1].weight == "main"
    assert "a number" not in claims[-1].reasons


def test_a_sentence_tells_the_same_wherever_and_whenever_it_is_met(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "According to Ann Lee, output may rise by 40.000 tonnes in May."
    texts = [f"{said} Rain fell on 3 of 4 days.", f"The harbour was closed for two weeks.\n\n{said} {said}"]
    articles = [replace(read_text(text, id="a"), language=tongue) for text in texts for tongue in ("en", "de")]
    met = [detect(article) for article in articles]
    for article, claims in zip(articles, met, strict=True):
        for claim in claims:
            assert claim.quote == claim.span.of(article.text)
            assert all(one.text == article.text[one.start : one.end] for one in claim.quantities)
            assert claim.hedge is None or claim.hedge.of(article.text) == "may"
            assert claim.asserter.evidence is None or "According to Ann Lee" in claim.asserter.evidence.of(article.text)
    assert [claims[0].quantities[0].value for claims in met[:2]] == [40.0, 40_000.0]
    monkeypatch.setattr(sys.modules[tellings.__module__], "_MOST", -1)
    tellings.cache_clear()
    assert [detect(article) for article in articles[::-1]][::-1] == met
