"""Recognises what is in a text but not of it: labels, captions, advertisements, by-lines, footers.

One block's words come in, yes or no goes out. It knows general forms, no particular source; where a
block stands is for the caller to weigh.
"""

from __future__ import annotations

import re
from typing import Final

from ..language import lexicon, stop_words
from ._dates import is_date_line

_I: Final = re.IGNORECASE
SECTION_LABELS: Final = frozenset(
    word
    for line in (
        "sections section commentary opinion opinions op-ed analysis news home menu search share subscribe",
        "advertisement politics technology tech business world economy science health culture sport sports",
        "travel lifestyle education editorial editorials essay essays feature features report reports",
        "research article articles blog blogs podcast insights perspective perspectives explainer explainers",
        "interview review reviews topics category categories tags related contents print email facebook",
        "twitter linkedin login sponsored promoted trending latest live commentaries publications events",
        "about contact more",
    )
    for word in line.split()
)
_LABEL_PHRASES: Final = re.compile(
    r"(?:skip to (?:main )?content|table of contents|in this article|on this page|listen to (?:this )?article"
    r"|sign in|log in|share this(?: article| story| page)?|breaking news|top stories|press release"
    r"|\d+ min(?:ute)?s? read"
    r"|image source.{0,60}|home ?[>»/|›].{0,120})",
    _I,
)
_FACT_LABEL: Final = re.compile(
    r"(?:from|by|(?:first |last )?(?:published|posted|updated|reviewed|modified)|authors?|dates?|topics?|tags?|category"
    r"|applies to|document type|reading time|share|print|history) ?:?",
    _I,
)
_ADVERT: Final = re.compile(
    r"(?:you (?:might|may) (?:also )?(?:like|enjoy|be interested in)|also (?:read|see|like)|read (?:more|also"
    r"|next|this next)"
    r"|recommended (?:for you|reading|articles|stories)|related (?:articles?|stories|story|posts?|content"
    r"|reading|coverage|topics?)"
    r"|more (?:from|on this|stories)|see also|don['’]t miss|trending(?: now)?|most (?:read|popular)"
    r"|sponsored(?: content| by)?"
    r"|advertis(?:ement|ing)|promoted|story continues below|continue reading|keep reading|click here|tap here"
    r"|sign up|subscribe|(?:join|get|receive) (?:our|the)(?: [\w’'-]+){0,5} newsletters?|follow us|like us on|share this"
    r"|lea (?:también|más)|contenido relacionado|te puede interesar|(?:à )?lire aussi|leia (?:também|mais)"
    r"|lesen sie auch|mehr zum thema|lees ook|leggi anche"
    r"|download our app|support (?:us|our (?:work|journalism))|donate|become a member|watch now|listen now)\b",
    _I,
)
_ADVERT_TAIL: Final = re.compile(r"\s*(?:[:|—–…>»→-]|\.{3}|$)")
_INVITES: Final = re.compile(
    r"(?:sign up|subscribe|join|get|follow us|like us|click here|tap here|donate|share this|download|support)\b.{0,100}"
    r"(?:newsletter|inbox|podcast|updates|twitter|facebook|instagram|linkedin|whatsapp|telegram|youtube|channel"
    r"|here|today|app|alerts)(?: (?:every|each) \w+| daily| weekly)?\W*$",
    _I,
)
_CAPTION: Final = re.compile(
    r"(?:(?:figure|fig\.|table|photo(?:graph)?|image|picture|chart|graph|map|graphic|illustration|video|caption)"
    r"(?:\s+(?:\d{1,3}|[ivx]{1,4}|[a-z]))?(?:\.\d{1,2})?\s?[:.|–—-]\s"
    r"|(?:photo(?:graph)?|image|picture|illustration|graphic|credit|photo credit|image credit)s?(?: by|:)\s"
    r"|(?:this|a|an|in this|the) (?:undated |file |aerial |combination |general |handout )?(?:photo(?:graph)?"
    r"|picture|image|view|satellite image)"
    r"(?: \w+){0,3}? (?:taken|shows|showing|released|provided|dated)\b)",
    _I,
)
_CREDIT: Final = re.compile(
    r"[(\[][^()\[\]]{0,120}(?:getty|afp\b|reuters|\bap\b|associated press|shutterstock|istock|alamy|bloomberg"
    r"|xinhua|epa\b|unsplash"
    r"|flickr|wikimedia|photo|image|credit|courtesy|illustration|©|via )[^()\[\]]{0,120}[)\]]\W?$"
    r"|(?:photo(?:graph)?|image|picture|illustration|credit)s?(?: credit| by)?: ?[^.]{2,80}\.?$",
    _I,
)
_FOOTER: Final = re.compile(
    r"(?:all rights reserved|©|\(c\) ?(?:19|20)\d\d|copyright (?:©|\(c\)|19|20)"
    r"|(?:funded|supported|made possible|financed) (?:in part )?by (?:[\w’'-]+,? ){0,8}(?:funders|donors"
    r"|grants?|foundations?|gifts|members|readers|supporters)"
    r"|views? (?:expressed )?(?:of|in|are|here)\b.{0,90}(?:author|their own|his own|her own|alone|solely)"
    r"|(?:do|does) not (?:necessarily )?(?:reflect|represent) the (?:official )?(?:views|opinions|position)"
    r"|\b(?:article|story|piece|post|essay|commentary|column|op-ed|interview) (?:was |is |has been "
    r"|is being )?(?:originally |first |also )?"
    r"(?:published|appeared|republished|co-published)\b|republished (?:from|under|with)|under (?:an? )?creative commons"
    r"|disclosure(?: statement)?:|(?:conflicts? of|competing) interests?|for (?:more|media|press) (?:information|enquiries"
    r"|inquiries),? (?:visit|contact|please|see)"
    r"|terms of (?:use|service)|privacy policy|cookie (?:policy|settings))",
    _I,
)
_FOOTER_WORDS: Final = (
    *("rights reserved", "©", "(c)", "copyright", "funded", "supported", "made possible", "financed", "view"),
    *("reflect", "represent", "published", "appeared", "creative commons", "disclosure", "conflict", "competing"),
    *("for more", "for media", "for press", "terms of", "privacy", "cookie"),
)
"""One of these stands in every footer: far cheaper to look for than the pattern."""
_MISSION: Final = re.compile(
    r"\b(?:is|are) (?:committed|dedicated|devoted) to (?:[\w-]+,? (?:and )?){0,4}"
    r"(?:quality|independence|impact|accuracy|transparency|fairness|excellence|integrity|journalism)\b"
    r"|(?:is|are) an? (?:(?:independent|nonpartisan|non-partisan),? ){0,3}(?:nonprofit|non-profit"
    r"|not-for-profit|registered charity)"
    r"|\bour (?:mission|values|standards|policies|journalism|funders|donors)\b",
    _I,
)
REFERENCE_LABEL: Final = re.compile(
    r"(?:sources?|references?|reference list|bibliography|works cited|citations?|notes|endnotes|footnotes"
    r"|further reading"
    r"|literatur(?:verzeichnis)?|quellen?|bibliographie|références|fuentes|referencias|bibliografía)(?P<colon> ?:)?",
    _I,
)
_SOURCED: Final = re.compile(r"(?:sources?|quellen?|fuentes?|via|originally at): ?\S", _I)
_LONGEST_SOURCE_LABEL: Final = 16
"""`Originally at:`, and some to spare."""
_ADDRESS_ONLY: Final = re.compile(r"<?https?://\S+>?")
_PARTICLE: Final = r"(?:de|da|di|del|della|van|von|der|den|la|le|bin|al|el|y|dos|du)\b"
_NAME: Final = rf"[^\W\d_a-z][\w.’'-]*(?: (?:{_PARTICLE}|[^\W\d_a-z][\w.’'-]*)){{1,4}}"
_NAMES: Final = re.compile(_NAME)
_BYLINE: Final = re.compile(
    r"(?:(?i:(?:(?:written|words|text|story|reported|posted|published) )?by|von|por|par|di|door|authors?:)|—|–|--) ?"
    rf"(?P<names>{_NAME}(?:(?:, | and | & |, and | und | et | y ){_NAME}){{0,5}})"
    r"(?:\s?[,|·•–—-]\s?.{0,80})?",
)
_CASELESS: Final = re.compile(
    r"(?:بقلم|كتبت?|文|作者|记者|記者|撰文|執筆) ?[:：/＝ ] ?(?P<names>[^\W\d_]+(?:[ ・·][^\W\d_]+){0,4})"
)
"""By-lines in scripts without capitals."""
_NAME_AND_DATE: Final = re.compile(rf"(?P<names>{_NAME}(?:(?:, | and | & ){_NAME}){{0,3}}) ?[·•|–—-] ?(?P<date>.{{6,40}})")
_HAN_NAME: Final = re.compile(r"[\u4e00-\u9fff]{1,3}[ \u3000]?[\u4e00-\u9fff]{1,3}")
_SPLIT_NAMES: Final = re.compile(r", and | and | & |, | und | et | y ")
_HONORIFIC: Final = re.compile(
    r"(?:(?:Dr|Prof|Professor|Professors|Sir|Dame|Rev|Mr|Mrs|Ms|Herr|Frau|Mme|Dra?|Dott|Ing)\b\.? )+"
)
_INITIAL: Final = re.compile(r"\b[A-Z]\.")
_LISTS: Final = lexicon("names")
_NO_PERSON: Final = frozenset(
    word.lower() for section in ("organisations", "laws", "places", "demonyms") for word in _LISTS[section]
)


def is_label(words: str) -> bool:
    """Say whether a short line only names a section of a site or is part of its menu."""
    return words.lower().strip(" :#•|>") in SECTION_LABELS or bool(_LABEL_PHRASES.fullmatch(words))


def is_fact_label(words: str) -> bool:
    """Say whether a short line only names a fact about the page: `From:`, `Last updated`."""
    return _FACT_LABEL.fullmatch(words) is not None


def is_advert(words: str) -> bool:
    """Say whether a line advertises or points elsewhere: “You might also like: …”."""
    if len(words) > 240:
        return False
    start = 0 if words[:1].isalnum() else next((at for at, sign in enumerate(words) if sign.isalnum()), 0)
    found = _ADVERT.match(words, start)
    return bool(found and (_ADVERT_TAIL.match(words, found.end()) or _INVITES.match(words, start)))


def is_caption(words: str) -> bool:
    """Say whether a block reads as the caption of a picture."""
    return len(words) <= 900 and bool(_CAPTION.match(words) or has_credit(words))


def has_credit(words: str) -> bool:
    """Say whether a block ends with the credit of a picture."""
    tail = words[-260:]
    may_end = ":" in tail[-90:] or ")" in tail[-3:] or "]" in tail[-3:]  # the search is dear, and few blocks end so
    return may_end and bool(_CREDIT.search(tail))


def is_footer(words: str) -> bool:
    """Say whether a block is about the publisher, its funds or its rights."""
    if len(words) > 900:
        return False
    # the letters that are i and s to a pattern that ignores case, though not to lower()
    plain = words.lower().replace("ı", "i").replace("i\u0307", "i").replace("ſ", "s")
    return any(map(plain.__contains__, _FOOTER_WORDS)) and bool(_FOOTER.search(words))


def is_mission(words: str) -> bool:
    """Say whether a block could be a publisher's word about itself; only beside a footer is it one."""
    return len(words) <= 400 and bool(_MISSION.search(words))


def is_sourced(words: str) -> bool:
    """Say whether a block names a source in one line: `Source: …`, or nothing but an address."""
    if ":" not in words[:_LONGEST_SOURCE_LABEL] or len(words) > 500:
        return False
    return bool(_SOURCED.match(words) or _ADDRESS_ONLY.fullmatch(words))


def is_name(words: str) -> bool:
    """Say whether a line has the form of a person's name: two to five words with capitals."""
    return len(words) <= 60 and bool(_NAMES.fullmatch(words))


def names_of(words: str) -> tuple[str, ...]:
    """Return the authors that a by-line names: `By Ann Lee and Bo Chen, Reuters`; none if it is no by-line."""
    if len(words) > 200:
        return ()
    if caseless := _CASELESS.fullmatch(words):
        return (caseless["names"],)
    found = _BYLINE.fullmatch(words)
    if found is None and (dated := _NAME_AND_DATE.fullmatch(words)) and is_date_line(dated["date"]):
        found = dated if names_alone(dated["names"])[0] else None
    if found is None:
        return ()
    return tuple(name for name in _SPLIT_NAMES.split(found["names"]) if is_name(name))


def is_han_name(words: str) -> bool:
    """Say whether a line could be a Chinese or Japanese name; so could many a heading."""
    return _HAN_NAME.fullmatch(words) is not None


def names_alone(words: str) -> tuple[tuple[str, ...], bool]:
    """Return the persons whom a line without `By` may name, and whether its form leaves no doubt.

    `Dr Amara Okafor and Professor Lars Lindqvist` and `R. Simmonds` name persons; `Rosie Adeyemi` could be a heading.
    """
    parts = _SPLIT_NAMES.split(words) if len(words) <= 120 else []
    names = tuple(_HONORIFIC.sub("", part, count=1) for part in parts)
    fit = bool(names) and all(is_name(name) and len(name.split()) <= 4 and not name.isupper() for name in names)
    known = any(word.lower() in _NO_PERSON or word.lower() in stop_words() for name in names for word in (name, *name.split()))
    if not fit or known:
        return (), False
    return names, all(_HONORIFIC.match(part) or _INITIAL.search(part) for part in parts)
