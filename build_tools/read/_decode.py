"""Turns a file's bytes into text: byte order mark, declaration, UTF-8, then cp1252 with a warning.

Bytes come in; text and words of warning go out. It guesses no further encodings: a wrong guess
would alter quotations without anyone noticing.
"""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = re.compile(rb"<meta\s[^>]{0,300}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,40})", re.IGNORECASE)
_SAME: Final = {"latin-1": "cp1252", "iso8859-1": "cp1252", "ascii": "utf-8", "utf-16": "utf-8", "utf-16-le": "utf-8"}
"""What browsers take a declared name for (WHATWG Encoding Standard, section 4.2)."""
_HEAD: Final = 4096
_CONTROLS: Final = bytes({*range(0x20)} - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B})


class Decoded(NamedTuple):
    """A file's text and what was doubtful about it."""

    text: str
    doubt: str = ""
    """Empty, `cp1252` where the bytes are no UTF-8, or `broken` where single characters are lost."""


class UndecodableError(ValueError):
    """The bytes are no text: the message says in a few words why."""


def decode(raw: bytes, *, declares: bool = False) -> Decoded:
    """Return the text of a file.

    Args:
        raw: the whole file.
        declares: whether the format can name its encoding in `<meta charset>`.

    Raises:
        UndecodableError: for a binary file, or bytes that the declared encoding and cp1252 don't allow.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw, name)
    wide = _wide(raw)
    if wide:
        return _strictly(raw, wide)
    if is_binary(raw):
        raise UndecodableError("it holds binary data")
    declared = _declared(raw) if declares else ""
    if declared and declared != "utf-8":
        try:
            return Decoded(raw.decode(declared))
        except (UnicodeDecodeError, LookupError):
            pass
    return _eight_bit(raw)


def is_binary(raw: bytes) -> bool:
    """Say whether bytes in an eight-bit encoding are no text: a zero byte or many control bytes."""
    head = raw[: _HEAD * 16]
    return b"\0" in head or (len(head) - len(head.translate(None, _CONTROLS))) * 50 > len(head)


def _strictly(raw: bytes, name: str) -> Decoded:
    try:
        return Decoded(raw.decode(name))
    except UnicodeDecodeError:
        if name != "utf-8-sig":
            raise UndecodableError(f"it begins as {name.upper()} but is damaged") from None
        return _eight_bit(raw[3:])


def _eight_bit(raw: bytes) -> Decoded:
    """Decode as UTF-8; where that fails, as damaged UTF-8 or as cp1252, whichever is plainly meant."""
    try:
        return Decoded(raw.decode("utf-8"))
    except UnicodeDecodeError:
        mended = raw.decode("utf-8", "replace")
    lost = mended.count("\ufffd")
    if sum(not sign.isascii() for sign in mended) > 4 * lost:
        return Decoded(mended, "broken")
    try:
        return Decoded(raw.decode("cp1252"), "cp1252")
    except UnicodeDecodeError as error:
        raise UndecodableError(
            f"byte {raw[error.start]:#04x} at position {error.start} is no text in UTF-8 or Windows-1252"
        ) from None


def _wide(raw: bytes) -> str:
    """Return the name of UTF-16 where a file without a mark is plainly in it: every other byte is zero."""
    head = raw[: _HEAD - _HEAD % 2]
    if len(raw) % 2 or len(head) < 8 or b"\0" not in head:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.05 * half else ""


def _declared(raw: bytes) -> str:
    """Return the codec that a page names in its head, empty where it names none that is known."""
    found = _DECLARED.search(raw[:_HEAD])
    if not found:
        return ""
    try:
        name = codecs.lookup(found[1].decode("ascii", "ignore")).name
    except LookupError:
        return ""
    return _SAME.get(name, name)
