"""What a member of an agency does with what was opened to it: look, reply, ask for more, confirm."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alongside.domain.consent import COMPARTMENTS, HolderKind, Purpose, UnfitGrantError, offered
from alongside.records.agencies.actions.mailing import keep_card, keep_held, take_in
from alongside.records.agencies.content import State
from alongside.records.agencies.queries import held, profile_of
from alongside.records.casefile.carried import answers_go_home
from alongside.records.casefile.content import Entry, EntryKind
from alongside.records.casefile.pieces import STORY, piece_entry, pieces_of
from alongside.records.casefile.sealing import (
    check_of,
    read_entries,
    read_messages,
    sealed_entry,
    sealed_message,
)
from alongside.records.journal.actions import write_line
from alongside.records.journal.content import Deed, Line
from alongside.records.turns import take_turn
from alongside.sealed.derived import same

if TYPE_CHECKING:
    from datetime import date

    from alongside.domain.chronology import Piece
    from alongside.domain.facts import Answer
    from alongside.records.agencies.content import Card, MemberKeys
    from alongside.records.casefile.binding import Now


class NotOpenedToUsError(Exception):
    """There is no such grant to this agency, or nothing of it is open any more."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A casefile as it is opened to one agency, and not a word more.

    ``sections``: for each opened section the entries in it, which may be none: *not answered*. What is
    not in it was *not opened*. ``grant_open``: False once it was taken back or is over; then all but
    the card is empty.
    """

    card: Card
    grant_open: bool
    sections: dict[str, list[Entry]] = field(default_factory=dict)
    conversation: list[Entry] = field(default_factory=list)
    purpose: Purpose | None = None
    given: date | None = None
    explained_in: str = ""
    holder: HolderKind | None = None

    @property
    def closed(self) -> list[str]:
        """The sections that were not opened, of those that could be."""
        return [s for s in offered(self.holder) if s not in self.sections] if self.holder else []

    @property
    def pieces(self) -> list[Piece]:
        """The pieces of the account, where the story was opened, in the order of writing."""
        return pieces_of(self.sections.get(STORY, []))

    @property
    def answers(self) -> dict[str, Answer]:
        """The newest answer to each fact in what was opened."""
        found: dict[str, Answer] = {}
        for section in COMPARTMENTS:
            for entry in self.sections.get(section, []):
                found |= entry.answers
        return found


def look(*, keys: MemberKeys, own: bytes, now: Now) -> Opened:
    """Open a casefile as far as it was opened to the member's agency; the person sees that it was.

    Raises NotOpenedToUsError for what was never this agency's.
    """
    with transaction.atomic():
        take_in(keys=keys)
        found = held(keys, own)
        if found is None:
            raise NotOpenedToUsError
        card, grant = found
        if grant is None or grant["until"] < now.today:
            return Opened(card, grant_open=False)
        _note_opening(keys, grant, own, now)
    return _open(card, grant, own)  # long casefiles keep no writer waiting


def _note_opening(keys: MemberKeys, grant: dict[str, Any], own: bytes, now: Now) -> None:
    """Tell the person that it was opened: once a day for each member, and anew once more is open."""
    seen, now_open = grant.setdefault("seen", {}), [now.today, sorted(grant["sections"])]
    if seen.get(keys.member.hex()) == now_open:
        return
    seen[keys.member.hex()] = now_open
    keep_held(keys=keys, own=own, grant=grant)
    _tell(keys, grant, Deed.OPENED, now)


def _open(card: Card, grant: dict[str, Any], own: bytes) -> Opened:
    opened = {(s, v): key for s, pairs in grant["sections"].items() for v, key in pairs}
    sections: dict[str, list[Entry]] = {s: [] for s in COMPARTMENTS if s in grant["sections"]}
    carried = grant.get("entries", ())
    for section, entry in read_entries(grant["casefile"], opened, carried):
        sections[section].append(entry)
    talk = read_messages(grant["casefile"], {own: grant["conversation"]}, carried)
    return Opened(
        card, grant_open=True, sections=sections, conversation=[entry for _, entry in talk],
        purpose=Purpose(grant["purpose"]), given=grant["given"], explained_in=grant["explained"],
        holder=HolderKind(grant["holder"]),
    )  # fmt: skip


def reply(*, keys: MemberKeys, own: bytes, text: str, now: Now) -> None:
    """Write to the person. They learn of it by coming back, and in no other way.

    Raises NotOpenedToUsError once it was taken back or is over.
    """
    _say(keys, own, Entry(EntryKind.MESSAGE, now.minute, "", text=text), Deed.REPLIED, now)


def ask(*, keys: MemberKeys, own: bytes, section: str, text: str, now: Now) -> None:
    """Ask the person to open another section. Only they can.

    Raises UnfitGrantError for a section that an agency of this kind is never opened.
    """
    profile = profile_of(keys.agency)
    if profile is None or section not in offered(profile.kind):
        raise UnfitGrantError
    entry = Entry(EntryKind.ASK, now.minute, "", text=text, section=section)
    _say(keys, own, entry, Deed.ASKED, now)


def write_down(*, keys: MemberKeys, own: bytes, piece: Piece, now: Now) -> None:
    """Write down a piece of what the person told, in the agency's hand, where the story was opened to it.

    It is sealed under the key of the story: the person reads it after the second word and can put it away, and
    so does whoever else the story is open to. Raises NotOpenedToUsError where the story is not open.
    """
    with transaction.atomic():
        take_in(keys=keys)
        _, grant = _grant(keys, own, now)
        held_keys = dict(grant["sections"].get(STORY, ()))
        profile = profile_of(keys.agency)
        if not held_keys or profile is None:
            raise NotOpenedToUsError
        entry = piece_entry(replace(piece, by=profile.name), now.minute)
        newest = max(held_keys.items())
        sealed_entry(grant["casefile"], STORY, newest, entry).save(force_insert=True)
        _tell(keys, grant, Deed.WROTE_DOWN, now, STORY)


def confirm(*, keys: MemberKeys, own: bytes, word: str, now: Now) -> bool:
    """Compare a check-word that was spoken with the person's; where it fits, note the day on the card."""
    with transaction.atomic():
        take_turn(keys.agency)
        card, grant = _grant(keys, own, now)
        fits = same(check_of(grant["conversation"], word), grant["check"])
        if fits:
            keep_card(keys=keys, card=replace(card, confirmed=now.today))
            _tell(keys, grant, Deed.CONFIRMED, now)
        return fits


def _say(keys: MemberKeys, own: bytes, entry: Entry, deed: Deed, now: Now) -> None:
    with transaction.atomic():
        take_in(keys=keys)
        card, grant = _grant(keys, own, now)
        profile = profile_of(keys.agency)
        by = profile.name if profile else ""
        message = replace(entry, by=by)
        sealed_message(grant["casefile"], own, grant["conversation"], message).save(
            force_insert=True
        )
        keep_card(keys=keys, card=replace(card, state=State.ANSWERED, since=now.minute))
        _tell(keys, grant, deed, now, entry.section)


def _grant(keys: MemberKeys, own: bytes, now: Now) -> tuple[Card, dict[str, Any]]:
    found = held(keys, own)
    if found is None or found[1] is None or found[1]["until"] < now.today:
        raise NotOpenedToUsError
    return found[0], found[1]


def _tell(keys: MemberKeys, grant: dict[str, Any], deed: Deed, now: Now, section: str = "") -> None:
    """Write a line for the person, who sees the agency, and one for the agency, who sees the member."""
    profile = profile_of(keys.agency)
    if profile is None or not answers_go_home(grant):
        raise NotOpenedToUsError
    places = (section,) if section else tuple(s for s in COMPARTMENTS if s in grant["sections"])
    seen = Line(deed, now.minute, profile.name, places)
    write_line(book=grant["casefile"], public=grant["messages"], line=seen)
    own = Line(deed, now.minute, keys.name, (grant["number"],))
    write_line(book=keys.agency, public=profile.public, line=own)
