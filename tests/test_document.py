"""Documents: what stands in the head, and pages that no Markdown can act on."""

from __future__ import annotations

import io
import json

import lxml.html
import markdown
import pytest

from build_tools.document import (
    BODY_MARK,
    Document,
    Image,
    bundle,
    head_html,
    inert,
    lively,
    markdown_page,
    script_json,
    shorten,
    unbundled,
)
from build_tools.settings import Site

SITE = Site(name="Shelf", url="https://example.org/shelf/", description="Articles taken apart.")
EVIL = "</title></template></head></script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def document(**known: object) -> Document:
    return Document(**{"address": "claims/c7k2m9x/", "title": "A claim", "body": "<p>Words.</p>", **known})  # type: ignore[arg-type]


def head(page: Document, site: Site = SITE) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(f"<!doctype html><html><head>{head_html(page, site)}</head><body><i></i></body></html>")


def value(tree: lxml.html.HtmlElement, query: str) -> str:
    (found,) = tree.xpath(query)
    return str(found)


def test_a_page_names_itself() -> None:
    tree = head(document(description="What it says."))
    assert value(tree, "//title/text()") == "A claim · Shelf"
    assert value(tree, "//link[@rel='canonical']/@href") == "https://example.org/shelf/claims/c7k2m9x/"
    assert value(tree, "//meta[@property='og:url']/@content") == "https://example.org/shelf/claims/c7k2m9x/"
    assert value(tree, "//meta[@name='description']/@content") == "What it says."


def test_the_home_page_is_not_named_twice() -> None:
    assert value(head(document(address="", title="Shelf")), "//title/text()") == "Shelf"


def test_without_an_address_nothing_absolute_is_claimed() -> None:
    tree = head(document(image=Image(address="static/a.png", alt="a")), Site(name="Shelf"))
    assert tree.xpath("//link[@rel='canonical'] | //meta[@property='og:url'] | //meta[@property='og:image']") == []
    assert value(tree, "//meta[@name='twitter:card']/@content") == "summary"


def test_an_image_is_named_whole_with_its_size_and_its_words() -> None:
    tree = head(document(image=Image(address="static/cards/a.png", alt="A quote")))
    assert value(tree, "//meta[@property='og:image']/@content") == "https://example.org/shelf/static/cards/a.png"
    assert value(tree, "//meta[@property='og:image:alt']/@content") == "A quote"
    assert value(tree, "//meta[@name='twitter:card']/@content") == "summary_large_image"


def test_a_page_kept_from_search_engines_has_no_other_canonical() -> None:
    tree = head(document(index=False))
    assert value(tree, "//meta[@name='robots']/@content") == "noindex, follow"
    assert value(tree, "//link[@rel='canonical']/@href").endswith("/claims/c7k2m9x/")


def test_nothing_breaks_out_of_the_head() -> None:
    page = document(title=EVIL, description=EVIL, meta=[("citation_title", EVIL)], json_ld=[{"name": EVIL}])
    tree = head(page)
    assert tree.xpath("//script[not(@type='application/ld+json')] | //img") == []
    assert value(tree, "//title/text()") == f"{EVIL} · Shelf"
    assert value(tree, "//meta[@name='citation_title']/@content") == EVIL
    assert json.loads(value(tree, "//script/text()")) == {"name": EVIL}


def test_json_in_a_script_holds_no_markup() -> None:
    text = script_json({"a": "</script><!--&"})
    assert not set("<>&") & set(text)
    assert json.loads(text) == {"a": "</script><!--&"}


@pytest.mark.parametrize(
    ("text", "most", "wanted"),
    [
        ("short", 10, "short"),
        ("  two \n words ", 20, "two words"),
        ("one two three", 9, "one two…"),
        ("one, two, three", 10, "one, two…"),
        ("abcdefghijkl", 6, "abcde…"),
        ("人工智能的竞赛不止一场", 6, "人工智能的…"),
    ],
)
def test_long_texts_are_cut_at_a_word(text: str, most: int, wanted: str) -> None:
    assert shorten(text, most) == wanted
    assert len(shorten(text, most)) <= most


@pytest.mark.parametrize("depth", ["", "a/", "a/b/", "a/b/c/"])
def test_the_way_up_has_one_step_a_folder(depth: str) -> None:
    assert document(address=depth).base == "../" * depth.count("/")


def test_inert_html_says_the_same_to_a_browser() -> None:
    html = '<p title="a_b*c">1 * 2 &amp; [x](y) `z` &#33; {{ a }} _b_ ~c~ "d" \\ e</p>'
    before, after = lxml.html.fragment_fromstring(html), lxml.html.fragment_fromstring(inert(html))
    assert after.text_content() == before.text_content()
    assert after.get("title") == before.get("title")
    assert lively(inert(html)) == html.replace("&#33;", "!")


def test_a_reference_that_the_text_itself_spells_stays_spelt() -> None:
    html = "<p>&amp;#33; and &amp;#64;</p>"
    assert lively(inert(html)) == html
    assert lxml.html.fragment_fromstring(lively(inert(html))).text_content() == "&#33; and &#64;"


def test_no_sign_that_means_something_in_html_is_ever_written_plain() -> None:
    assert lively("&#60;script&#62; &#38;lt; &#34; &#39; &#33;") == "&#60;script&#62; &#38;lt; &#34; &#39; !"


def test_markdown_hands_a_page_on_as_it_is() -> None:
    body = "<h1>a # b</h1>\n\n<pre>    four\n\n\n- x\n</pre><p>*a* _b_ [c](d) {{ e }} { .f } ![g] --8&lt;-- h:i ==j==</p>"
    page = markdown_page(document(body=body, page_class="claim"), SITE)
    text = page.body.decode().split("---\n", 2)[2]
    usual = ["toc", "tables", "fenced_code", "attr_list", "md_in_html", "footnotes", "def_list", "admonition", "smarty"]
    engine = markdown.Markdown(extensions=usual)
    tree = lxml.html.fragment_fromstring(lively(engine.convert(text)))
    shown = tree.xpath("string(.//h1)"), tree.xpath("string(.//p)")
    assert shown == ("a # b", "*a* _b_ [c](d) {{ e }} { .f } ![g] --8<-- h:i ==j==")


def test_the_front_matter_holds_nothing_of_a_source() -> None:
    page = markdown_page(document(title=EVIL, body="<p>x</p>"), SITE)
    assert page.path == "claims/c7k2m9x/index.md"
    assert page.body.decode().split("---\n")[1] == "title: c7k2m9x\nhide: [navigation, toc]\n"


def test_a_bundle_gives_its_pages_back() -> None:
    bodies = ["<p>1\n2</p>\u2028\t\x1f", "", "12 3 claim claims/x/\n"]
    pages = [document(address=f"claims/c{place}/", body=body, page_class="claim") for place, body in enumerate(bodies)]
    page = bundle("claims/a", pages, SITE)
    assert page.path == ".sourcebook/pages/claims/a.pages"
    found = list(unbundled(io.BytesIO(page.body)))
    assert [(one.address, one.page_class, one.body) for one in found] == [(one.address, "claim", one.body) for one in pages]
    assert [one.own[: one.cut].decode() for one in found] == [head_html(one, SITE) for one in pages]
    assert BODY_MARK not in page.body.decode()
