"""References: what is cited, in the forms that reference managers and readers take.

Comes in: the catalogue's articles and claims. Goes out: CSL-JSON items, BibTeX and RIS records. Reads no clock, so no
date of access is made up; titles are never corrected.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
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
_SPECIAL: Final = re.compile(r"[\\{}~^%&#_$]|--|``|''|[!?]`|,,|<<|>>")
"""What `tex` changes; most words hold none of it, and the search for it is ten times faster than the change."""
_BREAK: Final = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


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
    item: dict[str, object] = {"id": ref.key, "type": "webpage", "title": ref.title}
    if ref.authors:
        item["author"] = [person(name) for name in ref.authors]
    if ref.publisher:
        item["container-title"] = ref.publisher
    if parts := date_parts(ref.published):
        item["issued"] = {"date-parts": [parts]}
    item["URL"] = ref.url
    if ref.language:
        item["language"] = ref.language
    if ref.quote:
        item["abstract"] = ref.quote
    item["note"] = ref.note
    return item


def bibtex(ref: Reference) -> str:
    """Return a reference as BibTeX; a claim's words stand in `abstract`, to the letter once TeX has read them."""
    fields = {
        "title": tex(ref.title),
        "author": " and ".join(_tex_name(person(name)) for name in ref.authors),
        "publisher": tex(ref.publisher),
        "date": ref.published,
        "year": ref.published[:4],
        "month": ref.published[5:7].lstrip("0"),
        "url": _plain_url(ref.url),
        "language": ref.language,
        "abstract": tex(ref.quote),
        "note": tex(ref.note),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{ref.key},\n" + ",\n".join(lines) + "\n}\n"


def tex(text: str) -> str:
    """Return text so that TeX prints it as it is: signs escaped, ligatures of ASCII signs kept apart.

    BibTeX counts braces even behind a backslash, so those without a partner are written by name.
    """
    if not _SPECIAL.search(text):
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


def _plain_url(url: str) -> str:
    # The url field is read to the letter, so what would end it is percent-encoded instead of escaped.
    return "".join(f"%{ord(sign):02X}" if sign in '{}\\ "<>' else sign for sign in url)


def ris(ref: Reference) -> str:
    """Return a reference as a RIS record; a claim's words stand in `AB`, line breaks as spaces."""
    parts = date_parts(ref.published)
    fields = [
        ("TY", "ELEC"),
        ("ID", ref.key),
        ("TI", ref.title),
        *(("AU", _ris_name(person(name))) for name in ref.authors),
        ("PB", ref.publisher),
        ("PY", str(parts[0]) if parts else ""),
        ("DA", "/".join([*(f"{part:02}" for part in parts), "", ""][:4]) if parts else ""),
        ("UR", ref.url),
        ("LA", ref.language),
        ("AB", ref.quote),
        ("N1", ref.note),
    ]
    lines = [f"{tag}  - {_BREAK.sub(' ', value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _ris_name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    return ", ".join([name["family"], name["given"], *([name["suffix"]] if "suffix" in name else [])])


def unbroken(text: str) -> str:
    """Return text with every line break as a space, and nothing else changed."""
    return _BREAK.sub(" ", text)
