"""Speed of the search in a real browser: bytes and time to the first result, and after each keystroke.

    python tools/bench_search.py SITE [--queries 12] [--query TEXT …] [--runs 1] [--static FOLDER] [--plain]

SITE is a built site. Queries of all shapes are taken from its own claims, the same ones each time: frequent and rare words, several
words, a phrase, a figure, misspellings, an unknown word. The line is that of slow 4G (1.6 Mbit/s, 150 ms) and the page's main thread
is slowed four times; `--plain` leaves both out. Every query gets a browser context of its own, so that nothing is kept.

`first` is from the click that opens the search to the first result on screen, with the query put in as soon as there is a box;
`settled` is when nothing changes any more. `keys`: from a keystroke to the first result it shows; the query's last letters are deleted
one by one, then typed again, then a letter is added. All sizes are after gzip.
"""
from __future__ import annotations

import argparse
import gzip
import http.server
import json
import random
import re
import shutil
import statistics
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import sync_playwright

SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
_FIGURE, _NAME = r"\d[\d.,]* (?:per cent|million|billion)", r"(?<=\w )[A-Z][a-z]+ [A-Z][a-z]+"
_TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json",
          ".woff2": "font/woff2", ".svg": "image/svg+xml"}
_COLD = """async query => {
  const start = performance.now(), until = test => new Promise((done, fail) => {
    const late = () => performance.now() > start + 30000;
    const look = () => test() ? done() : late() ? fail(Error("no result: " + query)) : setTimeout(look, 4);
    look();
  });
  document.querySelector("[data-search]").click();
  await until(() => document.querySelector("#search-q"));
  const box = document.querySelector("#search-q"), list = document.querySelector(".search-dialog .results");
  let last = 0;
  const watch = new MutationObserver(() => { last = performance.now(); });
  watch.observe(document.querySelector(".search-dialog"), {childList: true, subtree: true});
  box.value = query;
  box.dispatchEvent(new Event("input", {bubbles: true}));
  const said = () => /not found/.test(document.querySelector("#search-count").textContent);
  await until(() => list.querySelector(".result") || said());
  const first = performance.now() - start;
  await new Promise(done => setTimeout(done, 2500));
  return [first, last - start, document.querySelector("#search-count").textContent];
}"""
_KEYS = """async query => {
  const box = document.querySelector("#search-q"), list = document.querySelector(".search-dialog .results"), out = [];
  const ends = [1, 2, 3, 4, 3, 2, 1, 0].map(less => query.slice(0, Math.max(3, query.length - less))).concat(query + "s");
  const count = document.querySelector("#search-count"), none = () => /not found/.test(count.textContent);
  for (const typed of ends) {
    list.replaceChildren();
    count.textContent = "";
    const start = performance.now();
    box.value = typed;
    box.dispatchEvent(new Event("input", {bubbles: true}));
    while (!list.querySelector(".result") && !none() && performance.now() - start < 3000) await new Promise(done => setTimeout(done, 4));
    out.push(performance.now() - start);
    await new Promise(done => setTimeout(done, 900));
  }
  return out;
}"""


@dataclass(frozen=True)
class Row:
    """What one query came to; times in milliseconds."""

    query: str
    first: float
    settled: float
    sizes: dict[str, int]
    keys: list[float]
    said: str


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description="Bytes and times of the search in a browser.")
    parser.add_argument("site", type=Path)
    parser.add_argument("--queries", type=int, default=12)
    parser.add_argument("--query", action="append", default=[])
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--static", type=Path, help="take static/ from here")
    parser.add_argument("--page", help="the page where the search is opened; by default the first article")
    parser.add_argument("--plain", action="store_true", help="no slow line, no slow processor")
    options = parser.parse_args()
    asked = options.query or queries(options.site)[: options.queries]
    options.page = options.page or f"articles/{json.loads((options.site / 'data' / 'articles.json').read_text(encoding='utf-8'))[0]['id']}/"
    server = Server(options.site, options.static)
    print("| query | first ms | settled ms | kB first | files | keys: deleting | typing again | one more | status |")
    print("|---|---|---|---|---|---|---|---|---|")
    rows = [median([measured(server, query, options) for _ in range(options.runs)]) for query in asked]
    firsts, keys = [row.first for row in rows], [time for row in rows for time in row.keys]
    weights = [sum(row.sizes.values()) / 1000 for row in rows]
    print(f"\nfirst result: median {statistics.median(firsts):.0f} ms, slowest {max(firsts):.0f} ms · keystrokes: "
          f"median {statistics.median(keys):.0f} ms, slowest {max(keys):.0f} ms · bytes: median {statistics.median(weights):.1f} kB, "
          f"most {max(weights):.1f} kB")


def median(rows: list[Row]) -> Row:
    """Return the run with the middle time, and print it."""
    row = sorted(rows, key=lambda one: one.first)[len(rows) // 2]
    times = [f"{time:.0f}" for time in row.keys]
    print(f"| {row.query} | {row.first:.0f} | {row.settled:.0f} | {sum(row.sizes.values()) / 1000:.1f} | {len(row.sizes)} "
          f"| {' '.join(times[:4])} | {' '.join(times[4:8])} | {times[8]} | {row.said} |", flush=True)
    return row


def measured(server: Server, query: str, options: argparse.Namespace) -> Row:
    """Ask one query in a browser of its own."""
    path = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 412, "height": 823})
        page.goto(server.address + options.page, wait_until="networkidle")
        server.sent.clear()
        if not options.plain:
            throttle(page)
        first, settled, said = page.evaluate(_COLD, query)
        sizes = dict(server.sent)
        keys = page.evaluate(_KEYS, query)
        browser.close()
    return Row(query=query, first=first, settled=settled, sizes=sizes, keys=keys, said=said)


def throttle(page: Any) -> None:
    """Slow the line and the main thread, as a middling phone in the country has them."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def queries(site: Path) -> list[str]:
    """Choose queries of different shape from the site's own claims."""
    quotes = [claim["quote"] for claim in json.loads((site / "data" / "claims.json").read_text(encoding="utf-8"))]
    chance = random.Random(11)  # noqa: S311 — a choice, not a secret
    counts = Counter(word for quote in quotes for word in set(re.findall(r"[a-z]{5,}", quote)))
    ranked = [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    some = [chance.choice(ranked[: len(ranked) // 50]), chance.choice(ranked[len(ranked) // 20 : len(ranked) // 4])]
    quote = chance.choice([quote for quote in quotes if 12 < len(quote.split()) < 25]).split()
    rare = [word for word in ranked[len(ranked) // 4 :] if counts[word] > 1 and len(word) > 7]
    figure, name = (_first(pattern, chance.sample(quotes, len(quotes))) for pattern in (_FIGURE, _NAME))
    slips = [word[:-3] + word[-2:] for word in chance.sample(rare, 2)]
    turned = chance.choice(rare)
    slips.append(turned[0] + turned[2] + turned[1] + turned[3:])
    known = chance.choice(ranked[:200])
    return [*some, chance.choice(rare), " ".join(quote[2:5]), f"{some[0]} {some[1]}", '"' + " ".join(quote[4:7]) + '"', figure, name,
            *slips, f"{known} {chance.choice(rare)[1:]}", "zxqvorbl"]


def _first(pattern: str, quotes: list[str]) -> str:
    return next((found[0] for quote in quotes if (found := re.search(pattern, quote))), "")


class Server:
    """The site on a free port of this machine, compressed as hosts do; keeps a record of what it sent."""

    def __init__(self, site: Path, static: Path | None) -> None:
        """Serve `site`, with another folder in place of its `static/` if there is one."""
        self.sent: dict[str, int] = {}
        record = self.sent

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Say nothing."""

            def do_GET(self) -> None:
                path = unquote(urlsplit(self.path).path).lstrip("/")
                file = static / path.removeprefix("static/") if static and path.startswith("static/") else site / path
                file = file / "index.html" if file.is_dir() else file
                body = gzip.compress(file.read_bytes(), 6, mtime=0) if file.is_file() else b""
                self.send_response(200 if body else 404)
                if body:
                    record[path] = len(body)
                    self.send_header("Content-Type", _TYPES.get(file.suffix, "application/octet-stream"))
                    self.send_header("Content-Encoding", "gzip")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(body)

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{server.server_port}/"


if __name__ == "__main__":
    main()
