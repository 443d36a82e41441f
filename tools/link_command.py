"""Write .venv/bin/alongside: the command line, run from this folder without installing a package."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# A shell that hands over to Python: a folder with a space in its name could stand in no first line.
COMMAND = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys
sys.path.insert(0, {root!r})
from alongside.command import main
sys.exit(main())
"""


def link() -> Path:
    """Write the command beside the interpreter that runs this script."""
    path = Path(sys.executable).parent / "alongside"
    path.write_text(COMMAND.format(python=sys.executable, root=str(ROOT)), encoding="utf-8")
    path.chmod(0o755)
    return path


if __name__ == "__main__":
    link()
