"""Says in plain words why a file is not YAML.

Comes in: the parser's error and the file's lines. Goes out: a place, what is wrong, and a remedy. The parser's own
words are not shown: they are for people who know its grammar, and differ between its two implementations.
"""
from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from ._place import Lines, Place

if TYPE_CHECKING:
    import yaml

Trouble: TypeAlias = tuple[Place, str, str]


class _Cause(NamedTuple):
    """What a parser's error stands for."""

    sign: str
    """Part of the parser's words."""
    at: str
    """`opened`: where the construct begins; `here`: where the parser stopped; `before`: one column earlier."""
    message: str
    remedy: str


_CAUSES: Final = (
    _Cause(
        "escape", "opened", "a backslash that means nothing in YAML",
        "write the backslash twice, or put the text in single quotation marks, such as quote: 'One thing'",
    ),
    _Cause(
        "alias", "before", "a text can't begin with * or & unless it is quoted",
        "put the whole text in quotation marks",
    ),
    _Cause(
        "anchor", "before", "a text can't begin with * or & unless it is quoted",
        "put the whole text in quotation marks",
    ),
    _Cause(
        "quoted scalar", "opened", "a quotation mark is opened here and never closed",
        "close it with the same mark at the end of the text; within the text write \\\" for \" and '' for '",
    ),
    _Cause(
        "flow", "opened", "a bracket is opened here and never closed, or a comma is missing",
        "write lists as [one, two], and put a text with commas or brackets in quotation marks",
    ),
    _Cause(
        "mapping values are not allowed", "here", "a second colon in one line, or a line that is indented too far",
        "put a text that holds a colon in quotation marks, such as quote: \"One thing: another\"; "
        "begin keys of one entry in the same column",
    ),
    _Cause(
        "cannot start any token", "here", "a text can't begin with this sign unless it is quoted",
        "put the whole text in quotation marks",
    ),
    _Cause(
        "could not find expected ':'", "opened",
        "a key without its colon, or a text that runs on without being indented",
        "write key: value, and indent the further lines of a long text deeper than its key",
    ),
)
_OTHER: Final = _Cause(
    "", "line", "the line does not fit what stands above it",
    "begin all keys of one entry in the same column, and put a text that begins with a quotation mark and goes on "
    "after it in quotation marks as a whole",
)


_CONFLICT: Final = ("<<<<<<< ", ">>>>>>> ")
"""How the lines begin that git writes where two people changed the same lines."""


def explain(error: yaml.MarkedYAMLError, lines: Lines) -> Trouble:
    """Return where a file stops being YAML, what is wrong there, and what to do about it."""
    for at in range(1, lines.count + 1):
        if lines.line(at).startswith(_CONFLICT):
            return (
                lines.at(at, 0), f"git left a conflict here: {_shown(lines.line(at))}",
                "keep what is right of both sides, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>",
            )
    mark = error.problem_mark or error.context_mark
    number = lines.place(mark.index, mark.index).line if mark else lines.count
    for at in dict.fromkeys((number, max(1, number - 1))):
        line = lines.line(at)
        spaces = len(line) - len(line.lstrip(" "))
        if line[spaces : spaces + 1] == "\t":
            return (
                lines.at(at, spaces), "the line is indented with a tab; YAML knows only spaces",
                "replace the tab with spaces, two for each level",
            )
    said = f"{error.context or ''} {error.problem or ''}"
    cause = next((cause for cause in _CAUSES if cause.sign in said), _OTHER)
    place = _place(cause, error, number, lines)
    return place, f"{cause.message}: {_shown(lines.line(place.line))}", cause.remedy


def _place(cause: _Cause, error: yaml.MarkedYAMLError, number: int, lines: Lines) -> Place:
    if cause.at == "opened" and error.context_mark:
        return lines.place(error.context_mark.index, error.context_mark.index)
    if cause.at in ("here", "before") and error.problem_mark:
        return lines.at(number, max(0, error.problem_mark.column - (cause.at == "before")))
    line = lines.line(number)
    return lines.at(number, len(line) - len(line.lstrip()))


def _shown(line: str) -> str:
    return f"“{short(line)}”" if line.strip() else "the file ends here"


def short(text: str, most: int = 60) -> str:
    """Shorten a text for a message, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"
