"""The one page to print: a tagged PDF with the rights that hold everywhere and whom to call first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alongside.library.calling import HOTLINE, local_lines
from alongside.library.marking import runs
from alongside.library.typesetting import ARABIC, FONTS, LATIN, compiler_of, pdf_of
from alongside.library.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from alongside.library.book import Book
    from alongside.library.contacts import Contact
    from alongside.library.reading import Text
    from alongside.library.words import Span, Voice

SOURCE = "carry/p.typ"
RIGHTS = (
    "carry_pay", "carry_no_papers", "papers_yours", "carry_free", "carry_send_away", "carry_debt",
)  # fmt: skip
LAST = ("not_advice", "not_reviewed")
MOST_LOCAL = 2


class Printer:
    """Prints the page of every language and province of one edition."""

    def __init__(self, book: Book, voices: Mapping[str, Voice], edition: date) -> None:
        """Print from ``book`` with its ``voices``; ``edition`` is the only date in the file."""
        self._book, self._voices, self._edition = book, voices, edition
        self._compiler = compiler_of(SOURCE, FONTS)

    def print(self, lang: str, province: str) -> bytes:
        """Return the page as PDF, tagged for people who listen to it (PDF/UA-1)."""
        page = {"page": self.content(lang, province)}
        return pdf_of(self._compiler, self._edition, page, f"the page for {lang}, {province}")

    def content(self, lang: str, province: str) -> dict[str, Any]:
        """Return everything that the page says, in reading order."""
        voice = self._voices[lang]
        hotline = self._book.contacts[HOTLINE]
        local = local_lines(self._book.contacts, province)[:MOST_LOCAL]
        notes = [] if local else ["carry_no_local"]
        gap = self._book.gap(province)
        last = [*LAST, *([gap] if gap else [])]
        if not voice.language.authored and not voice.language.checked_by:
            last.append("translation_unchecked")
        edition = voice.word("carry_edition")
        return {
            "lang": lang,
            "dir": voice.language.dir,
            "day": [self._edition.year, self._edition.month, self._edition.day],
            "fonts": [ARABIC, LATIN] if voice.language.dir == "rtl" else [LATIN],
            "title": _plain(voice, voice.word("title")),
            "heading": _plain(voice, voice.word("home_heading")),
            "rights_heading": _plain(voice, voice.word("door_rights")),
            "rights": _words(voice, RIGHTS),
            "call_heading": _plain(voice, voice.word("call_tonight")),
            "hotline": hotline.phone,
            "call": [
                *_words(voice, ["call_hotline"]),
                _say_first(voice, hotline),
                *_words(voice, ["call_no_name", "call_interpreter"]),
            ],
            "place": _plain(voice, voice.word(f"region_{province}")),
            "local": [_local(voice, contact) for contact in local],
            "place_notes": _words(voice, [*notes, "danger_now", "only_you_decide"]),
            "last": [
                *_words(voice, last),
                _parts(
                    s._replace(text=s.text.format(date=voice.language.day(self._edition)))
                    for s in voice.spans(edition)
                ),
            ],
        }


def _plain(voice: Voice, text: Text) -> str:
    return plain(voice.spans(text))


def _words(voice: Voice, keys: Iterable[str]) -> list[list[dict[str, Any]]]:
    return [_parts(voice.spans(voice.word(key))) for key in keys]


def _local(voice: Voice, contact: Contact) -> dict[str, Any]:
    note = contact.phone_note
    return {
        "name": _parts(voice.spans(contact.name)),
        "phone": contact.phone,
        "note": _parts(voice.spans(note)) if note else [],
        "say": _say_first(voice, contact),
    }


def _say_first(voice: Voice, contact: Contact) -> list[dict[str, Any]]:
    """Return the first words to say, led by *you can say* in the language they stand in."""
    lead = {span.lang: span.text for span in voice.spans(voice.word("you_can_say"))}
    text = voice.word("you_can_say")
    lead = {"en": text.en, "fr": text.fr, **lead}
    return _parts(s._replace(text=f"{lead[s.lang]} {s.text}") for s in voice.spans(contact.say))


def _parts(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [
        {"lang": span.lang, "runs": [run._asdict() for run in runs(span.text)]} for span in spans
    ]
