"""Reads one article: a .txt, .html or .md file, or a string, comes in; an `Article` goes out.

The text becomes canonical here and is never changed afterwards. Sidecars, sentences and claims are
no business of this module, and it never follows a link or runs anything it finds.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Final

from ..ids import slug
from ..model import Article, ArticleId
from ..problems import Problem, ReadError
from . import _decode, _plain
from ._draft import Draft, canonical

_TURNING: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_TURNS: Final = re.compile(f"[{_TURNING}]")
LARGEST: Final = 4_000_000
"""Bytes that a file may hold; a novel has about one million."""
FORMATS: Final = {".txt": "text", ".html": "page", ".htm": "page", ".md": "markdown"}
"""Extensions that are read, in lower case."""


def read(path: Path, *, root: Path | None = None) -> Article:
    """Read one article from a file.

    Args:
        path: a .txt, .html, .htm or .md file.
        root: the seeds folder; the file must lie in it, and problems name the file from its parent on.

    Raises:
        ReadError: with one problem, when the file cannot be read as an article.
    """
    return read_with_problems(path, root=root)[0]


def read_with_problems(path: Path, *, root: Path | None = None) -> tuple[Article, tuple[Problem, ...]]:
    """Read one article from a file, and tell what was doubtful about it.

    Args:
        path: a .txt, .html, .htm or .md file.
        root: the seeds folder; the file must lie in it, and problems name the file from its parent on.

    Returns:
        The article and its warnings.

    Raises:
        ReadError: with one problem, when the file cannot be read as an article.
    """
    path = Path(path)
    named = _named(path, root)
    kind = _kind(path, named)
    decoded = _decoded(_bytes(path, root, named), kind, named)
    plain = _filled(decoded.text, named)
    problems = _doubts(decoded, named)
    draft = _draft(plain if kind == "text" else decoded.text, kind, named, problems)
    name, stem = _below(path, root), path.stem
    title = draft.title or stem.replace("_", " ").replace("-", " ").strip() or stem
    return _article(draft, ArticleId(slug(title, fallback=stem)), name, title), tuple(problems)


def read_text(text: str, *, id: str, file: str = "") -> Article:  # noqa: A002 - the published name
    """Read an article from a string of plain text.

    Args:
        text: the text, in any normal form and with any line ends.
        id: the article's id, used as it stands; also its title where the text has none.
        file: the name to note in the article, if it has one.

    Raises:
        ReadError: when there is no text in it.
    """
    draft = _plain.classify(canonical(text))
    if not draft.blocks:
        raise _error("R01", file or id, "the text is empty", "give a text that holds at least one word")
    return _article(draft, ArticleId(id), file, draft.title or id)


def _article(draft: Draft, name: ArticleId, file: str, title: str) -> Article:
    return Article(
        id=name,
        file=file,
        text=draft.text,
        blocks=draft.blocks,
        title=title,
        authors=draft.authors,
        publisher=draft.publisher,
        published=draft.published,
        source_url=draft.source_url,
        language=draft.language,
        digest=hashlib.sha256(draft.text.encode()).hexdigest(),
    )


def _error(code: str, named: str, message: str, remedy: str) -> ReadError:
    return ReadError(Problem(file=named, code=code, severity="error", message=message, remedy=remedy))


def _warning(code: str, named: str, message: str, remedy: str, line: int | None = None) -> Problem:
    return Problem(file=named, line=line, code=code, severity="warning", message=message, remedy=remedy)


def _named(path: Path, root: Path | None) -> str:
    """Return the file as the user would name it, such as `seeds/x.txt`."""
    if root is None:
        return path.name
    if root.name and _is_child(path, root):
        return f"{root.name}/{path.name}"
    try:
        return (Path(root.absolute().name) / path.absolute().relative_to(root.absolute())).as_posix()
    except ValueError:
        return path.name


def _is_child(path: Path, root: Path) -> bool:
    """Say whether the path is the folder's with one name behind it, so that it lies inside unless it is a link."""
    return path.parent == root and path.name != ".."


def _below(path: Path, root: Path | None) -> str:
    """Return the file's name in the folder, with the folders between."""
    if root is None or _is_child(path, root) or not path.is_relative_to(root):
        return path.name
    return path.relative_to(root).as_posix()


def _kind(path: Path, named: str) -> str:
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(FORMATS)
        raise _error(
            "R04",
            named,
            f"a file that ends in “{path.suffix}” is not read as an article",
            f"save the article as one of {known}, or move the file out of the folder",
        )
    return kind


def _lies_in(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())


def _bytes(path: Path, root: Path | None, named: str) -> bytes:
    """Return what the file holds; refuse links, folders, other places and more than `LARGEST` bytes."""
    try:
        if path.is_symlink() or not (root is None or _is_child(path, root) or _lies_in(path, root)):
            raise _error(
                "R03",
                named,
                "it is a link, or lies outside the seeds folder, so it is not followed",
                "copy the file itself into the seeds folder",
            )
        if not path.is_file():
            if not path.exists():
                raise _error("R02", named, "there is no such file", "give the name of a file that is there, with its folder and its ending")
            remedy = "put the article itself here as a file, or give this another name"
            raise _error("R02", named, "it is a folder, or no plain file", remedy)
        with path.open("rb", buffering=0) as stream:
            is_small = os.fstat(stream.fileno()).st_size <= LARGEST
            raw = stream.readall() if is_small else stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name is no valid file name"
        raise _error(
            "R02", named, f"the file cannot be read: {why}", "check that you may read the file, then build again"
        ) from None
    if len(raw) > LARGEST:
        raise _error(
            "R05",
            named,
            f"the file holds more than {LARGEST // 1_000_000} MB, which is no single article",
            "keep only the article's text, or split the file into several articles",
        )
    return raw


def _decoded(raw: bytes, kind: str, named: str) -> _decode.Decoded:
    """Return the text of the bytes."""
    try:
        decoded = _decode.decode(raw, declares=kind == "page")
    except _decode.UndecodableError as error:
        code = "R06" if "binary" in str(error) else "R07"
        raise _error(
            code,
            named,
            f"the file is not text: {error}",
            "open the article in an editor or a browser and save it again as plain text in UTF-8",
        ) from None
    return decoded


def _filled(text: str, named: str) -> str:
    """Return the canonical text, which must hold at least one character that prints."""
    plain = canonical(text)
    if not plain.strip():
        raise _error("R01", named, "the file is empty", "put the article's text into it, or remove the file")
    return plain


def _doubts(decoded: _decode.Decoded, named: str) -> list[Problem]:
    """Return warnings for a text that may not say what its author wrote."""
    found: list[Problem] = []
    text = decoded.text
    if decoded.doubt == "cp1252":
        sample = _around(text, next(at for at, sign in enumerate(text) if not sign.isascii()))
        found.append(
            _warning(
                "R10",
                named,
                f"the file is not UTF-8 and was read as Windows-1252, for example “{sample}”",
                "check that passage on the page; if it is wrong, save the file again as UTF-8",
            )
        )
    at = text.find("\ufffd")
    if at >= 0:
        count = text.count("\ufffd")
        lost = "a character was" if count == 1 else f"{count} characters were"
        found.append(
            _warning(
                "R11",
                named,
                f"before the file came here, {lost} lost in it, as in “{_around(text, at)}”",
                "save the article again from its source as UTF-8",
                text.count("\n", 0, at) + 1,
            )
        )
    turned = _TURNS.search(text) if any(map(text.__contains__, _TURNING)) else None
    if turned:
        hidden = turned.start()
        found.append(
            _warning(
                "R12",
                named,
                f"hidden characters that turn the direction of the text were removed near “{_around(text, hidden)}”",
                "check that the passage reads as it should; nothing needs to be done if it does",
                text.count("\n", 0, hidden) + 1,
            )
        )
    return found


def _around(text: str, at: int) -> str:
    """Return a few words around a place, on one line."""
    return " ".join(canonical(text[max(0, at - 20) : at + 20]).split())


def _draft(text: str, kind: str, named: str, problems: list[Problem]) -> Draft:
    """Return what the format's own reader makes of the text, which is canonical where it is plain."""
    try:
        draft = _read_as(text, kind, named, problems)
    except (RecursionError, MemoryError):
        raise _error(
            "R08",
            named,
            "the page is nested too deeply, or holds too many elements, to be an article",
            "save the article's text alone, as .txt, and use that",
        ) from None
    if not draft.blocks:
        raise _error(
            "R09",
            named,
            "no article text was found in it",
            "open the page in a browser, copy the article's text and save it as .txt",
        )
    return draft


def _read_as(text: str, kind: str, named: str, problems: list[Problem]) -> Draft:
    if kind == "text":
        return _plain.classify(text)
    if kind == "markdown":
        from ._markdown import read_markdown  # noqa: PLC0415 - costs 40 ms, and most articles are plain text

        draft, doubts = read_markdown(text)
        problems += [_warning("R13", named, message, remedy, line) for line, message, remedy in doubts]
        return draft
    from ._html import read_html  # noqa: PLC0415 - costs 300 ms

    return read_html(text)
