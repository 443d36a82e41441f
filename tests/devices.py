"""A device that makes passkeys and signs with them, in a few lines of its own: no key of it is anybody's.

Written after WebAuthn Level 3 (W3C), sections 5.8.1, 6.1 and 6.5, and not after the library under test.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import struct
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor

PRESENT, ATTESTED = 0x01, 0x40


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Device:
    """Signs for one passkey at a time, the newest. ``grows``: by how much it counts with each signature."""

    grows: int = 1
    signed: int = 0
    id_bytes: int = 16
    alg: int = -7
    flags: int = PRESENT
    kept: list[Any] = field(default_factory=list)

    def make(self, options: dict[str, Any], origin: str, /, **instead: Any) -> str:
        """Make a passkey and say so, as the page's script does."""
        key, own = generate_private_key(SECP256R1()), os.urandom(self.id_bytes)
        self.kept.append((own, key))
        point = key.public_key().public_numbers()
        cose = {1: 2, 3: self.alg, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        half = bytes(range(16)) + struct.pack(">H", len(own)) + own + cbor.encode(cose)
        data = self._data(options["rp"]["id"], ATTESTED) + half
        attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options, origin, instead)
        return self._said(own, {"clientDataJSON": client, "attestationObject": attested})

    def use(self, options: dict[str, Any], origin: str, /, **instead: Any) -> str:
        """Sign with the newest passkey, whatever place it was made for."""
        own, key = self.kept[-1]
        self.signed += self.grows
        data = self._data(options["rpId"])
        client = self._client("webauthn.get", options, origin, instead)
        signature = key.sign(data + hashlib.sha256(client).digest(), ECDSA(SHA256()))
        response = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._said(own, response)

    def _data(self, host: str, more: int = 0) -> bytes:
        place = hashlib.sha256(host.encode()).digest()
        return place + struct.pack(">BI", self.flags | more, self.signed)

    def _client(
        self, kind: str, options: dict[str, Any], origin: str, instead: dict[str, Any]
    ) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": origin}
        return json.dumps(said | {"crossOrigin": False} | instead).encode()

    def _said(self, own: bytes, response: dict[str, bytes]) -> str:
        parts = {name: b64(raw) for name, raw in response.items()}
        return json.dumps(
            {"id": b64(own), "rawId": b64(own), "type": "public-key", "response": parts}
        )
