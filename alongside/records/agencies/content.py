"""What agencies seal: profiles, index cards, what a member is and holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from alongside.domain.consent import HolderKind

if TYPE_CHECKING:
    from datetime import date

LONGEST_NAME = 80


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
    admitted it; empty for one that was there from the beginning. ``remote``: it lives on another host, and
    deliveries are carried to it. ``renewal``: a new key of such an agency that one agency here has brought
    in and a second not yet: its number, its public half, and who brought it.
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
    remote: bool = False
    renewal: tuple[Any, ...] = ()

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

    def with_epoch(self, number: int, public: bytes) -> Profile:
        """Return it with the key of a new epoch."""
        return replace(self, number=number, public=public)


@dataclass(frozen=True, slots=True)
class EpochKeys:
    """The keys of one epoch: the private half that opens deliveries, and the list key of index cards."""

    private: bytes
    listing: bytes


@dataclass(frozen=True, slots=True)
class MemberKeys:
    """Somebody who is signed in: who, of which agency, and every key they hold. Lives in a session alone."""

    member: bytes
    agency: bytes
    name: str
    role: Role
    private: bytes
    epochs: dict[int, EpochKeys] = field(default_factory=dict)

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
            "private": self.private, "epochs": epochs,
        }  # fmt: skip

    @classmethod
    def of(cls, table: dict[str, Any]) -> MemberKeys:
        """Read it back."""
        epochs = {int(n): EpochKeys(*pair) for n, pair in table["epochs"].items()}
        return cls(**(table | {"role": Role(table["role"]), "epochs": epochs}))


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
    the grant. ``confirmed``: on which day the check-word was spoken, if it was.
    """

    id: bytes
    number: str
    lang: str
    state: State
    purpose: str
    since: int
    until: date
    confirmed: date | None = None

    def table(self) -> dict[str, Any]:
        """Return it as JSON can hold it, short."""
        return {
            "n": self.number, "l": self.lang, "s": self.state, "p": self.purpose, "m": self.since,
            "u": self.until, "c": self.confirmed,
        }  # fmt: skip

    @classmethod
    def of(cls, own: bytes, table: dict[str, Any]) -> Card:
        """Read it back."""
        return cls(
            own, table["n"], table["l"], State(table["s"]), table["p"], table["m"], table["u"], table["c"]
        )  # fmt: skip
