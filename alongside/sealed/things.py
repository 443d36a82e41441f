"""Everything that is ever sealed, in one table: under whose key, in which step, bound to what.

Nothing is sealed that is not named here: :mod:`alongside.sealed.envelopes` and
:mod:`alongside.sealed.pairs` take a :class:`Thing`. The page docs/reference/sealed-things.md is
written from this table.
"""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024


@dataclass(frozen=True, slots=True)
class Thing:
    """One kind of sealed thing.

    ``name``: the first part of what its ciphertext is bound to, never changed once used.
    ``step``: in bytes; content is padded to the next multiple, so that lengths tell little.
    ``owner``, ``place``, ``item``: what the three bound identities are for this thing; empty when unused.
    ``opened_by``: who can open it, for people to read. ``holds``: what is in it.
    """

    name: str
    step: int
    owner: str
    place: str
    item: str
    opened_by: str
    holds: str


DRAFT = Thing(
    "draft",
    32 * KIB,
    "slot",
    "",
    "",
    "the cookie of one browser",
    "answers and pieces of an account, for thirty minutes, and the keys of who came back",
)
LOOKED = Thing(
    "looked",
    DRAFT.step,
    "slot",
    "",
    "",
    "the fourth cookie of one browser",
    "what somebody looked for in the Book, for thirty minutes",
)
BINDER = Thing(
    "binder",
    8 * KIB,
    "casefile",
    "",
    "",
    "the return phrase",
    "the grants, the keys of conversations, the private key for answers",
)
CLOSED = Thing(
    "closed",
    KIB,
    "casefile",
    "",
    "closing",
    "the return phrase and the second word",
    "a binder, inside of what stands in its place while an erase waits that was asked for without the second word",
)
RING = Thing(
    "ring",
    4 * KIB,
    "casefile",
    "",
    "",
    "the return phrase and the second word",
    "every version of every section key",
)
TURN = Thing(
    "turn",
    KIB,
    "casefile",
    "",
    "turn",
    "the return phrase and the second word",
    "section keys turned while the second word was not given",
)
ENTRY = Thing(
    "entry",
    KIB,
    "casefile",
    "section",
    "entry",
    "who holds that version of the section key",
    "answers, pieces of an account, files",
)
MESSAGE = Thing(
    "message",
    KIB,
    "casefile",
    "conversation",
    "entry",
    "the person and one agency",
    "what they write to each other",
)
LINE = Thing(
    "line",
    KIB,
    "book",
    "",
    "line",
    "the person, or the agency",
    "one line of the journal: who did what on which day",
)
PACKAGE = Thing(
    "package",
    2 * KIB,
    "agency",
    "",
    "delivery",
    "the epoch key of one agency",
    "a grant: section keys, what for, until when; or a notice",
)
HELD = Thing(
    "held",
    KIB,
    "agency",
    "",
    "delivery",
    "the list key of one agency",
    "a grant, once it was taken in",
)
CARD = Thing(
    "card",
    KIB // 2,
    "agency",
    "",
    "delivery",
    "the list key of one agency",
    "the index card: language, state, days; no contents",
)
PROFILE = Thing(
    "profile",
    8 * KIB,
    "agency",
    "",
    "",
    "the site key, which is not in the store",
    "name, kind, languages, epoch key: what the page shows to choose from",
)
EPOCH = Thing(
    "epoch",
    KIB // 2,
    "agency",
    "member",
    "epoch",
    "one member",
    "the private half of an epoch key, and the list key",
)
VAULT = Thing(
    "vault",
    8 * KIB,
    "agency",
    "member",
    "",
    "the vault half of a passphrase",
    "the member's private key, TOTP seed, public halves of passkeys",
)
LABEL = Thing(
    "label",
    2 * KIB,
    "agency",
    "member",
    "",
    "the list key of one agency",
    "a member's name and role, for colleagues; the public half of a member or custodian",
)
INVITATION = Thing(
    "invitation",
    16 * KIB,
    "slot",
    "",
    "",
    "the invitation's code",
    "the epoch keys, the agency, the role",
)
SESSION = Thing(
    "session",
    16 * KIB,
    "slot",
    "",
    "",
    "the second cookie of one browser",
    "the keys of a member who is signed in, names of their passkeys",
)
BETWEEN = Thing(
    "between",
    4 * KIB,
    "slot",
    "",
    "",
    "the third cookie of one browser",
    "what was written at the desk and not yet sent, codes shown once, a seed, what a device is asked: for half an hour",
)
CUSTODIAN = Thing(
    "custodian",
    KIB // 2,
    "agency",
    "custodian",
    "",
    "the custodian's phrase",
    "the custodian's private key",
)
RECOVERY = Thing(
    "recovery",
    KIB // 2,
    "agency",
    "pair",
    "epoch",
    "two custodians together",
    "an epoch key and its list key",
)
PARCEL = Thing(
    "parcel",
    16 * KIB,
    "agency",
    "",
    "delivery",
    "the epoch key of one agency on another host",
    "a grant or a notice, with the sealed entries it opens: carried as a file",
)
HOST = Thing(
    "host",
    KIB,
    "slot",
    "",
    "",
    "the site key, which is not in the store",
    "whether a host that files come from is known, and the number of the last file each way",
)

THINGS = (
    DRAFT, LOOKED, BINDER, CLOSED, RING, TURN, ENTRY, MESSAGE, LINE, PACKAGE, HELD, CARD, PROFILE, EPOCH, VAULT,
    LABEL, INVITATION, SESSION, BETWEEN, CUSTODIAN, RECOVERY, PARCEL, HOST,
)  # fmt: skip
