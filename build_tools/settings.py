"""What the site is called and how it wants to be built: read from `mkdocs.yml`, never from MkDocs itself.

Comes in: the file and the command line's wishes. Goes out: one frozen `Site`. Does not check what
only MkDocs understands.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from .model import Rights
from .problems import BuildError, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The settings that pages and data depend on."""

    name: str = "Sourcebook"
    url: str = ""
    """Absolute, ends with a slash; empty where the site's address is not known."""
    description: str = ""
    language: str = "en"
    repo_url: str = ""
    """Where suggestions go; empty for none."""
    rights_default: Rights = "excerpt"
    """How articles are shown whose rights nobody stated."""
    cards: int = 100
    """At most so many link-preview images: one takes 6 ms to draw and 11 kB to keep."""
    contact: str = ""
    """Where a publisher can ask for a text to be taken down."""

    @property
    def base_path(self) -> str:
        """The path of the site on its host, with both slashes."""
        return urlsplit(self.url).path or "/"


class _Tolerant(yaml.SafeLoader):
    """Reads past the tags (`!!python/name`, `!ENV`) that only MkDocs resolves."""


_Tolerant.add_multi_constructor("", lambda loader, suffix, node: None)


def load_settings(path: Path | None, *, site_url: str | None = None) -> Site:
    """Read the settings of a site.

    Args:
        path: the `mkdocs.yml`; None for the defaults.
        site_url: an address that wins over the one in the file.

    Raises:
        BuildError: the file is not YAML, or a setting of ours has the wrong form (C01).
    """
    raw: Mapping[str, object] = {}
    if path is not None:
        raw = _mapping(_parse(path), path, "the file")
    extra = _mapping(raw.get("extra") or {}, path, "extra")
    ours = _mapping(extra.get("sourcebook") or {}, path, "extra.sourcebook")
    address = site_url if site_url is not None else str(raw.get("site_url") or "")
    return Site(
        name=str(raw.get("site_name") or "Sourcebook"),
        url=_with_slash(address, path),
        description=str(raw.get("site_description") or ""),
        language=str(ours.get("language") or "en"),
        repo_url=str(raw.get("repo_url") or "").rstrip("/"),
        rights_default=_rights(ours.get("rights_default", "excerpt"), path),
        cards=_count(ours.get("cards", 100), path),
        contact=str(ours.get("contact") or ""),
    )


def _parse(path: Path) -> object:
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_Tolerant)  # noqa: S506 — a SafeLoader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        raise _wrong(path, f"the file can't be read: {error}", "mend the line, or copy mkdocs.yml anew",
                     line=mark.line + 1 if mark else None) from error
    return {} if loaded is None else loaded


def _mapping(value: object, path: Path | None, where: str) -> Mapping[str, object]:
    if isinstance(value, Mapping):
        return value
    raise _wrong(path, f"{where} is not a mapping of keys to values", f"write keys and values below {where}")


def _rights(value: object, path: Path | None) -> Rights:
    if value == "full":
        return "full"
    if value == "excerpt":
        return "excerpt"
    raise _wrong(path, f"extra.sourcebook.rights_default is {value!r}, which it can't be", "write full or excerpt")


def _count(value: object, path: Path | None) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise _wrong(path, f"extra.sourcebook.cards is {value!r}, which is no such number", "write a whole number, 0 for no images")


def _with_slash(address: str, path: Path | None) -> str:
    if not address:
        return ""
    if urlsplit(address).scheme not in {"http", "https"}:
        raise _wrong(path, f"site_url is {address!r}, which is no web address", "write the whole address, such as https://example.org/sourcebook/")
    return address.rstrip("/") + "/"


def _wrong(path: Path | None, message: str, remedy: str, *, line: int | None = None) -> BuildError:
    file = path.name if path else "the command line"
    return BuildError(Problem(file=file, line=line, code="C01", severity="error", message=message, remedy=remedy))
