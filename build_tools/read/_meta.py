"""What a saved page says of itself: title, authors, publisher, date, address, language.

A parsed page comes in, plain values go out. Only what the page states in so many words counts:
nothing is guessed from the running text, and no address is followed.
"""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from ._draft import fold

_ARTICLES: Final = frozenset(
    word
    for line in (
        "article newsarticle blogposting report scholarlyarticle opinionnewsarticle analysisnewsarticle",
        "reportagenewsarticle backgroundnewsarticle reviewnewsarticle advertisercontentarticle techarticle",
        "liveblogposting review creativework",
    )
    for word in line.split()
)
_LONGEST_LD: Final = 500_000
_LONGEST: Final = 300
_DATE: Final = re.compile(r"\s{0,9}(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?!\d))?|(\d\d)(\d\d)(?!\d))?(?!\d)")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_DATE_NAMES: Final = (
    "article:published_time",
    "og:article:published_time",
    "citation_publication_date",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dc.date.created",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "date",
)
"""Names of `<meta>` that hold the day of publication, the plainest first."""
_SAVED: Final = re.compile(r"<!--\s{0,5}saved from url=\(\d{1,5}\)(\S{1,2000})\s{0,5}-->")
_SEPARATORS: Final = (" | ", " - ", " – ", " — ", " :: ", " « ", " · ", " • ")
_AND: Final = re.compile(r",? and | & |; ?|, ")


@dataclass(slots=True)
class Statements:
    """The values that a page states, by name, in the order in which they stand."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    linked: list[dict[str, Any]] = field(default_factory=list)

    def first(self, *names: str) -> str:
        """Return the first value of the first of these names that has one."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), "")


def statements(tree: Any) -> Statements:
    """Gather `<meta>` values and linked data from a parsed page."""
    found = Statements()
    for element in tree.iter("meta"):
        value = fold(element.get("content") or "")
        for key in {element.get("name"), element.get("property"), element.get("itemprop")} - {None}:
            found.meta.setdefault(key.lower().strip(), []).append(value[:2000])
    for element in tree.iter("script"):
        if (element.get("type") or "").lower().strip() == "application/ld+json":
            found.linked += _articles(element.text or "")
    return found


def title_of(tree: Any, said: Statements, publisher: str) -> str:
    """Return the article's title without the site's name behind it."""
    headings = [fold("".join(element.itertext()))[:_LONGEST] for element in tree.iter("h1")]
    headings = [heading for heading in headings if heading]
    named = fold("".join(next(iter(tree.iter("title")), tree.makeelement("title")).itertext()))
    linked = next((_text(item.get("headline")) for item in said.linked if _text(item.get("headline"))), "")
    given = said.first("og:title", "citation_title", "twitter:title", "dc.title", "title") or linked or named
    for heading in headings:
        if heading.casefold() in (linked.casefold(), given.casefold()) or (
            len(heading) > 8 and named.startswith(heading)
        ):
            return heading
    return _without_site(given or (headings[0] if headings else ""), publisher)[:_LONGEST]


def authors_of(tree: Any, said: Statements) -> tuple[str, ...]:
    """Return the authors' names in order, each once."""
    names = [name for item in said.linked for name in _names(item.get("author"))]
    if not names:
        for key in (
            "citation_author",
            "author",
            "dc.creator",
            "dcterms.creator",
            "parsely-author",
            "sailthru.author",
            "article:author",
        ):
            names = [name for value in said.meta.get(key, ()) for name in _split(value)]
            if names:
                break
    if not names:
        marked = (
            e for e in tree.iter("a", "span", "div", "p") if e.get("rel") == "author" or e.get("itemprop") == "author"
        )
        names = [name for element in marked for name in _split(fold("".join(element.itertext()))[:_LONGEST])]
    return tuple(dict.fromkeys(name for name in names if _is_person(name)))[:20]


def publisher_of(said: Statements) -> str:
    """Return the name of who published the page."""
    linked = next((name for item in said.linked for name in _names(item.get("publisher"))), "")
    return (said.first("og:site_name", "citation_publisher", "dc.publisher", "citation_journal_title") or linked)[
        :_LONGEST
    ]


def published_of(tree: Any, said: Statements) -> str:
    """Return the day of publication as an ISO date, as far as it is stated."""
    stated = [_text(item.get("datePublished")) for item in said.linked]
    for key in _DATE_NAMES:
        stated += said.meta.get(key, ())
    for element in tree.iter("time"):
        if (
            element.get("pubdate") is not None
            or element.get("itemprop") == "datePublished"
            or "publish" in (element.get("class") or "")
        ):
            stated.append(element.get("datetime") or "")
    return next((date for date in map(iso_date, stated) if date), "")


def address_of(tree: Any, said: Statements, source: str) -> str:
    """Return the page's own address on the web."""
    stated = [
        element.get("href") or ""
        for element in tree.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    ]
    stated += said.meta.get("og:url", [])
    saved = _SAVED.search(source[:4000])
    stated += [saved[1]] if saved else []
    return next((address for address in map(web_address, stated) if address), "")


def language_of(tree: Any, said: Statements) -> str:
    """Return the page's language tag."""
    root = tree.getroottree().getroot()
    stated = [
        root.get("lang") or "",
        root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or "",
    ]
    stated += [
        said.first("og:locale", "content-language", "dc.language"),
        *(_text(item.get("inLanguage")) for item in said.linked),
    ]
    return next((tag for tag in map(language_tag, stated) if tag), "")


def iso_date(words: str) -> str:
    """Return `2026`, `2026-03` or `2026-03-09` from the start of the words; empty if there is no such date."""
    found = _DATE.match(words)
    if not found:
        return ""
    year, month, day = int(found[1]), int(found[2] or found[4] or 0), int(found[3] or found[5] or 0)
    try:
        date = datetime.date(year, month or 1, day or 1)
    except ValueError:
        return ""
    return date.isoformat()[: 10 if day else 7 if month else 4] if year >= 1400 else ""


def web_address(words: str) -> str:
    """Return an absolute http or https address as it stands; empty if it is none or hides something."""
    bare = words.strip()
    if len(bare) > 2000 or any(sign.isspace() or not sign.isprintable() or sign in "<>\"'\\`" for sign in bare):
        return ""
    try:
        parts = urlsplit(bare)
        usable = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and "." in (parts.hostname or "")
            and parts.username is None
        )
    except ValueError:
        return ""
    return bare if usable else ""


def language_tag(words: str) -> str:
    """Return a BCP 47 tag in its usual form; empty if the words are none."""
    bare = words.strip().split(".")[0]
    if not _LANGUAGE.fullmatch(bare):
        return ""
    first, *rest = bare.replace("_", "-").split("-")
    return "-".join(
        [
            first.lower(),
            *(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in rest),
        ]
    )


def _articles(source: str) -> list[dict[str, Any]]:
    """Return the articles that a piece of linked data describes."""
    if len(source) > _LONGEST_LD:
        return []
    try:
        items = list(_walk(json.loads(source, strict=False), 0))
    except (ValueError, RecursionError):
        return []
    return [item for item in items if _types(item) & _ARTICLES]


def _walk(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Give every object of linked data down to a few levels."""
    if isinstance(value, dict):
        yield value
        value = [value.get("@graph"), value.get("mainEntity"), value.get("mainEntityOfPage")]
    if isinstance(value, list) and depth < 6:
        for part in value[:200]:
            yield from _walk(part, depth + 1)


def _types(item: dict[str, Any]) -> set[str]:
    kind = item.get("@type")
    return {name.lower() for name in (kind if isinstance(kind, list) else [kind]) if isinstance(name, str)}


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return fold(html.unescape(value))[:2000] if isinstance(value, str) else ""


def _names(value: Any) -> list[str]:
    """Return names from what linked data has as an author or a publisher."""
    if isinstance(value, list):
        return [name for part in value[:30] for name in _names(part)]
    if isinstance(value, dict):
        return _names(value.get("name"))
    return _split(_text(value)) if isinstance(value, str) else []


def _split(words: str) -> list[str]:
    """Return the names of a by-line, without `By`."""
    bare = re.sub(r"^(?:written )?by:? ", "", words, flags=re.IGNORECASE)
    return [name.strip(" ,") for name in _AND.split(bare) if name.strip(" ,")]


def _is_person(name: str) -> bool:
    """Say whether a stated author can be shown as one: no address, no mere account name."""
    return (
        1 < len(name) <= 80
        and "://" not in name
        and "@" not in name
        and name.lower() not in ("admin", "staff", "editor", "none", "null")
    )


def _without_site(title: str, publisher: str) -> str:
    """Return a title without the site's name at its end or its start."""
    for separator in _SEPARATORS:
        head, mark, tail = title.rpartition(separator)
        known = publisher and (tail.casefold() in publisher.casefold() or publisher.casefold() in tail.casefold())
        if mark and head and (known or (separator in (" | ", " :: ", " « ") and len(tail) < len(head))):
            return head.strip()
    return title
