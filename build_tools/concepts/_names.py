"""Names: finds runs of capitalised words in claims, and says what kind of thing each one names.

Comes in: text. Goes out: names with their places, and a kind by the company they keep. Doesn't know who anybody is:
a name without a cue is of kind `other`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from ..language import Once, foreign_words, lexicon, stop_words
from ..model import ConceptKind

_TOKEN = re.compile(r"[^\W_]+(?:[.'’&+-][^\W_]+)*")
_OWNERS = re.compile(r"['’] ")
"""What parts the words of `Motorists' League`."""
_LINKS = frozenset({"of", "for", "de", "van", "von", "al", "der", "du"})
_LISTS = lexicon("names")
_NOT_NAMES = frozenset(_LISTS["not names"])
_DEMONYMS = frozenset(_LISTS["demonyms"])
_PLACES = frozenset(_LISTS["places"])
_TITLES = frozenset(_LISTS["titles"])
_LAWS = frozenset(_LISTS["laws"])
_ROADS = re.compile(r"[ABMEN]\d{1,4}")
"""Could be a road as well as a thing."""
_PLACE_WORDS = frozenset(_LISTS["place words"])
GENERIC = frozenset(_LISTS["generic"])
"""Words with a capital that alone stand for whatever was named in full before."""
_ORGANISATIONS = frozenset(_LISTS["organisations"])
_ALIASES = {short.strip(): full.strip() for short, full in (entry.split("=") for entry in _LISTS["aliases"])}
_CUES: tuple[tuple[ConceptKind, int, tuple[str, ...]], ...] = (
    ("organisation", 0, _LISTS["organisation before"]),
    ("organisation", 1, _LISTS["organisation after"]),
    ("product", 1, _LISTS["product after"]),
    ("place", 0, _LISTS["place before"]),
    ("person", 0, _LISTS["person before"]),
    ("person", 1, _LISTS["person after"]),
)
"""The kind that a neighbouring word speaks for; 0 is the word before the name, 1 the word after."""


def _cued() -> tuple[dict[str, list[ConceptKind]], dict[str, list[ConceptKind]]]:
    """The same by side and word."""
    sides: tuple[dict[str, list[ConceptKind]], dict[str, list[ConceptKind]]] = ({}, {})
    for kind, side, cues in _CUES:
        for cue in dict.fromkeys(cues):
            sides[side].setdefault(cue, []).append(kind)
    return sides


_CUED = _cued()
_ABBREVIATED = re.compile(r"[A-Z](?:\.[A-Z])*|Dr|Mr|Mrs|Ms|St")
_LONGEST = 6


class Name(NamedTuple):
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
    if not _may_hold(text.split(" ")):
        return
    matches = list(_TOKEN.finditer(text))
    words = [match.group() for match in matches]
    last = 0
    for place in [place for place, word in enumerate(words) if _CAPITAL[word]]:
        if place >= last:
            last = _run_end(text, matches, words, place)
            if last == place + 1 and _NEVER_FIRST[words[place]]:
                continue  # so are most: a function word that opens the sentence
            name = _named(text, matches, words, place, last)
            if name:
                yield name


def _may_hold(pieces: Sequence[str]) -> bool:
    """Whether a text may hold a name: in many only the first word has a capital, and that is a function word."""
    capitals = sum(map(_CAPITALS.__getitem__, pieces))
    return capitals > 1 or (capitals == 1 and not _OPENS_ONLY[pieces[0]])


def _is_capital(word: str) -> bool:
    """`OpenAI`, `GPT-5`, `iPhone`; not `AI-powered`."""
    if "-" in word and (tail := word.rsplit("-", 1)[1])[:1].islower() and len(tail) > 2:
        return False
    return word[0].isupper() or (len(word) > 2 and word[0].islower() and word[1].isupper())


def _opens_only(piece: str) -> bool:
    """Whether a piece of text is a function word with a capital that is no name: alone it names nothing."""
    words = _TOKEN.findall(piece)
    return len(words) == 1 and _CAPITAL[words[0]] and words[0].lower() in stop_words() and words[0] not in _ALIASES


_CAPITAL = Once(_is_capital)
_CAPITALS = Once(lambda piece: sum([_CAPITAL[word] for word in _TOKEN.findall(piece)]))
"""Capitalised words of a piece of text between two spaces."""
_OPENS_ONLY = Once(_opens_only)


def _run_end(text: str, matches: Sequence[re.Match[str]], words: Sequence[str], first: int) -> int:
    """One past the last word of the run: words parted by one space, also `of` and `for` between capitals."""
    last = first + 1
    linked = False
    while last < len(words) and last - first < _LONGEST + 3:
        previous, word = words[last - 1], words[last]
        gap = text[matches[last - 1].end() : matches[last].start()]
        if gap != " " and not (gap == ". " and _ABBREVIATED.fullmatch(previous)) and not _owned(gap, previous, word):
            break
        if previous.endswith(("’s", "'s")):
            break
        if _CAPITAL[word] or (word[0].isdigit() and "-" not in word and len(word) < 5 and last - first < 3):
            last += 1
        elif (
            (word in _LINKS or (word == "and" and linked))
            and last + 1 < len(words)
            and _CAPITAL[words[last + 1]]
            and text[matches[last].end() : matches[last + 1].start()] == " "
        ):
            linked = linked or word in {"of", "for"}
            last += 2
        else:
            break
    return last


def _owned(gap: str, owners: str, body: str) -> bool:
    """Whether an organisation bears the name of those whom it is for: `Traders' Association`."""
    return owners.endswith("s") and body in _ORGANISATIONS and _OWNERS.fullmatch(gap) is not None


def _named(text: str, matches: Sequence[re.Match[str]], tokens: Sequence[str], first: int, last: int) -> Name | None:
    """Trim titles, nationalities and function words off the run; nothing may be left."""
    opens = first == 0 or text[: matches[first].start()].rstrip().endswith((".", "!", "?", ":", "“", "—"))
    words = tokens[first:last]
    while words and (_NEVER_FIRST[words[0]] or (words[0] in _DEMONYMS and _is_of_a_nation(words))):
        words, first, opens = words[1:], first + 1, False
    if first == 0 and len(words) > 2 and words[1] in _LINKS and words[0] not in _ORGANISATIONS | _LAWS:
        words, first, opens = words[2:], 2, False
    while words and _NEVER_LAST[words[-1]]:
        words, last = words[:-1], last - 1
    if not words or words[0][0].isdigit():
        return None
    start, end = matches[first].start(), matches[last - 1].end()
    name = text[start:end]
    if name.endswith(("’s", "'s")):
        name, end = name[:-2], end - 2
    if len(name) < 2 or len(words) > _LONGEST:
        return None
    before = tokens[first - 1].lower() if first else ""
    after = tokens[last].lower() if last < len(tokens) else ""
    return Name(_ALIASES.get(name, name), start, end, opens, before, after)


def _is_of_a_nation(words: Sequence[str]) -> bool:
    """Whether the nationality that words open with is no part of a name, as it is in `French Academy`."""
    whole = len(words) > 2 or (len(words) == 2 and words[1] in _ORGANISATIONS | _LAWS | _PLACES)
    return not whole and " ".join(words) not in _PLACES


def _is_never_first(word: str) -> bool:
    return (word.lower() in stop_words() and word not in _ALIASES) or word in _TITLES or word in _NOT_NAMES


_NEVER_FIRST = Once(_is_never_first)
_NEVER_LAST = Once(lambda word: word in _NOT_NAMES or word in _LINKS or word.lower() == "and")
"""Whether a word is trimmed off a name."""


@dataclass(slots=True)
class Uses:
    """How a name is used in the corpus."""

    claims: int = 0
    firm: int = 0
    """Uses whose capital does prove a name."""
    cues: Counter[ConceptKind] = field(default_factory=Counter)
    written: set[str] = field(default_factory=set)


def gather(quotes: Sequence[str], tongues: Sequence[str]) -> tuple[dict[str, Uses], list[list[str]]]:
    """Collect the names of all claims: how each is used, and which stand in each claim.

    Args:
        quotes: the claims' words.
        tongues: the language of each; empty where it is not known.
    """
    uses: dict[str, Uses] = {}
    held: dict[tuple[str, str], list[str]] = {}
    said = list(zip(quotes, tongues, strict=True))
    for key, times in Counter(said).items():  # the same sentence stands in several articles of one matter
        quote, tongue = key
        here: dict[str, None] = {}
        for name in names(quote) if tongue in {"en", ""} else _foreign(quote, tongue):
            use = uses.get(name.text) or uses.setdefault(name.text, Uses())
            if name.text not in here:
                use.claims += times
            if not name.opens or " " in name.text:
                use.firm += times
            written = quote[name.start : name.end]
            if written != name.text:
                use.written.add(written)
            _note_cues(use, name, times)
            here[name.text] = None
        held[key] = list(here)
    of = _persons(uses)
    if not of:
        return uses, list(map(held.__getitem__, said))
    whole = {
        key: found if of.keys().isdisjoint(found) else list(dict.fromkeys(of.get(name, name) for name in found))
        for key, found in held.items()
    }
    named = list(map(whole.__getitem__, said))
    claims = Counter(chain.from_iterable(named))
    for full in of.values():
        uses[full].claims = claims[full]
    return uses, named


def _foreign(quote: str, tongue: str) -> Iterator[Name]:
    """Give the names of another language, without its function words; in German every noun has a capital."""
    stops = foreign_words().get(tongue, frozenset())
    for name in names(quote):
        words = name.text.split()
        if stops.isdisjoint(word.lower() for word in (words[0], words[-1])) and (
            len(words) > 1 or (tongue != "de" and not name.opens)
        ):
            yield name


def _persons(uses: dict[str, Uses]) -> dict[str, str]:
    """Give the uses of a surname alone to the one person of the corpus who has it; returns those surnames with the names in full."""
    long: dict[str, list[str]] = {}
    for name in uses:
        if " " in name:
            long.setdefault(name.rsplit(" ", 1)[1], []).append(name)
    of = {
        short: full
        for short, (full, *others) in long.items()
        if short in uses
        and not others
        and kind_of(full, uses[full]) == "person"
        and kind_of(short, uses[short]) == "other"
    }
    for short, full in of.items():
        use, more = uses[full], uses.pop(short)
        use.firm += more.firm
        use.cues.update(more.cues)
        use.written |= {short, *more.written}
    return of


def _note_cues(use: Uses, name: Name, times: int) -> None:
    for side, word in zip(_CUED, (name.before, name.after), strict=True):
        for kind in side.get(word, ()):
            use.cues[kind] += times


def kind_of(name: str, use: Uses) -> ConceptKind:
    """Say what a name names: by its own words first, then by the words around it."""
    words = name.split()
    if name in _PLACES:
        return "place"
    if words[-1] in _LAWS:
        return "law"
    if not _ORGANISATIONS.isdisjoint(words):
        return "organisation"
    if len(words) > 1 and (words[-1] in _PLACE_WORDS or words[0] in {"River", "Lake", "Mount", "Cape"}):
        return "place"
    if any(character.isdigit() for character in name) and not _ROADS.fullmatch(name):
        return "product"
    best = max(use.cues.items(), key=lambda item: (item[1], item[0]), default=None)
    if best is None or (best[0] == "place" and best[1] < 0.4 * use.claims):
        return "other"
    return "person" if best[0] == "person" and len(words) > 1 else "other" if best[0] == "person" else best[0]
