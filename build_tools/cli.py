"""The command line: words in, lines and an exit code out. Decides nothing that the rest does not.

What only one command needs is imported where it runs: loading is most of the time that a small folder takes.
"""
from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from .problems import BuildError, Problem, Problems
from .site import Folders, build, make_site

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: words after the program's name; None for those of this process.

    Returns:
        The exit code: 0, 1 for problems, 2 for a wrong call.
    """
    options = _parser().parse_args(arguments)
    run: Command = options.run
    try:
        return run(options)
    except BuildError as error:
        problems = Problems()
        problems.extend(error.problems)
        _show(problems, getattr(options, "format", "text"))
        return 1
    except BrokenPipeError:
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sourcebook", description="Turn a folder of articles into an annotated website.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = _add(commands, "build", _build, "make pages and data below docs/ from the seeds")
    _folders(command)
    command = _add(commands, "site", _site, "build, let MkDocs publish, finish and check: a folder for any static host")
    _folders(command)
    command.add_argument("--out", type=Path, default=Path("site"), help="the folder for the site (default: site)")
    command.add_argument("--site-url", help="the address under which the site will stand")
    command = _add(commands, "serve", _serve, "show the site on this machine, and again after every change")
    _folders(command)
    command.add_argument("--port", type=int, default=8000, help="default: 8000")
    command = _add(commands, "check", _check, "read everything, write nothing, list every problem")
    _seeds(command)
    command.add_argument("--strict", action="store_true", help="fail on warnings, too")
    command.add_argument("--locked", action="store_true", help="fail when ledger.json is out of date")
    command.add_argument("--fix", action="store_true", help="write the repairs that are certain")
    command.add_argument("--format", choices=("text", "json"), default="text")
    command = _add(commands, "review", _review, "list detections that nobody confirmed or rejected, most important first")
    _seeds(command)
    command.add_argument("--most", type=int, default=20, help="how many to print (default: 20)")
    command = _add(commands, "propose", _propose, "print a starter sidecar for an article")
    command.add_argument("seed", type=Path, metavar="SEED")
    command.add_argument("--write", action="store_true", help="store it beside the article")
    command = _add(commands, "add", _add_file, "take a saved article into the seeds folder, with a starter sidecar")
    command.add_argument("file", type=Path, metavar="FILE")
    _seeds(command)
    command = _add(commands, "import", _import, "turn W3C annotations or a Hypothesis export into sidecar entries")
    command.add_argument("file", type=Path, metavar="FILE")
    _seeds(command)
    command.add_argument("--write", action="store_true", help="store them in the articles' sidecars; what stands there stays")
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: Command, words: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.")
    command.set_defaults(run=run)
    return command


def _seeds(command: argparse.ArgumentParser) -> None:
    command.add_argument("--seeds", type=Path, default=Path("seeds"), help="the folder of articles (default: seeds)")
    command.add_argument("--config", type=Path, default=None, help="the settings (default: mkdocs.yml, if there is one)")


def _folders(command: argparse.ArgumentParser) -> None:
    _seeds(command)
    command.add_argument("--docs", type=Path, default=Path("docs"), help="the folder for the pages (default: docs)")


def _given(options: argparse.Namespace) -> Folders:
    if not options.seeds.is_dir():
        problem = Problem(
            file=str(options.seeds), code="R00", severity="error", message="there is no such folder",
            remedy="run the command where seeds/ is, or name the folder of your articles with --seeds",
        )
        raise BuildError(problem)
    config: Path | None = options.config or (Path("mkdocs.yml") if Path("mkdocs.yml").is_file() else None)
    return Folders(
        seeds=options.seeds,
        docs=getattr(options, "docs", Path("docs")),
        out=getattr(options, "out", Path("site")),
        config=config,
        site_url=getattr(options, "site_url", None),
    )


def _build(options: argparse.Namespace) -> int:
    return _ended(build(_given(options), _tell).problems)


def _site(options: argparse.Namespace) -> int:
    return _ended(make_site(_given(options), _tell).problems)


def _serve(options: argparse.Namespace) -> int:
    from .serve import serve  # noqa: PLC0415

    serve(_given(options), options.port, _tell, lambda problems: _show(problems, "text"))
    return 0


def _check(options: argparse.Namespace) -> int:
    from . import curation  # noqa: PLC0415

    problems = curation.check(_given(options), locked=options.locked, fix=options.fix, tell=_tell)
    _show(problems, options.format)
    return 1 if problems.has_errors or (options.strict and len(problems)) else 0


def _review(options: argparse.Namespace) -> int:
    from . import curation  # noqa: PLC0415

    print(curation.review(_given(options), most=options.most))
    return 0


def _propose(options: argparse.Namespace) -> int:
    from . import curation  # noqa: PLC0415

    print(curation.propose(options.seed, write=options.write), end="")
    return 0


def _add_file(options: argparse.Namespace) -> int:
    from . import curation  # noqa: PLC0415

    print(curation.add(options.file, _given(options).seeds))
    return 0


def _import(options: argparse.Namespace) -> int:
    from . import curation  # noqa: PLC0415

    problems = Problems()
    print(curation.import_file(options.file, _given(options), problems, write=options.write), end="")
    return _ended(problems)


def _ended(problems: Problems) -> int:
    _show(problems, "text")
    return 1 if problems.has_errors else 0


def _show(problems: Problems, form: str) -> None:
    if form == "json":
        print(problems.as_json())
        return
    for problem in problems:
        print(problem.as_text())
    if len(problems):
        errors = sum(problem.severity == "error" for problem in problems)
        print(f"{_counted(errors, 'error')}, {_counted(len(problems) - errors, 'warning')}")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
