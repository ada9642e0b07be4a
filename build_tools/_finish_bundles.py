"""Light pages: the theme's shell around each entry of a bundle, written without any engine."""
from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

from ._finish_links import Checked, checked
from ._finish_page import Shell


def write_bundled(bundle: Path, *, out: Path, shell: Shell) -> list[Checked]:
    """Write every page of a bundle and say what each holds and leads to."""
    done: list[Checked] = []
    frames: dict[str, Shell] = {}
    for line in bundle.read_text(encoding="utf-8").split("\n")[:-1]:
        entry = json.loads(line)
        if entry["class"] not in frames:
            frames[entry["class"]] = _here(shell, entry["class"])
        frame = frames[entry["class"]]
        name = f"{entry['address']}index.html"
        body = f'<div class="sb-page" data-page="{entry["class"]}">\n{entry["body"]}\n</div>'
        own = entry["head"] + body
        _write(f"{out}/{name}", frame.before_head + entry["head"] + frame.before_body + body + frame.after_body)
        done.append(checked(name, own, around=shell.ids, ours=True))
    return done


def _here(shell: Shell, page_class: str) -> Shell:
    """Say in the navigation that an article's page stands below the articles, as the theme says it itself."""
    if page_class != "article":
        return shell
    way = 'href="../../articles/"'
    return replace(shell, before_body=shell.before_body.replace(way, f'{way} aria-current="true"', 1))


def _write(path: str, html: str) -> None:
    """Write a page; nearly always its folder is to be made and its parent is there."""
    folder = path.rpartition("/")[0]
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
    with open(path, "wb", buffering=0) as file:
        file.write(html.encode())
