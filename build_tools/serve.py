"""The live preview: builds, serves, and builds again when a file changes.

Comes in: folders and a port. Goes out: pages on this machine's own address only. Files are looked at twice a second; what is
shown is the whole site as it will be published, finished and checked, plus one script that reloads the page.
"""
from __future__ import annotations

import gc
import http.server
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from .problems import BuildError, Problems
from .publish import OWNED, OWNED_FILES
from .render.templates import environment
from .site import Folders, Tell, make_site

_PACKAGE = Path(__file__).parent
_EVERY = 0.5
"""Seconds between two looks at the files."""
_RELOAD = b"""(() => {
  let seen = null;
  setInterval(async () => {
    try {
      const now = await (await fetch('/-/version', {cache: 'no-store'})).text();
      if (seen !== null && now !== seen) location.reload();
      seen = now;
    } catch { /* the preview was stopped */ }
  }, 700);
})();
"""
Watched = Mapping[Path, tuple[int, int]]


class Preview:
    """The newest built site, and its number."""

    def __init__(self, folders: Folders, tell: Tell, show: Callable[[Problems], None]) -> None:
        """Take what every build needs.

        Args:
            folders: `out` is not used: each build goes to a folder of its own.
            tell: takes lines of progress.
            show: takes the problems of each build.
        """
        self._folders, self._tell, self._show = folders, tell, show
        self._place = Path(tempfile.mkdtemp(prefix="sourcebook-"))
        self.version = 0
        self.root = self._place

    def build(self) -> None:
        """Build once more, and show the new site only when it is whole."""
        new = self._place / str(self.version + 1)
        environment.cache_clear()  # a template may be what changed
        gc.unfreeze()  # what the last build set apart from the collector is garbage by now
        gc.collect()
        try:
            result = make_site(replace(self._folders, out=new), self._tell)
            self._show(result.problems)
        except BuildError as error:
            problems = Problems()
            problems.extend(error.problems)
            self._show(problems)
            return
        except Exception as error:  # a mistake in a template can raise anything; the preview outlives it
            self._tell(f"the site could not be built: {type(error).__name__}: {error}")
            return
        if result.outcome is None:  # the engine gave up; what it could not do has been shown
            return
        old, self.root = self.root, new
        self.version += 1
        if old != self._place:
            shutil.rmtree(old, ignore_errors=True)

    def close(self) -> None:
        """Remove what was built."""
        shutil.rmtree(self._place, ignore_errors=True)


def serve(folders: Folders, port: int, tell: Tell, show: Callable[[Problems], None]) -> None:
    """Serve the site until interrupted.

    Args:
        folders: seeds and docs that are watched.
        port: of 127.0.0.1; 0 lets the system choose.
        tell: takes lines of progress.
        show: takes the problems of each build.
    """
    preview = Preview(folders, tell, show)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, preview))
    try:
        before = _watched(folders)
        # Before the build: a server that never ran can't be shut down, so that Ctrl+C would hang.
        threading.Thread(target=server.serve_forever, daemon=True).start()
        preview.build()
        tell(f"open http://127.0.0.1:{server.server_port}/  (Ctrl+C ends)")
        while True:
            time.sleep(_EVERY)
            now = _watched(folders)
            if now != before:
                before = now
                tell("something changed")
                preview.build()
    except KeyboardInterrupt:
        tell("ended")
    finally:
        server.shutdown()
        preview.close()


def _watched(folders: Folders) -> Watched:
    """Return size and time of every file that a person may edit."""
    found: dict[Path, tuple[int, int]] = {}
    for file in _files(folders):
        try:
            state = file.stat()
        except OSError:
            continue
        found[file] = (state.st_mtime_ns, state.st_size)
    return found


def _files(folders: Folders) -> Iterator[Path]:
    yield from (file for file in folders.seeds.glob("*") if file.name != "ledger.json")
    for entry in folders.docs.glob("*"):
        if entry.name not in (*OWNED, *OWNED_FILES):
            yield from (file for file in (entry, *entry.rglob("*")) if file.is_file())
    for folder in ("templates", "static", "theme"):
        yield from (file for file in (_PACKAGE / folder).rglob("*") if file.is_file())
    if folders.config:
        yield folders.config


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the newest build; pages get the reloading script."""

    def __init__(self, preview: Preview, *args: object) -> None:
        self._preview = preview
        super().__init__(*args, directory=str(preview.root))  # type: ignore[arg-type]  # the standard library's own order

    def do_GET(self) -> None:
        """Answer with a file, the build's number, or a page with the script in it."""
        path = self.path.partition("?")[0]
        if path == "/-/version":
            return self._answer(str(self._preview.version).encode(), "text/plain")
        if path == "/-/reload.js":
            return self._answer(_RELOAD, "text/javascript")
        file = Path(self.translate_path(self.path))
        page = file / "index.html" if path.endswith("/") else file
        if page.suffix == ".html" and page.is_file():
            return self._answer(_with_script(page.read_bytes()), "text/html; charset=utf-8")
        if not file.exists() and (missing := self._preview.root / "404.html").is_file():
            return self._answer(_with_script(missing.read_bytes()), "text/html; charset=utf-8", status=404)
        return super().do_GET()

    def _answer(self, body: bytes, kind: str, *, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the name of the base class
        """Stay quiet: requests are no news."""


def _with_script(page: bytes) -> bytes:
    return page.replace(b"</body>", b'<script src="/-/reload.js"></script></body>', 1)
