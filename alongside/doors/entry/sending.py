"""Sending: to whom, which parts, what for, until when; then a message, and everything at once or not at all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpResponse

from alongside.domain.consent import DAYS, Purpose, compartment_of, offered, preset
from alongside.doors.entry.keeping import Ready, keep_changes, made_ready, put_away
from alongside.doors.entry.opening import second_given
from alongside.doors.entry.remembering import STORY, pieces_in
from alongside.doors.entry.writing import letter_of, note, second_of, to, turned
from alongside.doors.showing.speaking import book
from alongside.records.agencies.queries import accepting_one
from alongside.records.casefile.actions.sharing import NoAgencyError, Opening, open_to, share
from alongside.records.casefile.queries import has_room

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alongside.doors.entry.visit import Visit
    from alongside.doors.entry.writing import Letter
    from alongside.records.agencies.content import Profile
    from alongside.records.casefile.content import PersonKeys

CHOOSE, OPEN, SEND = "w/", "w/1/", "w/2/"
COST = 2
"""A casefile and a grant."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part that can be opened: marked or not, and how many answers are in it, where that is known."""

    section: str
    marked: bool
    told: int


@dataclass(frozen=True, slots=True)
class Limit:
    """Until when: so many days, which is this day."""

    days: int
    on: date
    marked: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What was chosen so far: to whom, which parts, what for, for how many days."""

    to: Profile
    sections: frozenset[str]
    purpose: Purpose
    days: int

    @property
    def closed(self) -> list[str]:
        """The parts that stay closed."""
        return [section for section in offered(self.to.kind) if section not in self.sections]

    @property
    def opened(self) -> list[str]:
        """The parts that are opened, in their order."""
        return [section for section in offered(self.to.kind) if section in self.sections]


def tongues_of(profile: Profile) -> list[str]:
    """Return the languages an agency answers in, each by its own name where we know it."""
    known = book().words.languages
    return [known[key].name if key in known else key.upper() for key in profile.tongues]


def agency_in(form: Mapping[str, str]) -> bytes:
    """Return which agency stands in a form, by its identity; empty for none."""
    try:
        return bytes.fromhex(form.get("agency", ""))
    except ValueError:
        return b""


def plan_of(visit: Visit) -> Plan | None:
    """Return what was chosen so far; None where no agency was, or it takes nobody any more."""
    form = visit.draft.form
    found = accepting_one(agency_in(form))
    if found is None:
        return None
    chosen = form["sections"].split() if "sections" in form else preset(found.kind)
    purpose = form.get("purpose", "")
    days = form.get("days", "")
    return Plan(
        found,
        frozenset(chosen) & set(offered(found.kind)),
        Purpose(purpose) if purpose in set(Purpose) else Purpose.ANSWER,
        int(days) if days in {str(n) for n in DAYS} else DAYS[0],
    )


def parts_of(visit: Visit, plan: Plan) -> list[Part]:
    """Return the parts that can be opened to this agency, with how much was told in each."""
    facts = book().vocabulary.facts
    told = Counter(
        compartment_of(facts[key].section, apart=facts[key].apart)
        for key in visit.draft.answers
        if key in facts
    )
    told[STORY] += len(pieces_in(visit))
    return [Part(s, s in plan.sections, told[s]) for s in offered(plan.to.kind)]


def unseen(visit: Visit) -> bool:
    """Say whether what was kept is closed on this page, so that nobody can say how much is in each part."""
    draft = visit.draft
    return bool(draft.keys) and not draft.opened and draft.answers.keys() <= set(draft.changed)


def limits_of(visit: Visit, plan: Plan) -> list[Limit]:
    """Return until when it can be opened."""
    return [Limit(n, visit.today + timedelta(days=n), n == plan.days) for n in DAYS]


def chosen(visit: Visit) -> HttpResponse:
    """Take which agency was chosen; what was marked for another does not count for this one."""
    before = visit.draft.form
    agency = visit.request.POST.get("agency", "")
    kept = {name: before[name] for name in ("message", "second") if name in before}
    same = before if before.get("agency") == agency else kept
    visit.draft.form = same | {"agency": agency}
    visit.draft.faults, visit.draft.said = {}, ""
    return visit.go_on(OPEN if plan_of(visit) else CHOOSE)


def opened(visit: Visit) -> HttpResponse:
    """Take which parts were marked, what for, until when."""
    posted, form = visit.request.POST, visit.draft.form
    form["sections"] = " ".join(posted.getlist("section"))[:200]
    form["purpose"], form["days"] = posted.get("purpose", "")[:20], posted.get("days", "")[:5]
    visit.draft.faults, visit.draft.said = {}, ""
    if again := turned(visit, OPEN):
        return again
    if posted.get("move") == "before":
        return visit.go_on(CHOOSE)
    return visit.go_on(SEND if plan_of(visit) else CHOOSE)


def sent(visit: Visit) -> HttpResponse:
    """Keep, open and send, all at once; then what was told leaves the phone."""
    note(visit)
    letter = letter_of(visit)
    if again := turned(visit, SEND, *(() if visit.draft.keys else ("second",))):
        return again
    if visit.request.POST.get("move") == "before":
        return visit.go_on(OPEN)
    plan = plan_of(visit)
    if plan is None:
        wanted = "agency" in visit.draft.form
        visit.draft.said = "kept_agency_gone" if wanted else visit.draft.said
        # Without keys the time was over: what was written goes on to the next choice. With them, the
        # same form came twice.
        return visit.go_on(CHOOSE if wanted or not visit.draft.keys else "m/")
    found = _unlocked(visit, letter, plan)
    if isinstance(found, HttpResponse):
        return found
    return _handed_over(visit, letter, plan, found)


def _unlocked(visit: Visit, letter: Letter, plan: Plan) -> PersonKeys | Ready | HttpResponse:
    """Return the keys to everything, or what a new casefile needs; or what to answer instead."""
    faults = dict(letter.faults)
    if not (letter.text or letter.files or plan.sections or faults):
        faults["message"] = "kept_empty"
    if visit.keys and not faults and not has_room(visit.keys, letter.size):
        faults["message"] = "kept_full"
    second = ""
    if not visit.draft.keys:
        second, short = second_of(visit)
        faults |= short
    if faults:
        return visit.stay(SEND, faults)
    if not visit.admitted(COST):
        return visit.busy(SEND)
    if not visit.draft.keys:
        return made_ready(visit, second)
    keys = visit.keys if visit.draft.whole else second_given(visit)
    return keys or visit.go_on(SEND)


def _until(visit: Visit, plan: Plan) -> date:
    """Return the last day, as the page showed it: pressed after midnight, it is not a day later than was read."""
    last = visit.today + timedelta(days=plan.days)
    before = last - timedelta(days=1)
    return before if visit.request.POST.get("until") == before.isoformat() else last


def _handed_over(
    visit: Visit, letter: Letter, plan: Plan, found: PersonKeys | Ready
) -> HttpResponse:
    opening = Opening(plan.to.id, plan.sections, plan.purpose, _until(visit, plan), visit.lang)
    try:
        with visit.changing() as draft:
            if "agency" not in draft.form:  # the same form came twice
                return to(visit, "k/" if draft.shown else "m/")
            text, files = letter.text, letter.files
            if isinstance(found, Ready):
                opens = partial(open_to, opening=opening, text=text, files=files)
                put_away(visit, found, opens)
            else:
                if draft.changes:
                    keep_changes(visit, found)
                share(keys=found, opening=opening, text=text, files=files, now=visit.now)
            visit.clear()
            draft.said = "kept_said_sent"
            return visit.go_on("k/" if draft.shown else "m/")
    except NoAgencyError:
        visit.__dict__.pop("draft")  # nothing of it was done
        visit.draft.form["message"], visit.draft.said = letter.text, "kept_agency_gone"
        return visit.go_on(CHOOSE)
