"""What is written about the project, compared with the project: codes, words, links, workflows."""
from __future__ import annotations

import ast
import inspect
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from build_tools import cli, model, publish
from build_tools.problems import Problems
from build_tools.sidecar import parse_sidecar

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "build_tools"
DOCS = ROOT / "docs"
CODE = re.compile(r"[RSVALCPF][0-9]{2}\Z")
PAGES = sorted([*(DOCS / "guide").glob("*.md"), *(DOCS / "about").rglob("*.md"), *ROOT.glob("*.md")])
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
DECISIONS = DOCS / "about" / "decisions"


@cache
def codes_in_the_code() -> set[str]:
    """Return every problem code that a module can report, from its syntax tree."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        letters = _letters(path.relative_to(PACKAGE).parts[0].removesuffix(".py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.match(node.value):
                found.add(node.value)
            elif letters:
                found |= {f"{letter}{number:02}" for number in _numbers(node) for letter in letters}
    return found


def _letters(stage: str) -> str:
    """Return the letters of stages that report by number: sidecar, vocabulary, and what both are read with."""
    return {"yaml_source": "SV", "vocabulary": "V", "sidecar": "S"}.get(stage, "")


def _numbers(node: ast.AST) -> Iterator[int]:
    """Give the code numbers in `report.error(6, …)` and in `return 9, what, remedy`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"error", "warning"}:
        first = node.args[:1]
    elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 3:
        first = node.value.elts[:1]
    else:
        return
    yield from (one.value for one in first if isinstance(one, ast.Constant) and type(one.value) is int)


def codes_in_the_guide() -> list[str]:
    text = (DOCS / "guide" / "problems.md").read_text(encoding="utf-8")
    return [code for heading in re.findall(r"^### (.*?):", text, re.MULTILINE) for code in heading.split(" and ")]


def test_every_problem_code_is_explained():
    found = codes_in_the_code()
    assert {"R01", "S07", "V07", "V10", "L01", "F01", "P01", "C01", "A01"} <= found
    assert found - set(codes_in_the_guide()) == set(), "add them to docs/guide/problems.md"


def test_the_guide_explains_no_code_that_is_gone():
    named = codes_in_the_guide()
    assert len(named) == len(set(named))
    assert set(named) - codes_in_the_code() == set()


def test_every_code_can_be_linked_to():
    text = (DOCS / "guide" / "problems.md").read_text(encoding="utf-8")
    for code in codes_in_the_guide():
        assert f"{{#{code.lower()}}}" in text or f'id="{code.lower()}"' in text, code


def test_the_glossary_knows_every_value():
    text = (DOCS / "about" / "glossary.md").read_text(encoding="utf-8")
    values = [name for name, one in inspect.getmembers(model, inspect.isclass) if one.__module__ == model.__name__]
    assert len(values) > 15
    assert [name for name in values if f"`{name}`" not in text] == []


@pytest.mark.parametrize("group", ["BLOCK_KINDS", "CLAIM_KINDS", "RELATION_KINDS", "ENTITY_KINDS"])
def test_the_glossary_knows_every_kind(group):
    text = (DOCS / "about" / "glossary.md").read_text(encoding="utf-8")
    assert [kind for kind in getattr(model, group) if f"`{kind}`" not in text] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_files_lead_somewhere(path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target) or target.startswith("#"):
            continue
        file = (path.parent / target.partition("#")[0]).resolve()
        made = file.is_relative_to(DOCS) and file.relative_to(DOCS).parts[0] in publish.OWNED
        assert made or file.exists(), f"{path.name}: {target}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_into_the_problems_page_find_their_place(path):
    problems = (DOCS / "guide" / "problems.md").read_text(encoding="utf-8")
    places = re.findall(r"\{#([a-z0-9]+)\}|id=\"([a-z0-9]+)\"", problems)
    known = {one for pair in places for one in pair if one}
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"problems\.md#([a-z0-9]+)", text)) <= known


def test_commands_in_the_documents_exist():
    options = _commands()
    assert {"build", "site", "serve", "check", "propose", "add"} <= options.keys()
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        for name, rest in re.findall(r"-m build_tools ([a-z]+)([^`\n|;&]*)", text):
            assert name in options, f"{path.name}: {name}"
            for option in re.findall(r"(--[a-z-]+)", rest):
                assert option in options[name], f"{path.name}: {name} {option}"


def _commands() -> dict[str, str]:
    """Return the help text of every command."""
    parser = cli._parser()
    choices = next(action.choices for action in parser._actions if action.choices)
    return {name: command.format_help() for name, command in choices.items()}


def test_make_targets_in_the_documents_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for path in PAGES:
        for target in re.findall(r"`make ([a-z]+)", path.read_text(encoding="utf-8")):
            assert target in targets, f"{path.name}: make {target}"


def test_modules_in_the_architecture_exist():
    text = (DOCS / "about" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(build_tools/[a-z_/]+(?:\.py)?)`", text))
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_decision_is_listed_and_whole():
    index = (DECISIONS / "index.md").read_text(encoding="utf-8")
    records = sorted(DECISIONS.glob("[0-9]*.md"))
    assert [path.name[:4] for path in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    for path in records:
        text = path.read_text(encoding="utf-8")
        assert f"({path.name})" in index
        for part in ("## Why", "## What it costs"):
            assert part in text, f"{path.name} has no {part}"


def test_the_changelog_has_the_version():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version
    assert "## [Unreleased]" in text
    assert f"## [{version[1]}]" in text


def test_nobodys_machine_is_named():
    private = re.compile(r"(?:^|[\s\"'(`=])/(?:work|home|root|Users)/")
    for path in (*PAGES, *WORKFLOWS, ROOT / "Makefile", ROOT / ".ci" / "run"):
        assert not private.search(path.read_text(encoding="utf-8")), path


def load(path: Path) -> dict[str, object]:
    """Read a workflow; YAML takes its key `on` for a yes."""
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return {"on" if key is True else key: value for key, value in loaded.items()}


def test_there_are_workflows():
    assert {path.stem for path in WORKFLOWS} >= {"publish", "check", "early-warning"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_official_and_pinned_by_commit(path):
    used = re.findall(r"uses:\s*(\S+)(.*)", path.read_text(encoding="utf-8"))
    assert used
    for action, rest in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action), action
        assert re.match(r" # v\d+\.\d+\.\d+$", rest), f"{action} does not say which version it is"


def test_one_action_has_one_version():
    texts = [path.read_text(encoding="utf-8") for path in WORKFLOWS]
    used = {match for text in texts for match in re.findall(r"uses:\s*(\S+)@(\S+)", text)}
    assert len(used) == len({name for name, _ in used})


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_have_few_rights(path):
    workflow = load(path)
    assert workflow["permissions"] == {"contents": "read"}
    triggers = workflow["on"]
    assert isinstance(triggers, dict)
    assert "pull_request_target" not in triggers
    jobs = workflow["jobs"]
    assert isinstance(jobs, dict)
    for name, job in jobs.items():
        assert job["timeout-minutes"] <= 20, name
        if "pull_request" in triggers:
            assert "permissions" not in job, f"{name} runs code of strangers"
        writes = {right for right, level in job.get("permissions", {}).items() if level == "write"}
        if writes:
            commands = " ".join(str(step.get("run", "")) for step in job["steps"])
            assert "build_tools" not in commands, f"{name} can write {writes} and runs the project's code"


def test_publication_is_one_at_a_time_and_sees_the_history():
    workflow = load(ROOT / ".github" / "workflows" / "publish.yml")
    assert workflow["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    jobs = workflow["jobs"]
    assert isinstance(jobs, dict)
    checkout = jobs["build"]["steps"][0]
    assert checkout["with"]["fetch-depth"] == 0
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert jobs["deploy"]["environment"]["name"] == "github-pages"


def test_forms_and_settings_of_the_host_are_yaml():
    for path in (ROOT / ".github").rglob("*.yml"):
        assert yaml.safe_load(path.read_text(encoding="utf-8")), path
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "suggest-claim.yml").read_text(encoding="utf-8"))
    assert {field["id"] for field in form["body"] if field["type"] != "markdown"} == {"article", "entry", "why"}


def test_the_example_of_the_issue_form_is_a_sidecar():
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "suggest-claim.yml").read_text(encoding="utf-8"))
    example = next(field for field in form["body"] if field.get("id") == "entry")["attributes"]["placeholder"]
    problems = Problems()
    indented = "".join(f"  {line}\n" for line in example.splitlines())
    read = parse_sidecar(f"claims:\n{indented}", file="example.yml", problems=problems)
    assert not len(problems), [problem.as_text() for problem in problems]
    assert read is not None
    assert len(read.claims) == 1


@pytest.mark.skipif(not Path("/bin/bash").exists(), reason="there is no bash on this machine")
def test_the_ci_script_is_a_script():
    done = subprocess.run(["/bin/bash", "-n", ROOT / ".ci" / "run"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_seeds_are_kept_byte_for_byte():
    lines = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    for suffix in ("txt", "html", "htm", "md"):
        assert f"/seeds/*.{suffix} -text" in lines
