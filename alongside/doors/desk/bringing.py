"""Bringing in the card of an agency on another host: its file first, what stands in it, and then the proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alongside.doors.desk.agency import known
from alongside.doors.desk.frame import Written
from alongside.doors.showing.arriving import arriving
from alongside.records.agencies.actions.admitting import lead_of_admitted
from alongside.records.agencies.actions.introducing import (
    LONGEST_CARD,
    CardError,
    import_card,
    read_card,
)

if TYPE_CHECKING:
    from alongside.doors.desk.frame import Frame

CARD, FILE = "card", "file"


def shown(frame: Frame) -> dict[str, Any]:
    """Return what the page shows: a field for the file, or what stands in the card that was brought.

    Raises NotAllowedError for who leads no admitted agency.
    """
    lead_of_admitted(frame.keys)
    form = frame.written(CARD)
    if not form["text"]:
        return {"form": form, "found": None}
    try:
        card = read_card(keys=frame.keys, text=form["text"])
    except CardError as error:  # another brought one in meanwhile
        return {"form": _refused(error), "found": None}
    return {"form": form, "found": known(card.profile), "does": card.does}


def take(frame: Frame) -> None:
    """Take the file of a card, and keep it, sealed, for the page that shows it; or say why it is none.

    Raises NotAllowedError for who leads no admitted agency.
    """
    lead_of_admitted(frame.keys)
    brought = frame.request.FILES.get(FILE)
    if brought is None or brought.size is None:
        large = FILE in arriving(frame.request).too_large
        frame.keep(CARD, _fault("large" if large else "missing"))
    elif brought.size > LONGEST_CARD:
        frame.keep(CARD, _fault("large"))
    else:
        text = brought.read().decode("utf-8", errors="replace")
        try:
            read_card(keys=frame.keys, text=text)
        except CardError as error:
            frame.keep(CARD, _refused(error))
        else:
            frame.keep(CARD, Written({"text": text}))


def propose(frame: Frame) -> bool:
    """Bring in the card that was shown; say whether it was. Raises NotAllowedError."""
    text = frame.written(CARD)["text"]
    try:
        import_card(keys=frame.keys, text=text, minute=frame.now.minute)
    except CardError as error:
        frame.keep(CARD, _refused(error) if text else _fault("missing"))
        return False
    frame.drop(CARD)
    return True


def _refused(error: CardError) -> Written:
    return _fault(error.fault)


def _fault(name: str) -> Written:
    return Written({}, {FILE: f"desk_bring_{name}"})
