"""Words: what the product says, in each language, and how a text is found in a catalogue.

English and French are authored side by side. Other languages are message catalogues
(``locale/<lang>/LC_MESSAGES/alongside.po``) keyed by the text's key; a text whose English has
changed since it was translated is not found, and shows in English and French instead.
"""

from __future__ import annotations

import gettext
import io
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import polib

from alongside.library.reading import Entry, Text, entries, pages, read_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

PSEUDO = "xx"
PLAIN, ACCENTED = "aeiouyAEIOUYcnszdlr", "àéîöûýÀÉÎÖÛÝçñšžđłŕ"
STAND_INS = str.maketrans(PLAIN, ACCENTED)
BACK = str.maketrans(ACCENTED, PLAIN)


class Span(NamedTuple):
    """A run of text in one language, as a page must mark it."""

    lang: str
    text: str


def plain(spans: Iterable[Span]) -> str:
    """Return runs of text without marks, each once: where a name is the same in two languages, it stands once."""
    return " / ".join(dict.fromkeys(span.text for span in spans))


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the pages. ``checked_by``: who has checked it; empty when nobody has."""

    key: str
    name: str
    dir: str
    authored: bool
    checked_by: str
    date_pattern: str
    month_pattern: str
    months: tuple[str, ...]

    def day(self, day: date) -> str:
        """Write a day with the month in words."""
        first = self.key == "fr" and day.day == 1  # French says "1er mai", and no other day so
        return self.date_pattern.format(
            day="1er" if first else day.day, month=self.months[day.month - 1], year=day.year
        )

    def month(self, day: date) -> str:
        """Write a month and a year."""
        return self.month_pattern.format(month=self.months[day.month - 1], year=day.year)


class Words:
    """Every text of the product, in every language it has."""

    def __init__(self, root: Path, locale: Path) -> None:
        """Open the words under ``root`` and the catalogues under ``locale``."""
        self._root, self._locale = root, locale

    @cached_property
    def languages(self) -> dict[str, Language]:
        """The languages, in the order of the menu."""
        page, table = read_page(self._root / "languages.toml", self._root)
        found = {}
        for _, entry in entries(page, table, "language"):
            found[entry.key] = Language(
                entry.word("key"),
                entry.word("name"),
                entry.one_of("dir", ("ltr", "rtl")),
                entry.flag("authored"),
                entry.word("checked_by"),
                entry.word("date"),
                entry.word("month_of_year"),
                entry.words("months"),
            )
            entry.done()
        return found

    @cached_property
    def _tables(self) -> tuple[dict[str, Text], dict[str, dict[str, Text]]]:
        single: dict[str, Text] = {}
        plural: dict[str, dict[str, Text]] = {}
        for page, table in pages(self._root / "words", self._root):
            entry = Entry(page, table, "", page.name)
            for key, value in table.items():
                if isinstance(value, dict) and "other" in value:
                    forms = Entry(page, value, f"[{key}]", key)
                    plural[key] = {
                        form: forms.text(form, f"words.{key}") for form in ("one", "other")
                    }
                else:
                    single[key] = entry.text(key, f"words.{key}")
        return single, plural

    @property
    def texts(self) -> Mapping[str, Text]:
        """The words of the pages by key."""
        return self._tables[0]

    @property
    def plurals(self) -> Mapping[str, dict[str, Text]]:
        """The counted words of the pages by key: the forms *one* and *other*."""
        return self._tables[1]

    def voice(self, lang: str) -> Voice:
        """Return the voice that speaks one language; the pseudo-locale is ``xx``."""
        if lang == PSEUDO:
            return Pseudo(self, self.languages["en"], None)
        return Voice(self, self.languages[lang], self._catalogue(lang))

    def _catalogue(self, lang: str) -> gettext.GNUTranslations | None:
        path = self._locale / lang / "LC_MESSAGES" / "alongside.po"
        if not path.exists():
            return None
        catalogue = polib.pofile(str(path))
        current = {forms["one"].key: forms["other"].en for forms in self.plurals.values()}
        for entry in [e for e in catalogue if e.msgid_plural]:
            # gettext finds counted words by their singular alone: a changed plural would still show
            if entry.msgid_plural != current.get(entry.msgctxt):
                catalogue.remove(entry)
        found = gettext.GNUTranslations(io.BytesIO(catalogue.to_binary()))
        found.add_fallback(Untranslated())
        return found


class Untranslated(gettext.NullTranslations):
    """Says of a text that it has no translation, which is not the same as one alike in both languages."""

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002 - gettext's signature
        """Return nothing, where gettext would return the English."""
        return ""


class Voice:
    """One language: finds texts, counts, and writes days."""

    def __init__(
        self, words: Words, language: Language, catalogue: gettext.GNUTranslations | None
    ) -> None:
        """Speak ``language`` with ``words``, looking translations up in ``catalogue``."""
        self.words, self.language, self._catalogue = words, language, catalogue

    def find(self, text: Text) -> str | None:
        """Return the text in this language, or None when it has not been translated."""
        if self.language.authored:
            return text.fr if self.language.key == "fr" else text.en
        if self._catalogue is None:
            return None
        return self._catalogue.pgettext(text.key, text.en) or None

    def spans(self, text: Text) -> tuple[Span, ...]:
        """Return the text in this language, else in English and in French."""
        found = self.find(text)
        if found is not None:
            return (Span(self.language.key, found),)
        return Span("en", text.en), Span("fr", text.fr)

    def word(self, key: str) -> Text:
        """Return the words of a page by key. Raises KeyError for a key that does not exist."""
        return self.words.texts[key]

    def count(self, key: str, number: int) -> tuple[Span, ...]:
        """Return counted words in the plural form this language wants, with ``{n}`` filled in."""
        forms = self.words.plurals[key]
        if not self.language.authored and self._catalogue is not None:
            context = forms["one"].key
            found = self._catalogue.npgettext(context, forms["one"].en, forms["other"].en, number)
            if found not in {forms["one"].en, forms["other"].en}:
                return (Span(self.language.key, found.replace("{n}", str(number))),)
        pairs = (("en", number == 1), ("fr", number in {0, 1}))
        return tuple(
            Span(lang, getattr(forms["one" if one else "other"], lang).replace("{n}", str(number)))
            for lang, one in pairs
            if self.language.key == lang or not self.language.authored
        )


class Pseudo(Voice):
    """A language nobody speaks: shows what is not translated, and what clips when text grows."""

    def find(self, text: Text) -> str | None:
        """Return the English with accents, a third longer, in brackets."""
        return pseudo(text.en)

    def count(self, key: str, number: int) -> tuple[Span, ...]:
        """Return counted words, accented."""
        form = self.words.plurals[key]["one" if number == 1 else "other"]
        return (Span(PSEUDO, pseudo(form.en).replace("{n}", str(number))),)


def pseudo(text: str) -> str:
    """Accent and lengthen a text, leaving numbers and {places} alone."""
    accented = re.sub(r"[^\d{}]+", lambda m: m[0].translate(STAND_INS), text)
    accented = re.sub(r"\{[^}]*\}", lambda m: m[0].translate(BACK), accented)
    return f"⟦{accented}{'·' * max(1, len(text) // 3)}⟧"
