"""Where a passage stands now: a selector made from one state of a text is found again in another.

Comes in: a text and a span, or a selector and a text. Goes out: a selector; an `Anchor`, or None.
It doesn't know about claims or files; the search is in `find`, which the ledger uses too.
"""
from __future__ import annotations

from ._changed import difference
from .find import anchor, describe, nearest
from .select import selector_from_json, selector_to_json

__all__ = ["anchor", "describe", "difference", "nearest", "selector_from_json", "selector_to_json"]
