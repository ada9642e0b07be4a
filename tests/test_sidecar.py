"""The sidecar loader: what it reads, what it refuses, and that the editors' schema agrees with it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ratio import grows_in_step, ratio

from build_tools import yaml_source
from build_tools.problems import Problems
from build_tools.sidecar import Sidecar, check_folder, check_references, load_sidecar, parse_sidecar

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((ROOT / "build_tools/schema/sidecar.schema.json").read_text(encoding="utf-8"))
GUIDE = (ROOT / "docs/guide/sidecar.md").read_text(encoding="utf-8")


def loaded(text: str) -> tuple[Sidecar | None, list[str]]:
    problems = Problems()
    found = parse_sidecar(text, file="seeds/x.yml", problems=problems)
    return found, [f"{p.line}:{p.column} {p.code}" for p in problems]


def words(text: str) -> str:
    problems = Problems()
    parse_sidecar(text, file="x.yml", problems=problems)
    return "\n".join(problem.as_text() for problem in problems)


def plain(text: str) -> object:
    """As an editor's YAML 1.2 reader sees it: dates are text."""

    class Core(yaml.SafeLoader):
        pass

    Core.yaml_implicit_resolvers = {
        sign: [(tag, pattern) for tag, pattern in found if not tag.endswith("timestamp")]
        for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Loader=Core)


def test_everything_in_the_guide_is_read() -> None:
    example = GUIDE.split("```yaml\n")[1].split("```")[0]
    found, problems = loaded(example)
    assert found is not None
    assert problems == []
    assert (found.title, found.authors, found.published) == (
        "China is running multiple AI races",
        ("Kyle Chan",),
        "2026-03-09",
    )
    assert (found.rights, found.rights_note, found.language) == ("full", "CC BY 4.0", "en")
    first, second = found.claims
    assert first.quote.startswith("Anthropic has reported large-scale “distillation")
    assert (first.kind, first.weight, first.asserter, first.asserter_words) == (
        "fact",
        "main",
        "Anthropic",
        "Anthropic has reported",
    )
    assert (first.topics, first.entities, first.hedge, first.line) == (
        ("distillation",),
        ("anthropic", "deepseek"),
        None,
        11,
    )
    assert [(r.to, r.kind, r.why) for r in first.relations] == [("c7k2m9x", "disputes", "One sentence that says why.")]
    assert (second.hedge, second.sic, second.kind, second.topics) == ("may be", ("buisness",), None, None)
    assert [(r.quote, r.why) for r in found.rejected] == [("Take efficiency.", "signposting")]


def test_what_is_not_stated_is_none_and_what_is_empty_is_stated() -> None:
    found, problems = loaded("title:\npublisher: ''\nauthors: []\nclaims:\n  - quote: A b.\n    topics: []\n")
    assert found is not None
    assert problems == []
    assert (found.title, found.publisher, found.authors, found.published) == (None, "", (), None)
    assert (found.claims[0].topics, found.claims[0].entities) == ((), None)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\n\n", "claims:\n", "---\n"])
def test_an_empty_file_says_nothing(text: str) -> None:
    assert loaded(text) == (Sidecar(file="seeds/x.yml"), [])


def test_words_that_yaml_would_turn_into_something_else_stay_words() -> None:
    text = "title: 1.10\npublisher: no\npublished: 2026-03-09\nclaims:\n  - {quote: 12:30, note: yes, hedge: none}\n"
    found, problems = loaded(text)
    assert found is not None
    assert problems == []
    assert (found.title, found.publisher, found.published) == ("1.10", "no", "2026-03-09")
    assert (found.claims[0].quote, found.claims[0].note, found.claims[0].not_hedged) == ("12:30", "yes", True)


def test_author_and_none_are_flags() -> None:
    found, _ = loaded("claims:\n  - {quote: a b, asserter: author, hedge: none}\n")
    assert found is not None
    claim = found.claims[0]
    assert (claim.asserter, claim.by_author, claim.hedge, claim.not_hedged) == (None, True, None, True)


def test_all_problems_come_at_once_and_the_sound_rest_is_kept() -> None:
    found, problems = loaded(
        "titel: x\nrights: some\npublished: 9 March 2026\nclaims:\n  - quote: A.\n    kind: supprts\n  - note: b\n"
        "  - quote: C.\n    relations:\n      - {to: c7k2m9x, kind: supprts}\n"
    )
    assert found is not None
    assert [claim.quote for claim in found.claims] == ["A.", "C."]
    assert found.claims[1].relations == ()
    assert problems == ["1:1 S05", "2:9 S07", "3:12 S09", "6:11 S07", "7:5 S08", "10:9 S08", "10:29 S07"]


def test_messages_name_the_path_and_a_value_that_would_work() -> None:
    text = words(
        "claims:\n  - quote: A.\n    relations:\n      - {to: c7k2m9x, kind: supprts, why: x}\n"
        "published: March 9, 2026\n"
    )
    assert "claims[0].relations[0].kind is “supprts”" in text
    assert "write kind: supports" in text
    assert "write published: 2026-03-09" in text
    assert "write c7k201x" in words("claims:\n  - {quote: A, id: C7K2OIX}\n")
    assert "source_url: https://example.com/a" in words("source_url: example.com/a\n")
    assert "did you mean quote?" in words("claims:\n  - {qoute: A}\n")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.b/",
        "//a.b/c",
        "http://",
        "https://u:p@a.b/",
        "https://a b.c/",
        "https://a.b/<script>",
        "https://[::1",
        "https://a.b:99999999/",
    ],
)
def test_addresses_that_are_none_are_refused(address: str) -> None:
    found, problems = loaded(f"source_url: {json.dumps(address)}\n")
    assert found is not None
    assert found.source_url is None
    assert problems == ["1:13 S10"]


@pytest.mark.parametrize("date", ["2026-02-30", "2026-13", "26", "2026-3-9", "0000", "soon", "2026-03-09T10:00:00Z"])
def test_dates_that_are_none_are_refused(date: str) -> None:
    assert loaded(f"published: {date}\n")[1] == ["1:12 S09"]


@pytest.fixture(params=["libyaml", "python"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "python":
        monkeypatch.setattr(yaml_source, "_Parser", yaml.SafeLoader)


@pytest.mark.parametrize(
    ("text", "place", "part"),
    [
        ("a: b: c\n", "1:5 S02", "a second colon"),
        ("title: 'x\nrights: full\n", "1:8 S02", "never closed"),
        ('title: "Foo" said bar\n', "1:1 S02", "does not fit"),
        ("claims:\n\t- quote: x\n", "2:1 S02", "a tab"),
        ("claims:\n<<<<<<< HEAD\n  - quote: x\n=======\n  - quote: y\n>>>>>>> b\n", "2:1 S02", "git left a conflict here"),
        ("claims:\n  - quote: x\n   kind: fact\n", "3:4 S02", "does not fit"),
        ("authors: [A, B\nrights: full\n", "1:10 S02", "a bracket"),
        ("title: @x\n", "1:8 S02", "can't begin with this sign"),
        ("title: *\n", "1:8 S02", "can't begin with * or &"),
        ('title: "a\\q"\n', "1:8 S02", "a backslash"),
        ("title: x\nrights\n", "2:1 S02", "without its colon"),
        ("title: x\x07y\n", "1:9 S02", "U+0007"),
        ("title: a\n---\ntitle: b\n", "2:1 S03", "second YAML document"),
        ("title: " + "[" * 500, "1:27 S03", "more than 20 deep"),
        ("? [a]\n: b\n", "1:3 S03", "where a key belongs"),
        ("- a\n- b\n", "1:1 S06", "a list, not keys"),
        ("just words\n", "1:1 S06", "not keys with values"),
    ],
)
@pytest.mark.usefixtures("_parser")
def test_broken_yaml_is_told_in_plain_words(text: str, place: str, part: str) -> None:
    found, problems = loaded(text)
    assert problems[0] == place
    assert part in words(text)
    assert found is None or "second" in part or "key belongs" in part


@pytest.mark.usefixtures("_parser")
def test_aliases_tags_and_doubled_keys_are_refused_together() -> None:
    found, problems = loaded("title: &t x\npublisher: *t\nrights_note: !!python/name:os.system y\ntitle: z\n")
    assert found is not None
    assert problems == ["1:8 S03", "3:14 S03", "4:1 S04"]
    assert found.publisher is None


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("title: *t\n", ""),
        ("title: &t x\n", ""),
        ("title: &t x\npublisher: *t\n", "1 more such mark, the last in line 2"),
        ("defaults: &d\n  kind: fact\nclaims:\n- quote: One.\n  <<: *d\n", "1 more such mark, the last in line 5"),
        ("claims:\n- quote: &q One.\n- quote: *q\n- {quote: Two., topics: [*q, *q]}\n", "3 more such marks, the last in line 4"),
        ("&all\nclaims:\n- *all\n", "1 more such mark, the last in line 3"),
    ],
    ids=["a reference", "a name", "both", "a template", "in claims", "around itself"],
)
@pytest.mark.usefixtures("_parser")
def test_however_many_references_are_one_problem(text: str, more: str) -> None:
    problems = Problems()
    parse_sidecar(text, file="seeds/x.yml", problems=problems)
    (problem,) = problems
    assert (problem.code, problem.severity) == ("S03", "error")
    assert problem.message.endswith(f"such marks are not read ({more})" if more else "such marks are not read")


@pytest.mark.usefixtures("_parser")
def test_what_stands_beside_a_reference_is_kept() -> None:
    found, _ = loaded("title: &t x\npublisher: *t\nclaims:\n- &c\n  quote: One.\n  topics: [*t, energy]\n- quote: *t\n")
    assert found is not None
    assert (found.title, found.publisher) == ("x", None)
    assert [(claim.quote, claim.topics) for claim in found.claims] == [("One.", ("energy",))]


def test_a_file_full_of_names_is_read_in_time() -> None:
    def named(size: int) -> list[str]:
        return loaded("claims:\n" + "".join(f"- {{quote: &n{at} One}}\n" for at in range(size)))[1]

    assert "2:11 S03" in named(10_000)
    assert grows_in_step(named, 1_000)


def test_600_bytes_of_nested_aliases_stay_small() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + at)}: &{chr(98 + at)} [{','.join('*' + chr(97 + at) for _ in range(9))}]\n" for at in range(8)
    )
    _, problems = loaded(bomb)
    assert ratio(lambda: loaded(bomb), lambda: loaded("title: x\n" * (len(bomb) // 9)), 30) < 30
    assert any(problem.endswith("S03") for problem in problems)


def test_a_sidecar_of_50_megabytes_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, problems = tmp_path / "x.yml", Problems()
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("it was read"))
    monkeypatch.setattr(Path, "read_text", lambda self, **_: pytest.fail("it was read"))
    assert load_sidecar(path, file="seeds/x.yml", problems=problems) is None
    assert [problem.message for problem in problems] == [
        "the file holds 50,000,000 bytes; more than 2,000,000 are not read"
    ]


@pytest.mark.parametrize("raw", [b"title: \xff\xfe", b"\xff\xfet\x00i\x00", b"title: caf\xe9\n"])
def test_other_encodings_are_named(raw: bytes, tmp_path: Path) -> None:
    path, problems = tmp_path / "x.yml", Problems()
    path.write_bytes(raw)
    assert load_sidecar(path, file="x.yml", problems=problems) is None
    assert [problem.code for problem in problems] == ["S01"]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path, problems = tmp_path / "x.yml", Problems()
    path.write_bytes(
        b"\xef\xbb\xbftitle: A\r\nclaims:\r\n  - quote: B\r\n    kind: fact\r\n  - quote: C 1\r\n    kinds: x\r\n"
    )
    found = load_sidecar(path, file="x.yml", problems=problems)
    assert found is not None
    assert (found.title, [c.line for c in found.claims]) == ("A", [3, 5])
    assert [(p.line, p.column, p.code) for p in problems] == [(6, 5, "S05")]


def test_links_and_missing_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "y.yml").write_text("title: A\n", encoding="utf-8")
    (tmp_path / "x.yml").symlink_to(tmp_path / "y.yml")
    problems = Problems()
    assert load_sidecar(tmp_path / "x.yml", file="x.yml", problems=problems) is None
    assert load_sidecar(tmp_path / "z.yml", file="z.yml", problems=problems) is None
    assert [problem.code for problem in problems] == ["S01", "S01"]


def test_a_file_full_of_mistakes_is_listed_up_to_a_bound() -> None:
    def wrong(size: int) -> list[str]:
        return loaded("".join(f"a{at}: x\n" for at in range(size)))[1]

    assert len(wrong(20_000)) == yaml_source.MAX_PROBLEMS + 1
    assert grows_in_step(wrong, 2_000)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab:-#&*!'\"[]{}>|\n\t ,?%@\\é🚀", max_size=40))
def test_no_text_breaks_the_loader(text: str) -> None:
    problems = Problems()
    found = parse_sidecar(text, file="x.yml", problems=problems)
    assert found is not None or problems.has_errors


ACCEPTED = [
    "{}",
    "title: A",
    "title: 1984",
    "title:",
    "authors: A",
    "authors: [A, B]",
    "authors: []",
    "publisher: ''",
    "published: 2026",
    "published: 2026-03",
    "published: 2026-03-09",
    "source_url: https://a.b/c?d=e#f",
    "language: pt-BR",
    "rights: full",
    "rights: excerpt",
    "rights_note: CC",
    "claims: []",
    "claims:",
    "claims: [{quote: A}]",
    "claims: [{quote: 35}]",
    "claims: [{quote: A, kind: fact, weight: main, hedge: none, asserter: author}]",
    "claims: [{quote: A, topics: [], entities: x-y, sic: A, id: c7k2m9x}]",
    "claims: [{quote: A, id: c123456}]",
    "claims: [{quote: A, prefix: '', suffix: '', note: ''}]",
    "claims: [{quote: A, relations: []}]",
    "claims: [{quote: A, relations: [{to: c7k2m9x, kind: related, why: B}]}]",
    "claims: [{id: c7k2m9x, merged_into: c7k2m9y}]",
    "rejected: [{quote: A}]",
    "rejected: [{quote: A, why: B}]",
]
REFUSED = [
    "[]",
    "A",
    "titel: A",
    "title: ''",
    "title: [A]",
    "title: {a: b}",
    "title: true",
    "authors: {a: b}",
    "authors: ['']",
    "authors: [[A]]",
    "authors: [null]",
    "published: soon",
    "published: 26",
    "published: 2026-3-9",
    "published: 2026-13",
    "source_url: javascript:x",
    "source_url: a.b/c",
    "source_url: 'https://a b/'",
    "language: English (UK)",
    "rights: yes please",
    "rights: Full",
    "claims: A",
    "claims: {quote: A}",
    "claims: [A]",
    "claims: [{}]",
    "claims: [{quote: ''}]",
    "claims: [{quote: null}]",
    "claims: [{quote: [A]}]",
    "claims: [{quote: A, kind: opinion}]",
    "claims: [{quote: A, weight: 1}]",
    "claims: [{quote: A, id: c7k2m9}, {quote: B, id: x}]",
    "claims: [{quote: A, id: c7k2mil}]",
    "claims: [{quote: A, id: C7K2M9X}]",
    "claims: [{quote: A, asserter: ''}]",
    "claims: [{quote: A, topics: [A B]}]",
    "claims: [{quote: A, topics: {a: b}}]",
    "claims: [{quote: A, relations: [{to: c7k2m9x, kind: related}]}]",
    "claims: [{quote: A, relations: [{to: c7k2m9x, kind: related, why: ''}]}]",
    "claims: [{quote: A, relations: [{to: c7k2m9x, kind: supprts, why: B}]}]",
    "claims: [{quote: A, relations: [{kind: related, why: B}]}]",
    "claims: [{quote: A, relations: c7k2m9x}]",
    "claims: [{quote: A, merged_into: c7k2m9x}]",
    "claims: [{id: c7k2m9x}]",
    "rejected: [{why: A}]",
    "rejected: [A]",
    "rejected: [{quote: A, kind: fact}]",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_schema_and_loader_both_accept(text: str) -> None:
    assert loaded(text)[1] == []
    jsonschema.validate(plain(text), SCHEMA)


@pytest.mark.parametrize("text", REFUSED)
def test_schema_and_loader_both_refuse(text: str) -> None:
    assert loaded(text)[1] != []
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain(text), SCHEMA)


def test_the_schema_is_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", sorted((ROOT / "seeds").glob("0*.yml")), ids=lambda path: path.stem)
def test_the_sidecars_of_the_seeds_load_without_a_problem(path: Path) -> None:
    problems = Problems()
    found = load_sidecar(path, file=path.name, problems=problems)
    assert list(problems) == []
    assert found is not None
    assert found.claims
    jsonschema.validate(plain(path.read_text(encoding="utf-8")), SCHEMA)


def references(*texts: str, known: str = "c7k2m9x c7k2m9y cabcdefg", **more: object) -> list[str]:
    problems, sidecars = Problems(), []
    for at, text in enumerate(texts):
        found = parse_sidecar(text, file=f"{'abc'[at]}.yml", problems=problems)
        assert found is not None
        sidecars.append(found)
    assert list(problems) == []
    check_references(sidecars, known.split(), {"policy"}, {"anthropic"}, problems, **more)  # type: ignore[arg-type]
    return [problem.as_text() for problem in problems]


def to(claim: str, quote: str = "A.", kind: str = "related", extra: str = "") -> str:
    return f"claims:\n  - quote: {quote}\n{extra}    relations:\n      - {{to: {claim}, kind: {kind}, why: W.}}\n"


def test_an_unknown_claim_is_reported_with_the_nearest() -> None:
    found = references(to("c7k2m9w"))
    assert len(found) == 1
    assert found[0].startswith("a.yml:4: error S13: to names the claim c7k2m9w, which does not exist")
    assert "the ids most like it are c7k2m9x or c7k2m9y; copy" in found[0]
    assert "fix: copy the id" in references(to("c0000000"))[0], "ids that only begin alike are no help"


def test_a_relation_within_one_article_is_reported() -> None:
    assert " S14" in references(to("c7k2m9x"), home={"c7k2m9x": "a.yml"})[0]
    assert references(to("c7k2m9x"), home={"c7k2m9x": "b.yml"}) == []
    assert " S14" in references(to("c7k2m9x") + "  - {quote: B., id: c7k2m9x}\n")[0]


def test_a_relation_stated_at_both_ends_is_reported_once() -> None:
    ends = (to("c7k2m9y", extra="    id: c7k2m9x\n"), to("c7k2m9x", kind="disputes"))
    found = references(*ends, minted={("b.yml", 2): "c7k2m9y"})
    assert len(found) == 1
    assert found[0].startswith("b.yml:4: error S15")
    assert "a.yml, line 5, there as related, here as disputes" in found[0]
    assert references(*ends) == []


def test_unknown_topics_and_entities_are_reported() -> None:
    found = references("claims:\n  - {quote: A, topics: [polcy, anthropic], entities: [nobody]}\n")
    assert [line.split(": ")[1] for line in found] == ["error S16"] * 3
    assert "write policy" in found[2]
    assert "under entities: instead" in found[0] + found[1] + found[2]


def test_merged_claims_need_a_target() -> None:
    assert " S13" in references("claims:\n  - {id: c7k2m9x, merged_into: c0000000}\n")[0]
    assert " S14" in references("claims:\n  - {id: c7k2m9x, merged_into: c7k2m9x}\n")[0]
    assert references("claims:\n  - {id: c7k2m9x, merged_into: c7k2m9y}\n") == []


def test_one_id_in_two_sidecars_is_reported() -> None:
    same = "claims:\n  - {quote: A, id: c7k2m9x}\n"
    assert [line[:18] for line in references(same, same)] == ["b.yml:2: error S12"]


def test_a_hundred_thousand_claims_do_not_slow_the_hint() -> None:
    def hint(size: int) -> str:
        return references(to("c000123x"), known=" ".join(f"c{at:07d}" for at in range(size)))[0]

    assert "c0001230, c0001231 or c0001232" in hint(100_000)
    assert grows_in_step(hint, 10_000)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.txt", "a.yml", "topics.yml", "ledger.json", ".DS_Store", ".hidden.yml"], []),
        (["a.txt", "b.yml"], ["S17 seeds/b.yml"]),
        (["a.txt", "a.yaml"], ["S17 seeds/a.yaml"]),
        (["a.txt", "a.md"], ["S18 seeds/a.txt"]),
        (["A.txt", "a.md"], ["S18 seeds/a.md"]),
        (["topics.txt"], ["S18 seeds/topics.txt"]),
        (["a.htm", "b.TXT", "c.pdf", "picture.png"], ["S20 seeds/a.htm", "S20 seeds/b.TXT", "S20 seeds/c.pdf"]),
    ],
)
def test_the_folder(names: list[str], expected: list[str]) -> None:
    problems = Problems()
    check_folder(names, problems, folder="seeds")
    assert [f"{problem.code} {problem.file}" for problem in problems] == expected


def test_the_folder_is_judged_the_same_in_any_order() -> None:
    names = ["b.yml", "a.txt", "a.md", "a.html", "c.yaml"]
    one, other = Problems(), Problems()
    check_folder(names, one)
    check_folder(names[::-1], other)
    assert list(one) == list(other)


CODES_OF_COMMANDS = {"S21", "S22"}
"""Of `import` and of writing files; `check` never reports them."""


def test_every_code_of_sidecars_and_vocabulary_has_its_golden_folder() -> None:
    folders = {path.parent.name for path in (ROOT / "tests/problems").glob("[SV][0-9][0-9]/expected.txt")}
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "build_tools").glob("*sidecar*.py"))
    named = set(re.findall(r'"(S[0-9]{2})"', text)) | {
        f"S{int(n):02}" for n in re.findall(r"return ([0-9]{1,2}), ", text)
    }
    assert named | {"S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08"} <= folders | CODES_OF_COMMANDS
    assert folders >= {f"V{number:02}" for number in range(1, 14)} | {f"S{number:02}" for number in range(1, 21)}


@pytest.mark.parametrize("folder", sorted((ROOT / "tests/problems").glob("S[01][0-9]")), ids=lambda path: path.name)
def test_the_loader_alone_gives_the_golden_message(folder: Path) -> None:
    """Codes that need no other file; the rest is compared where `check` is run on all golden folders."""
    if int(folder.name[1:]) in (13, 14, 15, 16, 17, 18):
        assert folder.joinpath("expected.txt").read_text(encoding="utf-8").count(f" {folder.name}: ") >= 1
        return
    problems = Problems()
    load_sidecar(folder / "seeds/x.yml", file="seeds/x.yml", problems=problems)
    expected = folder.joinpath("expected.txt").read_text(encoding="utf-8")
    assert expected.startswith("\n".join(problem.as_text() for problem in problems) + "\n")
