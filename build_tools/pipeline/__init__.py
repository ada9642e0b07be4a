"""The stages in order: from a seeds folder to a corpus, and from a corpus to pages.

    read → segment → detect → anchor → relate → render → export → publish

Comes in: a folder and the settings. Goes out: a `Built` with the corpus, the ledger's next text and every problem.
Writes nothing; the only module that knows more than one stage.
"""
from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from .. import concepts, export, ledger, render, sidecar, vocabulary
from ..catalogue import Catalogue
from ..detect import author_of, detect
from ..model import Article, ArticleId, Claim, ClaimId, Concept, Corpus, Link, Selector, Span
from ..problems import Problem, Problems, ReadError
from ..processes import can_fork, each, side_by_side, uncollected
from ..read import read_with_problems
from ..relate import relate
from ..segment import segment
from ..settings import Site
from ..sidecar import Sidecar
from ._drafts import Draft, changed, draft
from ._excerpt import Text, chosen, reduced
from ._links import curated_links, united
from ._packed import Packed, packed, unpacked
from ._pages import Made

ARTICLE_SUFFIXES = (".txt", ".html", ".md")
LEDGER = "ledger.json"
VOCABULARY = "topics.yml"
_ENOUGH_FOR_TWO = 40
"""From so many articles on, a second process is worth its start."""
_FILES = 8
"""Articles that a process prepares at once before it takes the next."""
_ENOUGH_TO_FORK = 4000
"""From so many claims on, naming concepts in a child while this process relates is worth what it costs to hear of them."""
_Done = tuple["Prepared | None", tuple[Problem, ...]]
"""What came of one file, and what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """One article after the stages that look at nothing else."""

    article: Article
    sentences: tuple[Span, ...]
    detections: tuple[Claim, ...]

    def __reduce__(self) -> tuple[Callable[[Packed], Prepared], tuple[Packed]]:
        """Travel between processes in a form that is quick to write and to read."""
        return _prepared, (packed(self.article, self.sentences, self.detections),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One article with all that is known of it before it meets the others."""

    article: Article
    sentences: tuple[Span, ...]
    detections: tuple[Claim, ...]
    sidecar: Sidecar | None
    draft: Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a seeds folder comes to."""

    corpus: Corpus
    problems: Problems
    sources: tuple[Source, ...]
    ledger_before: str | None
    """Text of the ledger as it stands; None where there is none."""
    ledger_after: str | None
    """Text of the ledger as it should stand; None where the old one can't be read and must be kept."""


def build_corpus(seeds: Path, site: Site, *, date: str = "") -> Built:
    """Run the stages up to the corpus.

    Args:
        seeds: folder of articles, sidecars, vocabulary and ledger.
        site: the settings.
        date: ISO date that first publications and later events get.
    """
    with uncollected():
        return _built(seeds, site, date)


def _built(seeds: Path, site: Site, date: str) -> Built:
    problems = Problems()
    known = _vocabulary(seeds, problems)
    ledger_before, old = _ledger(seeds, problems)
    files = _article_files(seeds, problems)
    prepared = _prepare_all(files, seeds, problems)
    sources = _sources(seeds, prepared, old, problems)
    drafts = {s.article.id: chosen(s.article, s.draft.claims, site.rights_default) for s in sources}
    drafted = [claim for claims in drafts.values() for claim in claims]
    forked = len(drafted) >= _ENOUGH_TO_FORK
    tagged, (settlement, detected) = side_by_side(  # what a claim speaks of doesn't depend on its id
        partial(concepts.tagged, drafted, known),
        partial(_settled, old, drafts, sources, date, seeds.name, forked=forked),
        forked=forked,
    )
    problems.extend(settlement.problems)
    unread = _unread(files, sources, old)
    corpus, kept = _corpus(sources, settlement, known, tagged, detected, site, problems, date)
    if unread or _lacks_vocabulary(known, problems):
        kept = ledger.with_unread(kept, old, unread)
    return Built(
        corpus=corpus,
        problems=problems,
        sources=sources,
        ledger_before=ledger_before,
        ledger_after=None if _is_lost(problems) else ledger.dump(kept),
    )


def _settled(
    old: ledger.Ledger,
    drafts: Mapping[ArticleId, Sequence[Claim]],
    sources: Sequence[Source],
    date: str,
    folder: str,
    *,
    forked: bool,
) -> tuple[ledger.Settlement, list[Link]]:
    """Give the claims their ids, and find which speak of the same."""
    settlement = ledger.settle(
        old,
        drafts,
        [s.article for s in sources],
        forced={draft: fixed for s in sources for draft, fixed in s.draft.forced.items()},
        merged={gone: kept for s in sources for gone, kept in s.draft.merged.items()},
        stated={draft: words for s in sources for draft, words in s.draft.stated.items()},
        date=date,
        folder=folder,
    )
    return settlement, relate(settlement.claims, partial(side_by_side, forked=forked))


def pages(built: Built, site: Site, published: Callable[[str], bytes | None] | None = None) -> Made:
    """Give every file of the docs folder, pages first and data after.

    Args:
        built: the corpus.
        site: the settings.
        published: gives the bytes of an image that stands in the docs folder already.
    """
    with uncollected():
        catalogue = Catalogue(built.corpus, site)
        works = [*render.works(catalogue, published), *export.works(catalogue, tuple(built.problems))]
    return Made(works, forked=len(catalogue.articles) >= _ENOUGH_FOR_TWO)


def prepare(path: Path, root: Path) -> tuple[Prepared | None, tuple[Problem, ...]]:
    """Run the stages that need only one article: read, segment, detect."""
    try:
        article, problems = read_with_problems(path, root=root)
    except ReadError as error:
        return None, error.problems
    sentences = tuple(segment(article.text))
    found = tuple(detect(article, sentences))
    return Prepared(article=article, sentences=sentences, detections=found), problems


def _prepared(given: Packed) -> Prepared:
    article, sentences, detections = unpacked(given)
    return Prepared(article=article, sentences=sentences, detections=detections)


def _prepare_all(files: Sequence[Path], seeds: Path, problems: Problems) -> list[Prepared]:
    work = partial(prepare, root=seeds)
    several = len(files) >= _ENOUGH_FOR_TWO
    if several and not can_fork():
        with ProcessPoolExecutor(2, initializer=gc.disable) as workers:
            results = list(workers.map(work, files, chunksize=16))
    else:
        pieces = [partial(_mapped, work, files[at : at + _FILES]) for at in range(0, len(files), _FILES)]
        results = [item for piece in each(pieces, forked=several) for item in piece]
    for _, found in results:
        problems.extend(found)
    return [item for item, _ in results if item]


def _mapped(work: Callable[[Path], _Done], files: Sequence[Path]) -> list[_Done]:
    return [work(file) for file in files]


def _article_files(seeds: Path, problems: Problems) -> list[Path]:
    entries = sorted(entry for entry in seeds.iterdir() if not entry.name.startswith("."))
    sidecar.check_folder([entry.name for entry in entries], problems, folder=seeds.name)
    return [entry for entry in entries if entry.suffix in ARTICLE_SUFFIXES]


def _vocabulary(seeds: Path, problems: Problems) -> tuple[Concept, ...]:
    path = seeds / VOCABULARY
    return vocabulary.load_vocabulary(path, file=_name(seeds, VOCABULARY), problems=problems) if path.exists() else ()


def _ledger(seeds: Path, problems: Problems) -> tuple[str | None, ledger.Ledger]:
    try:
        text = (seeds / LEDGER).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None, ledger.Ledger()
    except (OSError, UnicodeDecodeError) as error:
        why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        problems.error(
            "L01", _name(seeds, LEDGER), f"the ledger of published ids can't be read: {why}",
            f"mend it, or take {LEDGER} from the last commit; until then nothing is written over it",
        )
        return None, ledger.Ledger()
    parsed, found = ledger.parse(text, _name(seeds, LEDGER))
    problems.extend(found)
    return text, parsed


def _is_lost(problems: Problems) -> bool:
    """Whether the ledger can't be read, so that writing it anew would lose published ids."""
    return any(problem.code in {"L01", "L03"} for problem in problems)


def _lacks_vocabulary(known: Sequence[Concept], problems: Problems) -> bool:
    """Whether there is a vocabulary and none of it can be used."""
    return not known and any(problem.code.startswith("V") and problem.severity == "error" for problem in problems)


def _unread(files: Sequence[Path], sources: Sequence[Source], old: ledger.Ledger) -> set[ArticleId]:
    """Return the articles of which a file stands in the folder and can't be read: the article itself, or its sidecar."""
    missing = {file.name for file in files} - {source.article.file for source in sources}
    folder = {file.name: file for file in files}
    half = {s.article.id for s in sources if s.sidecar is None and folder[s.article.file].with_suffix(".yml").exists()}
    return half | {entry.id for entry in old.articles if entry.file in missing}


def _sources(seeds: Path, prepared: Sequence[Prepared], old: ledger.Ledger, problems: Problems) -> tuple[Source, ...]:
    sidecars = {item.article.file: _sidecar(seeds, item.article, problems) for item in prepared}
    named = ledger.settle_articles(old, [item.article for item in prepared])
    remembered, stated = ledger.selectors_by_article(old), ledger.stated_by_article(old)
    last = {a.id: (remembered.get(a.id, {}), stated.get(a.id, {})) for a in named}
    return tuple(
        _source(seeds, item, article.id, sidecars[item.article.file], last[article.id], problems)
        for item, article in zip(prepared, named, strict=True)
    )


def _source(
    seeds: Path,
    item: Prepared,
    name: ArticleId,
    own: Sidecar | None,
    last: tuple[Mapping[ClaimId, Selector], Mapping[str, ClaimId]],
    problems: Problems,
) -> Source:
    if own is None and name == item.article.id:
        plain = Draft(claims=item.detections, forced={}, merged={})  # their ids were minted for this very article
        return Source(article=item.article, sentences=item.sentences, detections=item.detections, sidecar=None, draft=plain)
    article = _described(replace(item.article, id=name), own)
    detections = tuple(_by(claim, item.article, article) for claim in item.detections)
    return Source(
        article=article,
        sentences=item.sentences,
        detections=detections,
        sidecar=own,
        draft=draft(article, item.sentences, detections, own, last[0], problems, last[1]),
    )


def _sidecar(seeds: Path, article: Article, problems: Problems) -> Sidecar | None:
    path = (seeds / article.file).with_suffix(".yml")
    if not path.exists():
        return None
    return sidecar.load_sidecar(path, file=_name(seeds, path.name), problems=problems)


def _described(article: Article, own: Sidecar | None) -> Article:
    """Let what a person wrote about an article win over what was read from it."""
    if own is None:
        return article
    stated = {
        key: value
        for key in ("title", "authors", "publisher", "published", "source_url", "language", "rights", "rights_note")
        if (value := getattr(own, key)) not in (None, "")
    }
    return replace(article, **stated)


def _by(claim: Claim, read_as: Article, article: Article) -> Claim:
    """Give a detection the article's settled id, and its author as the sidecar has it."""
    asserter = claim.asserter
    if asserter.evidence is None and (read_as.authors, read_as.publisher) != (article.authors, article.publisher):
        asserter = author_of(article)
    if claim.article == article.id and claim.asserter is asserter:
        return claim
    return changed(claim, article=article.id, asserter=asserter)


def _corpus(
    sources: Sequence[Source],
    settlement: ledger.Settlement,
    known: Sequence[Concept],
    tagged: tuple[tuple[Concept, ...], list[concepts.Tags]],
    detected: Sequence[Link],
    site: Site,
    problems: Problems,
    date: str,
) -> tuple[Corpus, ledger.Ledger]:
    """Unite everything, and return it with the ledger that remembers every address that it has."""
    claims = settlement.claims
    named = ledger.named_concepts(settlement.ledger.concepts, tagged[0], date)
    tags = {claim.id: tag for claim, tag in zip(claims, _retagged(tagged[1], named), strict=True)}
    drafted = {claim.id for source in sources for claim in source.draft.claims}
    unseen = drafted | {tombstone.id for tombstone in settlement.tombstones}
    stated = curated_links(sources, claims, settlement.merged, known, problems, unseen=unseen)
    links = united(stated, detected, claims)
    texts = _texts(sources, claims, site)
    shown = [moved for claim in claims if (moved := texts[claim.article].claim(claim))]
    corpus = Corpus(
        articles=tuple(texts[source.article.id].article for source in sources),
        claims=_filled(shown, tags),
        links=links,
        concepts=named.concepts,
        sentences={article: text.sentences for article, text in texts.items()},
        tombstones=settlement.tombstones,
        history=dict(settlement.history),
        article_aliases=dict(settlement.aliases),
        gone_articles=dict(settlement.gone_articles),
        gone_concepts=named.gone,
        compared=frozenset(settlement.ledger.compared),
    )
    return corpus, ledger.with_addresses(settlement.ledger, named.entries, render.compared(corpus))


def _filled(claims: Sequence[Claim], tags: Mapping[ClaimId, concepts.Tags]) -> tuple[Claim, ...]:
    """Return the claims with the topics and entities that they speak of."""
    return tuple([changed(claim, topics=tags[claim.id][0], entities=tags[claim.id][1]) for claim in claims])


def _texts(sources: Sequence[Source], claims: Sequence[Claim], site: Site) -> dict[ArticleId, Text]:
    """Cut every article down to what may be shown of it."""
    own: dict[ArticleId, list[Claim]] = {source.article.id: [] for source in sources}
    for claim in claims:
        own[claim.article].append(claim)
    return {s.article.id: reduced(s.article, s.sentences, own[s.article.id], site.rights_default) for s in sources}


def _retagged(tags: Sequence[concepts.Tags], named: ledger.NamedConcepts) -> Sequence[concepts.Tags]:
    """Return topics and entities by the ids that they keep, without those that a sidecar names and nothing defines (S16)."""
    ids = {concept.id: concept.id for concept in named.concepts} | dict(named.ids)
    if not named.ids and all(name in ids for both in tags for some in both for name in some):
        return tags
    return [
        (tuple(ids[name] for name in topics if name in ids), tuple(ids[name] for name in entities if name in ids))
        for topics, entities in tags
    ]


def _name(seeds: Path, file: str) -> str:
    return f"{seeds.name}/{file}"
