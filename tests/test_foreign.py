"""A stranger's folder: three articles on other subjects, nothing else, and a whole site comes of it."""

# ruff: noqa: E501 - a passage that is tested stays on one line
from __future__ import annotations

import json
from pathlib import Path

import pytest
from places import addresses, rows

from build_tools.cli import main

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head>
<meta charset="utf-8">
<title>Steel cables outlive forecasts, bridge survey finds | The Harbour Herald</title>
<meta name="description" content="A survey of 214 suspension bridges.">
<meta property="og:title" content="Steel cables outlive forecasts, bridge survey finds">
<meta property="og:site_name" content="The Harbour Herald">
<link rel="canonical" href="https://herald.example/engineering/steel-cables">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Steel cables outlive forecasts, bridge survey finds",
"datePublished":"2025-09-14T06:30:00+01:00","author":[{"@type":"Person","name":"Ingrid Sørensen"},{"@type":"Person","name":"Tomasz Nowak"}],
"publisher":{"@type":"Organization","name":"The Harbour Herald"}}</script>
<style>.ad{color:red}</style><script>window.dataLayer=[];</script></head>
<body class="article">
<div class="cookie-bar" role="dialog">We value your privacy. We and our 812 partners store cookies. <button>Accept all</button></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/engineering">Engineering</a></li><li><a href="/subscribe">Subscribe for £1</a></li></ul></nav></header>
<main><article>
<h1>Steel cables outlive forecasts, bridge survey finds</h1>
<p class="byline">By Ingrid Sørensen and Tomasz Nowak</p>
<p>The main cables of suspension bridges last longer than their builders expected, according to a survey of 214 bridges in 19 countries.</p>
<figure><img src="cable.jpg" alt="A cable"><figcaption>Inspectors unwrap a main cable above the Tagus.</figcaption></figure>
<h2>Dry air instead of paint</h2>
<p>Blowing dry air through the cables cut corrosion by 60 per cent, the authors write. A dehumidified cable may last 150 years. Paint alone must be renewed every 12 years.</p>
<ul><li>Seven bridges had lost more than a tenth of their wires.</li><li>None of them was closed to traffic.</li></ul>
<blockquote><p>“We were wrong about steel, and I have never been so pleased to be wrong,” said Professor Ama Mensah of Accra Technical University.</p></blockquote>
<p>Owners should inspect every cable that is older than 30 years, because hidden wires break first at the lowest point.</p>
</article>
<aside><h3>You might also like</h3><ul><li><a href="/a">Ten bridges to see</a></li><li><a href="/b">Why ferries are late</a></li></ul></aside></main>
<footer><p>© 2025 The Harbour Herald. All rights reserved.</p></footer>
<script src="https://cdn.example/track.js"></script>
</body></html>
"""
NOTE = """---
title: "Bees on the roof: a second year"
author: Leila Haddad
date: 2026-02-03
lang: en
---

# Bees on the roof: a second year

City bees brought home **30 percent more honey** than last year, *although* it rained in June.

## What we learnt

1. Swarms leave on the first warm day in May.
2. A hive needs 15 kilograms of honey to live through winter.

> Never open a hive when the wind blows.

Most keepers in [our street](https://street.example/) think that the bees will return, but I doubt it.
"""
LETTER = """On sleeping well

by Marta Silva

People who go to bed at the same hour sleep 40 minutes longer, a study of 3,100 nurses found.
Coffee after four costs an hour of sleep.

Light from screens probably matters less than we were told.

References
1. Silva M. Sleep and shifts. 2024.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build in a folder that holds nothing but the three articles."""
    place = tmp_path_factory.mktemp("stranger")
    seeds = place / "my articles"
    seeds.mkdir()
    (seeds / "Steel cables – Harbour Herald.html").write_text(PAGE, encoding="utf-8")
    (seeds / "bees.md").write_text(NOTE, encoding="utf-8")
    (seeds / "sleep.txt").write_text(LETTER, encoding="cp1252")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        assert main(["site", "--seeds", "my articles", "--docs", "pages", "--out", "out"]) == 0
    return place


def test_three_articles_become_three_pages(site: Path) -> None:
    titles = {str(row["file"]): str(row["title"]) for row in rows(site / "out", "articles")}
    assert titles == {
        "Steel cables – Harbour Herald.html": "Steel cables outlive forecasts, bridge survey finds",
        "bees.md": "Bees on the roof: a second year",
        "sleep.txt": "On sleeping well",
    }
    assert {f"articles/{row['id']}/" for row in rows(site / "out", "articles")} <= addresses(site / "out")


def test_every_list_and_index_is_there(site: Path) -> None:
    assert {"/", "articles/", "claims/", "topics/", "a-z/", "compare/", "disagreements/", "numbers/"} <= addresses(site / "out")


def test_what_the_articles_say_of_themselves_is_kept(site: Path) -> None:
    known = {str(row["file"]): row for row in rows(site / "out", "articles")}
    page, note, letter = known["Steel cables – Harbour Herald.html"], known["bees.md"], known["sleep.txt"]
    assert page["authors"] == ["Ingrid Sørensen", "Tomasz Nowak"]
    assert (page["publisher"], page["published"]) == ("The Harbour Herald", "2025-09-14")
    assert page["source_url"] == "https://herald.example/engineering/steel-cables"
    assert (note["authors"], note["published"], note["language"]) == (["Leila Haddad"], "2026-02-03", "en")
    assert letter["authors"] == ["Marta Silva"]


def test_the_page_around_the_article_is_left_behind(site: Path) -> None:
    for path in (site / "out").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for words in ("812 partners", "Subscribe for", "Why ferries are late", "track.js", "dataLayer"):
            assert words not in text, path


def test_claims_are_found_in_all_of_them(site: Path) -> None:
    claims = rows(site / "out", "claims")
    assert {str(row["article"]) for row in claims} == {str(row["id"]) for row in rows(site / "out", "articles")}
    assert any("214 bridges" in str(row["quote"]) and row["quantities"] for row in claims)
    assert {str(row["kind"]) for row in claims} >= {"quantity"}


def test_as_nobody_stated_their_rights_they_are_shown_in_excerpts_to_the_letter(site: Path) -> None:
    whole = {"bees.md": NOTE, "sleep.txt": LETTER}
    for row in rows(site / "out", "articles"):
        text = (site / "out" / "articles" / str(row["id"]) / "text.txt").read_text(encoding="utf-8")
        assert text.strip()
        if row["file"] in whole:
            plain = " ".join(
                whole[str(row["file"])].replace("*", "").replace("](https://street.example/)", "").replace("[our", "our").split()
            )
            for piece in text.split("\n\n"):
                for part in piece.split("[…]"):
                    assert " ".join(part.split()) in plain


def test_nothing_but_the_ledger_was_added_to_the_articles(site: Path) -> None:
    names = {path.name for path in (site / "my articles").iterdir()}
    assert names == {"Steel cables – Harbour Herald.html", "bees.md", "sleep.txt", "ledger.json"}
    assert {path.name for path in site.iterdir()} == {"my articles", "pages", "out"}


def test_the_problems_in_the_data_are_those_that_were_told(site: Path) -> None:
    build = json.loads((site / "out/data/build.json").read_text(encoding="utf-8"))
    assert [
        problem for problem in build.get("problems", []) if isinstance(problem, dict) and problem["severity"] == "error"
    ] == []
