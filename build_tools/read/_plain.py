"""Classes the blocks of a plain text: canonical text in, blocks with kinds, title and authors out.

Plain texts carry no mark-up, so the kind of a block is told from its form, its place and its
neighbours. Where nothing speaks for another kind, a block is a paragraph. Nothing is left out.
"""

from __future__ import annotations

import re
from typing import Final

from ..layout import is_item, is_reference, layout
from ..model import BODY_KINDS, Block, BlockKind
from . import _furniture as furniture
from ._dates import is_date_line, published_among
from ._draft import Draft

_TITLE_LENGTH, _TITLE_WORDS = 220, 32
_HEADING_LENGTH, _HEADING_WORDS = 120, 16
_TOP, _END = 8, 8
"""How many blocks from either end by-lines, labels and footers are looked for."""
_CLOSERS: Final = "\"'”’»)]*_"
_NUMBERED: Final = re.compile(
    r"(?:chapter |part |section )?(\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,5})[.):]? +\S", re.IGNORECASE
)


def classify(text: str) -> Draft:
    """Find the blocks of a canonical plain text and what the text says of itself."""
    spans = layout(text)
    words = [_on_one_line(text[span.start : span.end]) for span in spans]
    kinds: list[BlockKind | None] = [_own_kind(word) for word in words]
    title = _mark_top(words, kinds)
    authors = _mark_bylines(words, kinds, title)
    _mark_references(words, kinds)
    _mark_footers(words, kinds)
    _mark_repeats(words, kinds, title)
    _mark_headings(words, kinds)
    blocks = (
        Block(kind=kind or "paragraph", level=_level(kind, word), span=span)
        for span, kind, word in zip(spans, kinds, words, strict=True)
    )
    return Draft(
        text=text,
        blocks=tuple(blocks),
        title="" if title is None else words[title],
        authors=authors,
        published=published_among(word for word, kind in zip(words, kinds, strict=True) if kind == "byline"),
    )


def _on_one_line(words: str) -> str:
    """Return words with each run of white space as one space; the space is the only white space that is printable."""
    return words if "  " not in words and words.isprintable() else " ".join(words.split())


def _own_kind(words: str) -> BlockKind | None:
    """Return the kind that a block's own form tells, if it does."""
    if len(words) < 400 and not (words[0].isalnum() or any(sign.isalnum() for sign in words)):
        return "boilerplate"
    if words.startswith("> "):
        return "quotation"
    if is_reference(words) or furniture.is_sourced(words):
        return "citation"
    if furniture.is_caption(words):
        return "caption"
    if furniture.is_advert(words):
        return "boilerplate"
    return "list_item" if is_item(words) and not is_date_line(words) else None


def _is_titlelike(words: str) -> bool:
    """Say whether a block could be a title: short, and not a sentence."""
    if len(words) > _TITLE_LENGTH or words.count(" ") >= _TITLE_WORDS:
        return False
    bare = words.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] not in ".…;,:。"


def _mark_top(words: list[str], kinds: list[BlockKind | None]) -> int | None:
    """Mark labels before the title and the title itself; return where it is."""
    labels: list[int] = []
    found: int | None = None
    for at, word in enumerate(words[:_TOP]):
        if kinds[at] is None and furniture.is_label(word):
            labels.append(at)
        elif kinds[at] is None and (furniture.names_of(word) or is_date_line(word)):
            continue
        elif kinds[at] not in ("boilerplate", "caption"):
            found = at if _is_titlelike(word) and kinds[at] in (None, "list_item") and len(words) > at + 1 else None
            break
    if found is None and labels and labels[0] == 0 and len(words) > 1:
        found = labels.pop()
    for at in labels:
        kinds[at] = "boilerplate"
    if found is not None:
        kinds[found] = "title"
        below = next((at for at in range(found + 1, len(words)) if kinds[at] is None), found)
        if below + 1 < len(words) and furniture.is_label(words[below]):
            kinds[below] = "boilerplate"
    return found


def _mark_bylines(words: list[str], kinds: list[BlockKind | None], title: int | None) -> tuple[str, ...]:
    """Mark by-lines, dates and the note on the author; return the authors' names."""
    authors: list[str] = []
    count = len(words)
    for at in sorted({*range(min(_TOP, count)), *range(max(0, count - _END), count)}):
        if kinds[at] is not None:
            continue
        names = furniture.names_of(words[at])
        if names and (at < _TOP or at == count - 1 or kinds[at + 1] is not None):
            authors += [name for name in names if name not in authors]
            kinds[at] = "byline"
        elif is_date_line(words[at]):
            kinds[at] = "byline"
    if title is not None and not authors:
        authors += _mark_names(words, kinds, title)
    authors += [name for name in _mark_author_note(words, kinds, authors) if name not in authors]
    return tuple(authors)


def _mark_names(words: list[str], kinds: list[BlockKind | None], title: int) -> tuple[str, ...]:
    """Mark a line below the title that names the authors and nothing else; return their names.

    Its form may prove it, or a date below it, or a note at the end that begins with the name. Otherwise the text must
    have no headings, and none of its words may come again: a heading shares words with its text, a name hardly does.
    """
    for at in range(title + 1, min(title + 3, len(words) - 1)):
        if kinds[at] not in (None, "byline", "boilerplate"):
            break
        names, certain = furniture.names_alone(words[at]) if kinds[at] is None else ((), False)
        dated = is_date_line(words[at + 1])
        if not names and dated and furniture.is_han_name(words[at]):
            names = (words[at],)
        if not names:
            continue
        noted = any(word.startswith(names[0] + " ") for word in words[max(at + 2, len(words) - _END) :])
        alone = not any(map(_is_headinglike, words[at + 1 :])) and not _comes_again(names, words[:at] + words[at + 1 :])
        if certain or noted or dated or alone:
            kinds[at] = "byline"
            for above in range(title + 1, at):
                kinds[above] = kinds[above] or "byline"
            return names
    return ()


def _comes_again(names: tuple[str, ...], others: list[str]) -> bool:
    """Say whether a word of the names stands elsewhere in the text, in any case."""
    parts = {part.casefold() for name in names for part in name.split()}
    return any(not parts.isdisjoint(re.findall(r"\w+", other.casefold())) for other in others)


def _mark_author_note(words: list[str], kinds: list[BlockKind | None], known: list[str]) -> list[str]:
    """Mark the author's card at the end: initials, name and a note that begins with the name."""
    found: list[str] = []
    for at in range(max(1, len(words) - _END), len(words)):
        if kinds[at] is not None:
            continue
        name = words[at]
        if furniture.is_name(name) and _is_card(words, at):
            found.append(name)
            kinds[at] = "byline"
            if _is_initials(words[at - 1], name):
                kinds[at - 1] = "byline"
        elif any(name.startswith(author + " ") for author in [*(known if at > _TOP // 2 else ()), *found]):
            kinds[at] = "byline"
    return found


def _is_card(words: list[str], at: int) -> bool:
    """Say whether a name stands as an author's name does: after its initials or before a note on the person."""
    name, after = words[at], words[at + 1 : at + 2]
    return _is_initials(words[at - 1], name) or (
        bool(after) and after[0].startswith(name + " ") and len(after[0]) < 900
    )


def _is_initials(words: str, name: str) -> bool:
    """Say whether a line holds nothing but the initials of a name."""
    letters = [part[0] for part in name.split()]
    bare = words.replace(".", "").replace(" ", "")
    return len(bare) > 1 and bare in ("".join(letters), letters[0] + letters[-1])


def _mark_references(words: list[str], kinds: list[BlockKind | None]) -> None:
    """Mark the list of references after a label such as `Source:`."""
    inside = False
    for at, word in enumerate(words):
        label = furniture.REFERENCE_LABEL.fullmatch(word)
        if label and at and at + 1 < len(words):
            inside = kinds[at + 1] == "citation" or _could_be_reference(words[at + 1])
            if inside:
                kinds[at] = "citation" if label["colon"] else "heading"
        elif inside:
            inside = kinds[at] == "citation" or _could_be_reference(word) or 1 < _number(words, at) == _number(words, at - 1) + 1
            if inside:
                kinds[at] = "citation"


def _could_be_reference(words: str) -> bool:
    """Say whether a block below the label of a reference list can be an entry of it."""
    return len(words) < 700 and ("://" in words or re.search(r"\b(?:1[5-9]|20)\d\d\b", words) is not None)


def _mark_footers(words: list[str], kinds: list[BlockKind | None]) -> None:
    """Mark what the publisher says of itself below the article, from the end up."""
    seen = False
    for at in range(len(words) - 1, max(0, len(words) - _END), -1):
        if kinds[at] is not None and kinds[at] not in BODY_KINDS:
            continue
        if not (furniture.is_footer(words[at]) or (seen and furniture.is_mission(words[at]))):
            break
        kinds[at] = "boilerplate"
        seen = True


def _mark_repeats(words: list[str], kinds: list[BlockKind | None], title: int | None) -> None:
    """Mark a title that is repeated, a caption that stands twice, and a block that follows itself."""
    for at, word in enumerate(words):
        if (
            title is not None
            and at > title
            and kinds[at] in (None, "heading")
            and word.casefold() == words[title].casefold()
        ):
            kinds[at] = "boilerplate"
        following = words[at + 1] if at + 1 < len(words) else ""
        if kinds[at] is not None or not following or not following.startswith(word):
            continue
        if kinds[at + 1] == "caption" and (word == following or furniture.has_credit(following)):
            kinds[at] = "caption"
        elif word == following and kinds[at + 1] is None:
            kinds[at + 1] = "boilerplate"


def _mark_headings(words: list[str], kinds: list[BlockKind | None]) -> None:
    """Mark short lines that stand above a paragraph; a long run of short lines is no run of headings."""
    below = False  # whether something that a heading can stand above follows
    run = 0
    for at in range(len(words) - 1, -1, -1):
        kind = kinds[at]
        able = (kind is None and _is_headinglike(words[at])) or (
            kind == "list_item" and _is_numbered_heading(words, kinds, at)
        )
        if able and below and run < 2:
            kinds[at] = "heading"
            run += 1
        elif kind not in ("boilerplate", "caption", "byline"):
            below = (kind in BODY_KINDS or kind is None) and not (able and below)
            run = 0


def _is_headinglike(words: str) -> bool:
    """Say whether a block has the form of a heading."""
    if len(words) > _HEADING_LENGTH or words.count(" ") >= _HEADING_WORDS or not _is_titlelike(words):
        return False
    first = next((sign for sign in words if sign.isalnum()), "")
    return not first.islower() and (words.rstrip(_CLOSERS)[-1] != "!" or words.istitle() or words.isupper())


def _is_numbered_heading(words: list[str], kinds: list[BlockKind | None], at: int) -> bool:
    """Say whether a numbered line is a heading: its list does not go on beside it, and text stands below."""
    own = _number(words, at)
    if not own or not _is_headinglike(words[at]) or at + 1 >= len(words):
        return False
    in_list = _number(words, at - 1) == own - 1 > 0 or _number(words, at + 1) == own + 1
    return not in_list and (kinds[at + 1] == "list_item" or not _is_titlelike(words[at + 1]))


def _number(words: list[str], at: int) -> int:
    """Return the whole number that a block begins with; 0 where there is none."""
    found = _NUMBERED.match(words[at]) if 0 <= at < len(words) else None
    return int(found[1]) if found and found[1].isdecimal() else 0


def _level(kind: BlockKind | None, words: str) -> int:
    """Return 1 for a title, 2 and deeper for a heading by the parts of its number."""
    if kind == "title":
        return 1
    if kind != "heading":
        return 0
    number = _NUMBERED.match(words)
    return min(6, 2 + number[1].count(".")) if number else 2
