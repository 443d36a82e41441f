"""Sealing the keys of an epoch to two custodians at once, one seal inside the other."""

from __future__ import annotations

from alongside.records.agencies.content import EpochKeys
from alongside.records.packing import pack, unpack
from alongside.sealed.envelopes import Bound
from alongside.sealed.pairs import seal_to, unseal_from
from alongside.sealed.things import RECOVERY


def seal_recovery(
    keys: EpochKeys, agency: bytes, pair: bytes, number: int, publics: tuple[bytes, bytes]
) -> bytes:
    """Seal so that both custodians of ``pair`` are needed; ``publics`` in the order of the pair."""
    bound = Bound(agency, "both", pair, number)
    inner = seal_to(RECOVERY, publics[0], pack([keys.private, keys.listing]), bound)
    return seal_to(RECOVERY, publics[1], inner, bound._replace(place="one"))


def open_recovery(
    sealed: bytes, agency: bytes, pair: bytes, number: int, privates: tuple[bytes, bytes]
) -> EpochKeys:
    """Open with both private halves, in the order of the pair. Raises NotOpenedError."""
    bound = Bound(agency, "both", pair, number)
    inner = unseal_from(RECOVERY, privates[1], sealed, bound._replace(place="one"))
    return EpochKeys(*unpack(unseal_from(RECOVERY, privates[0], inner, bound)))
