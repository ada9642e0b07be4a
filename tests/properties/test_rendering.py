"""Laws of pages: whatever a text holds, its page shows that text block by block, whichever engine carries it."""

# ruff: noqa: E501 - a passage that is tested stays on one line
from __future__ import annotations

import functools
import tempfile
from pathlib import Path

import lxml.html
import markdown
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build_tools import pipeline
from build_tools.catalogue import Catalogue
from build_tools.document import inert, lively
from build_tools.render import article as article_pages
from build_tools.settings import Site

USUAL = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
SIGNS = st.sampled_from(list("*_`~^#[](){}<>&\"'\\!|=+-:;.,$%@/?“”‘’–—…§ \t0129abcXYZ éß中א𝔸🚀\u0301\u200d\u2028"))
PHRASES = st.sampled_from(
    ["](javascript:x)", "&#33;", "&amp;", "<b>", "</p>", "</article>", "<!--", "-->", "{{ x }}", "{: #id }", "--8<--", "The price rose by 30 percent in 2025. ",
     "He said that it may fall. ", "1. ", "- ", "> ", "    ", "```", "[^1]: ", "Mr. ", "\n", "http://a.example/b?c=d&e "]
)  # fmt: skip
PARAGRAPH = st.lists(st.one_of(PHRASES, st.text(SIGNS, max_size=12), st.text(max_size=6)), min_size=1, max_size=12).map("".join)
TEXT = st.lists(PARAGRAPH, min_size=1, max_size=6).map("\n\n".join)
ENGINES = {
    "bare": [],
    "all": [
        "toc",
        "tables",
        "fenced_code",
        "attr_list",
        "md_in_html",
        "footnotes",
        "def_list",
        "abbr",
        "smarty",
        "pymdownx.superfences",
        "pymdownx.inlinehilite",
    ],
    "ours": ["toc", "tables", "attr_list", "md_in_html"],
}


@functools.cache
def engine(name: str) -> markdown.Markdown:
    return markdown.Markdown(extensions=ENGINES[name])


def shown(html: str) -> list[str]:
    tree = lxml.html.document_fromstring(f"<!doctype html><html><body>{html}</body></html>")
    (container,) = tree.xpath("//*[@data-article]")
    for furniture in container.xpath(".//*[@data-furniture]"):
        furniture.drop_tree()
    return [" ".join(block.text_content().split()) for block in container.xpath(".//*[@data-block]")]


def page_of(text: str) -> tuple[list[str], str] | None:
    """Return the blocks of a text as an article, and its page; nothing for a text that can't be read."""
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "x.txt").write_bytes(
            text.encode("utf-8", "surrogatepass") if text.isprintable() else text.encode("utf-8", "replace")
        )
        built = pipeline.build_corpus(Path(place), Site(rights_default="full", cards=0))
    if not built.corpus.articles:
        return None
    article = built.corpus.articles[0]
    (page,) = article_pages.pages(Catalogue(built.corpus, Site(rights_default="full")))
    return [" ".join(block.span.of(article.text).split()) for block in article.blocks], page.body.decode().split("---\n", 2)[2]


@USUAL
@given(TEXT, st.sampled_from(sorted(ENGINES)))
def test_the_text_of_a_page_is_the_text_of_the_article(text: str, name: str) -> None:
    made = page_of(text)
    if made is None:
        return
    wanted, page = made
    carried = engine(name)
    carried.reset()
    assert shown(lively(carried.convert(page))) == wanted


@USUAL
@given(TEXT)
def test_no_text_adds_an_element(text: str) -> None:
    made = page_of(text)
    if made is None:
        return
    tree = lxml.html.document_fromstring(f"<!doctype html><html><body>{lively(made[1])}</body></html>")
    (container,) = tree.xpath("//*[@data-article]")
    assert {element.tag for element in container.iter() if isinstance(element.tag, str)} <= {
        "article", "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "blockquote", "figure", "figcaption", "mark", "a", "sup", "span", "aside", "div",
        "header", "section", "details", "summary", "b", "i", "bdi", "time", "cite", "br", "dl", "dt", "dd", "button", "small", "footer", "em", "strong", "svg", "rect", "path", "title", "nav",
        "g", "line", "circle", "text", "wbr",
    }  # fmt: skip
    assert [element for element in container.iter() for name in element.attrib if name.startswith("on") or name == "style"] == []


MARKUP = st.recursive(
    st.text(st.characters(exclude_characters="<>&\r\n", exclude_categories=["Cs", "Cc"]), max_size=20),
    lambda inner: st.tuples(st.sampled_from(["p", "b", "i", "span"]), st.lists(inner, max_size=3)).map(
        lambda one: f"<{one[0]}>{''.join(one[1])}</{one[0]}>"
    ),
    max_leaves=12,
)


@USUAL
@given(MARKUP)
def test_making_a_page_inert_can_be_undone(html: str) -> None:
    assert lively(inert(html)) == html


@USUAL
@given(MARKUP)
def test_inert_html_holds_no_mark_of_markdown(html: str) -> None:
    assert not set("*_`[]{}()!\\|~^$:@") & set(inert(html))
