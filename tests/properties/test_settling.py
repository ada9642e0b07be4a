"""Laws of the ledger: over any history of edits no id is used twice, none is lost, and a second run changes nothing."""
from __future__ import annotations

import hashlib
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.ids import mint, slug
from build_tools.ledger import Ledger, Settlement, dump, parse, settle, settle_articles
from build_tools.model import Article, ArticleId, Asserter, Claim, Span

PARAGRAPHS = [
    "The harbour is older than the town around it. Nobody repairs the northern quay any more.",
    "Exports of timber reached forty million tonnes in spring. Prices followed a month later.",
    "Exports of timber reached fifty million tonnes in autumn. Prices followed a month later.",
    "The council has asked for money three times. Each time the ministry refused to answer.",
    "Team Red owns the ledger service and meets on Tuesdays. Its lead is Ana.",
    "Team Blue owns the build service and meets on Tuesdays. Its lead is Ben.",
    "It was rejected by all. It was rejected by all. Then it rained for days.",
    "中国企业更注重实际应用。Nobody asked why. The sign 🜄 means water and nothing else.",
]
WORDS = ["spring", "forty", "three", "Nobody", "ledger", "older"]
Corpus = dict[str, list[str]]
"""File name to paragraphs."""


def articles_of(corpus: Corpus, ledger: Ledger) -> tuple[Article, ...]:
    found = []
    for file, paragraphs in corpus.items():
        text = "\n\n".join(paragraphs)
        name, digest = ArticleId(slug(file.split(".")[0])), hashlib.sha256(text.encode()).hexdigest()
        found.append(Article(id=name, file=file, text=text, blocks=(), title=file, digest=digest))
    return settle_articles(ledger, found)


def drafts_of(article: Article, skip: int) -> list[Claim]:
    """Every sentence but each `skip`th, as a detector that has changed its mind would have it."""
    found: list[Claim] = []
    for number, match in enumerate(re.finditer(r"[^.\s][^.]*\.", article.text), 1):
        if skip == 0 or number % skip:
            quote = match.group()
            name = mint(article.id, quote, sum(one.quote == quote for one in found))
            span = Span(*match.span())
            found.append(
                Claim(id=name, article=article.id, span=span, quote=quote, kind="fact", asserter=Asserter(name="A"))
            )
    return found


def build(ledger: Ledger, corpus: Corpus, skip: int = 0, date: str = "") -> Settlement:
    articles = articles_of(corpus, ledger)
    drafts = {article.id: drafts_of(article, skip) for article in articles}
    return settle(ledger, drafts, articles, forced={}, merged={}, date=date)


paragraphs = st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=6)
files = st.sampled_from(["a.txt", "b.txt", "c.txt"])


@st.composite
def edited(draw: st.DrawFn, corpus: Corpus) -> Corpus:
    """One edit: a paragraph comes, goes, moves or changes a word; a file comes, goes or is renamed."""
    after = {file: list(some) for file, some in corpus.items()}
    file = draw(st.sampled_from(sorted(after)))
    some = after[file]
    match draw(st.integers(0, 6)):
        case 0:
            some.insert(draw(st.integers(0, len(some))), draw(st.sampled_from(PARAGRAPHS)))
        case 1 if len(some) > 1:
            some.pop(draw(st.integers(0, len(some) - 1)))
        case 2:
            after[file] = draw(st.permutations(some))
        case 3:
            word = draw(st.sampled_from(WORDS))
            after[file] = [paragraph.replace(word, "another") for paragraph in some]
        case 4:
            after[draw(files)] = draw(paragraphs)
        case 5 if len(after) > 1:
            del after[file]
        case 6:
            after[draw(st.sampled_from(["d.txt", "e.txt"]))] = after.pop(file)
        case _:
            pass
    return after


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[Corpus, int]]:
    corpus: Corpus = draw(st.dictionaries(files, paragraphs, min_size=1, max_size=3))
    found = [(corpus, 0)]
    for _ in range(draw(st.integers(1, 5))):
        corpus = draw(edited(corpus))
        found.append((corpus, draw(st.sampled_from([0, 0, 0, 3]))))
    return found


@given(histories())
@settings(deadline=None, max_examples=120)
def test_over_any_history_no_id_is_lost_or_used_twice(history: list[tuple[Corpus, int]]) -> None:
    ledger = Ledger()
    homes: dict[str, ArticleId] = {}
    for turn, (corpus, skip) in enumerate(history):
        done = build(ledger, corpus, skip, date=f"2026-01-{turn + 1:02}")
        known, now = {entry.id for entry in ledger.claims}, {entry.id: entry for entry in done.ledger.claims}
        live = [claim.id for claim in done.claims]
        assert len(set(live)) == len(live), "one id for two claims"
        assert known <= now.keys(), "an id was lost"
        assert set(live) == {name for name, entry in now.items() if entry.state == "live"}
        assert {stone.id for stone in done.tombstones} == now.keys() - set(live)
        assert {entry.id for entry in ledger.articles} <= {entry.id for entry in done.ledger.articles}
        assert all(homes.setdefault(name, entry.article) == entry.article for name, entry in now.items())
        assert all(now[entry.id].first == entry.first for entry in ledger.claims), "the day of first publication moved"
        before = {entry.id: entry for entry in ledger.claims if entry.state != "live"}
        assert all(claim.quote == before[claim.id].quote for claim in done.claims if claim.id in before), "an id came back"
        ledger = done.ledger


@given(histories())
@settings(deadline=None, max_examples=60)
def test_a_second_run_changes_nothing(history: list[tuple[Corpus, int]]) -> None:
    ledger = Ledger()
    for corpus, skip in history:
        done = build(ledger, corpus, skip, date="2026-01-01")
        read, problems = parse(dump(done.ledger), "ledger.json")
        assert (read, problems) == (done.ledger, [])
        again = build(read, corpus, skip, date="2026-12-31")
        assert dump(again.ledger) == dump(done.ledger)
        assert again.claims == done.claims
        ledger = done.ledger


@given(histories(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_the_order_of_files_changes_no_id(history: list[tuple[Corpus, int]], order: object) -> None:
    one, other = Ledger(), Ledger()
    for corpus, skip in history:
        shuffled = list(corpus.items())
        order.shuffle(shuffled)  # type: ignore[attr-defined]
        one, other = build(one, corpus, skip).ledger, build(other, dict(shuffled), skip).ledger
        assert dump(one) == dump(other)


@given(st.permutations(PARAGRAPHS[:6]), st.sets(st.integers(0, 5), max_size=4))
@settings(deadline=None, max_examples=80)
def test_other_paragraphs_never_change_an_id(order: list[str], deleted: set[int]) -> None:
    """Sentences that stand once keep their ids while others go and all are reordered."""
    first = build(Ledger(), {"a.txt": PARAGRAPHS[:6]})
    kept = [paragraph for number, paragraph in enumerate(order) if number not in deleted]
    then = build(first.ledger, {"a.txt": ["A paragraph that nobody has read before.", *kept]})
    unique = {claim.quote: claim.id for claim in first.claims if claim.quote.count("Prices") == 0}
    now = {claim.quote: claim.id for claim in then.claims}
    assert all(now[quote] == name for quote, name in unique.items() if quote in now)
    gone = {stone.id for stone in then.tombstones}
    assert all(name in gone for quote, name in unique.items() if quote not in now)


def test_an_id_never_comes_back_for_the_words_it_was_minted_from() -> None:
    """The claim was reworded, then withdrawn; a new sentence with the first words is a new claim."""
    first, second = "Exports of timber grew a little in spring.", "Exports of timber grew a little again in spring."
    rest = "The harbour is older than the town around it."
    done = build(Ledger(), {"a.txt": [first, rest]})
    name = done.claims[0].id
    for words in (second, "", first):
        done = build(done.ledger, {"a.txt": [*filter(None, [words]), rest]})
        live = {claim.quote: claim.id for claim in done.claims}
        assert live.get(second, name) == name
    assert live[first] != name
