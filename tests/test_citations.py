"""References in BibTeX, RIS, CSL-JSON and as text: parsers that others wrote must read the words we meant."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import bibtexparser
import pytest
import rispy
import shelf
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc.source.json import CiteProcJSON
from jsonschema import Draft202012Validator
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from build_tools.catalogue import Catalogue
from build_tools.citations import Reference, bibtex, csl, person, reference, ris, tex, unbroken
from build_tools.export import citations
from build_tools.formatted import formatted

if TYPE_CHECKING:
    from conftest import BuiltSite

NAME = {
    "type": "object",
    "properties": {key: {"type": "string"} for key in ("family", "given", "suffix", "literal")},
    "additionalProperties": False,
    "minProperties": 1,
}
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "properties": {
            "type": {"enum": ["webpage", "article", "article-newspaper", "report"]},
            "author": {"type": "array", "items": NAME},
            "issued": {
                "type": "object",
                "required": ["date-parts"],
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 2,
                        "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
                    }
                },
                "additionalProperties": False,
            },
            **{key: {"type": "string"} for key in ("id", "title", "container-title", "URL", "language", "abstract", "note")},
        },
        "additionalProperties": False,
    },
}
"""The part of CSL-JSON that we write, as the CSL 1.0.2 specification describes its variables (appendix IV)."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return shelf.catalogue()


@pytest.fixture(scope="module")
def files(catalogue: Catalogue) -> dict[str, str]:
    return {page.path: page.body.decode() for page in citations.pages(catalogue)}


def work(**known: object) -> Reference:
    plain: dict[str, object] = {
        "key": "x",
        "title": "A title",
        "authors": (),
        "publisher": "",
        "published": "",
        "url": "https://example.net/x",
        "permalink": "https://example.org/articles/x/",
        "language": "en",
        "digest": "0f",
    }
    return Reference(**(plain | known))  # type: ignore[arg-type]


def keys(catalogue: Catalogue) -> list[str]:
    return sorted([*(a.id for a in catalogue.articles), *(c.id for c in catalogue.claims)])


def decoder() -> LatexNodes2Text:
    """Return pylatexenc's reader of TeX, with three commands of the LaTeX kernel that it lacks or misreads."""
    known = get_default_latex_context_db()
    names = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    known.add_context_category("kernel", [MacroTextSpec(name, sign) for name, sign in names.items()], prepend=True)
    return LatexNodes2Text(latex_context=known)


def decoded(text: str) -> dict[str, dict[str, str]]:
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware(decoder=decoder())])
    assert not library.failed_blocks
    return {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}


def test_bibtex_read_by_bibtexparser_gives_every_quote_to_the_letter(catalogue: Catalogue, files: dict[str, str]) -> None:
    entries = decoded(files["data/citations.bib"])
    assert sorted(entries) == keys(catalogue)
    for claim in catalogue.claims:
        assert entries[claim.id]["abstract"] == claim.quote
        assert entries[claim.id]["title"] == catalogue.article(claim.article).title


def test_bibtex_read_by_pybtex_gives_names_and_raw_address(catalogue: Catalogue, files: dict[str, str]) -> None:
    found = parse_string(files["data/citations.bib"], "bibtex")
    assert sorted(found.entries) == keys(catalogue)
    odd = found.entries["odd"]
    assert [str(name) for name in odd.persons["author"]] == [
        "López, Ana María",
        "{World Health Organization}",
        "van der Berg, Q.",
    ]
    assert odd.fields["url"] == "https://example.net/odd_page?a=1&b=%7B#part"
    assert (odd.fields["date"], odd.fields["year"], odd.fields["month"]) == ("2026-03-09", "2026", "3")


def test_ris_read_by_rispy_gives_every_quote_on_one_line(catalogue: Catalogue, files: dict[str, str]) -> None:
    records = {record["id"]: record for record in rispy.loads(files["data/citations.ris"])}
    assert sorted(records) == keys(catalogue)
    for claim in catalogue.claims:
        record = records[claim.id]
        assert record["abstract"] == unbroken(claim.quote)
        assert record["title"] == catalogue.article(claim.article).title
        assert f"Paragraph {claim.paragraph}; claim {claim.id}" in "".join(record["notes"])
    assert records["odd"]["authors"] == ["López, Ana María", "World Health Organization", "van der Berg, Q."]
    assert records["odd"]["date"] == "2026/03/09/"


def test_csl_json_is_taken_by_a_processor_and_gives_every_quote(catalogue: Catalogue, files: dict[str, str]) -> None:
    items = json.loads(files["data/citations.json"])
    assert sorted(CiteProcJSON(items)) == keys(catalogue)
    quotes = {item["id"]: item.get("abstract") for item in items}
    assert all(quotes[claim.id] == claim.quote for claim in catalogue.claims)


@pytest.fixture(scope="module")
def quotes(five: BuiltSite) -> dict[str, str]:
    """The quote of every claim of the five seeds."""
    rows: list[dict[str, Any]] = json.loads((five.out / "data/claims.json").read_text(encoding="utf-8"))
    return {row["id"]: row["quote"] for row in rows}


def stems(five: BuiltSite) -> list[str]:
    """The references of the whole site and of each article, without their endings."""
    files = sorted((five.out / "data/citations").glob("*.bib"))
    assert len(files) == 5
    return [str(path.with_suffix("")) for path in (five.out / "data/citations.bib", *files)]


def whole(stem: str, ending: str) -> str:
    with open(f"{stem}.{ending}", encoding="utf-8", newline="") as file:
        return file.read()


def test_every_reference_of_the_site_is_read_by_both_parsers_of_bibtex(five: BuiltSite, quotes: dict[str, str]) -> None:
    seen: dict[str, int] = dict.fromkeys(quotes, 0)
    for stem in stems(five):
        text = whole(stem, "bib")
        entries = decoded(text)
        assert sorted(parse_string(text, "bibtex").entries) == sorted(entries)
        for key in entries.keys() & quotes.keys():
            assert entries[key]["abstract"] == quotes[key]
            seen[key] += 1
    assert set(seen.values()) == {2}


def test_every_reference_of_the_site_is_read_as_ris_and_csl_json(five: BuiltSite, quotes: dict[str, str]) -> None:
    seen: dict[str, int] = dict.fromkeys(quotes, 0)
    for stem in stems(five):
        items = json.loads(whole(stem, "json"))
        assert [error.message for error in Draft202012Validator(CSL).iter_errors(items)] == []
        abstracts = {item["id"]: item.get("abstract") for item in items}
        records = {record["id"]: record.get("abstract") for record in rispy.loads(whole(stem, "ris"))}
        assert set(records) == set(abstracts) == set(CiteProcJSON(items))
        for key in records.keys() & quotes.keys():
            assert abstracts[key] == quotes[key]
            assert records[key] == unbroken(quotes[key])
            seen[key] += 1
    assert set(seen.values()) == {2}


def test_odd_references_keep_to_what_csl_json_allows(files: dict[str, str]) -> None:
    items = json.loads(files["data/citations.json"])
    assert [error.message for error in Draft202012Validator(CSL).iter_errors(items)] == []
    items[0]["author"] = "K. Chan"
    assert len(list(Draft202012Validator(CSL).iter_errors(items))) == 1


def test_each_article_has_its_own_three_files(catalogue: Catalogue, files: dict[str, str]) -> None:
    assert set(files) == {
        f"data/citations{folder}.{ending}"
        for folder in ("", *(f"/{a.id}" for a in catalogue.articles))
        for ending in ("bib", "ris", "json")
    }
    assert json.loads(files["data/citations/plain.json"])[0]["id"] == "plain"


def test_a_reference_names_the_original_the_place_and_the_text(catalogue: Catalogue) -> None:
    claim = catalogue.claims_of(catalogue.articles[2].id)[0]
    found = reference(catalogue.articles[2], catalogue.site, claim)
    assert found.url == "https://example.net/plain"
    assert found.note == (
        f"Paragraph 2; claim {claim.id}, asserted by K. Chan. {shelf.URL}claims/{claim.id}/ (text SHA-256 {catalogue.articles[2].digest})"
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("K. Chan", {"family": "Chan", "given": "K."}),
        ("Chan, K.", {"family": "Chan", "given": "K."}),
        ("Ludwig van der Berg", {"family": "van der Berg", "given": "Ludwig"}),
        ("Martin Luther King Jr.", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
        ("World Health Organization", {"literal": "World Health Organization"}),
        ("The Economist", {"literal": "The Economist"}),
        ("王小明", {"literal": "王小明"}),
        ("Reuters", {"literal": "Reuters"}),
        ("Smith & Sons", {"literal": "Smith & Sons"}),
    ],
)
def test_persons_and_bodies(name: str, expected: dict[str, str]) -> None:
    assert person(name) == expected


CHAN = {
    "title": "China is running multiple AI races",
    "authors": ("K. Chan",),
    "publisher": "Brookings Institution",
    "published": "2026-03-09",
}


@pytest.mark.parametrize(
    ("known", "style", "expected"),
    [
        (
            CHAN,
            "apa",
            "Chan, K. (2026, March 9). China is running multiple AI races. Brookings Institution. https://example.net/x",
        ),
        (
            CHAN,
            "mla",
            "Chan, K. “China is running multiple AI races.” Brookings Institution, 9 Mar. 2026, https://example.net/x.",
        ),
        (
            CHAN,
            "chicago",
            "Chan, K. 2026. “China is running multiple AI races.” Brookings Institution, March 9. https://example.net/x.",
        ),
        ({}, "apa", "A title. (n.d.). https://example.net/x"),
        ({}, "mla", "“A title.” https://example.net/x."),
        ({}, "chicago", "“A title.” n.d. https://example.net/x."),
        ({"title": "Is <b>“this”</b> it?"}, "mla", "“Is <b>‘this’</b> it?” https://example.net/x."),
        (
            {"authors": ("Ana María López", "Q. van der Berg", "World Health Organization"), "published": "2026"},
            "apa",
            "López, A. M., van der Berg, Q., & World Health Organization. (2026). A title. https://example.net/x",
        ),
    ],
)
def test_formatted_references(known: dict[str, object], style: str, expected: str) -> None:
    assert formatted(work(**known))[style] == expected


def test_a_claims_reference_ends_with_its_place() -> None:
    found = formatted(work(key="c7k2m9x", quote="Words.", asserter="A", paragraph=4, permalink="https://example.org/claims/c7k2m9x/"))
    assert all(text.endswith("Para. 4, https://example.org/claims/c7k2m9x/") for text in found.values())


def test_an_address_stands_once_where_it_is_also_the_original() -> None:
    here = "https://example.org/claims/c7k2m9x/"
    found = formatted(work(key="c7k2m9x", quote="Words.", asserter="A", paragraph=4, permalink=here, url=here))
    assert all(text.count(here) == 1 and text.endswith("Para. 4.") for text in found.values())


@pytest.mark.parametrize("text", [*shelf.ODD, "---", "a''b", "``", "{", "}", "\\", "\\{", "%", "~", "^", "<<a>>", "!`", ",,"])
def test_tex_is_read_back_as_it_was(text: str) -> None:
    entry = f"@misc{{x,\n  abstract = {{{tex(text)}}}\n}}\n"
    assert decoded(entry)["x"]["abstract"] == text.strip()


def test_no_value_ends_its_record() -> None:
    hostile = work(quote="a\nER  - \nTY  - BOOK\r\nTI  - evil", title="}, key = {x", asserter="a\nER  - ")
    assert len(rispy.loads(ris(hostile))) == 1
    assert list(decoded(bibtex(hostile))) == ["x"]
    assert csl(hostile)["title"] == "}, key = {x"
