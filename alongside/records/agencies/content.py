"""What agencies seal: profiles, index cards, what a member is and holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from alongside.domain.consent import HolderKind

if TYPE_CHECKING:
    from datetime import date

LONGEST_NAME, LONGEST_ABOUT, MOST_DAYS = 80, 300, 60
"""What an agency may say of itself, here and on the card of one on another host: in signs, and days."""


class NotAllowedError(Exception):
    """Neither this member nor this agency may do that."""


class Role(StrEnum):
    """What a member may do beside answering: a lead also invites, lets go, proposes and admits."""

    LEAD = "lead"
    MEMBER = "member"


class Standing(StrEnum):
    """Where an agency stands: proposed by one, admitted once a second agency agreed."""

    PROPOSED = "proposed"
    ADMITTED = "admitted"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person sees of an agency before choosing it, and the key to write to it.

    ``tongues``: the languages it answers in. ``about``: a sentence for each language of the pages.
    ``days``: within how many days it means to answer. ``vouched``: the agencies that proposed and
    admitted it; empty for one that was there from the beginning. ``host``: the public half of the host it
    lives on, where that is another, and deliveries are carried to it. ``renewal``: new keys of such an agency
    that one agency here has brought in and a second not yet: number, public half, host, and who brought them.
    """

    id: bytes
    name: str
    kind: HolderKind
    tongues: tuple[str, ...]
    about: dict[str, str]
    days: int
    number: int
    public: bytes
    standing: Standing
    accepts: bool = True
    vouched: tuple[bytes, ...] = ()
    host: bytes = b""
    renewal: tuple[Any, ...] = ()

    @property
    def remote(self) -> bool:
        """Whether it lives on another host."""
        return bool(self.host)

    def table(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "id"}

    @classmethod
    def of(cls, own: bytes, table: dict[str, Any]) -> Profile:
        """Read it back."""
        typed = {
            "kind": HolderKind(table["kind"]),
            "tongues": tuple(table["tongues"]),
            "standing": Standing(table["standing"]),
            "vouched": tuple(table["vouched"]),
            "renewal": tuple(table.get("renewal", ())),
        }
        return cls(**(table | typed), id=own)

    @property
    def key(self) -> tuple[int, bytes, bytes]:
        """What an admission is of, beside the words: the number of its epoch, its public half, its host's."""
        return self.number, self.public, self.host

    def with_epoch(self, number: int, public: bytes) -> Profile:
        """Return it with the key of a new epoch."""
        return replace(self, number=number, public=public)


@dataclass(frozen=True, slots=True)
class EpochKeys:
    """The keys of one epoch: the private half that opens deliveries, and the list key of index cards."""

    private: bytes
    listing: bytes


class Passkey(NamedTuple):
    """A passkey as its member sees it. ``since``: the day it was added."""

    id: bytes
    name: str
    since: date


@dataclass(frozen=True, slots=True)
class MemberKeys:
    """Somebody who is signed in: who, of which agency, and every key they hold. Lives in a session alone.

    ``passkeys``: what may stand in for their codes; they open nothing.
    """

    member: bytes
    agency: bytes
    name: str
    role: Role
    private: bytes
    epochs: dict[int, EpochKeys] = field(default_factory=dict)
    passkeys: tuple[Passkey, ...] = ()

    @property
    def newest(self) -> int:
        """The number of the newest epoch whose keys are held."""
        return max(self.epochs)

    @property
    def listing(self) -> bytes:
        """The list key to seal with."""
        return self.epochs[self.newest].listing

    def table(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        epochs = {str(n): [keys.private, keys.listing] for n, keys in self.epochs.items()}
        return {
            "member": self.member, "agency": self.agency, "name": self.name, "role": self.role,
            "private": self.private, "epochs": epochs, "passkeys": self.passkeys,
        }  # fmt: skip

    @classmethod
    def of(cls, table: dict[str, Any]) -> MemberKeys:
        """Read it back."""
        epochs = {int(n): EpochKeys(*pair) for n, pair in table["epochs"].items()}
        passkeys = tuple(Passkey(*one) for one in table.get("passkeys", ()))
        typed = {"role": Role(table["role"]), "epochs": epochs, "passkeys": passkeys}
        return cls(**(table | typed))


@dataclass(frozen=True, slots=True)
class Label:
    """What colleagues know of a member, or of a custodian, who has no name: the half to seal epochs to."""

    id: bytes
    name: str
    role: str
    public: bytes


class State(StrEnum):
    """Where a matter stands for the agency."""

    NEW = "new"
    WAITING = "waiting"
    ANSWERED = "answered"
    TAKEN_BACK = "taken_back"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Card:
    """The index card of one grant. It holds no content of the casefile.

    ``number``: what colleagues call it among themselves. ``lang``: the person's language. ``since``:
    whole minutes since 1970; waiting for us since then, or answered then. ``until``: the last day of
    the grant. ``confirmed``: on which day the check-word was spoken, if it was. ``unsure``: it was taken
    back or erased by somebody who gave number and words alone.
    """

    id: bytes
    number: str
    lang: str
    state: State
    purpose: str
    since: int
    until: date
    confirmed: date | None = None
    unsure: bool = False

    def table(self) -> dict[str, Any]:
        """Return it as JSON can hold it, short."""
        return {
            "n": self.number, "l": self.lang, "s": self.state, "p": self.purpose, "m": self.since,
            "u": self.until, "c": self.confirmed, "x": self.unsure,
        }  # fmt: skip

    @classmethod
    def of(cls, own: bytes, table: dict[str, Any]) -> Card:
        """Read it back."""
        return cls(
            own, table["n"], table["l"], State(table["s"]), table["p"], table["m"], table["u"], table["c"],
            table["x"],
        )  # fmt: skip
