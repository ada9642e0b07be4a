"""Writes sidecar YAML as a person would: plain where that is safe, quoted and wrapped where it isn't.

Comes in: texts and curated claims. Goes out: YAML text that the sidecar loader reads back to the same values.
Reads no YAML and decides nothing about what is worth writing.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from ..sidecar.model import CuratedClaim, CuratedRelation

WIDTH: Final = 110
"""Columns after which a text is wrapped."""
_RESERVED: Final = frozenset({"", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_OPENERS: Final = "“‘«„$€£¥§("
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(text: str, *, indent: int = 2, used: int = 0, flow: bool = False) -> str:
    """Write a text as a YAML value.

    Args:
        text: the text; read back to the letter.
        indent: columns before further lines; more than the key has.
        used: columns that the first line has already.
        flow: whether it stands inside brackets.
    """
    if _plain(text, flow):
        return text if flow else _wrapped(text, indent, used)
    if flow:
        return _quoted(text)
    single = "'" not in text and '"' in text and _calm(text)
    return _wrapped(f"'{text}'" if single else _quoted(text), indent, used)


def _plain(text: str, flow: bool) -> bool:
    """Whether the text can stand unquoted for every YAML reader, whatever its version."""
    if not _calm(text) or text.casefold() in _RESERVED or not (text[0].isalpha() or text[0] in _OPENERS):
        return False
    if ":" in text and (text.endswith(":") or ": " in text or " :" in text):
        return False
    if " #" in text or " - " in text or " ? " in text or " & " in text or " * " in text or " | " in text:
        return False
    return not (flow and set(text) & set(",[]{}?:#&*!|>'\"%@`"))


def _calm(text: str) -> bool:
    """Whether every character is visible and every space a single one between words."""
    return bool(text) and text.isprintable() and text.replace("  ", " ") == text == text.strip()


def _quoted(text: str) -> str:
    return '"' + "".join(_escaped(sign) for sign in text) + '"'


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    if sign == " " or sign.isprintable():
        return sign
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _wrapped(value: str, indent: int, used: int) -> str:
    """Break a value at single spaces between words; YAML joins the lines by one space again."""
    lines: list[str] = [""]
    room = WIDTH - used
    for word in re.split("(?<=[^ ]) (?=[^ ])", value):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
            room = WIDTH - indent
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return ("\n" + " " * indent).join(lines)


def listed(items: Iterable[str]) -> str:
    """Write texts as a list in brackets."""
    return f"[{', '.join(scalar(item, flow=True) for item in items)}]"


def line_of(key: str, text: str, indent: int = 0) -> str:
    """Write a key with a text, wrapped below itself."""
    head = f"{' ' * indent}{key}: "
    return head + scalar(text, indent=indent + 2, used=len(head))


def comment(text: str, indent: int = 0) -> str:
    """Write words as one comment line; nothing in them can end the comment."""
    flat = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return f"{' ' * indent}# {flat[:400]}"


def commented(yaml: str) -> str:
    """Turn lines of YAML into comments that become YAML again when `# ` is removed."""
    lines = yaml.splitlines()
    indent = min((len(line) - len(line.lstrip(" ")) for line in lines), default=0)
    return "\n".join(f"{line[:indent]}# {line[indent:]}" for line in lines)


def entry_of(claim: CuratedClaim, *, indent: int = 2, remarks: Sequence[str] = ()) -> str:
    """Write one entry for below `claims:`.

    Args:
        claim: what to write; what it leaves open is left out.
        indent: columns before the dash.
        remarks: comment lines to put after the entry's keys.
    """
    inner = indent + 2
    lines = [line_of(key, text, inner) for key, text in _texts(claim)]
    for key, items in (("topics", claim.topics), ("entities", claim.entities), ("sic", claim.sic or None)):
        if items is not None:
            lines.append(f"{' ' * inner}{key}: {listed(items)}")
    if claim.note:
        lines.append(line_of("note", claim.note, inner))
    if claim.relations:
        lines.append(f"{' ' * inner}relations:")
        lines += [_relation(relation, inner + 2) for relation in claim.relations]
    lines += [comment(remark, inner) for remark in remarks]
    return "\n".join([f"{' ' * indent}- {lines[0][inner:]}", *lines[1:]])


def _texts(claim: CuratedClaim) -> list[tuple[str, str]]:
    asserter = "author" if claim.by_author else claim.asserter
    hedge = "none" if claim.not_hedged else claim.hedge
    every = (
        ("quote", claim.quote), ("prefix", claim.prefix), ("suffix", claim.suffix), ("id", claim.id),
        ("kind", claim.kind), ("weight", claim.weight), ("asserter", asserter),
        ("asserter_words", claim.asserter_words), ("hedge", hedge), ("merged_into", claim.merged_into),
    )
    return [(key, str(text)) for key, text in every if text]


def _relation(relation: CuratedRelation, indent: int) -> str:
    why = line_of("why", relation.why, indent + 2)
    return f"{' ' * indent}- to: {relation.to}\n{' ' * indent}  kind: {relation.kind}\n{why}"
