"""How agencies seal and open what is theirs. Used by the actions and queries of this app alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from alongside.records.agencies.content import EpochKeys, Label, Profile
from alongside.records.packing import pack, unpack
from alongside.sealed.derived import fingerprint, signing_seed, site_key, slot_of
from alongside.sealed.envelopes import Bound, NotOpenedError, seal, unseal
from alongside.sealed.pairs import seal_to, unseal_from
from alongside.sealed.signatures import public_half
from alongside.sealed.things import EPOCH, LABEL, PROFILE

if TYPE_CHECKING:
    from typing import Any

    from alongside.records.agencies.content import MemberKeys
    from alongside.sealed.things import Thing

HOST_BYTES = 16


def site_slot(purpose: str, value: str) -> bytes:
    """Return where something is found by a name or a code that the store must not hold."""
    return slot_of(site_key(settings.SECRET_KEY), purpose, value)


def host_public() -> bytes:
    """Return the public half by which other hosts know what this one signed."""
    return public_half(signing_seed(settings.SECRET_KEY))


def host_of(public: bytes) -> bytes:
    """Return what a host is called among hosts: 16 bytes that stand for its public half."""
    return fingerprint(public)[:HOST_BYTES]


def host_id() -> bytes:
    """Return what this host is called among hosts."""
    return host_of(host_public())


def origin_of(host: bytes, own: bytes) -> bytes:
    """Return what a delivery's row holds of the host it came from: nothing that a seized disk could tell."""
    return site_slot("origin", f"{host.hex()} {own.hex()}")[:HOST_BYTES]


def seal_profile(profile: Profile) -> bytes:
    """Seal a profile under the site key: who holds the store alone can neither read nor forge it."""
    key = site_key(settings.SECRET_KEY)
    return seal(PROFILE, key, pack(profile.table()), Bound(profile.id))


def open_profile(own: bytes, sealed: bytes) -> Profile:
    """Open a profile. Raises NotOpenedError when it is not what this site sealed."""
    return Profile.of(
        own, unpack(unseal(PROFILE, site_key(settings.SECRET_KEY), sealed, Bound(own)))
    )


def seal_epoch(keys: EpochKeys, agency: bytes, member: bytes, number: int, public: bytes) -> bytes:
    """Seal the keys of an epoch to one member."""
    bound = Bound(agency, member.hex(), version=number)
    return seal_to(EPOCH, public, pack([keys.private, keys.listing]), bound)


def open_epoch(
    sealed: bytes, agency: bytes, member: bytes, number: int, private: bytes
) -> EpochKeys:
    """Open the keys of an epoch with a member's private half."""
    bound = Bound(agency, member.hex(), version=number)
    return EpochKeys(*unpack(unseal_from(EPOCH, private, sealed, bound)))


def seal_label(label: Label, listing: bytes, agency: bytes) -> bytes:
    """Seal what colleagues know of a member or a custodian.

    The public half to which epochs are sealed stands in it: who can write to the store, and holds no
    list key, cannot put another in its place.
    """
    content = pack([label.name, label.role, label.public])
    return seal(LABEL, listing, content, Bound(agency, label.id.hex()))


def open_label(keys: MemberKeys, own: bytes, sealed: bytes) -> Label | None:
    """Open the label of a member or a custodian of one's own agency; None for one that was not sealed here.

    Under the newest list key alone: who left holds older ones, and could otherwise plant somebody.
    """
    try:
        raw = unseal(LABEL, keys.listing, sealed, Bound(keys.agency, own.hex()))
        name, role, public = unpack(raw)
    except NotOpenedError:
        return None
    return Label(own, name, role, public)


def open_listed(thing: Thing, keys: MemberKeys, sealed: bytes, bound: Bound) -> Any:  # noqa: ANN401 - whatever was packed
    """Open what is sealed under one of an agency's list keys, the newest first.

    Raises NotOpenedError when none of them fits.
    """
    for number in sorted(keys.epochs, reverse=True):
        try:
            return unpack(unseal(thing, keys.epochs[number].listing, sealed, bound))
        except NotOpenedError:
            continue
    raise NotOpenedError
