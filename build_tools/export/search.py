"""The search index: `search/…`, loaded in pieces when somebody searches, never on a page view.

Comes in: a `Catalogue`. Goes out: scripts that hold word lists, documents and facets. Documents are claims, passages that hold no
claim, articles, topics and entities. The engine itself is `static/js/search.js`.

    start   counts, where every other piece begins          t<n>  stems with the documents they stand in
    d<n>    texts of documents                              o<n>  all documents of a very common stem
    w<n>    words for mending misspellings                  f, g, h  facets: flags, articles, asserters; topics; entities
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from .. import labels
from ..catalogue import Catalogue, concept_address
from ..model import BODY_KINDS, CLAIM_KINDS, Article, Claim, ClaimId, Concept, Page
from ._search_pack import DIGITS, ascending, divide, number, piece, postings
from ._search_words import STOP, fold, joined, term, words

CLAIMS_A_FILE = 40
"""At most one file for so many claims; two in any case."""
SMALL = 260_000
"""Up to so many characters the whole index is one file: the round trips would cost more than the bytes."""
BEST = 4_000
"""A stem's piece holds at most so many documents, the best; all of them stand in a piece of their own."""
MOST_PIECES = 1_400
"""Of one sort; bounds the table in `start`."""
SATURATION, LENGTH = 1.2, 0.5
"""BM25's k1 and b (Robertson and Zaragoza, 2009). Claims are short and of like length, hence the small b."""
PASSAGE, MAIN, NAMED = 0.75, 1.12, 0.5
"""Weights: a passage against a claim, a main claim, a word that stands only in a topic's, entity's or speaker's name."""
_BATCH = 500
_MOST_COUNTED = 6
_MANY_WORDS = 60_000
_SHORTEST_PASSAGE = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A document: the text that is indexed, its weight, and the row that the engine shows."""

    text: str
    weight: float
    row: tuple[object, ...]
    """(place, text, article or address, flags, asserter)."""
    article: Article | None = None
    asserter: str = ""


class Keys(dict[str, str]):
    """What every word that was met is indexed under; empty for one that isn't. A new word gets its stem when it is asked for."""

    def __missing__(self, word: str) -> str:
        """Find the key of a word that was not met before."""
        key = self[word] = "" if word in STOP else term(word)
        return key


@dataclass(slots=True)
class Index:
    """Stems with their documents, and the words that were met."""

    terms: dict[str, list[int]] = field(default_factory=dict)
    """`document << 4 | impact`, ascending."""
    keys: Keys = field(default_factory=Keys)


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the files of the index."""
    entries = list(documents(catalogue))
    index = build(entries)
    add_names(index, catalogue)
    budget = max(2, len(catalogue.claims) // CLAIMS_A_FILE)
    texts = _texts(entries, max(1, min(MOST_PIECES, budget * 62 // 100)))
    terms, whole = _terms(index, max(1, min(MOST_PIECES, budget * 30 // 100)))
    spelling = _spelling(index, max(1, min(200, budget * 5 // 100)))
    start = {
        "n": _counts(catalogue, len(entries)),
        "d": [begin for begin, _ in texts],
        "t": [begin for begin, _ in terms],
        "w": [begin for begin, _ in spelling],
        "stop": " ".join(sorted(STOP)),
        "kinds": [[kind, labels.KIND_LABEL[kind], labels.KIND_SIGN[kind]] for kind in CLAIM_KINDS],
    }
    named = [*_named("t", terms), *_named("d", texts), *_named("w", spelling)]
    facets = list(_facets(catalogue))
    head = piece("start", start)
    if sum(len(text) for _, text in named) <= SMALL:
        yield _file("start", head + "".join(text for _, text in named))
        yield _file("f", "".join(text for _, text in facets))
    else:
        yield _file("start", head)
        yield from (_file(name, text) for name, text in (*named, *facets, *whole))


def _file(name: str, text: str) -> Page:
    folder = f"{name[0]}/{name[1:]}" if name[1:].isdigit() else name
    return Page(path=f"search/{folder}.js", body=text.encode())


def _named(letter: str, parts: Iterable[tuple[object, str]]) -> list[tuple[str, str]]:
    return [(f"{letter}{place}", piece_text.replace("@", f"{letter}{place}", 1)) for place, (_, piece_text) in enumerate(parts)]


def _counts(catalogue: Catalogue, total: int) -> list[int]:
    claims, articles, concepts = len(catalogue.claims), len(catalogue.articles), len(catalogue.corpus.concepts)
    return [claims, total - claims - articles - concepts, articles, concepts]


def documents(catalogue: Catalogue) -> Iterator[Entry]:
    """Give all documents: claims in the order of the corpus, passages, articles, topics and entities."""
    disputed = {end for link in catalogue.corpus.links if link.kind == "disputes" for end in (link.source, link.target)}
    for claim in catalogue.claims:
        quote = " ".join(claim.quote.split())
        weight = MAIN if claim.weight == "main" else 1.0
        row = (claim.id, quote, flags(claim, claim.id in disputed))
        yield Entry(quote, weight, row, catalogue.article(claim.article), claim.asserter.name)
    for article in catalogue.articles:
        for block, text in _passages(article, catalogue.claims_of(article.id)):
            yield Entry(text, PASSAGE, (f"p{block}", text), article)
    for article in catalogue.articles:
        by = ", ".join(part for part in (*article.authors, article.publisher, article.published) if part)
        yield Entry(f"{article.title} {by}", PASSAGE, ("", by), article)
    for concept in catalogue.corpus.concepts:
        names = " · ".join((concept.pref_label, *concept.alt_labels, *concept.hidden_labels))
        shown = (concept_address(concept), concept.pref_label, labels.CONCEPT_LABEL[concept.kind])
        yield Entry(names, 1.0, shown)


def flags(claim: Claim, disputed: bool) -> int:
    """Return kind, weight, hedge and dispute in six bits, as the facets and results have them."""
    return CLAIM_KINDS.index(claim.kind) | (claim.weight == "main") << 3 | claim.hedged << 4 | disputed << 5


def _passages(article: Article, claims: Sequence[Claim]) -> Iterator[tuple[int, str]]:
    """Give what stands between the claims of a block, and headings, with the number of the block."""
    spans = sorted((claim.start, claim.end) for claim in claims)
    at = 0
    for place, block in enumerate(article.blocks, 1):
        if block.kind not in BODY_KINDS and block.kind not in {"heading", "caption"}:
            continue
        parts, seen = [], block.start
        while at < len(spans) and spans[at][1] <= block.start:
            at += 1
        for start, end in spans[at:]:
            if start >= block.end:
                break
            parts.append(article.text[seen:start] if start > seen else "")
            seen = max(seen, end)
        parts.append(article.text[seen : block.end])
        text = " ".join(" … ".join(part.strip() for part in parts if len(part.split()) >= _SHORTEST_PASSAGE).split())
        if block.kind == "heading" and not text:
            text = " ".join(block.span.of(article.text).split())
        if text:
            yield place, text


def build(entries: Sequence[Entry]) -> Index:
    """Index the documents' own words."""
    index = Index()
    lengths = max(1.0, sum(len(entry.text) for entry in entries) / max(1, len(entries)))
    for first in range(0, len(entries), _BATCH):
        batch = entries[first : first + _BATCH]
        folded = fold("\n".join(entry.text.replace("\n", " ") for entry in batch)).split("\n")
        for place, text in enumerate(folded):
            _add(index, first + place, text, batch[place], lengths)
    return index


def _add(index: Index, document: int, text: str, entry: Entry, mean: float) -> None:
    terms = index.terms
    found = words(text)
    if "-" in text:
        found += joined(text)
    met = Counter(map(index.keys.__getitem__, found))
    met.pop("", 0)
    impacts = _impacts(min(60, round(20 * len(entry.text) / mean)), entry.weight)
    head = document << 4
    for key, count in met.items():
        code = head | impacts[count if count < _MOST_COUNTED else _MOST_COUNTED]
        listed = terms.get(key)
        if listed is None:
            terms[key] = [code]
        else:
            listed.append(code)


@cache
def _impacts(size: int, weight: float) -> tuple[int, ...]:
    """Return BM25's weights of a word that stands 0, 1, 2 … times in a document; `size` is in twentieths of the mean length."""
    wide = SATURATION * (1 - LENGTH + LENGTH * size / 20)
    values = (count * (SATURATION + 1) / (count + wide) for count in range(_MOST_COUNTED + 1))
    return tuple(max(1, min(15, round(6.5 * value * weight))) for value in values)


def add_names(index: Index, catalogue: Catalogue) -> None:
    """Make claims findable by every name of their topics, entities and speakers, even where the text says it otherwise."""
    extra: dict[str, set[int]] = {}
    place = {claim.id: number for number, claim in enumerate(catalogue.claims)}
    for concept in catalogue.corpus.concepts:
        found = [place[claim.id] for claim in catalogue.claims_on(concept.id)]
        for stem in _stems((concept.pref_label, *concept.alt_labels, *concept.hidden_labels)):
            extra.setdefault(stem, set()).update(found)
    for claim in catalogue.claims:
        if claim.asserter.evidence is not None:
            for stem in _stems((claim.asserter.name,)):
                extra.setdefault(stem, set()).add(place[claim.id])
    impact = max(1, round(6.5 * NAMED))
    for stem, more in extra.items():
        listed = index.terms.setdefault(stem, [])
        more.difference_update(entry >> 4 for entry in listed)
        listed.extend(document << 4 | impact for document in more)
        listed.sort()


@cache
def _stems(names: tuple[str, ...]) -> tuple[str, ...]:
    folded = fold(" \n ".join(names))
    return tuple(dict.fromkeys(term(word) for word in (*words(folded), *joined(folded)) if word not in STOP))


def _texts(entries: Sequence[Entry], parts: int) -> list[tuple[int, str]]:
    """Write the documents' rows in blocks; each block has its own table of articles and speakers."""
    begins = divide([len(entry.text) + 40 for entry in entries], parts)
    found = []
    for begin, end in zip(begins, [*begins[1:], len(entries)], strict=True):
        articles: dict[str, int] = {}
        titles: list[list[str]] = []
        speakers: dict[str, int] = {}
        rows: list[list[object]] = []
        for entry in entries[begin:end]:
            row = list(entry.row)
            if entry.article is not None:
                at = articles.setdefault(entry.article.id, len(articles))
                if at == len(titles):
                    titles.append([entry.article.id, entry.article.title])
                row.append(at)
            if entry.asserter:
                row.append(speakers.setdefault(entry.asserter, len(speakers)))
            rows.append(row)
        found.append((begin, piece("@", titles, list(speakers), rows)))
    return found


def _terms(index: Index, parts: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Write the stems in alphabetical ranges, and the whole lists of the commonest."""
    whole: list[tuple[str, str]] = []
    written: list[str] = []
    keys = sorted(index.terms)
    for key in keys:
        listed = index.terms[key]
        count = ""
        if len(listed) > BEST:
            name = f"o{len(whole)}"
            whole.append((name, piece(name, postings(listed))))
            count = f"{len(listed)}.{len(whole) - 1}!"
            listed = sorted(sorted(listed, key=lambda entry: (-(entry & 15), entry))[:BEST])
        written.append(f"{key}={count}{postings(listed)}")
    begins = divide([len(text) for text in written], parts)
    ranges = zip(begins, [*begins[1:], len(written)], strict=True)
    return [(keys[begin] if begin else "", piece("@", ";".join(written[begin:end]))) for begin, end in ranges if keys], whole


def _spelling(index: Index, parts: int) -> list[tuple[str, str]]:
    """Write the words that a misspelling may have meant: letters only, front-coded, with how often they stand."""
    counts = {word: len(index.terms[key]) for word, key in index.keys.items() if key}
    least = 1 if len(counts) < _MANY_WORDS else 2  # in much text, what stands once is often itself a slip
    known = sorted(word for word, count in counts.items() if len(word) > 3 and count >= least and word.isalpha())
    begins = divide([len(word) for word in known], parts)
    found = []
    for begin, end in zip(begins, [*begins[1:], len(known)], strict=True):
        if known:
            found.append((known[begin] if begin else "", piece("@", _front_coded(known[begin:end], counts))))
    return found


def _front_coded(known: Sequence[str], counts: Mapping[str, int]) -> str:
    last, out = "", []
    for word in known:
        same = 0
        while same < min(len(last), len(word), 31) and last[same] == word[same]:
            same += 1
        out.append(f"{number(same)}{word[same:]}{min(9, counts[word].bit_length())}")
        last = word
    return "".join(out)


def _facets(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Write a column for every facet: claims by their number."""
    place = {claim.id: number for number, claim in enumerate(catalogue.claims)}
    disputed = {end for link in catalogue.corpus.links if link.kind == "disputes" for end in (link.source, link.target)}
    signs = "".join(DIGITS[flags(claim, claim.id in disputed)] for claim in catalogue.claims)
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
        [c.id, c.pref_label, ascending(place[claim.id] for claim in catalogue.claims_on(c.id))]
        for c in concepts
        if catalogue.claims_on(c.id)
    ]
