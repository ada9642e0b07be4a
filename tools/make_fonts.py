"""Cut the site's fonts from Adobe's npm packages: run by hand when a package or a sign changes, never in a build.

Comes in: the tarballs of `source-serif` and `source-sans` (`npm pack source-serif@4.5.1 source-sans@3.52.0`).
Goes out: WOFF2 files and the licence in build_tools/static/fonts. Needs `fonttools` and `brotli`; fetches nothing.

    python tools/make_fonts.py FOLDER_WITH_THE_TARBALLS
"""
from __future__ import annotations

import io
import re
import sys
import tarfile
from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

OUT: Final = Path(__file__).parent.parent / "build_tools" / "static" / "fonts"
BASE: Final = "20-7E,A0,A7,A9,AB,B0,B1,B7,BB,D7,E9,2010-2015,2018-201E,2020,2022,2026,2032,2033,20AC,2212"
"""What nearly every page needs: ASCII, typographic punctuation, a few signs."""
SIGNS: Final = "2190-2193,2197,2260,2264,2265,25C6,25CB,25CF,2713,221E"
"""Signs of kinds and relations, arrows; only in the sans face, which sets the apparatus."""
MORE: Final = "A1-FF,100-17F,1E9E,218-21B,2039,203A,2044,2116,2122,2190-2193,2248,2260,2264,2265"
"""Latin letters with accents: a file of its own, fetched only by pages that use one (unicode-range)."""
SERIF: Final = "source-serif-4.5.1.tgz"
SANS: Final = "source-sans-3.52.0.tgz"
CUTS: Final = (
    ("serif", SERIF, "package/TTF/SourceSerif4-Regular.ttf", None),
    ("serif-italic", SERIF, "package/TTF/SourceSerif4-It.ttf", None),
    ("sans", SANS, "package/VF/SourceSans3VF-Upright.ttf", (400, 600)),
)
LEGAL: Final = (0, 13, 14)
"""Records with copyright and licence, which stay inside the font."""
FEATURES: Final = ["kern", "liga", "onum", "lnum", "pnum", "tnum", "ccmp", "locl", "mark"]


def main(folder: Path) -> None:
    """Write every cut and the two licences."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, package, member, weights in CUTS:
        _cut(folder / package, member, weights, f"{BASE},{SIGNS}" if name == "sans" else BASE, f"{name}.woff2")
        _cut(folder / package, member, weights, MORE, f"{name}-more.woff2")
    for package, target in ((SERIF, "LICENSE-source-serif.txt"), (SANS, "LICENSE-source-sans.txt")):
        (OUT / target).write_bytes(_member(folder / package, "package/LICENSE.md"))


def _cut(package: Path, member: str, weights: tuple[int, int] | None, unicodes: str, target: str) -> None:
    font = TTFont(io.BytesIO(_member(package, member)), recalcTimestamp=False)
    if weights:
        font = _written_out(instantiateVariableFont(font, {"wght": weights}))
    options = Options(flavor="woff2", hinting=False, layout_features=FEATURES, drop_tables=["DSIG", "STAT", "FFTM"])
    options.name_IDs = [1, 2, *LEGAL]
    cutter = Subsetter(options)
    cutter.populate(unicodes=parse_unicodes(unicodes))
    cutter.subset(font)
    _rename(font)
    font.flavor = "woff2"
    font.save(OUT / target)
    print(f"{target}: {(OUT / target).stat().st_size} bytes")


def _rename(font: TTFont) -> None:
    """Give a cut a name of its own: the licence reserves `Source` for the whole faces. Copyright and licence stay as they are."""
    for record in font["name"].names:
        if record.nameID not in LEGAL:
            record.string = re.sub("Source ?(Serif|Sans) ?(4|3VF)", r"Page\1", str(record))


def _written_out(font: TTFont) -> TTFont:
    # The subsetter wants an entry for every glyph in the variation table; writing the font out makes them.
    file = io.BytesIO()
    font.save(file)
    return TTFont(file, recalcTimestamp=False)


def _member(package: Path, member: str) -> bytes:
    with tarfile.open(package) as archive:
        found = archive.extractfile(member)
        if found is None:
            raise FileNotFoundError(f"{package} has no {member}")
        return found.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
