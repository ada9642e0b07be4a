"""`python -m build_tools` and the command `sourcebook`: the command line as a process of its own."""
from __future__ import annotations

import os
import sys

from .cli import main


def run() -> None:
    """Run one command and end the process.

    It ends at once: taking a large corpus apart value by value costs over a second, and the system takes it back whole.
    """
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
