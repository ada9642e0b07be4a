"""Ids that were published once last; nothing that the ledger holds is lost."""
from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from ratio import ratio

from build_tools.ids import mint, slug
from build_tools.ledger import (
    Ledger,
    LedgerConcept,
    NamedConcepts,
    Settlement,
    dump,
    named_concepts,
    outdated,
    parse,
    selectors,
    settle,
    settle_articles,
    settle_claims,
    stated_by_article,
    with_addresses,
    with_unread,
)
from build_tools.model import Article, ArticleId, Asserter, Claim, ClaimId, Concept, ConceptId, ConceptKind, Origin, Span

FILE = "seeds/ledger.json"
HARBOUR = (
    "The harbour is older than the town around it. Exports of timber reached forty million tonnes in spring. "
    "Nobody repairs the northern quay any more. The council has asked for money three times. "
    "Each time the ministry refused to answer the letter."
)
RIVER = (
    "The river froze early last winter. Barges were stuck for eleven weeks near the old lock. "
    "Farmers drove their lorries over the ice instead."
)


def article(text: str, file: str = "harbour.txt", name: str = "") -> Article:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(
        id=ArticleId(name or slug(file.removesuffix(".txt"))),
        file=file, text=text, blocks=(), title=file, digest=digest,
    )  # fmt: skip


def claim(of: Article, start: int, end: int, name: str = "") -> Claim:
    quote = of.text[start:end]
    return Claim(
        id=ClaimId(name), article=of.id, span=Span(start, end), quote=quote, kind="fact", asserter=Asserter(name="A")
    )


def drafts(of: Article, *, leave_out: Sequence[str] = ()) -> list[Claim]:
    """Every sentence as a claim with a provisional id, but those that hold one of some words."""
    found: list[Claim] = []
    for match in re.finditer(r"[^.\s][^.]*\.", of.text):
        if not any(word in match.group() for word in leave_out):
            before = sum(one.quote == match.group() for one in found)
            found.append(claim(of, *match.span(), name=mint(of.id, match.group(), before)))
    return found


def run(
    ledger: Ledger,
    *articles: Article,
    date: str = "2026-01-01",
    claims: Mapping[str, Sequence[Claim]] | None = None,
    forced: Mapping[ClaimId, ClaimId] | None = None,
    merged: Mapping[ClaimId, ClaimId] | None = None,
) -> Settlement:
    settled = settle_articles(ledger, articles)
    given = {ArticleId(name): found for name, found in (claims or {one.id: drafts(one) for one in settled}).items()}
    return settle(ledger, given, settled, forced=forced or {}, merged=merged or {}, date=date)


def by_quote(settlement: Settlement) -> dict[str, ClaimId]:
    return {one.quote: one.id for one in settlement.claims}


@pytest.fixture
def first() -> Settlement:
    return run(Ledger(), article(HARBOUR))


# --- ids --------------------------------------------------------------------------------------------------------------


def test_new_claims_get_minted_ids(first: Settlement) -> None:
    own = article(HARBOUR)
    assert [one.id for one in first.claims] == [mint(own.id, one.quote, 0) for one in drafts(own)]
    assert all(entry.state == "live" and entry.first == "2026-01-01" for entry in first.ledger.claims)


def test_a_second_run_changes_nothing(first: Settlement) -> None:
    again = run(first.ledger, article(HARBOUR), date="2027-05-05")
    assert dump(again.ledger) == dump(first.ledger)
    assert again.claims == first.claims


def test_a_corrected_word_keeps_the_id(first: Settlement) -> None:
    changed = article(HARBOUR.replace("forty million", "forty-one million"))
    again = run(first.ledger, changed, date="2026-02-02")
    assert [one.id for one in again.claims] == [one.id for one in first.claims]
    assert again.claims[1].quote.startswith("Exports of timber reached forty-one")
    assert again.history[first.claims[1].id].events == ("2026-02-02: wording changed",)
    assert not again.tombstones


def test_inserted_and_moved_text_keeps_ids(first: Settlement) -> None:
    parts = re.findall(r"[^.\s][^.]*\.", HARBOUR)
    changed = article(" ".join(["A new first sentence has been put here.", *reversed(parts)]))
    again = run(first.ledger, changed)
    assert {quote: by_quote(again)[quote] for quote in parts} == by_quote(first)
    assert all(not entry.events for entry in again.ledger.claims)


def test_other_sentence_bounds_keep_the_id(first: Settlement) -> None:
    """The detector now takes only the main clause of a sentence."""
    own = article(HARBOUR)
    found = drafts(own)
    found[3] = claim(own, found[3].start, found[3].end - 13, name="c0000000")
    again = run(first.ledger, own, claims={own.id: found})
    assert again.claims[3].id == first.claims[3].id


def test_a_deleted_claim_is_retired_and_comes_back(first: Settlement) -> None:
    gone = first.claims[2]
    without = run(first.ledger, article(HARBOUR.replace(gone.quote + " ", "")), date="2026-02-02")
    (stone,) = without.tombstones
    assert (stone.id, stone.quote, stone.state, stone.since) == (gone.id, gone.quote, "retired", "2026-02-02")
    assert gone.id not in without.history
    back = run(without.ledger, article(HARBOUR), date="2026-03-03")
    assert [one.id for one in back.claims] == [one.id for one in first.claims]
    assert not back.tombstones
    assert back.history[gone.id].events == ("2026-02-02: withdrawn", "2026-03-03: restored")


def test_a_claim_no_longer_detected_comes_back_with_its_id(first: Settlement) -> None:
    own = article(HARBOUR)
    less = run(first.ledger, own, claims={own.id: drafts(own, leave_out=["council"])})
    assert len(less.tombstones) == 1
    assert run(less.ledger, own).claims == first.claims


def test_a_deleted_claim_does_not_give_its_id_to_a_lookalike() -> None:
    text = "Team Red has won four of its games. Nobody knows why. Team Blue has won four of its games. It rained a lot."
    before = run(Ledger(), article(text))
    after = run(before.ledger, article(text.replace("Team Red has won four of its games. ", "")))
    assert by_quote(after).items() <= by_quote(before).items()
    assert [stone.quote for stone in after.tombstones] == ["Team Red has won four of its games."]


def test_the_same_sentence_twice_has_two_ids_that_stay() -> None:
    text = "It was rejected by all. The mayor left. It was rejected by all. Then it rained for days."
    before = run(Ledger(), article(text))
    assert len({one.id for one in before.claims}) == 4
    after = run(before.ledger, article("A word before everything else. " + text))
    assert [one.id for one in after.claims][1:] == [one.id for one in before.claims]


def test_an_id_is_never_minted_twice(first: Settlement) -> None:
    """A retired claim's words come back in two places: one gets the old id, the other a new one."""
    gone = first.claims[0].quote
    without = run(first.ledger, article(HARBOUR.replace(gone + " ", "")))
    twice = run(without.ledger, article(HARBOUR + " " + gone))
    ids = [one.id for one in twice.claims]
    assert len(set(ids)) == len(ids) == 6
    assert first.claims[0].id in ids


def test_settle_claims_settles_one_article(first: Settlement) -> None:
    own = article("So it begins here. " + HARBOUR)
    assert settle_claims(first.ledger, own, drafts(own))[1:] == tuple(
        replace(one, span=one.span.shift(19)) for one in first.claims
    )


def test_no_date_leaves_none() -> None:
    before = run(Ledger(), article(HARBOUR), date="")
    after = run(before.ledger, article(HARBOUR.replace("forty", "fifty")), date="")
    assert after.history[before.claims[1].id].first == ""
    assert after.history[before.claims[1].id].events == ("wording changed",)


# --- articles ---------------------------------------------------------------------------------------------------------


def test_an_article_keeps_its_id_when_its_title_changes(first: Settlement) -> None:
    other = article(HARBOUR, name="a-better-title")
    assert settle_articles(first.ledger, [other])[0].id == "harbour"


def test_a_renamed_file_is_the_same_article(first: Settlement) -> None:
    for text in (HARBOUR, HARBOUR.replace("three times", "four times") + " It is not the end."):
        again = run(first.ledger, article(text, "quay.txt"))
        assert again.claims[0].article == "harbour"
        assert [one.id for one in again.claims][:5] == [one.id for one in first.claims]
        assert again.gone_articles == {}
        assert [entry.file for entry in again.ledger.articles] == ["quay.txt"]


def test_a_new_file_beside_the_old_one_is_another_article(first: Settlement) -> None:
    again = run(first.ledger, article(HARBOUR), article(HARBOUR, "copy.txt", name="harbour"))
    assert [entry.id for entry in again.ledger.articles] == ["harbour", "harbour-2"]
    assert len({one.id for one in again.claims}) == 10


def test_another_text_does_not_inherit_a_lost_article(first: Settlement) -> None:
    again = run(first.ledger, article(RIVER, "river.txt"))
    assert {entry.id: entry.state for entry in again.ledger.articles} == {"harbour": "gone", "river": "live"}
    assert again.gone_articles == {ArticleId("harbour"): "harbour.txt"}
    assert {stone.id for stone in again.tombstones} == {one.id for one in first.claims}


def test_a_lost_articles_slug_is_not_given_away(first: Settlement) -> None:
    again = run(first.ledger, article(RIVER, "river.txt", name="harbour"))
    assert {entry.id: entry.state for entry in again.ledger.articles} == {"harbour": "gone", "harbour-2": "live"}


def test_a_withdrawn_file_coming_back_revives_its_claims(first: Settlement) -> None:
    without = run(first.ledger, article(RIVER, "river.txt"))
    back = run(without.ledger, article(RIVER, "river.txt"), article(HARBOUR))
    assert by_quote(first).items() <= by_quote(back).items()
    assert not back.tombstones
    assert back.gone_articles == {}


def test_the_order_of_articles_changes_no_id() -> None:
    both = [article(HARBOUR), article(RIVER, "river.txt")]
    one, other = run(Ledger(), *both), run(Ledger(), *reversed(both))
    assert dump(one.ledger) == dump(other.ledger)
    assert by_quote(one) == by_quote(other)


def test_aliases_are_kept_and_never_given_away(first: Settlement) -> None:
    (entry,) = first.ledger.articles
    known = replace(first.ledger, articles=(replace(entry, aliases=("port",)),))
    again = run(known, article(HARBOUR), article(RIVER, "port.txt"))
    assert again.aliases == {"port": "harbour"}
    assert {entry.id for entry in again.ledger.articles} == {"harbour", "port-2"}


# --- a person's word --------------------------------------------------------------------------------------------------


def test_a_forced_id_wins(first: Settlement) -> None:
    """The passage was rewritten beyond recognition; the curator says which claim it is."""
    own = article(HARBOUR.replace(first.claims[1].quote, "Wood leaves the country by ship as it always has."))
    found = drafts(own)
    again = run(first.ledger, own, forced={found[1].id: first.claims[1].id})
    assert [one.id for one in again.claims] == [one.id for one in first.claims]
    assert not again.tombstones


def test_an_id_of_another_article_is_refused(first: Settlement) -> None:
    both = run(first.ledger, article(HARBOUR), article(RIVER, "river.txt"))
    found = drafts(article(RIVER, "river.txt"))
    again = run(
        both.ledger, article(HARBOUR), article(RIVER, "river.txt"), forced={found[0].id: first.claims[0].id}
    )
    (problem,) = again.problems
    assert (problem.code, problem.file, problem.severity) == ("L04", "seeds/river.yml", "error")
    assert "The river froze early" in problem.message
    assert "harbour" in problem.message
    assert dump(again.ledger) == dump(both.ledger)


def test_two_claims_cannot_have_one_id(first: Settlement) -> None:
    found = drafts(article(HARBOUR))
    wanted = first.claims[4].id
    again = run(first.ledger, article(HARBOUR), forced={found[0].id: wanted, found[1].id: wanted})
    assert [problem.code for problem in again.problems] == ["L04"]
    assert again.claims[0].id == wanted
    assert again.claims[1].id == first.claims[1].id
    assert len({one.id for one in again.claims}) == 5


def test_a_merged_claim_points_on(first: Settlement) -> None:
    gone, kept = first.claims[1], first.claims[2]
    own = article(HARBOUR)
    found = drafts(own, leave_out=["timber"])
    again = run(first.ledger, own, claims={own.id: found}, merged={gone.id: kept.id}, date="2026-02-02")
    (stone,) = again.tombstones
    assert (stone.state, stone.merged_into, stone.since) == ("merged", kept.id, "2026-02-02")
    assert again.merged == {gone.id: kept.id}
    assert again.ledger.claims[[entry.id for entry in again.ledger.claims].index(gone.id)].events == (
        f"2026-02-02: merged into {kept.id}",
    )
    once_more = run(again.ledger, own, claims={own.id: found}, merged={gone.id: kept.id}, date="2026-03-03")
    assert dump(once_more.ledger) == dump(again.ledger)


def test_merges_are_followed_to_the_claim_that_stands(first: Settlement) -> None:
    a, b, c = (one.id for one in first.claims[:3])
    again = run(first.ledger, article(HARBOUR), merged={a: b, b: c})
    assert again.merged == {a: c, b: c}


@pytest.mark.parametrize("size", [2, 3, 4])
def test_merges_in_a_circle_leave_one_claim(first: Settlement, size: int) -> None:
    ring = [one.id for one in first.claims[:size]]
    own = article(HARBOUR)
    found = [draft for draft in drafts(own) if draft.id not in ring]
    merged = dict(zip(ring, [*ring[1:], ring[0]], strict=True))
    again = run(first.ledger, own, claims={own.id: found}, merged=merged)
    (problem,) = again.problems
    assert problem.code == "L05"
    assert "was itself merged into" in problem.message
    states = Counter(entry.state for entry in again.ledger.claims if entry.id in ring)
    assert states == {"merged": size - 1, "retired": 1}
    assert len(set(again.merged.values())) == 1
    parsed, problems = parse(dump(again.ledger), FILE)
    assert not problems
    assert parsed == again.ledger


def test_a_merge_may_not_be_turned_round_later(first: Settlement) -> None:
    one, other = first.claims[1].id, first.claims[2].id
    own = article(HARBOUR)
    merged = run(first.ledger, own, claims={own.id: drafts(own, leave_out=["timber"])}, merged={one: other})
    again = run(merged.ledger, own, claims={own.id: drafts(own, leave_out=["timber"])}, merged={other: one})
    assert [problem.code for problem in again.problems] == ["L05"]
    entries = {entry.id: entry for entry in again.ledger.claims}
    assert entries[one].merged_into == other
    assert entries[other].merged_into is None


def test_a_merged_id_does_not_come_back_to_life(first: Settlement) -> None:
    """Its sentence still stands there and the sidecar no longer says a word: the claim gets an id of its own."""
    gone, kept = first.claims[1], first.claims[2]
    own = article(HARBOUR)
    merged = run(first.ledger, own, claims={own.id: drafts(own, leave_out=["timber"])}, merged={gone.id: kept.id})
    again = run(merged.ledger, own)
    found = by_quote(again)[gone.quote]
    assert found not in {one.id for one in first.claims}
    assert again.merged == {gone.id: kept.id}
    once_more = run(again.ledger, own)
    assert by_quote(once_more) == by_quote(again)


def test_a_merged_id_can_not_be_asked_for(first: Settlement) -> None:
    gone, kept = first.claims[1], first.claims[2]
    own = article(HARBOUR)
    merged = run(first.ledger, own, claims={own.id: drafts(own, leave_out=["timber"])}, merged={gone.id: kept.id})
    draft = drafts(own)[1]
    for before, stated in ((merged.ledger, {}), (first.ledger, {gone.id: kept.id})):
        again = run(before, own, forced={draft.id: gone.id}, merged=stated)
        (problem,) = again.problems
        assert problem.code == "L04"
        assert "it was merged into another claim" in problem.message
        assert by_quote(again)[gone.quote] != gone.id


def test_an_id_that_a_claim_asks_for_is_not_minted_for_another(first: Settlement) -> None:
    """The words of a new claim would give the very id that the sidecar has for the one below it."""
    own = article(RIVER, "river.txt")
    found = drafts(own)
    again = run(first.ledger, article(HARBOUR), own, forced={found[2].id: found[0].id})
    ids = by_quote(again)
    assert ids[found[2].quote] == found[0].id
    assert ids[found[0].quote] != found[0].id
    assert len(set(ids.values())) == len(ids)


def test_an_id_that_a_later_article_asks_for_is_left_to_it() -> None:
    harbour, river = article(HARBOUR), article(RIVER, "river.txt")
    wanted = drafts(harbour)[0].id
    again = run(Ledger(), harbour, river, forced={drafts(river)[0].id: wanted})
    assert not again.problems
    assert by_quote(again)[drafts(river)[0].quote] == wanted
    assert by_quote(again)[drafts(harbour)[0].quote] != wanted


@pytest.mark.parametrize("into", ["c0000000", "itself"])
def test_a_merge_into_nothing_is_a_problem(first: Settlement, into: str) -> None:
    gone = first.claims[1].id
    target = gone if into == "itself" else ClaimId(into)
    own = article(HARBOUR)
    found = drafts(own, leave_out=["timber"])
    again = run(first.ledger, own, claims={own.id: found}, merged={gone: target})
    assert [(problem.code, problem.file) for problem in again.problems] == [("L05", "seeds/harbour.yml")]
    assert [stone.state for stone in again.tombstones] == ["retired"]


def test_the_words_of_a_sidecar_are_kept_beside_what_the_passage_reads_now(first: Settlement) -> None:
    changed = article(HARBOUR.replace("forty million", "forty-one million"))
    found = [replace(one, origin="curated") for one in drafts(changed)]
    words = first.claims[1].quote
    known = settle(
        first.ledger, {changed.id: found}, [changed], forced={}, merged={}, date="", stated={found[1].id: words}
    )
    assert stated_by_article(known.ledger) == {"harbour": {words.casefold(): first.claims[1].id}}
    assert parse(dump(known.ledger), FILE) == (known.ledger, [])
    assert settle(known.ledger, {changed.id: found}, [changed], forced={}, merged={}, date="", stated={found[1].id: words}) == known
    unheard = settle(known.ledger, {changed.id: drafts(changed)}, [changed], forced={}, merged={}, date="")
    assert unheard.ledger == known.ledger, "the entry is lost for a while; its words are not"
    mended = settle(known.ledger, {changed.id: found}, [changed], forced={}, merged={}, date="")
    assert stated_by_article(mended.ledger) == {}, "the sidecar says what the passage reads"


def test_words_that_two_entries_share_lead_to_neither(first: Settlement) -> None:
    one, other, *rest = first.ledger.claims
    both = replace(first.ledger, claims=(replace(one, stated="Same."), replace(other, stated="same."), *rest))
    assert stated_by_article(both) == {"harbour": {}}


# --- topics and names -------------------------------------------------------------------------------------------------


def concept(
    name: str, label: str, kind: ConceptKind = "topic", *, also: tuple[str, ...] = (), origin: Origin = "detected"
) -> Concept:
    return Concept(id=ConceptId(name), kind=kind, pref_label=label, alt_labels=also, origin=origin)


def named(before: Sequence[LedgerConcept], *concepts: Concept, date: str = "2026-02-02") -> NamedConcepts:
    return named_concepts(before, concepts, date)


def entry(name: str, label: str, *, gone: str | None = None) -> LedgerConcept:
    return LedgerConcept(id=name, label=label, state="live" if gone is None else "gone", since=gone or "")


def heirs(found: NamedConcepts) -> dict[str, str | None]:
    return {one.address: one.heir for one in found.gone}


def test_published_topics_and_names_are_written_down() -> None:
    found = named((), concept("ports", "Ports"), concept("mole", "Mole", "person"))
    assert found.entries == (entry("entities/mole", "Mole"), entry("topics/ports", "Ports"))
    assert (found.ids, found.gone) == ({}, ())
    assert named(found.entries, *found.concepts) == found


def test_what_is_gone_is_remembered_with_its_date_and_comes_back() -> None:
    published = (entry("topics/ports", "Ports"),)
    without = named(published)
    assert without.entries == (entry("topics/ports", "Ports", gone="2026-02-02"),)
    assert (without.gone[0].address, without.gone[0].label, without.gone[0].since) == ("topics/ports/", "Ports", "2026-02-02")
    assert named(without.entries, date="2026-03-03") == without
    assert named(without.entries, concept("ports", "Ports")).entries == published


def test_a_found_name_keeps_its_id_when_its_rank_changes() -> None:
    """Made anew, the ids would be `compute` and `compute-product` the other way round."""
    published = (entry("topics/compute-topic", "Compute"), entry("entities/compute", "Compute"))
    found = named(published, concept("compute", "Compute"), concept("compute-other", "Compute", "other"))
    assert found.ids == {"compute": "compute-topic", "compute-other": "compute"}
    assert {one.state for one in found.entries} == {"live"}


@pytest.mark.parametrize("gone", [None, "2026-01-01"])
@pytest.mark.parametrize(("old", "new"), [("C++", "C"), ("C", "C#"), ("R&D", "RD")])
def test_an_id_never_passes_to_another_name(old: str, new: str, gone: str | None) -> None:
    found = named((entry("entities/c", old, gone=gone),), concept("c", new, "product"))
    assert found.ids == {"c": "c-2"}
    assert [(one.id, one.label, one.state) for one in found.entries] == [
        ("entities/c", old, "gone"), ("entities/c-2", new, "live"),
    ]  # fmt: skip
    again = named(found.entries, concept("c", new, "product"), concept("c-product", old, "product"))
    assert {one.pref_label: one.id for one in again.concepts} == {old: "c", new: "c-2"}


@pytest.mark.parametrize("label", ["Data center", "data-center", "DATA CENTER", "Dáta center"])
def test_another_spelling_is_the_same_name(label: str) -> None:
    found = named((entry("topics/data-center", "Data Center"),), concept("data-center", label))
    assert found.ids == {}
    assert found.entries == (entry("topics/data-center", label),)


def test_the_id_that_a_person_wrote_always_stands() -> None:
    published = (entry("topics/c", "C++"),)
    found = named(published, concept("c", "C", origin="curated"), concept("c-topic", "C++"))
    assert found.ids == {}
    assert found.entries == (entry("topics/c", "C"), entry("topics/c-topic", "C++"))


def test_a_topic_that_is_gone_points_to_the_one_that_has_its_label() -> None:
    gone = [entry(f"topics/{name}", name.title(), gone="") for name in ("chips", "ports", "quays", "none")]
    chips, harbours = concept("silicon", "Silicon", also=("chips",)), concept("harbours", "Ports", origin="curated")
    found = named(gone, chips, harbours, concept("quays-2", "Quays", "place"))
    assert heirs(found) == {"topics/chips/": "silicon", "topics/ports/": "harbours", "topics/quays/": "quays-2", "topics/none/": None}


def test_a_name_that_becomes_a_topic_points_there() -> None:
    found = named((entry("entities/ports", "Old ports"),), concept("ports", "Ports", origin="curated"))
    assert heirs(found) == {"entities/ports/": "ports"}


def test_a_thousand_names_stay_small_in_the_ledger(first: Settlement) -> None:
    found = named((), *(concept(f"name-{number}", f"Some Long Name {number}", "other") for number in range(1000)))
    both = dump(with_addresses(first.ledger, found.entries, ()))
    assert len(both) - len(dump(first.ledger)) < 65_000


def full_ledger(ledger: Ledger) -> Ledger:
    pair = (ArticleId("harbour"), ArticleId("river"))
    return with_addresses(ledger, (entry("topics/ports", "Ports"), entry("topics/x", "X “y”", gone="2026-01-01")), [pair])


def test_topics_and_comparisons_round_trip(first: Settlement) -> None:
    ledger = full_ledger(first.ledger)
    assert parse(dump(ledger), FILE) == (ledger, [])
    assert '\n["harbour", "river"]\n' in dump(ledger)
    assert '\n{"id": "topics/ports", "label": "Ports"},\n' in dump(ledger)


def test_a_ledger_from_before_topics_were_kept_is_read(first: Settlement) -> None:
    assert "concepts" not in dump(first.ledger)
    assert parse(dump(first.ledger), FILE) == (first.ledger, [])


def test_settling_claims_keeps_the_rest(first: Settlement) -> None:
    ledger = full_ledger(first.ledger)
    assert run(ledger, article(HARBOUR)).ledger == ledger


def test_comparisons_are_only_added(first: Settlement) -> None:
    pair = (ArticleId("a"), ArticleId("harbour"))
    assert with_addresses(full_ledger(first.ledger), (), [pair]).compared == (pair, (ArticleId("harbour"), ArticleId("river")))


def test_a_conflict_over_topics_is_united(first: Settlement) -> None:
    one, other = named((), concept("ports", "Ports"), concept("x", "X")), named((), concept("quays", "Quays"))
    other = named((*other.entries, entry("topics/x", "X")), concept("quays", "Quays"))
    pairs = [(ArticleId("a"), ArticleId("b")), (ArticleId("a"), ArticleId("c"))]
    ours, theirs = (with_addresses(first.ledger, n.entries, [p]) for n, p in zip((one, other), pairs, strict=True))
    text = dump(ours).replace('"concepts": [\n', '"concepts": [\n<<<<<<< HEAD\n', 1).replace(
        "\n}\n", "\n=======\n" + dump(theirs).partition('"concepts": [\n')[2].replace("\n}\n", "\n>>>>>>> branch\n}\n")
    )
    ledger, (problem,) = parse(text, FILE)
    assert problem.code == "L02"
    assert {one.id: one.state for one in ledger.concepts} == {"topics/ports": "live", "topics/x": "live", "topics/quays": "live"}
    assert sorted(ledger.compared) == pairs
    assert {one.id for one in ledger.claims} == {one.id for one in first.ledger.claims}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"topics/ports"', '"ports"', 'id: "ports" is not an id'),
        ('"Ports"', '""', "label: is missing"),
        ('"gone": "2026-01-01"', '"gone": true', "gone: true is not a text"),
        ('["harbour", "river"]', '["harbour"]', "is not two articles"),
        ('["harbour", "river"]', '["harbour", "A"]', '"A" is not an id'),
    ],
)
def test_a_topic_or_pair_that_does_not_fit_is_named(first: Settlement, old: str, new: str, said: str) -> None:
    text = dump(full_ledger(first.ledger))
    assert old in text
    (problem,) = parse(text.replace(old, new), FILE)[1]
    assert problem.code == "L03"
    assert said in problem.message


def test_an_outdated_list_of_topics_is_reported(first: Settlement) -> None:
    before = dump(full_ledger(first.ledger))
    gone = named(full_ledger(first.ledger).concepts, concept("quays", "Quays"))
    (problem,) = outdated(before, dump(with_addresses(first.ledger, gone.entries, ())), FILE)
    assert "(topics and names: 1 new, 1 gone)" in problem.message


def test_what_cannot_be_read_today_stays_as_it_was(first: Settlement) -> None:
    before = full_ledger(first.ledger)
    after = run(before, article(RIVER, "river.txt"), date="2026-02-02").ledger
    kept = with_unread(with_addresses(after, (), ()), before, {ArticleId("harbour")})
    assert {e.id: e.state for e in kept.articles} == {"harbour": "live", "river": "live"}
    assert set(before.claims) <= set(kept.claims)
    assert len(kept.claims) == len(before.claims) + 3
    assert kept.concepts == before.concepts


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_file_is_readable_line_by_line(first: Settlement) -> None:
    text = dump(first.ledger)
    assert text.endswith("]\n}\n")
    rows = [json.loads(line.rstrip(",")) for line in text.splitlines() if line.startswith('{"')]
    assert [row["id"] for row in rows[1:]] == sorted(one.id for one in first.claims)
    assert rows[1].keys() == {"id", "article", "state", "start", "end", "exact", "prefix", "suffix", "first"}
    assert json.loads(text)["format"] == 1


def test_the_file_round_trips(first: Settlement) -> None:
    gone = run(first.ledger, article(RIVER, "river.txt"), date="2026-02-02")
    for ledger in (first.ledger, gone.ledger, Ledger()):
        assert parse(dump(ledger), FILE) == (ledger, [])
    assert parse("", FILE) == (Ledger(), [])


def test_a_syntax_error_is_an_error_with_its_place(first: Settlement) -> None:
    broken = dump(first.ledger).replace('"state": "live", "file"', '"state": live, "file"')
    ledger, (problem,) = parse(broken, FILE)
    assert ledger == Ledger()
    assert (problem.code, problem.severity, problem.line) == ("L01", "error", 4)
    assert "not valid JSON" in problem.message
    assert "has not been overwritten" in problem.remedy


def test_deep_nesting_is_an_error_too() -> None:
    assert [problem.code for problem in parse("[" * 200_000, FILE)[1]] == ["L01"]


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_a_conflict_is_united(first: Settlement, style: str) -> None:
    ours = run(first.ledger, article(HARBOUR), article(RIVER, "river.txt"), date="2026-02-02").ledger
    lakes = "The lake is deep and nobody has measured it yet. Its fish are few."
    theirs = run(first.ledger, article(HARBOUR), article(lakes, "lake.txt"), date="2026-03-03").ledger
    base = f"||||||| base\n{dump(first.ledger)}" if style == "diff3" else ""
    text = f"<<<<<<< HEAD\n{dump(ours)}{base}=======\n{dump(theirs)}>>>>>>> branch\n"
    ledger, problems = parse(text, FILE)
    assert [(problem.code, problem.severity, problem.line) for problem in problems] == [("L02", "warning", 1)]
    assert {e.id for e in ledger.claims} == {e.id for e in ours.claims} | {e.id for e in theirs.claims}
    assert {e.id for e in ledger.articles} == {"harbour", "river", "lake"}
    again = run(ledger, article(HARBOUR), article(RIVER, "river.txt"), article(lakes, "lake.txt"))
    assert not again.tombstones
    assert parse(dump(again.ledger), FILE)[1] == []


def test_in_a_conflict_live_wins(first: Settlement) -> None:
    gone = run(first.ledger, article(HARBOUR.replace(first.claims[0].quote, ""))).ledger
    text = f"<<<<<<< HEAD\n{dump(gone)}=======\n{dump(first.ledger)}>>>>>>> branch\n"
    ledger, _ = parse(text, FILE)
    assert {entry.id for entry in ledger.claims if entry.state == "live"} == {one.id for one in first.claims}


def test_a_conflict_with_a_broken_line_is_an_error(first: Settlement) -> None:
    broken = dump(first.ledger).replace('"article": "harbour"', '"article": harbour', 1)
    text = f"<<<<<<< HEAD\n{broken}=======\n{dump(first.ledger)}>>>>>>> branch\n"
    assert {problem.code for problem in parse(text, FILE)[1]} == {"L01", "L02"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"state": "dead"}, 'state: "dead" is not one of live, retired, merged'),
        ({"id": "C7"}, 'id: "C7" is not an id'),
        ({"article": 3}, "article: 3 is not an id"),
        ({"article": "nowhere"}, "'nowhere' is no article here"),
        ({"start": -1}, "start: -1 is not a whole number"),
        ({"end": 0}, "end: 0 is not beyond start"),
        ({"exact": ""}, "exact: is missing"),
        ({"exact": None}, "exact: null is not a text"),
        ({"events": "x"}, 'events: "x" is not a list of texts'),
        ({"state": "merged"}, "merged_into"),
        ({"state": "merged", "merged_into": "c0000000"}, "'c0000000' is no claim here"),
    ],
)
def test_an_entry_that_does_not_fit_is_named(first: Settlement, change: dict[str, object], said: str) -> None:
    data = json.loads(dump(first.ledger))
    data["claims"][0] |= change
    text = '{"format": 1, "articles": ' + json.dumps(data["articles"]) + ',\n"claims": [\n'
    text += ",\n".join(json.dumps(row) for row in data["claims"]) + "\n]}"
    (problem,) = parse(text, FILE)[1]
    assert (problem.code, problem.severity, problem.line) == ("L03", "error", 3)
    assert said in problem.message


def test_merges_that_lead_back_are_an_error(first: Settlement) -> None:
    """Two branches merged two claims into each other, and git took both lines."""
    third, one, other = sorted(first.ledger.claims[:3], key=lambda entry: entry.id)
    rest = first.ledger.claims[3:]
    ring = (
        replace(one, state="merged", merged_into=other.id),
        replace(other, state="merged", merged_into=one.id),
        replace(third, state="merged", merged_into=one.id),
    )
    _, problems = parse(dump(replace(first.ledger, claims=(*ring, *rest))), FILE)
    (problem,) = problems
    assert problem.code == "L03"
    assert f"leads back to {min(one.id, other.id)}" in problem.message
    run(replace(first.ledger, claims=(*ring, *rest)), article(HARBOUR))  # comes to an end all the same


@pytest.mark.parametrize("text", ["[]", "{}", '{"format": 2}', '{"format": 1, "claims": {}}', '{"format": 1, "x": []}'])
def test_something_else_than_a_ledger_is_an_error(text: str) -> None:
    assert [problem.code for problem in parse(text, FILE)[1]] == ["L03"]


def test_an_id_that_stands_twice_is_an_error(first: Settlement) -> None:
    data = json.loads(dump(first.ledger))
    data["claims"].append(data["claims"][0])
    (problem,) = parse(json.dumps(data), FILE)[1]
    assert "stands twice" in problem.message


def test_an_outdated_ledger_is_reported(first: Settlement) -> None:
    after = dump(first.ledger)
    assert outdated(after, after, FILE) == []
    (problem,) = outdated(None, after, FILE)
    assert (problem.code, problem.severity) == ("L06", "error")
    assert "(claims: 5 new)" in problem.message


def test_selectors_hold_what_was_last_published(first: Settlement) -> None:
    found = selectors(first.ledger, ArticleId("harbour"))
    selector = found[first.claims[2].id]
    assert set(found) == {one.id for one in first.claims}
    assert selector.quote == first.claims[2].quote
    assert HARBOUR.startswith(selector.before)
    assert selector.after.strip() in HARBOUR
    assert selectors(first.ledger, ArticleId("nowhere")) == {}


def test_a_thousand_unchanged_articles_cost_no_more_than_new_ones() -> None:
    text = " ".join(f"Sentence number {number} says the harbour has grown by {number} feet." for number in range(40))
    articles = [article(f"{text} Article {number}.", f"a{number}.txt") for number in range(1000)]
    claims = {one.id: drafts(one)[:40] for one in articles}

    def settled(old: Ledger) -> Settlement:
        return settle(old, claims, articles, forced={}, merged={}, date="")

    before = settled(Ledger())
    assert settled(before.ledger) == before
    assert ratio(lambda: settled(before.ledger), lambda: settled(Ledger()), 3) < 3
