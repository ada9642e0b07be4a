"""Words that decide whether a full stop ends a sentence.

Data only; English first, with the commonest abbreviations of German, French and Spanish, so that
other texts are not cut to pieces.
"""

from __future__ import annotations

from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NEVER_LAST: Final = _set(
    "mr mrs ms messrs dr drs prof gen gov sen rep lt col capt cpt sgt maj cmdr adm rev hon st mt ft pres supt asst "
    "vs v cf viz p.s ps e.g i.e eg ie approx ca esp incl resp bzw z.b d.h u.a vgl nr mme mlle sra dra ud uds núm pág"
)
"""Abbreviations that stand before a name or another word: no sentence ends with them."""

BEFORE_NUMBER: Final = _set(
    "no nos n° n.° nº p pp para par vol vols ch chap sec sect fig figs eq eqs art arts op cl ed eds abs pt pl "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
"""Abbreviations that a number may follow: the sentence goes on when one does."""

SOMETIMES_LAST: Final = _set(
    "inc ltd pvt co corp llc plc bros jr sr esq etc al dept dist univ assn est ave blvd rd hwy "
    "ph.d m.d b.a m.a m.sc b.sc d.phil ll.d mba a.m p.m am pm a.d b.c b.c.e c.e usw"
)
"""Abbreviations that a sentence may end with: it does when the next word is one that starts sentences."""

HOURS: Final = frozenset({"a.m", "p.m"})

NOT_AFTER_HOUR: Final = _set(
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun "
    "january february march april may june july august september october november december "
    "eastern central mountain pacific greenwich local"
)

ORDINAL_LEADS: Final = _set("am im dem des vom zum beim der den das ab seit bis jeder jedem")
"""German words before a number with a full stop that counts off: `am 4. Februar`."""

STARTERS: Final = _set(
    "the a an this that these those it its it's he she they we i you my your our their his her there here "
    "in on at for from by to with without as if when while where what why how who which whose whether "
    "and but or nor so yet then thus hence however moreover meanwhile furthermore therefore nevertheless instead "
    "although though because since after before until during despite unlike like once over under between among "
    "some many most all no not none each every both either neither several few another other such only even "
    "is are was were do does did can could will would should may might must has have had let "
    "according also additionally consequently finally first second third similarly still today now later "
    "one two three i'm i've we're they're he's she's don't that's there's what's thanks please"
)
"""Words that, with a capital after a doubtful full stop, say that a new sentence has begun."""

DOTTED_NAMES: Final = _set(
    "node asp vue react next nuxt three socket express system microsoft windows java javax booking amazon "
    "math object console document window newsfeed yahoo"
)
"""First parts of names that hold a full stop, such as `Node.JS` or `System.Text`."""

DOMAINS: Final = _set("com org net edu gov io ai co uk de fr eu info js ts py md txt pdf html")

BRANDS: Final = frozenset({"yahoo!", "jeopardy!", "yum!", "oklahoma!", "airplane!"})
"""Names that end with an exclamation mark."""
