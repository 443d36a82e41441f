"""Two fictional agencies of the demo and who works there; the tests use them too. None of them exists."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.domain.consent import HolderKind
from alongside.records.agencies.actions.admitting import Described

CLINIC = Described(
    "Example Street Legal Clinic (fictional)",
    HolderKind.LAWYER,
    ("en", "fr", "es"),
    {
        "en": "Lawyers and students who help workers with papers and pay. Free.",
        "fr": "Des avocates et des stagiaires qui aident pour les papiers et la paie. Gratuit.",
    },
)
SETTLEMENT = Described(
    "Sample House Settlement Services (fictional)",
    HolderKind.COMMUNITY,
    ("en", "ar", "es"),
    {
        "en": "Help with a place to stay, food, school and forms, in many languages.",
        "fr": "De l'aide pour le logement, la nourriture, l'école et les formulaires.",
    },
)


@dataclass(frozen=True)
class Worker:
    """Somebody who works at a fictional agency: the name they sign in with, and what they do there."""

    sign_in: str
    name: str
    does: str
    agency: Described


AMARA = Worker("amara", "Amara", "lawyer, leads the clinic", CLINIC)
CHIDI = Worker("chidi", "Chidi", "student at the clinic", CLINIC)
BRUNO = Worker("bruno", "Bruno", "settlement worker, leads the house", SETTLEMENT)
WORKERS = (AMARA, CHIDI, BRUNO)
PASSPHRASE = "a long fictional passphrase"  # noqa: S105 - it guards fiction
