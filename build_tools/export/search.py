"""The search index: `search/…`, loaded in pieces when somebody searches, never on a page view.

Comes in: a `Catalogue`. Goes out: scripts that hold word lists, documents and facets. Documents are claims, passages that hold no
claim, articles, topics and entities. The engine itself is `static/js/search.js`.

    start   counts, how the rest is divided                 t<n>  stems with the documents they stand in
    d<n>    texts of documents                              o<n>  all documents of a very common stem
    w<n>    words for mending misspellings                  f, g, h  facets: flags, articles, asserters; topics; entities
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

from .. import labels
from ..catalogue import Catalogue
from ..model import CLAIM_KINDS, UNSIGNED, ClaimId, Concept, Page
from ._search_documents import Entry, documents, flags
from ._search_index import Index, build, front_coded, known_words, rows
from ._search_pack import DIGITS, ascending, divide, piece, telling
from ._search_words import STOP

CLAIMS_A_FILE = 40
"""At most one file of texts for so many claims, and far fewer of each other sort; two in any case."""
SMALL = 110_000
"""Up to so many characters of articles the whole index is one file: the round trips would cost more than the bytes."""
BEST = 4_000
"""A stem's piece holds at most so many documents, the best; all of them stand in a piece of their own."""
MOST_TERMS, MOST_TEXTS = 1_400, 16_000
"""Pieces with stems, which bounds their table in `start`, and with texts."""
SPELLING = 12_000
"""Characters of a piece of words, 4 kB sent: one piece has most of what a misspelling may mean."""


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the files of the index."""
    for work in works(catalogue):
        yield from work()


def works(catalogue: Catalogue) -> list[Callable[[], Iterator[Page]]]:
    """Return the same as pieces of work that know nothing of each other: what is shown, and what is sought."""
    entries = cache(lambda: list(documents(catalogue)))  # one of the works may do for both
    if sum(len(article.text) for article in catalogue.articles) <= SMALL:
        return [partial(_small, catalogue, entries)]
    return [partial(_sought, catalogue, entries), partial(_shown, catalogue, entries)]


def _small(catalogue: Catalogue, found: Callable[[], list[Entry]]) -> Iterator[Page]:
    entries = found()
    runs = [(0, max(1, len(entries)))]
    named, whole = _sought_pieces(catalogue, entries, runs)
    texts = [(f"d{place}", text) for place, text in enumerate(_texts(entries, runs))]
    yield _file("start", "".join(text for _, text in (*named, *texts)))
    yield from (_file(name, text) for name, text in whole)
    yield _file("f", "".join(text for _, text in _facets(catalogue)))


def _sought(catalogue: Catalogue, found: Callable[[], list[Entry]]) -> Iterator[Page]:
    entries = found()
    named, whole = _sought_pieces(catalogue, entries, _text_runs(catalogue, entries))
    yield from (_file(name, text) for name, text in (*named, *whole))


def _shown(catalogue: Catalogue, found: Callable[[], list[Entry]]) -> Iterator[Page]:
    entries = found()
    for place, text in enumerate(_texts(entries, _text_runs(catalogue, entries))):
        yield _file(f"d{place}", text)
    yield from (_file(name, text) for name, text in _facets(catalogue))


def _file(name: str, text: str) -> Page:
    folder = f"{name[0]}/{name[1:]}" if name[1:].isdigit() else name
    return Page(path=f"search/{folder}.js", body=text.encode())


def _share(catalogue: Catalogue, percent: int, most: int) -> int:
    """Return how many pieces a sort may have."""
    return max(1, min(most, max(2, len(catalogue.claims) // CLAIMS_A_FILE) * percent // 100))


def _text_runs(catalogue: Catalogue, entries: Sequence[Entry]) -> list[tuple[int, int]]:
    """Divide the documents into blocks of about one size: for each sort its first number, and how many a block holds.

    Documents of one sort are of like length, so a number stands for a table of thousands of beginnings.
    """
    sizes = [len(entry.text) + 40 for entry in entries]
    aim = max(1, sum(sizes) // _share(catalogue, 100, MOST_TEXTS))
    runs, first = [], 0
    for count in _counts(catalogue, len(entries)):
        if count:
            own = sum(sizes[first : first + count])
            runs.append((first, max(1, round(aim * count / own))))
        first += count
    return runs


def _sought_pieces(
    catalogue: Catalogue, entries: Sequence[Entry], texts: Sequence[tuple[int, int]]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Write `start`, the stems and the words; and the whole lists of common stems."""
    index = build(entries)
    keys, written, common = rows(index, BEST)
    at = divide([len(text) for text in written], _share(catalogue, 31, MOST_TERMS))
    terms = [(f"t{place}", piece(f"t{place}", ";".join(written[b:e]))) for place, (b, e) in enumerate(_runs(at, len(keys)))]
    words, spelling = _spelling(index, _share(catalogue, 3, 200))
    start = {
        "n": _counts(catalogue, len(entries)),
        "d": texts,
        "t": " ".join(_begins(keys, at)),
        "w": words,
        "stop": " ".join(sorted(STOP)),
        "unsigned": UNSIGNED,
        "kinds": [[kind, labels.KIND_LABEL[kind], labels.KIND_SIGN[kind]] for kind in CLAIM_KINDS],
    }
    whole = [(f"o{place}", piece(f"o{place}", text)) for place, text in enumerate(common)]
    return [("start", piece("start", start)), *terms, *spelling], whole


def _runs(begins: Sequence[int], end: int) -> Iterator[tuple[int, int]]:
    return zip(begins, [*begins[1:], end], strict=True)


def _begins(keys: Sequence[str], begins: Iterable[int]) -> list[str]:
    """Return what every run of sorted words begins with, no longer than it must be; nothing for the first."""
    return [telling(keys[begin], keys[begin - 1]) if begin else "" for begin in begins]


def _counts(catalogue: Catalogue, total: int) -> list[int]:
    claims, articles, concepts = len(catalogue.claims), len(catalogue.articles), len(catalogue.corpus.concepts)
    return [claims, total - claims - articles - concepts, articles, concepts]


def _texts(entries: Sequence[Entry], runs: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Write the documents' rows in blocks; each block has its own table of articles and speakers."""
    ends = [*(first for first, _ in runs[1:]), max(1, len(entries))]
    begins = [begin for (first, step), end in zip(runs, ends, strict=True) for begin in range(first, end, step)]
    for place, (begin, end) in enumerate(_runs(begins, len(entries))):
        articles: dict[str, int] = {}
        titles: list[list[str]] = []
        speakers: dict[str, int] = {}
        listed: list[tuple[object, ...]] = []
        for entry in entries[begin:end]:
            row, article = entry.row, entry.article
            if article is not None:
                at = articles.setdefault(article.id, len(titles))
                if at == len(titles):
                    titles.append([article.id, article.title])
                row = (*row, at, speakers.setdefault(entry.asserter, len(speakers))) if entry.asserter else (*row, at)
            listed.append(row)
        yield piece(f"d{place}", titles, list(speakers), listed)


def _spelling(index: Index, most: int) -> tuple[list[str], list[tuple[str, str]]]:
    """Write the words that a misspelling may have meant: with what each piece begins, and the pieces."""
    known, counts = known_words(index)
    if not known:
        return [], []
    sizes = [len(word) // 2 + 2 for word in known]
    at = divide(sizes, min(most, 1 + sum(sizes) // SPELLING))
    runs = enumerate(_runs(at, len(known)))
    return _begins(known, at), [(f"w{place}", piece(f"w{place}", front_coded(known[b:e], counts))) for place, (b, e) in runs]


def _facets(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Write a column for every facet: claims by their number."""
    place = {claim.id: number for number, claim in enumerate(catalogue.claims)}
    signs = "".join(map(DIGITS.__getitem__, flags(catalogue)))
    articles = [[article.id, article.title, len(catalogue.claims_of(article.id))] for article in catalogue.articles]
    said: dict[str, list[int]] = {}
    for at, claim in enumerate(catalogue.claims):
        said.setdefault(claim.asserter.name, []).append(at)
    speakers = [[name, ascending(found)] for name, found in sorted(said.items(), key=lambda row: (-len(row[1]), row[0]))]
    yield "f", piece("f", {"flags": signs, "articles": articles, "asserters": speakers})
    yield "g", piece("g", _members(catalogue, catalogue.topics, place))
    yield "h", piece("h", _members(catalogue, catalogue.entities, place))


def _members(catalogue: Catalogue, concepts: Sequence[Concept], place: Mapping[ClaimId, int]) -> list[list[str]]:
    return [
        [c.id, c.pref_label, ascending([place[claim.id] for claim in catalogue.claims_on(c.id)])]
        for c in concepts
        if catalogue.claims_on(c.id)
    ]
