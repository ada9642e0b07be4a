"""What sidecars say about other things: the folder, the article, other claims, the vocabulary.

Comes in: sidecars, and names and ids that the pipeline knows. Goes out: problems S12 to S18 and S20.
Changes no value; what to do with a relation that leads nowhere is the pipeline's to decide.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from ..ids import slug
from ..problems import Problems
from ..yaml_source.fields import nearest, nearest_ids, one_of, shown
from .model import CuratedClaim, CuratedRelation, Sidecar

ARTICLE_SUFFIXES: Final = (".txt", ".html", ".md")
RESERVED: Final = frozenset({"topics", "ledger"})
"""Names in the seeds folder that belong to the vocabulary and the ledger."""
_ALMOST: Final[dict[str, str]] = {
    ".htm": "rename it to {stem}.html", ".xhtml": "rename it to {stem}.html", ".markdown": "rename it to {stem}.md",
    ".text": "rename it to {stem}.txt", ".pdf": "save its text as {stem}.txt", ".doc": "save its text as {stem}.txt",
    ".docx": "save its text as {stem}.txt", ".odt": "save its text as {stem}.txt",
    ".rtf": "save its text as {stem}.txt", ".epub": "save its text as {stem}.txt",
}


def check_folder(names: Sequence[str], problems: Problems, *, folder: str = "") -> None:
    """Report files of the seeds folder that no article goes with, or two.

    Args:
        names: names of the files in the folder, without their path.
        problems: takes S17, S18 and S20.
        folder: how problems name the folder, such as `seeds`.
    """
    known = sorted(name for name in names if not name.startswith("."))
    articles: dict[str, list[str]] = defaultdict(list)
    for name in known:
        path = PurePosixPath(name)
        if path.suffix in ARTICLE_SUFFIXES:
            articles[path.stem.casefold()].append(name)
    for name in known:
        _check_file(PurePosixPath(name), articles, problems, f"{folder}/{name}" if folder else name)
    for same in articles.values():
        _check_name(same, problems, folder)


def _check_file(path: PurePosixPath, articles: Mapping[str, Sequence[str]], problems: Problems, file: str) -> None:
    suffix = path.suffix.lower()
    if suffix == ".yaml":
        message = f"{path.name} is not read: a sidecar's name ends in .yml"
        problems.error("S17", file, message, f"rename it to {path.stem}.yml")
    elif path.suffix == ".yml" and path.stem not in RESERVED and path.stem.casefold() not in articles:
        near = nearest(path.stem, articles)
        new_name = f"rename it to {PurePosixPath(articles[near[0]][0]).stem}.yml" if near else "give it the name of its article"
        problems.error(
            "S17", file, f"{path.name} is the sidecar of no article: there is no {path.stem}.txt, .html or .md",
            f"{new_name}, or put the article beside it under the name {path.stem}.txt, .html or .md, or delete the sidecar",
        )
    elif suffix in _ALMOST or (suffix in ARTICLE_SUFFIXES and path.suffix != suffix):
        remedy = _ALMOST.get(suffix, f"rename it to {{stem}}{suffix}").format(stem=path.stem)
        problems.warning("S20", file, f"{path.name} is not read: articles end in .txt, .html or .md", remedy)


def _check_name(same: Sequence[str], problems: Problems, folder: str) -> None:
    file, stem = (f"{folder}/{same[-1]}" if folder else same[-1]), PurePosixPath(same[-1]).stem
    if stem.casefold() in RESERVED:
        problems.error(
            "S18", file, f"the name {stem} belongs to {'topics.yml' if stem.casefold() == 'topics' else 'ledger.json'}",
            f"rename the article, for example to article-{same[-1]}",
        )
    if len(same) > 1:
        suffix = PurePosixPath(same[-1]).suffix
        problems.error(
            "S18", file, f"{' and '.join(same)} have one name; both would take {stem}.yml as their sidecar",
            f"delete one of them, or rename it, for example to {stem}-2{suffix}",
        )


@dataclass(frozen=True, slots=True)
class _Stated:
    """A relation with where it stands."""

    file: str
    claim: CuratedClaim
    relation: CuratedRelation
    source: str
    """Id of the claim it stands at; empty where that is not known."""


def check_references(
    sidecars: Iterable[Sidecar],
    known_claims: Collection[str],
    known_topics: Collection[str],
    known_entities: Collection[str],
    problems: Problems,
    *,
    home: Mapping[str, str] | None = None,
    minted: Mapping[tuple[str, int], str] | None = None,
) -> None:
    """Report what sidecars name that is not there, and relations that can't be.

    Args:
        sidecars: all of them.
        known_claims: ids of every claim, live, retired or merged.
        known_topics: ids of the vocabulary's topics.
        known_entities: ids of its entities.
        problems: takes S12 to S16.
        home: for a claim's id, the sidecar file of the article it stands in; without it a relation within one
            article is only noticed between ids that sidecars give themselves.
        minted: for a sidecar's file and an entry's line, the claim id the entry got; without it only ids given in
            the sidecars are known.
    """
    every = sorted(sidecars, key=lambda sidecar: sidecar.file)
    ids = {(s.file, c.line): str(c.id) for s in every for c in s.claims if c.id} | dict(minted or {})
    homes = {claim: file for (file, _), claim in ids.items()} | dict(home or {})
    stated = list(_stated(every, ids))
    _check_ids(every, problems)
    _check_claims(every, stated, known_claims, homes, problems)
    _check_pairs(stated, problems)
    for sidecar in every:
        _check_concepts(sidecar, known_topics, known_entities, problems)


def _stated(sidecars: Iterable[Sidecar], ids: Mapping[tuple[str, int], str]) -> Iterator[_Stated]:
    for sidecar in sidecars:
        for claim in sidecar.claims:
            for relation in claim.relations:
                yield _Stated(sidecar.file, claim, relation, ids.get((sidecar.file, claim.line), ""))


def _check_ids(sidecars: Iterable[Sidecar], problems: Problems) -> None:
    first: dict[str, str] = {}
    for sidecar in sidecars:
        for claim in sidecar.claims:
            if claim.id and first.setdefault(claim.id, sidecar.file) != sidecar.file:
                problems.error(
                    "S12", sidecar.file, f"the id {claim.id} belongs already to a claim in {first[claim.id]}",
                    "delete the line id: here; the claim gets an id of its own", line=claim.line,
                )


def _check_claims(
    sidecars: Iterable[Sidecar],
    stated: Iterable[_Stated],
    known: Collection[str],
    homes: Mapping[str, str],
    problems: Problems,
) -> None:
    for one in stated:
        if one.relation.to not in known:
            _unknown_claim("to", one.relation.to, known, problems, file=one.file, line=one.relation.line)
        elif homes.get(one.relation.to) == one.file:
            problems.error(
                "S14", one.file, f"the relation leads to {one.relation.to}, which stands in the same article",
                "name a claim of another article, or delete the relation",
                line=one.relation.line,
            )
    for sidecar in sidecars:
        for claim in sidecar.claims:
            if claim.merged_into and claim.merged_into == claim.id:
                problems.error(
                    "S14", sidecar.file, f"{claim.id} is said to be merged into itself",
                    "name the claim that took its place in merged_into:", line=claim.line,
                )
            elif claim.merged_into and claim.merged_into not in known:
                _unknown_claim("merged_into", claim.merged_into, known, problems, file=sidecar.file, line=claim.line)


def _unknown_claim(
    key: str, claim: str, known: Collection[str], problems: Problems, *, file: str, line: int
) -> None:
    near = nearest_ids(claim, known)
    most_like = "the id most like it is" if len(near) == 1 else "the ids most like it are"
    hint = f"{most_like} {one_of(near)}; " if near else ""
    problems.error(
        "S13", file, f"{key} names the claim {claim}, which does not exist",
        f"{hint}copy the id from the claim's page or address", line=line,
    )


def _check_pairs(stated: Iterable[_Stated], problems: Problems) -> None:
    first: dict[tuple[str, str], _Stated] = {}
    for one in stated:
        here = one.source or f"{one.file}:{one.claim.line}"
        low, high = sorted((here, str(one.relation.to)))
        earlier = first.setdefault((low, high), one)
        if earlier is one:
            continue
        kinds = {earlier.relation.kind, one.relation.kind}
        differ = f", there as {earlier.relation.kind}, here as {one.relation.kind}" if len(kinds) > 1 else ""
        problems.error(
            "S15", one.file, f"the relation to {one.relation.to} is stated already in {earlier.file}, line "
            f"{earlier.relation.line}{differ}",
            "keep one of the two; both pages show a relation that is written at either end", line=one.relation.line,
        )


def _check_concepts(sidecar: Sidecar, topics: Collection[str], entities: Collection[str], problems: Problems) -> None:
    for claim in sidecar.claims:
        for key, named, known, others in (
            ("topics", claim.topics, topics, entities), ("entities", claim.entities, entities, topics),
        ):
            for name in named or ():
                if name not in known:
                    _unknown_concept(key, name, known, others, problems, file=sidecar.file, line=claim.line)


def _unknown_concept(
    key: str, name: str, known: Collection[str], others: Collection[str], problems: Problems, *, file: str, line: int
) -> None:
    near = nearest(name, known)
    if name in others:
        remedy = f"name it under {'entities' if key == 'topics' else 'topics'}: instead"
    elif near:
        remedy = f"write {one_of(near)}, or add {slug(name)}: to the {key} in topics.yml"
    else:
        remedy = f"add {slug(name)}: with its prefLabel to the {key} in topics.yml, or delete it here"
    what = "topic" if key == "topics" else "entity"
    problems.error("S16", file, f"{key} names {shown(name)}, which is no {what} of topics.yml", remedy, line=line)
