"""Signing: what one host signed as one kind of thing is nobody else's, and nothing else."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from alongside.sealed.derived import signing_seed, site_key
from alongside.sealed.signatures import (
    HEAD,
    SEED_BYTES,
    NotSignedError,
    public_half,
    sign,
    signed,
)

SEED, OTHER = signing_seed("a secret"), signing_seed("another")
SIGNED = sign(SEED, "BOX", b"content")


def test_what_was_signed_is_read_back_with_whose_it_is():
    found = signed("BOX", SIGNED)
    assert (found.by, found.content) == (public_half(SEED), b"content")
    assert signed("BOX", sign(SEED, "BOX", b"")).content == b""


def test_a_signature_holds_for_its_kind_alone():
    with pytest.raises(NotSignedError):
        signed("RECEIPT", SIGNED)
    with pytest.raises(NotSignedError):
        signed("BO", SIGNED)


def test_no_bit_of_it_can_be_changed_and_no_end_cut():
    for at in range(len(SIGNED)):
        wrong = SIGNED[:at] + bytes([SIGNED[at] ^ 1]) + SIGNED[at + 1 :]
        with pytest.raises(NotSignedError):
            signed("BOX", wrong)
        with pytest.raises(NotSignedError):
            signed("BOX", SIGNED[:at])
    with pytest.raises(NotSignedError):
        signed("BOX", SIGNED + b"x")


def test_a_signature_of_one_host_does_not_pass_for_one_of_another():
    other = sign(OTHER, "BOX", b"content")
    for mixed in (SIGNED[:33] + other[33:], other[:33] + SIGNED[33:]):
        with pytest.raises(NotSignedError):
            signed("BOX", mixed)


def test_the_key_signs_nothing_that_was_not_said_to_be_for_alongside():
    bare = Ed25519PrivateKey.from_private_bytes(SEED).sign(b"content")
    with pytest.raises(NotSignedError):
        signed("BOX", SIGNED[:33] + bare + SIGNED[HEAD:])


def test_each_secret_gives_a_key_of_its_own_that_is_no_other_key_of_the_host():
    assert len({SEED, OTHER, site_key("a secret"), public_half(SEED)}) == 4
    assert len(SEED) == SEED_BYTES
    assert signing_seed("a secret") == SEED
