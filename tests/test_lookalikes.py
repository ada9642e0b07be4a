"""A passage gives way to another that says nearly the same of somebody else: no anchor, or one that a person is asked about.

The articles' own sentences are the material. Unlike in `test_anchor`, the lookalike did not stand in the old text, so that
nothing but its words tells it from an edit.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from build_tools.anchor import anchor, describe, difference
from build_tools.model import Span

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
NAMES = ("Japan", "Norway", "Samsung", "Toyota", "Brazil", "Kenya", "Siemens", "Ontario")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
FIGURE = re.compile(r"\b\d+\b")
AUXILIARY = re.compile(r"\b(is|are|was|were|has|have|can|could|will|would|may|should)\b(?! not)")
OPPOSITES = (
    ("more", "less"), ("increase", "decrease"), ("higher", "lower"), ("first", "last"), ("strengthen", "weaken"),
    ("before", "after"), ("open", "closed"), ("always", "never"), ("support", "oppose"), ("better", "worse"),
)  # fmt: skip
FAR = 3


@dataclass(frozen=True)
class Replacement:
    """An annotated sentence, the paragraphs before and after; what is annotated is gone."""

    kind: str
    quote: Span
    before: tuple[str, ...]
    number: int
    after: tuple[str, ...]

    def found(self) -> tuple[str, str] | None:
        """Return the quote and the words that were taken for it."""
        old, new = "\n".join(self.before), "\n".join(self.after)
        span = self.quote.shift(sum(len(paragraph) + 1 for paragraph in self.before[: self.number]))
        place = anchor(describe(old, span), new)
        return (span.of(old), place.span.of(new)) if place else None


def named(paragraph: str) -> str:
    """Give every name of a paragraph to somebody else, the same to all places of one name."""
    names = {name: NAMES[at % len(NAMES)] for at, name in enumerate(dict.fromkeys(NAME.findall(paragraph)))}
    return NAME.sub(lambda match: names[match.group()], paragraph)


def figured(paragraph: str) -> str:
    return FIGURE.sub(lambda match: str(int(match.group()) * 2 + 3), paragraph)


def negated(sentence: str) -> str:
    return AUXILIARY.sub(r"\1 not", sentence, count=1)


def turned(sentence: str) -> str:
    for pair in OPPOSITES:
        for word, other in (pair, pair[::-1]):
            if re.search(rf"\b{word}\b", sentence):
                return re.sub(rf"\b{word}\b", other, sentence, count=1)
    return sentence


def replacements() -> Iterator[Replacement]:
    for path in SEEDS:
        paragraphs = tuple(line for line in path.read_text(encoding="utf-8").split("\n") if line.strip())
        for number, paragraph in enumerate(paragraphs):
            for match in re.finditer(r"[^.!?\s][^.!?]{24,}[.!?]+[”\")]*", paragraph):
                if "\n".join(paragraphs).count(match.group()) == 1:
                    yield from of_sentence(paragraphs, number, Span(*match.span()))


def of_sentence(paragraphs: tuple[str, ...], number: int, span: Span) -> Iterator[Replacement]:
    paragraph = paragraphs[number]
    quote = span.of(paragraph)
    alone = {"a negation": negated(quote), "an opposite": turned(quote)}
    twins = {"names": named(paragraph), "figures": figured(paragraph)}
    twins |= {kind: paragraph[: span.start] + other + paragraph[span.end :] for kind, other in alone.items()}
    for kind, twin in twins.items():
        if quote in twin or (kind in ("names", "figures") and same_there(quote, twin, kind)):
            continue
        left = (*paragraphs[:number], *paragraphs[number + 1 :])
        for where, at in (("in its place", number), ("elsewhere", number + FAR)):
            if at <= len(left):
                yield Replacement(f"{kind}, {where}", span, paragraphs, number, (*left[:at], twin, *left[at:]))


def same_there(quote: str, twin: str, kind: str) -> bool:
    """Say whether a sentence that names nobody, or holds no figure, is the same in the lookalike."""
    return (named(quote) if kind == "names" else figured(quote)) == quote


@pytest.fixture(scope="module")
def results() -> dict[str, list[tuple[str, str] | None]]:
    kinds: dict[str, list[tuple[str, str] | None]] = {}
    for case in replacements():
        kinds.setdefault(case.kind, []).append(case.found())
    return kinds


def test_what_says_the_contrary_is_never_anchored(results: dict[str, list[tuple[str, str] | None]]) -> None:
    kinds = {kind: found for kind, found in results.items() if kind.startswith("a")}
    assert len(kinds) == 4
    assert sum(map(len, kinds.values())) >= 350
    assert {kind: [place for place in found if place] for kind, found in kinds.items()} == {kind: [] for kind in kinds}


def test_another_name_or_figure_is_not_anchored_or_is_told(results: dict[str, list[tuple[str, str] | None]]) -> None:
    """One name or figure in place of another may be a correction: the id goes on, and a curated claim waits for a person."""
    cases = [place for kind, found in results.items() if not kind.startswith("a") for place in found]
    anchored = [place for place in cases if place]
    assert len(cases) >= 250
    assert len(anchored) <= 0.2 * len(cases), "measured: 49 of 261; 189 as long as only the context counted"
    assert [(quote, there) for quote, there in anchored if not difference(quote, there)] == []


def test_an_edit_that_keeps_what_is_said_is_found() -> None:
    """The stricter rules leave corrected letters, other punctuation and added words alone."""
    edits = (
        lambda quote: re.sub(r"\b([a-z]{3})([a-z])([a-z]{2,})", r"\1\3", quote, count=1),
        lambda quote: quote.replace(", ", " – ") if ", " in quote else quote[:-1] + "!",
        lambda quote: re.sub(r" (of|in|for|with) ", r" so far \1 ", quote, count=1),
    )
    lost, count = [], 0
    for case in {replacement.quote: replacement for replacement in replacements()}.values():
        paragraph = case.before[case.number]
        for edit in edits:
            quote = case.quote.of(paragraph)
            twin = paragraph[: case.quote.start] + edit(quote) + paragraph[case.quote.end :]
            after = (*case.before[: case.number], twin, *case.before[case.number + 1 :])
            found = Replacement("edited", case.quote, case.before, case.number, after).found()
            lost += [] if found and not difference(*found) else [(quote, found)]
            count += 1
    assert count >= 400
    assert len(lost) <= 0.01 * count, "measured: 1, of a letter lost from “cannot”"


@pytest.mark.parametrize(
    ("quote", "there", "why"),
    [
        ("Exports reached 40 tonnes.", "Exports reached 42 tonnes.", "“42” for “40”"),
        ("Exports reached forty tonnes.", "Exports reached fifty tonnes.", "“fifty” for “forty”"),
        ("It grew by 1.0 points.", "It grew by 0.17 points.", "“0.17” for “1.0”"),
        ("It made 1,000 ships.", "It made 1000 ships.", ""),
        ("It made eight ships.", "It made eighty ships.", "“eighty” for “eight”"),
        ("As shown [12], trade fell.", "As shown [13], trade fell.", ""),
        ("Sanctions on Iran hold.", "Sanctions on Iraq hold.", "“Iraq” for “Iran”"),
        ("Sanctions on Pyhton hold.", "Sanctions on Python hold.", ""),
        ("Timotheé wrote it.", "Timothée wrote it.", ""),
        ("The United States sent ships.", "The US sent ships.", ""),
        ("The lead is Ana Costa.", "The lead is Ben Okoro.", "“Ben Okoro” for “Ana Costa”"),
        ("The plan is sound.", "The plan is not sound.", "one denies what the other says"),
        ("They do more with less.", "They do less with less.", "one denies what the other says"),
        ("It doesn't hold.", "It does not hold.", ""),
        ("The old plan held.", "The old plan, by and large, held.", ""),
    ],
)
def test_what_changed_is_said_in_words(quote: str, there: str, why: str) -> None:
    assert difference(quote, there) == why
