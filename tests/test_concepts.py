from __future__ import annotations

from dataclasses import replace

import pytest

from build_tools.concepts import _terms, name_concepts
from build_tools.concepts._names import names
from build_tools.model import ArticleId, Asserter, Claim, ClaimId, Concept, ConceptId, Span


def claims(*quotes: str) -> list[Claim]:
    return [
        Claim(
            id=ClaimId(f"c{number:07d}"),
            article=ArticleId(f"a{number % 2}"),
            span=Span(0, len(quote)),
            quote=quote,
            kind="fact",
            asserter=Asserter(name="x"),
        )
        for number, quote in enumerate(quotes)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Airbnb’s CEO Brian Chesky relies on Alibaba’s Qwen model.", ["Airbnb", "Brian Chesky", "Alibaba", "Qwen"]),
        (
            "OpenAI’s GPT-5 and Google’s Gemini 3 run on Nvidia H200 chips.",
            ["OpenAI", "GPT-5", "Google", "Gemini 3", "Nvidia H200"],
        ),
        ("The U.S. Congress met the Ministry of Education.", ["U.S. Congress", "Ministry of Education"]),
        ("Everyone in the US left for Beijing.", ["United States", "Beijing"]),
        (
            "Led by the Center for AI Standards and Innovation at Pony.ai.",
            ["Center for AI Standards and Innovation", "Pony.ai"],
        ),
        ("Chinese developers use AI-powered tools, says President Okoro.", ["Okoro"]),
        ("MiniMax and Moonshot AI were there.", ["MiniMax", "Moonshot"]),
        ("Of the Brentham Motorists' League and the Traders’ Garden.", ["Brentham Motorists' League", "Traders", "Garden"]),
    ],
)
def test_names(text: str, wanted: list[str]) -> None:
    assert [name.text for name in names(text) if not (name.opens and name.text == "Led")] == wanted


def test_names_keep_their_places() -> None:
    text = "In 𝔘lm, the Bank of England’s governor met Amara Diallo."
    assert [text[name.start : name.end] for name in names(text)] == ["𝔘lm", "Bank of England", "Amara Diallo"]


def test_a_name_needs_two_claims() -> None:
    made, named = name_concepts(
        (), claims("Acme sold Zeta to a rival.", "The board of Acme met.", "Nobody was there."), ()
    )
    assert [(concept.pref_label, concept.kind, concept.origin) for concept in made] == [("Acme", "other", "detected")]
    assert [claim.entities for claim in named] == [("acme",), ("acme",), ()]


def test_kinds_of_names() -> None:
    quotes = (
        "The University of Oslo met Japan and firms such as Acme in the Clean Air Act case.",
        "Japan and the University of Oslo said that Acme announced GPT-5.",
        "Acme has GPT-5 ready for the Clean Air Act.",
    )
    made, _ = name_concepts((), claims(*quotes), ())
    assert {concept.pref_label: concept.kind for concept in made if concept.kind != "topic"} == {
        "University of Oslo": "organisation",
        "Japan": "place",
        "Acme": "organisation",
        "Clean Air Act": "law",
        "GPT-5": "product",
    }


def test_index_terms_become_topics() -> None:
    quotes = (
        "Export controls slow the labs.",
        "The labs feel the export controls.",
        "New export controls came in May.",
        "Wheat grows well here.",
    )
    made, named = name_concepts((), claims(*quotes), ())
    assert [(concept.id, concept.pref_label) for concept in made if concept.kind == "topic"] == [
        ("export-controls", "Export controls")
    ]
    assert [claim.topics for claim in named] == [("export-controls",)] * 3 + [()]


def vocabulary() -> list[Concept]:
    return [
        Concept(
            id=ConceptId("sanctions"),
            kind="topic",
            pref_label="Export controls",
            alt_labels=("chip sanctions",),
            origin="curated",
        ),
        Concept(
            id=ConceptId("who"),
            kind="organisation",
            pref_label="World Health Organization",
            alt_labels=("WHO",),
            origin="curated",
        ),
    ]


def test_a_vocabulary_is_used_alone_for_topics() -> None:
    quotes = (
        "The export control on chips bites.",
        "Chip sanctions bite.",
        "Who knows what the WHO said?",
        "Who knows?",
        "Big data centers burn.",
        "More data centers burn.",
    )
    made, named = name_concepts((), claims(*quotes), vocabulary())
    assert [concept.id for concept in made] == ["sanctions", "who"]
    assert [claim.topics for claim in named] == [("sanctions",), ("sanctions",), (), (), (), ()]
    assert [claim.entities for claim in named] == [(), (), ("who",), (), (), ()]


def test_what_is_set_stays() -> None:
    one, two = claims("Export controls by the WHO.", "Export controls by the WHO.")
    set_by_hand = replace(one, origin="curated", topics=(ConceptId("mine"),))
    _, (first, second) = name_concepts((), [set_by_hand, two], vocabulary())
    assert first.topics == ("mine",)
    assert first.entities == ("who",)
    assert second.topics == ("sanctions",)


def test_ids_are_unique_across_kinds() -> None:
    taken = [Concept(id=ConceptId("acme"), kind="topic", pref_label="Acmeism", origin="curated")]
    made, _ = name_concepts((), claims("Buyers of Acme came.", "Sellers of Acme left."), taken)
    assert [concept.id for concept in made] == ["acme", "acme-other"]


@pytest.mark.parametrize("tried", [0, 1, 3])
def test_trying_fewer_pairs_of_words_changes_no_index_term(tried: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commonest pairs are tried first: what is left out must be worth less than what is taken."""
    words = ("export", "tunnel", "harbour", "market", "glacier", "orchard", "falcon", "museum", "bridge", "symphony")
    quotes = [
        f"The {words[number % 10]} {words[number * step % 10]} office and {words[number // 7 % 10]} rules closed."
        for number in range(300)
        for step in (1, 3)
    ]
    articles = [f"a{number // 12}" for number in range(len(quotes))]
    wanted = _terms.index_terms(quotes, articles)
    monkeypatch.setattr(_terms, "_TRIED", 10**6)
    assert _terms.index_terms(quotes, articles) == wanted
    monkeypatch.setattr(_terms, "_TRIED", tried)
    assert _terms.index_terms(quotes, articles) == wanted
    assert len(wanted) > 12


def labels(*quotes: str) -> dict[str, list[str]]:
    made, _ = name_concepts((), claims(*quotes), ())
    return {
        kind: sorted(concept.pref_label for concept in made if (concept.kind == "topic") == (kind == "topic"))
        for kind in ("topic", "name")
    }


def test_single_nouns_are_topics_where_phrases_are_few() -> None:
    found = labels(
        "Old people gain little from statins, says the trial.",
        "Every statin lowers the risk of a stroke.",
        "A stroke costs more than a statin does.",
        "Doctors fear the stroke that statins prevent.",
        "Readers write quickly and rarely read widely.",
        "Writers read quickly and rarely write widely.",
    )
    assert found["topic"] == ["Statin", "Stroke"]


def test_numbers_and_speech_make_no_topic() -> None:
    found = labels("Fishermen say that fourteen boats sank.", "Fourteen boats were lost, fishermen say.")
    assert found["topic"] == []


def test_a_surname_alone_is_the_one_person_who_has_it() -> None:
    made, named = name_concepts(
        (),
        claims("The canal was planned by engineer John Rennie.", "It was here that Rennie died.", "In May Hale wrote.", "Mr Hale won."),
        (),
    )
    assert [(concept.pref_label, concept.kind, concept.alt_labels) for concept in made] == [
        ("Hale", "other", ()),
        ("John Rennie", "person", ("Rennie",)),
    ]
    assert [claim.entities for claim in named] == [("john-rennie",), ("john-rennie",), ("hale",), ("hale",)]


def test_two_persons_of_one_surname_stay_apart() -> None:
    found = labels(
        "She met engineer John Rennie.", "So did engineer Ann Rennie.", "It was here that Rennie died.", "It was here that Rennie won."
    )
    assert found["name"] == ["Rennie"]


def test_a_word_for_whatever_was_named_before_is_no_name() -> None:
    assert labels("At last the Board met.", "Then the Board sold it.")["name"] == []


def test_names_of_german_are_runs_and_its_topics_no_function_words() -> None:
    found = labels(
        "Der Staat kann nicht jedem Haushalt die Wärmepumpe schenken, sagt Sabine Kurz.",
        "Die Wärmepumpe ist für viele das Beste, und der Staat hilft, meint Sabine Kurz.",
        "Für die Wärmepumpe gibt der Staat das Geld, und es ist nicht wenig.",
    )
    assert found["name"] == ["Sabine Kurz"]
    assert found["topic"] == ["Staat", "Wärmepumpe"]


def test_no_piece_of_a_sentence_is_a_topic() -> None:
    quotes = (
        "Each kilometre cycled saves society money, and bicycle trips were many.",
        "Each kilometre cycled saves society pain, since bicycle trips were few.",
        "Protected lanes reduce injuries, and congestion in the city centre fell.",
        "Protected lanes reduce injuries, but trade in the city centre fell.",
    )
    made, _ = name_concepts((), claims(*quotes), ())
    labels = {concept.pref_label for concept in made}
    assert "Bicycle trips" in labels
    assert not labels & {"Kilometre cycled saves", "Protected lanes reduce", "Lanes reduce injuries", "Centre fell", "City centre fell"}


def test_units_and_offices_of_german_are_no_names() -> None:
    quotes = ("Oberbürgermeister Martin Horn zahlt 2 Millionen Euro.", "Das sind 3 Millionen Euro für Martin Horn.")
    made, _ = name_concepts((), claims(*quotes), ())
    assert [concept.pref_label for concept in made if concept.kind != "topic"] == ["Martin Horn"]


def test_a_script_without_spaces_has_no_index_terms() -> None:
    quote = "日本の空き家は過去最多となった。住宅全体の一割を占める。"
    assert labels(quote, quote) == {"topic": [], "name": []}


def test_streets_and_rivers_are_places() -> None:
    made, _ = name_concepts((), claims("Lorries fill Bridge Street.", "They left Bridge Street."), ())
    assert [(concept.pref_label, concept.kind) for concept in made] == [("Bridge Street", "place")]
