"""Check that every warning brings its source and its date: content/dangers.toml against content/warnings.toml.

``python tools/warnings_check.py [CONTENT]`` prints one sentence for each warning whose words are not
those that were last set with a source and a date, and exits 1 when there is one. The words a danger
is told in can send a person into a step or keep them from it, so none may change in passing.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))  # run as a script, only tools/ is on the path

from alongside.library.reading import Entry, read_page  # noqa: E402 - the path comes first
from alongside.library.sources import load_dangers, load_sources  # noqa: E402 - the same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from alongside.library.reading import Page
    from alongside.library.sources import DangerWords, Sources

REMOVED = "removed"
LEDGER = "warnings.toml"


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the ledger: on this day the words with this fingerprint were set, from this source."""

    entry: Entry
    key: str
    fingerprint: str
    source: str
    set_on: date


def fingerprint(danger: DangerWords) -> str:
    """Return what changes when anything a person, a practitioner or a page reads of a danger changes."""
    said = (
        danger.level,
        danger.certain,
        danger.sensitive,
        danger.text,
        danger.softer,
        danger.note,
        danger.cites,
    )
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:12]


def complaints(root: Path) -> Iterator[str]:
    """Say, for each warning under ``root`` that lacks them, that its source and date are wanted."""
    sources = load_sources(root)
    dangers = load_dangers(root, sources)
    page, ledger = _ledger(root)
    edition = str(read_page(root / "edition.toml", root)[1]["edition"])
    for key, danger in dangers.items():
        if key not in ledger or ledger[key][-1].fingerprint != fingerprint(danger):
            since = f"since {ledger[key][-1].set_on}" if key in ledger else "and is new here"
            yield _asked(page, danger, since)
            continue
        yield from _unsound(ledger[key], danger, sources, edition)
    for key in ledger.keys() - dangers.keys():
        if ledger[key][-1].fingerprint != REMOVED:
            yield _place(ledger[key][-1], "is no longer in dangers.toml.") + (
                f' Add an entry with fingerprint = "{REMOVED}", the source that lets it go, and the date.'
            )


def _ledger(root: Path) -> tuple[Page, dict[str, list[Setting]]]:
    page, table = read_page(root / LEDGER, root)
    found: dict[str, list[Setting]] = {}
    for raw in table.get("warning", []):
        key = str(raw.get("key", ""))
        anchor = f'key = "{key}"\nfingerprint = "{raw.get("fingerprint", "")}"'
        entry = Entry(page, raw, anchor, key)
        one = Setting(
            entry,
            entry.word("key"),
            entry.word("fingerprint"),
            entry.word("source"),
            entry.day("set_on"),
        )
        entry.word("at", "")
        entry.done()
        found.setdefault(key, []).append(one)
    return page, found


def _asked(page: Page, danger: DangerWords, since: str) -> str:
    cited = " or ".join(f'"{cite.source}"' for cite in danger.cites) or '""'
    at = danger.cites[0].at if danger.cites else ""
    return (
        f"{danger.key}: the words of this warning changed {since}, and nothing says which source they"
        f" follow, or the day they were set. Read the source again, then add to the end of {page.name}:\n\n"
        f'[[warning]]\nkey = "{danger.key}"\nfingerprint = "{fingerprint(danger)}"\n'
        f'source = {cited}\nat = "{at}"\nset_on = the day you read it, like 2026-11-22\n'
    )


def _unsound(
    told: list[Setting], danger: DangerWords, sources: Sources, edition: str
) -> Iterator[str]:
    last = told[-1]
    cited = [cite.source for cite in danger.cites]
    if cited and last.source not in cited:
        yield _place(last, f"names the source {last.source!r}, and the danger cites another.") + (
            f" Name one of {', '.join(cited)}, or cite this one in dangers.toml."
        )
    if not cited and last.source:
        yield _place(last, "names a source, and the danger cites none. Cite it in dangers.toml.")
    if last.source and last.source not in sources.table:
        yield _place(last, f"names {last.source!r}, which is no source of sources.toml.")
    if len(told) > 1 and last.set_on < told[-2].set_on:
        yield _place(last, f"is dated before the one it replaces ({told[-2].set_on}).")
    if last.set_on.isoformat() > edition:
        yield _place(last, f"was set after the edition of {edition}. Move edition.toml on too.")


def _place(one: Setting, sentence: str) -> str:
    page = one.entry.page
    return f"{page.name}:{page.line_of(one.entry.anchor)}: {one.key} {sentence}"


def main() -> int:
    """Print every complaint."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "content"
    found = list(complaints(root))
    for sentence in found:
        print(sentence)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
