"""Letters: files from one host to another, signed by who wrote them, each read once and none out of order.

A letter names the host it is for, and a number that grows from one to the next. What is not signed by a
host that is known here, is for another, or is older than what was taken in, is refused as a whole. Every
letter holds what its next one would have to repeat, so that nothing is lost where one is passed over.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from django.conf import settings

from alongside.records.agencies.models import Host
from alongside.records.agencies.sealing import HOST_BYTES, host_id, host_of, site_slot
from alongside.records.armour import FileKind, NotReadError, armour, digits_of, disarmour
from alongside.records.packing import pack, unpack, unpack_foreign
from alongside.sealed.derived import signing_seed, site_key
from alongside.sealed.envelopes import Bound, NotOpenedError, seal, unseal
from alongside.sealed.signatures import NotSignedError, sign, signed
from alongside.sealed.things import HOST

VERSION = 1


class Letter(NamedTuple):
    """A letter that is for this host, as it was signed. ``by``: the public half of who signed it."""

    kind: FileKind
    by: bytes
    number: int
    content: dict[str, Any]

    @property
    def host(self) -> bytes:
        """What the host that wrote it is called among hosts."""
        return host_of(self.by)


@dataclass(slots=True)
class _Known:
    """What is remembered of a host. ``known``: boxes of it are taken in, since its number was compared.

    ``sent``: the number of the last letter to it. ``came``: the number of the last one of each kind from it.
    """

    known: bool = False
    sent: int = 0
    came: dict[str, int] = field(default_factory=dict)


def sign_file(kind: FileKind, content: dict[str, Any]) -> str:
    """Write a file that this host signs."""
    raw = pack({"version": VERSION} | content)
    return armour(kind, sign(signing_seed(settings.SECRET_KEY), kind, raw))


def open_file(kind: FileKind, text: str) -> tuple[bytes, dict[str, Any]]:
    """Return the public half of who signed a file, and its content. Raises NotReadError.

    Nothing is said of whether that host is known.
    """
    try:
        by, raw = signed(kind, disarmour(kind, text))
        content = unpack_foreign(raw)
    except NotSignedError as error:
        msg = "This file is not signed by the host that it names, or was changed since."
        raise NotReadError(msg) from error
    except ValueError as error:
        msg = "This file holds something that no such file has."
        raise NotReadError(msg) from error
    if content.pop("version", None) != VERSION:
        msg = "This file was written by another version, and is not read here."
        raise NotReadError(msg)
    return by, content


def write_letter(kind: FileKind, *, to: bytes, content: dict[str, Any]) -> str:
    """Write a letter to a host, by what it is called. Called in a transaction that took its turn."""
    known = _known(to)
    # Minutes since 1970, so that a host whose backup was brought back goes on above what it had sent.
    known.sent = max(known.sent + 1, int(time.time() // 60))
    _keep(to, known)
    return sign_file(kind, {"to": to, "number": known.sent} | content)


def read_letter(kind: FileKind, text: str) -> Letter:
    """Read a letter that is for this host. Raises NotReadError; nothing is said of whether its writer is known."""
    by, content = open_file(kind, text)
    if content.get("to") != host_id():
        msg = "This file is for another host."
        raise NotReadError(msg)
    number = _each([content.get("number")], is_whole)[0]
    return Letter(kind, by, number, content)


def take_next(letter: Letter, *, about: bytes = b"") -> None:
    """Note that a letter is taken in. Called in a transaction that took the turn of its host.

    ``about``: the agency, where there is one. Raises NotReadError for one that is not newer than the last.
    """
    known, stream = _known(letter.host), f"{letter.kind} {about.hex()}"
    if letter.number <= known.came.get(stream, 0):
        msg = "This file, or a later one from there, was taken in before: nothing in it is missing here."
        raise NotReadError(msg)
    known.came[stream] = letter.number
    _keep(letter.host, known)


def let_in(letter: Letter, number: str) -> None:
    """Know the host that wrote a letter from now on, by its number, as somebody heard it by phone.

    Called in a transaction that took its turn. Raises NotReadError for one that is not known and whose
    number this is not.
    """
    known = _known(letter.host)
    if known.known:
        return
    heard = "".join(sign for sign in number if sign.isascii() and sign.isdigit())
    if not heard:
        msg = (
            "This box comes from a host that is not known here. Ask who runs it for its number, by a phone "
            "number that you found yourself, and take the file in again with --number."
        )
        raise NotReadError(msg)
    if heard != digits_of(letter.by).replace(" ", ""):
        msg = "The host that wrote this box has another number than that. Do not take it in."
        raise NotReadError(msg)
    known.known = True
    _keep(letter.host, known)


def turn_of(host: bytes) -> bytes:
    """Return the name of the turn in which letters from and to a host are written and taken in."""
    return _slot(host)


def _slot(host: bytes) -> bytes:
    return site_slot("host", host.hex())


def _known(host: bytes) -> _Known:
    slot = _slot(host)
    sealed = Host.objects.filter(slot=slot).values_list("sealed", flat=True).first()
    if sealed is None:
        return _Known()
    try:
        key = site_key(settings.SECRET_KEY)
        return _Known(**unpack(unseal(HOST, key, bytes(sealed), Bound(slot))))
    except NotOpenedError:  # not from here: as if nothing were known
        return _Known()


def _keep(host: bytes, known: _Known) -> None:
    slot = _slot(host)
    sealed = seal(HOST, site_key(settings.SECRET_KEY), pack(asdict(known)), Bound(slot))
    Host.objects.update_or_create(slot=slot, defaults={"sealed": sealed})


# What stands in a letter: known hosts sign it, and still nothing is taken for what it is not.

Fits = Callable[[object], bool]


def is_identity(value: object) -> bool:
    """Say whether a value is an identity of 16 bytes."""
    return isinstance(value, bytes) and len(value) == HOST_BYTES


def is_bytes(value: object) -> bool:
    """Say whether a value is bytes, one or more."""
    return isinstance(value, bytes) and bool(value)


def is_whole(value: object) -> bool:
    """Say whether a value is a whole number that the store has room for."""
    return type(value) is int and 0 < value < 2**31


def identity_in(content: dict[str, Any], name: str) -> bytes:
    """Return an identity of a letter. Raises NotReadError where there is none."""
    return bytes(_each([content.get(name)], is_identity)[0])


def identities_in(content: dict[str, Any], name: str) -> list[bytes]:
    """Return a list of identities of a letter, each once. Raises NotReadError where it is none."""
    return list(dict.fromkeys(_each(content.get(name), is_identity)))


def rows_in(content: dict[str, Any], name: str, *fits: Fits) -> list[list[Any]]:
    """Return a list of rows of a letter, each with its identity first, each once. Raises NotReadError."""

    def is_row(row: object) -> bool:
        return isinstance(row, list) and len(row) == len(fits) and all(map(_fit, fits, row))

    return list({row[0]: row for row in _each(content.get(name), is_row)}.values())


def _fit(fits: Fits, value: object) -> bool:
    return fits(value)


def _each(found: object, fits: Fits) -> list[Any]:
    if not isinstance(found, list) or not all(map(fits, found)):
        msg = "This file holds something that no such file has."
        raise NotReadError(msg)
    return found
