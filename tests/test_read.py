from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from ratio import grows_in_step

from build_tools.model import Article
from build_tools.problems import ReadError
from build_tools.read import LARGEST, read, read_text, read_with_problems

CASES = Path(__file__).parent / "cases" / "read"
SEEDS = Path(__file__).parent.parent / "seeds"
PARAGRAPH = (
    "<p>This paragraph is long enough, with commas, and more words, for an extractor to keep it as it stands.</p>"
)
PAGE = f"""<!DOCTYPE html>
<!-- saved from url=(0031)https://saved.example.org/story -->
<html lang="en-GB"><head><meta charset="utf-8"><title>River wells run dry | The Valley Times</title>
<meta property="og:site_name" content="The Valley Times"><link rel="canonical" href="https://example.org/wells">
<meta property="article:published_time" content="2026-03-09T08:00:00Z">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "headline": "River wells run dry",
"author": [{{"@type": "Person", "name": "Ann Lee"}}, {{"@type": "Person", "name": "Bo Chen"}}]}}]}}</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>River wells run dry</h1>
<figure><img src="a.jpg" alt="not in the text"><figcaption>A dry well in June. Photo: Ann Lee</figcaption></figure>
{PARAGRAPH}<h2>What farmers do</h2>{PARAGRAPH.replace("This", "That")}
<blockquote><p>We pump at night, and we hope that it will rain before the summer ends here.</p></blockquote>
<ul><li>They plant hedges.</li><li>They dig <a href="/d">deeper wells</a>.</li></ul>
<h3>What comes next</h3>{PARAGRAPH.replace("This", "Another")}
<script>alert("no")</script></article><footer>Copyright 2026, all rights reserved</footer></body></html>"""


def triples(path: Path) -> list[tuple[str, str, str]]:
    """Title, input and expected output, each ended by a line that holds a single stop."""
    parts = path.read_text(encoding="utf-8").split("\n.\n")
    assert len(parts) % 3 == 1
    assert not parts[-1].strip()
    return [(parts[at].strip(), parts[at + 1], parts[at + 2]) for at in range(0, len(parts) - 1, 3)]


def shown(article: Article) -> list[str]:
    return [f"{block.kind}: {' '.join(block.span.of(article.text).split())}" for block in article.blocks]


def code_of(path: Path, root: Path | None = None) -> str:
    with pytest.raises(ReadError) as caught:
        read(path, root=root)
    (problem,) = caught.value.problems
    assert problem.severity == "error"
    assert problem.message
    assert problem.remedy
    assert str(path.parent) not in problem.message + problem.remedy + problem.file
    return problem.code


@pytest.mark.parametrize(("title", "text", "wanted"), triples(CASES / "plain.md"), ids=lambda value: value[:40])
def test_plain_text(title: str, text: str, wanted: str) -> None:
    assert shown(read_text(text, id="x")) == wanted.split("\n"), title


@pytest.mark.parametrize(("title", "text", "wanted"), triples(CASES / "markdown.md"), ids=lambda value: value[:40])
def test_markdown(title: str, text: str, wanted: str, tmp_path: Path) -> None:
    path = tmp_path / "case.md"
    path.write_text(text, encoding="utf-8")
    assert shown(read(path)) == wanted.split("\n"), title


@pytest.mark.parametrize(("stem", "said", "wanted"), triples(CASES / "seeds.md"), ids=lambda value: value[:40])
def test_seeds_are_read_as_reviewed(stem: str, said: str, wanted: str) -> None:
    article = read(SEEDS / f"{stem}.txt", root=SEEDS)
    title, authors = said.split("\n")
    assert (article.title, ", ".join(article.authors)) == (title, authors)
    assert article.file == f"{stem}.txt"
    assert [" ".join(line.split()[:8]) for line in shown(article)] == wanted.split("\n")
    assert article.text == (SEEDS / f"{stem}.txt").read_text(encoding="utf-8").rstrip()
    assert article.digest == hashlib.sha256(article.text.encode()).hexdigest()


def test_saved_page_keeps_body_and_metadata(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    article, problems = read_with_problems(path)
    assert problems == ()
    assert (article.id, article.title) == ("river-wells-run-dry", "River wells run dry")
    assert article.authors == ("Ann Lee", "Bo Chen")
    assert (article.publisher, article.published) == ("The Valley Times", "2026-03-09")
    assert (article.source_url, article.language) == ("https://example.org/wells", "en-GB")
    kinds = [(block.kind, block.level) for block in article.blocks]
    assert kinds == [
        ("title", 1), ("caption", 0), ("paragraph", 0), ("heading", 2), ("paragraph", 0), ("quotation", 0),
        ("list_item", 0), ("list_item", 0), ("heading", 3), ("paragraph", 0),
    ]  # fmt: skip
    assert "They dig deeper wells." in article.text
    for absent in ("Home", "alert", "not in the text", "Copyright", "<", "/d"):
        assert absent not in article.text


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "/relative", "https://user@example.org/", "http://a b.org", "data:x"]
)
def test_page_with_a_strange_address_has_none(address: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    page = PAGE.replace("https://example.org/wells", address)
    path.write_text(page.replace("https://saved.example.org/story", address.replace(" ", "")), encoding="utf-8")
    assert "alert" not in read(path).source_url
    assert not read(path).source_url.startswith(("/", "data", "https://user"))


def test_front_matter_is_plain_values_only(tmp_path: Path) -> None:
    path = tmp_path / "case.md"
    path.write_text(
        "---\ntitle: 'Bees: a study'\nauthors:\n  - Ann Lee\n  - Bo Chen\ndate: 2026-03-09T10:00\nurl: https://example.org/b\n"
        "lang: en_gb\npublisher: &a [x]\ntags: *a\n---\nSome text of the study.\n",
        encoding="utf-8",
    )
    article, (problem,) = read_with_problems(path)
    assert (article.title, article.authors, article.published) == (
        "Bees: a study",
        ("Ann Lee", "Bo Chen"),
        "2026-03-09",
    )
    assert (article.source_url, article.language, article.publisher) == ("https://example.org/b", "en-GB", "")
    assert (problem.code, problem.severity, problem.line) == ("R13", "warning", 9)


@pytest.mark.parametrize(
    ("encoding", "codes"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("utf-16-le", []),
        ("utf-16-be", []),
        ("utf-32", []),
        ("cp1252", ["R10"]),
    ],
)
def test_encodings_of_a_text(encoding: str, codes: list[str], tmp_path: Path) -> None:
    text = "A café’s title\n\nThe café — “small” as it is — earned €5 this year and more.\n"
    path = tmp_path / "case.txt"
    path.write_bytes(text.encode(encoding))
    article, problems = read_with_problems(path, root=tmp_path)
    assert article.text == text.rstrip()
    assert [problem.code for problem in problems] == codes
    assert all(problem.file == f"{tmp_path.name}/case.txt" for problem in problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "iso-8859-2", "shift_jis"])
def test_encodings_of_a_page(encoding: str, tmp_path: Path) -> None:
    word = {"iso-8859-2": "Łódź", "shift_jis": "東京"}.get(encoding, "café")
    path = tmp_path / "case.html"
    page = PAGE.replace('charset="utf-8"', f'charset="{encoding}"').replace("That paragraph", f"That {word} paragraph")
    path.write_bytes(page.encode(encoding))
    article, problems = read_with_problems(path)
    assert f"That {word} paragraph" in article.text
    assert problems == ()


def test_text_that_lost_characters_is_told(tmp_path: Path) -> None:
    path = tmp_path / "case.txt"
    path.write_bytes("A title\n\nThe café, the naïve, the résumé, the façade, “x”.\n".encode() + b"The end \xe2\x80")
    _, problems = read_with_problems(path)
    assert [(problem.code, problem.line) for problem in problems] == [("R11", 4)]


def test_hidden_turns_of_direction_are_removed_and_told(tmp_path: Path) -> None:
    path = tmp_path / "case.txt"
    path.write_text("A title\n\nSome \u202eevil\u202c text.\n", encoding="utf-8")
    article, problems = read_with_problems(path)
    assert "Some evil text." in article.text
    assert [problem.code for problem in problems] == ["R12"]


def test_canonical_text() -> None:
    article = read_text("A\ttitle\r\n\r\nCafe\u0301\x00 and\x07 \ufeffmore\ud800.\rTwo  spaces stay.  \n\n\n", id="x")
    assert article.text == "A title\n\nCafé and more.\nTwo  spaces stay."


@pytest.mark.parametrize("text", ["", " \n\t\n", "\x00\ufeff"])
def test_empty_string_is_refused(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_text(text, id="x")
    assert caught.value.problems[0].code == "R01"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"", "R01"),
        ("a.txt", b" \n\t\r\n", "R01"),
        ("a.html", b"   ", "R01"),
        ("a.pdf", b"%PDF", "R04"),
        ("a", b"text", "R04"),
        ("a.txt", b"x" * (LARGEST + 1), "R05"),
        ("a.txt", bytes(range(256)) * 20, "R06"),
        ("a.md", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "R06"),
        ("a.txt", b"abc \x81\x8d def", "R07"),
        ("a.txt", b"\xff\xfea\x00\x00\xd8", "R07"),
        ("a.html", ("<html><body>" + "<div>" * 5000 + PARAGRAPH).encode(), "R08"),
        ("a.html", b"<html><body><script>1</script></body></html>", "R09"),
        ("a.md", b"[a]: http://example.org\n", "R09"),
    ],
)
def test_what_cannot_be_read_is_one_clear_problem(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert code_of(path) == code


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "seeds", tmp_path / "outside.txt"
    inside.mkdir()
    outside.write_text("A title\n\nSome text.\n", encoding="utf-8")
    (inside / "link.txt").symlink_to(outside)
    (inside / "folder.txt").mkdir()
    os.mkfifo(inside / "pipe.txt")
    assert code_of(inside / "link.txt", inside) == "R03"
    assert code_of(inside / ".." / "outside.txt", inside) == "R03"
    assert code_of(inside / "folder.txt", inside) == "R02"
    assert code_of(inside / "pipe.txt", inside) == "R02"
    assert code_of(inside / "absent.txt", inside) == "R02"
    assert code_of(inside / "nul\0name.txt") == "R02"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("text", encoding="utf-8")
    path.chmod(0)
    assert code_of(path) == "R02"


def test_a_text_without_title_is_named_after_its_file(tmp_path: Path) -> None:
    path = tmp_path / "my-notes_2.txt"
    path.write_text("It rained on Monday.\n\nIt rained again.\n", encoding="utf-8")
    article = read(path)
    assert (article.id, article.title) == ("my-notes-2", "my notes 2")
    assert [block.kind for block in article.blocks] == ["paragraph", "paragraph"]


HOSTILE = {
    "divs.html": "<div>" * 20_000 + PARAGRAPH,
    "tags.html": "<a " * 50_000 + PARAGRAPH,
    "brackets.html": "<" * 100_000 + PARAGRAPH,
    "children.html": PARAGRAPH + "<p>" + "<b>x</b>" * 30_000,
    "linked.html": '<script type="application/ld+json">' + "[" * 50_000 + "</script>" + PARAGRAPH,
    "comments.html": "<!--" * 30_000 + PARAGRAPH,
    "brackets.md": "[" * 20_000,
    "links.md": "[a](" * 20_000,
    "tags.md": "<a " * 20_000,
    "quotes.md": "> " * 20_000 + "a",
    "stars.md": "**a *b " * 10_000,
    "comments.md": "<!--\n" * 20_000 + "a",
    "aliases.md": "---\na: &a [x,x]\nb: &b [*a,*a]\ntitle: *b\n---\nBody of the text.",
    "lines.txt": "Ab\n\n" * 50_000,
    "one.txt": "a" * 1_000_000,
    "names.txt": "\n\n".join("By " + "Aa Bb, " * 20 for _ in range(2_000)),
    "photos.txt": "\n".join("Photo " * 100 + "(" * 100 for _ in range(2_000)),
    "references.txt": "\n".join("Aa" * 100 + " (2020" * 30 for _ in range(2_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_bounded_in_time(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(HOSTILE[name], encoding="utf-8")
    refused = ""

    def work(size: int) -> None:
        path.write_text(HOSTILE[name][:size], encoding="utf-8")
        assert len(read(path).text) < 2 * size

    try:
        assert grows_in_step(work, len(HOSTILE[name]) // 4)
    except ReadError as error:
        refused = error.problems[0].code
    assert refused in ("", "R08", "R09")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("12 March 2025", "2025-03-12"),
        ("Published: 3 April 2025", "2025-04-03"),
        ("March 9, 2026", "2026-03-09"),
        ("4. Februar 2025", "2025-02-04"),
        ("Publié le 12 mars 2025", "2025-03-12"),
        ("2025年2月3日", "2025-02-03"),
        ("Ann Lee · 5 May 2024", "2024-05-05"),
        ("By Ravi Nair, 9 July 2024", "2024-07-09"),
        ("By Ann Lee, Reuters, July 9, 2024", "2024-07-09"),
        ("By Ann Lee, updated 9 July 2024", ""),
        ("Last updated 2 May 2024", ""),
        ("31 February 2020", ""),
        ("03/04/2025", ""),
    ],
)
def test_a_text_is_dated_by_its_by_line(line: str, date: str) -> None:
    assert read_text(f"Bees in town\n{line}\nCity bees are well.\n", id="x").published == date


def test_two_days_that_could_be_that_of_publication_are_none() -> None:
    diary = "Diary of a bee\n1 May 2024\nThe first swarm left.\n2 May 2024\nIt rained all day.\n"
    assert read_text(diary, id="x").published == ""
    assert read_text("Bees\nPublished 1 May 2024\n2 May 2024\nIt rained.\n", id="x").published == "2024-05-01"


def test_authors_are_named_without_their_titles() -> None:
    text = "Statins in old age\n\nDr Amara Okafor and Professor Lars Lindqvist\n\nFew drugs are as well known.\n"
    assert read_text(text, id="x").authors == ("Amara Okafor", "Lars Lindqvist")


def test_facts_about_a_page_are_no_claims(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><head><title>Disposal of surplus property</title></head><body><main><h1>Disposal of surplus property</h1>"
        "<dl><dt>Published</dt><dd>14 June 2023</dd><dt>Last updated</dt><dd>2 May 2024 — See all updates</dd></dl>"
        "<p>This guidance applies to all bodies that receive more than a million pounds from the department each year.</p>"
        "<p>A valuation must be obtained before any property is offered for sale to anybody.</p></main></body></html>",
        encoding="utf-8",
    )
    article = read(path)
    assert [block.kind for block in article.blocks] == ["title", *["byline"] * 4, *["paragraph"] * 2]
    assert article.published == "2023-06-14"


@pytest.mark.parametrize(
    ("text", "count"), [("Two words.", 2), ("Café olé, ja", 3), ("日本の空き家は2023年に増えた。", 13), ("مياه النيل", 2)]
)
def test_words_are_counted_in_scripts_without_spaces(text: str, count: int) -> None:
    assert read_text(text, id="x").words == count
