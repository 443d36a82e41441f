"""What a test may say on a host of its own (``tests/records/hosting.py``), in few words."""

# ruff: noqa: F401, TC001 - what a test says there may use it

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

from django.core.management import CommandError, call_command

from alongside.config.sweeping import sweep_each_hour
from alongside.domain import chronology
from alongside.domain.consent import Purpose
from alongside.library.book import Book
from alongside.records.agencies import letters
from alongside.records.agencies.actions import carrying, introducing
from alongside.records.agencies.actions.admitting import KeyChangedError, admit
from alongside.records.agencies.actions.leaving import turn_epoch
from alongside.records.agencies.actions.mailing import take_in
from alongside.records.agencies.content import NotAllowedError
from alongside.records.agencies.models import Agency, Delivery
from alongside.records.agencies.queries import (
    accepting,
    agency_book,
    cards,
    host_number,
    key_number,
    profile_of,
)
from alongside.records.agencies.sealing import host_id, host_public
from alongside.records.armour import FileKind, NotReadError, armour, disarmour, kind_of
from alongside.records.backing.content import kept_models
from alongside.records.casefile.actions import answering, keeping, securing, sharing
from alongside.records.casefile.actions import carrying as home_carrying
from alongside.records.casefile.models import Casefile, Entry
from alongside.records.casefile.queries import conversations, who_opened
from alongside.records.casefile.searching import search
from alongside.records.packing import pack
from alongside.sealed import signatures
from tests.agencies import CLINIC, SETTLEMENT, at, beside, founded
from tests.records.test_budget import overdrawn

TODAY = date(2026, 11, 25)
NOW = at(TODAY, 600)
FACTS = Book().vocabulary.facts
REFUSALS = (
    CommandError,
    NotReadError,
    NotAllowedError,
    KeyChangedError,
    introducing.CardError,
    answering.NotOpenedToUsError,
)


def kept(**answers: bool):
    """Keep answers, with a point for each dot of their keys."""
    told = {key.replace("__", "."): value for key, value in answers.items()}
    telling = keeping.Telling(told, FACTS)
    return keeping.keep(telling=telling, choices=keeping.Choices("blue", "river", "es"), now=NOW)


def more(mine, **answers: bool):
    """Keep more answers."""
    told = {key.replace("__", "."): value for key, value in answers.items()}
    keeping.keep_more(keys=mine.keys, telling=keeping.Telling(told, FACTS), now=NOW)


def shared(mine, agency, *sections: str, text="Can you help?", days=90):
    """Open sections to an agency, by its identity; return the identity of the grant."""
    until = TODAY + timedelta(days=days)
    opening = sharing.Opening(agency, frozenset(sections), Purpose.ADVICE, until, "es")
    return sharing.share(keys=mine.keys, opening=opening, text=text, now=NOW).id


def write(mine, note, text, *files: bytes):
    """Write to the agency."""
    attached = [sharing.Attached("slip.jpg", "image/jpeg", body) for body in files]
    sharing.write(keys=mine.keys, own=note, text=text, files=attached, now=at(TODAY, 650))


def told(mine, *pieces: chronology.Piece, away: tuple[str, ...] = ()):
    """Keep pieces of an account, or put some away."""
    telling = keeping.Telling({}, FACTS, pieces, away)
    keeping.keep_more(keys=mine.keys, telling=telling, now=NOW)


def account(colleague, note):
    """The words of the account that the agency reads."""
    found = answering.look(keys=colleague.keys, own=bytes.fromhex(note), now=NOW)
    return [piece.text for piece in found.pieces]


def widen(mine, note, *sections: str):
    """Open more sections."""
    sharing.widen(keys=mine.keys, own=note, sections=frozenset(sections), now=NOW)


def withdraw(mine, note):
    """Take it back."""
    sharing.withdraw(keys=mine.keys.messages_only(), own=note, now=NOW)


def seen(colleague, note, now=NOW):
    """What the agency sees: whether it is open, each section's answers, the conversation."""
    found = answering.look(keys=colleague.keys, own=bytes.fromhex(note), now=now)
    return [found.grant_open, found.answers, [e.text or len(e.body) for e in found.conversation]]


def states(colleague):
    """The state of each card in the box."""
    take_in(keys=colleague.keys)
    return sorted(card.state for card in cards(colleague.keys))


def said(mine, now=NOW):
    """What the person reads when they come back."""
    back = keeping.come_back(number=mine.number, secret=mine.secret, now=now)
    return [[talk.open, [e.text for e in talk.entries]] for talk in conversations(back, now.today)]


def journal(mine):
    """Who opened what, as the person sees it."""
    return [[line.deed, line.who] for line in who_opened(mine.keys)]


def box(agency, **more: bool):
    """What waits for an agency elsewhere."""
    return carrying.export_box(agency=agency, **more)


def arrived(text, number="", today=TODAY):
    """Take a box in; return how many were new, how many ended, and the receipt."""
    came = carrying.import_box(text=text, today=today, number=number)
    return [came.new, came.ended, came.receipt]


def brought(keys, text):
    """Bring a card in, as the desk does."""
    introducing.import_card(keys=keys, text=text, minute=NOW.minute)


def admitted(keys, agency):
    """Admit an agency whose number was compared."""
    number = key_number(profile_of(agency))
    admit(keys=keys, agency=agency, minute=NOW.minute, number=number)


def inside(kind, text):
    """What stands in a file, for who carries it."""
    return letters.open_file(FileKind(kind), text)[1]


def signed_here(kind, text, **other: object):
    """A file with something else in it, signed by this host."""
    content = letters.open_file(FileKind(kind), text)[1]
    return letters.sign_file(FileKind(kind), content | other)


def changed(kind, text, **other: object):
    """A file with something else in it, under the signature that was there, and a number that fits."""
    raw = disarmour(FileKind(kind), text)
    content = letters.open_file(FileKind(kind), text)[1]
    body = pack({"version": letters.VERSION} | content | other)
    return armour(FileKind(kind), raw[: signatures.HEAD] + body)


def relabelled(kind, text, other):
    """A file that says it is of another kind."""
    return armour(FileKind(other), disarmour(FileKind(kind), text))


def answers():
    """The answers for the one host that wrote."""
    there = home_carrying.hosts()
    return home_carrying.export_answers(host=there[0]) if there else ""


def home(text):
    """Take answers home."""
    came = home_carrying.import_answers(text=text)
    return [came.entries, came.lines]


def taken(text, lead):
    """Take a file in, whatever it is."""
    kind = kind_of(text)
    if kind is FileKind.BOX:
        arrived(text)
    elif kind is FileKind.RECEIPT:
        carrying.import_receipt(text=text)
    elif kind is FileKind.ANSWERS:
        home(text)
    else:
        brought(lead.keys, text)


def everything():
    """A fingerprint of every row that lasts."""
    rows = [
        repr(sorted(map(repr, model._default_manager.values_list()))) for model in kept_models()
    ]
    return hashlib.sha256("".join(rows).encode()).hexdigest()


def refused(act):
    """Why a file is refused; empty when it is not."""
    try:
        act()
    except REFUSALS as error:
        return str(error) or type(error).__name__
    return ""


def command(*words: str):
    """What a command of the operator says."""
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def public(agency):
    """The number of the key by which an agency is written to."""
    profile = profile_of(agency)
    return [profile.number, bool(profile.renewal)] if profile else None
