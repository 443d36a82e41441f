"""The two fictional agencies of the demo, and how somebody there joins and signs in. None of them exists."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from alongside.config.demo_agencies import CLINIC, PASSPHRASE, SETTLEMENT
from alongside.records.agencies.actions.admitting import found
from alongside.records.agencies.actions.joining import Joiner, invite, join
from alongside.records.agencies.actions.passkeys import add, ask_for_another
from alongside.records.agencies.content import Role
from alongside.records.agencies.proving import Shown, Site
from alongside.records.casefile.binding import Now
from alongside.sealed.onetime import code_at, new_seed

if TYPE_CHECKING:
    from datetime import date

    from alongside.records.agencies.actions.admitting import Described
    from alongside.records.agencies.content import MemberKeys
    from tests.devices import Device

__all__ = ["CLINIC", "PASSPHRASE", "SETTLEMENT"]
SITE = Site("desk.localhost", "http://desk.localhost", "Notes")
"""Where the desk of the tests is."""


@dataclass(frozen=True)
class Colleague:
    """A fictional member: how they sign in, and the keys they hold once in."""

    sign_in: str
    seed: bytes
    keys: MemberKeys


def at(day: date, minute: int = 0) -> Now:
    """Return a moment of a day: its first minute, or one later."""
    return Now(day, (day.toordinal() - 719_163) * 24 * 60 + minute)


def joined(secret: bytes, sign_in: str, now: Now, name: str = "") -> Colleague:
    """Become a member with the secret of an invitation."""
    seed = new_seed()
    code = code_at(seed, now.minute * 60 + 30)
    joiner = Joiner(sign_in, name or sign_in, PASSPHRASE, seed, code)
    keys = join(secret=secret, joiner=joiner, today=now.today, minute=now.minute)
    return Colleague(sign_in, seed, keys)


def founded(described: Described, sign_in: str, now: Now) -> Colleague:
    """Found an agency, and be its first member."""
    return joined(found(described=described, today=now.today), sign_in, now)


def beside(lead: Colleague, sign_in: str, now: Now, role: Role = Role.MEMBER) -> Colleague:
    """Be invited by a lead, and join."""
    secret = invite(keys=lead.keys, role=role, today=now.today, minute=now.minute)
    return joined(secret, sign_in, now)


def with_passkey(
    who: Colleague, device: Device, name: str = "Phone", now: Now | None = None
) -> Colleague:
    """Let a device make a passkey at the desk and add it; return the colleague with the keys they then hold."""
    now, mine = now or present(), {"keys": who.keys, "passphrase": PASSPHRASE}
    asked = ask_for_another(**mine, name=name, site=SITE, minute=now.minute)
    shown = Shown(device.make(asked["options"], SITE.origin), asked, SITE)
    return replace(who, keys=add(**mine, shown=shown, today=now.today, minute=now.minute))


def present() -> Now:
    """Return the present moment."""
    from datetime import UTC, datetime  # noqa: PLC0415 - the one place that looks at the clock

    return Now(datetime.now(tz=UTC).date(), int(time.time() // 60))
