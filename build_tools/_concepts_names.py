"""Names: finds runs of capitalised words in claims, and says what kind of thing each one names.

Comes in: text. Goes out: names with their places, and a kind by the company they keep. Doesn't know who anybody is:
a name without a cue is of kind `other`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ._words import lexicon, stop_words
from .model import ConceptKind

_TOKEN = re.compile(r"[^\W_]+(?:[.'’&+-][^\W_]+)*")
_LINKS = frozenset({"of", "for", "de", "van", "von", "al", "der", "du"})
_LISTS = lexicon("names")
_NOT_NAMES = frozenset(_LISTS["not names"])
_DEMONYMS = frozenset(_LISTS["demonyms"])
_PLACES = frozenset(_LISTS["places"])
_TITLES = frozenset(_LISTS["titles"])
_LAWS = frozenset(_LISTS["laws"])
_ORGANISATIONS = frozenset(_LISTS["organisations"])
_ALIASES = {short.strip(): full.strip() for short, full in (entry.split("=") for entry in _LISTS["aliases"])}
_CUES: tuple[tuple[ConceptKind, int, frozenset[str]], ...] = (
    ("organisation", 0, frozenset(_LISTS["organisation before"])),
    ("organisation", 1, frozenset(_LISTS["organisation after"])),
    ("product", 1, frozenset(_LISTS["product after"])),
    ("place", 0, frozenset(_LISTS["place before"])),
    ("person", 0, frozenset(_LISTS["person before"])),
    ("person", 1, frozenset(_LISTS["person after"])),
)
"""The kind that a neighbouring word speaks for; 0 is the word before the name, 1 the word after."""
_ABBREVIATED = re.compile(r"[A-Z](?:\.[A-Z])*|Dr|Mr|Mrs|Ms|St")
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in a text."""

    text: str
    """Without titles and possessive; an alias is replaced by what it stands for."""
    start: int
    end: int
    opens: bool
    """It opens a sentence, so that its capital proves nothing."""
    before: str
    after: str
    """The neighbouring words in lower case."""


def names(text: str) -> Iterator[Name]:
    """Give the runs of capitalised words of `text`, in reading order."""
    matches = list(_TOKEN.finditer(text))
    last = 0
    for place, match in enumerate(matches):
        if place >= last and _is_capital(match.group()):
            last = _run_end(text, matches, place)
            yield from _named(text, matches, place, last)


@cache
def _is_capital(word: str) -> bool:
    """`OpenAI`, `GPT-5`, `iPhone`; not `AI-powered`."""
    if "-" in word and (tail := word.rsplit("-", 1)[1])[:1].islower() and len(tail) > 2:
        return False
    return word[0].isupper() or (len(word) > 2 and word[0].islower() and word[1].isupper())


def _run_end(text: str, matches: Sequence[re.Match[str]], first: int) -> int:
    """One past the last word of the run: words parted by one space, also `of` and `for` between capitals."""
    last = first + 1
    linked = False
    while last < len(matches) and last - first < _LONGEST + 3:
        previous, word = matches[last - 1].group(), matches[last].group()
        gap = text[matches[last - 1].end() : matches[last].start()]
        if (gap != " " and not (gap == ". " and _ABBREVIATED.fullmatch(previous))) or previous.endswith(("’s", "'s")):
            break
        if _is_capital(word) or (word[0].isdigit() and "-" not in word and len(word) < 5 and last - first < 3):
            last += 1
        elif (
            (word in _LINKS or (word == "and" and linked))
            and last + 1 < len(matches)
            and _is_capital(matches[last + 1].group())
            and text[matches[last].end() : matches[last + 1].start()] == " "
        ):
            linked = linked or word in {"of", "for"}
            last += 2
        else:
            break
    return last


def _named(text: str, matches: Sequence[re.Match[str]], first: int, last: int) -> Iterator[Name]:
    """Trim titles, nationalities and function words off the run; nothing may be left."""
    opens = first == 0 or text[: matches[first].start()].rstrip().endswith((".", "!", "?", ":", "“", "—"))
    words = [matches[place].group() for place in range(first, last)]
    stops = stop_words()
    while words and (
        (words[0].lower() in stops and words[0] not in _ALIASES)
        or words[0] in _TITLES
        or words[0] in _NOT_NAMES
        or (
            words[0] in _DEMONYMS
            and not (len(words) > 2 or (len(words) == 2 and words[1] in _ORGANISATIONS | _LAWS | _PLACES))
            and " ".join(words) not in _PLACES
        )
    ):
        words, first, opens = words[1:], first + 1, False
    if first == 0 and len(words) > 2 and words[1] in _LINKS and words[0] not in _ORGANISATIONS | _LAWS:
        words, first, opens = words[2:], 2, False
    while words and (words[-1] in _NOT_NAMES or words[-1] in _LINKS or words[-1].lower() == "and"):
        words, last = words[:-1], last - 1
    if not words or words[0][0].isdigit():
        return
    end = matches[last - 1].end()
    name = text[matches[first].start() : end]
    if name.endswith(("’s", "'s")):
        name, end = name[:-2], end - 2
    if len(name) < 2 or len(words) > _LONGEST:
        return
    before = matches[first - 1].group().lower() if first else ""
    after = matches[last].group().lower() if last < len(matches) else ""
    yield Name(_ALIASES.get(name, name), matches[first].start(), end, opens, before, after)


@dataclass(slots=True)
class Uses:
    """How a name is used in the corpus."""

    claims: int = 0
    firm: int = 0
    """Uses whose capital does prove a name."""
    cues: Counter[ConceptKind] = field(default_factory=Counter)
    written: set[str] = field(default_factory=set)


def gather(quotes: Iterable[str]) -> tuple[dict[str, Uses], list[list[str]]]:
    """Collect the names of all claims: how each is used, and which stand in each claim."""
    uses: dict[str, Uses] = {}
    held: list[list[str]] = []
    for quote in quotes:
        here: dict[str, None] = {}
        for name in names(quote):
            use = uses.setdefault(name.text, Uses())
            use.claims += name.text not in here
            use.firm += not name.opens or " " in name.text
            written = quote[name.start : name.end]
            if written != name.text:
                use.written.add(written)
            _note_cues(use, name)
            here[name.text] = None
        held.append(list(here))
    return uses, held


def _note_cues(use: Uses, name: Name) -> None:
    for kind, side, cues in _CUES:
        if (name.after if side else name.before) in cues:
            use.cues[kind] += 1


def kind_of(name: str, use: Uses) -> ConceptKind:
    """Say what a name names: by its own words first, then by the words around it."""
    words = name.split()
    if name in _PLACES:
        return "place"
    if words[-1] in _LAWS:
        return "law"
    if not _ORGANISATIONS.isdisjoint(words):
        return "organisation"
    if any(character.isdigit() for character in name):
        return "product"
    best = max(use.cues.items(), key=lambda item: (item[1], item[0]), default=None)
    if best is None or (best[0] == "place" and best[1] < 0.4 * use.claims):
        return "other"
    return "person" if best[0] == "person" and len(words) > 1 else "other" if best[0] == "person" else best[0]
