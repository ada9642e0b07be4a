"""Which file is which published article: the same file, the same text, or most of the same words.

Comes in: the ledger of earlier builds and the articles of this one. Goes out: the articles with their lasting ids. It knows
the claims only as the words that an article held when it was last seen.
"""
from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from ..ids import fold
from ..model import Article, ArticleId
from ._file import Ledger, LedgerArticle

SAME_ARTICLE = 0.6
"""Share of a vanished article's word runs that a new file must hold to be that article under another name."""
_SHINGLE = 5
"""Words a run: long enough that two articles on one subject share hardly any."""


def settle_articles(ledger: Ledger, articles: Sequence[Article]) -> tuple[Article, ...]:
    """Give articles their published ids; the order stays as it was.

    The same file name is the same article. A new file with the text of an entry whose file is gone, or most
    of it, is that article renamed. Any other keeps the slug it came with, numbered where that was ever used.
    """
    names = {article.file for article in articles}
    ranked = sorted(ledger.articles, key=lambda entry: (entry.state == "live", entry.id))
    by_file = {entry.file: entry for entry in ranked}
    settled = {article.file: by_file[article.file].id for article in articles if article.file in by_file}
    new = sorted((article for article in articles if article.file not in settled), key=lambda article: article.file)
    lost = [entry for entry in ledger.articles if entry.file not in names]
    settled |= _renamed(ledger, lost, new)
    used = {entry.id for entry in ledger.articles} | {alias for entry in ledger.articles for alias in entry.aliases}
    for article in new:
        if article.file not in settled:
            settled[article.file] = _free(article.id, used)
            used.add(settled[article.file])
    return tuple(
        article if article.id == settled[article.file] else replace(article, id=settled[article.file])
        for article in articles
    )


def _free(wanted: ArticleId, used: Set[str]) -> ArticleId:
    number, found = 1, wanted
    while found in used:
        number += 1
        found = ArticleId(f"{wanted}-{number}")
    return found


def _renamed(
    ledger: Ledger, lost: Sequence[LedgerArticle], new: Sequence[Article]
) -> dict[str, ArticleId]:
    """Pair new files with lost entries: the same digest first, then the largest share of the claims' words."""
    if not lost or not new:
        return {}
    remembered = _remembered(ledger, {entry.id for entry in lost})
    runs = {article.file: _runs(article.text) for article in new}
    ranked = sorted(
        (-share, entry.id, article.file)
        for entry in lost
        for article in new
        if (share := _same(entry, article, remembered[entry.id], runs[article.file])) >= SAME_ARTICLE
    )
    found: dict[str, ArticleId] = {}
    for _, name, file in ranked:
        if file not in found and name not in found.values():
            found[file] = name
    return found


def _remembered(ledger: Ledger, names: Set[ArticleId]) -> dict[ArticleId, set[tuple[str, ...]]]:
    """Collect the word runs of the claims that each article had when it was last seen."""
    live = {entry.id for entry in ledger.articles if entry.state == "live"}
    found: dict[ArticleId, set[tuple[str, ...]]] = {name: set() for name in names}
    for claim in ledger.claims:
        if claim.article in names and (claim.state == "live" or claim.article not in live):
            found[claim.article] |= _runs(claim.quote)
    return found


def _same(entry: LedgerArticle, article: Article, old: set[tuple[str, ...]], new: set[tuple[str, ...]]) -> float:
    if entry.digest == article.digest:
        return 2.0
    return len(old & new) / len(old) if old else 0.0


def _runs(text: str) -> set[tuple[str, ...]]:
    words = fold(text).split()
    return {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
