"""Labels: finds the vocabulary's labels in a text, in one pass.

Comes in: concepts, then texts. Goes out: the concepts whose labels stand there as whole words. Topics are matched
by stems; names by their words, short and all-capital ones only as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ._words import stem
from .model import Concept, ConceptId

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SHORT = 3


class Labels:
    """The labels of many concepts, by their first word."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        """Take the concepts of a vocabulary."""
        self.known: set[str] = set()
        self._topics: dict[str, list[tuple[tuple[str, ...], ConceptId]]] = {}
        self._names: dict[str, list[tuple[tuple[str, ...], ConceptId, bool]]] = {}
        self.add(concepts)

    def add(self, concepts: Iterable[Concept]) -> None:
        """Take more concepts."""
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
        words = _words(text)
        lower = [word.lower() for word in words]
        stems = [stem(word) for word in lower]
        topics: dict[ConceptId, None] = {}
        names: dict[ConceptId, None] = {}
        for place in [place for place, found in enumerate(stems) if found in self._topics]:
            for rest, concept in self._topics[stems[place]]:
                if not rest or tuple(stems[place + 1 : place + 1 + len(rest)]) == rest:
                    topics[concept] = None
        for written, is_exact in ((words, True), (lower, False)):
            for place in [place for place, word in enumerate(written) if word in self._names]:
                for rest, concept, exact in self._names[written[place]]:
                    if exact == is_exact and (not rest or tuple(written[place + 1 : place + 1 + len(rest)]) == rest):
                        names[concept] = None
        return tuple(topics), tuple(names)


def _words(text: str) -> list[str]:
    """Words without possessive endings; the full stops of `U.S.` part words on both sides alike."""
    return [word[:-2] if word.endswith(("'s", "’s")) else word for word in _WORD.findall(text)]


def _folded(label: str) -> str:
    return "".join(_words(label)).lower()


def _is_strict(label: str) -> bool:
    """Whether a label is too short or too shouted to be looked for in other cases: `US`, `WHO`, `It`."""
    letters: Sequence[str] = [character for character in label if character.isalpha()]
    return len(letters) <= _SHORT or all(character.isupper() for character in letters)
