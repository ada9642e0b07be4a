"""The templates, and what they can call: addresses, labels.

Autoescape is on and an unknown name is an error, so source text can reach a page only as text.
"""
from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from .. import catalogue, document, labels

FOLDER = Path(__file__).parent.parent / "templates"


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
    env.filters.update(date=labels.spoken_date, shorten=document.shorten)
    return env


def template(name: str) -> Template:
    """Return a compiled template by its file name."""
    return environment().get_template(name)
