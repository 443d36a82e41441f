"""People to call: who they are, what to say first, and how far a number may be trusted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from alongside.library.reading import Cite, Entry, Text, entries, pages
from alongside.library.reviewing import Review, review_of
from alongside.library.vocabulary import REGIONS

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from alongside.library.sources import Sources

NEEDS = (
    "danger", "talk", "legal", "immigration", "wages", "shelter", "health", "union", "police",
    "victim", "injury", "housing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contact:
    """One service to call. ``title``: a heading that tells less than the name, for a screen others can see.

    ``phone`` is empty where no source gave one; ``dated`` is the source's date.
    ``office_of``: of a government office, the beginnings of the keys of the remedies that are asked for
    there; it is never named as somebody to talk to about anything else.
    ``for_some``: it serves one community or one kind of work; it is listed, and named to nobody unasked.
    ``well_known``: the number is common knowledge; no source vouches for it and none needs to.
    """

    key: str
    order: int
    name: Text
    title: Text | None
    who: Text
    helps: Text
    languages: Text
    hours: Text
    confidential: Text
    say: Text
    phone: str
    phone_note: Text | None
    where: str
    regions: tuple[str, ...]
    needs: tuple[str, ...]
    office_of: tuple[str, ...]
    cites: tuple[Cite, ...]
    dated: str
    unverified: bool
    for_some: bool
    well_known: bool
    review: Review

    def on(self, day: date) -> Contact:
        """Return it as it stands on a day: a number that was due to be checked again may be old."""
        return replace(self, unverified=True) if self.review.stale(day) else self

    def serves(self, region: str | None) -> bool:
        """Say whether it serves a province, all of Canada counting everywhere."""
        return "ca" in self.regions or region in self.regions


def load_contacts(root: Path, sources: Sources) -> dict[str, Contact]:
    """Read ``content/contacts``, in the order the content gives."""
    found: dict[str, Contact] = {}
    for page, table in pages(root / "contacts", root):
        for _, entry in entries(page, table, "contact"):
            contact = _contact(entry, sources)
            if contact.key in found:
                entry.refuse("key", "this contact is already there.", "Give every key one place.")
            found[contact.key] = contact
    return dict(sorted(found.items(), key=lambda item: item[1].order))


def _contact(entry: Entry, sources: Sources) -> Contact:
    cites = sources.check(entry, entry.cites())
    contact = Contact(
        key=entry.word("key"),
        order=entry.number("order"),
        name=entry.text("name"),
        title=entry.text_or_none("title"),
        who=entry.text("who"),
        helps=entry.text("helps"),
        languages=entry.text("languages"),
        hours=entry.text("hours"),
        confidential=entry.text("confidential"),
        say=entry.text("say"),
        phone=entry.word("phone"),
        phone_note=entry.text_or_none("phone_note"),
        where=entry.word("where", ""),
        regions=entry.words("regions"),
        needs=entry.words("needs"),
        office_of=entry.words("office_of"),
        cites=cites,
        dated=entry.word("dated", ""),
        unverified=entry.flag("unverified"),
        for_some=entry.flag("for_some"),
        well_known=entry.flag("well_known"),
        review=review_of(entry, cites, sources),
    )
    for field, values, allowed in (
        ("regions", contact.regions, ("ca", *REGIONS)),
        ("needs", contact.needs, NEEDS),
    ):
        if wrong := [value for value in values if value not in allowed]:
            entry.refuse(
                field,
                f"{wrong[0]!r} is none of its {field}.",
                f"Use {', '.join(allowed)}.",
                f'"{wrong[0]}"',
            )
    entry.done()
    return contact
