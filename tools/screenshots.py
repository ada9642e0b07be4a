"""Pictures of the site for its own documentation: five views, three widths, both schemes.

Comes in: a folder with a built site. Goes out: WebP files below docs/about/screenshots, the page that shows them, and the
README's picture. Which article, claim, topic and pair are shown is read from the site's data, so the same site gives the
same views. Needs the `dev` extra and an installed Chromium (`CHROME_PATH` names another one).

    python tools/screenshots.py site
"""
from __future__ import annotations

import argparse
import functools
import http.server
import io
import json
import os
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "docs" / "about" / "screenshots"
README_PICTURE = ROOT / "docs" / "assets" / "screenshot-article.png"
SIZES = ((390, 844), (768, 1024), (1440, 900))
SCHEMES = ("light", "dark")
COLOURS, README_COLOURS = 64, 128
FLAGS = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--hide-scrollbars"]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A page in a certain state."""

    name: str
    address: str
    title: str
    caption: str
    alt: str
    opens: str = ""
    """Selector of the number whose note is opened."""


def views(site: Path) -> tuple[View, ...]:
    """Choose what to show: the claim that most others dispute, its article, the widest topic, the pair that disputes most.

    Raises:
        FileNotFoundError: where the folder holds no built site.
    """
    claims = json.loads((site / "data" / "claims.json").read_text(encoding="utf-8"))
    claims = claims["claims"] if isinstance(claims, dict) else claims
    links = [(claim["id"], other["claim"], other["kind"]) for claim in claims for other in claim["relations"]]
    home = {claim["id"]: claim["article"] for claim in claims}
    main = {claim["id"] for claim in claims if claim["weight"] == "main"}
    disputes = Counter(one for one, _, kind in links if kind == "disputes" and one in main)
    claim = min(disputes, key=lambda one: (-disputes[one], one)) if disputes else min(main)
    article = Counter(home[one] for one, _, _ in links).most_common(1)[0][0]
    first = next(claim["id"] for claim in claims if claim["article"] == article and claim["id"] in main and disputes[claim["id"]])
    topic = Counter(topic for claim in claims for topic in claim["topics"]).most_common(1)[0][0]
    pairs = Counter(tuple(sorted((home[one], home[other]))) for one, other, kind in links if kind == "disputes" or not disputes)
    pair = next(path for one, other in (row[0] for row in pairs.most_common()) for path in _pair(site, one, other))
    return (
        View(name="home", address="", title="Home", caption="The corpus at a glance: what can be read, and where the sources agree or clash.",  # noqa: E501
             alt="Home page: a heading, four ways in, and cards of the articles with strips that show where their claims stand."),
        View(name="article", address=f"articles/{article}/#{first}", title="An article",
             caption="The text as it was published; main claims underlined by kind, with their notes beside them where there is room.",
             alt="Article page: running text with underlined claims and small numbers; on wide screens an outline and margin notes."),
        View(name="note", address=f"articles/{article}/#{first}", title="A claim’s note", opens=f"#r-{first}",
             caption="A note opened from its number: kind, who says so, and what other sources say. On a phone it comes up as a sheet.",
             alt="Article page with an open card on one claim: its kind, its author and quotes of other sources that dispute or support it."),  # noqa: E501
        View(name="claim", address=f"claims/{claim}/", title="A claim’s own page",
             caption="The quote first, then who said it and where, then every source that answers it.",
             alt="Claim page: a large quotation with author and source, and below it the quotes of other sources under the way they relate."),  # noqa: E501
        View(name="topic", address=f"topics/{topic}/", title="A topic",
             caption="What every source says on one topic, claim by claim.",
             alt="Topic page: the name of the topic, counts by source, and lists of claims with their kinds and sources."),
        View(name="compare", address=pair, title="Two articles compared",
             caption="Where two articles meet: what only one of them says, and how their claims line up.",
             alt="Comparison of two articles: both titles, counts of what they share, and a picture in which lines join linked claims."),
    )  # fmt: skip


def _pair(site: Path, one: str, other: str) -> Iterator[str]:
    for path in (f"compare/{one}--{other}/", f"compare/{other}--{one}/"):
        if (site / path / "index.html").is_file():
            yield path


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def shot(browser: Any, base: str, view: View, size: tuple[int, int], scheme: str) -> bytes:
    """Return what a reader sees of a page, as PNG."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(base + view.address)
    page.evaluate("document.fonts.ready.then(() => 0)")
    page.wait_for_timeout(150)
    if view.opens:
        page.locator(view.opens).click()
        page.locator(".card").wait_for()
        page.mouse.move(1, 1)
        page.wait_for_timeout(150)
    picture: bytes = page.screenshot()
    context.close()
    return picture


def _with(colours: int, picture: bytes) -> Image.Image:
    """Return a picture in so many colours, near enough to its own that no eye tells them apart; letters stay sharp."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    return image.quantize(colours, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)


def webp(picture: bytes) -> bytes:
    """Return a picture as lossless WebP of few colours: smaller than a lossy one of the same page."""
    out = io.BytesIO()
    _with(COLOURS, picture).convert("RGB").save(out, "WEBP", method=6, lossless=True)
    return out.getvalue()


def _name(view: View, width: int, scheme: str) -> str:
    return f"{view.name}-{width}-{scheme}.webp"


def page_text(shown: tuple[View, ...]) -> str:
    """Return the page of the documentation that shows all pictures."""
    parts = [
        "# Screenshots\n",
        "Five kinds of page on a phone, a tablet and a desk, in light and dark colours. `python tools/screenshots.py site` takes",
        "them anew from a built site.\n",
    ]
    for view in shown:
        parts.append(f"## {view.title}\n\n{view.caption}\n")
        for scheme in SCHEMES:
            images = [
                f"![{view.alt.rstrip('.')}; {width} pixels wide, {scheme} colours.](screenshots/{_name(view, width, scheme)})"
                f'{{ width="{width}" height="{height}" loading="lazy" }}'
                for width, height in SIZES
            ]
            parts.append('<div class="shots" markdown>\n\n' + "\n".join(images) + "\n\n</div>\n")
    return "\n".join(parts)


def readme_picture(picture: bytes) -> bytes:
    """Return a picture as PNG."""
    out = io.BytesIO()
    _with(README_COLOURS, picture).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("site", type=Path, help="folder with the built site")
    site = parser.parse_args().site.resolve()
    shown = views(site)
    PLACE.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROME_PATH") or shutil.which("chromium") or shutil.which("google-chrome-stable")
    with served(site) as base, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        for view in shown:
            for size in SIZES:
                for scheme in SCHEMES:
                    picture = shot(browser, base, view, size, scheme)
                    (PLACE / _name(view, size[0], scheme)).write_bytes(webp(picture))
                    if (view.name, size[0], scheme) == ("article", SIZES[-1][0], "light"):
                        README_PICTURE.parent.mkdir(parents=True, exist_ok=True)
                        README_PICTURE.write_bytes(readme_picture(picture))
        browser.close()
    (PLACE.parent / "screenshots.md").write_text(page_text(shown), encoding="utf-8")


if __name__ == "__main__":
    main()
