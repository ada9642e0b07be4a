"""The style sheet and fonts: contrast in both schemes, nothing undefined, nothing from elsewhere, small enough."""
from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from PIL import ImageFont

from build_tools.catalogue import Catalogue
from build_tools.model import CLAIM_KINDS
from build_tools.render import assets
from build_tools.render._lean import lean_script, lean_style

STATIC = Path(assets.FOLDER)
CSS = {path.name: path.read_text(encoding="utf-8") for path in sorted((STATIC / "css").glob("*.css"))}
TOKENS = dict(re.findall(r"(--[a-z-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", CSS["00-tokens.css"]))
GROUNDS = ("--paper", "--wash", "--tint", "--now")
WORDS = ("--ink", "--ink-soft", "--accent", "--dispute", "--support")


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def colour(name: str, scheme: int) -> str:
    """A token's colour in the light (0) or dark (1) scheme."""
    return TOKENS[name].split(", ")[scheme]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["--paper", "--wash"])
@pytest.mark.parametrize("name", [*WORDS, *(f"--k-{kind}" for kind in CLAIM_KINDS)])
def test_words_can_be_read_on_every_ground(name: str, ground: str, scheme: int) -> None:
    assert contrast(colour(name, scheme), colour(ground, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_can_be_read_on_every_mark(ground: str, scheme: int) -> None:
    assert contrast(colour("--ink", scheme), colour(ground, scheme)) >= 7


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("kind", CLAIM_KINDS)
def test_the_line_of_a_kind_can_be_seen_on_every_mark(kind: str, ground: str, scheme: int) -> None:
    assert contrast(colour(f"--k-{kind}", scheme), colour(ground, scheme)) >= 3


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_lines_of_controls_can_be_seen(scheme: int) -> None:
    assert contrast(colour("--line", scheme), colour("--paper", scheme)) >= 3


def test_every_kind_has_its_own_line() -> None:
    """Colour is never the only cue: style or thickness differ as well."""
    lines = dict.fromkeys(CLAIM_KINDS, ("solid", "1.5px"))
    for kind, rules in re.findall(r'^mark\.claim\[data-kind="(\w+)"\] \{([^}]*)\}', CSS["30-marks.css"], re.MULTILINE):
        style = re.search(r"style: (\w+)", rules)
        thickness = re.search(r"thickness: ([\w.]+)", rules)
        lines[kind] = (style[1] if style else "solid", thickness[1] if thickness else "1.5px")
    assert len(set(lines.values())) == len(CLAIM_KINDS)


def test_every_property_that_is_used_is_defined() -> None:
    whole = "\n".join(CSS.values())
    used = set(re.findall(r"var\((--[a-z-]+)\s*\)", whole))  # one with a fallback may be undefined
    assert used <= set(re.findall(r"(--[a-z-]+)\s*:", whole))


def test_nothing_comes_from_elsewhere() -> None:
    assert not re.search(r"@import|url\(\s*['\"]?(?:https?:)?//", "\n".join(CSS.values()))


def test_every_font_is_there_and_licensed() -> None:
    named = set(re.findall(r"url\(fonts/([\w.-]+)\)", CSS["05-fonts.css"]))
    assert named == {path.name for path in (STATIC / "fonts").glob("*.woff2")}
    assert all("SIL" in path.read_text(encoding="utf-8") for path in (STATIC / "fonts").glob("LICENSE*"))
    assert len(list((STATIC / "fonts").glob("LICENSE*"))) == 2


def test_no_cut_of_a_face_bears_the_name_that_its_licence_reserves() -> None:
    faces = [*(STATIC / "fonts").glob("*.woff2"), *(STATIC.parent / "cards").glob("*.ttf")]
    assert len(faces) == 9
    assert [face.name for face in faces if "source" in "".join(ImageFont.truetype(str(face)).getname()).lower()] == []


def test_first_view_stays_small(catalogue: Catalogue) -> None:
    """The whole first view may weigh 100 kB; fonts, style and script leave a third of it to the text."""
    fonts = sum((STATIC / "fonts" / f"{name}.woff2").stat().st_size for name in ("serif", "serif-italic", "sans"))
    shared = {page.path: page.body for page in assets.pages(catalogue)}
    ours = sum(len(gzip.compress(shared[name], 9)) for name in (assets.STYLE, assets.SCRIPT))
    assert fonts <= 43_000
    assert ours <= 20_000


@pytest.mark.parametrize(
    ("text", "lean"),
    [
        ('[data-kind="fact"] { --k: "a"; }', '[data-kind=fact]{--k:"a"}'),
        ('a[href="#x"], [data-claims*=" "] { content: " ="; }', 'a[href="#x"],[data-claims*=" "]{content:" ="}'),
        ("p { width: calc(1rem + 2px); }", "p{width:calc(1rem + 2px)}"),
    ],
)
def test_a_style_sheet_loses_only_what_means_nothing(text: str, lean: str) -> None:
    assert lean_style(text) == lean + "\n"


@pytest.mark.parametrize(
    ("text", "lean"),
    [
        ("a = b\n(c)\n", "a=b\n(c)"),
        ("if (a) {\n  b();\n  c()\n}\nd()\n", "if(a){b();c()}\nd()"),
        ("x = a + b - c; y = a + +b; z = a - -b;", "x=a+b-c;y=a + +b;z=a - -b;"),
        ("s = `{\n}`; t = ' + ';\nu()", "s=`{\n}`;t=' + ';u()"),
        ("f = function () {\n}\n[1].map(f)", "f=function(){}\n[1].map(f)"),
    ],
)
def test_a_script_keeps_the_line_ends_that_may_end_a_statement(text: str, lean: str) -> None:
    assert lean_script(text) == lean + "\n"
