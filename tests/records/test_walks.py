"""Random walks: whatever happens in whatever order, nobody opens what is not granted, and no entry is lost.

A model beside the store knows what each agency may see. After every step somebody looks, and must
see exactly that; and whoever left with copies of keys tries them on the whole store.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from alongside.domain.consent import APART, COMPARTMENTS, HolderKind, Purpose
from alongside.domain.facts import Kind, Silence
from alongside.library.book import Book
from alongside.records.agencies.actions import recovering
from alongside.records.agencies.actions.leaving import leave
from alongside.records.agencies.actions.mailing import sweep_deliveries, take_in
from alongside.records.casefile.actions.answering import NotOpenedToUsError, look, reply
from alongside.records.casefile.actions.keeping import (
    Telling,
    come_back,
    keep_more,
    kept_answers,
)
from alongside.records.casefile.actions.securing import erase, sweep_casefiles
from alongside.records.casefile.actions.sharing import Opening, share, widen, withdraw, write
from alongside.records.casefile.actions.waiting import (
    bring_back,
    erase_later,
    keep_after_all,
)
from alongside.records.casefile.content import NoCasefileError
from alongside.records.casefile.queries import conversations
from tests.agencies import CLINIC, SETTLEMENT, at, beside, founded, joined
from tests.records.copied import Copied
from tests.records.test_casefile import kept

if TYPE_CHECKING:
    from alongside.records.casefile.actions.keeping import Kept
    from alongside.records.casefile.content import GrantNote, PersonKeys

pytestmark = pytest.mark.django_db
FACTS = Book().vocabulary.facts
YES_NO = sorted(key for key, fact in FACTS.items() if fact.kind is Kind.YES_NO)
VALUES = (True, False, Silence.UNKNOWN, Silence.RATHER_NOT_SAY)
WALKS, STEPS = 12, 50


def place(key):
    return APART if FACTS[key].apart else FACTS[key].section


@dataclass
class Person:
    """A person, as the model knows them. ``ends``: the day of an erase that waits."""

    mine: Kept
    answers: dict[str, Any]
    grants: list[Shared] = field(default_factory=list)
    gone: bool = False
    visits: list[int] = field(default_factory=list)
    ends: date | None = None

    @property
    def keys(self) -> PersonKeys:
        return self.mine.keys


@dataclass
class Shared:
    """A grant, as the model knows it. ``frozen``: what the agency saw last, once it is over."""

    note: GrantNote
    agency: int
    sections: set[str]
    until: date
    said: list[str]
    over: bool = False


@dataclass
class Past:
    """A member who left, and when, with a copy of every key that opened anything."""

    copied: Copied
    minute: int


class Walk:
    """One walk, from one seed."""

    def __init__(self, seed: int) -> None:
        self.dice, self.day, self.minute = random.Random(seed), date(2026, 11, 25), 0
        self.agencies = [[founded(CLINIC, "a0", self.now)], [founded(SETTLEMENT, "b0", self.now)]]
        self.kinds = [CLINIC.kind, SETTLEMENT.kind]
        self.people: list[Person] = []
        self.names = 0
        self.past: list[Past] = []

    @property
    def now(self):
        return at(self.day, self.minute)

    def step(self) -> None:
        self.minute += 1
        moves = [
            self.begin, self.tell, self.tell, self.open, self.open, self.more, self.take_back, self.answer,
            self.say, self.wait, self.come, self.come, self.go, self.go, self.end, self.end_later,
            self.stay, self.lose_all,
        ]  # fmt: skip
        self.dice.choice(moves)()

    def person(self) -> Person | None:
        there = [person for person in self.people if not person.gone and not person.ends]
        return self.dice.choice(there) if there else None

    def visitor(self) -> Person | None:
        """Somebody who is about to use their key."""
        if person := self.person():
            person.visits.append(self.now.minute)
        return person

    def begin(self) -> None:
        if len(self.people) < 4:
            answers = {k: self.dice.choice(VALUES) for k in self.dice.sample(YES_NO, 6)}
            self.people.append(Person(kept(answers, now=self.now), answers))

    def tell(self) -> None:
        if person := self.visitor():
            new = {k: self.dice.choice(VALUES) for k in self.dice.sample(YES_NO, 3)}
            person.answers |= new
            keep_more(keys=person.keys, telling=Telling(person.answers, FACTS), now=self.now)

    def open(self) -> None:
        if person := self.visitor():
            which = self.dice.randrange(2)
            allowed = [
                s for s in COMPARTMENTS if s != APART or self.kinds[which] is HolderKind.LAWYER
            ]
            sections = set(self.dice.sample(allowed, self.dice.randrange(5)))
            until = self.day + timedelta(days=self.dice.choice([0, 2, 30]))
            agency = self.agencies[which][0].keys.agency
            opening = Opening(agency, frozenset(sections), Purpose.SUPPORT, until, "en")
            note = share(keys=person.keys, opening=opening, text="first", now=self.now)
            person.grants.append(Shared(note, which, sections, until, ["first"]))

    def holding(self, person: Person) -> list[Shared]:
        return [g for g in person.grants if not g.over and self.day <= g.until]

    def grant(self) -> tuple[Person, Shared] | None:
        person = self.person()
        grants = self.holding(person) if person else []
        return (person, self.dice.choice(grants)) if person and grants else None

    def more(self) -> None:
        if found := self.grant():
            person, grant = found
            person.visits.append(self.now.minute)
            new = frozenset(self.dice.sample(COMPARTMENTS[:-1], 2))
            widen(keys=person.keys, own=grant.note.id, sections=new, now=self.now)
            grant.sections |= new

    def take_back(self) -> None:
        if found := self.grant():
            person, grant = found
            person.visits.append(self.now.minute)
            withdraw(keys=person.keys.messages_only(), own=grant.note.id, now=self.now)
            grant.over = True

    def answer(self) -> None:
        if found := self.grant():
            _, grant = found
            member = self.dice.choice(self.agencies[grant.agency])
            look(keys=member.keys, own=grant.note.id, now=self.now)
            reply(keys=member.keys, own=grant.note.id, text=f"r{self.minute}", now=self.now)
            grant.said.append(f"r{self.minute}")

    def say(self) -> None:
        if found := self.grant():
            person, grant = found
            person.visits.append(self.now.minute)
            keys, text = person.keys.messages_only(), f"p{self.minute}"
            write(keys=keys, own=grant.note.id, text=text, now=self.now)
            grant.said.append(text)

    def wait(self) -> None:
        self.day += timedelta(days=self.dice.choice([0, 1, 2, 4]))
        sweep_deliveries(today=self.day)
        sweep_casefiles(today=self.day)
        for person in self.people:
            person.gone |= person.ends is not None and person.ends <= self.day

    def come(self) -> None:
        which = self.dice.randrange(2)
        if len(self.agencies[which]) < 4:
            self.names += 1
            lead = self.agencies[which][0]
            self.agencies[which].append(beside(lead, f"m{self.names}", self.now))

    def go(self) -> None:
        which = self.dice.randrange(2)
        team = self.agencies[which]
        if len(team) > 1:
            leaver = team.pop(self.dice.randrange(1, len(team)))
            take_in(keys=leaver.keys)
            self.past.append(Past(Copied(leaver.keys), self.now.minute))
            keys = leave(keys=team[0].keys, member=leaver.keys.member, minute=self.minute)
            self.renew(which, keys)

    def renew(self, which: int, keys: Any) -> None:
        """Give everybody who stays the keys their next page would give them."""
        from dataclasses import replace  # noqa: PLC0415 - used once

        self.agencies[which] = [
            replace(m, keys=replace(m.keys, epochs=keys.epochs)) for m in self.agencies[which]
        ]

    def end(self) -> None:
        person = self.person()
        if person and self.dice.random() < 0.3:
            erase(keys=person.keys, now=self.now)
            person.gone = True

    def end_later(self) -> None:
        """Somebody who has number and words asks to erase."""
        if person := self.person():
            person.ends = erase_later(keys=person.keys.messages_only(), now=self.now)
            for grant in person.grants:
                grant.over = True

    def stay(self) -> None:
        """Somebody comes back to what is closed, with the second word."""
        closed = [p for p in self.people if p.ends and not p.gone]
        if closed:
            person = self.dice.choice(closed)
            where = {"number": person.mine.number, "secret": person.mine.secret, "now": self.now}
            assert come_back(**where) is None
            keys = bring_back(**where, second="blue kettle")
            assert keys == person.keys
            keep_after_all(keys=keys, now=self.now)
            person.ends = None

    def lose_all(self) -> None:
        """Everybody of an agency forgets their passphrase; two custodians bring the keys back."""
        which = self.dice.randrange(2)
        phrases = recovering.appoint(keys=self.agencies[which][0].keys)
        pair = self.dice.sample(phrases, 2)
        secret = recovering.recover(
            secrets=(pair[0], pair[1]), today=self.day, minute=self.now.minute
        )
        self.names += 1
        self.agencies[which].append(joined(secret, f"m{self.names}", self.now))

    def check(self) -> None:
        for person in self.people:
            if person.gone or person.ends:
                with pytest.raises(NoCasefileError):
                    conversations(person.keys, self.day)
            else:
                assert kept_answers(keys=person.keys) == person.answers
                talks = {
                    c.note.id: [e.text for e in c.entries]
                    for c in conversations(person.keys, self.day)
                }
                assert talks == {g.note.id: g.said for g in person.grants}
            for grant in person.grants:
                self.check_grant(person, grant)
        for left in self.past:
            self.check_left(left)

    def check_left(self, left: Past) -> None:
        """Who left opens nothing that was written since the person's next visit, by whomever."""
        of = {person.keys.casefile: person for person in self.people}
        for casefile, entries in left.copied.opens().items():
            since = [minute for minute in of[casefile].visits if minute > left.minute]
            assert not since or max(e.minute for e in entries) < since[0]

    def check_grant(self, person: Person, grant: Shared) -> None:
        for which, team in enumerate(self.agencies):
            keys = self.dice.choice(team).keys
            if which != grant.agency:
                with pytest.raises(NotOpenedToUsError):
                    look(keys=keys, own=grant.note.id, now=self.now)
                continue
            self.check_seen(person, grant, keys)

    def check_seen(self, person: Person, grant: Shared, keys: Any) -> None:
        try:
            opened = look(keys=keys, own=grant.note.id, now=self.now)
        except (
            NotOpenedToUsError
        ):  # gone from the box, thirty days after its end, or before it was seen
            assert grant.over or person.gone or self.day > grant.until
            return
        if grant.over or person.gone or self.day > grant.until:
            assert (opened.grant_open, opened.sections, opened.conversation) == (False, {}, [])
            return
        assert set(opened.sections) == grant.sections
        expected = {k: v for k, v in person.answers.items() if place(k) in grant.sections}
        assert opened.answers == expected
        assert [entry.text for entry in opened.conversation] == grant.said


@pytest.mark.parametrize("seed", range(WALKS))
def test_nobody_opens_what_is_not_granted_and_no_entry_is_lost(seed):
    walk = Walk(seed)
    for step in range(STEPS):
        walk.step()
        if step % 4 == 0:
            walk.check()
    walk.check()


def test_the_walks_pass_by_who_left_with_keys_that_open_something():
    """Otherwise the claim about them would be about nobody."""
    walk = Walk(3)
    for _ in range(STEPS):
        walk.step()
    of = {person.keys.casefile: person for person in walk.people}
    tried = [
        any(minute > left.minute for minute in of[casefile].visits)
        for left in walk.past
        for casefile in left.copied.opens()
    ]
    assert any(tried)
