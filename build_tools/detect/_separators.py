"""Separators: lets a text of a language with decimal commas be read as English writes numbers.

Comes in: text. Goes out: text of the same length, so that every place stays. `40.000` becomes `40,000`, `3,1` becomes
`3.1`; what would be no figure there (`19. Jahrhundert`, `4. Februar`, `12 mars`) holds no digit any more.
"""

from __future__ import annotations

import re
from typing import Final

from ..language import lexicon

COMMA: Final = frozenset(
    word
    for line in ("de fr es it pt nl sv da nb nn no fi pl cs sk sl hr hu ro bg", "ru uk tr el id vi ca")
    for word in line.split()
)
"""Languages that write decimals after a comma."""
_NUMBER: Final = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+(?:,\d{1,9})?|\d{1,9},\d{1,9})(?![.,]?\d)"
)
_SWAP: Final = str.maketrans(".,", ",.")
_MONTHS: Final = "|".join(
    sorted((re.escape(name) for key, names in lexicon("dates").items() if key.isdigit() for name in names), key=len, reverse=True)
)
_ORDINAL: Final = re.compile(rf"(?<![\d.,])\d{{1,2}}(?=\. [^\W\d_]|(?:er|º)? (?:de )?(?:{_MONTHS})\b)", re.IGNORECASE)


def with_points(text: str) -> str:
    """Return a text of the same length with its numbers as English writes them."""
    hidden = _ORDINAL.sub(lambda found: "_" * len(found[0]), text)
    return _NUMBER.sub(lambda found: found[0].translate(_SWAP), hidden)
