"""A page of the site before any engine has seen it, and its two ways into the docs folder.

Comes in: finished HTML for one address. Goes out: `Page`s, either a Markdown file that an engine wraps in its
theme, or an entry of a bundle that the finishing pass splices into the theme's shell. Knows nothing of claims.
"""
from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import BinaryIO, Final, NamedTuple

from .model import Page
from .settings import Site

PRIVATE = ".sourcebook"
"""Folder of the builder's own files below docs; engines skip names that begin with a dot."""
SHELL_ADDRESS = "agreements/shell/"
"""A page at the depth of every bundled page; the finishing pass takes the theme from it and removes it.

It stands below a page that the theme does not link to: below `claims/` the way to the claims would be `../`, which is another
place on all light pages but theirs.
"""
BODY_MARK = "sourcebook-body"
PICTURE = "picture"
"""The fragment that names the site's own picture, for pages without one."""
BUNDLE = ".pages"
"""How the name of a bundle ends."""
OPENING = '<div class="sb-page"'
"""How the one block of a finished page begins."""
_INERT: Final = tuple((sign.encode(), f"&#{ord(sign)};".encode()) for sign in "!$%()*+,:?@[\\]^_`{|}~")
"""Signs with a meaning in Markdown, and how they are written so that they have none. No sign is part of a reference."""
_SPARE: Final = 8
"""More than `most` code points tell `shorten` that there is something to cut."""
_BLANK_LINES = re.compile(r"\n\s+")
_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """The picture of a link preview."""

    address: str
    """Below the site's base."""
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One page: where it stands, what it says of itself, what it shows."""

    address: str
    """Below the site's base, directory style: `claims/c7k2m9x/`."""
    title: str
    description: str = ""
    """At most 200 characters are used."""
    body: str
    """HTML of the main part; source text in it is escaped already."""
    kind: str = "website"
    """The Open Graph type."""
    index: bool = True
    """Whether search engines may list the page."""
    image: Image | None = None
    meta: Sequence[tuple[str, str]] = ()
    """More `<meta name content>` pairs, such as `citation_title`."""
    links: Sequence[tuple[str, str, str]] = ()
    """`<link rel type href>`; the address stands below the site's base."""
    json_ld: Sequence[Mapping[str, object]] = ()
    page_class: str = ""
    """Goes on the main element: `article`, `claim`, `topic`, …"""
    head: str = ""
    """Elements of `<head>` that are written already; empty where `head_html` is to write them."""

    @property
    def base(self) -> str:
        """The way from this page up to the site's base: `../../`."""
        return "../" * self.address.count("/")


class Bundled(NamedTuple):
    """A light page as it lies in a bundle."""

    address: str
    page_class: str
    own: bytes
    """Head and body."""
    cut: int
    """Where the body begins in it."""

    @property
    def body(self) -> str:
        """The body alone, as text."""
        return self.own[self.cut :].decode()


def head_html(document: Document, site: Site) -> str:
    """Return the elements of `<head>` that tell readers' tools what the page is."""
    if document.head:
        return document.head
    title = document.title if document.title == site.name else f"{document.title} · {site.name}"
    description = shorten(document.description or site.description, 200)
    parts = [f"<title>{escape(title)}</title>"]
    parts += [_meta("name", "description", description)] if description else []
    parts += [] if document.index else [_meta("name", "robots", "noindex, follow")]
    parts += [f'<link rel="canonical" href="{escape(site.url + document.address)}">'] if site.url else []
    parts += [_meta("property", name, content) for name, content in _open_graph(document, site, description)]
    parts += [_meta("name", name, content) for name, content in document.meta]
    parts += [
        f'<link rel="{rel}" type="{kind}" href="{escape(document.base + address)}">'
        for rel, kind, address in document.links
    ]
    parts += [f'<script type="application/ld+json">{script_json(data)}</script>' for data in document.json_ld]
    return "\n".join(parts)


def _open_graph(document: Document, site: Site, description: str) -> Iterable[tuple[str, str]]:
    yield "og:type", document.kind
    yield "og:title", shorten(document.title, 70)
    if description:
        yield "og:description", description
    if site.url:
        yield "og:url", site.url + document.address
    yield "og:site_name", site.name
    yield from _picture(document.image, site)


def _picture(image: Image | None, site: Site) -> Iterable[tuple[str, str]]:
    if image and site.url:
        yield "og:image", site.url + image.address
        yield "og:image:type", "image/png"
        yield "og:image:width", "1200"
        yield "og:image:height", "630"
        yield "og:image:alt", image.alt
        yield "twitter:card", "summary_large_image"
    else:
        yield "twitter:card", "summary"


def picture_html(image: Image | None, site: Site) -> str:
    """Return the elements of `<head>` that name the picture of a link preview."""
    return "\n".join(_meta("property", name, content) for name, content in _picture(image, site))


@lru_cache(maxsize=2048)
def _meta(attribute: str, name: str, content: str) -> str:
    if name.startswith("twitter:"):
        attribute = "name"
    return f'<meta {attribute}="{name}" content="{escape(content)}">'


def script_json(data: object) -> str:
    """Return JSON that may stand in a script element: no `<`, `>` or `&` as such."""
    text = _COMPACT(data)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def shorten(text: str, most: int) -> str:
    """Cut text at a word so that it has at most `most` code points, with an ellipsis where it was cut."""
    # What needs no folding, as most doesn't, is not folded: half of the time. Of a long text only the beginning is looked at.
    head = text[: most + _SPARE]
    if "  " in head or not head.isprintable() or head[:1] == " " or (head[-1:] == " " and len(text) <= most + _SPARE):
        head = " ".join(text.split())
    return cut_short(head, most)


def folded(text: str) -> str:
    """Return text with single spaces for all its white space, and none at its ends."""
    if "  " in text or not text.isprintable() or text[:1] == " " or text[-1:] == " ":
        return " ".join(text.split())
    return text


def cut_short(text: str, most: int) -> str:
    """Do what `shorten` does to text whose white space is folded already."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut).rstrip(" ,;:–—-") + "…"


def markdown_page(document: Document, site: Site) -> Page:
    """Return the page as a Markdown file that holds one block of finished HTML.

    No mark of Markdown survives in it: what has a meaning there stands as a numeric reference, so no
    engine and no extension can act on the text of a source. The finishing pass writes the plain signs again.
    """
    html = (
        f'{OPENING} data-page="{document.page_class}">'
        f"<template data-head>{head_html(document, site)}</template>\n{document.body}\n</div>"
    )
    front = f"---\ntitle: {document.address.strip('/').split('/')[-1] or 'home'}\nhide: [navigation, toc]\n---\n\n"
    return Page(path=f"{document.address}index.md", body=b"%b%b\n" % (front.encode(), _inert(html)))


def inert(html: str) -> str:
    """Return finished HTML with every mark of Markdown as a numeric reference and without blank lines."""
    return _inert(html).decode()


def _inert(html: str) -> bytes:
    # Bytes, since replacing one sign by several is slow in text: ten times as slow, and by translate 45 times.
    found = _BLANK_LINES.sub("\n", html).encode()
    for sign, reference in _INERT:
        found = found.replace(sign, reference)
    return found


def lively(html: str) -> str:
    """Undo `inert`: write the plain signs again. None of them can end a text or an attribute."""
    if "&#" not in html:
        return html
    found = html.encode()
    for sign, reference in _INERT:
        found = found.replace(reference, sign)
    return found.decode()


def bundle(name: str, documents: Iterable[Document], site: Site) -> Page:
    """Return many light pages as one file of the private folder, in the bytes that go to the site.

    A line says how long head and body are, of which class the page is, and where it stands; then they follow.

    Args:
        name: path of the bundle below the private folder, without extension.
        documents: pages whose addresses have the shell's depth.
        site: the settings.
    """
    return Page(path=f"{PRIVATE}/pages/{name}{BUNDLE}", body=b"".join([_packed(one, site) for one in documents]))


def _packed(document: Document, site: Site) -> bytes:
    # No JSON: to write and read it would cost more than all the rest of such a page.
    head, body = head_html(document, site).encode(), document.body.encode()
    about = f"{len(head)} {len(body)} {document.page_class} {document.address}\n"
    return b"%b%b%b\n" % (about.encode(), head, body)


def unbundled(bundle: BinaryIO) -> Iterator[Bundled]:
    """Give the pages of a bundle, read one by one."""
    while line := bundle.readline():
        head, body, page_class, address = line.decode().rstrip("\n").split(" ", 3)
        yield Bundled(address, page_class, bundle.read(int(head) + int(body)), int(head))
        bundle.read(1)


def fragment(name: str, html: str) -> Page:
    """Return a piece of HTML that hand-written pages show where they say `<div data-sourcebook="name"></div>`."""
    return Page(path=f"{PRIVATE}/fragments/{name}.html", body=html.encode())
