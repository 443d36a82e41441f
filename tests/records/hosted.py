"""What a test may say on a host of its own (``tests/records/hosting.py``), in few words."""

# ruff: noqa: F401 - what a test says there may use it

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

from django.core.management import call_command

from alongside.config.sweeping import sweep_each_hour
from alongside.domain.consent import Purpose
from alongside.library.book import Book
from alongside.records.agencies.actions import carrying
from alongside.records.agencies.actions.admitting import admit
from alongside.records.agencies.actions.leaving import turn_epoch
from alongside.records.agencies.actions.mailing import take_in
from alongside.records.agencies.content import NotAllowedError
from alongside.records.agencies.models import Agency, Delivery
from alongside.records.agencies.queries import accepting, cards, profile_of
from alongside.records.armour import NotReadError
from alongside.records.casefile.actions import answering, keeping, securing, sharing
from alongside.records.casefile.actions import carrying as home_carrying
from alongside.records.casefile.models import Casefile, Entry
from alongside.records.casefile.queries import conversations, who_opened
from alongside.records.casefile.searching import search
from tests.agencies import CLINIC, SETTLEMENT, at, founded
from tests.records.test_budget import overdrawn

TODAY = date(2026, 11, 25)
NOW = at(TODAY, 600)
FACTS = Book().vocabulary.facts


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


def box(agency):
    """What waits for an agency elsewhere."""
    return carrying.export_box(agency=agency)


def arrived(text, today=TODAY):
    """Take a box in; return how many were new, how many ended, and the receipt."""
    came = carrying.import_box(text=text, today=today)
    return [came.new, came.ended, came.receipt]


def answers():
    """The answers for the one host that wrote."""
    there = home_carrying.hosts()
    return home_carrying.export_answers(host=there[0]) if there else ""


def home(text):
    """Take answers home."""
    came = home_carrying.import_answers(text=text)
    return [came.entries, came.lines]


def refused(act):
    """Why a file is refused; empty when it is not."""
    try:
        act()
    except (NotReadError, NotAllowedError, answering.NotOpenedToUsError) as error:
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
    return [profile.number, len(profile.renewal)] if profile else None
