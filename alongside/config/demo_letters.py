"""What the fictional people of the demo wrote, to whom, and the words they keep their casefiles by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.config.demo_agencies import CLINIC, SETTLEMENT
from alongside.config.demo_people import DIVYA, HASSAN, MATEO

if TYPE_CHECKING:
    from alongside.config.demo_people import Person
    from alongside.records.agencies.actions.admitting import Described


@dataclass(frozen=True)
class Letter:
    """What a fictional person wrote to an agency, the second word and the check-word they chose."""

    person: Person
    to: Described
    text: str
    second: str
    check_word: str
    answer: str = ""


LETTERS = (
    Letter(
        MATEO,
        CLINIC,
        "Hola. Trabajo en un invernadero y el patrón guarda mi pasaporte. ¿Puedo pedirlo sin perder el permiso?",
        "tetera azul",
        "río",
        "Hola, gracias por escribir. Sí, podemos ver esto con usted. ¿Qué días le conviene leer nuestras respuestas?",
    ),
    Letter(
        HASSAN,
        SETTLEMENT,
        "السلام عليكم. أغسل الصحون في مطعم ولم أتقاضَ أجري منذ وقت طويل. لا أريد الشرطة. هل يمكنكم مساعدتي؟",
        "شجرة زيتون",
        "نافذة",
    ),
    Letter(
        DIVYA,
        CLINIC,
        "I clean offices at night. My boss says I will be sent away if I ask for my pay. Is that true?",
        "yellow umbrella",
        "lake",
    ),
)
