"""Ids that last: what was published once keeps its id, whatever happens to articles, detector and file order.

Comes in: the ledger of earlier builds, the articles and their claims with provisional ids. Goes out: the same with
frozen ids, the next ledger, and what it remembers of what is gone. It reads and writes no file and has no clock.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import PurePosixPath
from typing import TypeVar

from ..ids import fold, is_claim_id, mint_folded
from ..model import Article, ArticleId, Claim, ClaimId, History, Selector, Span, Tombstone
from ..problems import Problem
from ._articles import settle_articles
from ._concepts import NamedConcepts, named_concepts
from ._file import Ledger, LedgerArticle, LedgerClaim, LedgerConcept, Pair, dump, parse
from ._match import LastState, matched
from ._outdated import outdated

__all__ = [
    "Ledger", "LedgerArticle", "LedgerClaim", "LedgerConcept", "NamedConcepts", "Pair", "Settlement", "dump",
    "named_concepts", "outdated", "parse", "selectors", "selectors_by_article", "settle", "settle_articles", "settle_claims",
    "stated_by_article", "with_addresses", "with_unread",
]  # fmt: skip

_Entry = TypeVar("_Entry", LedgerArticle, LedgerClaim)
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
    return selectors_by_article(ledger).get(article, {})


def selectors_by_article(ledger: Ledger) -> Mapping[ArticleId, Mapping[ClaimId, Selector]]:
    """Return the same for every article that has published claims."""
    lengths = {entry.id: entry.length for entry in ledger.articles}
    return {name: LastState(entries, lengths.get(name, 0)) for name, entries in _of_article(ledger.claims).items()}


def stated_by_article(ledger: Ledger) -> Mapping[ArticleId, Mapping[str, ClaimId]]:
    """Return the claims whose passages read otherwise than their sidecar says, by the sidecar's folded words."""
    found: defaultdict[ArticleId, dict[str, ClaimId]] = defaultdict(dict)
    doubtful: set[tuple[ArticleId, str]] = set()
    for entry in ledger.claims:
        words = fold(entry.stated) if entry.stated else ""
        if words and found[entry.article].setdefault(words, entry.id) != entry.id:
            doubtful.add((entry.article, words))
    for article, words in doubtful:
        del found[article][words]
    return found


def with_unread(ledger: Ledger, before: Ledger, articles: Set[ArticleId]) -> Ledger:
    """Return a ledger in which what is known of these articles, and of all topics and names, stays as it was.

    Args:
        ledger: as the build would leave it.
        before: as earlier builds left it.
        articles: those whose file or sidecar can't be read today. Until it is mended, nothing of them is new or gone.
    """
    return replace(
        ledger,
        articles=_with_own(ledger.articles, before.articles, lambda entry: entry.id in articles),
        claims=_with_own(ledger.claims, before.claims, lambda entry: entry.article in articles),
        concepts=before.concepts,
    )


def _with_own(now: Sequence[_Entry], before: Sequence[_Entry], own: Callable[[_Entry], bool]) -> tuple[_Entry, ...]:
    return tuple([entry for entry in now if not own(entry)] + [entry for entry in before if own(entry)])


def with_addresses(ledger: Ledger, concepts: Iterable[LedgerConcept], compared: Iterable[Pair]) -> Ledger:
    """Return a ledger that remembers these pages of concepts and of articles side by side."""
    return replace(ledger, concepts=tuple(concepts), compared=tuple(sorted({*ledger.compared, *compared})))


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
    stated: Mapping[ClaimId, str] | None = None,
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
        stated: provisional id to the words of the sidecar, where the passage reads otherwise by now.

    Returns:
        Everything that follows. A second run with the same input changes nothing.
    """
    work = _Work(ledger, forced, merged, date, folder, stated or {})
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
    entries = sorted(work.entries.values(), key=attrgetter("article", "id"))
    titles = {entry.id: entry.title for entry in articles}
    return Settlement(
        claims=claims,
        ledger=replace(work.before, articles=tuple(articles), claims=tuple(entries)),
        tombstones=tuple(_tombstone(entry, titles) for entry in entries if entry.state != "live"),
        history=_histories(entries),
        aliases={alias: entry.id for entry in articles for alias in entry.aliases},
        gone_articles={entry.id: entry.title for entry in articles if entry.state == "gone"},
        merged={entry.id: work.target(entry.id) for entry in entries if entry.state == "merged"},
        problems=tuple(work.problems),
    )


def _histories(entries: Iterable[LedgerClaim]) -> dict[ClaimId, History]:
    """Return what is known of live claims; those of one day without a later event share a value."""
    quiet: dict[str, History] = {}
    found: dict[ClaimId, History] = {}
    for entry in entries:
        if entry.state != "live":
            continue
        if entry.events:
            found[entry.id] = History(first=entry.first, events=entry.events)
        else:
            found[entry.id] = quiet.get(entry.first) or quiet.setdefault(entry.first, History(first=entry.first))
    return found


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
        stated: Mapping[ClaimId, str],
    ) -> None:
        self.before = ledger
        self.articles = {entry.id: entry for entry in ledger.articles}
        self.entries = {entry.id: entry for entry in ledger.claims}
        self.problems: list[Problem] = []
        self._by_article = _of_article(ledger.claims)
        self._asked_for = set(forced.values())
        self._forced, self._merged, self._date, self._folder, self._stated = forced, merged, date, folder, stated

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
        for draft, claim in zip(drafts, settled, strict=True):
            self._keep(claim, article, self._stated.get(draft.id, ""))
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
        """Give an id to what has none yet, avoiding every id that was ever used.

        A draft's provisional id was minted from the same words: where it is free, it needs no minting again.
        """
        taken: set[str] = {*self._asked_for, *ids.values()}
        found: dict[int, ClaimId] = {}
        for number, draft in enumerate(drafts):
            if number not in ids and draft.id not in taken and draft.id not in self.entries and is_claim_id(draft.id):
                found[number] = draft.id
                taken.add(draft.id)
        if len(found) + len(ids) == len(drafts):
            return found
        seen: defaultdict[str, int] = defaultdict(int)
        ids = {**ids, **found}
        for number, draft in enumerate(drafts):
            words = fold(draft.quote)
            if number not in ids:
                found[number] = mint_folded(article.id, words, seen[words], _Either(taken, self.entries))
                taken.add(found[number])
            seen[words] += 1
        return found

    def _keep(self, claim: Claim, article: Article, stated: str) -> None:
        old = self.entries.get(claim.id)
        if old is not None and claim.origin == "detected":
            stated = old.stated  # the sidecar's words are not found today, and may be again
        same = old is not None and old.state == "live" and old.span == claim.span and old.quote == claim.quote
        if old is not None and same and old.stated == stated:
            text, span = article.text, claim.span
            if text.startswith(old.suffix, span.end) and text.endswith(old.prefix, 0, span.start):
                return
        new = _claim_entry(claim, article, self._date, stated)
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


def _claim_entry(claim: Claim, article: Article, date: str, stated: str) -> LedgerClaim:
    span: Span = claim.span
    return LedgerClaim(
        id=claim.id,
        article=article.id,
        span=span,
        quote=claim.quote,
        stated=stated,
        prefix=article.text[max(0, span.start - _CONTEXT) : span.start],
        suffix=article.text[span.end : span.end + _CONTEXT],
        first=date,
    )


def _with_id(claim: Claim, name: ClaimId) -> Claim:
    return claim if claim.id == name else replace(claim, id=name)


def _short(quote: str) -> str:
    return quote if len(quote) <= 60 else quote[:57].rstrip() + "…"
