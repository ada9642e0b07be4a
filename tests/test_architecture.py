"""The shape of the code, checked from its syntax tree: who may import whom, what is documented, what is never used."""
from __future__ import annotations

import ast
import graphlib
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from build_tools import publish

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "build_tools"

STAGES = (
    "read", "segment", "detect", "anchor", "relate", "concepts", "render", "export", "publish", "finish", "ledger",
    "sidecar", "vocabulary",
)  # fmt: skip
"""Each takes values and returns values, or writes files; none knows another."""
ASSEMBLERS = ("__init__", "pipeline", "site", "serve", "curation", "cli")
"""The only modules that may know more than one stage."""
SHARED = {
    "anchor.find": {"ledger"},
    "anchor.select": {"ledger"},
    "sidecar.model": {"curate", "curation", "annotation_profile"},
    "sidecar.formats": {"vocabulary", "curate", "annotation_profile"},
    "language": {"anchor", "contrast", "read", "detect", "relate", "concepts", "render", "export"},
    "contrast": {"anchor", "relate"},
    "layout": {"read", "segment"},
    "annotation_profile": {"curate", "export"},
    "yaml_source": {"sidecar", "vocabulary", "curate"},
}
"""What several stages rest on though it is no part of the foundation: a module, and to whom it is open."""
FOUNDATION = {
    "model": set(),
    "problems": set(),
    "ids": {"model"},
    "settings": {"model", "problems"},
    "labels": {"model"},
    "processes": set(),
    "document": {"model", "settings"},
    "catalogue": {"model", "settings"},
}
"""Modules that all may use, and all that they may use themselves."""
REFUSED = {
    "mkdocs": "the engine is a program that reads our files",
    "material": "the theme is reached through files, too",
    "zensical": "the engine is a program that reads our files",
    "spacy": "no model that may be installed by name gives sound types",
    "torch": "too heavy for what it adds",
    "sklearn": "too heavy for what it adds",
    "random": "the same input gives the same bytes",
    "uuid": "the same input gives the same bytes",
    "locale": "the same input gives the same bytes",
    "pickle": "runs what it reads",
}
LONGEST_MODULE = 450
LONGEST_FUNCTION = 50
"""Lines without the docstring; the median is a fifth of it."""
CLOCK = re.compile(r"\b(?:time\.time|time\.localtime|datetime\.now|datetime\.utcnow|datetime\.today|date\.today)\b")
DISTRIBUTIONS = {
    "yaml": "PyYAML", "jinja2": "Jinja2", "markupsafe": "MarkupSafe", "bs4": "beautifulsoup4", "PIL": "pillow",
    "markdown_it": "markdown-it-py", "citeproc": "citeproc-py",
}  # fmt: skip
"""Names of packages that are imported under another one."""


@cache
def trees() -> dict[str, ast.Module]:
    """Return the syntax tree of every module, by its dotted name below the package."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    return found


def is_package(name: str) -> bool:
    return (PACKAGE / Path(*name.split(".")) / "__init__.py").is_file()


@cache
def imports(name: str) -> set[str]:
    """Return the modules of ours that a module imports, at any place."""
    at = name.split(".") if is_package(name) else name.split(".")[:-1]
    found = set()
    for node in ast.walk(trees()[name]):
        if isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").split(".")[0] == "build_tools"):
            base = at[: len(at) - node.level + 1] if node.level else []
            base = base + [part for part in (node.module or "").split(".") if part and part != "build_tools"]
            for alias in node.names:
                inner = ".".join([*base, alias.name])
                found.add(inner if inner in trees() else ".".join(base) or "__init__")
        elif isinstance(node, ast.Import):
            names = {alias.name for alias in node.names if alias.name.startswith("build_tools.")}
            found |= {one.removeprefix("build_tools.") for one in names}
    return found


@cache
def packages(name: str) -> set[str]:
    """Return the top-level names of what a module imports from elsewhere."""
    found = set()
    for node in ast.walk(trees()[name]):
        if isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
    return found - {"build_tools"}


def family(name: str) -> str:
    """Return the stage or module that a module belongs to: `read._html` and `read` to `read`."""
    return name.partition(".")[0]


def open_to(name: str) -> set[str] | None:
    """Return the families to which a module is open besides its own; None where that is nobody's business."""
    return next((users for shared, users in SHARED.items() if f"{name}.".startswith(f"{shared}.")), None)


def stages_known(name: str) -> set[str]:
    known = {family(other) for other in imports(name) if open_to(other) is None}
    return known & set(STAGES) - {family(name)}


def named(node: ast.AST, inside: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """Give the functions, methods and classes that a module offers, with their dotted names."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not child.name.startswith("_"):
            yield f"{inside}{child.name}", child
            if isinstance(child, ast.ClassDef):
                yield from named(child, f"{inside}{child.name}.")


MODULES = sorted(trees())


def test_the_tree_is_read():
    assert {"model", "pipeline", "render", "render.claims", "read._html"} <= set(MODULES)
    assert imports("render.claims") >= {"catalogue", "model"}
    assert "render.assets" in imports("render")
    assert family("read._html") == "read"
    assert family("render.claim") == "render"


@pytest.mark.parametrize("name", sorted(FOUNDATION))
def test_the_foundation_rests_on_nothing_above_it(name):
    assert imports(name) <= FOUNDATION[name]


@pytest.mark.parametrize("name", [name for name in MODULES if family(name) in STAGES])
def test_a_stage_knows_no_other(name):
    assert stages_known(name) == set()


@pytest.mark.parametrize("name", [name for name in MODULES if family(name) not in ASSEMBLERS])
def test_only_assemblers_know_several_stages(name):
    assert len(stages_known(name)) <= 1


@pytest.mark.parametrize("name", MODULES)
def test_private_modules_stay_inside_their_package(name):
    for other in imports(name):
        package, _, last = other.rpartition(".")
        if package and last.startswith("_"):
            assert family(name) == package, f"{name} reaches into {other}"


@pytest.mark.parametrize("name", MODULES)
def test_what_is_shared_is_shared_by_name(name):
    for other in imports(name):
        users = open_to(other)
        assert users is None or family(name) in {family(other), *users}, f"{other} isn't open to {name}"


@pytest.mark.parametrize("name", [name for name in MODULES if "." in name and not name.rpartition(".")[2].startswith("_")])
def test_only_what_is_shared_has_a_public_name_inside_a_stage(name):
    package = family(name)
    assert package in {"render", "export", "cards", "yaml_source"} or name in SHARED
    assert name not in SHARED or any(name in imports(other) for other in MODULES if family(other) != package)


def test_no_circle():
    order = graphlib.TopologicalSorter({name: imports(name) - {name} for name in MODULES})
    order.prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize("name", MODULES)
def test_refused_packages_are_not_imported(name):
    found = packages(name) & REFUSED.keys()
    assert not found, f"{name} imports {found}: {[REFUSED[one] for one in found]}"


@pytest.mark.parametrize("name", [name for name in MODULES if name != "serve"])
def test_nothing_looks_at_the_clock(name):
    assert not CLOCK.findall(ast.unparse(trees()[name]))


def test_every_imported_package_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=~!\[; ]", one)[0].lower() for one in project["dependencies"]}
    ours = {"build_tools", "__future__"} | set(sys.stdlib_module_names)
    needed = {found for name in MODULES for found in packages(name)} - ours
    missing = {one for one in needed if DISTRIBUTIONS.get(one, one).lower() not in declared}
    assert not missing, "declare them in pyproject.toml and run make lock"


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is_for(name):
    assert ast.get_docstring(trees()[name]), f"{name} has no docstring"


@pytest.mark.parametrize("name", MODULES)
def test_what_is_public_is_documented_and_annotated(name):
    bare, untyped = [], []
    for path, node in named(trees()[name]):
        if not ast.get_docstring(node):
            bare.append(path)
        if isinstance(node, ast.ClassDef):
            continue
        taken = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
        given = [one for one in taken if one and one.arg not in {"self", "cls"}]
        if node.returns is None or any(one.annotation is None for one in given):
            untyped.append(path)
    assert (bare, untyped) == ([], []), "without docstring; without annotations"


@pytest.mark.parametrize("name", MODULES)
def test_functions_fit_on_a_screen(name):
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(trees()[name])
        if isinstance(node, ast.FunctionDef) and node.end_lineno and _body_lines(node) > LONGEST_FUNCTION
    ]
    assert long == []


def _body_lines(node: ast.FunctionDef) -> int:
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or 0) - first.lineno + 1


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_modules_stay_readable_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE, "divide it by what it knows"


def test_git_ignores_what_the_builder_owns():
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    ignored = {line.removeprefix("/docs/") for line in lines if line.startswith("/docs/")}
    assert ignored == {f"{name}/" for name in publish.OWNED} | set(publish.OWNED_FILES)
