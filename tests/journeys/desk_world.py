"""Fills the store of a running server for the journeys at its desk; prints what they need, as JSON.

Run in a process of its own, as the server's store is not the tests': ``python -m tests.journeys.desk_world``.
"""

from __future__ import annotations

import json

import django

INVITATIONS = 4


def main() -> None:
    """Found the clinic, invite some colleagues, let some people write."""
    from alongside.domain.facts import Silence  # noqa: PLC0415 - after Django's settings
    from alongside.library.phrases import digits_of  # noqa: PLC0415 - the same
    from alongside.records.agencies.actions.joining import invite  # noqa: PLC0415 - the same
    from alongside.records.agencies.actions.signing import keep_session  # noqa: PLC0415 - the same
    from alongside.records.agencies.content import Role  # noqa: PLC0415 - the same
    from alongside.records.casefile.actions import sharing  # noqa: PLC0415 - the same
    from tests.agencies import beside, present, with_passkey  # noqa: PLC0415 - the same
    from tests.devices import Device  # noqa: PLC0415 - the same
    from tests.doors.desking import a_while_ago, clinic, somebody_wrote  # noqa: PLC0415 - the same
    from tests.people import HASSAN, MATEO  # noqa: PLC0415 - the same

    amara, now = with_passkey(clinic(), Device()), present()
    dana, erin = (beside(amara, name, a_while_ago()) for name in ("dana", "erin"))
    told = MATEO.answers | {"goal.first": "papers", "goal.police_contact": Silence.UNKNOWN}
    files = [sharing.Attached("slip.jpg", "image/jpeg", b"j" * 4000)]
    open_ = [
        somebody_wrote(amara, told, "work", "plans", "health", text="¿Me ayudan?", files=files)
        for _ in range(INVITATIONS)
    ]
    over = somebody_wrote(amara, HASSAN.answers, "work", lang="ar")
    sharing.withdraw(keys=over.keys, own=over.note.id, now=now)
    inviting = {"keys": amara.keys, "role": Role.LEAD, "today": now.today, "minute": now.minute}
    invitations = [digits_of(invite(**inviting)) for _ in range(INVITATIONS)]
    cookies, erins = (keep_session(keys=who.keys, minute=now.minute) for who in (amara, erin))
    print(  # noqa: T201 - the one who started this reads it
        json.dumps({
            "invitations": invitations,
            "cards": [wrote.code for wrote in open_],
            "over": over.code,
            "cookies": {"s": cookies.finds, "u": cookies.opens},
            "seed": dana.seed.hex(),
            "erin": {"s": erins.finds, "u": erins.opens, "seed": erin.seed.hex()},
            "held": amara.keys.passkeys[0].id.hex(),
            "leaver": dana.keys.member.hex(),
        })
    )  # fmt: skip


if __name__ == "__main__":
    django.setup()
    main()
