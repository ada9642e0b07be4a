"""The ledger as a value and as a file: one article or claim a line, so that people can read its differences.

Comes in: the text of `ledger.json`. Goes out: a `Ledger` and problems; and back to text.
It doesn't settle anything: which draft has which id is decided in `ledger`.
"""
from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, cast

from .model import ArticleId, ClaimId, Span
from .problems import Problem

ClaimState = Literal["live", "retired", "merged"]
ArticleState = Literal["live", "gone"]

_ARTICLE_ID = re.compile(r"[a-z0-9-]+")
_CLAIM_ID = re.compile(r"c[0-9a-hjkmnp-tv-z]{6,8}")
_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_RESTORE = (
    "restore the file from version control (for example `git checkout -- {file}`) and run `build` again; "
    "it has not been overwritten"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerArticle:
    """An article that was published at some time."""

    id: ArticleId
    file: str
    title: str
    digest: str
    length: int
    """Code points of the text."""
    state: ArticleState = "live"
    aliases: tuple[str, ...] = ()
    """Former ids that were published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerClaim:
    """A claim that was published at some time, and where it stood last."""

    id: ClaimId
    article: ArticleId
    state: ClaimState = "live"
    merged_into: ClaimId | None = None
    span: Span
    quote: str
    prefix: str = ""
    suffix: str = ""
    first: str = ""
    """Date of first publication, ISO; empty when no date was known."""
    since: str = ""
    """Date it was retired or merged; empty while it is live or when no date was known."""
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that was ever published, by id."""

    articles: tuple[LedgerArticle, ...] = ()
    claims: tuple[LedgerClaim, ...] = ()


class _EntryError(ValueError):
    """An entry that doesn't fit; says why."""


def parse(text: str, file: str) -> tuple[Ledger, list[Problem]]:
    """Read a ledger.

    Args:
        text: the file's content; empty for a ledger that doesn't exist yet.
        file: its name, for the problems.

    Returns:
        The ledger and what is wrong with it. With an error-level problem the ledger is incomplete and
        must not be written back. Git's conflict markers are no error: both sides are united.
    """
    if not text.strip():
        return Ledger(), []
    if any(line.startswith(("<<<<<<< ", ">>>>>>> ")) for line in text.splitlines()):
        return _unite(text, file)
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as wrong:
        return Ledger(), [_syntax(wrong, file)]
    return _read(data, text, file)


def dump(ledger: Ledger) -> str:
    """Write a ledger: articles by id, claims by article and id, one a line."""
    articles = [_line(_article_row(entry)) for entry in sorted(ledger.articles, key=lambda entry: entry.id)]
    claims = [_line(_claim_row(entry)) for entry in sorted(ledger.claims, key=lambda entry: (entry.article, entry.id))]
    parts = ['"format": 1', _section("articles", articles), _section("claims", claims)]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _section(name: str, lines: list[str]) -> str:
    return f'"{name}": [\n' + ",\n".join(lines) + "\n]" if lines else f'"{name}": []'


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


def _article_row(entry: LedgerArticle) -> dict[str, Any]:
    row: dict[str, Any] = {"id": entry.id, "state": entry.state, "file": entry.file, "title": entry.title}
    row |= {"digest": entry.digest, "length": entry.length}
    return row | ({"aliases": list(entry.aliases)} if entry.aliases else {})


def _claim_row(entry: LedgerClaim) -> dict[str, Any]:
    row: dict[str, Any] = {"id": entry.id, "article": entry.article, "state": entry.state}
    row |= {"merged_into": entry.merged_into} if entry.merged_into else {}
    row |= {"start": entry.span.start, "end": entry.span.end}
    row |= {"exact": entry.quote, "prefix": entry.prefix, "suffix": entry.suffix, "first": entry.first}
    row |= {"since": entry.since} if entry.since else {}
    return row | ({"events": list(entry.events)} if entry.events else {})


def _syntax(wrong: Exception, file: str) -> Problem:
    line, column, why = None, None, "it is nested too deeply"
    if isinstance(wrong, json.JSONDecodeError):
        line, column, why = wrong.lineno, wrong.colno, wrong.msg[:1].lower() + wrong.msg[1:]
    return Problem(
        file=file, line=line, column=column, code="L01", severity="error",
        message=f"the ledger of published ids can't be read: it is not valid JSON ({why})",
        remedy=_RESTORE.format(file=file),
    )  # fmt: skip


def _read(data: Any, text: str, file: str) -> tuple[Ledger, list[Problem]]:
    if not isinstance(data, dict) or data.get("format") != 1:
        return Ledger(), [_wrong(file, 1, 'it has no `"format": 1` and was not written by this program')]
    extra = sorted(set(data) - {"format", "articles", "claims"})
    if extra:
        return Ledger(), [_wrong(file, 1, f"the key {extra[0]!r} is unknown")]
    rows = {name: data.get(name, []) for name in ("articles", "claims")}
    for name, found in rows.items():
        if not isinstance(found, list):
            return Ledger(), [_wrong(file, 1, f"{name}: {_shown(found)} is not a list")]
    problems: list[Problem] = []
    articles = _entries(rows["articles"], _article, "articles", problems, (text, file))
    claims = _entries(rows["claims"], _claim, "claims", problems, (text, file))
    return Ledger(articles, claims), problems + _dangling(articles, claims, text, file)


_Entry = TypeVar("_Entry", LedgerArticle, LedgerClaim)


def _entries(
    rows: list[Any], build: Callable[[Any], _Entry], name: str, problems: list[Problem], place: tuple[str, str]
) -> tuple[_Entry, ...]:
    text, file = place
    found: dict[str, _Entry] = {}
    for number, row in enumerate(rows):
        try:
            entry = build(row)
            if entry.id in found:
                raise _EntryError(f"id: {entry.id!r} stands twice")
            found[entry.id] = entry
        except _EntryError as wrong:
            given = row.get("id") if isinstance(row, dict) else None
            problems.append(_wrong(file, _line_of(text, given), f"{name}[{number}].{wrong}"))
    return tuple(found.values())


def _dangling(
    articles: Iterable[LedgerArticle], claims: Iterable[LedgerClaim], text: str, file: str
) -> list[Problem]:
    known = {entry.id for entry in articles}
    ids = {entry.id for entry in claims}
    found: list[tuple[str, str]] = []
    for entry in claims:
        if entry.article not in known:
            found.append((entry.id, f"{entry.id}.article: {entry.article!r} is no article here"))
        if entry.merged_into is not None and entry.merged_into not in ids:
            found.append((entry.id, f"{entry.id}.merged_into: {entry.merged_into!r} is no claim here"))
    return [_wrong(file, _line_of(text, name), why) for name, why in found]


def _line_of(text: str, given: Any) -> int | None:
    """Return the line on which the entry of an id begins."""
    at = text.find(f'{{"id": {json.dumps(given)}') if isinstance(given, str) and given else -1
    return text.count("\n", 0, at) + 1 if at >= 0 else None


def _wrong(file: str, line: int | None, why: str) -> Problem:
    return Problem(
        file=file, line=line, code="L03", severity="error",
        message=f"the ledger of published ids has an entry that doesn't fit: {why}",
        remedy="correct the entry, or " + _RESTORE.format(file=file),
    )  # fmt: skip


def _shown(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def _text(row: Mapping[str, Any], key: str, *, needed: bool = False) -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise _EntryError(f"{key}: {_shown(value)} is not a text")
    if needed and not value:
        raise _EntryError(f"{key}: is missing")
    return value


def _texts(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise _EntryError(f"{key}: {_shown(value)} is not a list of texts")
    return tuple(value)


def _number(row: Mapping[str, Any], key: str) -> int:
    value = row.get(key)
    if type(value) is not int or value < 0:
        raise _EntryError(f"{key}: {_shown(value)} is not a whole number")
    return value


def _one_of(row: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str:
    value = row.get(key)
    if value not in allowed:
        raise _EntryError(f"{key}: {_shown(value)} is not one of {', '.join(allowed)}")
    return cast("str", value)


def _id(row: Mapping[str, Any], key: str, pattern: re.Pattern[str]) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise _EntryError(f"{key}: {_shown(value)} is not an id")
    return value


def _mapping(row: Any) -> Mapping[str, Any]:
    if not isinstance(row, dict):
        raise _EntryError(f"{_shown(row)} is not a mapping")
    return row


def _article(given: Any) -> LedgerArticle:
    row = _mapping(given)
    return LedgerArticle(
        id=ArticleId(_id(row, "id", _ARTICLE_ID)),
        file=_text(row, "file", needed=True),
        title=_text(row, "title"),
        digest=_text(row, "digest", needed=True),
        length=_number(row, "length"),
        state=cast("ArticleState", _one_of(row, "state", ("live", "gone"))),
        aliases=_texts(row, "aliases"),
    )


def _claim(given: Any) -> LedgerClaim:
    row = _mapping(given)
    state = cast("ClaimState", _one_of(row, "state", ("live", "retired", "merged")))
    start, end = _number(row, "start"), _number(row, "end")
    if start >= end:
        raise _EntryError(f"end: {end} is not beyond start, {start}")
    if (state == "merged") != ("merged_into" in row):
        raise _EntryError("merged_into: belongs to a claim with the state merged, and only there")
    return LedgerClaim(
        id=ClaimId(_id(row, "id", _CLAIM_ID)),
        article=ArticleId(_id(row, "article", _ARTICLE_ID)),
        state=state,
        merged_into=ClaimId(_id(row, "merged_into", _CLAIM_ID)) if state == "merged" else None,
        span=Span(start, end),
        quote=_text(row, "exact", needed=True),
        prefix=_text(row, "prefix"),
        suffix=_text(row, "suffix"),
        first=_text(row, "first"),
        since=_text(row, "since"),
        events=_texts(row, "events"),
    )


def _unite(text: str, file: str) -> tuple[Ledger, list[Problem]]:
    """Read a ledger with conflict markers line by line and keep every entry of both sides."""
    problems: list[Problem] = []
    articles: dict[str, LedgerArticle] = {}
    claims: dict[str, LedgerClaim] = {}
    first = 0
    base = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(_MARKERS):
            first = first or number
            base = line.startswith("|||||||")  # the common ancestor that diff3 style shows: neither side
            continue
        if base or not line.startswith('{"'):
            continue
        try:
            row = json.loads(line.rstrip().removesuffix(","))
            if "exact" in row:
                claim = _claim(row)
                claims[claim.id] = _kept(claims.get(claim.id), claim)
            else:
                article = _article(row)
                articles[article.id] = _kept(articles.get(article.id), article)
        except (json.JSONDecodeError, RecursionError) as wrong:
            problems.append(_bad_line(wrong, file, number))
        except _EntryError as wrong:
            problems.append(_wrong(file, number, str(wrong)))
    ledger = Ledger(tuple(articles.values()), tuple(claims.values()))
    return ledger, [_united(file, first), *problems, *_dangling(ledger.articles, ledger.claims, text, file)]


def _kept(ours: _Entry | None, theirs: _Entry) -> _Entry:
    if ours is None or (ours.state != "live" and theirs.state == "live"):
        return theirs
    return ours


def _bad_line(wrong: Exception, file: str, number: int) -> Problem:
    found = _syntax(wrong, file)
    return Problem(
        file=file, line=number, column=found.column, code=found.code, severity=found.severity,
        message=found.message, remedy=found.remedy,
    )  # fmt: skip


def _united(file: str, line: int) -> Problem:
    return Problem(
        file=file, line=line, code="L02", severity="warning",
        message="the ledger of published ids has git conflict markers; "
        "the entries of both sides were united and none is lost",
        remedy=f"run `build`, which writes the united ledger, then `git add {file}`",
    )  # fmt: skip
