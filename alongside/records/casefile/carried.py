"""On the host of an agency: casefiles whose home is another host, which are here for their answers alone.

What was opened came with the grant and stays in it, so that it is gone when the grant is. Only what the
agency writes is kept apart, in rows of the casefile's own identity, until it is carried home.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from alongside.records.agencies.actions.mailing import GRACE_DAYS
from alongside.records.casefile.binding import monday_after
from alongside.records.casefile.models import Casefile
from alongside.sealed.envelopes import new_id

if TYPE_CHECKING:
    from datetime import date


def answers_go_home(grant: dict[str, Any]) -> bool:
    """See to it that what is written under a grant finds its way home; say whether it can.

    It cannot where a grant from another host names a casefile that lives here, or came from a third,
    which no true one does.
    """
    if "host" not in grant:
        return True
    last: date = grant["until"] + timedelta(days=GRACE_DAYS)
    own, ends_on = grant["casefile"], monday_after(last)
    known = Casefile.objects.filter(id=own).values_list("slot", "salt", "ends_on").first()
    if known is None:  # the desk's role may read neither binder nor ring: no row is asked for whole
        row = Casefile(
            id=own, salt=grant["host"], binder=b"", ring=b"", ends_on=ends_on, edition=new_id()
        )
        Casefile.objects.bulk_create([row])
        return True
    carried = known[0] is None and bytes(known[1]) == grant["host"]
    if carried and known[2] < ends_on:
        Casefile.objects.filter(id=own).update(ends_on=ends_on)
    return carried
