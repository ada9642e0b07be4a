"""YAML as people write it, turned into nodes that know their place; the dangerous half of YAML is refused.

Comes in: a file or its text. Goes out: `Scalar`, `Listing` and `Table` nodes with line, column and range,
and problems. Does not know what the keys mean, resolves no dates, aliases or tags, and builds no objects.
"""
from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

import yaml

from ..problems import Problems
from ._place import Lines, Place
from ._trouble import explain, short

MAX_BYTES: Final = 2_000_000
"""Larger files are refused unread: a thousand claims by hand take about 500 KB."""
MAX_DEPTH: Final = 20
"""Nesting beyond this is refused; a sidecar needs five levels."""
MAX_PROBLEMS: Final = 100
"""So many problems of one file are listed; a broken file has one cause, not thousands."""

__all__ = [
    "MAX_BYTES", "Entry", "Listing", "Node", "Place", "Report", "Scalar", "Table", "parse_yaml", "read_source",
]

_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INT = re.compile(r"[-+]?[0-9]{1,18}\Z")
_FLOAT = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}\Z")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value."""

    text: str
    """As written, unquoted and unfolded."""
    style: str
    """Empty for a plain value, else the sign it is written with: `'`, `"`, `|` or `>`; `*` for a reference, not followed."""
    place: Place

    @property
    def value(self) -> str | int | float | bool | None:
        """What a plain value means: a number, true, false, nothing; everything else is text, dates too."""
        if self.style:
            return self.text
        if self.text in _CONSTANTS:
            return _CONSTANTS[self.text]
        if _INT.match(self.text):
            return int(self.text)
        return float(self.text) if _FLOAT.match(self.text) else self.text


_CONSTANTS: Final[dict[str, bool | None]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Table:
    """Keys with values, in the order of the file; each key once."""

    entries: tuple[Entry, ...]
    place: Place
    referring: frozenset[str] = frozenset()
    """Keys whose value has a name for reuse or repeats another part; S03 says so, and nothing else need be said of them."""

    def get(self, key: str) -> Node | None:
        """Return the value of a key, None where the key is not there."""
        return next((entry.value for entry in self.entries if entry.key.text == key), None)


Node: TypeAlias = Scalar | Listing | Table


@dataclass(slots=True)
class Report:
    """Names the file and the stage in every problem that one YAML file has."""

    file: str
    letter: str
    """`S` for a sidecar, `V` for a vocabulary: the first eight codes of both mean the same."""
    problems: Problems
    count: int = 0
    """Problems so far, listed or not."""

    @property
    def full(self) -> bool:
        """Whether further problems would not be listed, so that no work need go into their words."""
        return self.count > MAX_PROBLEMS

    def error(self, number: int, place: Place | None, message: str, remedy: str) -> None:
        """Report what makes the build fail; beyond `MAX_PROBLEMS` only that there is more."""
        if line_column := self._room(place):
            line, column = line_column
            self.problems.error(f"{self.letter}{number:02}", self.file, message, remedy, line=line, column=column)

    def warning(self, number: int, place: Place | None, message: str, remedy: str) -> None:
        """Report what a person should look at."""
        if line_column := self._room(place):
            line, column = line_column
            self.problems.warning(f"{self.letter}{number:02}", self.file, message, remedy, line=line, column=column)

    def _room(self, place: Place | None) -> tuple[int | None, int | None] | None:
        self.count += 1
        if self.count == MAX_PROBLEMS + 1:
            self.problems.error(
                f"{self.letter}01", self.file, f"more than {MAX_PROBLEMS} problems; the rest is not listed",
                "mend the ones listed, from the top, then check again",
            )
        if self.count > MAX_PROBLEMS:
            return None
        return (place.line, place.column) if place else (None, None)


def read_source(path: Path, report: Report) -> str | None:
    """Read a YAML file's text, without its byte order mark; None (and a problem) where that can't be done.

    A file above `MAX_BYTES` is refused by its size alone; links and devices are not followed.
    """
    try:
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode):
            report.error(1, None, "this is not a plain file (a link, a folder or a device)", "put the file itself here")
            return None
        if found.st_size > MAX_BYTES:
            _too_large(found.st_size, report)
            return None
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        report.error(1, None, f"the file can't be read: {reason}", "make it readable, or remove it")
        return None
    return _decoded(raw, report)


def _too_large(size: int, report: Report) -> None:
    report.error(
        1, None, f"the file holds {size:,} bytes; more than {MAX_BYTES:,} are not read",
        "keep only metadata, claims and relations in it; the article itself belongs in the .txt, .html or .md file",
    )


def _decoded(raw: bytes, report: Report) -> str | None:
    if len(raw) > MAX_BYTES:
        _too_large(len(raw), report)
        return None
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        place = Place(raw.count(b"\n", 0, error.start) + 1, 1, 0, 0)
        report.error(
            1, place, f"the file is not UTF-8: byte 0x{raw[error.start]:02x} in this line is no letter there",
            "save it again with the encoding UTF-8 (in most editors: Save as, Encoding)",
        )
        return None


@dataclass(slots=True)
class _Open:
    """A list or table whose end has not come yet."""

    table: bool
    start: int
    items: list[Node] = field(default_factory=list)


def parse_yaml(text: str, report: Report) -> Node | None:
    """Turn the text of a YAML file into nodes; every problem goes into the report.

    Built on the parser's events and a stack of our own, so that no nesting can exhaust the machine.

    Returns:
        The root; None for an empty file and for one that can't be used.
    """
    lines = Lines(text)
    if bad := _FORBIDDEN.search(text):
        report.error(
            2, lines.place(bad.start(), bad.end()), f"the character U+{ord(bad[0]):04X} can't stand in YAML",
            "delete it; it can't be seen in most editors, so type the words around it anew",
        )
        return None
    builder = _Builder(lines, report)
    parser = _Parser(text)
    try:
        for event in _events(parser):
            if not builder.take(event):
                return None
    except yaml.MarkedYAMLError as error:
        report.error(2, *explain(error, lines))
        return None
    finally:
        parser.dispose()
        builder.tell_references()
    return None if builder.root is not None and _refers(builder.root) else builder.root


def _events(parser: yaml.SafeLoader) -> Iterator[yaml.Event]:
    while parser.check_event():
        yield parser.get_event()  # type: ignore[no-untyped-call]


@dataclass(slots=True)
class _Builder:
    """Collects events into nodes."""

    lines: Lines
    report: Report
    root: Node | None = None
    _stack: list[_Open] = field(default_factory=list)
    _documents: int = 0
    _references: list[tuple[str, Place]] = field(default_factory=list)
    """Every `&name` and `*name`, in order."""
    _named: set[int] = field(default_factory=set)
    """Where the `&name`s stand."""

    def take(self, event: yaml.Event) -> bool:
        """Add one event; False where reading must stop."""
        start = event.start_mark.index if event.start_mark else 0
        end = event.end_mark.index if event.end_mark else start
        place = self.lines.place(start, end)
        if isinstance(event, yaml.DocumentStartEvent):
            return self._document(place)
        self._refuse(event, place)
        if isinstance(event, yaml.ScalarEvent):
            style = event.style if event.style in ("'", '"', "|", ">") else ""
            self._put(Scalar(event.value, style, place))
        elif isinstance(event, yaml.AliasEvent):
            self._put(Scalar("", "*", place))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._stack.append(_Open(isinstance(event, yaml.MappingStartEvent), start))
            return self._not_too_deep(place)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(end)
        return True

    def _document(self, place: Place) -> bool:
        self._documents += 1
        if self._documents > 1:
            self.report.error(
                3, place, "a second YAML document begins here",
                "delete this line (--- or ...); one file is one document",
            )
        return self._documents == 1

    def _refuse(self, event: yaml.Event, place: Place) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            refers = isinstance(event, yaml.AliasEvent)
            self._references.append((f"{'*' if refers else '&'}{anchor}", place))
            if not refers:
                self._named.add(place.start)
        if tag is not None:
            self.report.error(
                3, place, f"“{short(tag)}” marks a type; types are not supported",
                "delete the mark (the word that begins with !), or put the value in quotation marks",
            )

    def tell_references(self) -> None:
        """Report the first `&name` or `*name`, and how many more there are: one cause is one problem."""
        if not self._references:
            return
        (sign, place), more = self._references[0], len(self._references) - 1
        does = "names a part of the file for reuse" if sign[0] == "&" else "repeats another part of the file"
        last = self._references[-1][1].line
        rest = f" ({more} more such {'mark' if more == 1 else 'marks'}, the last in line {last})" if more else ""
        self.report.error(
            3, place, f"“{short(sign)}” {does}; such marks are not read{rest}",
            "write each value out where it belongs and delete the marks; "
            f"if {sign[0]} belongs to your text, put the whole text in quotation marks",
        )

    def _not_too_deep(self, place: Place) -> bool:
        if len(self._stack) <= MAX_DEPTH:
            return True
        self.report.error(
            3, place, f"lists and keys are nested more than {MAX_DEPTH} deep",
            "put a text that begins with [ or { in quotation marks; nothing in this file needs such nesting",
        )
        return False

    def _put(self, node: Node) -> None:
        if not self._stack:
            self.root = node
        elif self._stack[-1].table or not _refers(node):
            self._stack[-1].items.append(node)

    def _close(self, end: int) -> None:
        done = self._stack.pop()
        place = self.lines.place(done.start, end)
        self._put(self._table(done.items, place) if done.table else Listing(tuple(done.items), place))

    def _table(self, items: list[Node], place: Place) -> Table:
        kept: dict[str, Entry] = {}
        referring: set[str] = set()
        for key, value in zip(items[::2], items[1::2], strict=True):
            if isinstance(key, Scalar) and (_refers(value) or value.place.start in self._named):
                referring.add(key.text)
            if _refers(key) or _refers(value):
                continue
            if not isinstance(key, Scalar):
                self.report.error(
                    3, key.place, "a list or a group stands where a key belongs",
                    "write a word and a colon, such as quote: …, or put a text with brackets in quotation marks",
                )
            elif key.text in kept:
                first = kept[key.text].key.place.line
                self.report.error(
                    4, key.place, f"the key “{short(key.text)}” stands twice; the first is in line {first}",
                    f"keep one of the two, or begin a new entry with “- ” before the second {short(key.text)}",
                )
            else:
                kept[key.text] = Entry(key, value)
        return Table(tuple(kept.values()), place, frozenset(referring))


def _refers(node: Node) -> bool:
    """Whether a node repeats another part of the file."""
    return isinstance(node, Scalar) and node.style == "*"
