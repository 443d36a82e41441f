"""A casefile as it is opened to us: its sections in three states, the person's wishes, the conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alongside.domain.consent import offered
from alongside.doors.desk import outlining
from alongside.doors.desk.codes import code_of
from alongside.doors.desk.inbox import kind_of, language_name, state_word
from alongside.doors.showing.practising import page_of
from alongside.doors.showing.speaking import book
from alongside.doors.showing.telling import Told, day_of
from alongside.records.casefile.content import PERSON, EntryKind

if TYPE_CHECKING:
    from datetime import date

    from alongside.records.casefile.actions.answering import Opened
    from alongside.records.casefile.binding import Now
    from alongside.records.casefile.content import Entry

GOALS = "goal."
ENDINGS = {"pdf": ("pdf",), "jpeg": ("jpg", "jpeg"), "png": ("png",), "webp": ("webp",)}


@dataclass(frozen=True)
class SectionSeen:
    """One section. ``state``: *told*, *silent* (opened, nothing answered there), or *closed* (not opened)."""

    key: str
    state: str
    told: int = 0

    @property
    def name(self) -> str:
        """The key of its name."""
        return section_word(self.key)


@dataclass(frozen=True)
class Said:
    """One entry of the conversation. ``ours``: written by an agency."""

    entry: Entry
    ours: bool
    day: date
    code: str

    @property
    def section(self) -> str:
        """The key of the name of the section asked for."""
        return section_word(self.entry.section)


def section_word(section: str) -> str:
    """Return the key of a section's name as practitioners read it: where the person's own says *you*."""
    own = f"desk_section_{section}"
    return own if own in book().words.texts else f"section_{section}"


def sections_of(opened: Opened) -> list[SectionSeen]:
    """Return every section that could be opened to this holder, in order."""
    if opened.holder is None:
        return []
    found = []
    for section in offered(opened.holder):
        if section not in opened.sections:
            found.append(SectionSeen(section, "closed"))
            continue
        told = {key for entry in opened.sections[section] for key in entry.answers}
        found.append(SectionSeen(section, "told" if told else "silent", len(told)))
    return found


def conversation_of(opened: Opened) -> list[Said]:
    """Return what was written, oldest first."""
    return [
        Said(entry, entry.by != PERSON, day_of(entry.minute), code_of(entry.id))
        for entry in opened.conversation
    ]


def wishes_of(opened: Opened) -> list[Told]:
    """Return what the person said they want, where they opened it."""
    facts = book().vocabulary.facts
    goals = (key for key in facts if key.startswith(GOALS) and key in opened.answers)
    return [Told(facts[key], opened.answers[key]) for key in goals]


def shown(opened: Opened, now: Now) -> dict[str, Any]:
    """Return what the page of a casefile shows."""
    kind = kind_of(opened.card, now.today)
    head = {
        "card": opened.card,
        "code": code_of(opened.card.id),
        "tongue": language_name(opened.card.lang),
        "state": state_word(opened.card, kind),
        "since": day_of(opened.card.since),
    }
    if not opened.grant_open:
        return head
    sections = sections_of(opened)
    page = page_of(opened.answers, now.today)
    return {
        **head,
        **page,
        "papers": outlining.offered(page["seen"]),
        "opened": opened,
        "explained": language_name(opened.explained_in),
        "sections": sections,
        "closed": sum(section.state == "closed" for section in sections),
        "wishes": wishes_of(opened),
        "said": conversation_of(opened),
    }


def file_of(opened: Opened, code: str) -> tuple[str, bytes] | None:
    """Return a file of the conversation with a neutral name; None when there is no such file."""
    files = [entry for entry in opened.conversation if entry.kind is EntryKind.FILE]
    for number, entry in enumerate(files, 1):
        if code_of(entry.id) == code:
            return f"{number}.{_ending(entry)}", entry.body
    return None


def _ending(entry: Entry) -> str:
    """Return the ending of a file's name: of the kinds we take; else one that nothing opens by itself."""
    had = entry.name.rpartition(".")[2].lower()
    return next((ends[0] for ends in ENDINGS.values() if had in ends), "bin")
