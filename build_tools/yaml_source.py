"""YAML as people write it, turned into nodes that know their place; the dangerous half of YAML is refused.

Comes in: a file or its text. Goes out: `Scalar`, `Listing` and `Table` nodes with line, column and range,
and problems. Does not know what the keys mean, resolves no dates, aliases or tags, and builds no objects.
"""
from __future__ import annotations

import bisect
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

import yaml

from .problems import Problems

MAX_BYTES: Final = 2_000_000
"""Larger files are refused unread: a thousand claims by hand take about 500 KB."""
MAX_DEPTH: Final = 20
"""Nesting beyond this is refused; a sidecar needs five levels."""
MAX_PROBLEMS: Final = 100
"""So many problems of one file are listed; a broken file has one cause, not thousands."""

_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INT = re.compile(r"[-+]?[0-9]{1,18}\Z")
_FLOAT = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands in its file."""

    line: int
    """1-based."""
    column: int
    """1-based, in code points."""
    start: int
    end: int
    """Half-open range of code points in the text, without a byte order mark."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value."""

    text: str
    """As written, unquoted and unfolded."""
    style: str
    """Empty for a plain value, else the sign it is written with: `'`, `"`, `|` or `>`."""
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
}  # fmt: skip


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
    _count: int = 0

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
        self._count += 1
        if self._count == MAX_PROBLEMS + 1:
            self.problems.error(
                f"{self.letter}01", self.file, f"more than {MAX_PROBLEMS} problems; the rest is not listed",
                "mend the ones listed, from the top, then check again",
            )  # fmt: skip
        if self._count > MAX_PROBLEMS:
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
    )  # fmt: skip


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
        )  # fmt: skip
        return None


@dataclass(slots=True)
class _Lines:
    """Turns an offset into line and column, counting line feeds only, as editors do."""

    text: str
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [0, *(match.end() for match in re.finditer("\r\n?|\n", self.text))]

    def place(self, start: int, end: int) -> Place:
        start = min(start, len(self.text))
        line = bisect.bisect_right(self.starts, start)
        return Place(line, start - self.starts[line - 1] + 1, start, end)


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
    lines = _Lines(text)
    if bad := _FORBIDDEN.search(text):
        report.error(
            2, lines.place(bad.start(), bad.end()), f"the character U+{ord(bad[0]):04X} can't stand in YAML",
            "delete it; it can't be seen in most editors, so type the words around it anew",
        )  # fmt: skip
        return None
    builder = _Builder(lines, report)
    parser = _Parser(text)
    try:
        for event in _events(parser):
            if not builder.take(event):
                return None
    except yaml.MarkedYAMLError as error:
        _not_yaml(error, lines, report)
        return None
    finally:
        parser.dispose()
    return builder.root


def _events(parser: yaml.SafeLoader) -> Iterator[yaml.Event]:
    while parser.check_event():
        yield parser.get_event()


@dataclass(slots=True)
class _Builder:
    """Collects events into nodes."""

    lines: _Lines
    report: Report
    root: Node | None = None
    _stack: list[_Open] = field(default_factory=list)
    _documents: int = 0

    def take(self, event: yaml.Event) -> bool:
        """Add one event; False where reading must stop."""
        start, end = event.start_mark.index, event.end_mark.index
        place = self.lines.place(start, end)
        if isinstance(event, yaml.DocumentStartEvent):
            return self._document(place)
        self._refuse(event, place)
        if isinstance(event, yaml.ScalarEvent):
            style = event.style if event.style in ("'", '"', "|", ">") else ""
            self._put(Scalar(event.value, style, place))
        elif isinstance(event, yaml.AliasEvent):
            self._put(Scalar("", "", place))
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
                3, place, "a second YAML document begins here", "delete this line (--- or ...); one file is one document"
            )
        return self._documents == 1

    def _refuse(self, event: yaml.Event, place: Place) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            sign = f"*{anchor}"
            self.report.error(
                3, place, f"“{_short(sign)}” repeats another part of the file; such references are not followed",
                "write the value itself here, or put it in quotation marks if the star belongs to the text",
            )  # fmt: skip
        elif anchor is not None:
            sign = f"&{anchor}"
            self.report.error(
                3, place, f"“{_short(sign)}” names a part of the file for reuse; that is not supported",
                "delete the name, or put the value in quotation marks if the sign belongs to the text",
            )  # fmt: skip
        if tag is not None:
            self.report.error(
                3, place, f"“{_short(tag)}” marks a type; types are not supported",
                "delete the mark (the word that begins with !), or put the value in quotation marks",
            )  # fmt: skip

    def _not_too_deep(self, place: Place) -> bool:
        if len(self._stack) <= MAX_DEPTH:
            return True
        self.report.error(
            3, place, f"lists and keys are nested more than {MAX_DEPTH} deep",
            "put a text that begins with [ or { in quotation marks; nothing in this file needs such nesting",
        )  # fmt: skip
        return False

    def _put(self, node: Node) -> None:
        if self._stack:
            self._stack[-1].items.append(node)
        else:
            self.root = node

    def _close(self, end: int) -> None:
        done = self._stack.pop()
        place = self.lines.place(done.start, end)
        self._put(self._table(done.items, place) if done.table else Listing(tuple(done.items), place))

    def _table(self, items: list[Node], place: Place) -> Table:
        kept: dict[str, Entry] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.report.error(
                    3, key.place, "a list or a group stands where a key belongs",
                    "write a word and a colon, such as quote: …, or put a text with brackets in quotation marks",
                )  # fmt: skip
            elif key.text in kept:
                first = kept[key.text].key.place.line
                self.report.error(
                    4, key.place, f"the key “{_short(key.text)}” stands twice; the first is in line {first}",
                    f"keep one of the two, or begin a new entry with “- ” before the second {_short(key.text)}",
                )  # fmt: skip
            else:
                kept[key.text] = Entry(key, value)
        return Table(tuple(kept.values()), place)


def _not_yaml(error: yaml.MarkedYAMLError, lines: _Lines, report: Report) -> None:
    """Say in plain words what the parser stumbled over.

    The parser's own words are for people who know its grammar, and differ between its two
    implementations; the usual causes can be told from the line itself.
    """
    mark = error.problem_mark or error.context_mark
    index = mark.index if mark else len(lines.text)
    number = min(lines.place(index, index).line, len(lines.starts))
    said = f"{error.context or ''} {error.problem or ''}"
    for at in dict.fromkeys((number, max(1, number - 1))):
        line = _line(lines, at)
        if (tab := len(line) - len(line.lstrip(" "))) < len(line) and line[tab] == "\t":
            report.error(
                2, _at(lines, at, tab), "the line is indented with a tab; YAML knows only spaces",
                "replace the tab with spaces, two for each level",
            )  # fmt: skip
            return
    _explain(error, said, number, lines, report)


def _explain(error: yaml.MarkedYAMLError, said: str, number: int, lines: _Lines, report: Report) -> None:
    line = _line(lines, number)
    opened = error.context_mark
    if "escape" in said and error.problem_mark:
        report.error(
            2, _at(lines, number, error.problem_mark.column), f"a backslash that means nothing in YAML: {_shown(line)}",
            "write the backslash twice, or put the text in single quotation marks, such as quote: 'One thing'",
        )  # fmt: skip
    elif "alias" in said or "anchor" in said:
        column = error.problem_mark.column if error.problem_mark else 0
        report.error(
            2, _at(lines, number, max(0, column - 1)), f"a text can't begin with * or & unless it is quoted: {_shown(line)}",
            "put the whole text in quotation marks",
        )  # fmt: skip
    elif "quoted scalar" in said and opened:
        at = lines.place(opened.index, opened.index)
        report.error(
            2, at, f"a quotation mark is opened here and never closed: {_shown(_line(lines, at.line))}",
            "close it with the same mark at the end of the text; within the text write \\\" for \" and '' for '",
        )  # fmt: skip
    elif "flow" in said and opened:
        at = lines.place(opened.index, opened.index)
        report.error(
            2, at, f"a bracket is opened here and never closed, or a comma is missing: {_shown(_line(lines, at.line))}",
            "write lists as [one, two], and put a text with commas or brackets in quotation marks",
        )  # fmt: skip
    elif "mapping values are not allowed" in said:
        report.error(
            2, _at(lines, number, max(0, (error.problem_mark or opened).column)),
            f"a second colon in one line, or a line that is indented too far: {_shown(line)}",
            "put a text that holds a colon in quotation marks, such as quote: \"One thing: another\"; "
            "begin keys of one entry in the same column",
        )  # fmt: skip
    elif "cannot start any token" in said:
        report.error(
            2, _at(lines, number, error.problem_mark.column if error.problem_mark else 0),
            f"a text can't begin with this sign unless it is quoted: {_shown(line)}",
            "put the whole text in quotation marks",
        )  # fmt: skip
    elif "could not find expected ':'" in said:
        at = lines.place(opened.index, opened.index) if opened else _at(lines, number, 0)
        report.error(
            2, at, f"a key without its colon, or a text that runs on without being indented: {_shown(_line(lines, at.line))}",
            "write key: value, and indent the further lines of a long text deeper than its key",
        )  # fmt: skip
    else:
        report.error(
            2, _at(lines, number, len(line) - len(line.lstrip())), f"the line does not fit what stands above it: {_shown(line)}",
            "begin all keys of one entry in the same column, and put a text that begins with a quotation mark "
            "and goes on after it in quotation marks as a whole",
        )  # fmt: skip


def _line(lines: _Lines, number: int) -> str:
    start = lines.starts[number - 1]
    end = lines.starts[number] if number < len(lines.starts) else len(lines.text)
    return lines.text[start : min(end, start + 400)].rstrip("\r\n")


def _at(lines: _Lines, number: int, column: int) -> Place:
    start = lines.starts[number - 1] + column
    return Place(number, column + 1, start, start)


def _shown(line: str) -> str:
    return f"“{_short(line.strip())}”" if line.strip() else "the file ends here"


def _short(text: str, most: int = 60) -> str:
    """Shorten a text for a message, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"
