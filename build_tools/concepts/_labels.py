"""Labels: finds the vocabulary's labels in a text, in one pass.

Comes in: concepts, then texts. Goes out: the concepts whose labels stand there as whole words. Topics are matched
by stems; names by their words, short and all-capital ones only as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from ..language import Once, stem
from ..model import Concept, ConceptId

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SHORT = 3


class Labels:
    """The labels of many concepts, by their first word."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        """Take the concepts of a vocabulary."""
        self.known: set[str] = set()
        self._topics: dict[str, list[tuple[tuple[str, ...], ConceptId]]] = {}
        self._names: dict[str, list[tuple[tuple[str, ...], ConceptId, bool]]] = {}
        self._cut = Once(_words)
        self._stemmed = Once(lambda piece: [stem(word.lower()) for word in self._cut[piece]])
        self.add(concepts)

    def add(self, concepts: Iterable[Concept]) -> None:
        """Take more concepts."""
        self._begins = Once(self._may_begin)  # forgets what it knew of fewer labels
        for concept in concepts:
            for label in (concept.pref_label, *concept.alt_labels, *concept.hidden_labels):
                words = _words(label)
                if not words:
                    continue
                self.known.add(_folded(label))
                if concept.kind == "topic":
                    stems = tuple(stem(word.lower()) for word in words)
                    self._topics.setdefault(stems[0], []).append((stems[1:], concept.id))
                else:
                    exact = _is_strict(label)
                    forms = tuple(words if exact else (word.lower() for word in words))
                    self._names.setdefault(forms[0], []).append((forms[1:], concept.id, exact))

    def knows(self, name: str) -> bool:
        """Whether some label is this name, whatever its case and dots."""
        return _folded(name) in self.known

    def find(self, text: str) -> tuple[tuple[ConceptId, ...], tuple[ConceptId, ...]]:
        """Return the topics and the entities of a text, in the order of their first mention."""
        pieces = text.split(" ")
        if not any(map(self._begins.__getitem__, pieces)):
            return (), ()
        stems = list(chain.from_iterable(map(self._stemmed.__getitem__, pieces)))
        topics: dict[ConceptId, None] = {}
        for place in [place for place, found in enumerate(stems) if found in self._topics]:
            second = stems[place + 1 : place + 2]
            for rest, concept in self._topics[stems[place]]:
                if not rest or (rest[0] in second and tuple(stems[place + 1 : place + 1 + len(rest)]) == rest):
                    topics[concept] = None
        return tuple(topics), tuple(self._named(pieces)) if self._names else ()

    def _named(self, pieces: Iterable[str]) -> dict[ConceptId, None]:
        """The concepts with names in a text, those with the case of the text first."""
        words = list(chain.from_iterable(map(self._cut.__getitem__, pieces)))
        names: dict[ConceptId, None] = {}
        for written, is_exact in ((words, True), ([word.lower() for word in words], False)):
            for place in [place for place, word in enumerate(written) if word in self._names]:
                for rest, concept, exact in self._names[written[place]]:
                    if exact == is_exact and (not rest or tuple(written[place + 1 : place + 1 + len(rest)]) == rest):
                        names[concept] = None
        return names

    def _may_begin(self, piece: str) -> bool:
        """Whether a word of a piece of text is the first of some label; most texts hold no such piece."""
        return any(
            word in self._names or word.lower() in self._names or stem(word.lower()) in self._topics
            for word in self._cut[piece]
        )


def _words(text: str) -> list[str]:
    """Words without possessive endings; the full stops of `U.S.` part words on both sides alike."""
    return [word[:-2] if word.endswith(("'s", "’s")) else word for word in _WORD.findall(text)]


def _folded(label: str) -> str:
    return "".join(_words(label)).lower()


def _is_strict(label: str) -> bool:
    """Whether a label is too short or too shouted to be looked for in other cases: `US`, `WHO`, `It`."""
    letters: Sequence[str] = [character for character in label if character.isalpha()]
    return len(letters) <= _SHORT or all(character.isupper() for character in letters)
