"""Pathways: what is open to a person on a day, how steps act on one another, and in which orders they can go."""

from alongside.domain.pathways.consequences import (
    Situation,
    Turn,
    Turning,
    View,
    consequences,
    outcome_of,
)
from alongside.domain.pathways.judging import (
    STARTABLE,
    Judged,
    Standing,
    UntilKind,
    Verdict,
    judge,
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
    TIP_OFF,
    Pathway,
    Readings,
    Step,
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
