"""Laws of shortening: what looks only at the beginning of a text gives what folding all of it gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from build_tools.document import cut_short, folded, shorten

_TEXT = st.text(st.sampled_from("ab .,–\n\t\u00a0\u2028\u3000é"), max_size=40)


@given(_TEXT)
def test_folds_as_splitting_does(text: str) -> None:
    assert folded(text) == " ".join(text.split())


@given(_TEXT, st.integers(min_value=2, max_value=30))
def test_shortens_as_if_all_were_folded(text: str, most: int) -> None:
    found = shorten(text, most)
    assert found == cut_short(" ".join(text.split()), most)
    assert len(found) <= most
