"""Speed as a ratio: from source to site, against a plain `mkdocs build` of the same bare articles in the same run.

    python tools/bench.py [--sizes 5 100 1000] [--runs 3] [--generator make_corpus.py] [--folder DIR]

The generator is a program `GENERATOR SEEDS OUT -n N`; without one, articles are mixed from the paragraphs of seeds/.
Times are wall seconds of whole processes, the least of several runs taken in turn, since whatever else the machine does only adds to
them; only the ratios mean something on another machine. Python may keep its bytecode, as it
does on a reader's machine, whatever PYTHONDONTWRITEBYTECODE says here, and a small build of either kind goes first: neither side
compiles its modules while it is measured.

Everything lies on a memory disk where there is one: to create 60,000 small files, with a bare loop of mkdir, open and write, took
between 4 and 25 s of system time on a disk shared with others, from one run to the next; so there the file system is measured, and
not the program. `--folder` names another place; the table says what kind of place it was.
"""
from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_MEMORY = Path("/dev/shm")  # noqa: S108 — what is made in it has a name of its own
"""Where Linux has a disk in memory."""
_MOUNTS = Path("/proc/mounts")
_PLAIN = """site_name: Plain
docs_dir: docs
site_dir: site
theme: {name: material, font: false}
nav: [index.md]
not_in_nav: |
  /a/
validation: {links: {not_found: ignore}}
"""


def main() -> None:
    """Measure each size and print a table."""
    parser = argparse.ArgumentParser(description="Speed as a ratio to a plain mkdocs build.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[5, 100, 1000])
    default = ROOT.parent / "shared" / "tools" / "make_corpus.py"
    parser.add_argument("--generator", type=Path, default=default if default.is_file() else None)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=_memory_disk() or Path(tempfile.gettempdir()), help="where all is built")
    options = parser.parse_args()
    _warm_up(options.generator, options.folder)
    print(f"Built in {options.folder} ({_kind(options.folder)}).\n")
    print("| articles | claims pages | sourcebook s | plain mkdocs s | ratio | ms an article |")
    print("|---|---|---|---|---|---|")
    costs: dict[int, float] = {}
    start = 0.0
    for size in options.sizes:
        runs = [_run(size, options.generator, options.folder) for _ in range(options.runs)]
        ours, plain, pages = min(run[0] for run in runs), min(run[1] for run in runs), runs[0][2]
        start = start or ours
        costs[size] = (ours - start) / size if size != options.sizes[0] else 0.0
        print(f"| {size} | {pages} | {ours:.2f} | {plain:.2f} | {ours / plain:.2f} | {1000 * costs[size]:.1f} |", flush=True)
    if len(options.sizes) > 1 and costs.get(options.sizes[-2]):
        middle, most = options.sizes[-2:]
        print(f"\ncost an article at {most} against {middle}: {costs[most] / costs[middle]:.2f}")


def _memory_disk() -> Path | None:
    """Return the folder of a memory disk that may be written; None where there is none."""
    return _MEMORY if os.access(_MEMORY, os.W_OK) and _kind(_MEMORY) == "memory disk" else None


def _kind(folder: Path) -> str:
    """Return what kind of place a folder is: a memory disk, or a disk with the name of its file system where the system tells it."""
    try:
        rows = [line.split(" ") for line in _MOUNTS.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return "disk"
    whole = folder.resolve()
    name = max((row for row in rows if whole.is_relative_to(row[1])), key=lambda row: len(row[1]))[2]
    return "memory disk" if name in {"tmpfs", "ramfs"} else f"disk, {name}"


def _run(size: int, generator: Path | None, folder: Path) -> tuple[float, float, int]:
    """Return the seconds of both builds from nothing, and how many claims ours has."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        seeds = _corpus(Path(place), size, generator)
        ours, pages = _ours(Path(place), seeds)
        return ours, _plain(Path(place), seeds), pages


def _warm_up(generator: Path | None, folder: Path) -> None:
    """Build two articles both ways, so that all modules are compiled and their files are in memory."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        seeds = _corpus(Path(place), 2, generator)
        _ours(Path(place), seeds)
        _plain(Path(place), seeds)


def _corpus(place: Path, size: int, generator: Path | None) -> Path:
    seeds = place / "seeds"
    if generator is not None:
        subprocess.run([sys.executable, str(generator), str(ROOT / "seeds"), str(seeds), "-n", str(size)], check=True,
                       stdout=subprocess.DEVNULL)
        return seeds
    seeds.mkdir()
    blocks = [line for file in sorted((ROOT / "seeds").glob("*.txt")) for line in file.read_text("utf-8").splitlines() if line]
    for number in range(size):
        chosen = random.Random(number).sample(blocks, 30)  # noqa: S311 — a mixture, not a secret
        (seeds / f"{number:06}.txt").write_text("\n\n".join([f"Mixture {number}", *chosen]), encoding="utf-8")
    return seeds


def _ours(place: Path, seeds: Path) -> tuple[float, int]:
    command = [sys.executable, "-m", "build_tools", "site", "--seeds", str(seeds), "--docs", str(place / "docs"),
               "--out", str(place / "site"), "--config", str(ROOT / "mkdocs.yml")]
    spent = _timed(command, ROOT)
    return spent, sum(1 for _ in (place / "site" / "claims").glob("*/index.html"))


def _plain(place: Path, seeds: Path) -> float:
    folder = place / "plain"
    (folder / "docs" / "a").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_PLAIN, encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    for file in sorted(seeds.glob("*.txt")):
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        (folder / "docs" / "a" / f"{file.stem}.md").write_text(f"# {lines[0]}\n\n" + "\n\n".join(lines[1:]), encoding="utf-8")
    return _timed([sys.executable, "-m", "mkdocs", "build", "-q"], folder)


def _timed(command: list[str], folder: Path) -> float:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["NO_MKDOCS_2_WARNING"] = "1"
    before = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    spent = time.perf_counter() - before
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return spent


if __name__ == "__main__":
    main()
