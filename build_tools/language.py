"""Words: tokens with their places, stems, stop words, and lists of cues read from `lexicon/`.

Comes in: text. Goes out: lower-case words and where they stand. Knows nothing of claims or articles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypeVar

import snowballstemmer

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_STEMMER = snowballstemmer.stemmer("english")
_STEMS: dict[str, str] = {}
_Made = TypeVar("_Made")


class Token(NamedTuple):
    """A word and its half-open range of code points."""

    word: str
    """Lower case, with straight apostrophes."""
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Cut `text` into words; hyphens part words, apostrophes don't."""
    return [Token(m.group().lower().replace("’", "'"), m.start(), m.end()) for m in _WORD.finditer(text)]


def words(text: str) -> list[str]:
    """Return the words of `text` as `tokens` has them, without their places."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def stem(word: str) -> str:
    """Return the stem of a lower-case word (Porter's second stemmer, "Snowball English"), without a possessive 's."""
    found = _STEMS.get(word)
    if found is None:
        base = word[:-2] if word.endswith("'s") else word
        found = _STEMS[word] = _STEMMER.stemWord(base)
    return found


class Once(dict[str, _Made]):
    """What a function makes of a word, worked out when the word is first looked up and kept as long as the table is.

    Texts use the same words again and again: `map(table.__getitem__, found)` takes a twentieth of a microsecond a word.
    """

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[str], _Made]) -> None:
        """Take the function: the same word must always give the same."""
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> _Made:
        """Work out what is not known yet."""
        found = self[word] = self._make(word)
        return found


def lexicon(name: str) -> dict[str, tuple[str, ...]]:
    """Read `lexicon/<name>.txt`: `[section]` lines, then entries parted by commas; `#` starts a comment.

    An entry that ends in `+` stands for a verb and its regular forms.
    """
    sections: dict[str, list[str]] = {}
    entries: list[str] = []
    text = files(__package__).joinpath("lexicon", f"{name}.txt").read_text(encoding="utf-8")
    for written in text.splitlines():
        line = written.split("#", 1)[0].strip()
        if line.startswith("["):
            entries = sections.setdefault(line.strip("[]"), [])
        else:
            entries.extend(form for entry in line.split(",") if entry.strip() for form in _forms(entry.strip()))
    return {section: tuple(dict.fromkeys(found)) for section, found in sections.items()}


def _forms(entry: str) -> tuple[str, ...]:
    """Spell out `drive+` and `lead+ to`: the verb, then -s, -ed, -ing; irregular forms are listed by hand."""
    if "+" not in entry:
        return (entry,)
    verb, rest = entry.split("+", 1)
    if verb.endswith("e"):
        ends = (verb, verb + "s", verb + "d", verb[:-1] + "ing")
    elif verb.endswith("y") and verb[-2:-1] not in "aeiou":
        ends = (verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    elif verb.endswith(("s", "x", "z", "ch", "sh")):
        ends = (verb, verb + "es", verb + "ed", verb + "ing")
    else:
        ends = (verb, verb + "s", verb + "ed", verb + "ing")
    return tuple(form + rest for form in ends)


@cache
def stop_words() -> frozenset[str]:
    """Return the English function words, from `lexicon/stop.txt`."""
    return frozenset(word for found in lexicon("stop").values() for word in found)


@cache
def _deeds() -> frozenset[str]:
    events = frozenset(lexicon("cues")["event"])
    # Of a regular verb the list has `launch` as well as `launched`, and the first may be a noun.
    return frozenset(word for word in events if word != "cut" and not word.endswith("ing") and f"{word.removesuffix('e')}ed" not in events)


@cache
def is_deed(word: str) -> bool:
    """Say whether a lower-case English word is a verb in a form that no noun has: `fell`, `reported`."""
    return word in _deeds() or (word.endswith("ed") and len(word) > 4)


_BEGINNING = 3000
_PLAINLY_ENGLISH, _ENGLISH, _OTHER = 0.3, 0.2, 0.15
"""Least share of function words that shows a language."""
_SCRIPTS = (("ja", re.compile("[\u3040-\u30ff]")), ("ko", re.compile("[\uac00-\ud7af]")), ("zh", re.compile("[\u4e00-\u9fff]")))


@cache
def foreign_words() -> Mapping[str, frozenset[str]]:
    """Return the function words of other languages, from `lexicon/languages.txt`."""
    lists = lexicon("languages")
    return {tag: frozenset(found) for tag, found in lists.items() if len(tag) == 2}


@cache
def certainly_foreign() -> frozenset[str]:
    """Return those of them that mean nothing in English."""
    return frozenset().union(*foreign_words().values()) - frozenset(lexicon("languages")["also English"]) - stop_words()


def language_of(text: str) -> str:
    """Return the two-letter tag of the language that a text is plainly in; empty where none is plain.

    It is told by the function words at the beginning, or by the script. This is for choosing rules, not for publishing.
    """
    stops = stop_words()
    pieces = text[:_BEGINNING].lower().split()
    if sum(map(stops.__contains__, pieces)) > _PLAINLY_ENGLISH * len(pieces):
        return "en"  # as most are: to cut the text properly takes five times as long
    found = words(text[:_BEGINNING])
    if not found:
        return ""
    if sum(map(stops.__contains__, found)) > _ENGLISH * len(found):
        return "en"
    for tag, script in _SCRIPTS:
        if len(script.findall(text[:_BEGINNING])) > 2 * len(found):
            return tag
    share, tag = max((sum(map(known.__contains__, found)) / len(found), tag) for tag, known in foreign_words().items())
    return tag if share > _OTHER else ""


class Phrase(NamedTuple):
    """A known phrase found in a list of tokens: its label, first token, and one past its last token."""

    label: str
    first: int
    last: int


class Phrases:
    """Finds many phrases in one pass over the words of a text: the longest that starts at each word."""

    def __init__(self, labelled: Mapping[str, Iterable[str]]) -> None:
        """Take the phrases of each label; a phrase may have several labels."""
        table: dict[str, dict[tuple[str, ...], list[str]]] = {}
        for label, entries in labelled.items():
            for entry in entries:
                words = tuple(token.word for token in tokens(entry))
                if words:
                    table.setdefault(words[0], {}).setdefault(words[1:], []).append(label)
        self._alone = {first: rest[()] for first, rest in table.items() if () in rest}
        self._longer: dict[str, dict[str, list[tuple[tuple[str, ...], list[str]]]]] = {first: {} for first in table}
        for first, found in table.items():
            for rest, labels in sorted(found.items(), key=lambda item: -len(item[0])):
                if rest:
                    self._longer[first].setdefault(rest[0], []).append((rest[1:], labels))

    def starts(self, word: str) -> bool:
        """Say whether some phrase starts with the word."""
        return word in self._longer

    def opens(self, words: Sequence[str]) -> Phrase | None:
        """Return the longest phrase that the words start with."""
        return next(self._at(words, 0), None) if words and words[0] in self._longer else None

    def find(self, words: Sequence[str]) -> Iterator[Phrase]:
        """Give the phrases in reading order; for each label only the longest at each word."""
        table = self._longer
        for place in [place for place, word in enumerate(words) if word in table]:
            given: set[str] = set()
            for phrase in self._at(words, place):
                if phrase.label not in given:
                    given.add(phrase.label)
                    yield phrase

    def _at(self, words: Sequence[str], place: int) -> Iterator[Phrase]:
        """Give all phrases that start at a word that some phrase starts with, the longest first."""
        first, second = words[place], words[place + 1] if place + 1 < len(words) else ""
        for rest, labels in self._longer[first].get(second, ()):
            last = place + 2 + len(rest)
            if not rest or tuple(words[place + 2 : last]) == rest:
                for label in labels:
                    yield Phrase(label, place, last)
        for label in self._alone.get(first, ()):
            yield Phrase(label, place, place + 1)


_OPENERS = Phrases(lexicon("openers"))


def may_open(word: str) -> bool:
    """Say whether a discourse opener starts with the word; where none does, `opening` is 0."""
    return _OPENERS.starts(word)


def opening(words: Sequence[str]) -> int:
    """Count the words of the discourse openers at the head (`However`, `For example`), at most two openers."""
    place = 0
    for _ in range(2):
        phrase = _OPENERS.opens(words[place : place + 6])
        if phrase is None:
            break
        place += phrase.last
    return place
