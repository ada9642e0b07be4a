"""Reads a table of YAML key by key: text, lists, choices; each with its problem and a value that would work.

Comes in: a `Table` and where it stands in the file. Goes out: plain values, None where a key is not there.
Knows no key by name: sidecar and vocabulary say what they expect.
"""
from __future__ import annotations

import difflib
import heapq
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from . import Listing, Node, Place, Report, Scalar, Table
from ._trouble import short

LONGEST_TEXT: Final = 5_000
"""Code points of the longest quote or note; a claim is a sentence or two."""
_MANY_NAMES: Final = 2_000
"""Among more names only those that begin alike are compared, to keep a broken file quick to report."""
_Choice = TypeVar("_Choice", bound=str)


def shown(text: str) -> str:
    """Shorten a text for a message, on one line, in quotation marks."""
    return f"“{short(text)}”"


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return the known words that look most like `word`, best first; none where nothing comes close."""
    by_fold = {name.casefold(): name for name in sorted(known, reverse=True)}
    if len(by_fold) > _MANY_NAMES:
        by_fold = {folded: name for folded, name in by_fold.items() if folded[:2] == word[:2].casefold()}
    return [by_fold[found] for found in difflib.get_close_matches(word[:80].casefold(), sorted(by_fold), most, 0.6)]


def nearest_ids(wanted: str, known: Collection[str], most: int = 3) -> list[str]:
    """Return the ids that share most characters with `wanted` at the same or a neighbouring place, and more than half of them.

    Ids are random, so that word likeness says nothing; only slips of the finger count. Linear in `known`.
    """

    def unlike(other: str) -> tuple[int, str]:
        same = sum(map(str.__eq__, wanted, other))
        beside = max(sum(map(str.__eq__, wanted, other[1:])), sum(map(str.__eq__, wanted[1:], other)))
        return (-max(2 * same, 2 * beside - 1), other)

    return [name for name in heapq.nsmallest(most, known, key=unlike) if -unlike(name)[0] > len(wanted)]


def one_of(names: Sequence[str]) -> str:
    """Join names as people do: `full or excerpt`, `topic, person or place`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def kind_of(node: Node) -> str:
    """Say in plain words what stands there."""
    if isinstance(node, Listing):
        return "a list"
    if isinstance(node, Table):
        return "a group of keys"
    value = node.value
    return "nothing" if value is None else f"{shown(node.text)}"


@dataclass(slots=True)
class Fields:
    """One table of the file, read key by key."""

    table: Table
    path: str
    """Key path of the table, such as `claims[3]`; empty at the top."""
    report: Report
    known: tuple[str, ...]
    """Every key that may stand here."""
    below: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Lists of this table, each with the keys of its entries: one of them that stands here is indented too little."""

    def __post_init__(self) -> None:
        """Report the keys that may not stand here."""
        for entry in self.table.entries:
            if entry.key.text not in self.known and entry.key.text not in self.table.referring:
                if self.report.full:
                    return
                self._unknown(entry.key)

    def _unknown(self, key: Scalar) -> None:
        near = nearest(key.text, self.known, 1)
        hint = f"did you mean {one_of(near)}? " if near else ""
        for group, keys in self.below.items():
            if key.text in keys:
                hint = f"if it belongs to an entry of {group}:, indent it as far as the other keys of that entry; "
        self.report.error(
            5, key.place, f"{shown(key.text)} is not a key of {self.path or 'this file'}",
            f"{hint}the keys here are {', '.join(self.known)}",
        )

    def where(self, key: str) -> str:
        """Return the key path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def place(self, key: str) -> Place:
        """Return where a key's value stands, or the table where there is none."""
        found = self.table.get(key)
        return found.place if found is not None else self.table.place

    def node(self, key: str) -> Node | None:
        """Return the value of a key; None where the key is missing or nothing stands behind it."""
        found = self.table.get(key)
        return None if isinstance(found, Scalar) and found.value is None else found

    def text(self, key: str, example: str, *, may_be_empty: bool = False) -> str | None:
        """Read a text, white space folded; None (and a problem) where it is none."""
        found = self.node(key)
        return None if found is None else self._text(found, self.where(key), f"{key}: {example}", may_be_empty)

    def _text(self, node: Node, where: str, example: str, may_be_empty: bool = False) -> str | None:
        if not isinstance(node, Scalar):
            self.report.error(6, node.place, f"{where} is {kind_of(node)}, not a text", f"write {example}")
            return None
        if isinstance(node.value, bool):
            self.report.error(
                6, node.place, f"{where} is {node.text}, which YAML takes for yes or no, not for a text",
                f"put it in quotation marks: \"{node.text}\"",
            )
            return None
        return self._bounded(node, where, example, may_be_empty)

    def _bounded(self, node: Scalar, where: str, example: str, may_be_empty: bool) -> str | None:
        text = " ".join(node.text.split())
        if not text and not may_be_empty:
            self.report.error(6, node.place, f"{where} is empty", f"write {example}, or delete the key")
            return None
        if len(text) > LONGEST_TEXT:
            self.report.error(
                6, node.place, f"{where} holds {len(text):,} characters; at most {LONGEST_TEXT:,} are read",
                "shorten it to a sentence or two",
            )
            return None
        return text

    def texts(self, key: str, example: str) -> tuple[str, ...] | None:
        """Read a list of texts; a single text stands for a list of one."""
        found = self.node(key)
        if found is None:
            return None
        if isinstance(found, Table):
            message = f"{self.where(key)} is {kind_of(found)}, not a list"
            self.report.error(6, found.place, message, f"write {key}: [{example}]")
            return None
        nodes = found.items if isinstance(found, Listing) else (found,)
        read = (self._item(node, f"{self.where(key)}[{at}]", example) for at, node in enumerate(nodes))
        return tuple(dict.fromkeys(text for text in read if text is not None))

    def _item(self, node: Node, where: str, example: str) -> str | None:
        if isinstance(node, Scalar) and node.value is None:
            self.report.error(6, node.place, f"{where} is empty", f"write {example}, or delete the entry")
            return None
        return self._text(node, where, example)

    def choice(self, key: str, choices: Sequence[_Choice]) -> _Choice | None:
        """Read one of a few words; the nearest ones are offered where it is none of them."""
        found = self.node(key)
        if found is None:
            return None
        text = self._text(found, self.where(key), f"{key}: {choices[0]}")
        if text is None or text in choices:
            return next((choice for choice in choices if choice == text), None)
        near = nearest(text, choices, 1)
        rest = f"{key} is {one_of(choices)}"
        self.report.error(
            7, found.place, f"{self.where(key)} is {shown(text)}, which is none of the words it can be",
            f"write {key}: {near[0]} ({rest})" if near else rest,
        )
        return None

    def checked(self, key: str, example: str, check: Callable[[str], tuple[int, str, str] | None]) -> str | None:
        """Read a text that must pass a check, which returns code number, what is wrong, and a remedy."""
        text = self.text(key, example)
        if text is None or (wrong := check(text)) is None:
            return text
        number, message, remedy = wrong
        self.report.error(number, self.place(key), f"{self.where(key)} is {shown(text)}, {message}", remedy)
        return None

    def missing(self, key: str, why: str, example: str) -> None:
        """Report a key that must be there."""
        self.report.error(8, self.table.place, f"{self.path} has no {key}: {why}", f"add {key}: {example}")

    def given(self, key: str) -> bool:
        """Whether something stands behind a key, right or wrong; if nothing, `missing` may be called."""
        return self.node(key) is not None or key in self.table.referring

    def records(self, key: str, known: tuple[str, ...], example: str) -> list[Fields]:
        """Read a list of tables, such as the claims."""
        found = self.node(key)
        if found is None:
            return []
        where = self.where(key)
        if not isinstance(found, Listing):
            self.report.error(
                6, found.place, f"{where} is {kind_of(found)}, not a list",
                f"begin each entry below {key}: with a dash: - {example}",
            )
            return []
        read = (self._record(node, f"{where}[{at}]", known, example) for at, node in enumerate(found.items))
        return [fields for fields in read if fields is not None]

    def _record(self, node: Node, where: str, known: tuple[str, ...], example: str) -> Fields | None:
        if isinstance(node, Table):
            return Fields(node, where, self.report, known)
        self.report.error(6, node.place, f"{where} is {kind_of(node)}, not a group of keys", f"write - {example}")
        return None
