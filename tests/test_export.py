"""The data files: against their published schemas, and read by parsers that others wrote."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
import shelf
from jsonschema import Draft202012Validator
from lxml import etree
from pyld import jsonld
from rdflib import RDF, Graph, Namespace, URIRef

from build_tools.annotation_profile import claim_of
from build_tools.catalogue import Catalogue
from build_tools.document import script_json
from build_tools.export import export, feed
from build_tools.export.claims import cell
from build_tools.metadata import article_metadata, claim_metadata, topic_metadata
from build_tools.problems import Problem

if TYPE_CHECKING:
    from conftest import BuiltSite

CASES = Path(__file__).parent / "cases" / "export"
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
PROBLEM = Problem(file="seeds/x.txt", line=3, code="R01", severity="warning", message="wrong", remedy="mend it")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return shelf.catalogue()


@pytest.fixture(scope="module")
def files(catalogue: Catalogue) -> dict[str, bytes]:
    found = [(page.path, page.body) for page in export(catalogue, (PROBLEM,))]
    assert len(dict(found)) == len(found), "two files with one path"
    return dict(found)


def data(files: dict[str, bytes], path: str) -> Any:
    return json.loads(files[path])


SCHEMAS = {
    "articles": "data/articles.json",
    "claims": "data/claims.json",
    "build": "data/build.json",
    "citations": "data/citations.json",
    "topics": "data/topics.jsonld",
    "annotations": "data/annotations/odd.jsonld",
}


@pytest.mark.parametrize(("schema", "path"), SCHEMAS.items())
def test_each_json_file_fits_its_published_schema(files: dict[str, bytes], schema: str, path: str) -> None:
    known = data(files, f"data/schema/{schema}.schema.json")
    Draft202012Validator.check_schema(known)
    assert [error.message for error in Draft202012Validator(known).iter_errors(data(files, path))] == []


def test_a_schema_refuses_what_is_wrong(files: dict[str, bytes]) -> None:
    rows = data(files, "data/claims.json")
    rows[0]["kind"] = "opinion"
    rows[1]["id"] = "c7l2m9x"  # l is no sign of Crockford's base 32
    del rows[2]["quote"]
    errors = Draft202012Validator(data(files, "data/schema/claims.schema.json")).iter_errors(rows)
    assert sorted(error.path[0] for error in errors) == [0, 1, 2]


def test_claims_stand_where_they_say_in_the_published_text(files: dict[str, bytes]) -> None:
    for row in data(files, "data/claims.json"):
        text = files[f"articles/{row['article']}/text.txt"].decode()
        assert text[row["start"] : row["end"]] == row["quote"]
        assert text[: row["start"]].endswith(row["prefix"])
        assert text[row["end"] :].startswith(row["suffix"])


def test_articles_name_their_text_and_claims(files: dict[str, bytes], catalogue: Catalogue) -> None:
    for row in data(files, "data/articles.json"):
        assert row["sha256"] == hashlib.sha256(files[f"articles/{row['id']}/text.txt"]).hexdigest()
        assert row["url"] == f"{shelf.URL}articles/{row['id']}/"
        assert row["claims"] == [c["id"] for c in data(files, "data/claims.json") if c["article"] == row["id"]]
    assert {row["id"]: row["rights_stated"] for row in data(files, "data/articles.json")} == {
        "odd": True, "other": False, "plain": True,
    }  # fmt: skip


def test_relations_stand_on_both_ends(files: dict[str, bytes]) -> None:
    rows = {row["id"]: row for row in data(files, "data/claims.json")}
    ends = {(one, r["claim"], r["kind"], r["origin"], r["score"], r["note"]) for one, row in rows.items() for r in row["relations"]}
    assert len(ends) == 2 * len(shelf.corpus().links)
    assert {(b, a, *rest) for a, b, *rest in ends} == ends


def test_csv_has_the_rows_of_the_json_and_starts_no_formula(files: dict[str, bytes]) -> None:
    rows = data(files, "data/claims.json")
    table = list(csv.DictReader(io.StringIO(files["data/claims.csv"].decode(), newline="")))
    assert [list(row) for row in table] == [list(row) for row in rows]
    for plain, row in zip(table, rows, strict=True):
        assert not plain["quote"].startswith(("=", "+", "-", "@", "\t"))
        assert plain["quote"].removeprefix("'") == row["quote"]
        assert json.loads(plain["relations"]) == row["relations"]
        assert json.loads(plain["asserter"]) == row["asserter"]
        assert (plain["hedged"] == "true") is row["hedged"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\ra", "'a", "''", "a=1", "", "“a”"])
def test_a_cell_loses_at_most_one_apostrophe_when_read(text: str) -> None:
    read, _ = next(csv.reader(io.StringIO(f"{cell(text)},x\r\n", newline="")))
    assert read.removeprefix("'") == text
    assert not read.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_sheet_is_written_as_the_standard_library_writes_it(files: dict[str, bytes]) -> None:
    table, out = files["data/claims.csv"].decode(), io.StringIO(newline="")
    csv.writer(out).writerows(csv.reader(io.StringIO(table, newline="")))
    assert out.getvalue() == table


def test_json_is_written_as_the_standard_library_writes_it(files: dict[str, bytes]) -> None:
    for path in ("data/claims.json", "data/articles.json", "data/citations.json", "data/citations/odd.json"):
        for line in files[path].decode().split("\n")[1:-2]:
            row = line.removesuffix(",")
            assert json.dumps(json.loads(row), ensure_ascii=False, separators=(",", ":")) == row


def offline(url: str, options: object) -> dict[str, object]:
    """Give the contexts that the files name, without a network."""
    known = {
        "http://www.w3.org/ns/anno.jsonld": json.loads((CASES / "anno-terms.json").read_text(encoding="utf-8")),
        "https://schema.org": {"@context": {"@vocab": "https://schema.org/"}},
    }
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": known[url]}


def expanded(document: object) -> list[Any]:
    return list(jsonld.expand(document, {"documentLoader": offline}))


def terms(node: Any) -> Iterator[str]:
    """Give every key of expanded JSON-LD; a term that no context knows would be missing, so counts are compared."""
    if isinstance(node, list):
        for one in node:
            yield from terms(one)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from terms(value)


@pytest.mark.parametrize("article", ["odd", "other", "plain"])
def test_annotations_expand_without_losing_a_term(files: dict[str, bytes], catalogue: Catalogue, article: str) -> None:
    page = data(files, f"data/annotations/{article}.jsonld")
    found = expanded(page)[0]
    items = found["https://www.w3.org/ns/activitystreams#items".replace("https", "http")][0]["@list"]
    claims = [claim for claim in catalogue.claims if claim.article == article]
    assert len(items) == len(claims)
    oa = "http://www.w3.org/ns/oa#"
    for item, claim in zip(items, claims, strict=True):
        assert item["@id"] == f"{shelf.URL}claims/{claim.id}/"
        quote, position = item[f"{oa}hasTarget"][0][f"{oa}hasSelector"]
        assert quote[f"{oa}exact"][0]["@value"] == claim.quote
        assert (position[f"{oa}start"][0]["@value"], position[f"{oa}end"][0]["@value"]) == (claim.start, claim.end)
        body = item[f"{oa}hasBody"][0]
        assert body["urn:x-sourcebook:kind"][0]["@value"] == claim.kind
    assert all(":" in term for term in terms(found) if not term.startswith("@"))


def test_annotations_come_back_as_the_same_claims(files: dict[str, bytes], catalogue: Catalogue) -> None:
    for article in catalogue.articles:
        items = data(files, f"data/annotations/{article.id}.jsonld")["items"]
        back = [claim_of(item) for item in items]
        for found, claim in zip(back, catalogue.claims_of(article.id), strict=True):
            assert found is not None
            assert (found.id, found.kind, found.weight) == (claim.id, claim.kind, claim.weight)
            assert found.quote == " ".join(claim.quote.split())


def test_embedded_json_ld_expands_to_what_it_is(catalogue: Catalogue) -> None:
    article, claim = catalogue.articles[2], catalogue.claims_of(catalogue.articles[2].id)[0]
    schema = "https://schema.org/"
    about = {
        "Article": article_metadata(catalogue, article)["json_ld"][0],
        "BreadcrumbList": article_metadata(catalogue, article)["json_ld"][1],
        "Claim": claim_metadata(catalogue, claim)["json_ld"][0],
        "DefinedTerm": topic_metadata(catalogue, catalogue.topics[0])["json_ld"][0],
    }
    for kind, written in about.items():
        assert expanded(json.loads(script_json(written)))[0]["@type"] == [schema + kind]
    made = expanded(about["Claim"])[0]
    assert made[f"{schema}text"][0]["@value"] == claim.quote
    assert made[f"{schema}appearance"][0][f"{schema}isBasedOn"][0]["@value"] == "https://example.net/plain"
    assert [one["@id"] for one in made[f"{schema}about"]] == [
        f"{shelf.URL}topics/spending/",
        f"{shelf.URL}topics/chips/",
    ]


def test_json_ld_in_a_page_can_not_end_its_element(catalogue: Catalogue) -> None:
    for claim in catalogue.claims:
        for written in claim_metadata(catalogue, claim)["json_ld"]:
            assert "<" not in script_json(written)
            assert json.loads(script_json(written)) == written


def skos(files: dict[str, bytes]) -> Graph:
    return Graph().parse(data=files["data/topics.jsonld"], format="json-ld")


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_skos_keeps_its_integrity_conditions(files: dict[str, bytes]) -> None:
    graph = skos(files)
    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == 3
    for concept in set(graph.subjects(RDF.type, SKOS.Concept)):
        preferred = list(graph.objects(concept, SKOS.prefLabel))
        assert len(preferred) == 1, "S14: one preferred label a language"
        assert not set(preferred) & set(graph.objects(concept, SKOS.altLabel)), "S13"
        assert list(graph.objects(concept, SKOS.inScheme))
        for other in graph.objects(concept, SKOS.broader):
            assert (other, SKOS.narrower, concept) in graph, "S25"
        above = set(graph.transitive_objects(concept, SKOS.broader)) - {concept}
        assert not above & set(graph.objects(concept, SKOS.related)), "S27"


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_skos_names_tops_and_labels(files: dict[str, bytes]) -> None:
    graph = skos(files)
    spending, chips = URIRef(f"{shelf.URL}topics/spending/"), URIRef(f"{shelf.URL}topics/chips/")
    assert (URIRef(f"{shelf.URL}topics/"), SKOS.hasTopConcept, spending) in graph
    assert (chips, SKOS.broader, spending) in graph
    assert [str(label) for label in graph.objects(spending, SKOS.altLabel)] == ["Outlay"]


def test_feed_is_read_by_feedparser_newest_first(files: dict[str, bytes], catalogue: Catalogue) -> None:
    found = feedparser.parse(files["data/feed.xml"])
    assert not found.bozo
    assert found.version == "atom10"
    plain = [claim for claim in catalogue.claims if claim.article == "plain"]
    assert [entry.published[:10] for entry in found.entries[:2]] == ["2026-04-03", "2026-04-01"]
    assert found.entries[1].updated[:10] == "2026-05-02"
    assert found.entries[1].link == f"{shelf.URL}claims/{plain[0].id}/"
    assert found.feed.updated == "2026-05-02T00:00:00Z"


def test_feed_holds_every_quote_to_the_letter(files: dict[str, bytes], catalogue: Catalogue) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    root = etree.fromstring(files["data/feed.xml"])
    words = {entry.findtext(f"{atom}id"): entry.findtext(f"{atom}content") for entry in root.iter(f"{atom}entry")}
    assert words == {f"{shelf.URL}claims/{claim.id}/": claim.quote for claim in catalogue.claims}
    for entry in root.iter(f"{atom}entry"):  # what RFC 4287, section 4.1.2 asks of an entry
        assert all(len(entry.findall(f"{atom}{name}")) == 1 for name in ("id", "title", "updated", "content"))


def test_feed_is_bounded(monkeypatch: pytest.MonkeyPatch, catalogue: Catalogue) -> None:
    monkeypatch.setattr(feed, "MOST", 2)
    assert len(feedparser.parse(next(feed.pages(catalogue)).body).entries) == 2


def test_build_report_counts_and_says_what_was_wrong(files: dict[str, bytes]) -> None:
    report = data(files, "data/build.json")
    assert report["counts"]["claims"] == len(data(files, "data/claims.json"))
    assert report["counts"]["relations_by_kind"] == {"disputes": 1, "related": 13, "restates": 1, "supports": 1}
    assert report["problems"][0]["code"] == "R01"
    assert report["versions"]["pillow"]


def test_plain_text_holds_every_word_and_every_id(files: dict[str, bytes], catalogue: Catalogue) -> None:
    for article in catalogue.articles:
        plain = files[f"articles/{article.id}/claims.txt"].decode()
        assert plain in files["llms-full.txt"].decode()
        for claim in catalogue.claims_of(article.id):
            assert f"{' '.join(claim.quote.split())} [{claim.id}]" in plain
    outline = files["llms.txt"].decode()
    assert outline.startswith("# The shelf\n\n> Articles taken apart.\n")
    assert all(f"{shelf.URL}articles/{article.id}/claims.txt" in outline for article in catalogue.articles)


def test_without_a_site_address_links_lead_from_where_the_file_stands() -> None:
    files = {page.path: page.body for page in export(shelf.catalogue(url=""))}
    assert data(files, "data/annotations/plain.jsonld")["items"][0]["target"]["source"] == "../../articles/plain/"
    assert data(files, "data/topics.jsonld")["@graph"][2]["id"] == "../topics/spending/"
    assert data(files, "data/articles.json")[0]["url"] == "articles/odd/"
    assert feedparser.parse(files["data/feed.xml"]).entries[0].id.startswith("urn:")


def test_the_same_corpus_gives_the_same_bytes(files: dict[str, bytes]) -> None:
    assert {page.path: page.body for page in export(shelf.catalogue(), (PROBLEM,))} == files


@pytest.fixture(scope="module")
def site_files(five: BuiltSite) -> dict[str, bytes]:
    """The data files of the five seeds as they are published."""
    return {path.relative_to(five.out).as_posix(): path.read_bytes() for path in (five.out / "data").rglob("*") if path.is_file()}


def named(node: Any) -> int:
    """Count the terms of JSON-LD that are no keywords; a term that no context knows is lost when expanded."""
    return sum(1 for term in terms(node) if term not in {"id", "type"} and not term.startswith("@"))


def test_every_annotation_of_the_site_expands_to_its_quote(site_files: dict[str, bytes]) -> None:
    rows = {row["id"]: row for row in data(site_files, "data/claims.json")}
    exact, seen = "http://www.w3.org/ns/oa#exact", set()
    for path in (one for one in site_files if one.startswith("data/annotations/")):
        page = data(site_files, path)
        found = expanded(page)
        assert named(found) == named({key: value for key, value in page.items() if key != "@context"})
        for item in found[0]["http://www.w3.org/ns/activitystreams#items"][0]["@list"]:
            name = item["@id"].rstrip("/").rsplit("/", 1)[1]
            selectors = item["http://www.w3.org/ns/oa#hasTarget"][0]["http://www.w3.org/ns/oa#hasSelector"]
            assert [one[exact][0]["@value"] for one in selectors if exact in one] == [rows[name]["quote"]]
            seen.add(name)
    assert seen == set(rows)


def test_the_json_ld_in_every_page_uses_only_words_of_schema_org(five: BuiltSite) -> None:
    known = json.loads((CASES / "schema-terms.json").read_text(encoding="utf-8"))
    number = 0
    for path in sorted(five.out.rglob("index.html")):
        root = etree.HTML(path.read_bytes())
        for written in root.iterfind(".//script[@type='application/ld+json']"):
            number += 1
            for node in nodes(json.loads(written.text)):
                if kind := node.get("@type"):
                    extra = {key for key in node if not key.startswith("@")} - set(known[kind])
                    assert not extra, f"{path}: {kind} has no {extra}"
    assert number > 250


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Give every object of a JSON document."""
    for one in node if isinstance(node, list) else [node]:
        if isinstance(one, dict):
            yield one
            for value in one.values():
                yield from nodes(value)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_the_topics_of_the_site_keep_the_integrity_conditions_of_skos(site_files: dict[str, bytes]) -> None:
    assert broken_conditions(skos(site_files)) == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_each_integrity_condition_can_be_broken() -> None:
    wrong = """
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <urn:x:> .
        :a a skos:Concept, skos:ConceptScheme . :b a skos:Concept, skos:Collection .
        :c skos:prefLabel "C"@en, "D"@en ; skos:altLabel "C"@en .
        :c skos:broader :d . :d skos:broader :e . :c skos:related :e .
        :c skos:exactMatch :f . :c skos:broadMatch :f .
    """
    found = broken_conditions(Graph().parse(data=wrong, format="turtle"))
    assert sorted({one.split(":")[0] for one in found}) == ["S13", "S14", "S27", "S37", "S46", "S9"]


def broken_conditions(graph: Graph) -> list[str]:
    """Say which integrity conditions of the SKOS Reference (W3C, 2009) a graph breaks, and where."""
    things = {kind: set(graph.subjects(RDF.type, SKOS[kind])) for kind in ("Concept", "ConceptScheme", "Collection")}
    found = [f"S9: {one}" for one in things["Concept"] & things["ConceptScheme"]]
    found += [f"S37: {one}" for one in things["Collection"] & (things["Concept"] | things["ConceptScheme"])]
    for one in set(graph.subjects()):
        labels = [set(graph.objects(one, SKOS[name])) for name in ("prefLabel", "altLabel", "hiddenLabel")]
        if sum(map(len, labels)) > len(set().union(*labels)):
            found.append(f"S13: {one}")
        languages = [getattr(label, "language", None) for label in labels[0]]
        if len(languages) > len(set(languages)):
            found.append(f"S14: {one}")
        beside = {*graph.objects(one, SKOS.related), *graph.subjects(SKOS.related, one)}
        if beside & (set(graph.transitive_objects(one, SKOS.broader)) - {one}):
            found.append(f"S27: {one}")
        exact = {*graph.objects(one, SKOS.exactMatch), *graph.subjects(SKOS.exactMatch, one)}
        loose = [both for name in ("broadMatch", "narrowMatch", "relatedMatch") for both in graph.objects(one, SKOS[name])]
        if exact & set(loose):
            found.append(f"S46: {one}")
    return found


def test_the_feed_of_the_site_is_read_and_holds_its_quotes(site_files: dict[str, bytes]) -> None:
    rows = {f"http://127.0.0.1/claims/{row['id']}/": row["quote"] for row in data(site_files, "data/claims.json")}
    found = feedparser.parse(site_files["data/feed.xml"])
    assert not found.bozo
    assert len(found.entries) == min(feed.MOST, len(rows))
    atom = "{http://www.w3.org/2005/Atom}"
    for entry in etree.fromstring(site_files["data/feed.xml"]).iter(f"{atom}entry"):
        assert entry.findtext(f"{atom}content") == rows[entry.findtext(f"{atom}id")]


@pytest.mark.parametrize("schema", ["articles", "claims", "build", "citations", "topics"])
def test_the_files_of_the_site_fit_their_schemas(site_files: dict[str, bytes], schema: str) -> None:
    known = data(site_files, f"data/schema/{schema}.schema.json")
    assert [e.message for e in Draft202012Validator(known).iter_errors(data(site_files, SCHEMAS[schema]))] == []
