"""Signals: the table of what speaks for showing a sentence first, and the order in which the kinds are tried.

Comes in: a sentence. Goes out: named signals with weights, a kind, and whether the sentence is a claim at all.
Rules only, no learnt weights; the definitions are the codebook's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from ..language import stop_words
from ..model import CLAIM_KINDS, ClaimKind
from ._cues import CUE
from ._quantities import Figure
from ._sentence import Sentence
from ._words import Sign

_TIME = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century"})
_BE = frozenset(
    {"is", "are", "was", "were", "be", "remain", "remains", "became", "become", "becomes", "possess", "has", "have"}
    | {"world's"}
)
_POINTERS = frozenset({"this", "these", "it", "they", "that", "those", "he", "she", "its", "it's", "that's", "such"})
_EXAMPLES = frozenset({"example", "instance"})
_NOT_BIDDEN = frozenset({"always", "they", "it", "he", "she", "don't", "doesn't", "not", "didn't"})
_SHORTEST = 4
_FEWEST_IN_WORDS = 20
"""From here on a bare number in words counts something; below, it often only says `some`."""
_CONTRAST, _CAUSE, _RULE, _RECOMMEND, _EVENT = (
    CUE[label] for label in ("contrast", "strongcause", "strongrule", "recommend", "event")
)
_FORECAST: Final = Sign.FUTURE | CUE["forecast"]
_CONDITION: Final = CUE["if"] | CUE["conditional"]
_VERBAL: Final = sum(CUE[label] for label in ("auxiliary", "verb", "event", "strongcause", "recommend"))


# --- is it a claim ---------------------------------------------------------------------------------------------


def asserts(sentence: Sentence, english: bool = True) -> bool:
    """Say whether the sentence asserts something: not a question, a signpost or a fragment."""
    text = sentence.text.rstrip("”’\"')] ")
    if text.endswith(("?", "？", "؟", ":")) or not sentence.signs & Sign.LETTER or " | " in text:  # a row of a table
        return False
    if not english:
        return len(sentence.words) >= _SHORTEST or len(text) >= 12
    if sentence.opening == "steering" or (
        "signpost" in sentence.cues and any(first <= sentence.body for first, _ in sentence.cues["signpost"])
    ):
        return False
    return len(sentence.words) >= _SHORTEST and not _only_asks(sentence) and _has_verb(sentence)


def _only_asks(sentence: Sentence) -> bool:
    """`How public bodies should sell property.`: what a text is about, said in half a sentence."""
    words = sentence.words
    return words[0] in {"how", "why"} and "," not in sentence.text and _BE.isdisjoint(words[2:])


def _has_verb(sentence: Sentence) -> bool:
    """A finite verb: a known one, or the look of one.

    Long sentences with a full stop are given the benefit of the doubt.
    """
    if sentence.opening or sentence.signs & _VERBAL:
        return True
    if sentence.signs & Sign.ED and any(word.endswith("ed") for word in sentence.words[1:]):
        return True
    return len(sentence.words) >= 8 and sentence.text.rstrip("”’\"')")[-1:] in {".", "!", "…"}


# --- kinds, in the order of the codebook -----------------------------------------------------------------------


_AGE_BEFORE = re.compile(r"\b(?:(?P<plain>aged?|ages|age of)|over|under|above|below|past|older than|younger than) $", re.IGNORECASE)
_AGE_AFTER = re.compile(
    r"s?(?:[,.;:)]|$| (?:who|whose|and|or|in|with|without|should|is|are|was|were|have|has|had|can|could|do|does|to)\b)"
)


def _is_age(quantity: Figure, sentence: Sentence) -> bool:
    """Whether a bare number says how old people are: `people over 75 should`, `aged 70 to 82`; it counts nothing."""
    if quantity.unit or not quantity.text[0].isdigit() or not 0 < quantity.value < 120:
        return False
    before = _AGE_BEFORE.search(sentence.text[max(0, quantity.start - 20) : quantity.start])
    return before is not None and (before["plain"] is not None or _AGE_AFTER.match(sentence.text, quantity.end) is not None)


def figure(quantity: Figure) -> bool:
    """Whether a figure is the kind of number a claim is about: money, a share, a count; not `five-year` or `8-bit`."""
    joined = (
        quantity.unit != ""  # `twenty-six` is one number
        and "-" in quantity.text.lstrip("-")
        and quantity.text[-1].isalpha()
        and quantity.unit not in {"GPU-hour", "percent"}
    )
    if joined or quantity.unit == "bit":
        return False
    if quantity.unit:
        return quantity.unit not in _TIME or quantity.text[:1].isdigit()
    return quantity.text[0].isdigit() or abs(quantity.value) >= _FEWEST_IN_WORDS or 0 < quantity.value < 1


def _quantity(sentence: Sentence) -> bool:
    if sentence.figures and any(figure(one) and not _is_age(one, sentence) for one in sentence.figures):
        return True
    return sentence.signs & Sign.MAGNITUDE != 0 and _vague_magnitude(sentence.words)


def _vague_magnitude(words: list[str]) -> bool:
    """`hundreds of billions of dollars` in the main clause."""
    if words[0] in {"while", "although", "though"}:
        return False
    return any(
        word in {"hundreds", "thousands", "millions", "billions", "trillions"}
        and words[place + 1 : place + 2] == ["of"]
        and words[place + 2 : place + 3]
        and words[place + 2] in {"billions", "millions", "thousands", "dollars"}
        for place, word in enumerate(words)
    )


def _comparison(sentence: Sentence) -> bool:
    words, signs = sentence.words, sentence.signs
    if signs & _CONTRAST:
        return True
    if words[sentence.body : sentence.body + 1] == ["while"] and "," in sentence.text:
        return True
    return bool(signs & Sign.THAN and _than(words)) or bool(signs & Sign.SUPERLATIVE and _superlative(words))


def _than(words: list[str]) -> bool:
    """`more … than`, `larger than`; not `rather than` and not `more than 5`."""
    for place, word in enumerate(words):
        if (
            word == "than"
            and place
            and words[place - 1] not in {"rather", "other"}
            and not words[min(place + 1, len(words) - 1)][0].isdigit()
        ):
            return any(
                w in {"more", "less", "fewer", "better", "worse", "further"} or w.endswith("er")
                for w in words[max(0, place - 6) : place]
            )
    return False


def _superlative(words: list[str]) -> bool:
    """`are the most optimistic`, `the world's largest`."""
    for place, word in enumerate(words):
        if word in {"most", "least", "best", "worst"} or (word.endswith("est") and len(word) > 5):
            before = words[max(0, place - 3) : place]
            if ("the" in before and _BE.intersection(before)) or "world's" in before:
                return word not in {"interest", "forest", "request", "harvest", "protest", "honest", "modest"}
    return False


def _prediction(sentence: Sentence) -> bool:
    return sentence.signs & _FORECAST != 0 or sentence.signs & _CONDITION == _CONDITION


def _recommendation(sentence: Sentence) -> bool:
    return sentence.opening == "advice" or (
        sentence.signs & _RECOMMEND != 0
        and (
            sentence.signs & Sign.DUTY != 0
            or any(
                last - first > 1 and sentence.words[first - 1] not in _NOT_BIDDEN
                for first, last in sentence.cues["recommend"]
            )
        )
    )


def _fact(sentence: Sentence) -> bool:
    if not sentence.signs & _EVENT or len(sentence.cues.get("evaluate", ())) > 1:
        return False
    return (
        sentence.named or _opens_with_name(sentence) or any(figure(quantity) for quantity in sentence.figures)
    )


def _opens_with_name(sentence: Sentence) -> bool:
    """`Volvo has launched …`: one word that is no plural, right before what it did."""
    words = sentence.words[sentence.body :]
    if len(words) < 3 or words[0] in stop_words() or (words[0].endswith("s") and words[1] in {"have", "are", "were"}):
        return False
    done = sentence.body + 1 + (words[1] in {"has", "have", "had"})
    return any(first == done for first, _ in sentence.cues.get("event", ()))


def kinds(sentence: Sentence) -> tuple[ClaimKind, ...]:
    """Name all kinds that fit, the kind of the main assertion first.

    They are tried in the codebook's order; what fits none is a judgement. An imperative is a recommendation before all else.
    """
    signs = sentence.signs
    return _named(
        (
            _quantity(sentence),
            _comparison(sentence),
            signs & _CAUSE != 0,
            signs & _RULE != 0,
            _prediction(sentence),
            _recommendation(sentence),
            _fact(sentence),
        ),
        sentence.opening == "advice",
    )


@lru_cache(maxsize=256)
def _named(fitting: tuple[bool, ...], advice: bool) -> tuple[ClaimKind, ...]:
    found = tuple(kind for kind, fits in zip(CLAIM_KINDS, fitting, strict=False) if fits)
    if advice:
        return ("recommendation", *(kind for kind in found if kind != "recommendation"))
    return found or ("judgement",)


# --- what speaks for showing it first ---------------------------------------------------------------------------


class Standing(NamedTuple):
    """Where a sentence stands in its article."""

    first: bool
    """It opens its block."""
    position: float
    """0 for the first sentence, 1 for the last."""
    title: float
    """Share of the title's content words that it repeats."""
    central: float
    """How much of the article's own vocabulary it holds, 0 to 1."""


SIGNALS: Final = {
    "a number": 0.22,
    "a comparison": 0.12,
    "a cause": 0.08,
    "a rule": 0.08,
    "a forecast": 0.12,
    "a recommendation": 0.06,
    "an event": 0.03,
    "reported by someone else": 0.12,
    "names somebody": 0.04,
    "opens its paragraph": 0.06,
    "near the beginning": 0.08,
    "near the end": 0.05,
    "words of the title": 0.10,
    "the article's main words": 0.12,
    "leans on the sentence before": -0.08,
    "only an example": -0.08,
    "short": -0.10,
    "very long": -0.05,
    "speaks to the reader": -0.06,
    "tells of the author": -0.12,
}
"""Every signal that counts and its weight, in the order in which the reasons are given."""
_BASE = 0.30


def own_signals(sentence: Sentence, attributed: bool) -> tuple[bool, ...]:
    """Say which signals fire that need nothing but the sentence, apart from its kinds: two before those of its place, and six behind."""
    words, body = sentence.words, sentence.body
    return (
        attributed,
        sentence.named,
        words[body] in _POINTERS or sentence.text[0].islower(),
        body > 0 and not _EXAMPLES.isdisjoint(words[:body]),
        len(words) < 9,
        len(words) > 50,
        sentence.signs & Sign.READER != 0,
        sentence.signs & Sign.AUTHOR != 0,
    )


def weigh(fitting: tuple[ClaimKind, ...], own: tuple[bool, ...], where: Standing) -> tuple[float, tuple[str, ...]]:
    """Add up the signals that fire: a score from 0 to 1 and their names.

    Args:
        fitting: the kinds of the sentence.
        own: what `own_signals` says of it.
        where: where it stands.
    """
    first, position, title, central = where
    return _added(fitting, own, (first, position < 0.12, position > 0.88, title >= 0.4, central >= 0.5))


@lru_cache(maxsize=4096)
def _added(
    fitting: tuple[ClaimKind, ...], own: tuple[bool, ...], placed: tuple[bool, ...]
) -> tuple[float, tuple[str, ...]]:
    """Add up what fires, the kinds first; few combinations are common, and their reasons are the same tuple."""
    others = (*own[:2], *placed, *own[2:])
    fires = (*(kind in fitting for kind in CLAIM_KINDS[: len(SIGNALS) - len(others)]), *others)
    fired = [name for name, on in zip(SIGNALS, fires, strict=True) if on]
    score = _BASE + sum(SIGNALS[name] for name in fired)
    return round(min(1.0, max(0.0, score)), 3), tuple(fired)
