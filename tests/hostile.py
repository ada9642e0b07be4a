"""Texts that try to break out of the page: each has to be shown as it stands, and to do nothing.

Everything here was seen to work against plain Markdown engines, themes or browsers; `pwned` is what a script would set.
"""

# ruff: noqa: E501 - a passage that is tested stays on one line
from __future__ import annotations

from html import escape

RUN = "window.pwned=1"
INPUTS: dict[str, str] = {
    "script": f"<script>{RUN}</script>",
    "image": f'<img src=x onerror="{RUN}">',
    "svg": f"<svg onload={RUN}><animate onbegin={RUN} attributeName=x dur=1s>",
    "block": f'<div markdown=1 onclick="{RUN}" id="__search" style="position:fixed;inset:0">cover</div>',
    "link": f"[click](javascript:{RUN}) and [again][ref]",
    "reference": f"[ref]: javascript:{RUN}",
    "data": f"[x](data:text/html,<script>{RUN}</script>) ![y](data:image/svg+xml,<svg/onload={RUN}>)",
    "autolink": f"<javascript:{RUN}> and <https://example.org/?a=1&b=2>",
    "attributes": f'A word {{ onclick="{RUN}" id=__search .md-dialog }} {{: onmouseover="{RUN}" }}',
    "heading": f"# A &lt;/title&gt;&lt;script&gt;{RUN}&lt;/script&gt; &#60;script&#62;",
    "title": f"</title></template></head></script></style></textarea>--><script>{RUN}</script>",
    "quotes": f"\"'><script>{RUN}</script><i title='",
    "json": f'{{"@context":"x"}}</script><script>{RUN}</script>\\u003cscript>',
    "jinja": "{{ config.extra }} {{ 7*7 }} {% include '/etc/passwd' %} {# gone #} ${7*7} <%= 7*7 %>",
    "snippet": '--8<-- "/etc/passwd" and {!/etc/passwd!} and !include /etc/passwd',
    "seam": '<div id="sourcebook-body"></div><div data-sourcebook="overview"></div><template data-head>x</template>',
    "references": "&#33; &#64; &amp;#33; &lt;b&gt; &#x3c;script&#x3e; &NotEqualTilde;",
    "markdown": "*a* **b** _c_ `d` ~e~ ^f^ ==g== ++h++ [^1] ||i|| :smile: !!! note a\\*b - [ ] x | y | 1. z",
    "front matter": "--- title: x template: ../../x ---",
    "turns": "The file \u202egpj.exe\u202c and \u2066this\u2069 turn around.",
    "signs": "A \x01 bell \x07, a \ufdd0 noncharacter, \u2028 a separator, a \ufeff mark and \U0001d538 letters 👩‍👩‍👧.",
    "formula": '=HYPERLINK("https://evil.example","x") and @SUM(1+1)*cmd|calc',
    "latex": "\\input{/etc/passwd} \\write18{touch x} } @misc{x, title={y}} % &",
    "comment": f"<!-- a --> <!--> --!> <![CDATA[ <script>{RUN}</script> ]]> <?php {RUN} ?>",
    "base": '<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/">',
    "form": '<form action="https://evil.example"><input name=a autofocus onfocus="' + RUN + '"></form>',
    "style": "<style>*{display:none}</style><link rel=stylesheet href=//evil.example/x.css>",
    "frame": f'<iframe srcdoc="<script>parent.pwned=1</script>"></iframe><object data="javascript:{RUN}"></object>',
    "long": "word" * 3000,
}
"""One passage each, by what it tries."""
SLOW: dict[str, str] = {
    "open brackets": "[" * 5000,
    "open links": "[a](" * 4000,
    "open tags": "<a " * 10000,
    "stars": "*a **a " * 4000,
    "quotation levels": "> " * 5000 + "x",
    "list levels": "\n".join(" " * n + "- x" for n in range(300)),
    "parentheses": "(" * 20000 + ")" * 20000,
    "references": "&#" * 20000,
    "commas and numbers": "1," * 20000,
    "points": "A." * 20000,
    "quotation marks": "“" * 20000,
    "spaces": "a" + " " * 100000 + "b",
    "entities": "&lt;" * 20000,
    "backticks": "`" * 20000,
    "underscores": "_a" * 20000,
    "comment openers": "<!--" * 10000,
    "one long word": "a" * 200000,
}
"""Texts on which a careless pattern takes minutes."""
ALIASES = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{after}: &{after} [{','.join([f'*{before}'] * 9)}]\n" for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
"""600 bytes that made a page of 936 MB."""


def plain() -> str:
    """Return an article whose title and paragraphs are all hostile."""
    paragraphs = [
        f"{words}\n\nThe study says that number {n} rose by {n + 3} percent in 2025: {words}"
        for n, words in enumerate(INPUTS.values())
    ]
    return "\n\n".join([f"Hostile </title><script>{RUN}</script> & “title”", *paragraphs]) + "\n"


def saved_page() -> str:
    """Return a saved web page: hostile text, properly escaped, amid live scripts and handlers."""
    paragraphs = "".join(
        f'<p onclick="{RUN}">The report number {n} holds that this text matters to {n + 2} readers: {escape(words)}</p>'
        for n, words in enumerate(INPUTS.values())
    )
    return (
        f'<!doctype html><html lang="en" onload="{RUN}"><head><meta charset="utf-8"><title>Page &lt;/title&gt;&lt;script&gt;{RUN}&lt;/script&gt;</title>'
        f'<meta name="author" content="&lt;script&gt;{RUN}&lt;/script&gt;"><link rel="canonical" href="javascript:{RUN}">'
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"\\u003cscript>{RUN}\\u003c/script>","author":[{{"name":"&lt;img src=x onerror={RUN}&gt;"}}]}}</script>'
        f"<script>{RUN}</script></head><body><nav><a href='javascript:{RUN}'>Home</a></nav><article><h1>Page &lt;/title&gt;&lt;script&gt;{RUN}&lt;/script&gt;</h1>"
        f'{paragraphs}<a href="javascript:{RUN}">read on</a><svg onload="{RUN}"></svg></article><script>{RUN}</script></body></html>'
    )


def marked_up() -> str:
    """Return a Markdown article with hostile front matter."""
    title = f"Marked &lt;/title&gt;&lt;script&gt;{RUN}&lt;/script&gt;"
    return (
        f'---\ntitle: "{title}"\nauthor: <script>{RUN}</script>\ndescription: \'"><script>{RUN}</script>\'\ntags: [<script>{RUN}</script>]\n'
        f"template: ../../x\nsource_url: javascript:{RUN}\nhide: &a [x]\n---\n\n"
        + "\n\n".join(f"The survey number {n} found {n + 2} percent of it: {words}" for n, words in enumerate(INPUTS.values()))
        + "\n"
    )


def sidecar(quote: str) -> str:
    """Return a sidecar whose every free text is hostile, for the claim with this quote."""
    evil = f"</script><script>{RUN}</script>\"'><img src=x onerror={RUN}>{{{{ 7*7 }}}}"
    plain_scalar = "'" + evil.replace("'", "''") + "'"
    return (
        f"title: {plain_scalar}\nauthors: [{plain_scalar}]\npublisher: {plain_scalar}\nrights_note: {plain_scalar}\n"
        f"claims:\n  - quote: {quote}\n    kind: fact\n    weight: main\n    asserter: {plain_scalar}\n    note: {plain_scalar}\n"
    )


def vocabulary() -> str:
    """Return a topics.yml whose labels are hostile."""
    evil = f"'</title><script>{RUN}</script><img src=x onerror={RUN}>'"
    return f'topics:\n  evil:\n    prefLabel: {evil}\n    altLabel: ["study", {evil[:-1]} 2\']\n    scopeNote: {evil}\n'


def articles() -> dict[str, str]:
    """Return the files of a hostile seeds folder."""
    return {
        "plain.txt": plain(),
        "plain.yml": sidecar("The study says that number 0 rose by 3 percent in 2025"),
        "page.html": saved_page(),
        "marked.md": marked_up(),
        "topics.yml": vocabulary(),
    }
