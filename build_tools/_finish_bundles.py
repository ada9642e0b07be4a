"""Light pages: the theme's shell around each entry of a bundle, written without any engine."""
from __future__ import annotations

import json
from pathlib import Path

from ._finish_links import Checked, checked
from ._finish_page import Shell


def write_bundled(bundle: Path, *, out: Path, shell: Shell) -> list[Checked]:
    """Write every page of a bundle and say what each holds and leads to."""
    done: list[Checked] = []
    for line in bundle.read_text(encoding="utf-8").split("\n")[:-1]:
        entry = json.loads(line)
        name = f"{entry['address']}index.html"
        body = f'<div class="sb-page" data-page="{entry["class"]}">\n{entry["body"]}\n</div>'
        own = entry["head"] + body
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((shell.before_head + entry["head"] + shell.before_body + body + shell.after_body).encode())
        done.append(checked(name, own, around=shell.ids))
    return done
