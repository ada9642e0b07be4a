"""Whatever becomes of a corpus, the addresses of its topics and names stay, and none passes to another name."""
from __future__ import annotations

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.ids import slug
from build_tools.ledger import Ledger, LedgerConcept, dump, named_concepts, parse, with_addresses
from build_tools.model import Concept, ConceptId, ConceptKind, Origin

LABELS = st.text(string.ascii_letters[:4] + "CD+#-. é", min_size=1, max_size=5).filter(lambda label: bool(label.strip(" -.")))
KINDS = st.sampled_from(["topic", "person", "product", "other"])
STATED = st.sampled_from(["detected", "detected", "curated"])


def made(found: list[tuple[str, ConceptKind, Origin]]) -> list[Concept]:
    """Give each label the id that naming from scratch would give it: its slug, told apart where it is taken."""
    concepts: list[Concept] = []
    taken: set[str] = set()
    labels: set[tuple[str, bool]] = set()
    for label, kind, origin in sorted(found, key=lambda one: one[2] == "detected"):
        if (key(label), kind == "topic") in labels:
            continue
        labels.add((key(label), kind == "topic"))
        name, number = slug(label), 1
        while name in taken:
            number += 1
            name = f"{slug(label)}-{number}"
        taken.add(name)
        concepts.append(Concept(id=ConceptId(name), kind=kind, pref_label=label, origin=origin))
    return concepts


def key(label: str) -> str:
    """What makes two labels one name, in the letters used here."""
    return "".join(sign for sign in label.lower().replace("é", "e") if sign not in " -.")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.tuples(LABELS, KINDS, STATED), max_size=8), min_size=1, max_size=5))
def test_published_addresses_stay_and_keep_their_names(builds: list[list[tuple[str, ConceptKind, Origin]]]) -> None:
    entries: tuple[LedgerConcept, ...] = ()
    for number, found in enumerate(builds):
        concepts = made(found)
        named = named_concepts(entries, concepts, f"2026-01-0{number + 1}")
        before, after = {one.id: one for one in entries}, {one.id: one for one in named.entries}
        assert before.keys() <= after.keys()
        ids = [concept.id for concept in named.concepts]
        assert len(set(ids)) == len(ids) == len(concepts)
        stated = {c.id for c in named.concepts if c.origin == "curated"}
        assert stated == {c.id for c in concepts if c.origin == "curated"}, "a person's id is never changed"
        for name, entry in after.items():
            if name in before and name.partition("/")[2] not in stated:
                assert key(entry.label) == key(before[name].label), "an address that passed to another name"
        live = {one.id for one in named.entries if one.state == "live"}
        assert live == {f"{'topics' if c.kind == 'topic' else 'entities'}/{c.id}" for c in named.concepts}
        assert {one.address.rstrip("/") for one in named.gone} == after.keys() - live
        assert all(one.heir is None or one.heir in ids for one in named.gone)
        again = named_concepts(named.entries, made(found), "2027-01-01")
        assert (again.entries, {c.id for c in again.concepts}) == (named.entries, set(ids)), "a second build changes nothing"
        ledger = with_addresses(Ledger(), named.entries, ())
        assert parse(dump(ledger), "ledger.json") == (ledger, [])
        entries = named.entries
