"""Ids: slugs for articles and concepts, minted codes for claims. Pure; imports only the model."""
from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container

from .model import ArticleId, ClaimId

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
"""Base 32 without i, l, o and u (Douglas Crockford, 2002), in lower case."""
_TWO = tuple(second + first for first in CROCKFORD for second in CROCKFORD)
"""Two signs at once, the lower five bits first."""
_LONGEST_SLUG = 60
_CLAIM_ID = re.compile(r"c[0-9a-hjkmnp-tv-z]{6,8}")


def slug(words: str, fallback: str = "") -> str:
    """Turn words into `[a-z0-9-]+`, cut at a word so that it stays under 60 characters.

    Letters lose their accents; what has no ASCII form is dropped. Where nothing is left, the
    slug of `fallback` is used, then a digest of the words.
    """
    plain = unicodedata.normalize("NFKD", words.replace("’", "").replace("'", ""))
    parts = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    kept: list[str] = []
    for part in parts:
        if kept and len("-".join([*kept, part])) > _LONGEST_SLUG:
            break
        kept.append(part[:_LONGEST_SLUG])
    if kept:
        return "-".join(kept)
    return slug(fallback) if fallback else "x" + hashlib.sha256(words.encode()).hexdigest()[:8]


def is_claim_id(name: str) -> bool:
    """Say whether a word has the form of a claim's id."""
    return _CLAIM_ID.fullmatch(name) is not None


def fold(quote: str) -> str:
    """Fold what may differ between two printings of one quote: case, white space, quotation marks, dashes."""
    if not quote.isascii():  # ASCII has one form only, and this is called for every claim more than once
        quote = unicodedata.normalize("NFKC", quote)
        for mark, plain in _MARKS:  # all of them take a quarter of the time of one `translate`
            quote = quote.replace(mark, plain)
    return " ".join(quote.casefold().split())


_MARKS = tuple((mark, plain) for marks, plain in (("‘’‚‛′", "'"), ("“”„‟″", '"'), ("–—−‐‑", "-")) for mark in marks)


def mint(article: ArticleId, quote: str, occurrence: int, taken: Container[str] = ()) -> ClaimId:
    """Mint the id of a claim: the same for the same words of the same article on any machine.

    Args:
        article: id of the article.
        quote: the claim's words.
        occurrence: how many times the same folded quote stood before it in the article, from 0.
        taken: ids that may not be used again, published or retired.

    Returns:
        `c` and seven characters of Crockford base 32; eight where seven are taken.
    """
    return mint_folded(article, fold(quote), occurrence, taken)


def mint_folded(article: ArticleId, folded: str, occurrence: int, taken: Container[str] = ()) -> ClaimId:
    """Mint as `mint` does, for a quote that the caller has folded already.

    Args:
        article: id of the article.
        folded: the claim's words, as `fold` gives them.
        occurrence: how many times they stood before it in the article, from 0.
        taken: ids that may not be used again, published or retired.

    Returns:
        The same as `mint`.
    """
    seed = f"{article}\n{folded}\n{occurrence}"
    salt = 0
    while True:
        number = int.from_bytes(hashlib.sha256(f"{seed}\n{salt}".encode() if salt else seed.encode()).digest()[:8])
        short = "c" + _TWO[number & 1023] + _TWO[number >> 10 & 1023] + _TWO[number >> 20 & 1023]
        for found in (short + CROCKFORD[number >> 30 & 31], short + _TWO[number >> 30 & 1023]):
            if found not in taken:
                return ClaimId(found)
        salt += 1
