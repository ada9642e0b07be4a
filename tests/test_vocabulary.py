"""The vocabulary: what is read from topics.yml, what is refused, and that the editors' schema agrees."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from ratio import grows_in_step

from build_tools.model import Concept
from build_tools.problems import Problems
from build_tools.vocabulary import load_vocabulary, parse_vocabulary

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((ROOT / "build_tools/schema/topics.schema.json").read_text(encoding="utf-8"))


def loaded(text: str) -> tuple[tuple[Concept, ...], list[str]]:
    problems = Problems()
    found = parse_vocabulary(text, file="topics.yml", problems=problems)
    return found, [problem.as_text() for problem in problems]


def codes(text: str) -> list[str]:
    return [line.split(": ")[1].split()[-1] for line in loaded(text)[1]]


def topics(**broader: str) -> str:
    return "topics:\n" + "".join(f"  {n}: {{prefLabel: Label {n}, broader: [{b}]}}\n" for n, b in broader.items())


def test_everything_in_the_guide_is_read() -> None:
    guide = (ROOT / "docs/guide/sidecar.md").read_text(encoding="utf-8")
    found, problems = loaded(guide.split("```yaml\n")[-1].split("```")[0])
    assert problems == []
    export, policy, compute, anthropic = found
    assert export.pref_label == "Export controls"
    assert (export.kind, export.alt_labels, export.hidden_labels) == ("topic", ("chip sanctions",), ("export control",))
    assert (export.broader, export.related, compute.related) == (("policy",), ("compute",), ("export-controls",))
    assert policy.broader == ()
    assert (anthropic.kind, anthropic.pref_label, anthropic.origin) == ("organisation", "Anthropic", "curated")


def test_related_stands_on_both_ends_once() -> None:
    found, problems = loaded(
        "topics:\n  a: {prefLabel: A, related: [c, b]}\n  b: {prefLabel: B, related: a}\n  c: {prefLabel: C}\n"
    )
    assert problems == []
    assert [concept.related for concept in found] == [("b", "c"), ("a",), ("a",)]


@pytest.mark.parametrize(
    ("broader", "circles"),
    [
        ({"a": "a"}, ["a → a"]),
        ({"a": "b", "b": "c", "c": "a"}, ["a → b → c → a"]),
        ({"a": "b", "b": "a", "c": "d", "d": "c"}, ["a → b → a", "c → d → c"]),
        ({"a": "b", "b": "c", "c": ""}, []),
    ],
)
def test_circles_are_named_and_opened(broader: dict[str, str], circles: list[str]) -> None:
    found, problems = loaded(topics(**broader))
    assert sorted(line.split("circle: ")[1].split("\n")[0] for line in problems) == circles
    left = {concept.id: set(concept.broader) for concept in found}
    for _ in range(len(left)):
        left = {name: {p for p in parents if left.get(p)} for name, parents in left.items()}
    assert not any(left.values())


def test_labels_must_tell_concepts_apart_whatever_their_capitals() -> None:
    text = (
        "topics:\n  a: {prefLabel: Chips}\n  b: {prefLabel: B, hiddenLabel: [CHIPS]}\n"
        "entities:\n  c: {kind: law, prefLabel: b}\n"
    )
    _, problems = loaded(text)
    assert [line.split("\n")[0] for line in problems] == [
        "topics.yml:3:34: error V12: the label “CHIPS” of topics.b is a label of topics.a too",
        "topics.yml:5:29: error V12: the label “b” of entities.c is a label of topics.b too",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("topics:\n  a: {prefLabel: A, broader: b}\n", "V11"),
        ("topics:\n  a: {prefLabel: A, related: b}\n", "V11"),
        ("topics:\n  a: {prefLabel: A, related: a}\n", "V13"),
        ("topics:\n  a: {prefLabel: A, broader: b, related: b}\n  b: {prefLabel: B}\n", "V13"),
        ("topics:\n  a: {prefLabel: A, altLabel: a}\n", "V12"),
        ("topics:\n  a: {prefLabel: A}\nentities:\n  a: {kind: law, prefLabel: B}\n", "V09"),
        ("topics:\n  - a\n", "V06"),
        ("topics: a\n", "V06"),
        ("- a\n", "V06"),
        ("topics:\n  a: A\n", "V08"),
        ("topics:\n\ta: A\n", "V02"),
        ("topics: &t {}\n", "V03"),
        ("topics: {}\ntopics: {}\n", "V04"),
    ],
)
def test_each_mistake_has_its_code(text: str, code: str) -> None:
    assert codes(text) == [code]


ACCEPTED = [
    "",
    "topics:",
    "topics: {}",
    "topics: {a: {prefLabel: A}}",
    "topics: {a-1: {prefLabel: 5, altLabel: b, scopeNote: ''}}",
    "topics: {a: {prefLabel: A, broader: [], related: []}}",
    "entities: {a: {kind: law, prefLabel: A, hiddenLabel: [x, y]}}",
]
REFUSED = [
    "[]",
    "A",
    "subjects: {}",
    "topics: []",
    "topics: {a: null}",
    "topics: {a: A}",
    "topics: {a: {}}",
    "topics: {A b: {prefLabel: A}}",
    "topics: {a: {prefLabel: A, kind: law}}",
    "topics: {a: {prefLabel: ''}}",
    "topics: {a: {preflabel: A}}",
    "entities: {a: {prefLabel: A}}",
    "entities: {a: {kind: thing, prefLabel: A}}",
    "topics: {a: {prefLabel: [A]}}",
    "topics: {a: {prefLabel: A, altLabel: {b: c}}}",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_schema_and_loader_both_accept(text: str) -> None:
    assert loaded(text)[1] == []
    jsonschema.validate(yaml.safe_load(text), SCHEMA)


@pytest.mark.parametrize("text", REFUSED)
def test_schema_and_loader_both_refuse(text: str) -> None:
    assert loaded(text)[1] != []
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(text), SCHEMA)


def test_the_schema_is_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_large_vocabulary_full_of_mistakes_is_read_in_time() -> None:
    def wrong(size: int) -> tuple[int, int]:
        found, problems = loaded("topics:\n" + "".join(f"  t{i}: {{prefLabel: L{i}, broader: x{i}}}\n" for i in range(size)))
        return len(found), len(problems)

    assert wrong(8_000) == (8_000, 101)
    assert grows_in_step(wrong, 1_000)


@pytest.mark.skipif(not (ROOT / "seeds/topics.yml").exists(), reason="the seeds have no vocabulary")
def test_the_vocabulary_of_the_seeds_loads_without_a_problem() -> None:
    problems, path = Problems(), ROOT / "seeds/topics.yml"
    found = load_vocabulary(path, file="topics.yml", problems=problems)
    assert list(problems) == []
    assert {concept.kind == "topic" for concept in found} == {True, False}
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), SCHEMA)


@pytest.mark.parametrize("folder", sorted((ROOT / "tests/problems").glob("V*")), ids=lambda path: path.name)
def test_the_loader_alone_gives_the_golden_message(folder: Path) -> None:
    problems = Problems()
    load_vocabulary(folder / "seeds/topics.yml", file="seeds/topics.yml", problems=problems)
    expected = folder.joinpath("expected.txt").read_text(encoding="utf-8")
    assert expected.startswith("\n".join(problem.as_text() for problem in problems) + "\n")
    assert f" {folder.name}: " in expected
