"""A referral: from a service that was chosen to a person and a service that have met, as far as the person consents."""

from alongside.domain.referral.consenting import Consent, ConsentError, readable
from alongside.domain.referral.deadlines import Due, due, reminded
from alongside.domain.referral.events import Event, Mode, Referral, again, redirected
from alongside.domain.referral.moving import advance
from alongside.domain.referral.table import ENDS, EVENTS, OUTCOMES, TASK, RefusedError

__all__ = [
    "ENDS", "EVENTS", "OUTCOMES", "TASK", "Consent", "ConsentError", "Due", "Event", "Mode", "Referral",
    "RefusedError", "advance", "again", "due", "readable", "redirected", "reminded",
]  # fmt: skip
