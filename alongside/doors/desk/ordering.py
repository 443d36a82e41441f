"""Ordering at the desk: the steps a practitioner looks at, in order, of what was opened and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alongside.domain.pathways import MOST
from alongside.domain.rules import Goal
from alongside.doors.showing.cards import by_code
from alongside.doors.showing.ordering import FIRST, MATTERS, STEPS, Ordering
from alongside.doors.showing.practising import page_of
from alongside.doors.showing.speaking import book
from alongside.doors.showing.tabling import Tabled, grounds_of

if TYPE_CHECKING:
    from alongside.doors.desk.frame import Frame
    from alongside.records.casefile.actions.answering import Opened

FAULT = "fault"


def choose(frame: Frame, code: str) -> str:
    """Keep what was chosen, sealed; return where on the page it shows."""
    name, posted = f"o:{code}", frame.request.POST
    if first := frame.field("first", 20):
        kept = frame.between(name) or {}
        frame.keep(name, kept | {FIRST: [first] if first in by_code() else []})
        return "#tried"
    steps = [step for step in posted.getlist("step") if step in by_code()]
    matters = [word for word in posted.getlist("matter") if word in set(Goal)]
    fault = "plan_too_many" if len(steps) > MOST else ""
    frame.keep(name, {MATTERS: matters, STEPS: steps, FIRST: [], FAULT: fault})
    return "#f-step" if fault else "#orders"


def shown(opened: Opened, frame: Frame, code: str) -> dict[str, Any]:
    """Return what the page of orders shows, made of what was opened alone."""
    answers, today = opened.answers, frame.now.today
    kept = frame.between(f"o:{code}") or {}
    return {
        **page_of(answers, today),
        "card": opened.card,
        "code": code,
        "opened": opened,
        "plan": Tabled(Ordering(answers, book().look(answers, today), kept)),
        "goals": list(Goal),
        "grounds_of": grounds_of,
        "fault": kept.get(FAULT, ""),
    }
