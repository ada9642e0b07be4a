"""References: what is cited, in the forms that reference managers and readers take.

Comes in: the catalogue's articles and claims. Goes out: CSL-JSON items, BibTeX and RIS records. Reads no clock, so no
date of access is made up; titles are never corrected.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Final

from .catalogue import article_address, claim_address
from .model import Article, Claim
from .settings import Site

_PARTICLES: Final = frozenset(
    {
        "al",
        "bin",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "la",
        "le",
        "ten",
        "ter",
        "van",
        "von",
        "zu",
    }
)
_SUFFIXES: Final = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_BODIES: Final = frozenset(
    [
        "agency",
        "association",
        "authority",
        "bank",
        "board",
        "bureau",
        "center",
        "centre",
        "college",
        "commission",
        "committee",
        "company",
        "consortium",
        "council",
        "department",
        "editors",
        "foundation",
        "forum",
        "government",
        "group",
        "inc",
        "inc.",
        "initiative",
        "institute",
        "institution",
        "lab",
        "labs",
        "laboratory",
        "ltd",
        "ltd.",
        "ministry",
        "network",
        "news",
        "observatory",
        "office",
        "organisation",
        "organization",
        "press",
        "programme",
        "project",
        "reporters",
        "school",
        "society",
        "staff",
        "team",
        "union",
        "university",
    ]
)
"""A name with one of these words is a body's, not a person's."""
_TEX: Final = str.maketrans(
    {
        "\\": "\\textbackslash{}",
        "{": "\\textbraceleft{}",
        "}": "\\textbraceright{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
        "%": "\\%",
        "&": "\\&",
        "#": "\\#",
        "_": "\\_",
        "$": "\\$",
    }
)
_PAIRED: Final = str.maketrans({"{": "\\{", "}": "\\}"})
_LIGATURE: Final = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[!?])(?=`)|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)")
"""Where TeX would draw two signs as one: `--`, ```` `` ````, `''`, ``!` ``, `,,`, `<<`, `>>`."""
_SPECIAL: Final = re.compile(r"[\\{}~^%&#_$`<>]")
"""What `tex` may have to change, besides `--`, `''` and `,,`. Most words hold none of it, and to look is ten times faster."""
_PERCENT: Final = str.maketrans({sign: f"%{ord(sign):02X}" for sign in '{}\\ "<>'})
"""The url field is read to the letter, so what would end it is percent-encoded instead of escaped."""
_json: Final = encode_basestring
"""Writes text as JSON, at half the price of an encoder that takes any value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One thing to cite: an article, or a claim in it."""

    key: str
    """Id of the article or claim."""
    title: str
    authors: tuple[str, ...]
    publisher: str
    published: str
    """ISO date as far as known."""
    url: str
    """The original where it is known, else our page."""
    permalink: str
    """Our page."""
    language: str
    digest: str
    """SHA-256 of the text that the quote stands in."""
    quote: str = ""
    """To the letter; empty for an article."""
    asserter: str = ""
    paragraph: int = 0

    @property
    def note(self) -> str:
        """Where the words stand and which text they were taken from, in one sentence each."""
        place = f"Paragraph {self.paragraph}; claim {self.key}, asserted by {self.asserter}. " if self.quote else ""
        return f"{place}{self.permalink} (text SHA-256 {self.digest})"


def reference(article: Article, site: Site, claim: Claim | None = None) -> Reference:
    """Return what is cited when somebody cites an article, or a claim in it."""
    permalink = site.url + (claim_address(claim.id) if claim else article_address(article.id))
    return Reference(
        key=claim.id if claim else article.id,
        title=article.title,
        authors=article.authors,
        publisher=article.publisher,
        published=article.published,
        url=article.source_url or permalink,
        permalink=permalink,
        language=article.language,
        digest=article.digest,
        quote=claim.quote if claim else "",
        asserter=claim.asserter.name if claim else "",
        paragraph=claim.paragraph if claim else 0,
    )


def person(name: str) -> dict[str, str]:
    """Return a name as CSL-JSON has it: family and given for a person, literal for anything else."""
    if "," in name:
        family, _, given = (part.strip() for part in name.partition(","))
        known = family and given and not _is_body(name)
        return {"family": family, "given": given} if known else {"literal": name}
    words = name.split()
    suffix = words.pop() if len(words) > 2 and words[-1].lower() in _SUFFIXES else ""
    if len(words) < 2 or _is_body(name):
        return {"literal": name}
    start = next((i for i, word in enumerate(words[1:-1], 1) if word in _PARTICLES), len(words) - 1)
    found = {"family": " ".join(words[start:]), "given": " ".join(words[:start])}
    return {**found, "suffix": suffix} if suffix else found


def _is_body(name: str) -> bool:
    words = name.lower().replace(",", " ").split()
    return (
        any(word in _BODIES for word in words) or any(sign in name for sign in "&/0123456789") or words[:1] == ["the"]
    )


def date_parts(iso: str) -> list[int]:
    """Return year, month and day of an ISO date as far as known; nothing for what is no date."""
    parts = iso.split("-")
    return [int(part) for part in parts] if iso and all(part.isdecimal() for part in parts) else []


def csl(ref: Reference) -> dict[str, object]:
    """Return a reference as a CSL-JSON item; a claim's words stand in `abstract`."""
    item: dict[str, object] = json.loads(csl_json(ref))
    return item


def csl_json(ref: Reference) -> str:
    """Return a reference as a CSL-JSON item, written on one line."""
    work = _csl_work(ref.title, ref.authors, ref.publisher, ref.published)
    language = f',"language":{_json(ref.language)}' if ref.language else ""
    abstract = f',"abstract":{_json(ref.quote)}' if ref.quote else ""
    return (
        f'{{"id":{_json(ref.key)},"type":"webpage",{work},"URL":{_json(ref.url)}{language}{abstract},"note":{_json(ref.note)}}}'
    )


@lru_cache(maxsize=256)
def _csl_work(title: str, authors: tuple[str, ...], publisher: str, published: str) -> str:
    """Return what all references to one article share; written once for all of its claims."""
    item: dict[str, object] = {"title": title}
    if authors:
        item["author"] = [person(name) for name in authors]
    if publisher:
        item["container-title"] = publisher
    if parts := date_parts(published):
        item["issued"] = {"date-parts": [parts]}
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"))[1:-1]


def bibtex(ref: Reference) -> str:
    """Return a reference as BibTeX; a claim's words stand in `abstract`, to the letter once TeX has read them."""
    work = _bibtex_work(ref.title, ref.authors, ref.publisher, ref.published)
    language = f"  language = {{{ref.language}}},\n" if ref.language else ""
    abstract = f"  abstract = {{{tex(ref.quote)}}},\n" if ref.quote else ""
    return (
        f"@misc{{{ref.key},\n{work}  url = {{{ref.url.translate(_PERCENT)}}},\n{language}{abstract}"
        f"  note = {{{tex(ref.note)}}}\n}}\n"
    )


@lru_cache(maxsize=256)
def _bibtex_work(title: str, authors: tuple[str, ...], publisher: str, published: str) -> str:
    fields = {
        "title": tex(title),
        "author": " and ".join(_tex_name(person(name)) for name in authors),
        "publisher": tex(publisher),
        "date": published,
        "year": published[:4],
        "month": published[5:7].lstrip("0"),
    }
    return "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)


def tex(text: str) -> str:
    """Return text so that TeX prints it as it is: signs escaped, ligatures of ASCII signs kept apart.

    BibTeX counts braces even behind a backslash, so those without a partner are written by name.
    """
    if not _SPECIAL.search(text) and "--" not in text and "''" not in text and ",," not in text:
        return text
    signs = _TEX | _PAIRED if _balanced(text) else _TEX
    return _LIGATURE.sub("{}", text.translate(signs))


def _balanced(text: str) -> bool:
    if "{" not in text and "}" not in text:
        return True
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _tex_name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{tex(name['literal'])}}}"
    parts = [name["family"], *([name["suffix"]] if "suffix" in name else []), name["given"]]
    return ", ".join(tex(part) for part in parts)


def ris(ref: Reference) -> str:
    """Return a reference as a RIS record; a claim's words stand in `AB`, line breaks as spaces."""
    work = _ris_work(ref.title, ref.authors, ref.publisher, ref.published)
    language = f"LA  - {unbroken(ref.language)}\r\n" if ref.language else ""
    abstract = f"AB  - {unbroken(ref.quote)}\r\n" if ref.quote else ""
    return (
        f"TY  - ELEC\r\nID  - {ref.key}\r\n{work}UR  - {unbroken(ref.url)}\r\n{language}{abstract}"
        f"N1  - {unbroken(ref.note)}\r\nER  - \r\n\r\n"
    )


@lru_cache(maxsize=256)
def _ris_work(title: str, authors: tuple[str, ...], publisher: str, published: str) -> str:
    parts = date_parts(published)
    fields = [
        ("TI", title),
        *(("AU", _ris_name(person(name))) for name in authors),
        ("PB", publisher),
        ("PY", str(parts[0]) if parts else ""),
        ("DA", "/".join([*(f"{part:02}" for part in parts), "", ""][:4]) if parts else ""),
    ]
    return "".join(f"{tag}  - {unbroken(value)}\r\n" for tag, value in fields if value)


def _ris_name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    return ", ".join([name["family"], name["given"], *([name["suffix"]] if "suffix" in name else [])])


def unbroken(text: str) -> str:
    """Return text with every line break as a space, and nothing else changed."""
    # The full stop keeps a break at the end. Looking for any of ten signs costs ten times as much.
    return " ".join(f"{text}.".splitlines())[:-1]
