"""Asserters: who a sentence says is speaking, and the words that limit its certainty.

Comes in: a sentence with its words and cues. Goes out: a name with the words that give it away, or nothing. Doesn't
resolve pronouns: `she said` stays with the article's author rather than with a guess.
"""

from __future__ import annotations

import re

from ..language import Phrase, Phrases, lexicon, stop_words
from ._sentence import Sentence
from ._words import Sign

_SPEECH = lexicon("speech")
_SOURCES = frozenset(_SPEECH["sources"])
_OFFICES = frozenset(lexicon("names")["person before"])
_VERBS = Phrases({"strong": _SPEECH["strong"], "according": _SPEECH["according"]})
_EDGE = re.compile(
    r"[;:(]|,?[”\"]\s|,(?:\s+(?:and|but|or|while))?\s|\s(?:that|but|because|while|although|when|if|as|which|who|why)\s"
)
_ASIDE = re.compile(r"\s?[—–(,][^—–(),]{1,80}(?:,[^—–(),]{1,60}){0,3}[—–),]\s?$")
_PARTS = re.compile(r"[\s-]+")
_TRIM = re.compile(
    r"^(?:the|a|an|and|but|yet|so|also|now|even|today|then|in \d{4}|however|moreover|meanwhile|similarly|instead)\s+",
    re.IGNORECASE,
)
_YEAR = re.compile(r"^(?:19|20)\d\d\s+")
_TAIL = re.compile(
    r"\s+(?:also|now|recently|already|has|have|had|rightly|once|later|itself|themselves|himself|herself)$",
    re.IGNORECASE,
)
_LEADS = frozenset(
    {"the", "a", "an", "and", "but", "yet", "so", "also", "now", "even", "today", "then", "in", "however"}
    | {"moreover", "meanwhile", "similarly", "instead"}
)
_TAILS = frozenset(
    {"also", "now", "recently", "already", "has", "have", "had", "rightly", "once", "later"}
    | {"itself", "themselves", "himself", "herself"}
)
_AFTER = re.compile(r"\s+((?:[A-Z][\w.’'&-]*)(?:\s+(?:of|the|for|de|van|von|al|[A-Z][\w.’'&-]*)){0,6})")
_SOURCE_END = re.compile(
    r"[,;:.()—–”\"]| (?:that|which|who|is|are|was|were|has|have|had|will|the [a-z]+ (?:is|was|has))(?= )"
)
_NOUNS = frozenset(_SPEECH["verb or noun"])
_MOSTLY_NOUNS = frozenset(_SPEECH["mostly noun"])
_GO_ON = frozenset(_SPEECH["after the verb"])
_NOUN_ENDS = frozenset(_SPEECH["after the noun"])
_DEEDS = frozenset(word for section in ("verb", "event", "auxiliary") for word in lexicon("cues")[section])
_UNSAID = frozenset({"to", "not", "would", "could", "can", "cannot", "will", "may", "might", "should", "don't", "didn't", "never"})
"""Words before a verb that leaves open whether anything is said."""
_ROLES = "|".join(re.escape(form) for role in sorted(_OFFICES) for form in (role, role.capitalize(), role.upper()))
_ROLE = re.compile(rf"^(?:[\w’'-]+ ){{0,3}}(?:{_ROLES})\.? (?=[A-Z][\w’'-]+ [A-Z][\w’'-]+$)")
"""`Council leader` or `Mayor` before a name in full; a person is one speaker, in whatever role."""
_NAMED = re.compile(r"[—–(,] ?([A-Z][\w’'-]+(?: [A-Z][\w.’'-]*){1,3})[—–),]")
"""An aside that is nothing but a name: `Its spokesman, Paul Lind, said`."""
_BODIES = frozenset(lexicon("names")["organisations"])
_RELATIVE = re.compile(r"\b(?:that|which|who)\s?$")
_BY = re.compile(r"^.* by (?:the )?(?=[A-Z])")
_LONGEST = 10
"""Words of a name."""
_REACH = 240
"""Code points around the verb that are looked at, so that a sentence without end costs no more than its length."""
_NOT_NAMES = frozenset(_SPEECH["no speaker"])


def attributed(sentence: Sentence) -> tuple[str, int, int] | None:
    """Find who else asserts the sentence: the name, and the half-open range of the words that say so; None for nobody else."""
    if not sentence.signs & Sign.SPEECH:
        return None
    for phrase in _VERBS.find(sentence.words):
        if phrase.label == "strong" and not _may_be_verb(sentence, phrase):
            continue
        start, end = sentence.place(phrase.first, phrase.last)
        if phrase.label == "strong" and start and sentence.text[start].isupper():  # part of a name
            continue
        named = _according(sentence, end) if phrase.label == "according" else _subject(sentence, start, end)
        if named is None:
            continue
        name, first, last = named
        return name, min(first, start), max(last, end)
    return None


def _may_be_verb(sentence: Sentence, phrase: Phrase) -> bool:
    """`States` and `reports` may be nouns: a noun's preposition after them or the end of the sentence says so."""
    word = sentence.words[phrase.last - 1]
    after = sentence.words[phrase.last : phrase.last + 1]
    return word not in _NOUNS or (
        bool(after) and (after[0] in _GO_ON or (word not in _MOSTLY_NOUNS and after[0] not in _NOUN_ENDS))
    )


def _according(sentence: Sentence, end: int) -> tuple[str, int, int] | None:
    """`according to X`: everything up to the next comma, stop or verb."""
    rest = sentence.text[end : end + _REACH]
    edge = _SOURCE_END.search(rest)
    name = (rest[: edge.start()] if edge else rest).rstrip()
    last = end + len(name)
    return _checked(name, end + len(name) - len(name.lstrip()), last)


def _subject(sentence: Sentence, start: int, end: int) -> tuple[str, int, int] | None:
    """`X says` and `says X`."""
    floor = max(0, start - _REACH)
    before = sentence.text[floor:start].rstrip()
    if before.rsplit(None, 1)[-1:] and before.rsplit(None, 1)[-1].lower() in _UNSAID:
        return None  # `has yet to say whether`
    aside = _ASIDE.search(before) if before.endswith(("—", "–", ")", ",")) else None
    if aside and aside.start() > 0:
        before = before[: aside.start()]
        named = _NAMED.fullmatch(aside[0].strip())
        if named and before.rsplit(None, 1)[-1] in _OFFICES:
            return _checked(named[1], floor + aside.start() + aside[0].index(named[1]), end)
    if before.endswith(("”", '"', "’")) or not before:
        after = _AFTER.match(sentence.text, end) if before else None
        name = after[1].rstrip(".") if after else ""
        return _checked(name, start, after.start(1) + len(name)) if after else None
    edges = [match.end() for match in _EDGE.finditer(before + " ")]
    if floor and not edges:
        return None
    first = min(edges[-1], len(before)) if edges else 0
    if _RELATIVE.search(before[:first]) and not any(map(str.isalnum, sentence.text[end:])):
        return None  # `twice the dose that the agency recommends`
    return _checked(_before_verb(before[first:]), floor + first, end)


def _before_verb(name: str) -> str:
    """Return the subject alone where two verbs share it: `The trial enrolled 381 people and` found."""
    if not name.endswith((" and", " but")):
        return name
    words = name.split(" ")
    verb = next((at for at, word in enumerate(words) if at and (word.endswith("ed") or word in _DEEDS)), 0)
    return " ".join(words[:verb])


def _checked(name: str, first: int, last: int) -> tuple[str, int, int] | None:
    """Trim the name; refuse pronouns, whole clauses and words that are neither names nor sources."""
    first += len(name) - len(name.lstrip())
    name = name.strip()
    for _ in range(3 if _may_be_trimmed(name) else 0):
        trimmed = _TAIL.sub("", _YEAR.sub("", _TRIM.sub("", name)))
        if trimmed == name:
            break
        name = trimmed
    words = [word for word in _PARTS.split(name) if word]
    if len(words) > _LONGEST and _BY.match(name):  # `A study of 22 market towns in the west by the University of …`
        name = _BY.sub("", name)
        words = _PARTS.split(name)
    if "—" in name or "–" in name:  # half of an aside: no name rather than a wrong one
        return None
    if not words or len(words) > _LONGEST or words[0].lower().strip('“”"') in _NOT_NAMES:
        return None
    capital = any(word.lstrip('“"‘')[:1].isupper() and word.lower() not in stop_words() for word in words)
    if not capital and words[-1].lower() not in _SOURCES and words[0].lower() not in _SOURCES:
        return None
    bare = name if "“" in name and "”" in name else name.strip("“”\"'’ ")
    return bare if words[-1] in _BODIES else _ROLE.sub("", bare), first, last


def _may_be_trimmed(name: str) -> bool:
    """Say whether a name begins or ends as `_TRIM`, `_YEAR` or `_TAIL` has it; most don't."""
    ends = name.lower().split()
    return not name.isascii() or (bool(ends) and (ends[0] in _LEADS or ends[-1] in _TAILS or ends[0][0] in "12"))


def hedge(sentence: Sentence) -> tuple[int, int] | None:
    """Find the words that limit the sentence's certainty: the half-open range of the first of the longest."""
    for first, last in sentence.cues.get("stronghedge", ()):
        start, end = sentence.place(first, last)
        if sentence.text[start:end] == "May" and first:
            continue
        return start, end
    return None
