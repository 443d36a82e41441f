"""What a device says of a passkey is believed only where everything about it is right."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.sealed.passkeys import (
    CopiedError,
    PasskeyError,
    Public,
    Site,
    ask_to_make,
    ask_to_use,
    made,
    used,
)
from tests.devices import Device

SITE = Site("desk.example.org", "https://desk.example.org", "Notes")
PORT = SITE._replace(origin="https://desk.example.org:8443")
ELSEWHERE = Site("desk.example.com", "https://desk.example.com", "Notes")


def new(device, site=SITE):
    asked = ask_to_make(site, b"h" * 16, "Phone", [])
    return made(site, asked.state, device.make(asked.options, site.origin))


def uses(device, known, *, site=SITE, asked=None, **instead: object):
    asked = asked or ask_to_use(site)
    return used(SITE, asked.state, device.use(asked.options, site.origin, **instead), known)


def test_a_passkey_made_here_signs_here_and_its_count_is_read():
    device, other = Device(), Device()
    public, another = new(device), new(other)
    assert uses(device, [another, public]) == Public(public.half, 1)


def test_what_a_device_is_asked_names_nobody_and_wants_no_attestation():
    known = new(Device())
    options = ask_to_make(SITE, b"h" * 16, "Phone", [known.half]).options
    assert (options["rp"], options["attestation"]) == ({"id": SITE.host, "name": "Notes"}, "none")
    assert options["user"] == {
        "id": "aGhoaGhoaGhoaGhoaGhoaA",
        "name": "Phone",
        "displayName": "Phone",
    }
    assert len(options["excludeCredentials"]) == 1, "a device that holds one makes no second"
    choice = options["authenticatorSelection"]
    assert (choice["residentKey"], choice["userVerification"]) == ("required", "preferred")
    assert "allowCredentials" not in ask_to_use(SITE).options, "who asks has not said who they are"
    assert json.loads(json.dumps(options)) == options


def test_no_two_questions_are_alike_and_an_answer_fits_its_own():
    device = Device()
    public = new(device)
    one, other = ask_to_use(SITE), ask_to_use(SITE)
    assert one.options["challenge"] != other.options["challenge"]
    said = device.use(one.options, SITE.origin)
    assert used(SITE, one.state, said, [public])
    with pytest.raises(PasskeyError):
        used(SITE, other.state, said, [public])


@pytest.mark.parametrize(
    "instead",
    [{"origin": "https://desk.example.org:8443"}, {"origin": "http://desk.example.org"},
     {"origin": "https://a.desk.example.org"}, {"origin": "https://example.org"},
     {"type": "webauthn.create"}, {"crossOrigin": True}, {"challenge": "AAAA"}, {"challenge": None}],
    ids=str,
)  # fmt: skip
def test_another_page_another_kind_or_another_question_is_refused(instead):
    device = Device()
    public = new(device)
    with pytest.raises(PasskeyError):
        uses(device, [public], **instead)


@pytest.mark.parametrize(
    "instead",
    [{"origin": "https://example.org"}, {"type": "webauthn.get"}, {"crossOrigin": True},
     {"challenge": "AAAA"}],
    ids=str,
)  # fmt: skip
def test_none_is_made_for_another_page_kind_or_question(instead):
    asked = ask_to_make(SITE, b"h" * 16, "Phone", [])
    with pytest.raises(PasskeyError):
        made(SITE, asked.state, Device().make(asked.options, SITE.origin, **instead))


def test_a_passkey_signs_for_no_other_host_even_where_the_page_says_it_is_this_one():
    device = Device()
    public = new(device)
    asked = ask_to_use(ELSEWHERE)
    with pytest.raises(PasskeyError):
        uses(device, [public], asked=asked)


def test_what_is_not_among_the_known_is_refused_and_so_is_one_that_says_it_is():
    device, other = Device(), Device()
    public = new(device)
    new(other)
    with pytest.raises(PasskeyError):
        uses(other, [public])
    with pytest.raises(PasskeyError):
        uses(device, [])
    other.kept[-1] = (device.kept[-1][0], other.kept[-1][1])
    with pytest.raises(PasskeyError):
        uses(other, [public])


@pytest.mark.parametrize("flags", [0x00, 0x04])
def test_nobody_at_the_device_is_nobody(flags):
    device = Device()
    public = new(device)
    device.flags = flags
    with pytest.raises(PasskeyError):
        uses(device, [public])


@pytest.mark.parametrize(
    ("before", "now", "good"),
    [(0, 0, True), (4, 5, True), (5, 5, False), (5, 4, False), (5, 0, False)],
)
def test_a_count_that_does_not_grow_is_a_copy_and_one_that_never_counts_is_none(before, now, good):
    device = Device(grows=0)
    public = new(device)._replace(signed=before)
    device.signed = now
    if good:
        assert uses(device, [public]).signed == now
    else:
        with pytest.raises(CopiedError):
            uses(device, [public])


@pytest.mark.parametrize("change", [{"alg": -35}, {"alg": -65535}, {"id_bytes": 600}], ids=str)
def test_a_kind_of_key_that_was_not_asked_for_and_one_too_long_for_a_vault_are_refused(change):
    with pytest.raises(PasskeyError):
        new(Device(**change))


def test_the_model_of_the_device_is_not_kept():
    assert new(Device()).half[:16] == bytes(16)


def refused(said):
    make, use = ask_to_make(SITE, b"h" * 16, "Phone", []), ask_to_use(SITE)
    with pytest.raises(PasskeyError):
        made(SITE, make.state, said)
    with pytest.raises(PasskeyError):
        used(SITE, use.state, said, [])


@given(st.text(max_size=200))
def test_no_text_at_all_is_a_passkey(said):
    refused(said)


@pytest.mark.parametrize(
    "said",
    ["", "{}", "[]", "null", "1", "[" * 9000, '{"rawId":"","response":{}}', '{"rawId":1,"response":1}'],
    ids=lambda said: said[:12],
)  # fmt: skip
def test_nothing_written_by_hand_fails_in_another_way(said):
    refused(said)


def test_a_signature_changed_in_any_place_is_refused():
    device, asked = Device(), ask_to_use(SITE)
    public = new(device)
    said = json.loads(device.use(asked.options, SITE.origin))
    for name, raw in said["response"].items():
        for at in (0, len(raw) // 2, -2):
            wrong = raw[:at] + ("A" if raw[at] != "A" else "B") + raw[at:][1:]
            changed = said | {"response": said["response"] | {name: wrong}}
            with pytest.raises(PasskeyError):
                used(SITE, asked.state, json.dumps(changed), [public])
    assert used(SITE, asked.state, json.dumps(said), [public])
