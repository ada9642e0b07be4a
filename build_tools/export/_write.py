"""How data files are written: one way for JSON, for XML text, and for addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from json.encoder import encode_basestring
from typing import Final

from ..model import Page, Span

_NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for (its production 2, Char)."""


compact: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
"""Writes a value as JSON without spaces; made once, since making it costs more than a short value."""
json_text: Final = encode_basestring
"""Writes text as JSON; what `compact` comes to for a text, at half its price."""



def json_page(path: str, data: object) -> Page:
    """Return one JSON document, two spaces deep, as people read it."""
    return Page(path=path, body=(json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode())


def json_lines(path: str, rows: Iterable[bytes]) -> Page:
    """Return a JSON array with one row a line: small, and a change shows as the lines it touches.

    Args:
        path: where it goes.
        rows: what it holds, each as JSON already. They are bytes since one sign that isn't ASCII would make all of
            a joined text wide, and that takes seven times as long.
    """
    body = b",\n".join(rows)
    return Page(path=path, body=b"[\n%b\n]\n" % body if body else b"[]\n")


def span(found: Span | None) -> str:
    """Return a span as the data files have it, as JSON."""
    return f'{{"start":{found.start},"end":{found.end}}}' if found else "null"


def xml_text(text: str) -> str:
    """Return text that may stand in XML, as content or in an attribute."""
    plain = _NOT_XML.sub("\ufffd", text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
