"""Pathways: what is open to a person on a day, how steps act on one another, and in which orders they can go."""

from alongside.domain.pathways.consequences import (
    Situation,
    Turn,
    Turning,
    View,
    consequences,
    outcome_of,
)
from alongside.domain.pathways.ordering import (
    FEW,
    MOST,
    LeftOut,
    Order,
    Plan,
    PlannedStep,
    lay_out,
)
from alongside.domain.pathways.relations import Relation
from alongside.domain.pathways.weighing import (
    STARTABLE,
    TIP_OFF,
    Judged,
    Pathway,
    Readings,
    Standing,
    Step,
    UntilKind,
    Verdict,
    judge,
    weigh,
    weigh_all,
)

__all__ = [
    "FEW",
    "MOST",
    "STARTABLE",
    "TIP_OFF",
    "Judged",
    "LeftOut",
    "Order",
    "Pathway",
    "Plan",
    "PlannedStep",
    "Readings",
    "Relation",
    "Situation",
    "Standing",
    "Step",
    "Turn",
    "Turning",
    "UntilKind",
    "Verdict",
    "View",
    "consequences",
    "judge",
    "lay_out",
    "outcome_of",
    "weigh",
    "weigh_all",
]
