"""Reads a Markdown article: its source comes in, a draft and words of doubt go out.

It is parsed as CommonMark with tables (markdown-it-py); raw HTML is reduced to its words and front
matter to plain `key: value` lines. Nothing of it is run, included or passed through.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..model import BlockKind
from . import _meta as meta
from ._draft import Draft, Piece, fold, join
from ._dress import authors_among, dress, published_in

Doubt = tuple[int, str, str]
"""Line, message and remedy."""

_PARSER: Final = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")
_NAMES: Final = {
    "title": "title",
    "author": "authors",
    "authors": "authors",
    "by": "authors",
    "date": "published",
    "published": "published",
    "pubdate": "published",
    "url": "source_url",
    "source": "source_url",
    "source_url": "source_url",
    "canonical": "source_url",
    "canonical_url": "source_url",
    "link": "source_url",
    "lang": "language",
    "language": "language",
    "publisher": "publisher",
    "site": "publisher",
}
_NOTE: Final = re.compile(r"\[\^([\w.-]{1,40})\](:)?")
_MOST_LINES: Final = 200
_ENTRY: Final = re.compile(r"([A-Za-z][\w -]{0,40}?)[ \t]{0,9}:(?:[ \t]{1,9}(.{0,2000}))?$")
_TAG: Final = re.compile(r"<(?:!--|[a-zA-Z/!?])[^<>]{0,5000}>")
_HIDDEN: Final = re.compile(r"<(script|style|template|noscript|iframe|svg|math)\b", re.IGNORECASE)
_BLOCK_TAG: Final = re.compile(
    r"</?(?:p|div|li|h[1-6]|br|tr|section|article|figure|figcaption|blockquote|ul|ol|table|summary"
    r"|details)\b[^<>]{0,5000}>",
    re.IGNORECASE,
)


def read_markdown(source: str) -> tuple[Draft, list[Doubt]]:
    """Return the article of a Markdown file, and what of its front matter was not taken."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    length = _front_length(lines)
    said, doubts = _front_matter(lines[1 : length - 1]) if length else ({}, [])
    body = list(_pieces(_PARSER.parse("\n".join(_numbered(lines[length:])))))
    title = fold(" ".join(said.get("title", []))) or next(
        (fold(p.words) for p in body if p.kind == "heading" and p.level == 1), ""
    )
    if not title and body and body[0].kind == "heading":
        title = fold(body[0].words)
    pieces = dress(
        [piece._replace(level=max(2, piece.level)) if piece.kind == "heading" else piece for piece in body], title
    )
    text, blocks = join(pieces)
    draft = Draft(
        text=text,
        blocks=blocks,
        title=title,
        authors=tuple(map(fold, said.get("authors", []))) or authors_among(pieces),
        publisher=fold(" ".join(said.get("publisher", []))),
        published=_checked(said, "published", meta.iso_date, "a date such as 2026-03-09", doubts) or published_in(pieces),
        source_url=_checked(said, "source_url", meta.web_address, "an address that begins with https://", doubts),
        language=_checked(said, "language", meta.language_tag, "a language tag such as en or pt-BR", doubts),
    )
    return draft, doubts


def _numbered(lines: list[str]) -> list[str]:
    """Return the lines with footnotes as `[1]`, by their order: CommonMark has none, and would take some for links."""
    numbers: dict[str, int] = {}
    fenced = False
    found: list[str] = []
    for line in lines:
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        found.append(line if fenced or "[^" not in line else _NOTE.sub(partial(_number, numbers), line))
    return found


def _number(numbers: dict[str, int], note: re.Match[str]) -> str:
    number = numbers.setdefault(note[1], len(numbers) + 1)
    return f"\\[{number}\\]{' ' * bool(note[2])}"


def _checked(said: dict[str, list[str]], key: str, check: object, wanted: str, doubts: list[Doubt]) -> str:
    """Return a value in its proper form; a value that has none is left out and told."""
    given = " ".join(said.get(key, []))
    value = check(given) if given and callable(check) else ""
    if given and not value:
        doubts.append(
            (
                1,
                f"the front matter's {key} “{given[:80]}” is not understood",
                f"write {wanted} there, or set it in the sidecar",
            )
        )
    return str(value)


def _front_length(lines: list[str]) -> int:
    """Return how many lines the front matter takes with both its rules; 0 if there is none."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    ends = (at for at, line in enumerate(lines[1:_MOST_LINES], 1) if line.rstrip() in ("---", "..."))
    length = next(ends, 0) + 1
    return length if length > 2 and any(_ENTRY.match(line) for line in lines[1:length]) else 0


def _front_matter(lines: list[str]) -> tuple[dict[str, list[str]], list[Doubt]]:
    """Read `key: value`, `key: [a, b]` and `key:` with `- item` lines; refuse all else that YAML allows."""
    said: dict[str, list[str]] = {}
    doubts: list[Doubt] = []
    name: str | None = None
    for number, line in enumerate(lines, 2):
        entry = _ENTRY.match(line)
        if entry:
            name = _NAMES.get(entry[1].strip().lower().replace("-", "_"))
            given = (entry[2] or "").strip()
        elif name and line.strip().startswith("- "):
            given = line.strip()[2:].strip()
        else:
            name = name if not line.strip() else None
            continue
        if name and given[:1] in ("&", "*", "!", "|", ">", "{", "@", "`", "%") and given:
            doubts.append(
                (
                    number,
                    f"the front matter's value “{given[:60]}” was not taken",
                    f"write the {name} as plain words after the colon",
                )
            )
        elif name and given:
            said.setdefault(name, []).extend(_values(given, name))
    return said, doubts


def _values(given: str, name: str) -> list[str]:
    """Return the plain values of one line, without quotation marks and without a comment."""
    if given.startswith("[") and given.endswith("]"):
        return [bare for part in given[1:-1].split(",") if (bare := part.strip().strip("\"'"))]
    if given[0] in "\"'":
        end = given.find(given[0], 1)
        return [given[1:end] if end > 0 else given[1:]]
    bare = given.split(" #", 1)[0].strip()
    return [part.strip() for part in re.split(r",| and ", bare) if part.strip()] if name == "authors" else [bare]


def _pieces(tokens: list[Token]) -> Iterator[Piece]:
    """Give the blocks in reading order."""
    within: list[str] = []
    level = 0
    row: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type in ("blockquote_open", "list_item_open", "tr_open"):
            within.append(token.type)
            row = []
        elif token.type in ("blockquote_close", "list_item_close", "tr_close"):
            within.pop()
            if token.type == "tr_close" and any(row):
                yield Piece("list_item", " | ".join(filter(None, row)))
        elif token.type == "inline":
            words = _inline(token.children or [])
            if within[-1:] == ["tr_open"]:
                row.append(fold(words))
            else:
                yield _piece(words, within, level)
                level = 0
        elif token.type in ("fence", "code_block"):
            yield Piece("caption", token.content)  # a listing shows something, and asserts nothing
        elif token.type == "html_block":
            yield from (_piece(words, within, 0) for words in _without_tags(token.content))


def _piece(words: str, within: list[str], level: int) -> Piece:
    """Return a block of the kind that its place tells; quotation goes before list."""
    kind: BlockKind = "paragraph"
    if "blockquote_open" in within:
        kind = "quotation"
    elif within:
        kind = "list_item"
    elif level:
        return Piece("heading", words, level)
    return Piece(kind, words)


def _inline(children: list[Token]) -> str:
    """Return the words of a line: links keep theirs, pictures and tags go."""
    parts: list[str] = []
    hidden = ""
    for child in children:
        if child.type == "html_inline":
            found = _HIDDEN.match(child.content)
            if found and not child.content.rstrip().endswith("/>"):
                hidden = found[1].lower()
            elif hidden and child.content.lower().startswith("</" + hidden):
                hidden = ""
            elif _BLOCK_TAG.match(child.content):
                parts.append(" ")
        elif not hidden and child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif not hidden and child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
    return "".join(parts)


def _without_tags(source: str) -> list[str]:
    """Return the words of raw HTML, one string for each block; scripts, styles and comments go whole."""
    kept: list[str] = []
    at = 0
    while at < len(source):
        comment, hidden = source.find("<!--", at), _HIDDEN.search(source, at)
        starts = [place for place in (comment, hidden.start() if hidden else -1) if place >= 0]
        start = min(starts, default=len(source))
        kept.append(source[at:start])
        if start == len(source):
            break
        closing = "-->" if start == comment else "</" + (hidden[1].lower() if hidden else "")
        end = source.lower().find(closing, start + 4)
        at = len(source) if end < 0 else end if closing != "-->" else end + 3
    parted = _BLOCK_TAG.sub("\n\n", "".join(kept))
    return [html.unescape(_TAG.sub("", part)) for part in parted.split("\n\n") if part.strip()]
