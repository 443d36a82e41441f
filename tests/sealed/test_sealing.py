"""Sealing: only the right key opens, only where the thing belongs, and lengths tell next to nothing."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.sealed import things
from alongside.sealed.envelopes import (
    HEAD,
    LARGE_STEP,
    Bound,
    NotOpenedError,
    binding,
    new_id,
    new_key,
    seal,
    unseal,
)
from alongside.sealed.pairs import PUBLIC_BYTES, Pair, seal_to, unseal_from
from alongside.sealed.things import DRAFT, ENTRY, KIB, MESSAGE, THINGS
from alongside.sealed.tokens import TOKEN_BYTES, Token

KEY, HERE = new_key(), Bound(new_id(), "work", new_id(), 1)
PAIR = Pair.new()
TAG = 16


def by_key(content=b"the passport is held", bound=HERE, thing=ENTRY):
    return seal(thing, KEY, content, bound)


def to_pair(content=b"the passport is held", bound=HERE, thing=ENTRY):
    return seal_to(thing, PAIR.public, content, bound)


WAYS = {
    "key": (by_key, lambda sealed, bound=HERE, thing=ENTRY: unseal(thing, KEY, sealed, bound)),
    "pair": (
        to_pair,
        lambda sealed, bound=HERE, thing=ENTRY: unseal_from(thing, PAIR.private, sealed, bound),
    ),
}
both = pytest.mark.parametrize(("lock", "unlock"), WAYS.values(), ids=WAYS)


@both
@given(content=st.binary(max_size=5 * KIB))
def test_any_content_is_read_back_whole(lock, unlock, content):
    assert unlock(lock(content)) == content


@pytest.mark.parametrize("size", [0, 1, KIB - 5, KIB - 4, KIB, 256 * KIB, 5_000_000])
def test_content_of_any_size_is_read_back_whole(size):
    assert unseal(ENTRY, KEY, seal(ENTRY, KEY, b"x" * size, HERE), HERE) == b"x" * size


def test_another_key_does_not_open():
    with pytest.raises(NotOpenedError):
        unseal(ENTRY, new_key(), by_key(), HERE)
    with pytest.raises(NotOpenedError):
        unseal_from(ENTRY, Pair.new().private, to_pair(), HERE)


ELSEWHERE = {
    "another casefile": HERE._replace(owner=new_id()),
    "another section": HERE._replace(place="story"),
    "another entry": HERE._replace(item=new_id()),
    "another version": HERE._replace(version=2),
}


@both
@pytest.mark.parametrize("where", ELSEWHERE.values(), ids=ELSEWHERE)
def test_moved_anywhere_it_does_not_open(lock, unlock, where):
    with pytest.raises(NotOpenedError):
        unlock(lock(), where)


@both
def test_one_kind_of_thing_never_opens_as_another(lock, unlock):
    with pytest.raises(NotOpenedError):
        unlock(lock(), HERE, MESSAGE)


def test_one_shape_of_envelope_never_opens_as_the_other():
    with pytest.raises(NotOpenedError):
        unseal(ENTRY, KEY, to_pair(), HERE)
    with pytest.raises(NotOpenedError):
        unseal_from(ENTRY, PAIR.private, by_key(), HERE)


@both
@given(data=st.data())
def test_changed_anywhere_it_is_refused(lock, unlock, data):
    sealed = bytearray(lock())
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(NotOpenedError):
        unlock(bytes(sealed))


@both
@given(data=st.data())
def test_cut_short_or_grown_it_is_refused(lock, unlock, data):
    sealed = lock()
    with pytest.raises(NotOpenedError):
        unlock(sealed[: data.draw(st.integers(0, len(sealed) - 1))])
    with pytest.raises(NotOpenedError):
        unlock(sealed + data.draw(st.binary(min_size=1, max_size=40)))


def test_the_same_content_never_looks_the_same_twice():
    assert len({by_key() for _ in range(50)} | {to_pair() for _ in range(50)}) == 100


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing.name)
def test_the_length_tells_only_in_which_step_it_lies(thing):
    lengths = {len(seal(thing, KEY, b"x" * n, HERE)) for n in (0, 1, 100, thing.step - 4)}
    assert lengths == {HEAD + thing.step + TAG}
    assert len(seal(thing, KEY, b"x" * (thing.step - 3), HERE)) > max(lengths)


def test_large_content_is_told_apart_only_in_large_steps():
    sizes = (300_000, 320_000, 327_000)
    assert {len(by_key(b"x" * n)) for n in sizes} == {HEAD + 5 * LARGE_STEP + TAG}


@given(
    st.lists(
        st.tuples(
            st.binary(max_size=4), st.text(max_size=4), st.binary(max_size=4), st.integers(0, 9)
        ),
        min_size=2,
        max_size=2,
        unique=True,
    )
)
def test_no_two_bindings_read_alike(pair):
    one, other = (binding(ENTRY, b"\x01", Bound(*parts)) for parts in pair)
    assert one != other


def test_every_thing_has_a_name_of_its_own():
    assert len({thing.name for thing in THINGS}) == len(THINGS)
    named = {value for value in vars(things).values() if isinstance(value, things.Thing)}
    assert named == set(THINGS)


@pytest.mark.parametrize("public", [b"", b"x" * 32, PAIR.public[:-1], PAIR.private], ids=len)
def test_nothing_is_sealed_to_what_is_no_public_half(public):
    assert len(public) != PUBLIC_BYTES
    with pytest.raises(ValueError, match="public half"):
        seal_to(ENTRY, public, b"x", HERE)


def test_a_token_opens_its_own_and_no_other():
    mine, other = Token.new("draft"), Token.new("draft")
    sealed = mine.seal(DRAFT, b"mine")
    again = Token.read(mine.text, "draft")
    assert again is not None
    assert again.unseal(DRAFT, sealed) == b"mine"
    assert mine.slot != other.slot
    with pytest.raises(NotOpenedError):
        other.unseal(DRAFT, sealed)


def test_a_token_for_one_purpose_finds_and_opens_nothing_of_another():
    mine = Token.new("draft")
    posing = Token.read(mine.text, "session")
    assert posing is not None
    assert posing.slot != mine.slot
    with pytest.raises(NotOpenedError):
        posing.unseal(DRAFT, mine.seal(DRAFT, b"mine"), mine.slot)


def test_the_slot_alone_opens_nothing():
    mine = Token.new("draft")
    posing = Token.read(base64.urlsafe_b64encode(mine.slot).decode(), "draft")
    assert posing is not None
    with pytest.raises(NotOpenedError):
        posing.unseal(DRAFT, mine.seal(DRAFT, b"mine"), mine.slot)


def test_what_lies_in_one_slot_does_not_open_in_another():
    mine = Token.new("draft")
    with pytest.raises(NotOpenedError):
        mine.unseal(DRAFT, mine.seal(DRAFT, b"mine", Token.new("draft").slot))


@pytest.mark.parametrize(
    "wrong",
    ["", None, "x", "é", "=", "A" * 42, "A" * 44, "A" * 500, "\0" * 43, "../../etc/passwd"],
)
def test_what_is_no_token_is_none(wrong):
    assert Token.read(wrong, "draft") is None


@given(st.text(max_size=60))
def test_no_text_at_all_makes_a_token_fail(text):
    token = Token.read(text, "draft")
    assert token is None or len(base64.urlsafe_b64decode(token.text + "==")) == TOKEN_BYTES
