"""Words of the pages that no page says: a key nobody writes, neither whole nor as a beginning or an end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

WHOLE = re.compile(r"""["'](\w+)["']""")
# What a page joins to something it knows: "section_" ~ key, state ~ "_text", f"verdict_{key}", f"{key}_text".
BEGINS = re.compile(r"""["'](\w+_)["'] ~|f["'](\w+_)\{""")
ENDS = re.compile(r"""~ ["'](_\w+)["']|f["']\{[^}"']*\}(_\w+)["']""")
SAYS = ("alongside/**/*.py", "alongside/**/*.html", "content/*.toml", "content/facts/*.toml")


def unused_words(keys: Iterable[str], folder: Path) -> Iterator[str]:
    """Name every key of a word that nothing under ``folder`` says."""
    said = "\n".join(
        path.read_text(encoding="utf-8")
        for pattern in SAYS
        for path in sorted(folder.glob(pattern))
        if "migrations" not in path.parts
    )
    whole = set(WHOLE.findall(said))
    begins = tuple(filter(None, (part for found in BEGINS.findall(said) for part in found)))
    ends = tuple(filter(None, (part for found in ENDS.findall(said) for part in found)))
    for key in keys:
        if key not in whole and not key.startswith(begins) and not key.endswith(ends):
            yield f"content/words: no page says {key!r}. Say it, or take it out."
