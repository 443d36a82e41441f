"""Write the reference pages of sealing from the code: what is sealed, and what stays readable.

``python tools/write_sealed.py [FOLDER]`` writes sealed-things.md and metadata-budget.md into FOLDER
(docs/reference). Run by `make docs`; a test compares.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from alongside.records.budget import BESIDE, BUDGET, Bytes, Sealed, Whole
from alongside.sealed.things import KIB, THINGS

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"
SEALED_HEAD = """# Sealed things

Everything that is ever sealed. Written by `make docs` from `alongside/sealed/things.py`; nothing else can be
sealed, because sealing takes one of these.

*Bound to*: a ciphertext opens only for the same thing, at the same place. Beside what stands here each is bound to
the version of its envelope and of the key it is sealed under. Moved anywhere else, it does not open.

| thing | what is in it | who opens it | bound to | padded to steps of |
|---|---|---|---|---|
"""
BUDGET_HEAD = """# The metadata budget

What can be read on a seized disk without any key, column by column. Written by `make docs` from
`alongside/records/budget.py`. A test walks through the product, then reads every byte of the store and holds
it against this table. **No name of an agency, no minute, no address, and no row that ties a casefile to an
agency.** The one exception is said in its row: a draft carries the minute of its last answer, for half an hour.

"""


def sealed_things() -> str:
    """Return the page of sealed things."""
    rows = []
    for thing in THINGS:
        bound = [thing.name, *(part for part in (thing.owner, thing.place, thing.item) if part)]
        step = f"{thing.step // KIB} KiB" if thing.step >= KIB else f"{thing.step} bytes"
        rows.append(
            f"| `{thing.name}` | {thing.holds} | {thing.opened_by} | {', '.join(bound)} | {step} |"
        )
    return SEALED_HEAD + "\n".join(rows) + "\n"


def metadata_budget() -> str:
    """Return the page of the metadata budget."""
    parts = [BUDGET_HEAD]
    for table, columns in BUDGET.items():
        lines = [f"## `{table}`", "", "| column | what it is | what it tells |", "|---|---|---|"]
        lines += [f"| `{name}` | {_kind(c)} | {c.tells} |" for name, c in columns.items()]
        parts.append("\n".join(lines) + "\n\n")
    beside = "\n".join(f"- {line}" for line in BESIDE)
    return "".join(parts) + f"## Beside the columns\n\n{beside}\n"


def _kind(column: Bytes | Sealed | Whole) -> str:
    if isinstance(column, Bytes):
        return f"{column.size} bytes"
    if isinstance(column, Whole):
        return "a whole number" if column.step == 1 else f"a whole number, every {column.step}th"
    names = [f"`{t.name}`" for t in column.things] + [
        f"`{t.name}` to a public half" for t in column.to
    ]
    return "sealed: " + ", ".join(names) + (", or empty" if column.empty else "")


PAGES = {"sealed-things.md": sealed_things, "metadata-budget.md": metadata_budget}


def main() -> int:
    """Write both pages."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else REFERENCE
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
