"""One built page made ready: its own head, plain signs, a strict policy.

Comes in: the page as an engine built it. Goes out: the page as it is published. Reads and writes no file.
"""
from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape

from ..document import BODY_MARK, PICTURE, SHELL_ADDRESS, Document, head_html, lively, picture_html
from ..problems import Problem
from ..settings import Site

_HEAD = re.compile(r"<template data-head>(.*?)</template>\n?", re.DOTALL)
_THEME_HEAD = re.compile(
    r'(?<![ \t])[ \t]*<(?:title>[^<]*</title>|meta name="(?:description|author|generator)"[^>]*>'
    r'|link rel="(?:canonical|prev|next)"[^>]*>)\n?'
)
_TITLE = re.compile(r"<title>([^<]*)</title>")
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LEFT_OVER = re.compile(
    r'(?<![ \t])[ \t]*(?:<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div class="md-dialog"[^>]*>\s*<div class="md-dialog__inner[^>]*></div>\s*</div>'
    r'|<div data-md-component="(?:skip|announce)">\s*</div>'
    r"|<script>(?:__md_scope=|var target=document)[^<]*</script>)\n?"
)
"""What the theme prints for its own script, which this site does not load. It looks at a run of spaces once, not once for each
space: a text with 100,000 of them took 20 seconds."""
_LEFT_OVER_SIGNS = ('class="md-', "data-md-component=", "<script>__md_scope=", "<script>var target=document")
"""No page without one of these holds any of it, and so needs no search at each of its signs."""
_SLOT = re.compile(r'<div data-sourcebook="([a-z-]+)"></div>')
_INLINE = re.compile(r"<(script|style)((?:\s[^>]*)?)>(.*?)</\1>", re.DOTALL)
_CHARSET = re.compile(r'<meta charset="utf-8">', re.IGNORECASE)
_HEAD_SLOT = "<!--head-->"
_POLICY = '<meta http-equiv="Content-Security-Policy"'
SHELL = f"{SHELL_ADDRESS}index.html"
_EXTERNAL = re.compile(r'<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*?\s(?:src|data)="(?:https?:)?//[^"]*"'
                       r'|<link\b[^>]*?rel="(?:stylesheet|preload|icon|manifest|preconnect)"[^>]*?href="(?:https?:)?//[^"]*"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The theme around a light page, cut where head and body go."""

    before_head: str
    before_body: str
    after_body: str

    def own(self) -> bytes:
        """Return all that stands around every light page."""
        return (self.before_head + self.before_body + self.after_body).encode()


def shell_parts(html: str, site: Site, fragments: Mapping[str, str]) -> Shell:
    """Cut the page that carries the theme for all light pages.

    Args:
        html: the page as the engine built it.
        site: the settings.
        fragments: pieces for `<div data-sourcebook>`.
    """
    html = dressed(html, SHELL, site, fragments, head=_HEAD_SLOT)
    before, _, rest = html.partition(_HEAD_SLOT)
    middle, _, after = rest.partition(f'<div id="{BODY_MARK}"></div>')
    return Shell(before_head=before, before_body=middle, after_body=after)


def dressed(html: str, name: str, site: Site, fragments: Mapping[str, str], *, head: str = "") -> str:
    """Return a page as it is published.

    Args:
        html: the page as the engine built it.
        name: its file name below the site.
        site: the settings.
        fragments: pieces for `<div data-sourcebook>`.
        head: stands in for the head that the page brings along.
    """
    html = lively(html)
    html = _SLOT.sub(lambda slot: fragments.get(slot[1], ""), html)
    html = html.replace("<pre>", '<pre tabindex="0">')  # a sample that is wider than the page is scrolled with keys, too
    if any(sign in html for sign in _LEFT_OVER_SIGNS):
        html = _LEFT_OVER.sub("", html)
    own = _HEAD.search(html)
    new_head = head or _pictured(own[1] if own else _plain_head(html, name, site), fragments.get(PICTURE, ""))
    html = _HEAD.sub("", html, count=1)
    top, mark, rest = html.partition("</head>")
    top = _THEME_HEAD.sub("", top)
    policy = f'{_POLICY} content="{_policy(html)}">'
    top = _CHARSET.sub(lambda found: f"{found[0]}\n      {policy}", top, count=1)
    return f"{top.rstrip()}\n{new_head}\n{mark}{rest}"


def _pictured(head: str, picture: str) -> str:
    """Give a page without a picture of its own the site's, so that no link to the site looks bare where it is pasted."""
    return head.replace(picture_html(None, Site()), picture, 1) if picture else head


def is_dressed(html: str) -> bool:
    """Say whether a page is as `dressed` returns it."""
    return _POLICY in html.partition("</head>")[0]


def _plain_head(html: str, name: str, site: Site) -> str:
    """Describe a page that a person wrote by what the theme says of it."""
    address = name.removesuffix("index.html")
    heading, title = _HEADING.search(html), _TITLE.search(html)
    words = _plain(heading[1] if heading else title[1] if title else site.name)
    return head_html(
        Document(
            address=address,
            title=site.name if address == "" else words.removesuffix("¶").rstrip(),
            description=_described(html, heading.end() if heading and address else None, site),
            body="",
            index=name != "404.html",
        ),
        site,
    )


def _described(html: str, text: int | None, site: Site) -> str:
    """Return what a page says of itself, and else, instead of what is said of the whole site, its first paragraph.

    Args:
        html: the page.
        text: where its text begins; None where the words on the whole site do.
        site: the settings.
    """
    stated = _DESCRIPTION.search(html)
    description = unescape(stated[1]) if stated else ""
    if text is None or description not in ("", site.description):
        return description
    first = _PARAGRAPH.search(html, text)
    return _plain(first[1]) if first else description


def _plain(html: str) -> str:
    """Return the words of some mark-up."""
    return " ".join(unescape(_TAG.sub("", html)).split())


def _policy(html: str) -> str:
    hashes = {"script": [], "style": []}  # type: dict[str, list[str]]
    for kind, attributes, body in _INLINE.findall(html):
        if "src=" not in attributes and "json" not in attributes and body:
            hashes[kind].append(_hash(body))
    return (
        f"default-src 'none'; script-src 'self'{_sources(hashes['script'])}; style-src 'self'{_sources(hashes['style'])}; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
    )


@cache
def _hash(body: str) -> str:
    return base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()


def _sources(hashes: list[str]) -> str:
    return "".join(f" 'sha256-{one}'" for one in sorted(set(hashes)))


def external(name: str, html: str) -> list[Problem]:
    """Return a problem (F04) for everything that a reader's browser would fetch from another host."""
    return [
        Problem(
            file=name, code="F04", severity="error", message=f"the page loads something from another website: {found[0][:120]}",
            remedy="save that file in docs/assets/, and name it there",
        )
        for found in _EXTERNAL.finditer(html)
    ]
