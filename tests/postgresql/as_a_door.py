"""What one door does, as a program of its own with the role of that door: ``python -m … entry|desk FOLDER``.

The two hand each other, in FOLDER, only what a person or a member would carry in their head.
"""
# ruff: noqa: PLC0415, T201 - a program: Django is set up before its models are imported

from __future__ import annotations

import json
import pickle
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django

DAY = date(2026, 11, 25)


def founding(folder: Path) -> None:
    """As the owner: found an agency, and be its first member."""
    from tests.agencies import CLINIC, at, founded

    (folder / "member").write_bytes(pickle.dumps(founded(CLINIC, "amara", at(DAY, 600)).keys))


def entry(folder: Path) -> None:
    """As a person: keep, send, come back, write, take one grant back, tell more, erase another."""
    from alongside.domain.consent import Purpose
    from alongside.library.book import Book
    from alongside.records.agencies.queries import accepting
    from alongside.records.casefile.actions.keeping import (
        Choices,
        Telling,
        come_back,
        keep,
        keep_more,
    )
    from alongside.records.casefile.actions.securing import second_word, sweep_casefiles
    from alongside.records.casefile.actions.sharing import Opening, share, withdraw, write
    from alongside.records.casefile.queries import conversations, who_opened
    from tests.agencies import at

    now, facts = at(DAY, 610), Book().vocabulary.facts
    opening = Opening(
        accepting()[0].id, frozenset({"work"}), Purpose.ADVICE, DAY + timedelta(days=30), "en"
    )
    telling = Telling({"pay.unpaid_part": True}, facts)
    mine = [keep(telling=telling, choices=Choices("x", "y", "en"), now=now) for _ in range(3)]
    notes = [share(keys=m.keys, opening=opening, text="Help?", now=now) for m in mine]
    back = come_back(number=mine[0].number, secret=mine[0].secret, now=now)
    assert back is not None
    whole = second_word(keys=back, word="x", now=now)
    write(keys=back, own=notes[0].id, text="More", now=now)
    withdraw(keys=mine[1].keys, own=notes[1].id, now=now)
    keep_more(keys=whole, telling=Telling({"pay.unpaid_part": False}, facts), now=now)
    closing(mine[2], now)
    sweep_casefiles(today=DAY)
    assert len(conversations(back, DAY)) == 1
    assert who_opened(back)
    (folder / "notes").write_text(json.dumps([note.id.hex() for note in notes]))


def closing(mine: Any, now: Any) -> None:
    """As a person: let an erase wait, keep it after all, get new words, let old lines go, erase."""
    from alongside.records.casefile.actions.keeping import come_back
    from alongside.records.casefile.actions.renewing import draw_new, renew
    from alongside.records.casefile.actions.securing import erase
    from alongside.records.casefile.actions.waiting import (
        bring_back,
        erase_later,
        keep_after_all,
    )
    from alongside.records.casefile.queries import binder_of
    from alongside.records.journal.actions import prune_book

    keys, where = mine.keys, {"number": mine.number, "secret": mine.secret, "now": now}
    erase_later(keys=keys.messages_only(), now=now)
    assert come_back(**where) is None
    assert bring_back(**where, second="x") == keys
    keep_after_all(keys=keys, now=now)
    new = draw_new(keys=keys, second="x")
    renew(keys=keys, number=new.number, salt=new.salt, new=new.keys, now=now)
    private = binder_of(new.keys).private
    assert prune_book(book=keys.casefile, private=private, before=now.minute + 1)
    erase(keys=new.keys, now=now)


def desk(folder: Path) -> None:
    """As a member: sign in for a session, look, reply, ask, confirm, search, invite, let go, appoint, propose."""
    from alongside.records.agencies.actions import recovering
    from alongside.records.agencies.actions.leaving import leave
    from alongside.records.agencies.actions.mailing import sweep_deliveries
    from alongside.records.agencies.actions.signing import keep_session, sign_out, sweep
    from alongside.records.agencies.queries import agency_book, cards, signed_in
    from alongside.records.casefile.actions.answering import ask, confirm, look, reply
    from alongside.records.casefile.searching import search
    from tests.agencies import Colleague, at, beside

    now, keys = at(DAY, 620), pickle.loads((folder / "member").read_bytes())
    first, second, third = map(bytes.fromhex, json.loads((folder / "notes").read_text()))
    cookies = keep_session(keys=keys, minute=now.minute)
    keys = signed_in(finds=cookies.finds, opens=cookies.opens, minute=now.minute)
    seen = look(keys=keys, own=first, now=now)
    assert seen.answers == {"pay.unpaid_part": False}
    assert len(seen.conversation) == 2
    assert not {second, third} & {card.id for card in cards(keys)}  # gone before anybody saw them
    reply(keys=keys, own=first, text="Yes", now=now)
    ask(keys=keys, own=first, section="health", text="", now=now)
    assert confirm(keys=keys, own=first, word="y", now=now)
    assert [card.id for card in search(keys=keys, text="help", today=DAY)] == [first]
    leaver = beside(Colleague("amara", b"", keys), "chidi", now)
    keys = leave(keys=keys, member=leaver.keys.member, minute=now.minute)
    recovering.appoint(keys=keys)
    assert agency_book(keys)
    sweep(minute=now.minute, today=DAY)
    sweep_deliveries(today=DAY)
    sign_out(finds=cookies.finds)


if __name__ == "__main__":
    django.setup()
    {"founding": founding, "entry": entry, "desk": desk}[sys.argv[1]](Path(sys.argv[2]))
    print("done")
