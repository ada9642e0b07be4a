"""The ledger as a value and as a file: one article or claim a line, so that people can read its differences.

Comes in: the text of `ledger.json`. Goes out: a `Ledger` and problems; and back to text.
It doesn't settle anything: which draft has which id is decided in `ledger`.
"""
from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal, TypeAlias, TypeVar, cast

from ..model import ArticleId, ClaimId, Span
from ..problems import Problem

ClaimState = Literal["live", "retired", "merged"]
ArticleState = Literal["live", "gone"]

_ARTICLE_ID = re.compile(r"[a-z0-9-]+")
_CONCEPT_ID = re.compile(r"(?:topics|entities)/[a-z0-9-]+")
_CLAIM_ID = re.compile(r"c[0-9a-hjkmnp-tv-z]{6,8}")
_QUOTED = json.encoder.encode_basestring
"""One text as JSON, other letters than ASCII as they are."""
_LINE = json.JSONEncoder(ensure_ascii=False).encode
_SECTIONS = ("articles", "claims", "concepts", "compared")
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
    stated: str = ""
    """The words in the sidecar, where the passage reads otherwise by now; by them the sidecar's entry is known again."""
    prefix: str = ""
    suffix: str = ""
    first: str = ""
    """Date of first publication, ISO; empty when no date was known."""
    since: str = ""
    """Date it was retired or merged; empty while it is live or when no date was known."""
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerConcept:
    """A topic or an entity that had a page at some time."""

    id: str
    """Address of its page without the last slash: `topics/compute`."""
    label: str
    """As it was last called."""
    state: ArticleState = "live"
    since: str = ""
    """Date since which it is gone; empty while it is live or when no date was known."""


Pair: TypeAlias = tuple[ArticleId, ArticleId]
"""Two articles that had a page side by side, the lower id first."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that was ever published, by id."""

    articles: tuple[LedgerArticle, ...] = ()
    claims: tuple[LedgerClaim, ...] = ()
    concepts: tuple[LedgerConcept, ...] = ()
    compared: tuple[Pair, ...] = ()


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
    if any(f"\n{mark} " in text or text.startswith(f"{mark} ") for mark in ("<<<<<<<", ">>>>>>>")):
        return _unite(text, file)
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as wrong:
        return Ledger(), [_syntax(wrong, file)]
    return _read(data, text, file)


def dump(ledger: Ledger) -> str:
    """Write a ledger: articles by id, claims by article and id, concepts, pairs; one a line."""
    articles = [_article_line(entry) for entry in sorted(ledger.articles, key=attrgetter("id"))]
    claims = [_claim_line(entry) for entry in sorted(ledger.claims, key=attrgetter("article", "id"))]
    concepts = [_concept_line(entry) for entry in sorted(ledger.concepts, key=attrgetter("id"))]
    compared = [_LINE(pair) for pair in sorted(ledger.compared)]
    parts = [*_section("articles", articles), *_section("claims", claims)]
    parts += _section("concepts", concepts) if concepts else []  # ledgers of old have neither
    parts += _section("compared", compared) if compared else []
    return "".join(['{\n"format": 1', *parts, "\n}\n"])  # at once: the text of a large ledger is too long to be copied a few times


def _section(name: str, lines: Sequence[str]) -> list[str]:
    return [f',\n"{name}": [\n', ",\n".join(lines), "\n]"] if lines else [f',\n"{name}": []']


def _article_line(entry: LedgerArticle) -> str:
    aliases = f', "aliases": {_LINE(entry.aliases)}' if entry.aliases else ""
    return (
        f'{{"id": "{entry.id}", "state": "{entry.state}", "file": {_QUOTED(entry.file)}, "title": {_QUOTED(entry.title)}, '
        f'"digest": {_QUOTED(entry.digest)}, "length": {entry.length}{aliases}}}'
    )


def _concept_line(entry: LedgerConcept) -> str:
    """Write as little as says it: where a corpus has no vocabulary there are hundreds."""
    gone = f', "gone": {_QUOTED(entry.since)}' if entry.state == "gone" else ""
    return f'{{"id": "{entry.id}", "label": {_QUOTED(entry.label)}{gone}}}'


def _claim_line(entry: LedgerClaim) -> str:
    """Write what `json.dumps` would, in a third of its time: there are tens of thousands of claims."""
    span = entry.span
    into = f', "merged_into": "{entry.merged_into}"' if entry.merged_into else ""
    since = f', "since": {_QUOTED(entry.since)}' if entry.since else ""
    since += f', "stated": {_QUOTED(entry.stated)}' if entry.stated else ""
    events = f', "events": {_LINE(entry.events)}' if entry.events else ""
    return (
        f'{{"id": "{entry.id}", "article": "{entry.article}", "state": "{entry.state}"{into}, '
        f'"start": {span.start}, "end": {span.end}, "exact": {_QUOTED(entry.quote)}, "prefix": {_QUOTED(entry.prefix)}, '
        f'"suffix": {_QUOTED(entry.suffix)}, "first": {_QUOTED(entry.first)}{since}{events}}}'
    )


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
    extra = sorted(set(data) - {"format", *_SECTIONS})
    if extra:
        return Ledger(), [_wrong(file, 1, f"the key {extra[0]!r} is unknown")]
    rows = {name: data.get(name, []) for name in _SECTIONS}
    for name, found in rows.items():
        if not isinstance(found, list):
            return Ledger(), [_wrong(file, 1, f"{name}: {_shown(found)} is not a list")]
    problems: list[Problem] = []
    articles = _entries(rows["articles"], _article, "articles", problems, (text, file))
    claims = _entries(rows["claims"], _claim, "claims", problems, (text, file))
    concepts = _entries(rows["concepts"], _concept, "concepts", problems, (text, file))
    compared = _pairs(rows["compared"], problems, file)
    return Ledger(articles, claims, concepts, compared), problems + _dangling(articles, claims, text, file)


def _pairs(rows: list[Any], problems: list[Problem], file: str) -> tuple[Pair, ...]:
    found: dict[Pair, None] = {}
    for number, row in enumerate(rows):
        try:
            found[_pair(row)] = None
        except _EntryError as wrong:
            problems.append(_wrong(file, None, f"compared[{number}]: {wrong}"))
    return tuple(found)


_Entry = TypeVar("_Entry", LedgerArticle, LedgerClaim, LedgerConcept)


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
    ids = {entry.id: entry.merged_into for entry in claims}
    found: list[tuple[str, str]] = []
    for entry in claims:
        if entry.article not in known:
            found.append((entry.id, f"{entry.id}.article: {entry.article!r} is no article here"))
        if entry.merged_into is not None and entry.merged_into not in ids:
            found.append((entry.id, f"{entry.id}.merged_into: {entry.merged_into!r} is no claim here"))
        elif entry.merged_into is not None and entry.id == min(_circle(entry.id, ids), default=None):
            found.append((entry.id, f"{entry.id}.merged_into: it leads back to {entry.id}, so that no claim is left"))
    return [_wrong(file, _line_of(text, name), why) for name, why in found]


def _circle(name: ClaimId, into: Mapping[ClaimId, ClaimId | None]) -> list[ClaimId]:
    """Return the claims that a claim is merged into, one after the other, if they lead back to it; else none."""
    passed: list[ClaimId] = []
    end: ClaimId | None = name
    while end is not None and end not in passed:
        passed.append(end)
        end = into.get(end)
    return passed if end == name else []


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
        stated=_text(row, "stated"),
        prefix=_text(row, "prefix"),
        suffix=_text(row, "suffix"),
        first=_text(row, "first"),
        since=_text(row, "since"),
        events=_texts(row, "events"),
    )


def _concept(given: Any) -> LedgerConcept:
    row = _mapping(given)
    return LedgerConcept(
        id=_id(row, "id", _CONCEPT_ID),
        label=_text(row, "label", needed=True),
        state="gone" if "gone" in row else "live",
        since=_text(row, "gone"),
    )


def _pair(given: Any) -> Pair:
    if not (isinstance(given, list) and len(given) == 2 and all(isinstance(one, str) for one in given)):
        raise _EntryError(f"{_shown(given)} is not two articles")
    for one in given:
        if not _ARTICLE_ID.fullmatch(one):
            raise _EntryError(f"{_shown(one)} is not an id")
    low, high = sorted(given)
    return ArticleId(low), ArticleId(high)


def _unite(text: str, file: str) -> tuple[Ledger, list[Problem]]:
    """Read a ledger with conflict markers line by line and keep every entry of both sides."""
    problems: list[Problem] = []
    articles: dict[str, LedgerArticle] = {}
    claims: dict[str, LedgerClaim] = {}
    concepts: dict[str, LedgerConcept] = {}
    compared: dict[Pair, None] = {}
    first = 0
    base = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(_MARKERS):
            first = first or number
            base = line.startswith("|||||||")  # the common ancestor that diff3 style shows: neither side
            continue
        if base or not line.startswith(('{"', '["')):
            continue
        try:
            row = json.loads(line.rstrip().removesuffix(","))
            if isinstance(row, list):
                compared[_pair(row)] = None
            elif "exact" in row:
                _take(claims, _claim(row))
            elif "label" in row:
                _take(concepts, _concept(row))
            else:
                _take(articles, _article(row))
        except (json.JSONDecodeError, RecursionError) as wrong:
            problems.append(_bad_line(wrong, file, number))
        except _EntryError as wrong:
            problems.append(_wrong(file, number, str(wrong)))
    ledger = Ledger(tuple(articles.values()), tuple(claims.values()), tuple(concepts.values()), tuple(compared))
    return ledger, [_united(file, first), *problems, *_dangling(ledger.articles, ledger.claims, text, file)]


def _take(entries: dict[str, _Entry], theirs: _Entry) -> None:
    """Keep one entry of each id: what is live on either side, else ours."""
    ours = entries.get(theirs.id)
    if ours is None or (ours.state != "live" and theirs.state == "live"):
        entries[theirs.id] = theirs


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
