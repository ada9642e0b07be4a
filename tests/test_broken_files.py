"""Broken files, each through the command line: one clear problem, the rest still published, and no byte of a person lost."""
from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from places import SETTINGS, fill

from build_tools.cli import main

BEES = "Bees in the city\n\nThe first hives came to Lisbon in 1998. City bees make 30 percent more honey than bees on farms.\n"
FARMS = "Farms\n\nFarm bees make 20 percent less honey than city bees. Prices fell by 12 percent in 2025.\n"
OWN = "# mine\r\nclaims:\r\n- quote: 'The first hives came to Lisbon in 1998.'   # keep\r\n  kind: fact\r\n"
CONFLICT = '<<<<<<< HEAD\n{theirs}=======\n{ours}>>>>>>> branch\n'


def _sidecar(text: str | bytes) -> Callable[[Path], None]:
    return lambda seeds: _ignored((seeds / "bees.yml").write_bytes(text if isinstance(text, bytes) else text.encode()))


def _vocabulary(text: str) -> Callable[[Path], None]:
    return lambda seeds: _ignored((seeds / "topics.yml").write_text(text, encoding="utf-8"))


def _ignored(value: object) -> None:
    """Let a lambda end in nothing."""


def _orphan(seeds: Path) -> None:
    (seeds / "beees.yml").write_text(OWN, encoding="utf-8")


def _twins(seeds: Path) -> None:
    (seeds / "bees.md").write_text("# Bees again\n\nThe hives moved to Porto in 2001.\n", encoding="utf-8")


def _ledger_error(seeds: Path) -> None:
    ledger = seeds / "ledger.json"
    ledger.write_text(ledger.read_text(encoding="utf-8").replace('"claims": [', '"claims": [ oops', 1), encoding="utf-8")


@dataclass(frozen=True)
class Case:
    """A broken folder and what is said of it."""

    name: str
    spoil: Callable[[Path], None]
    code: str
    file: str
    says: str
    follow: int = 0
    """How many more problems may follow from it."""


HUGE = "claims:\n" + "  - quote: The first hives came to Lisbon in 1998.\n" * 1_050_000
NESTED = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
UNKNOWN = "claims:\n- quote: The first hives came to Lisbon in 1998.\n  topics: [nowhere]\n"
CASES = [
    Case("broken YAML", _sidecar("claims:\n  - quote: [The first\n  kind: fact\n"), "S02", "bees.yml", "never closed"),
    Case("a tab", _sidecar("claims:\n\t- quote: The first hives\n"), "S02", "bees.yml", "tab"),
    Case("50 MB", _sidecar(HUGE), "S01", "bees.yml", "bytes"),
    Case("nested aliases", _sidecar(NESTED), "S03", "bees.yml", "(80 more such marks, the last in line 9)"),
    Case("nested aliases in the vocabulary", _vocabulary(NESTED), "V03", "topics.yml", "(80 more such marks, the last in line 9)"),
    Case("50 MB of vocabulary", _vocabulary("topics:\n" + "  a: b\n" * 7_500_000), "V01", "topics.yml", "bytes"),
    Case("a list for a vocabulary", _vocabulary("- honey\n- hives\n"), "V06", "topics.yml", "a list"),
    Case("not UTF-8", _sidecar(b"title: caf\xe9\n"), "S01", "bees.yml", "not UTF-8"),
    Case("an unknown topic", _sidecar(UNKNOWN), "S16", "bees.yml", "“nowhere”, which is no topic"),
    Case("a sidecar for no article", _orphan, "S17", "beees.yml", "there is no beees.txt"),
    Case("two articles of one name", _twins, "S18", "bees.txt", "bees.md and bees.txt have one name", 1),
    Case("a ledger with a syntax error", _ledger_error, "L01", "ledger.json", "line"),
]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two sound articles, built once, so that the ledger holds their ids."""
    fill(tmp_path, {"bees.txt": BEES, "bees.yml": OWN, "farms.txt": FARMS}, settings=SETTINGS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    assert main(["build"]) == 0
    return tmp_path


def written(place: Path) -> dict[str, bytes]:
    """Every file of the seeds folder, the ledger too."""
    return {path.name: path.read_bytes() for path in sorted((place / "seeds").iterdir())}


def rows(place: Path) -> dict[str, object]:
    """The ledger's claims by id."""
    found = json.loads((place / "seeds/ledger.json").read_text(encoding="utf-8"))
    return {row["id"]: row for row in found["claims"]}


def problems(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """What `check` says, as data."""
    capsys.readouterr()
    main(["check", "--format", "json"])
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_clear_problem_nothing_lost_and_the_rest_published(
    place: Path, case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    case.spoil(place / "seeds")
    before = written(place)
    ours = {name: body for name, body in before.items() if name != "ledger.json" or case.code.startswith("L")}
    more = [problem for problem in problems(capsys) if problem["severity"] == "error"]
    said = next(problem for problem in more if problem["code"] == case.code)
    assert len(more) <= 1 + case.follow
    assert str(said["file"]).startswith(f"seeds/{case.file}")
    assert case.says in f"{said['message']} line {said['line']}"
    assert said["remedy"]
    for command in (["check"], ["check", "--fix"], ["check", "--strict", "--locked"], ["build"]):
        assert main(command) == 1, command
        assert ours.items() <= written(place).items(), command
        assert before.keys() == written(place).keys(), command
    assert (place / "docs/articles/farms/index.md").is_file()
    assert "Farm bees" in (place / "docs/data/claims.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_published_claim_is_lost_by_it(place: Path, case: Case) -> None:
    before = rows(place)
    ledger = (place / "seeds/ledger.json").read_bytes()
    sound = written(place)
    case.spoil(place / "seeds")
    main(["build"])
    if not case.code.startswith("L"):
        assert before.items() <= rows(place).items()
        sound.pop("ledger.json")
    for name in written(place).keys() - sound.keys() - {"ledger.json"}:
        (place / "seeds" / name).unlink()
    for name, body in sound.items():
        (place / "seeds" / name).write_bytes(body)
    assert main(["build"]) == 0
    assert before.items() <= rows(place).items()
    assert case.code == "S18" or (place / "seeds/ledger.json").read_bytes() == ledger


def test_a_conflict_in_the_ledger_is_told_by_check_and_united_by_build(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = place / "seeds/ledger.json"
    ours = ledger.read_text(encoding="utf-8")
    (place / "seeds/farms.txt").unlink()
    (place / "seeds/honey.txt").write_text("Honey\n\nHoney prices rose by 40 percent in 2024.\n", encoding="utf-8")
    ledger.unlink()
    assert main(["build"]) == 0
    theirs = ledger.read_text(encoding="utf-8")
    (place / "seeds/farms.txt").write_text(FARMS, encoding="utf-8")
    ledger.write_text(CONFLICT.format(theirs=theirs, ours=ours), encoding="utf-8")
    marked = written(place)
    told = [problem for problem in problems(capsys) if str(problem["file"]).endswith("ledger.json")]
    assert told
    assert all(problem["line"] and "build" in str(problem["remedy"]) for problem in told)
    assert written(place) == marked
    assert main(["build"]) == 0
    united = json.loads(ledger.read_text(encoding="utf-8"))
    ids = {row["id"] for text in (ours, theirs) for row in json.loads(text)["claims"]}
    assert {row["id"] for row in united["claims"]} == ids
    assert {name: body for name, body in written(place).items() if name != "ledger.json"} == {
        name: body for name, body in marked.items() if name != "ledger.json"
    }
    assert main(["check", "--strict", "--locked"]) == 0


def test_fix_changes_the_certain_quote_and_no_other_byte(place: Path) -> None:
    (place / "seeds/bees.txt").write_text(BEES.replace("came to Lisbon", "came into Lisbon"), encoding="utf-8")
    before = written(place)
    assert main(["check", "--fix"]) == 0
    after = written(place)
    fixed = after.pop("bees.yml")
    assert fixed == OWN.replace("'The first hives came to Lisbon in 1998.'", "The first hives came into Lisbon in 1998.").encode()
    assert after == {name: body for name, body in before.items() if name != "bees.yml"}


def test_a_site_with_a_broken_sidecar_publishes_the_rest_and_exits_1(place: Path) -> None:
    _sidecar(NESTED)(place / "seeds")
    before = written(place)
    assert main(["site"]) == 1
    assert written(place) == before
    for article in ("bees-in-the-city", "farms"):
        assert (place / "site/articles" / article / "index.html").is_file()


@pytest.mark.parametrize("case", [case for case in CASES if case.code in {"S01", "S02"}], ids=lambda case: case.name)
def test_what_is_known_of_an_article_waits_until_its_sidecar_can_be_read(place: Path, case: Case) -> None:
    """A sidecar is saved half-written while a preview runs: no claim is withdrawn for it, no rejected one published."""
    rejected = "rejected:\n- quote: City bees make 30 percent more honey than bees on farms.\n"
    own = "claims:\n- quote: The first hives came to Lisbon\n  kind: fact\n" + rejected
    (place / "seeds/bees.yml").write_text(own, encoding="utf-8")
    assert main(["build"]) == 0
    ledger = (place / "seeds/ledger.json").read_bytes()
    case.spoil(place / "seeds")
    assert main(["build"]) == 1
    assert (place / "seeds/ledger.json").read_bytes() == ledger
    (place / "seeds/wasps.txt").write_text("Wasps\n\nWasps killed 12 percent of the city's bees in 2024.\n", encoding="utf-8")
    main(["build"])
    assert "Wasps killed" in (place / "seeds/ledger.json").read_text(encoding="utf-8"), "other articles go on"
    (place / "seeds/wasps.txt").unlink()
    (place / "seeds/ledger.json").write_bytes(ledger)
    (place / "seeds/bees.yml").write_text(own, encoding="utf-8")
    assert main(["build"]) == 0
    assert (place / "seeds/ledger.json").read_bytes() == ledger


def test_an_article_that_is_emptied_by_mistake_keeps_its_place_in_the_ledger(place: Path) -> None:
    ledger = (place / "seeds/ledger.json").read_bytes()
    (place / "seeds/bees.txt").write_text("", encoding="utf-8")
    assert main(["build"]) == 1
    assert (place / "seeds/ledger.json").read_bytes() == ledger


def test_a_vocabulary_that_cannot_be_read_withdraws_no_topic(place: Path) -> None:
    topics = place / "seeds/topics.yml"
    topics.write_text("topics:\n  honey:\n    prefLabel: Honey\n  hives:\n    prefLabel: Hives\n", encoding="utf-8")
    assert main(["build"]) == 0
    ledger = (place / "seeds/ledger.json").read_bytes()
    assert b'"topics/honey"' in ledger
    topics.write_text("topics:\n  honey: [\n", encoding="utf-8")
    assert main(["build"]) == 1
    assert (place / "seeds/ledger.json").read_bytes() == ledger
