"""How data files are written: one way for JSON, for XML text, and for addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final

from ..model import Page, Span

_NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for (its production 2, Char)."""


compact: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
"""Writes a value as JSON without spaces; made once, since making it costs more than a short value."""


def json_page(path: str, data: object, *, spread: bool = True) -> Page:
    """Return one JSON document.

    Args:
        path: where it goes.
        data: what it holds.
        spread: two spaces deep, as people read it; else on one line, which costs a tenth.
    """
    if not spread:
        return Page(path=path, body=f"{compact(data)}\n".encode())
    return Page(path=path, body=(json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode())


def json_lines(path: str, rows: Iterable[object]) -> Page:
    """Return a JSON array with one row a line: small, and a change shows as the lines it touches."""
    body = ",\n".join(compact(row) for row in rows)
    return Page(path=path, body=f"[\n{body}\n]\n".encode() if body else b"[]\n")


def span(found: Span | None) -> dict[str, int] | None:
    """Return a span as the data files have it."""
    return {"start": found.start, "end": found.end} if found else None


def xml_text(text: str) -> str:
    """Return text that may stand in XML, as content or in an attribute."""
    plain = _NOT_XML.sub("\ufffd", text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
