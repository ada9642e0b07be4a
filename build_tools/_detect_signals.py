"""Signals: the table of what speaks for showing a sentence first, and the order in which the kinds are tried.

Comes in: a sentence. Goes out: named signals with weights, a kind, and whether the sentence is a claim at all.
Rules only, no learnt weights; the definitions are the codebook's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ._detect_sentence import Sentence
from ._words import stop_words
from .model import ClaimKind, Quantity

_TIME = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century"})
_BE = frozenset(
    {
        "is",
        "are",
        "was",
        "were",
        "be",
        "remain",
        "remains",
        "became",
        "become",
        "becomes",
        "possess",
        "has",
        "have",
        "world's",
    }
)
_POINTERS = frozenset({"this", "these", "it", "they", "that", "those", "he", "she", "its", "it's", "that's", "such"})
_EXAMPLES = frozenset({"example", "instance"})
_FUTURE = frozenset({"will", "won't", "shall", "it'll", "they'll", "we'll", "he'll", "she'll"})
_DUTY = frozenset({"should", "must", "ought", "shouldn't", "mustn't"})
_NOT_BIDDEN = frozenset({"always", "they", "it", "he", "she", "don't", "doesn't", "not", "didn't"})
_SHORTEST = 4


# --- is it a claim ---------------------------------------------------------------------------------------------


def asserts(sentence: Sentence, english: bool = True) -> bool:
    """Say whether the sentence asserts something: not a question, a signpost or a fragment."""
    text = sentence.text.rstrip("”’\"')] ")
    if text.endswith(("?", ":")) or not any(character.isalpha() for character in text):
        return False
    if not english:
        return len(sentence.words) >= _SHORTEST or len(text) >= 12
    if sentence.opening == "steering" or any(
        phrase.first <= sentence.body for phrase in sentence.cues.get("signpost", ())
    ):
        return False
    return len(sentence.words) >= _SHORTEST and _has_verb(sentence)


def _has_verb(sentence: Sentence) -> bool:
    """A finite verb: a known one, or the look of one.

    Long sentences with a full stop are given the benefit of the doubt.
    """
    if sentence.opening or sentence.has("auxiliary", "verb", "event", "strongcause", "recommend"):
        return True
    if any(word.endswith("ed") for word in sentence.words[1:]):
        return True
    return len(sentence.words) >= 8 and sentence.text.rstrip("”’\"')")[-1:] in {".", "!", "…"}


# --- kinds, in the order of the codebook -----------------------------------------------------------------------


def figure(quantity: Quantity) -> bool:
    """Whether a figure is the kind of number a claim is about: money, a share, a count; not `five-year` or `8-bit`."""
    joined = (
        "-" in quantity.text.lstrip("-")
        and quantity.text[-1].isalpha()
        and quantity.unit not in {"GPU-hour", "percent"}
    )
    if joined or quantity.unit == "bit":
        return False
    if quantity.unit:
        return quantity.unit not in _TIME or quantity.text[:1].isdigit()
    return quantity.text[0].isdigit() or abs(quantity.value) >= 100 or 0 < quantity.value < 1


def _quantity(sentence: Sentence) -> bool:
    return any(figure(quantity) for quantity in sentence.quantities) or _vague_magnitude(sentence.words)


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
    words = sentence.words
    if sentence.has("contrast") and any(
        " ".join(words[p.first : p.last]) not in {"rather than", "instead of", "match", "matches", "lagging"}
        for p in sentence.cues["contrast"]
    ):
        return True
    if words[sentence.body : sentence.body + 1] == ["while"] and "," in sentence.text:
        return True
    return _than(words) or _superlative(words)


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


def _causation(sentence: Sentence) -> bool:
    return sentence.has("strongcause")


def _rule(sentence: Sentence) -> bool:
    return sentence.has("strongrule")


def _prediction(sentence: Sentence) -> bool:
    if not _FUTURE.isdisjoint(sentence.words) or sentence.has("forecast"):
        return True
    return sentence.has("if") and sentence.has("conditional")


def _recommendation(sentence: Sentence) -> bool:
    return sentence.opening == "advice" or (
        sentence.has("recommend")
        and (
            not _DUTY.isdisjoint(sentence.words)
            or any(
                p.last - p.first > 1 and sentence.words[p.first - 1] not in _NOT_BIDDEN
                for p in sentence.cues["recommend"]
            )
        )
    )


def _fact(sentence: Sentence) -> bool:
    named = (
        bool(sentence.names) or _opens_with_name(sentence) or any(figure(quantity) for quantity in sentence.quantities)
    )
    return named and sentence.has("event") and len(sentence.cues.get("evaluate", ())) < 2


def _opens_with_name(sentence: Sentence) -> bool:
    """`Volvo has launched …`: one word that is no plural, right before what it did."""
    words = sentence.words[sentence.body :]
    if len(words) < 3 or words[0] in stop_words() or (words[0].endswith("s") and words[1] in {"have", "are", "were"}):
        return False
    done = sentence.body + 1 + (words[1] in {"has", "have", "had"})
    return any(phrase.first == done for phrase in sentence.cues.get("event", ()))


KINDS: tuple[tuple[ClaimKind, Callable[[Sentence], bool]], ...] = (
    ("quantity", _quantity),
    ("comparison", _comparison),
    ("causation", _causation),
    ("rule", _rule),
    ("prediction", _prediction),
    ("recommendation", _recommendation),
    ("fact", _fact),
)
"""Tried in the codebook's order; what fits none is a judgement. An imperative is a recommendation before all else."""


def kinds(sentence: Sentence) -> tuple[ClaimKind, ...]:
    """Name all kinds that fit, the kind of the main assertion first."""
    fitting = tuple(name for name, fits in KINDS if fits(sentence))
    if sentence.opening == "advice":
        return ("recommendation", *(name for name in fitting if name != "recommendation"))
    return fitting or ("judgement",)


# --- what speaks for showing it first ---------------------------------------------------------------------------


class Context(NamedTuple):
    """Where a sentence stands in its article."""

    position: float
    """0 for the first sentence, 1 for the last."""
    title: float
    """Share of the title's content words that it repeats."""
    central: float
    """How much of the article's own vocabulary it holds, 0 to 1."""
    attributed: bool
    kinds: tuple[ClaimKind, ...]


class Signal(NamedTuple):
    """One row of the table."""

    name: str
    weight: float
    fires: Callable[[Sentence, Context], bool]


SIGNALS: tuple[Signal, ...] = (
    Signal("a number", 0.22, lambda s, c: "quantity" in c.kinds),
    Signal("a comparison", 0.12, lambda s, c: "comparison" in c.kinds),
    Signal("a cause", 0.08, lambda s, c: "causation" in c.kinds),
    Signal("a rule", 0.08, lambda s, c: "rule" in c.kinds),
    Signal("a forecast", 0.12, lambda s, c: "prediction" in c.kinds),
    Signal("a recommendation", 0.06, lambda s, c: "recommendation" in c.kinds),
    Signal("an event", 0.03, lambda s, c: "fact" in c.kinds),
    Signal("reported by someone else", 0.12, lambda s, c: c.attributed),
    Signal("names somebody", 0.04, lambda s, c: bool(s.names)),
    Signal("opens its paragraph", 0.06, lambda s, c: s.first),
    Signal("near the beginning", 0.08, lambda s, c: c.position < 0.12),
    Signal("near the end", 0.05, lambda s, c: c.position > 0.88),
    Signal("words of the title", 0.10, lambda s, c: c.title >= 0.4),
    Signal("the article's main words", 0.12, lambda s, c: c.central >= 0.5),
    Signal("leans on the sentence before", -0.08, lambda s, c: bool(s.words) and s.words[s.body] in _POINTERS),
    Signal("only an example", -0.08, lambda s, c: not _EXAMPLES.isdisjoint(s.words[: s.body])),
    Signal("short", -0.10, lambda s, c: len(s.words) < 9),
    Signal("very long", -0.05, lambda s, c: len(s.words) > 50),
    Signal("speaks to the reader", -0.06, lambda s, c: not {"you", "your", "you're", "we", "us"}.isdisjoint(s.words)),
)
"""Every signal that counts, in the order in which the reasons are given."""
_BASE = 0.30


def weigh(sentence: Sentence, context: Context) -> tuple[float, tuple[str, ...]]:
    """Add up the signals that fire: a score from 0 to 1 and their names."""
    fired = [signal for signal in SIGNALS if signal.fires(sentence, context)]
    score = _BASE + sum(signal.weight for signal in fired)
    return round(min(1.0, max(0.0, score)), 3), tuple(signal.name for signal in fired)
