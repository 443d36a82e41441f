"""Set the spaces of the French as Canadian typography (OQLF) wants them.

``python tools/mend_french.py [FOLDER]`` changes only the French lines of FOLDER/**/*.toml (content): U+00A0
before : » % $ and after «, which no keyboard makes easy, and no space before ; ? and !.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script, only tools/ is on the path

from tools.content_words import NEEDLESS_SPACE, STRAIGHT_SPACE  # noqa: E402 - the path comes first

FRENCH = re.compile(r'(?<![\w-])fr = "(?:[^"\\]|\\.)*"')


def mend(text: str) -> str:
    """Return the text of a content file with its French spaces mended."""
    return FRENCH.sub(
        lambda line: STRAIGHT_SPACE.sub("\u00a0", NEEDLESS_SPACE.sub("", line[0])), text
    )


def main(folder: Path) -> int:
    """Mend every file of ``folder`` and name those that changed."""
    for path in sorted(folder.rglob("*.toml")):
        told = path.read_text(encoding="utf-8")
        if (mended := mend(told)) != told:
            path.write_text(mended, encoding="utf-8")
            print(f"mended {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "content"))
