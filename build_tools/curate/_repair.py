"""Changes a sidecar's text in one place and leaves every other byte as the curator wrote it.

Comes in: the text of a sidecar and what to change. Goes out: the new text, proved by reading it again. Does not
decide what is worth changing, and writes no file.
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..problems import Problems
from ..yaml_source import Listing, Node, Report, Scalar, Table, parse_yaml
from ._yaml import scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A quote that is certainly to read otherwise."""

    line: int
    """Line of the claim's entry, as `CuratedClaim.line` has it."""
    quote: str
    """As the sidecar has it now."""
    now: str
    """As the article has it now."""


def fix_sidecar(text: str, repairs: Sequence[Repair]) -> str:
    """Replace the quotes of some claims; comments, order, style and everything else stay byte for byte.

    Args:
        text: the sidecar's text, with or without byte order mark, any line ends.
        repairs: the quotes to replace; one whose line and old quote fit no entry is passed over.

    Raises:
        ValueError: the text is no sidecar that can be read, or would not read back as meant.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text.removeprefix("\ufeff")
    wanted = {(repair.line, _folded(repair.quote)): _folded(repair.now) for repair in repairs}
    changes: list[tuple[int, int, str]] = []
    expected: list[tuple[int, str]] = []
    for at, (table, quote) in enumerate(_quotes(_tree(body))):
        now = wanted.get((table.place.line, _folded(quote.text)))
        if now:
            changes.append(_change(body, quote, now))
        expected.append((at, now or _folded(quote.text)))
    fixed = body
    for start, end, words in sorted(changes, reverse=True):
        fixed = fixed[:start] + words + fixed[end:]
    _prove(body, fixed, expected)
    return mark + fixed


def _folded(text: str) -> str:
    return " ".join(text.split())


def _tree(text: str) -> Node | None:
    problems = Problems()
    root = parse_yaml(text, Report("sidecar", "S", problems))
    if len(problems):
        raise ValueError("the sidecar can't be read, so it can't be repaired: " + next(iter(problems)).message)
    return root


def _quotes(root: Node | None) -> list[tuple[Table, Scalar]]:
    claims = root.get("claims") if isinstance(root, Table) else None
    tables = [item for item in claims.items if isinstance(item, Table)] if isinstance(claims, Listing) else []
    return [(table, quote) for table in tables if isinstance(quote := table.get("quote"), Scalar)]


def _change(text: str, quote: Scalar, now: str) -> tuple[int, int, str]:
    start, end = quote.place.start, quote.place.end
    end = start + len(text[start:end].rstrip())
    ends = "\r\n" if "\r\n" in text else "\n"
    line_start = text.rfind("\n", 0, start) + 1
    if quote.style in ("|", ">"):
        return _block(text, start, end, now, ends)
    lead = text[line_start:start]
    indent = len(lead) - len(lead.lstrip(" -")) + 2
    inside = lead.count("{") > lead.count("}")
    words = scalar(now, indent=indent, used=len(lead), flow=inside)
    return start, end, words.replace("\n", ends)


def _block(text: str, start: int, end: int, now: str, ends: str) -> tuple[int, int, str]:
    """Replace the lines below a `>` or `|`, keeping the sign's own line, which may hold a comment."""
    first = text.index("\n", start) + 1
    while not text[first : text.index("\n", first) if "\n" in text[first:] else len(text)].strip():
        first = text.index("\n", first) + 1
    indent = len(text[first:]) - len(text[first:].lstrip(" "))
    lines: list[str] = [""]
    for word in now.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= 110 - indent and text[start] == ">":
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return first + indent, end, (ends + " " * indent).join(lines)


def _prove(before: str, after: str, expected: Sequence[tuple[int, str]]) -> None:
    """Make sure that nothing but the quotes reads otherwise than before."""
    old, new = _tree(before), _tree(after)
    found = [(at, _folded(quote.text)) for at, (_, quote) in enumerate(_quotes(new))]
    if found != list(expected) or _plain(old) != _plain(new):
        raise ValueError("the repaired sidecar would not say what it should; it is left as it was")


def _plain(node: Node | None, path: tuple[str, ...] = ()) -> object:
    """Return a tree's values without places, the quotes of claims left out."""
    if isinstance(node, Listing):
        return [_plain(item, (*path, "")) for item in node.items]
    if isinstance(node, Table):
        return {entry.key.text: _plain(entry.value, (*path, entry.key.text)) for entry in node.entries}
    return None if node is None or path == ("claims", "", "quote") else node.text


def add_claims(text: str, entries: str) -> str:
    """Add entries to the end of a sidecar's `claims`; everything else stays byte for byte.

    Args:
        text: the sidecar's text; may be empty.
        entries: entries as `entry_of` writes them, indented by two spaces.

    Raises:
        ValueError: the text is no sidecar that can be read, or its claims are written in brackets.
    """
    root = _tree(text.removeprefix("\ufeff"))
    shift = 1 if text.startswith("\ufeff") else 0
    ends = "\r\n" if "\r\n" in text else "\n"
    claims = root.get("claims") if isinstance(root, Table) else None
    new = entries.rstrip("\n")
    if claims is None or root is None:
        head = text.rstrip() + ends * 2 if text.strip() else ""
        return head + f"claims:\n{new}\n".replace("\n", ends)
    if isinstance(claims, Scalar) or (isinstance(claims, Listing) and not claims.items):
        return _into_empty(text, claims, new, ends, shift)
    return _after_last(text, claims, new, ends, shift)


def _into_empty(text: str, claims: Node, new: str, ends: str, shift: int) -> str:
    start = claims.place.start + shift
    end = max(start, claims.place.end + shift)
    return text[:start].rstrip(" ") + ends + new.replace("\n", ends) + text[end:]


def _after_last(text: str, claims: Node, new: str, ends: str, shift: int) -> str:
    if not isinstance(claims, Listing) or text[claims.place.start + shift] == "[":
        raise ValueError("claims: is written in brackets; write each claim in lines of its own, with a dash")
    last = claims.items[-1].place
    at = text.rfind("\n", 0, last.start + shift) + 1
    indent = claims.place.column - 1
    end = at + len(text[at : claims.place.end + shift].rstrip())
    line_end = text.find("\n", end)
    end = len(text) if line_end < 0 else line_end - (ends == "\r\n")
    moved = "\n".join(" " * indent + line[2:] if line.strip() else line for line in new.split("\n"))
    return text[:end] + ends + moved.replace("\n", ends) + (text[end:] or ends)


def sidecar_values(text: str) -> Mapping[str, object]:
    """Return what a sidecar says as plain values, for comparing two texts.

    Raises:
        ValueError: the text is no sidecar that can be read.
    """
    found = _plain(_tree(text.removeprefix("\ufeff")), ("",))
    return found if isinstance(found, Mapping) else {}
