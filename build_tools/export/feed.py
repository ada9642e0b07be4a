"""`data/feed.xml`: an Atom feed of claims by the date they first appeared here. Dates come from the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ..catalogue import Catalogue, article_address, claim_address
from ..document import shorten
from ..model import Claim, Page
from ._write import xml_text

MOST: Final = 200
"""Entries in the feed: the latest."""
_UNKNOWN: Final = "1970-01-01"
"""Atom wants a date of everything; this one says that none is known."""


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the feed."""
    latest = sorted(catalogue.claims, key=lambda claim: _first(catalogue, claim), reverse=True)[:MOST]
    entries = "".join(_entry(catalogue, claim) for claim in latest)
    updated = max((_updated(catalogue, claim) for claim in latest), default=_UNKNOWN)
    yield Page(path="data/feed.xml", body=_feed(catalogue, entries, updated).encode())


def _feed(catalogue: Catalogue, entries: str, updated: str) -> str:
    site = catalogue.site
    home = site.url or "../"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{xml_text(site.language)}">\n'
        f"<title>{xml_text(site.name)}: claims</title>\n<id>{xml_text(_id(catalogue, 'data/feed.xml'))}</id>\n"
        f'<link rel="self" type="application/atom+xml" href="{xml_text(home)}data/feed.xml"/>\n'
        f'<link rel="alternate" type="text/html" href="{xml_text(home)}"/>\n'
        f"<updated>{updated}T00:00:00Z</updated>\n<author><name>{xml_text(site.name)}</name></author>\n{entries}</feed>\n"
    )


def _entry(catalogue: Catalogue, claim: Claim) -> str:
    article, home = catalogue.article(claim.article), catalogue.site.url or "../"
    own, other = xml_text(home + claim_address(claim.id)), xml_text(home + article_address(article.id))
    name = xml_text(_id(catalogue, claim_address(claim.id)))
    first = _first(catalogue, claim)
    return (
        f"<entry>\n<title>{xml_text(shorten(claim.quote, 100))}</title>\n<id>{name}</id>\n"
        f'<link rel="alternate" type="text/html" href="{own}"/>\n'
        f'<link rel="via" type="text/html" href="{other}" title="{xml_text(article.title)}"/>\n'
        f"<published>{first}T00:00:00Z</published>\n<updated>{_updated(catalogue, claim)}T00:00:00Z</updated>\n"
        f"<author><name>{xml_text(claim.asserter.name)}</name></author>\n"
        f'<category term="{claim.kind}"/>\n<content type="text">{xml_text(claim.quote)}</content>\n</entry>\n'
    )


def _first(catalogue: Catalogue, claim: Claim) -> str:
    return _whole(catalogue.history(claim.id).first) or _whole(catalogue.article(claim.article).published) or _UNKNOWN


def _updated(catalogue: Catalogue, claim: Claim) -> str:
    """Return the date of the last event, as events begin with theirs."""
    events = (event.partition(":")[0] for event in catalogue.history(claim.id).events)
    return max(_first(catalogue, claim), *(day for event in events if (day := _whole(event))), "")


@lru_cache(maxsize=1024)
def _whole(iso: str) -> str:
    parts = iso.split("-")
    if not iso or len(parts[0]) != 4 or not all(part.isdecimal() for part in parts):
        return ""
    return "-".join([*parts, "01", "01"][:3])


def _id(catalogue: Catalogue, address: str) -> str:
    # An id must be an absolute IRI; where the site's address is not known, a URN of its name stands for it.
    return (
        catalogue.site.url + address if catalogue.site.url else f"urn:sourcebook:{address.strip('/').replace('/', ':')}"
    )
