"""The curator's commands on real folders: check and repair, review, propose, add, import.

Comes in: folders and files. Goes out: words to print; files only where the command says so, and never over a file that a
person wrote. What the words are is decided by `curate`, what is wrong by the stages.
"""
from __future__ import annotations

from collections import Counter
from pathlib import Path

from . import curate, ledger, pipeline
from .model import Concept
from .problems import BuildError, Problem, Problems, ReadError
from .settings import load_settings
from .site import Folders, Tell, content_date


def check(folders: Folders, *, locked: bool, fix: bool, tell: Tell) -> Problems:
    """Read everything and say all that is wrong; write nothing but certain repairs.

    Args:
        folders: the seeds and the settings.
        locked: whether an outdated ledger is an error (L06).
        fix: whether to write the quotes that were found again for certain.
        tell: takes lines about what was repaired and what moved.
    """
    built = _built(folders)
    if fix and _repair(folders.seeds, built, tell):
        built = _built(folders)
    _count(built, tell)
    if locked and built.ledger_after is not None:
        built.problems.extend(
            ledger.outdated(built.ledger_before, built.ledger_after, f"{folders.seeds.name}/{pipeline.LEDGER}")
        )
    return built.problems


def review(folders: Folders, *, most: int) -> str:
    """Return the detections that nobody confirmed or rejected, most important first."""
    built = _built(folders)
    sidecars = {source.article.id: source.sidecar for source in built.sources if source.sidecar}
    named = {concept.id for concept in _named(built)}
    queue = curate.review_queue(built.corpus.claims, built.corpus.articles, sidecars, named)
    return curate.render_queue(queue, most=most)


def propose(seed: Path, *, write: bool) -> str:
    """Return a starter sidecar for an article; with `write`, store it and return where.

    Raises:
        ReadError: the article can't be read.
        BuildError: there is a sidecar already (S22).
    """
    found, problems = pipeline.prepare(seed, seed.parent)
    if found is None:
        raise ReadError(*problems)
    text = curate.propose(found.article, found.detections)
    if not write:
        return text
    target = seed.with_suffix(".yml")
    _store(target, text)
    return f"{target}: {len(found.detections)} claims proposed. Open it, keep what is right, and run check.\n"


def add(file: Path, seeds: Path) -> str:
    """Take a saved article into the seeds folder under a clean name, with a starter sidecar.

    Raises:
        ReadError: it can't be read as an article.
        BuildError: its name is taken (S22), or it is of a kind that is not read.
    """
    target = seeds / curate.clean_name(file.name)
    found, problems = pipeline.prepare(file, file.parent)
    if found is None:
        raise ReadError(*problems)
    for taken in (target.with_suffix(suffix) for suffix in (*pipeline.ARTICLE_SUFFIXES, ".yml")):
        if taken.exists():
            raise _taken(taken)
    target.write_bytes(file.read_bytes())
    named, _ = pipeline.prepare(target, seeds)
    said = propose(target, write=True) if named else ""
    notes = "".join(f"{problem.as_text()}\n" for problem in problems)
    return f"{target}: “{found.article.title}”, {found.article.words} words.\n{notes}{said}"


def import_file(file: Path, folders: Folders, problems: Problems, *, write: bool) -> str:
    """Return other people's annotations as sidecar entries; with `write`, store those of articles without a sidecar.

    Args:
        file: JSON-LD of the W3C Web Annotation model, or a Hypothesis export.
        folders: the seeds and the settings.
        problems: takes S21.
        write: whether to store the entries: in a new sidecar, or below the claims of the one that stands there, whose
            every byte stays.
    """
    data = curate.parse_annotations(_bytes(file), file=file.name, problems=problems)
    if data is None:
        return ""
    built = _built(folders)
    named = _named(built)
    found = curate.import_annotations(
        data, [source.article for source in built.sources], file=file.name, problems=problems,
        topics={str(c.id) for c in named if c.kind == "topic"},
        entities={str(c.id) for c in named if c.kind != "topic"},
        stated=_stated(built),
        present={source.article.id: source.sidecar for source in built.sources if source.sidecar},
    )
    if not found and not len(problems):
        return f"nothing new: all of {file.name} stands in the sidecars already\n"
    return "".join(_imported(folders.seeds / item.sidecar, item, problems, write=write) for item in found)


def _named(built: pipeline.Built) -> list[Concept]:
    """Return the topics and names of topics.yml: a sidecar may name no others, such as those taken from the articles' words."""
    return [concept for concept in built.corpus.concepts if concept.origin == "curated"]


def _stated(built: pipeline.Built) -> set[frozenset[str]]:
    """Return the pairs of claims that sidecars relate, also where the other claim does not stand (yet)."""
    ids = {(claim.article, claim.span): claim.id for claim in built.corpus.claims}
    return {
        frozenset((str(ids.get((source.article.id, place.span), place.curated.id)), str(relation.to)))
        for source in built.sources for place in source.draft.placed for relation in place.curated.relations
    }


def _imported(target: Path, item: curate.Imported, problems: Problems, *, write: bool) -> str:
    counted = "1 claim" if len(item.claims) == 1 else f"{len(item.claims)} claims"
    if write:
        try:
            _extend(target, item)
        except ValueError as error:
            problems.error(
                "S22", str(target), f"the entries can't be added, and the file stays as it is: {error}",
                "mend the file (run check) and import again, or paste the entries printed above below claims:",
            )
        else:
            return f"{target}: {counted} stored\n"
    return f"# {counted} for {target}, below claims:\n{item.entries}\n"


def _extend(target: Path, item: curate.Imported) -> None:
    """Write entries into a sidecar, new or not; the file is replaced whole or not at all.

    Raises:
        ValueError: the sidecar can't be read, or its claims are written in brackets.
    """
    before = target.read_bytes().decode("utf-8") if target.exists() else ""
    _replace(target, curate.add_claims(before, item.entries))


def _replace(target: Path, text: str) -> None:
    new = target.with_name(f".{target.name}.new")
    new.write_bytes(text.encode("utf-8"))
    new.replace(target)


def _built(folders: Folders) -> pipeline.Built:
    site = load_settings(folders.config, site_url=folders.site_url)
    return pipeline.build_corpus(folders.seeds, site, date=content_date(folders.seeds))


def _repair(seeds: Path, built: pipeline.Built, tell: Tell) -> bool:
    """Write the quotes whose passages were found again; say whether any was written."""
    done = False
    for source in built.sources:
        changed = [place for place in source.draft.placed if place.method == "fuzzy"]
        if not changed:
            continue
        path = (seeds / source.article.file).with_suffix(".yml")
        repairs = [
            curate.Repair(line=p.curated.line, quote=p.curated.quote, now=p.span.of(source.article.text)) for p in changed
        ]
        before = path.read_bytes().decode("utf-8")
        after = curate.fix_sidecar(before, repairs)
        if after != before:
            _replace(path, after)
            tell(f"{path}: {'1 quote' if len(repairs) == 1 else f'{len(repairs)} quotes'} brought up to date")
            done = True
    return done


def _count(built: pipeline.Built, tell: Tell) -> None:
    methods = Counter(place.method for source in built.sources for place in source.draft.placed)
    lost = sum(len(source.draft.lost) for source in built.sources)
    stand, words = methods.total(), methods["fuzzy"]
    counted = "1 curated claim stands in its article" if stand == 1 else f"{stand} curated claims stand in their articles"
    tell(f"{counted} ({words} with changed words), {lost} {'is' if lost == 1 else 'are'} lost")


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BuildError(
            Problem(file=str(file), code="S21", severity="error", message=f"the file can't be read: {error.strerror}",
                    remedy="name a file that exists")
        ) from error


def _store(target: Path, text: str) -> None:
    if target.exists():
        raise _taken(target)
    target.write_text(text, encoding="utf-8", newline="\n")


def _taken(target: Path) -> BuildError:
    return BuildError(
        Problem(
            file=str(target), code="S22", severity="error", message="there is such a file already; it stays as it is",
            remedy="rename the one that you want to add, or delete the old one first",
        )
    )
