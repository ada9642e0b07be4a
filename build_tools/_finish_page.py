"""One built page made ready: its own head, plain signs, a strict policy. Strings in, strings out."""
from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

from ._finish_links import Checked, checked
from .document import BODY_MARK, SHELL_ADDRESS, Document, head_html, lively
from .problems import Problem
from .settings import Site

_HEAD = re.compile(r"<template data-head>(.*?)</template>\n?", re.DOTALL)
_THEME_HEAD = re.compile(
    r'(?<![ \t])[ \t]*<(?:title>[^<]*</title>|meta name="(?:description|author|generator)"[^>]*>'
    r'|link rel="(?:canonical|prev|next)"[^>]*>)\n?'
)
_TITLE = re.compile(r"<title>([^<]*)</title>")
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
_LEFT_OVER = re.compile(
    r'(?<![ \t])[ \t]*(?:<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div class="md-dialog"[^>]*>\s*<div class="md-dialog__inner[^>]*></div>\s*</div>'
    r'|<div data-md-component="(?:skip|announce)">\s*</div>'
    r"|<script>(?:__md_scope=|var target=document)[^<]*</script>)\n?"
)
"""What the theme prints for its own script, which this site does not load. It looks at a run of spaces once, not once for each
space: a text with 100,000 of them took 20 seconds."""
_SLOT = re.compile(r'<div data-sourcebook="([a-z-]+)"></div>')
_INLINE = re.compile(r"<(script|style)((?:\s[^>]*)?)>(.*?)</\1>", re.DOTALL)
_CHARSET = re.compile(r'<meta charset="utf-8">', re.IGNORECASE)
_HEAD_SLOT = "<!--head-->"
SHELL = f"{SHELL_ADDRESS}index.html"
_EXTERNAL = re.compile(r'<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*?\s(?:src|data)="(?:https?:)?//[^"]*"'
                       r'|<link\b[^>]*?rel="(?:stylesheet|preload|icon|manifest|preconnect)"[^>]*?href="(?:https?:)?//[^"]*"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What is to be known of a page after it was finished."""

    checked: Checked
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The theme around a light page, cut where head and body go."""

    before_head: str
    before_body: str
    after_body: str
    ids: frozenset[str]
    links: frozenset[str]


def finished(path: Path, *, out: Path, site: Site, fragments: dict[str, str]) -> Finished:
    """Finish one page in place and say what it holds and leads to."""
    name = path.relative_to(out).as_posix()
    html = _dressed(path.read_text(encoding="utf-8"), name, site, fragments)
    path.write_text(html, encoding="utf-8")
    return Finished(checked=checked(name, html), problems=tuple(_external(name, html)))


def shell_parts(path: Path, site: Site, fragments: dict[str, str]) -> Shell:
    """Cut the page that carries the theme for all light pages.

    Args:
        path: the page as the engine built it.
        site: the settings.
        fragments: pieces for `<div data-sourcebook>`.
    """
    html = _dressed(path.read_text(encoding="utf-8"), SHELL, site, fragments, head=_HEAD_SLOT)
    before, _, rest = html.partition(_HEAD_SLOT)
    middle, _, after = rest.partition(f'<div id="{BODY_MARK}"></div>')
    around = checked(SHELL, before + middle + after)
    return Shell(before_head=before, before_body=middle, after_body=after, ids=around.ids, links=around.links)


def _dressed(html: str, name: str, site: Site, fragments: dict[str, str], *, head: str = "") -> str:
    html = lively(html)
    html = _SLOT.sub(lambda slot: fragments.get(slot[1], ""), html)
    html = _LEFT_OVER.sub("", html)
    own = _HEAD.search(html)
    new_head = head or (own[1] if own else _plain_head(html, name, site))
    html = _HEAD.sub("", html, count=1)
    top, mark, rest = html.partition("</head>")
    top = _THEME_HEAD.sub("", top)
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_policy(html)}">'
    top = _CHARSET.sub(lambda found: f"{found[0]}\n      {policy}", top, count=1)
    return f"{top.rstrip()}\n{new_head}\n{mark}{rest}"


def _plain_head(html: str, name: str, site: Site) -> str:
    """Describe a page that a person wrote by what the theme says of it."""
    address = name.removesuffix("index.html")
    heading, title = _HEADING.search(html), _TITLE.search(html)
    words = unescape(_TAG.sub("", heading[1] if heading else title[1] if title else site.name)).strip()
    description = _DESCRIPTION.search(html)
    return head_html(
        Document(
            address=address,
            title=site.name if address == "" else " ".join(words.removesuffix("¶").split()),
            description=unescape(description[1]) if description else "",
            body="",
            index=name != "404.html",
        ),
        site,
    )


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


def _external(name: str, html: str) -> list[Problem]:
    return [
        Problem(
            file=name, code="F04", severity="error", message=f"the page asks another host: {found[0][:120]}",
            remedy="keep the file in docs/assets/ and link to it there",
        )
        for found in _EXTERNAL.finditer(html)
    ]
