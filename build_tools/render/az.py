"""The index at the back of the book: `/a-z/`.

Comes in: a `Catalogue`. Goes out: one page with topics, entities, speakers and frequent terms in one alphabet. Locators
go to claims and say which article; no heading has more than six that nothing tells apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from string import ascii_lowercase
from urllib.parse import quote

from markupsafe import Markup

from .. import labels
from ..catalogue import Catalogue, claim_address, concept_address
from ..document import Document, markdown_page
from ..labels import plural
from ..model import Claim, Concept, ConceptId, Page
from ._listing import by_main, narrower, short_title
from ._pieces import safe
from ._shared_pairs import shared_pairs
from ._speakers import Speakers, by_and_of, speakers
from .templates import template
from .views import Named, article_name, concept_name

LOCATORS = 6
"""The most locators that may stand in a row (a rule of good indexes: Chicago Manual of Style, 16.10)."""
DETAILED = 3_000
"""Above so many claims headings with a page of their own lead there, without locators."""
FEW, DIVIDED, WORTH = 1, 3, 30
"""Above so many claims: a speaker's locators, the parts of a heading, and how many claims a name needs to be divided."""
TERMS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Subentry:
    """A line below a heading: what tells its locators apart, and the locators."""

    label: str
    address: str
    """Where the label leads; empty for nowhere."""
    locators: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A heading of the index."""

    label: str
    address: str
    """Empty for a heading without a page of its own."""
    sort: str
    kind: str
    count: int
    locators: tuple[str, ...] = ()
    subentries: tuple[Subentry, ...] = ()
    see: Named | None = None
    """The heading that is used in place of this one."""
    see_also: tuple[Named, ...] = ()


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the index."""
    letters: dict[str, list[Entry]] = {}
    for entry in sorted(entries(catalogue), key=lambda entry: (entry.sort, entry.kind, entry.address)):
        letters.setdefault(_letter(entry.sort), []).append(entry)
    total = sum(len(found) for found in letters.values())
    shown = {
        letter: Markup("".join(map(_entry, found)))  # noqa: S704 — every word was escaped
        for letter, found in letters.items()
    }
    body = template("az.html.j2").render(letters=shown, count=total, detailed=len(catalogue.claims) <= DETAILED)
    document = Document(
        address="a-z/",
        title="A–Z index",
        description=f"{plural(total, 'entry', 'entries')}: topics, names, speakers and terms, with the claims they lead to.",
        body=body,
        page_class="az",
    )
    yield markdown_page(document, catalogue.site)


def _entry(entry: Entry) -> str:
    """Return a heading with all that stands below it as a list item."""
    label = safe(entry.label)
    if entry.see:
        return f'<li class="entry entry-{entry.kind}"><span class="heading">{label}</span>, <em>see</em> {_link(entry.see)}</li>\n'
    way = f'<a class="heading" href="../{safe(entry.address)}">{label}</a>'
    heading = way if entry.address else f'<span class="heading">{label}</span>'
    number = f' <span class="count">{entry.count}<span class="visually-hidden"> {"claim" if entry.count == 1 else "claims"}</span></span>'
    count = number if entry.kind != "term" else ""
    places = f": {', '.join(entry.locators)}" if entry.locators else ""
    left = f" and {entry.count - LOCATORS} more" if entry.kind == "term" and entry.count > LOCATORS else ""
    parts = "".join([_subentry(entry, sub) for sub in entry.subentries])
    below = f"<ul>\n{parts}</ul>" if parts else ""
    others = "; ".join(map(_link, entry.see_also))
    also = f'<span class="see-also"><em>see also</em> {others}</span>' if others else ""
    return (
        f'<li class="entry entry-{entry.kind}">{heading} <span class="entry-kind">{entry.kind}</span>'
        f"{count}{places}{left}{below}{also}</li>\n"
    )


def _subentry(entry: Entry, sub: Subentry) -> str:
    label = safe(sub.label)
    heading = f'<a href="../{safe(sub.address)}">{label}</a>' if sub.address else label
    places = f": {', '.join(sub.locators)}" if sub.locators else ""
    if not sub.more:
        return f"<li>{heading}{places}</li>\n"
    words = f"{sub.more} {'more' if sub.locators else 'claim' if sub.more == 1 else 'claims'}"
    left = f'<a href="../{safe(entry.address)}">{words}</a>' if entry.address else words
    return f"<li>{heading}{places}{', ' if sub.locators else ': '}{left}</li>\n"


def _link(name: Named) -> str:
    return f'<a href="../{safe(name.address)}">{safe(name.label)}</a>'


def entries(catalogue: Catalogue) -> Iterator[Entry]:
    """Give every heading, in no particular order."""
    detailed = len(catalogue.claims) <= DETAILED
    below = narrower(catalogue)
    said = speakers(catalogue)
    for concept in catalogue.corpus.concepts:
        if concept.id in said.entities:
            yield _speaking(catalogue, concept, said, detailed)
        else:
            yield _concept(catalogue, concept, below.get(concept.id, []), detailed)
        yield from _references(concept)
    yield from _speakers(catalogue, said, detailed)
    yield from _terms(catalogue, said)


def _speaking(catalogue: Catalogue, entity: Concept, said: Speakers, detailed: bool) -> Entry:
    """Return the heading of an entity that speaks: what it says, and what others say of it."""
    claims, own, about = by_and_of(catalogue, said, entity)
    address = concept_address(entity)
    parts = []
    for label, found, place in (("says", own, "#says"), ("about", about, "#about")):
        few = len(found) <= LOCATORS
        if found and (few or not detailed):
            shown = _locators(catalogue, found) if detailed else ()
            parts.append(Subentry(label=label, address=address + place, locators=shown, more=0 if detailed else len(found)))
        elif found:
            divided = _subentries(catalogue, found, entity, detailed)
            parts.extend(replace(part, label=f"{label}, {part.label}") for part in divided)
    return Entry(
        label=entity.pref_label,
        address=address,
        sort=_sort(entity.pref_label),
        kind=labels.CONCEPT_LABEL[entity.kind].lower(),
        count=len(claims),
        subentries=tuple(parts),
        see_also=tuple(concept_name(catalogue, other) for other in entity.related),
    )


def _concept(catalogue: Catalogue, concept: Concept, below: Sequence[Concept], detailed: bool) -> Entry:
    claims = catalogue.claims_on(concept.id)
    also = [*(c.id for c in below), *concept.related]
    few, short = len(claims) <= LOCATORS, concept.kind != "topic" and len(claims) <= WORTH
    return Entry(
        label=concept.pref_label,
        address=concept_address(concept),
        sort=_sort(concept.pref_label),
        kind=labels.CONCEPT_LABEL[concept.kind].lower(),
        count=len(claims),
        locators=_locators(catalogue, claims) if few and (detailed or concept.kind == "topic") else (),
        subentries=() if few or (short and not detailed) else _subentries(catalogue, claims, concept, detailed),
        see_also=tuple(concept_name(catalogue, other) for other in dict.fromkeys(also)),
    )


def _references(concept: Concept) -> Iterator[Entry]:
    """Give a "see" for every other name, unless it would stand beside the heading itself."""
    target = Named(id=concept.id, label=concept.pref_label, address=concept_address(concept))
    for label in concept.alt_labels:
        if _sort(label) != _sort(concept.pref_label):
            yield Entry(label=label, address="", sort=_sort(label), kind="see", count=0, see=target)


def _speakers(catalogue: Catalogue, said: Speakers, detailed: bool) -> Iterator[Entry]:
    """Give everybody who asserts something and has no heading as an entity: people quoted, and the articles' authors."""
    for name, claims in said.others.items():
        few = len(claims) <= LOCATORS
        yield Entry(
            label=name,
            address=f"claims/?asserter={quote(name, safe='')}",
            sort=_sort(name),
            kind="speaker",
            count=len(claims),
            locators=_locators(catalogue, claims if detailed else by_main(claims)[:FEW]) if few else (),
            subentries=() if few else _subentries(catalogue, claims, None, detailed),
            see_also=tuple(concept_name(catalogue, entity) for entity in said.known[name]),
        )


def _subentries(catalogue: Catalogue, claims: Iterable[Claim], concept: Concept | None, detailed: bool) -> tuple[Subentry, ...]:
    """Divide many claims by their first other topic, then, where still more than six share it, by article."""
    groups: dict[ConceptId | None, list[Claim]] = {}
    for claim in claims:
        other = next((topic for topic in claim.topics if not concept or topic != concept.id), None)
        groups.setdefault(other, []).append(claim)
    found: list[Subentry] = []
    own = concept_address(concept) if concept else ""
    for topic, group in sorted(groups.items(), key=lambda group: (group[0] is None, group[0] or "")):
        name = concept_name(catalogue, topic) if topic else None
        label = f"and {name.label}" if name else "alone"
        if concept is None or concept.kind != "topic":
            label = f"on {name.label}" if name else "on other matters"
        address = name.address if name else own
        if not detailed:
            found.append(Subentry(label=label, address=own or address, locators=(), more=len(group)))
        elif len(group) <= LOCATORS:
            found.append(Subentry(label=label, address=address, locators=_locators(catalogue, group), more=0))
        else:
            found.extend(_by_article(catalogue, label, address, group))
    return tuple(found if detailed else sorted(found, key=lambda sub: -sub.more)[:DIVIDED])


def _by_article(catalogue: Catalogue, label: str, address: str, claims: Iterable[Claim]) -> Iterator[Subentry]:
    by_article: dict[str, list[Claim]] = {}
    for claim in claims:
        by_article.setdefault(claim.article, []).append(claim)
    for mine in by_article.values():
        article = article_name(catalogue.article(mine[0].article))
        shown = sorted(by_main(mine)[:LOCATORS], key=lambda claim: claim.start)
        yield Subentry(
            label=f"{label}, in {article.label}",
            address=address,
            locators=_locators(catalogue, shown, title=False),
            more=len(mine) - len(shown),
        )


def _locators(catalogue: Catalogue, claims: Iterable[Claim], *, title: bool = True) -> tuple[str, ...]:
    """Return links to claims by article and paragraph; several of one paragraph are told apart by a letter."""
    listed = tuple(claims)
    places = Counter([(claim.article, claim.paragraph) for claim in listed])
    found: list[str] = []
    last = ""
    for claim in listed:
        place = f"¶\u202f{claim.paragraph}{_letter_in(catalogue, claim) if places[claim.article, claim.paragraph] > 1 else ''}"
        article = catalogue.article(claim.article)
        words = f"{short_title(article)} {place}" if title and article.id != last else place
        last = article.id
        found.append(f'<a class="locator" href="../{claim_address(claim.id)}">{safe(words)}</a>')
    return tuple(found)


def _letter_in(catalogue: Catalogue, claim: Claim) -> str:
    """Return which claim of its paragraph one is: a, b, c; nothing beyond z."""
    before = sum(other.paragraph == claim.paragraph and other.start < claim.start for other in catalogue.claims_of(claim.article))
    return ascii_lowercase[before : before + 1]


def _terms(catalogue: Catalogue, said: Speakers) -> Iterator[Entry]:
    """Give the pairs of words that several articles use and no heading covers yet."""
    labels_here = [label for c in catalogue.corpus.concepts for label in (c.pref_label, *c.alt_labels, *c.hidden_labels)]
    main = len(catalogue.claims) > DETAILED
    for label, claims in islice(shared_pairs(catalogue, [*labels_here, *said.known], LOCATORS * 2, main=main), TERMS):
        yield Entry(
            label=label,
            address="",
            sort=_sort(label),
            kind="term",
            count=len(claims),
            locators=_locators(catalogue, by_main(claims)[:LOCATORS]),
        )


def _sort(label: str) -> str:
    """Return the form by which headings are put in order: without accents, case, signs and a leading article."""
    plain = unicodedata.normalize("NFKD", label.casefold())
    words = re.findall(r"[^\W_]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)


def _letter(sort: str) -> str:
    first = sort[:1].upper()
    return first if "A" <= first <= "Z" else "#"
