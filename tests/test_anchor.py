"""Passages are found again after edits, and never in the wrong place."""
from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from ratio import prose, ratio

from build_tools.anchor import anchor, describe, nearest, selector_from_json, selector_to_json
from build_tools.model import Selector, Span

HERE = Path(__file__).parent
SEEDS = sorted((HERE.parent / "seeds").glob("*.txt"))


def read_cases() -> Iterator[tuple[str, str, str]]:
    for part in (HERE / "cases/anchor/edits.md").read_text(encoding="utf-8").split("\n### ")[1:]:
        name, _, rest = part.partition("\n")
        old, new = rest.rstrip("\n").split("\n---\n")
        yield name, old, new


def unmarked(text: str) -> tuple[str, Span | None]:
    start, end = text.find("⟦"), text.find("⟧")
    return text.replace("⟦", "").replace("⟧", ""), Span(start, end - 1) if start >= 0 else None


CASES = list(read_cases())


@pytest.mark.parametrize(("name", "old", "new"), CASES, ids=[case[0] for case in CASES])
def test_edit(name: str, old: str, new: str) -> None:
    (text, span), (changed, expected) = unmarked(old), unmarked(new)
    assert span is not None
    found = anchor(describe(text, span), changed)
    assert (found and found.span.of(changed)) == (expected and expected.of(changed))
    assert (found and found.span) == expected


# --- the suite: lookalikes made of the five seed articles -------------------------------------------------------------

SWAPS = (
    ("China", "Japan"), ("Chinese", "Korean"), ("American", "European"), ("AI", "robotics"), ("models", "systems"),
    ("first", "second"), ("efficiency", "safety"), ("global", "local"), ("more", "fewer"),
    ("United States", "European Union"), ("developers", "engineers"), ("companies", "agencies"),
)  # fmt: skip


@dataclass(frozen=True)
class Mutation:
    """An annotated sentence, the paragraphs before and after, and the numbers of those where it may be found."""

    kind: str
    sentence: Span
    number: int
    before: tuple[str, ...]
    after: tuple[tuple[int, str], ...]
    homes: frozenset[int]

    def run(self) -> bool | None:
        """Say whether the anchor is right; None where there is none though there could be one."""
        start = sum(len(paragraph) + 1 for paragraph in self.before[: self.number])
        old, new = "\n".join(self.before), "\n".join(paragraph for _, paragraph in self.after)
        found = anchor(describe(old, self.sentence.shift(start)), new)
        if found is None:
            return None if self.homes else True
        at = 0
        for name, paragraph in self.after:
            if name in self.homes and at <= found.span.start and found.span.end <= at + len(paragraph):
                return True
            at += len(paragraph) + 1
        return False


def sentences(paragraph: str) -> list[Span]:
    found = (match.span() for match in re.finditer(r"[^.!?\s][^.!?]{24,}[.!?]+[”\")]*", paragraph))
    return [Span(*span) for span in found]


def lookalike(paragraph: str, turn: int) -> str:
    """Swap two words of a paragraph, as in an article that says the same of another country."""
    left, text = 2, paragraph
    for word, other in SWAPS[turn:] + SWAPS[:turn]:
        changed = re.sub(rf"\b{word}\b", other, text)
        if changed != text and left:
            text, left = changed, left - 1
    return text


def mutations(paragraphs: tuple[str, ...]) -> Iterator[Mutation]:
    for number, paragraph in enumerate(paragraphs):
        for turn, span in enumerate(sentences(paragraph)):
            quote = span.of(paragraph)
            if "\n".join(paragraphs).count(quote) > 1:
                continue
            twin = lookalike(paragraph, (number + turn) % len(SWAPS))
            for far in (0, 3):
                at = min(len(paragraphs), number + 1 + far)
                if quote not in twin:
                    yield from with_lookalike(paragraphs, number, span, twin, at)
                yield from with_copy(paragraphs, number, span, at)


def with_lookalike(
    paragraphs: tuple[str, ...], number: int, span: Span, twin: str, at: int
) -> Iterator[Mutation]:
    before = (*paragraphs[:at], twin, *paragraphs[at:])
    numbered = tuple(enumerate(before))
    left = tuple(item for item in numbered if item[0] != number)
    yield Mutation("deleted, a lookalike stays", span, number, before, left, frozenset())
    swapped = list(numbered)
    swapped[number], swapped[at] = swapped[at], swapped[number]
    yield Mutation("swapped with a lookalike", span, number, before, tuple(swapped), frozenset({number}))
    left = tuple(item for item in numbered if item[0] != at)
    yield Mutation("stays, a lookalike is deleted", span, number, before, left, frozenset({number}))


def with_copy(paragraphs: tuple[str, ...], number: int, span: Span, at: int) -> Iterator[Mutation]:
    numbered = tuple(enumerate(paragraphs))
    far = at - number > 3
    homes = frozenset({number}) if far else frozenset({number, -1})  # next to each other, copies can't be told apart
    copy = (-1, paragraphs[number])
    yield Mutation("duplicated", span, number, paragraphs, (*numbered[:at], copy, *numbered[at:]), homes)
    if far:
        before = (*paragraphs[:at], paragraphs[number], *paragraphs[at:])
        left = tuple(item for item in enumerate(before) if item[0] != number)
        yield Mutation("deleted, a copy stays", span, number, before, left, frozenset())


def all_mutations() -> list[Mutation]:
    texts = [path.read_text(encoding="utf-8") for path in SEEDS]
    paragraphs = [tuple(line for line in text.split("\n") if line.strip()) for text in texts]
    return [mutation for some in paragraphs for mutation in mutations(some)]


def test_no_wrong_anchor_among_lookalikes() -> None:
    cases = all_mutations()
    kinds: dict[str, list[bool | None]] = {}
    for case in cases:
        kinds.setdefault(case.kind, []).append(case.run())
    wrong = {kind: sum(result is False for result in results) for kind, results in kinds.items()}
    assert wrong == dict.fromkeys(kinds, 0)
    assert len(kinds) == 5
    assert len(cases) >= 500
    found = [result for kind in ("swapped with a lookalike", "duplicated") for result in kinds[kind]]
    assert found.count(True) >= 0.98 * len(found), "an anchor that is never found is never wrong"


def test_hypothesis_client_7571_two_teams() -> None:
    """The annotated paragraph is deleted, and a lookalike about another team remains: an orphan, not a move."""
    platform = "The Platform team owns the build system and meets weekly. Its lead is Ana Costa, who answers to Li."
    payments = "The Payments team owns the ledger service and meets weekly. Its lead is Ben Okoro, who answers to Li."
    old = "\n\n".join(["Who does what", platform, payments, "Ask in the channel."])
    new = "\n\n".join(["Who does what", payments, "Ask in the channel."])
    for quote in (platform, *re.findall(r"[A-Z][^.]+\.", platform)):
        start = old.index(quote)
        assert anchor(describe(old, Span(start, start + len(quote))), new) is None
    assert anchor(describe(old, Span(old.index(payments), old.index(payments) + len(payments))), new) is not None


# --- selectors --------------------------------------------------------------------------------------------------------


def test_describe_keeps_what_the_w3c_model_has() -> None:
    text = "a" * 50 + " the passage " + "b" * 50
    selector = describe(text, Span(51, 62))
    row = selector_to_json(selector)
    assert row["exact"] == "the passage"
    assert (row["prefix"], row["suffix"]) == ("a" * 31 + " ", " " + "b" * 31)
    assert (row["start"], row["end"]) == (51, 62)


def test_describe_remembers_lookalikes() -> None:
    text = "Team Red has won four games. Then it rained. Team Blue has won four games."
    assert [rival.quote for rival in describe(text, Span(0, 28)).rivals] == ["Team Blue has won four games"]


def test_describe_refuses_a_span_beyond_the_text() -> None:
    with pytest.raises(ValueError, match="reaches past the end"):
        describe("short", Span(2, 9))


def test_selectors_survive_json() -> None:
    text = "One is here. One is there. " * 3
    selector = describe(text, Span(0, 12))
    assert selector.rivals
    assert selector_from_json(json.loads(json.dumps(selector_to_json(selector)))) == selector


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "exact"),
        ({"exact": ""}, "exact"),
        ({"exact": "x", "prefix": 3}, "prefix"),
        ({"exact": "x", "start": "3", "end": 4}, "start and end"),
        ({"exact": "x", "start": 3}, "start and end"),
        ({"exact": "x", "start": 4, "end": 3}, "not a span"),
        ({"exact": "x", "length": -1}, "length"),
    ],
)
def test_selector_from_json_says_what_is_wrong(row: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        selector_from_json(row)


def test_a_bare_quote_needs_no_position() -> None:
    text = "The harbour cannot pay for itself. Nobody repairs it."
    found = anchor(Selector(quote="The harbour cannot pay for itself."), text)
    assert found is not None
    assert (found.span, found.method) == (Span(0, 34), "quote")


def test_a_bare_quote_that_stands_twice_is_told_by_its_prefix() -> None:
    text = "In Oslo the plan was rejected by all. In Bergen the plan was rejected by all."
    quote = "the plan was rejected by all."
    assert anchor(Selector(quote=quote), text) is None
    found = anchor(Selector(quote=quote, prefix="In Bergen "), text)
    assert found is not None
    assert found.span.start == text.rindex(quote)


def test_methods_and_scores() -> None:
    text = "Trade fell in spring. Exports of timber reached forty million tonnes. Prices followed a month later."
    selector = describe(text, Span(22, 69))
    assert anchor(selector, text) == anchor(selector, text + " More.")
    moved = anchor(selector, "A new start. " + text)
    assert moved is not None
    assert (moved.method, moved.score) == ("quote", 1.0)
    edited = anchor(selector, text.replace("forty", "fifty"))
    assert edited is not None
    assert edited.method == "fuzzy"
    assert 0.75 <= edited.score < 1


def test_nearest_names_a_passage_that_is_too_unlike_to_anchor() -> None:
    old = "Trade fell. Exports of timber reached forty million tonnes in spring. Prices followed."
    new = "Something else. Nobody expected exports of timber to matter again. The end."
    selector = describe(old, Span(12, 69))
    assert anchor(selector, new) is None
    near = nearest(selector, new)
    assert near is not None
    assert "exports of timber" in near[0].of(new)
    assert nearest(selector, "") is None


# --- time -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["a " * 250_000, "x" * 500_000, "ab. " * 125_000, "\n" * 500_000 + "end"])
def test_time_is_bounded_on_hostile_text(text: str) -> None:

    def there_and_back(words: str) -> None:
        anchor(describe(words, Span(1_000, 6_000)), "q " + words[:-3])

    assert ratio(partial(there_and_back, text), partial(there_and_back, prose(len(text))), 30) < 30


def test_time_on_a_long_text() -> None:
    base = SEEDS[1].read_text(encoding="utf-8")
    text = "\n".join(re.sub(r"(\w{5})", rf"\g<1>{turn}", base) for turn in range(80))
    selector = describe(text, Span(500_000, 505_000))
    edited = text[:100] + "A word. " + text[100:500_300] + "other words" + text[500_400:]
    assert ratio(partial(anchor, selector, edited), partial(describe, text, Span(500_000, 505_000)), 30) < 30
    found = anchor(selector, edited)
    assert found is not None
    assert abs(found.span.start - 500_008) < 20
