"""Sealed drafts: only the token of a draft opens it, and the ciphertext tells next to nothing."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.sealed.drafts import NONCE_BYTES, STEP, TOKEN_BYTES, DraftKey, NotOpenedError


def test_what_was_sealed_is_read_back_under_its_token():
    key = DraftKey.new()
    again = DraftKey.read(key.token)
    assert again is not None
    assert again.open(key.seal(b"the passport is held")) == b"the passport is held"


@given(st.binary(max_size=3 * STEP))
def test_any_content_is_read_back_whole(content):
    key = DraftKey.new()
    assert key.open(key.seal(content)) == content


def test_a_token_never_opens_the_draft_of_another():
    mine, other = DraftKey.new(), DraftKey.new()
    assert mine.slot != other.slot
    with pytest.raises(NotOpenedError):
        other.open(mine.seal(b"mine"))


def test_the_slot_alone_does_not_open_the_draft():
    key = DraftKey.new()
    posing = DraftKey.read(base64.urlsafe_b64encode(key.slot).decode())
    assert posing is not None
    with pytest.raises(NotOpenedError):
        posing.open(key.seal(b"mine"))


@given(st.data())
def test_a_ciphertext_changed_anywhere_is_refused(data):
    key = DraftKey.new()
    sealed = bytearray(key.seal(b"mine"))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(NotOpenedError):
        key.open(bytes(sealed))


@given(st.integers(0, STEP + NONCE_BYTES + 15))
def test_a_ciphertext_cut_short_is_refused(length):
    key = DraftKey.new()
    with pytest.raises(NotOpenedError):
        key.open(key.seal(b"mine")[:length])


def test_a_ciphertext_moved_to_another_slot_is_refused_even_under_the_same_key():
    key = DraftKey.new()
    moved = DraftKey(key.token, DraftKey.new().slot, key._key)
    with pytest.raises(NotOpenedError):
        moved.open(key.seal(b"mine"))


def test_how_much_was_told_does_not_show():
    key = DraftKey.new()
    few, more = key.seal(b"a"), key.seal(b"a" * 10_000)
    assert len(few) == len(more)
    assert len(key.seal(b"a" * (STEP - 3))) == len(few) + STEP


def test_the_same_content_never_looks_the_same_twice():
    key = DraftKey.new()
    assert key.seal(b"mine") != key.seal(b"mine")


def test_the_token_has_256_bits_and_no_two_are_alike():
    tokens = {DraftKey.new().token for _ in range(100)}
    assert len(tokens) == 100
    assert TOKEN_BYTES == 32


@pytest.mark.parametrize(
    "wrong", ["", "a", "é", "x" * 42, "x" * 44, "../../etc", "=" * 43, "\ud800"]
)
def test_what_is_no_token_is_no_key(wrong):
    assert DraftKey.read(wrong) is None


@given(st.text(max_size=80))
def test_no_cookie_makes_reading_fail(text):
    key = DraftKey.read(text)
    assert key is None or len(key.slot) == 32
