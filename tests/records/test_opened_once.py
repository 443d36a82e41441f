"""What a visit costs, counted: a casefile is opened once and written once, and nothing tells by its work."""

import re
from contextlib import ExitStack
from datetime import date
from typing import Any

import pytest
from django.db import connection

from alongside.records.casefile.actions import keeping, sharing
from alongside.records.casefile.actions.keeping import Choices, Telling, come_back, keep, keep_more
from alongside.records.casefile.actions.securing import erase
from alongside.records.casefile.actions.sharing import open_to, share, widen, withdraw, write
from alongside.records.casefile.models import Casefile
from alongside.records.casefile.queries import binder_of
from alongside.records.gone import actions as gone
from alongside.sealed.things import BINDER, RING
from tests.agencies import CLINIC, SETTLEMENT, at, founded
from tests.records.test_casefile import FACTS, kept, opening, shared

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
NOW = at(TODAY, 600)
INTO = re.compile(r'INSERT INTO "?(\w+)')
COSTLY = ("phrase_key", "whole_key", "unseal", "seal", "seal_to", "unseal_from")


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", NOW)


@pytest.fixture
def work(monkeypatch):
    """Do something; return the costly operations and the questions to the store, in their order."""
    done: list[tuple[str, object]] = []

    def counted(name, operation):
        def count(first, *rest: Any):
            done.append((name, getattr(first, "name", None)))  # the kind of thing, where it is one
            return operation(first, *rest)

        return count

    from alongside.records.casefile import opened, sealing  # noqa: PLC0415 - to be looked into

    for module in (keeping, sharing, opened, sealing):
        for name in COSTLY:
            if operation := getattr(module, name, None):
                monkeypatch.setattr(module, name, counted(name, operation))

    def ask(execute, sql, *rest: Any):
        done.append(("asked", sql.split(" WHERE ")[0]))
        return execute(sql, *rest)

    def watched(act):
        done.clear()
        with ExitStack() as stack:
            stack.enter_context(connection.execute_wrapper(ask))
            act()
        return list(done)

    return watched


def test_a_number_that_finds_nothing_costs_what_a_wrong_phrase_costs(work):
    mine, other = kept(), kept()
    nothing = work(lambda: come_back(number="00000000", secret=mine.secret, now=NOW))
    wrong = work(lambda: come_back(number=mine.number, secret=other.secret, now=NOW))
    assert nothing == wrong
    assert [name for name, _ in wrong] == ["asked", "phrase_key", "unseal"]
    assert wrong[-1] == ("unseal", BINDER.name)
    right = work(lambda: come_back(number=mine.number, secret=mine.secret, now=NOW))
    assert right[: len(wrong)] == wrong
    assert len(right) > len(wrong), "who is right is written down"


def test_who_is_wrong_begins_no_transaction_and_writes_nothing(work):
    mine, other = kept(), kept()
    before = list(Casefile.objects.values_list())
    for number, secret in (("00000000", mine.secret), (mine.number, other.secret)):
        done = work(lambda: come_back(number=number, secret=secret, now=NOW))  # noqa: B023 - at once
        assert {sql.split()[0] for name, sql in done if name == "asked"} == {"SELECT"}
    assert list(Casefile.objects.values_list()) == before


def test_each_change_opens_the_casefile_once_and_writes_it_once(work, clinic):
    mine = kept()
    note = shared(mine.keys, clinic, "work")
    telling = Telling({"doc.held": False}, FACTS)
    for act in (
        lambda: write(keys=mine.keys, own=note.id, text="more", now=NOW),
        lambda: keep_more(keys=mine.keys, telling=telling, now=NOW),
        lambda: share(keys=mine.keys, opening=opening(clinic, "story"), text="?", now=NOW),
        lambda: widen(keys=mine.keys, own=note.id, sections=frozenset({"health"}), now=NOW),
        lambda: withdraw(keys=mine.keys, own=note.id, now=NOW),
    ):
        done = work(act)
        assert done.count(("unseal", BINDER.name)) == 1
        assert done.count(("seal", BINDER.name)) <= 1
        assert done.count(("unseal", RING.name)) <= 1
        assert (
            len([sql for _, sql in done if str(sql).startswith('UPDATE "casefile_casefile"')]) <= 1
        )


def test_keeping_and_sending_in_one_go_opens_nothing_and_writes_the_casefile_once(work, clinic):
    def send(case):
        open_to(case, opening(clinic, "work"), "Can you help me?", ())

    telling, choices = Telling({"pay.unpaid_part": True}, FACTS), Choices("blue", "red", "en")
    done = work(lambda: keep(telling=telling, choices=choices, now=NOW, then=send))
    opened = [thing for name, thing in done if name == "unseal"]
    assert (BINDER.name in opened, RING.name in opened) == (False, False)
    into = [INTO.search(sql) for name, sql in done if name == "asked"]
    tables = [found[1] for found in into if found]
    assert "journal_line" in tables
    assert len(tables) == len(set(tables)), "one question for each table"


def test_what_many_grants_leave_behind_is_written_into_the_file_of_withdrawals_at_once(
    clinic, monkeypatch, django_capture_on_commit_callbacks
):
    house, written = founded(SETTLEMENT, "bruno", NOW), []
    monkeypatch.setattr(gone, "_write", written.append)
    mine = kept()
    notes = [shared(mine.keys, agency, "work") for agency in (clinic, house, clinic)]
    write(keys=mine.keys, own=notes[0].id, text="more", now=NOW)
    assert len(binder_of(mine.keys).grants) == 3
    with django_capture_on_commit_callbacks(execute=True):
        erase(keys=mine.keys, now=NOW)
    assert [len(prints) for prints in written] == [5], "three grants, a notice, and the casefile"
