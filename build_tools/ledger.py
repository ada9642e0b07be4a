"""Ids that last: what was published once keeps its id, whatever happens to articles, detector and file order.

Comes in: the ledger of earlier builds, the articles and their claims with provisional ids. Goes out: the same with
frozen ids, the next ledger, and what it remembers of what is gone. It reads and writes no file and has no clock.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from ._ledger_file import Ledger, LedgerArticle, LedgerClaim, dump, parse
from ._ledger_match import LastState, matched
from .ids import fold, mint_folded
from .model import Article, ArticleId, Claim, ClaimId, History, Selector, Span, Tombstone
from .problems import Problem

__all__ = [
    "Ledger", "LedgerArticle", "LedgerClaim", "Settlement", "dump", "outdated", "parse", "selectors", "settle",
    "settle_articles", "settle_claims",
]  # fmt: skip

SAME_ARTICLE = 0.6
"""Share of a vanished article's word runs that a new file must hold to be that article under another name."""
_SHINGLE = 5
"""Words a run: long enough that two articles on one subject share hardly any."""
_CONTEXT = 32
"""Code points of prefix and suffix, as in the W3C selectors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What a build's claims and the ledger come to."""

    claims: tuple[Claim, ...]
    """In the order of the articles given, each with its frozen id."""
    ledger: Ledger
    tombstones: tuple[Tombstone, ...] = ()
    history: Mapping[ClaimId, History] = field(default_factory=dict)
    aliases: Mapping[str, ArticleId] = field(default_factory=dict)
    """Former article ids."""
    gone_articles: Mapping[ArticleId, str] = field(default_factory=dict)
    """Articles without a file, with their last title."""
    merged: Mapping[ClaimId, ClaimId] = field(default_factory=dict)
    """Ids that became another, each with the one that stands now."""
    problems: tuple[Problem, ...] = ()


def selectors(ledger: Ledger, article: ArticleId) -> Mapping[ClaimId, Selector]:
    """Return how each published claim of an article can be found again; made one by one when asked for."""
    length = next((entry.length for entry in ledger.articles if entry.id == article), 0)
    return LastState([entry for entry in ledger.claims if entry.article == article], length)


def outdated(before: str | None, after: str, file: str) -> list[Problem]:
    """Report a ledger on disk that isn't what `build` would write, for `check --locked`."""
    if (before or "") == after:
        return []
    known = {entry.id: entry for entry in parse(before or "", file)[0].claims}
    now = {entry.id: entry for entry in parse(after, file)[0].claims}
    new = len(now.keys() - known.keys())
    changed = sum(now[name] != entry for name, entry in known.items() if name in now)
    return [
        Problem(
            file=file, code="L06", severity="error",
            message=f"the ledger of published ids is out of date ({_counted(new, changed)})",
            remedy=f"run `build` and commit {file}",
        )
    ]


def _counted(new: int, changed: int) -> str:
    counts = [f"{count} {what}" for count, what in ((new, "new"), (changed, "changed or withdrawn")) if count]
    return "claims: " + ", ".join(counts) if counts else "an article has changed, its claims have not"


# --- articles ---------------------------------------------------------------------------------------------------------


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


# --- claims -----------------------------------------------------------------------------------------------------------


def settle_claims(
    ledger: Ledger,
    article: Article,
    drafts: Sequence[Claim],
    *,
    forced: Mapping[ClaimId, ClaimId] | None = None,
    date: str = "",
) -> tuple[Claim, ...]:
    """Give the claims of one article their frozen ids; see `settle` for all of a corpus at once."""
    return settle(ledger, {article.id: drafts}, [article], forced=forced or {}, merged={}, date=date).claims


def settle(
    ledger: Ledger,
    drafts: Mapping[ArticleId, Sequence[Claim]],
    articles: Sequence[Article],
    *,
    forced: Mapping[ClaimId, ClaimId],
    merged: Mapping[ClaimId, ClaimId],
    date: str,
    folder: str = "seeds",
) -> Settlement:
    """Freeze the ids of a build.

    Args:
        ledger: what earlier builds published.
        drafts: the claims of each article in reading order, with provisional ids.
        articles: all articles, with settled ids (see `settle_articles`).
        forced: provisional id to the id that a person wrote for it; wins over every match.
        merged: published id to the published id it became part of, by a person's word.
        date: ISO date for what is new in the ledger, or "".
        folder: name of the seeds folder, for the problems.

    Returns:
        Everything that follows. A second run with the same input changes nothing.
    """
    work = _Work(ledger, forced, merged, date, folder)
    settled = {
        article.id: work.article(article, drafts.get(article.id, ()))
        for article in sorted(articles, key=lambda article: article.id)
    }
    work.remove_missing(article.id for article in articles)
    work.merge()
    claims = tuple(claim for article in articles for claim in settled[article.id])
    return _settlement(work, claims)


def _settlement(work: _Work, claims: tuple[Claim, ...]) -> Settlement:
    articles = sorted(work.articles.values(), key=lambda entry: entry.id)
    entries = sorted(work.entries.values(), key=lambda entry: (entry.article, entry.id))
    titles = {entry.id: entry.title for entry in articles}
    return Settlement(
        claims=claims,
        ledger=Ledger(tuple(articles), tuple(entries)),
        tombstones=tuple(_tombstone(entry, titles) for entry in entries if entry.state != "live"),
        history={e.id: History(first=e.first, events=e.events) for e in entries if e.state == "live"},
        aliases={alias: entry.id for entry in articles for alias in entry.aliases},
        gone_articles={entry.id: entry.title for entry in articles if entry.state == "gone"},
        merged={entry.id: work.target(entry.id) for entry in entries if entry.state == "merged"},
        problems=tuple(work.problems),
    )


def _tombstone(entry: LedgerClaim, titles: Mapping[ArticleId, str]) -> Tombstone:
    return Tombstone(
        id=entry.id,
        article=entry.article,
        title=titles.get(entry.article, ""),
        quote=entry.quote,
        state="merged" if entry.state == "merged" else "retired",
        merged_into=entry.merged_into,
        since=entry.since,
    )


def _of_article(entries: Iterable[LedgerClaim]) -> dict[ArticleId, list[LedgerClaim]]:
    found: defaultdict[ArticleId, list[LedgerClaim]] = defaultdict(list)
    for entry in entries:
        found[entry.article].append(entry)
    return found


class _Work:
    """The ledger while a build is being settled."""

    def __init__(
        self,
        ledger: Ledger,
        forced: Mapping[ClaimId, ClaimId],
        merged: Mapping[ClaimId, ClaimId],
        date: str,
        folder: str,
    ) -> None:
        self.articles = {entry.id: entry for entry in ledger.articles}
        self.entries = {entry.id: entry for entry in ledger.claims}
        self.problems: list[Problem] = []
        self._by_article = _of_article(ledger.claims)
        self._asked_for = set(forced.values())
        self._forced, self._merged, self._date, self._folder = forced, merged, date, folder

    def article(self, article: Article, drafts: Sequence[Claim]) -> list[Claim]:
        """Settle one article's claims and its entries."""
        old = self.articles.get(article.id)
        own = [entry for entry in self._by_article.get(article.id, ()) if entry.state != "merged"]
        given = self._given(article, drafts)
        taken = {*given.values(), *self._merged}
        free = [entry for entry in own if entry.id not in taken]
        numbers = [number for number in range(len(drafts)) if number not in given]
        rest = drafts if len(numbers) == len(drafts) else [drafts[number] for number in numbers]
        same = old is not None and old.digest == article.digest
        pairs = matched(free, article, rest, length=old.length if old else 0, unchanged=same)
        ids = given | {numbers[at]: entry.id for at, entry in pairs.items()}
        if len(ids) < len(drafts):
            ids |= self._minted(article, drafts, ids)
        self.articles[article.id] = _article_entry(article, old)
        settled = [_with_id(draft, ids[number]) for number, draft in enumerate(drafts)]
        for claim in settled:
            self._keep(claim, article)
        kept = set(ids.values())
        for entry in own:
            if entry.id not in kept and entry.id not in self._merged:
                self._retire(entry)
        return settled

    def _given(self, article: Article, drafts: Sequence[Claim]) -> dict[int, ClaimId]:
        """Return the ids that a person wrote, by the draft's number, where they can be had."""
        found: dict[int, ClaimId] = {}
        if not self._forced:
            return found
        for number, draft in enumerate(drafts):
            wanted = self._forced.get(draft.id)
            if wanted is None:
                continue
            why = self._refused(wanted, article.id, set(found.values()))
            if why:
                self._problem(
                    "L04", article.file, f"the id {wanted} can't be given to “{_short(draft.quote)}”: {why}",
                    "leave out the `id:` line, and the claim gets one of its own",
                )  # fmt: skip
            else:
                found[number] = wanted
        return found

    def _refused(self, wanted: ClaimId, article: ArticleId, given: Set[ClaimId]) -> str:
        entry = self.entries.get(wanted)
        if wanted in given:
            return "another claim of the same article asks for it too"
        if entry is not None and entry.article != article:
            return f"it was published for a claim of the article {entry.article}"
        if wanted in self._merged or (entry is not None and entry.state == "merged"):
            return "it was merged into another claim"
        return ""

    def _minted(self, article: Article, drafts: Sequence[Claim], ids: Mapping[int, ClaimId]) -> dict[int, ClaimId]:
        """Mint what has no id yet, avoiding every id that was ever used."""
        taken: set[str] = set(self._asked_for)
        seen: defaultdict[str, int] = defaultdict(int)
        found: dict[int, ClaimId] = {}
        for number, draft in enumerate(drafts):
            words = fold(draft.quote)
            if number not in ids:
                found[number] = mint_folded(article.id, words, seen[words], _Either(taken, self.entries))
                taken.add(found[number])
            seen[words] += 1
        return found

    def _keep(self, claim: Claim, article: Article) -> None:
        old = self.entries.get(claim.id)
        if old is not None and old.state == "live" and old.span == claim.span and old.quote == claim.quote:
            text, span = article.text, claim.span
            if text.startswith(old.suffix, span.end) and text.endswith(old.prefix, 0, span.start):
                return
        new = _claim_entry(claim, article, self._date)
        if old is not None:
            events = old.events
            if old.state != "live":
                events += (self._event("restored"),)
            if fold(old.quote) != fold(claim.quote):
                events += (self._event("wording changed"),)
            new = replace(new, first=old.first, events=events)
        self.entries[claim.id] = new

    def _retire(self, entry: LedgerClaim) -> None:
        if entry.state == "live":
            events = (*entry.events, self._event("withdrawn"))
            self.entries[entry.id] = replace(entry, state="retired", since=self._date, events=events)

    def remove_missing(self, present: Iterable[ArticleId]) -> None:
        """Retire the claims of articles whose file is gone."""
        here = set(present)
        for name, entry in list(self.articles.items()):
            if name not in here:
                self.articles[name] = replace(entry, state="gone")
                for claim in self._by_article.get(name, ()):
                    self._retire(claim)

    def merge(self) -> None:
        """Let merged ids point on, where the claim they point to is known and doesn't point back."""
        for name, into in sorted(self._merged.items()):
            entry = self.entries.get(name)
            why = self._unmergeable(name, into)
            if why or entry is None:
                if entry is not None and entry.state == "live":
                    self._retire(entry)
                self._problem(
                    "L05", self._file_of(entry or self.entries.get(into)), f"{name} can't be merged into {into}: {why}",
                    "copy both ids, the claim's after `id:` and the other after `merged_into:`, from the claims' pages",
                )  # fmt: skip
            elif entry.state != "merged" or entry.merged_into != into:
                event = self._event(f"merged into {into}")
                self.entries[name] = replace(
                    entry, state="merged", merged_into=into, since=self._date, events=_added(entry.events, event)
                )

    def _unmergeable(self, name: ClaimId, into: ClaimId) -> str:
        if name not in self.entries:
            return f"{name} was never published"
        if into not in self.entries:
            return f"{into} was never published"
        return f"{into} was itself merged into {name}" if self.target(into) == name or name == into else ""

    def target(self, name: ClaimId) -> ClaimId:
        """Follow merges to the claim that stands now."""
        seen = {name}
        while (entry := self.entries.get(name)) and entry.merged_into and entry.merged_into not in seen:
            name = entry.merged_into
            seen.add(name)
        return name

    def _event(self, what: str) -> str:
        return f"{self._date}: {what}" if self._date else what

    def _file_of(self, entry: LedgerClaim | None) -> str:
        article = self.articles.get(entry.article) if entry else None
        return article.file if article else ""

    def _problem(self, code: str, file: str, message: str, remedy: str) -> None:
        sidecar = f"{self._folder}/{PurePosixPath(file).stem}.yml" if file else f"{self._folder}/ledger.json"
        self.problems.append(Problem(file=sidecar, code=code, severity="error", message=message, remedy=remedy))


class _Either:
    """Two containers as one, so that a large one needn't be copied."""

    def __init__(self, one: Set[str], other: Mapping[ClaimId, LedgerClaim]) -> None:
        self._one, self._other = one, other

    def __contains__(self, key: object) -> bool:
        return key in self._one or key in self._other


def _added(events: tuple[str, ...], event: str) -> tuple[str, ...]:
    return events if event in events else (*events, event)


def _article_entry(article: Article, old: LedgerArticle | None) -> LedgerArticle:
    return LedgerArticle(
        id=article.id,
        file=article.file,
        title=article.title,
        digest=article.digest,
        length=len(article.text),
        aliases=old.aliases if old else (),
    )


def _claim_entry(claim: Claim, article: Article, date: str) -> LedgerClaim:
    span: Span = claim.span
    return LedgerClaim(
        id=claim.id,
        article=article.id,
        span=span,
        quote=claim.quote,
        prefix=article.text[max(0, span.start - _CONTEXT) : span.start],
        suffix=article.text[span.end : span.end + _CONTEXT],
        first=date,
    )


def _with_id(claim: Claim, name: ClaimId) -> Claim:
    return claim if claim.id == name else replace(claim, id=name)


def _short(quote: str) -> str:
    return quote if len(quote) <= 60 else quote[:57].rstrip() + "…"
