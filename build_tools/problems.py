"""What can be wrong with the input: one record a problem, collected and shown all at once.

Comes in: places and words from the stages. Goes out: sorted problems, as text or JSON. A problem
never stops the run by itself; only `BuildError`s do, and they carry problems too.

    BuildError            unusable input: nothing sensible can go on
      ReadError           one article can't be read
      PublishError        the docs folder can't be written safely
"""
from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, where, and what to do about it."""

    file: str
    """As the user would name it: relative to the seeds folder's parent where possible."""
    line: int | None = None
    """1-based; None where none applies."""
    column: int | None = None
    """1-based, in code points; None where none applies."""
    code: str
    """Stage letter and two digits; each has a page section and a test folder."""
    severity: Severity
    message: str
    remedy: str

    def as_text(self) -> str:
        """Return the problem as people read it on a terminal."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{_plain(place)}: {self.severity} {self.code}: {_plain(self.message)}\n  fix: {_plain(self.remedy)}"


def _plain(words: str) -> str:
    """Return words without signs that a terminal obeys: what a source holds must not colour, clear or turn it."""
    return words.translate(_OBEYED)


_OBEYED = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")
"""Control and turning signs; a tab and a line feed may stay."""


@dataclass(slots=True)
class Problems:
    """Collects what the stages find; each problem once."""

    _found: dict[Problem, None] = field(default_factory=dict)

    def add(self, problem: Problem) -> None:
        """Remember a problem."""
        self._found[problem] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        """Remember several."""
        for problem in problems:
            self.add(problem)

    def error(
        self, code: str, file: str, message: str, remedy: str, *, line: int | None = None, column: int | None = None
    ) -> None:
        """Remember something that makes the build fail."""
        self.add(Problem(file=file, line=line, column=column, code=code, severity="error", message=message, remedy=remedy))

    def warning(
        self, code: str, file: str, message: str, remedy: str, *, line: int | None = None, column: int | None = None
    ) -> None:
        """Remember something that a person should look at."""
        self.add(
            Problem(file=file, line=line, column=column, code=code, severity="warning", message=message, remedy=remedy)
        )

    def __iter__(self) -> Iterator[Problem]:
        """Give the problems by file, line, column and code."""
        return iter(sorted(self._found, key=lambda p: (p.file, p.line or 0, p.column or 0, p.code, p.message)))

    def __len__(self) -> int:
        """Count them."""
        return len(self._found)

    @property
    def has_errors(self) -> bool:
        """Whether any of them makes the build fail."""
        return any(problem.severity == "error" for problem in self._found)

    def as_json(self) -> str:
        """Return them as one JSON array, in order."""
        return json.dumps([asdict(problem) for problem in self], ensure_ascii=False, indent=2)


class BuildError(Exception):
    """Input that can't be used at all; holds the problems that say why."""

    def __init__(self, *problems: Problem) -> None:
        """Keep the problems, and show them as the message."""
        self.problems = problems
        super().__init__("\n".join(problem.as_text() for problem in problems))


class ReadError(BuildError):
    """One article can't be read."""


class PublishError(BuildError):
    """The docs folder can't be written without touching what is not ours."""
