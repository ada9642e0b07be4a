"""The words and signs that readers see for kinds, relations, counts and the rest: one word for one thing."""
from __future__ import annotations

from typing import Final

from .model import ClaimKind, ConceptKind, RelationKind

KIND_LABEL: Final[dict[ClaimKind, str]] = {
    "quantity": "Quantity",
    "comparison": "Comparison",
    "causation": "Causation",
    "rule": "Rule",
    "prediction": "Prediction",
    "recommendation": "Recommendation",
    "fact": "Fact",
    "judgement": "Judgement",
}
KIND_SIGN: Final[dict[ClaimKind, str]] = {
    "quantity": "#",
    "comparison": "≥",
    "causation": "→",
    "rule": "§",
    "prediction": "↗",
    "recommendation": "!",
    "fact": "•",
    "judgement": "◆",
}
"""One sign a kind, so that colour is never the only cue; all are in the site's text face."""
RELATION_LABEL: Final[dict[RelationKind, str]] = {
    "restates": "Restates",
    "supports": "Supports",
    "disputes": "Disputes",
    "related": "Related",
}
RELATION_SIGN: Final[dict[RelationKind, str]] = {"restates": "=", "supports": "+", "disputes": "×", "related": "~"}
CONCEPT_LABEL: Final[dict[ConceptKind, str]] = {
    "topic": "Topic",
    "person": "Person",
    "organisation": "Organisation",
    "product": "Product",
    "place": "Place",
    "law": "Law",
    "other": "Name",
}
MACHINE_MADE: Final = "found by a rule, not yet checked by a person"
CURATED: Final = "checked by a person"

_MONTHS = (
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
)


def plural(count: int, word: str, many: str = "") -> str:
    """Return a count with its noun: `1 claim`, `3 claims`, `1,200 claims`."""
    return f"{count:,} {word if count == 1 else many or word + 's'}"


def spoken_date(iso: str) -> str:
    """Return an ISO date as people write it: `9 March 2026`, `March 2026`, `2026`."""
    parts = iso.split("-")
    if len(parts) == 1 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= len(_MONTHS):
        return iso
    day = f"{int(parts[2])} " if len(parts) > 2 else ""
    return f"{day}{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
