"""Write the reference pages that are read out of the content, and that of referrals out of its table.

``make docs`` runs it; a test refuses pages that are not what it writes. Nothing is said here that the
content does not say.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import tomli

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))  # run as a script, only tools/ is on the path

from alongside.library.book import Book  # noqa: E402 - the path comes first
from tools.reference_referrals import referrals  # noqa: E402 - the path comes first
from tools.reference_remedies import STANDING, code, remedies, row, title  # noqa: E402 - the same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alongside.domain.facts import Kind
    from alongside.library.contacts import Contact
    from alongside.library.sources import DangerWords, Sources
    from alongside.library.vocabulary import FactEntry

REFERENCE = ROOT / "docs" / "reference"
NOTICE = "<!-- Written by tools/write_reference.py from the content. Change the content, then run `make docs`. -->"


def pages(book: Book) -> dict[str, str]:
    """Return every generated page by its file name."""
    return {
        "remedies.md": _page(remedies(book)),
        "facts.md": _page(facts(book)),
        "dangers.md": _page(dangers(book)),
        "contacts.md": _page(contacts(book)),
        "referrals.md": _page(referrals()),
    }


def _page(lines: Iterable[str]) -> str:
    return "\n".join([NOTICE, "", *lines]) + "\n"


def facts(book: Book) -> Iterator[str]:
    """Write every fact, by the first word of its key."""
    table = book.vocabulary.facts
    derived = sum(bool(fact.derives) for fact in table.values())
    yield "# Facts"
    yield ""
    yield (
        f"{len(table)} facts, of which {derived} are worked out from others. A key is the name of the form"
        " field, what a rule reads and what a translation is filed under: nothing has two names."
    )
    yield ""
    yield (
        "*Care* is 0 for what is easy to say and grows with what an answer can cost. *Asked* says where"
        " a page may ask it; [content-format.md](content-format.md) explains the words."
    )
    for group, members in groupby(table.values(), key=lambda fact: fact.key.split(".")[0]):
        yield ""
        yield f"## {group}"
        yield ""
        yield "| key | an answer is | section | care | asked | name | nom |"
        yield "|---|---|---|---|---|---|---|"
        yield from (_fact(fact) for fact in members)


def _fact(fact: FactEntry) -> str:
    asked = str(fact.caution) or ("by a page" if fact.askable else "never")
    if fact.derives:
        asked = f"derives: {fact.derives}" if not fact.ask else f"{asked}; derives: {fact.derives}"
    return row((
        f"`{fact.key}`", _kind(fact.kind, fact.options), fact.section, fact.sensitivity, asked,
        fact.name.en, fact.name.fr,
    ))  # fmt: skip


def _kind(kind: Kind, options: tuple[str, ...]) -> str:
    return ", ".join(f"`{option}`" for option in options) or str(kind)


def dangers(book: Book) -> Iterator[str]:
    """Write every danger: its words, where it is shown, and since when it is told so."""
    ledger = tomli.loads((book.root / "warnings.toml").read_text(encoding="utf-8"))["warning"]
    set_on = {entry["key"]: entry["set_on"] for entry in ledger}
    yield "# Dangers"
    yield ""
    yield (
        f"{STANDING} A danger is shown unless the facts that would switch it off are known"
        " ([why](../explanation/dangers.md)). Levels R0 to R4 are the project's own scale."
    )
    for key, danger in book.dangers.items():
        yield ""
        yield f"## {key}"
        yield ""
        yield f"> {danger.text.en}"
        yield ">"
        yield f"> *{danger.text.fr}*"
        yield ""
        if danger.softer:
            yield f"- what makes it smaller: {danger.softer.en}"
        yield f"- {_weight(danger)}"
        yield f"- note: {danger.note.en}"
        yield f"- sources: {book.sources.cited(danger.cites) or 'none; it rests on the project’s own scale'}"
        yield f"- words set on {set_on[key]}"
        yield f"- told with: {', '.join(_telling(book, key)) or 'late filings alone'}"


def _weight(danger: DangerWords) -> str:
    when = "happens whenever the step is taken" if danger.certain else "could matter"
    folded = "; a page folds it away" if danger.sensitive else ""
    return f"level {danger.level}; {when}{folded}"


def _telling(book: Book, key: str) -> list[str]:
    return [
        f"`{one.key}`" + (f" if {code(danger.when)}" if danger.when else "")
        for one in (*book.remedies.values(), *book.ways.values())
        for danger in one.rule.dangers
        if danger.key == key
    ]


def contacts(book: Book) -> Iterator[str]:
    """Write everyone who can be called, and how far each number may be trusted."""
    yield "# People to call"
    yield ""
    found = list(book.contacts.values())
    yield (
        f"{len(found)} services. A number stands here only when a source gave it; {sum(not c.phone for c in found)}"
        f" have none that we could find, and {sum(c.unverified for c in found)} rest on a source that is old,"
        " undated or second-hand. Nobody has called them for us yet: check before you rely on one."
    )
    yield ""
    yield "| key | name | number | where | for | dated | verified | source |"
    yield "|---|---|---|---|---|---|---|---|"
    yield from (_contact(one, book.sources) for one in found)


def _contact(one: Contact, sources: Sources) -> str:
    return row((
        f"`{one.key}`", one.name.en, one.phone or "not found", ", ".join(one.regions),
        ", ".join(one.needs), one.dated or "undated", "no" if one.unverified else "in its source",
        "; ".join(title(sources, key) for key in dict.fromkeys(c.source for c in one.cites)),
    ))  # fmt: skip


def main() -> None:
    """Write every page whose text has changed."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in pages(Book()).items():
        path = REFERENCE / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"written: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
