"""The curator's commands: what they write reads back, and they change nothing but what they say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ratio import grows_in_step

from build_tools import detect, read, read_text
from build_tools.annotation_profile import CONTEXT, annotation_of, claim_of
from build_tools.catalogue import Related
from build_tools.curate import (
    Imported,
    Repair,
    add_claims,
    clean_name,
    fix_sidecar,
    import_annotations,
    parse_annotations,
    propose,
    render_queue,
    review_queue,
)
from build_tools.curate._repair import sidecar_values
from build_tools.curate._yaml import commented, entry_of, line_of, listed, scalar
from build_tools.model import Article, Asserter, Claim, ClaimId, ConceptId, Link, Span
from build_tools.problems import BuildError, Problems
from build_tools.sidecar import CuratedClaim, CuratedRelation, Sidecar, parse_sidecar

ROOT = Path(__file__).parents[1]
TEXT = """Two Races

Rockets 🚀 may rise by 30 % in 2026, Acme Corp has said. The buisness grew. It doubled. Nobody knows.

It doubled. Rules must change. "Quoted: twice" # not a comment, isn't it?
"""


def article() -> Article:
    return replace(read_text(TEXT, id="two-races"), file="two.txt", source_url="https://example.org/two?x=1")


def claim(quote: str, *, nth: int = 0, **more: object) -> Claim:
    text, start = article().text, -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    end = start + len(quote)
    base = Claim(
        id=ClaimId("c7k2m9x"),
        article=article().id,
        span=Span(start, end),
        quote=quote,
        prefix=text[max(0, start - 32) : start],
        suffix=text[end : end + 32],
        paragraph=2,
        kind="fact",
        asserter=Asserter(name="The article"),
    )
    return replace(base, **more)  # type: ignore[arg-type]


def part(words: str) -> Span:
    start = article().text.index(words)
    return Span(start, start + len(words))


def rich() -> Claim:
    return claim(
        "Rockets 🚀 may rise by 30 % in 2026",
        weight="main",
        kind="prediction",
        hedge=part("may"),
        note="See: “x” # y",
        asserter=Asserter(name="Acme Corp", evidence=part("Acme Corp has said")),
        topics=(ConceptId("rockets"),),
        entities=(ConceptId("acme"),),
        origin="curated",
        sic=(part("rise"),),
    )


def ends() -> tuple[Related, ...]:
    """What `rich` is linked to: one relation that a person stated, one that a rule found."""
    one, other = claim("Rules must change.", id=ClaimId("cabcdefg")), claim("It doubled.", id=ClaimId("c1234567"))
    here = ClaimId("c7k2m9x")
    return (
        Related(Link(source=here, target=one.id, kind="disputes", origin="curated", note="Because: it is so."), one),
        Related(Link(source=here, target=other.id, kind="related", score=0.4, note="the same words"), other),
    )


def parsed(text: str) -> Sidecar:
    problems = Problems()
    found = parse_sidecar(text, file="x.yml", problems=problems)
    assert [problem.as_text() for problem in problems] == []
    assert found is not None
    return found


WORDS = st.text(
    alphabet=st.sampled_from("abc ABC:#-?&*!|>'\"[]{},%@`\\\n\t~=0129.…“”é🚀\u2028\x85\ufeff\u200b"), max_size=300
)


@settings(max_examples=400, deadline=None)
@given(WORDS, st.integers(0, 60))
def test_every_text_reads_back_to_the_letter(text: str, used: int) -> None:
    written = "k:\n  - key: " + scalar(text, indent=6, used=used) + "\n    next: " + listed([text, "b"]) + "\n"
    assert yaml.safe_load(written) == {"k": [{"key": text, "next": [text, "b"]}]}


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["word", "a:", "#b", "-", "—", "it's", '"q"', "x" * 40, "\\", "no"]), min_size=1, max_size=80
    )
)
def test_long_texts_are_wrapped_and_read_back(words: list[str]) -> None:
    text = " ".join(words)
    written = line_of("quote", text, 4)
    assert yaml.safe_load("c:\n  - id: c\n" + written) == {"c": [{"id": "c", "quote": text}]}
    assert all(len(line) <= 112 for line in written.split("\n"))


def test_safe_texts_stay_plain_and_unsafe_ones_are_quoted() -> None:
    assert scalar("Anthropic has said “so”, isn't it?") == "Anthropic has said “so”, isn't it?"
    assert scalar("One: two") == '"One: two"'
    assert scalar('He said: "so"') == "'He said: \"so\"'"
    assert scalar("no") == '"no"'
    assert scalar("2026-03-09") == '"2026-03-09"'
    assert listed(["a, b", "c"]) == '["a, b", c]'


@pytest.mark.parametrize("path", sorted((ROOT / "seeds").glob("*.txt")), ids=lambda path: path.stem)
def test_a_proposal_for_each_seed_is_a_sidecar_without_problems(path: Path) -> None:
    found = read(path)
    claims = detect(found)
    main = [claim for claim in claims if claim.weight == "main"]
    proposal = propose(found, claims)
    loaded = parsed(proposal)
    assert [c.quote for c in loaded.claims] == [" ".join(c.quote.split()) for c in main]
    assert [c.kind for c in loaded.claims] == [c.kind for c in main]
    assert loaded.title == " ".join(found.title.split())
    assert all(len(line) <= 112 for line in proposal.split("\n") if "#" not in line)
    everything = parsed(uncommented(proposal))
    assert len(everything.claims) == len(claims)


def uncommented(proposal: str) -> str:
    """Remove the # before each entry, as a curator would."""
    head, _, rest = proposal.partition("To confirm or change one")
    kept = [
        line.replace("# ", "", 1) if line.startswith(("  # - ", "  #   ")) else line for line in rest.split("\n")[1:]
    ]
    return head.rsplit("\n", 1)[0] + "\n" + "\n".join(kept)


def test_a_proposal_states_what_was_found_and_hints_at_the_rest() -> None:
    proposal = propose(article(), [rich(), claim("It doubled.", nth=0)])
    found = parsed(proposal)
    assert (found.source_url, found.rights, found.publisher) == ("https://example.org/two?x=1", None, None)
    assert "# rights: full" in proposal
    entry = found.claims[0]
    assert (entry.hedge, entry.asserter, entry.asserter_words) == ("may", "Acme Corp", "Acme Corp has said")
    assert "# - quote: It doubled." in proposal
    assert "#   prefix:" in proposal


def test_a_proposal_without_claims_is_still_a_sidecar() -> None:
    assert parsed(propose(article(), [])).claims == ()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab:#-'\"{}[]\n \t🚀é&*!|>%", min_size=1, max_size=80))
def test_no_title_breaks_a_proposal(title: str) -> None:
    found = parsed(propose(replace(article(), title=title, publisher=title, file=title), [rich()]))
    assert (found.title or "") == " ".join(title.split())


def test_commented_lines_become_yaml_again() -> None:
    entry = entry_of(CuratedClaim(line=0, quote="A: b " * 40, kind="fact"))
    assert commented(entry).replace("# ", "") == entry


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("My Article (final).TXT", "my-article-final.txt"),
        ("C:\\Users\\x\\Über uns.htm", "uber-uns.html"),
        ("../../etc/passwd.md", "passwd.md"),
        ("notes.markdown", "notes.md"),
        ("topics.txt", "article-topics.txt"),
        ("con.html", "article-con.html"),
        (".txt.txt", "txt.txt"),
    ],
)
def test_added_files_get_clean_names(given_name: str, expected: str) -> None:
    assert clean_name(given_name) == expected


def test_added_files_get_bounded_names_and_other_kinds_are_refused() -> None:
    assert len(clean_name("word " * 5_000 + ".txt")) <= 64
    assert clean_name("竞赛.txt").endswith(".txt")
    with pytest.raises(BuildError, match=r"S20: paper\.pdf is not read"):
        clean_name("paper.pdf")
    with pytest.raises(BuildError, match="S20"):
        clean_name("")


def test_the_queue_holds_what_nobody_has_seen_most_important_first() -> None:
    claims = [
        claim("Nobody knows.", score=0.9),
        claim("Rules must change.", score=0.2, weight="main"),
        claim("The buisness grew.", score=0.8),
        claim("buisness grew", origin="curated"),
        claim("It doubled.", score=0.7),
    ]
    sidecar = parsed("rejected:\n  - quote: it  DOUBLED.\n")
    queue = review_queue(claims, [article()], {article().id: sidecar}, ())
    assert [item.claim.quote for item in queue] == ["Rules must change.", "Nobody knows."]
    assert {(item.file, item.sidecar) for item in queue} == {("two.txt", "two.yml")}
    for item in queue:
        assert parsed("claims:\n" + item.entry + "\n").claims[0].quote == item.claim.quote
    text = render_queue(queue, most=1)
    assert text.startswith("2 detections to review")
    assert "and 1 more." in text
    assert render_queue([]).startswith("Nothing to review")


SIDECAR = """# head
title: 'A'   # kept
claims:
  # before
  - quote: Old words   # a remark
    kind:   fact
  - quote: "Old: \\"words\\""
    note: Old words
  - kind: fact
    quote: >-   # folded
      Old words
      go on

    # between
    weight: main
  - {quote: Old words here, kind: fact}
  - quote: |
      Old words stand
  - quote: Old words
      in two lines
    kind: fact
rejected:
  - quote: Old words, rejected
# tail"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("at", range(6))
@pytest.mark.parametrize("now", ["New", 'New: "words" # isn\'t, it', "New long words " * 20])
def test_a_repair_changes_one_quote_and_nothing_else(ends: str, mark: str, at: int, now: str) -> None:
    text = mark + SIDECAR.replace("\n", ends)
    before = parsed(text.removeprefix("\ufeff"))
    old = before.claims[at]
    fixed = fix_sidecar(text, [Repair(line=old.line, quote=old.quote, now=now)])
    after = parsed(fixed.removeprefix("\ufeff"))
    assert [c.quote for c in after.claims] == [
        " ".join(now.split()) if n == at else c.quote for n, c in enumerate(before.claims)
    ]
    assert after.rejected[0].quote == "Old words, rejected"
    for kept in (
        "# head",
        "title: 'A'   # kept",
        "# before",
        "# a remark",
        "kind:   fact",
        "# folded",
        "# between",
        "# tail",
    ):
        assert kept in fixed
    assert fixed.count("\r\n") == fixed.count("\n") * (ends == "\r\n")
    removed, added = set(text.split(ends)) - set(fixed.split(ends)), set(fixed.split(ends)) - set(text.split(ends))
    assert removed
    assert added
    assert len(removed) <= 2


def test_several_repairs_and_none() -> None:
    before = parsed(SIDECAR)
    repairs = [Repair(line=c.line, quote=c.quote, now=f"Number {n}") for n, c in enumerate(before.claims)]
    assert [c.quote for c in parsed(fix_sidecar(SIDECAR, repairs)).claims] == [f"Number {n}" for n in range(6)]
    assert fix_sidecar(SIDECAR, []) == SIDECAR
    assert fix_sidecar(SIDECAR, [Repair(line=1, quote="Old words", now="x")]) == SIDECAR
    assert fix_sidecar(SIDECAR, [Repair(line=5, quote="other", now="x")]) == SIDECAR


def test_a_broken_sidecar_is_never_repaired() -> None:
    with pytest.raises(ValueError, match="can't be read"):
        fix_sidecar("claims:\n\t- quote: a\n", [Repair(line=2, quote="a", now="b")])


@settings(max_examples=120, deadline=None)
@given(WORDS.filter(lambda text: text.split()), st.integers(0, 5))
def test_any_new_quote_survives_a_repair(now: str, at: int) -> None:
    old = parsed(SIDECAR).claims[at]
    fixed = fix_sidecar(SIDECAR, [Repair(line=old.line, quote=old.quote, now=now)])
    assert parsed(fixed).claims[at].quote == " ".join(now.split())


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("", 0),
        ("title: A", 0),
        ("# only a comment\n", 0),
        ("claims:\n", 0),
        ("claims: []\nrejected:\n  - quote: r\n", 0),
        ("claims:\n\n# remark\nrejected: []\n", 0),
        ("claims:\n- quote: a\n  kind: fact\n\nrejected: []\n", 1),
        ("claims:\n    - quote: a\n      note: |\n        x\n\n    # c\n", 1),
        ("claims:\n  - quote: a   # c", 1),
        ("\ufeffclaims:\r\n  - quote: a\r\nrights: full\r\n", 1),
        ("claims: [ ]  # none yet\n", 0),
        (SIDECAR, 6),
    ],
)
def test_entries_are_added_at_the_end_of_the_claims(text: str, before: int) -> None:
    entry = CuratedClaim(line=0, quote="Added: “words” " + "and more " * 20, kind="fact", note="n")
    grown = add_claims(text, entry_of(entry))
    found = parsed(grown.removeprefix("\ufeff"))
    assert len(found.claims) == before + 1
    assert found.claims[-1].quote == " ".join(entry.quote.split())
    old, new = dict(sidecar_values(text)), dict(sidecar_values(grown))
    old.pop("claims", None)
    new.pop("claims")
    assert old == new
    left = iter(grown.splitlines())
    assert all(any(line.strip() == other.strip() for other in left) for line in text.splitlines() if "[" not in line)


def test_claims_in_brackets_are_left_to_the_curator() -> None:
    with pytest.raises(ValueError, match="brackets"):
        add_claims("claims: [{quote: a}]\n", "  - quote: b")


def page(*claims: Claim, linked: Mapping[ClaimId, Sequence[Related]] | None = None) -> object:
    known = {rich().id: ends()} if linked is None else linked
    items = [
        annotation_of(
            c, article(), known.get(c.id, ()),
            claim_url=f"https://s.org/claims/{c.id}/", article_url="https://s.org/articles/two-races/",
        )
        for c in claims
    ]  # fmt: skip
    return json.loads(json.dumps({"@context": list(CONTEXT), "type": "AnnotationPage", "items": items}))


def imported(data: object, **more: object) -> tuple[list[Imported], list[str]]:
    problems = Problems()
    found = import_annotations(data, [article()], file="in.json", problems=problems, **more)  # type: ignore[arg-type]
    return found, [problem.as_text() for problem in problems]


def test_an_annotation_reads_back_to_what_the_claim_says() -> None:
    data = page(rich())
    found = claim_of(data["items"][0])  # type: ignore[index]
    assert found == CuratedClaim(
        line=0,
        quote="Rockets 🚀 may rise by 30 % in 2026",
        prefix="Two Races",
        suffix=", Acme Corp has said. The buisne",
        id=ClaimId("c7k2m9x"),
        kind="prediction",
        weight="main",
        asserter="Acme Corp",
        asserter_words="Acme Corp has said",
        hedge="may",
        topics=(ConceptId("rockets"),),
        entities=(ConceptId("acme"),),
        note="See: “x” # y",
        sic=("rise",),
        relations=(CuratedRelation(line=0, to=ClaimId("cabcdefg"), kind="disputes", why="Because: it is so."),),
    )


def test_an_export_comes_in_as_entries_that_say_the_same() -> None:
    plain = claim("It doubled.", id=ClaimId("c0000001"))
    (found,), problems = imported(page(rich(), plain), topics={"rockets"}, entities={"acme"})
    assert problems == []
    assert (found.claims[0].topics, found.claims[0].entities) == (("rockets",), ("acme",))
    assert (found.article, found.sidecar) == ("two-races", "two.yml")
    first, second = parsed("claims:\n" + found.entries).claims
    assert replace(first, line=0, relations=()) == replace(found.claims[0], relations=())
    assert first.relations[0].to == "cabcdefg"
    assert (second.not_hedged, second.topics, second.entities, second.weight) == (True, (), (), "other")
    assert (first.prefix, second.prefix) == ("", "rp has said. The buisness grew.")


def test_what_topics_yml_does_not_have_stays_behind_as_a_remark() -> None:
    """Our own export names topics made of the articles' words; a sidecar that did would be a problem (S16)."""
    (found,), problems = imported(page(rich()), entities={"acme"})
    assert problems == []
    assert (found.claims[0].topics, found.claims[0].entities) == (None, ("acme",))
    assert "# tag that topics.yml does not have: rockets" in found.entries


def test_a_relation_that_stands_at_both_ends_comes_in_once() -> None:
    one = rich()
    other = ends()[0].claim
    (found,), _ = imported(page(one, other, linked={one.id: ends(), other.id: [Related(ends()[0].link, one)]}))
    assert [len(c.relations) for c in found.claims] == [1, 0]
    (found,), _ = imported(page(one), stated=[frozenset(("c7k2m9x", "cabcdefg"))])
    assert found.claims[0].relations == ()


def hypothesis_row(exact: str, **more: object) -> dict[str, object]:
    selectors: Sequence[object] = [
        {
            "type": "RangeSelector",
            "startContainer": "/div[1]",
            "endContainer": "/div[1]",
            "startOffset": 1,
            "endOffset": 2,
        },
        {"type": "TextPositionSelector", "start": 9999, "end": 10020},
        {"type": "TextQuoteSelector", "exact": exact, "prefix": "before ", "suffix": " after"},
    ]
    return {
        "id": "x",
        "uri": "http://www.example.org/two",
        "user": "acct:a@hypothes.is",
        "text": "",
        "tags": [],
        "target": [{"source": "http://www.example.org/two", "selector": selectors}],
        **more,
    }


def test_a_hypothesis_export_comes_in_as_claims() -> None:
    rows = [
        hypothesis_row("Nobody knows.", text="A note: with # signs", tags=["fact", "main", "Rockets", "To Do"]),
        hypothesis_row("Rules must change.", tags=["acme"]),
        hypothesis_row("", text="reply", references=["x"]),
    ]
    (found,), problems = imported({"total": 3, "rows": rows}, topics={"rockets"}, entities={"acme"})
    assert problems == []
    first, second = parsed("claims:\n" + found.entries).claims
    assert (first.quote, first.note, first.kind, first.weight) == (
        "Nobody knows.",
        "A note: with # signs",
        "fact",
        "main",
    )
    assert (first.topics, first.entities, second.entities, first.prefix) == (("rockets",), None, ("acme",), "")
    assert "# tag that topics.yml does not have: to-do" in found.entries


@pytest.mark.parametrize(
    "wrap",
    [
        lambda row: row,
        lambda row: [row],
        lambda row: {"items": [row]},
        lambda row: {"first": {"items": [row]}},
        lambda row: [{"type": "AnnotationPage", "items": [row]}],
        lambda row: {"@graph": [row]},
    ],
)
def test_every_wrapping_of_annotations_is_opened(wrap: object) -> None:
    row = {"target": {"selector": {"type": "TextQuoteSelector", "exact": "Nobody knows."}}, "body": {"value": "n"}}
    (found,), problems = imported(wrap(row))  # type: ignore[operator]
    assert problems == []
    assert [(c.quote, c.note) for c in found.claims] == [("Nobody knows.", "n")]


def test_a_position_in_our_own_text_is_enough() -> None:
    span = part("Rockets 🚀 may rise")
    target = {
        "source": "https://s.org/articles/two-races/text.txt",
        "selector": {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    }
    (found,), problems = imported([{"target": target}])
    assert problems == []
    assert found.claims[0].quote == "Rockets 🚀 may rise"


def test_what_cannot_come_in_is_reported_and_the_rest_comes() -> None:
    elsewhere = hypothesis_row("Stands nowhere.", uri="https://other.org/")
    elsewhere["target"] = [
        {"source": "https://other.org/", "selector": [{"type": "TextQuoteSelector", "exact": "Stands nowhere."}]}
    ]
    rows = [
        1,
        hypothesis_row("", target=[{"source": "x"}]),
        elsewhere,
        hypothesis_row("x" * 6_000),
        hypothesis_row("Nobody knows."),
    ]
    (found,), problems = imported(rows)
    assert len(found.claims) == 1
    assert [line.split("\n")[0] for line in problems] == [
        "in.json: warning S21: annotation 1 is no JSON object",
        "in.json: warning S21: annotation 2 quotes nothing, so that it has no place in an article",
        "in.json: warning S21: no article fits annotation 3: its address is none of theirs, and “Stands nowhere.” "
        "stands in none of them, or in several",
        "in.json: warning S21: the quote or the note of annotation 4 is longer than 5,000 characters",
    ]


@pytest.mark.parametrize("data", [None, 1, "x", {}, [], {"items": []}, {"first": {"first": {}}}])
def test_a_file_without_annotations_is_named(data: object) -> None:
    found, problems = imported(data)
    assert found == []
    assert [line.split(": ")[2].split("\n")[0] for line in problems] == ["the file holds no annotations"]


def test_hostile_json_is_refused_or_bounded() -> None:
    for raw in (b"[" * 200_000, b'{"a": ', b"\xff\xfe", b" " * 20_000_001, b"[" + b"9" * 5_000 + b"]"):
        problems = Problems()
        assert parse_annotations(raw, file="in.json", problems=problems) is None
        assert [problem.code for problem in problems] == ["S21"]
    rows = [
        hypothesis_row(
            f"Nobody knows {at}.",
            uri="u",
            target=[{"source": "u", "selector": [{"type": "TextQuoteSelector", "exact": f"Nobody knows {at}."}]}],
        )
        for at in range(12_000)
    ]
    _, problems_text = imported(rows)
    assert any("12,000 annotations" in line for line in problems_text)
    assert grows_in_step(lambda size: imported(rows[:size]), 2_000)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "target",
                    "selector",
                    "type",
                    "exact",
                    "items",
                    "body",
                    "value",
                    "rows",
                    "tags",
                    "source",
                    "first",
                    "start",
                ]
            ),
            inner | st.just("TextQuoteSelector"),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(JSON)
def test_no_json_breaks_the_import(data: object) -> None:
    found, problems = imported(data)
    assert found or problems or data is not None
    for item in found:
        assert parsed("claims:\n" + item.entries).claims


def test_the_queue_names_only_what_a_sidecar_may_name() -> None:
    """Topics made of the articles' words stand in no topics.yml: pasted, they were a problem (S16)."""
    made = replace(claim("Nobody knows."), topics=(ConceptId("made-up"), ConceptId("parks")), entities=(ConceptId("lisbon"),))
    (item,) = review_queue([made], [article()], {}, {ConceptId("parks")})
    assert "topics: [parks]" in item.entry
    assert "entities" not in item.entry
