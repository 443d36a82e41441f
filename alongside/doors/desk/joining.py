"""Joining in two pages: what is kept between them, and what the second one shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alongside.doors.desk.codes import idea, plain_digits, read_secret, square
from alongside.doors.desk.frame import Written
from alongside.records.agencies.actions.joining import (
    Field,
    InvitationError,
    Joiner,
    Joining,
    read_invitation,
    seed_for_joining,
    show_seed,
)
from alongside.records.agencies.queries import profile_of

if TYPE_CHECKING:
    from alongside.doors.desk.frame import Frame

CODE, CHOICES = "code", "join"
FAULTS = {
    Field.SIGN_IN: "desk_sign_in_name_taken",
    Field.PASSPHRASE: "desk_passphrase_short",
    Field.CODE: "desk_code_wrong",
}


@dataclass(frozen=True)
class UnderWay:
    """Somebody who is joining: the secret of the invitation, the seed they were shown, what they typed."""

    secret: bytes
    seed: bytes
    idea: str
    form: Written
    joining: Joining


def begin(frame: Frame, typed: str) -> bool:
    """Keep an invitation for the next page, with a new seed; say whether the code was one of an invitation."""
    secret = read_secret(typed, frame.lang)
    if secret is None or _read(frame, secret) is None:
        return False
    frame.keep(CHOICES, {"secret": secret, "seed": seed_for_joining(), "idea": idea(frame.lang)})
    frame.drop(CODE)
    return True


def under_way(frame: Frame) -> UnderWay | None:
    """Return who is joining; None where no invitation was kept, or it is over or used."""
    kept = frame.between(CHOICES)
    joining = _read(frame, kept["secret"]) if kept else None
    if kept is None or joining is None:
        return None
    form = Written(kept.get("typed", {}), kept.get("faults", {}))
    return UnderWay(kept["secret"], kept["seed"], kept["idea"], form, joining)


def _read(frame: Frame, secret: bytes) -> Joining | None:
    try:
        return read_invitation(secret=secret, today=frame.now.today)
    except InvitationError:
        return None


def shown(frame: Frame, found: UnderWay) -> dict[str, Any]:
    """Return what the second page shows."""
    speaks = frame.speaker
    seed = show_seed(found.seed, speaks.plain(speaks.voice.word("title")))
    return {
        "form": found.form,
        "idea": found.idea,
        "role": found.joining.role,
        "by": found.joining.by,
        "agency": profile_of(found.joining.agency),
        "seed": seed,
        "square": square(seed.address, speaks.plain(speaks.voice.word("desk_square"))),
    }


def joiner(frame: Frame, found: UnderWay) -> Joiner:
    """Return what was chosen."""
    passphrase = frame.request.POST.get("passphrase", "")
    code = plain_digits(frame.field("code"))
    return Joiner(frame.field("sign_in", 80), frame.field("name", 80), passphrase, found.seed, code)


def keep_choices(frame: Frame, found: UnderWay, fault: Field) -> None:
    """Keep what was typed, but for the passphrase and the code, and say which choice cannot stand."""
    typed = {"sign_in": frame.field("sign_in", 80), "name": frame.field("name", 80)}
    kept = {"secret": found.secret, "seed": found.seed, "idea": found.idea}
    form = {"typed": typed, "faults": {str(fault): FAULTS[fault]}}
    frame.keep(CHOICES, kept | form)
