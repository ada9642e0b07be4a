"""What a ledger on disk lacks, in a few words.

Comes in: its text and what a build would write. Goes out: a problem, or none. It changes nothing.
"""
from __future__ import annotations

from ..problems import Problem
from ._file import Ledger, parse


def outdated(before: str | None, after: str, file: str) -> list[Problem]:
    """Report a ledger on disk that isn't what `build` would write, for `check --locked`."""
    if (before or "") == after:
        return []
    old, new = parse(before or "", file)[0], parse(after, file)[0]
    return [
        Problem(
            file=file, code="L06", severity="error",
            message=f"the ledger of published ids is out of date ({_differences(old, new)})",
            remedy=f"run `build` and commit {file}",
        )
    ]


def _differences(old: Ledger, new: Ledger) -> str:
    """Say in a few words what a build would write that is not there."""
    known, now = {entry.id: entry for entry in old.claims}, {entry.id: entry for entry in new.claims}
    claims = (len(now.keys() - known.keys()), sum(now[name] != entry for name, entry in known.items() if name in now))
    names, named = {entry.id: entry for entry in old.concepts}, {entry.id: entry for entry in new.concepts}
    gone = sum(entry.state == "live" and named.get(name, entry).state == "gone" for name, entry in names.items())
    concepts = (len(named.keys() - names.keys()), gone)
    said = [_counted("claims", *claims, "changed or withdrawn"), _counted("topics and names", *concepts, "gone")]
    return "; ".join(filter(None, said)) or "an article or an address has changed, its claims have not"


def _counted(what: str, new: int, others: int, word: str) -> str:
    counts = [f"{count} {kind}" for count, kind in ((new, "new"), (others, word)) if count]
    return f"{what}: {', '.join(counts)}" if counts else ""
