"""A sentence with what the detector knows of it: words, cues, figures.

Comes in: text and its range. Goes out: one value that all signals look at, so that nothing is computed twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ._detect_quantities import quantities
from ._words import Phrase, Phrases, lexicon, opening
from .model import Quantity, Span

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_CUES = Phrases(lexicon("cues"))
_VERBS = lexicon("imperatives")
_IMPERATIVES = Phrases({label: _VERBS[label] for label in ("advice", "steering")})
_NOUNS_TOO = frozenset(_VERBS["nouns too"])
_AFTER_VERB = frozenset(_VERBS["after a verb"])


@dataclass(slots=True)
class Sentence:
    """One sentence; the places in it count from its own start."""

    text: str
    start: int
    """Where it begins in the article."""
    paragraph: int
    """1-based number of its block."""
    first: bool
    """It opens its block."""
    matches: list[re.Match[str]]
    words: list[str]
    cues: dict[str, list[Phrase]]
    quantities: list[Quantity]
    body: int = 0
    """Number of words that only open the sentence: `However`, `for example`."""
    opening: str = ""
    """`advice` or `steering` where it starts with such an imperative."""
    names: list[str] = field(default_factory=list)
    """Capitalised words that don't open the sentence."""

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Return the half-open range of the words `first` to `last`."""
        return self.matches[first].start(), self.matches[last - 1].end()

    def has(self, *labels: str) -> bool:
        """Whether there is a cue with one of the labels."""
        return any(label in self.cues for label in labels)


def look(text: str, span: Span, paragraph: int, first: bool) -> Sentence:
    """Take in the words of one sentence of an article's `text`."""
    quote = span.of(text)
    matches = list(_WORD.finditer(quote))
    words = [match.group().lower().replace("’", "'") for match in matches]
    cues: dict[str, list[Phrase]] = {}
    for phrase in _CUES.find(words):
        cues.setdefault(phrase.label, []).append(phrase)
    body = _body(words)
    opening = _opening(words, body) or (
        _after_condition(quote, matches, words) if words[body : body + 1] == ["if"] else ""
    )
    names = [match.group() for match in matches[1:] if match.group()[0].isupper()]
    return Sentence(quote, span.start, paragraph, first, matches, words, cues, quantities(quote), body, opening, names)


def _body(words: list[str]) -> int:
    """Return where the sentence proper begins: behind its openers, unless it is nothing else."""
    place = opening(words)
    return place if place < len(words) else 0


def _opening(words: list[str], place: int) -> str:
    """The imperative that stands at `place`."""
    phrase = _IMPERATIVES.opens(words[place : place + 3])
    if phrase is None or (
        words[place] in _NOUNS_TOO and phrase.last == 1 and not _goes_on(words[place + 1 : place + 2])
    ):
        return ""
    return phrase.label


def _goes_on(after: list[str]) -> bool:
    """Whether the word after `stop` or `test` shows that it is a verb: `test your …`, not `test results …`."""
    return bool(after) and (after[0] in _AFTER_VERB or after[0].endswith("ing"))


def _after_condition(quote: str, matches: list[re.Match[str]], words: list[str]) -> str:
    """`If you operate globally, design …`: the imperative after the condition."""
    comma = quote.find(",")
    place = next((number for number, match in enumerate(matches) if match.start() > comma > 0), 0)
    return "advice" if place and _opening(words, place) == "advice" else ""
