"""Checks of the message catalogues: nothing stale, nothing empty, no number or place changed."""

from __future__ import annotations

import gettext
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import polib

from alongside.library.reading import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alongside.library.book import Book

PLACE = re.compile(r"\{[^}]*\}")
NUMBER = re.compile(r"\d+(?:[-–.,:]\d+)*")
PLURAL_RULE = re.compile(r"nplurals=(\d+); *plural=(.+?);?\s*$")
SPELT = frozenset({"1", "2"})  # Arabic says *one* and *two* without a figure
COUNTED_TO = 200


def texts_of(found: Any) -> Iterator[Text]:  # noqa: ANN401 - walks whatever the Book holds
    """Go through every text inside what was loaded."""
    if isinstance(found, Text):
        yield found
    elif is_dataclass(found):
        for field in fields(found):
            yield from texts_of(getattr(found, field.name))
    elif isinstance(found, Mapping):
        for value in found.values():
            yield from texts_of(value)
    elif isinstance(found, tuple | list):
        for value in found:
            yield from texts_of(value)


def english(book: Book) -> dict[str, set[str]]:
    """Return the current English of every key a catalogue may hold, counted words aside."""
    parts = (
        book.vocabulary, book.dangers, book.definitions, book.remedies, book.ways,
        book.contacts, book.interview, book.rights, book.sources.table, book.words.texts,
        book.standards, book.topics, book.wholes, book.outlines, book.forms,
        book.named, book.resources, book.cases,
        book.needs, book.directory,
    )  # fmt: skip
    current: dict[str, set[str]] = {}
    for text in texts_of(parts):
        current.setdefault(text.key, set()).add(text.en)
    return current


def check_catalogue(path: Path, book: Book, current: Mapping[str, set[str]]) -> Iterator[str]:
    """Refuse an entry that no longer matches the English, or says other numbers or places."""
    catalogue = polib.pofile(str(path))
    seen: set[tuple[str, str]] = set()
    counted = _counts(catalogue)
    plurals = {forms["one"].key: forms for forms in book.words.plurals.values()}
    for entry in catalogue:
        place = f"{path.parent.parent.name}/{path.name}:{entry.linenum}: {entry.msgctxt}"
        if (entry.msgctxt, entry.msgid) in seen:
            yield f"{place} stands twice. Keep one."
        seen.add((entry.msgctxt, entry.msgid))
        if entry.obsolete or "fuzzy" in entry.flags:
            yield f"{place} is stale (obsolete or fuzzy) and not shown. Translate it anew, or take it out."
        elif entry.msgid_plural:
            yield from _plural(place, entry, plurals.get(entry.msgctxt), counted)
        else:
            yield from _single(place, entry, current.get(entry.msgctxt, set()))


def _counts(catalogue: polib.POFile) -> dict[int, int]:
    """Say how many numbers up to 200 each plural form serves; empty for a rule that is none."""
    rule = PLURAL_RULE.search(catalogue.metadata.get("Plural-Forms", ""))
    if rule is None:
        return {}
    form_of = gettext.c2py(rule[2])  # type: ignore[attr-defined] - the standard library's own reader
    served = Counter(form_of(number) for number in range(COUNTED_TO))
    return {form: served.get(form, 0) for form in range(int(rule[1]))}


def _single(place: str, entry: polib.POEntry, current: set[str]) -> Iterator[str]:
    if entry.msgid not in current:
        now = f"the English is now {min(current)[:60]!r}" if current else "no text has this key"
        yield f"{place} is stale and not shown: {now}. Translate it anew, or take it out."
    if not entry.msgstr.strip():
        yield f"{place} is empty. Translate it, or take it out."
        return
    if sorted(PLACE.findall(entry.msgid)) != sorted(PLACE.findall(entry.msgstr)):
        yield f"{place} has other {{places}} than the English. Keep each one as it is."
    if numbers(entry.msgid) != numbers(entry.msgstr):
        yield f"{place} says other numbers than the English. Keep phone numbers, days and limits."


def _plural(
    place: str, entry: polib.POEntry, forms: Mapping[str, Text] | None, counted: Mapping[int, int]
) -> Iterator[str]:
    if forms is None or (entry.msgid, entry.msgid_plural) != (forms["one"].en, forms["other"].en):
        yield f"{place} is stale and not shown: its English has changed. Translate it anew."
    if set(entry.msgstr_plural) != set(counted) or not counted:
        yield f"{place} has {len(entry.msgstr_plural)} plural forms, the language {len(counted)}. Write them all."
    for form, text in entry.msgstr_plural.items():
        if not text.strip():
            yield f"{place} form {form} is empty. Translate it."
        elif {*PLACE.findall(text)} - {*PLACE.findall(entry.msgid_plural)}:
            yield f"{place} form {form} has a {{place}} the English has not. Keep each one as it is."
        elif counted.get(form, 0) > 1 and not PLACE.search(text):
            yield f"{place} form {form} serves several numbers and shows none. Write {{n}} in it."


def numbers(text: str) -> Counter[str]:
    """Return the numbers of a text in plain digits, but for those a language may spell."""
    plain = "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() else sign
        for sign in PLACE.sub("", text)
        if unicodedata.category(sign) != "Cf"
    )
    return Counter(n for n in NUMBER.findall(plain) if n not in SPELT)
