"""The templates, and what they can call: addresses, labels, the words of a date.

Autoescape is on and an unknown name is an error, so source text can reach a page only as text.
"""
from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from .. import catalogue, document, labels

FOLDER = Path(__file__).parent.parent / "templates"
_MONTHS = (
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
)


@cache
def environment() -> Environment:
    """Return the one environment that all pages share."""
    env = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.globals.update(
        labels=labels,
        article_address=catalogue.article_address,
        claim_address=catalogue.claim_address,
        concept_address=catalogue.concept_address,
        compare_address=catalogue.compare_address,
    )
    env.filters.update(date=spoken_date, shorten=document.shorten)
    return env


def template(name: str) -> Template:
    """Return a compiled template by its file name."""
    return environment().get_template(name)


def spoken_date(iso: str) -> str:
    """Return an ISO date as people write it: `9 March 2026`, `March 2026`, `2026`."""
    parts = iso.split("-")
    if len(parts) == 1 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= len(_MONTHS):
        return iso
    day = f"{int(parts[2])} " if len(parts) > 2 else ""
    return f"{day}{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
