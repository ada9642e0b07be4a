"""The pages that find and compare: complete, linked to what exists, and their counts equal the data."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from html import unescape

import pytest
from corpus_small import small_catalogue

from build_tools.catalogue import Catalogue, claim_address, compare_address, concept_address
from build_tools.document import BUNDLE, lively, unbundled
from build_tools.model import UNSIGNED, ArticleId, ConceptId, Page
from build_tools.render import _pairs, az, claims, compare, disagreements, entities, numbers, pictures, topics
from build_tools.render._items import Items
from build_tools.render._shared_pairs import shared_pairs

MODULES = (claims, topics, entities, az, compare, disagreements, numbers)


def addressed(pages: Iterable[Page]) -> dict[str, str]:
    """Return the HTML of pages by their addresses, bundles taken apart."""
    found = {}
    for page in pages:
        if page.path.endswith(BUNDLE):
            found |= {row.address: row.body for row in unbundled(io.BytesIO(page.body))}
        elif page.path.endswith("index.md"):
            found[page.path.removesuffix("index.md")] = lively(page.body.decode())
    return found


def site(catalogue: Catalogue) -> dict[str, str]:
    """Return all these pages."""
    return {address: html for module in MODULES for address, html in addressed(module.pages(catalogue)).items()}


def links(address: str, html: str) -> set[str]:
    """Return the addresses below the site's base that a page leads to, without queries and fragments."""
    base = "../" * address.count("/")
    found = {unescape(target) for target in re.findall(r'href="([^"]*)"', html.rsplit("</template>", maxsplit=1)[-1])}
    return {target.removeprefix(base).split("#")[0].split("?")[0] for target in found if target.startswith("../")}


def test_every_link_between_these_pages_and_to_claims_and_articles_resolves() -> None:
    catalogue = small_catalogue()
    pages = site(catalogue)
    known = set(pages) | {claim_address(c.id) for c in catalogue.claims} | {f"articles/{a.id}/" for a in catalogue.articles}
    for address, html in pages.items():
        assert links(address, html) - known <= {"data/numbers.csv"}, address


def test_fragments_of_a_page_exist_on_it_and_ids_are_unique() -> None:
    for address, html in site(small_catalogue()).items():
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), address
        assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids), address


def test_no_script_style_or_comment_is_written_into_a_page() -> None:
    for address, html in site(small_catalogue(quote='<script>alert(1)</script> <b onclick="x">')).items():
        assert not re.search(r"<script(?! src=)(?! type=\"application/ld\+json\")", html), address
        assert not re.search(r"\s(?:style|on\w+)=", re.sub(r">[^<]*<", "><", html)), address
        assert "<!--" not in html


def test_the_list_of_claims_is_complete() -> None:
    catalogue = small_catalogue()
    html = site(catalogue)["claims/"]
    assert re.findall(r'data-claim="(\w+)"', html) == [claim.id for claim in catalogue.claims]


def test_above_a_few_thousand_claims_the_list_holds_the_main_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "COMPLETE", 2)
    monkeypatch.setattr(claims, "LINES", 6)
    catalogue = small_catalogue()
    html = addressed(claims.pages(catalogue))["claims/"]
    assert html.count('class="claim-link"') == 6
    for claim in catalogue.claims:
        assert (claim_address(claim.id) in html) or claim.weight == "other"


def test_each_topic_page_holds_all_claims_of_the_topic_and_counts_them() -> None:
    catalogue = small_catalogue()
    pages = site(catalogue)
    for topic in catalogue.topics:
        html = pages[concept_address(topic)]
        found = set(re.findall(r'data-claim="(\w+)"', html.split('id="claims"')[-1]))
        assert found == {claim.id for claim in catalogue.claims_on(topic.id)}
        assert f"{len(found)} claim" in html
        row = re.search(rf'href="\.\./{concept_address(topic)}">[^<]*</a> <span class="count">(\d+)<', pages["topics/"])
        assert row
        assert int(row[1]) == len(found)


def test_disputes_stand_before_the_claims_and_both_quotes_are_in_view() -> None:
    catalogue = small_catalogue()
    html = site(catalogue)["topics/chips-topic/"]
    assert html.index('id="disputes"') < html.index('id="claims"')
    card = html[html.index('class="pair ') : html.index("pair-more")]
    assert "China spent $650 billion" in card
    assert "China spent $400 billion" in card
    assert "The sums differ." in card


def test_the_page_of_disagreements_holds_each_dispute_once() -> None:
    catalogue = small_catalogue()
    html = site(catalogue)["disagreements/"]
    notes = [link.note for link in catalogue.corpus.links if link.kind == "disputes"]
    assert [html.count(note) for note in notes] == [1] * len(notes)


def test_a_detected_dispute_looks_different_and_says_so() -> None:
    html = site(small_catalogue())["disagreements/"]
    cards = html.split('<article class="pair ')[1:]
    by_note = {("Scarce" in card): card for card in cards}
    assert "relation-detected" in by_note[True]
    assert "found by a rule</span></p>" in " ".join(by_note[True].split()).replace(" </p>", "</p>")
    assert "relation-detected" not in by_note[False].split("pair-sides")[0]


def test_agreements_are_direct_and_come_from_three_sources() -> None:
    catalogue = small_catalogue()
    found = disagreements.agreements(catalogue)
    assert [claim.quote for claim, _ in found] == ["Anthropic says that labs may copy models."]
    for claim, ends in found:
        direct = {end.claim.id for end in catalogue.related(claim.id)}
        assert {end.claim.id for end in ends} <= direct
        assert len({claim.article, *(end.claim.article for end in ends)}) >= disagreements.SOURCES


def test_entity_pages_tell_what_is_said_by_and_about() -> None:
    pages = site(small_catalogue())
    html = pages["entities/anthropic/"]
    assert "What Anthropic says" in html
    assert "$650 billion" in pages["entities/china/"]
    assert "Beijing" in pages["entities/china/"]


def test_see_leads_to_a_heading_and_see_also_never_to_itself() -> None:
    catalogue = small_catalogue()
    entries = list(az.entries(catalogue))
    headings = {entry.address for entry in entries if entry.address}
    for entry in entries:
        if entry.see:
            assert entry.see.address in headings
            assert not entry.locators
        for name in entry.see_also:
            assert name.address in headings
            assert name.address != entry.address
    labels = {(entry.label, entry.kind) for entry in entries}
    assert ("Beijing", "see") in labels
    assert ("semiconductors", "see") in labels
    assert ("A. Writer", "speaker") in labels


def test_articles_that_nobody_signed_are_not_one_speaker(catalogue: Catalogue) -> None:
    assert any(claim.asserter.name == UNSIGNED for claim in catalogue.claims)
    assert UNSIGNED not in {entry.label for entry in az.entries(catalogue)}


def test_who_speaks_and_is_spoken_of_has_one_heading() -> None:
    catalogue = small_catalogue()
    (entry,) = [entry for entry in az.entries(catalogue) if entry.label == "Anthropic"]
    assert entry.kind == "organisation"
    assert [(sub.label, len(sub.locators)) for sub in entry.subentries] == [("says", 1)]
    assert entry.subentries[0].address == "entities/anthropic/#says"


def test_what_is_said_of_a_speaker_stands_apart_from_what_it_says() -> None:
    first = small_catalogue()
    named = tuple(
        replace(claim, entities=(*claim.entities, ConceptId("anthropic"))) if claim.quote == "Labs copy models." else claim
        for claim in first.corpus.claims
    )
    catalogue = Catalogue(replace(first.corpus, claims=named), first.site)
    (entry,) = [entry for entry in az.entries(catalogue) if entry.label == "Anthropic"]
    assert [(sub.label, len(sub.locators)) for sub in entry.subentries] == [("says", 1), ("about", 1)]
    assert entry.count == 2


def test_several_speakers_in_one_name_stand_under_each_of_them() -> None:
    first = small_catalogue()
    joint = tuple(
        replace(claim, asserter=replace(claim.asserter, name="Anthropic and China")) if claim.quote.startswith("Anthropic") else claim
        for claim in first.corpus.claims
    )
    catalogue = Catalogue(replace(first.corpus, claims=joint), first.site)
    entries = list(az.entries(catalogue))
    assert "Anthropic and China" not in {entry.label for entry in entries}
    for name in ("Anthropic", "China"):
        (entry,) = [entry for entry in entries if entry.label == name]
        assert "says" in {sub.label for sub in entry.subentries}
    page = site(catalogue)["entities/china/"]
    assert "What China says" in page


def test_terms_are_no_pieces_of_names_phrases_or_sentences() -> None:
    first = small_catalogue()
    quotes = iter(("Mayor Ann Ward said that copper pipes leak.", "The copper pipes of Mayor Ann Ward count two years.", "Copper counted."))
    changed = tuple(
        replace(claim, quote=next(quotes, claim.quote), article=first.articles[at % 2].id) for at, claim in enumerate(first.claims)
    )
    catalogue = Catalogue(replace(first.corpus, claims=changed), first.site)
    found = dict(shared_pairs(catalogue, ["Ann Ward"], 12, main=False))
    assert "copper pipes" in found
    assert not {"Mayor Ann", "Ann Ward", "Ward said", "two years"} & set(found)


def test_a_dozen_articles_have_a_page_for_each_two_that_are_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_pairs, "ALL_PAIRS", 2)
    corpus = small_catalogue().corpus
    detected = tuple(replace(link, kind="related", origin="detected") for link in corpus.links)
    linked = {("chips", "no-shortage"), ("chips", "labs")}
    assert set(_pairs._find(replace(corpus, links=detected))) == linked
    monkeypatch.setattr(_pairs, "LINKED_PAIRS", 2)
    assert not _pairs._find(replace(corpus, links=detected))


def test_where_nothing_is_linked_the_page_of_pairs_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    first = small_catalogue()
    alone = Catalogue(replace(first.corpus, links=()), first.site)
    assert "A pair shows what only one of them says" in site(alone)["compare/"]
    monkeypatch.setattr(_pairs, "ALL_PAIRS", 2)
    alone = Catalogue(replace(first.corpus, links=()), first.site)
    html = addressed(compare.pages(alone))["compare/"]
    assert "nothing to set side by side" in html
    assert "<table" not in html


def test_locators_of_one_heading_are_told_apart(catalogue: Catalogue) -> None:
    lettered = 0
    for entry in az.entries(catalogue):
        for row in (entry.locators, *(sub.locators for sub in entry.subentries)):
            title, seen = "", set[str]()
            for words in (re.sub("<[^>]*>", "", locator) for locator in row):
                before, _, place = words.rpartition("¶")
                title = before or title
                assert title + place not in seen, (entry.label, row)
                seen.add(title + place)
                lettered += place[-1].isalpha()
    assert lettered


def test_no_heading_has_more_than_six_locators_in_a_row() -> None:
    for entry in az.entries(small_catalogue()):
        assert len(entry.locators) <= az.LOCATORS
        for sub in entry.subentries:
            assert len(sub.locators) <= az.LOCATORS


def test_index_counts_equal_the_data_and_subentries_add_up() -> None:
    catalogue = small_catalogue()
    by_address = {concept_address(concept): concept for concept in catalogue.corpus.concepts}
    for entry in az.entries(catalogue):
        if entry.address:
            if entry.kind == "speaker":
                assert entry.count == sum(claim.asserter.name == entry.label for claim in catalogue.claims)
                continue
            named = {claim.id for claim in catalogue.claims_on(by_address[entry.address].id)}
            assert entry.count == len(named | {claim.id for claim in catalogue.claims if claim.asserter.name == entry.label})
        if entry.kind not in {"see", "term"}:
            inner = sum(len(sub.locators) + sub.more for sub in entry.subentries)
            assert entry.count == len(entry.locators) + inner


def test_compare_aligns_exactly_the_links_and_lists_the_rest_as_said_by_one_only() -> None:
    catalogue = small_catalogue()
    pages = site(catalogue)
    assert {a for a in pages if a.startswith("compare/") and a != "compare/"} == {
        compare_address("chips", "no-shortage"),
        compare_address("chips", "labs"),
        compare_address("labs", "no-shortage"),
    }
    html = pages[compare_address("chips", "no-shortage")]
    aligned = html.split('id="both"')[1]
    ids = [claim.id for claim in catalogue.claims]
    assert re.findall(r'data-claim="(\w+)"', aligned) == [ids[0], ids[3], ids[1], ids[4], ids[2], ids[5]]
    assert "No claims of these two articles are linked" in pages[compare_address("labs", "no-shortage")]
    alone = pages[compare_address("chips", "labs")].split('id="both"')[0]
    assert ids[1] in alone
    assert ids[0] not in alone


def test_compare_says_in_which_parts_the_claims_of_one_alone_stand() -> None:
    catalogue = small_catalogue()
    one = catalogue.article(ArticleId("chips"))
    alone = [claim for claim in catalogue.claims_of(one.id) if claim.quote.startswith("Efficiency")]
    (part,) = compare._parts(Items(catalogue, "../../"), one, alone)
    assert (part.heading, part.count, part.total) == ("What it costs", 1, 3)


def test_compare_shows_where_figures_differ_and_what_only_one_gives() -> None:
    pages = site(small_catalogue())
    html = pages[compare_address("chips", "no-shortage")]
    assert re.search(r'class="differs"><td><a [^>]*>\$650 billion</a></td><td>\$400 billion', html)
    assert "Names that only this one has" in html
    assert "Anthropic" in html


def test_every_figure_is_in_the_table_and_in_the_file() -> None:
    catalogue = small_catalogue()
    made = {page.path: page.body.decode() for page in numbers.pages(catalogue)}
    rows = list(csv.DictReader(io.StringIO(made["data/numbers.csv"])))
    wanted = [(q.text, q.value, claim.id) for claim in catalogue.claims for q in claim.quantities]
    assert [(row["figure"], float(row["value"]), row["claim"]) for row in rows] == wanted
    assert [row["time"] for row in rows] == ["in 2025", "in 2025"]
    assert lively(made["numbers/index.md"]).count('class="figure"') == len(wanted)
    assert "Compare: $400 billion (There is no shortage)" in lively(made["numbers/index.md"])


@pytest.mark.parametrize(
    ("quote", "time"),
    [
        ("It fell by 46 per cent between 2021 and 2023.", "between 2021 and 2023"),
        ("It fell from 2019 to 2023.", "from 2019 to 2023"),
        ("Zwischen 2019 und 2023 sank die Zahl.", "Zwischen 2019 und 2023"),
        ("In the years 2019–2023 it fell.", "2019–2023"),
        ("Die Stadt baut bis 2027 weitere Wege.", "bis 2027"),
        ("It grew in 2021 and 2022.", "in 2021"),
    ],
)
def test_the_time_of_a_figure_may_be_a_span_of_years(quote: str, time: str) -> None:
    found = numbers._TIME.search(quote)
    assert found
    assert found.group() == time


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("=1+1", "'=1+1"), ("-5", "-5"), ("-21800000000", "-21800000000"), ("-cmd|x", "'-cmd|x"), ("@a", "'@a"), ("7 %", "7 %"), ("", "")],
)
def test_the_file_holds_no_formula(cell: str, safe: str) -> None:
    assert numbers._inert(cell) == safe


def test_pictures_have_a_title_and_a_description_and_escape_their_labels() -> None:
    drawn = [
        pictures.arcs("a", "Title <", "Words & more", ["One <b>", "Two"], [pictures.Arc(one=0, other=1, count=3)]),
        pictures.timeline(
            "t", "Years", "2025 and 2029", [pictures.Moment(year=2025, label="x"), pictures.Moment(year=2029, label="y")]
        ),
        pictures.ribbons(
            "r",
            "Lines",
            "One line",
            tops=("A <", "B"),
            places=([0.1], [0.2]),
            links=[pictures.Ribbon(one=0.1, other=0.2, kind="restates")],
        ),
    ]
    for svg in drawn:
        assert re.search(
            r'<svg role="img"[^>]* aria-labelledby="(\w)-t \1-d"><title id="\1-t">.+?</title><desc id="\1-d">.+?</desc>', svg
        )
        assert "<b>" not in svg


def test_the_matrix_says_each_count_once_in_its_row() -> None:
    catalogue = small_catalogue()
    table = topics.topic_matrix(catalogue, "../")
    for topic in catalogue.topics:
        row = table[table.index(f">{topic.pref_label}</a>") :].split("</tr>")[0]
        counts = Counter(claim.article for claim in catalogue.claims_on(topic.id))
        found = [int(n) for n in re.findall(r"<span(?: class=\"visually-hidden\")?>(\d+)</span>", row)]
        assert found == [counts[article.id] for article in catalogue.articles]


def test_two_builds_are_the_same() -> None:
    for module in MODULES:
        assert list(module.pages(small_catalogue())) == list(module.pages(small_catalogue()))


def test_the_outline_beside_its_article_shows_the_curated_pairs_and_counts_what_it_leaves_out(catalogue: Catalogue) -> None:
    """On the seeds: aligned is what a person linked, and the first sentence says how much is not."""
    outline, article = (next(a.id for a in catalogue.articles if a.id.startswith(name)) for name in ("competing-vis", "china-is-run"))
    html = next(
        html
        for address, html in addressed(compare.pages(catalogue)).items()
        if address in {compare_address(outline, article), compare_address(article, outline)}
    )
    ends = [
        frozenset((link.source, link.target))
        for link in catalogue.corpus.links
        if {catalogue.claim(link.source).article, catalogue.claim(link.target).article} == {outline, article}
        and link.origin == "curated"
    ]
    shown = set()
    for row in html.split('<li class="aligned-row">')[1:]:
        first = re.findall(r'data-claim="(\w+)"', row)[0]
        for side in row.split('<li class="aligned-side ')[1:]:
            if "relation-detected" not in side.split('"', 1)[0]:
                shown.add(frozenset((first, re.findall(r'data-claim="(\w+)"', side)[0])))
    assert ends
    assert shown == set(ends)
    linked = {end for pair in shown for end in pair}
    linked |= set(re.findall(r'data-claim="(\w+)"', html.split('id="both"')[1]))
    left = sum(claim.id not in linked for claim in catalogue.claims_of(article))
    total = len(catalogue.claims_of(article))
    top = html[: html.index('id="only"')]
    assert f"{left} of the {total} claims</a>" in top
    (where,) = re.findall(r"In which parts of it</dt><dd>(.*?)</dd>", html)
    counts = re.findall(r"\((\d+) of (\d+)\)", where)
    assert sum(int(count) for count, _ in counts) == left
    assert len(re.findall(r'<h4>[^<]+ <span class="count">\d+ of \d+</span></h4>', html)) >= len(counts) - 1 > 2
