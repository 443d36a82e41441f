"""Passkeys beside one-time codes: a second factor and nothing more, each answer good once, none that was removed."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.records.agencies.actions import recovering
from alongside.records.agencies.actions.joining import ChoiceError, Field
from alongside.records.agencies.actions.leaving import leave
from alongside.records.agencies.actions.passkeys import MOST, add, ask, ask_for_another, remove
from alongside.records.agencies.actions.signing import (
    SignInError,
    change_passphrase,
    keep_session,
    sign_in,
)
from alongside.records.agencies.content import MemberKeys
from alongside.records.agencies.models import Member, Session
from alongside.records.agencies.proving import Shown, Site
from alongside.records.agencies.queries import agency_book, signed_in
from alongside.records.casefile.actions.answering import look
from alongside.records.journal.content import Deed
from alongside.records.packing import pack, unpack
from alongside.sealed.envelopes import HEAD
from alongside.sealed.things import VAULT
from tests.agencies import CLINIC, PASSPHRASE, SITE, at, beside, founded, joined, with_passkey
from tests.devices import Device
from tests.records.test_agencies import enters
from tests.records.test_casefile import kept, shared

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
NOW, LATER = at(TODAY, 600), at(TODAY, 602)
NEW = "quite another passphrase"


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", NOW)


def added(who, device, name="Phone"):
    return with_passkey(who, device, name, NOW)


def asked(now=LATER):
    """What the door asks, as it comes back out of what is kept between two pages."""
    return unpack(pack(ask(site=SITE, minute=now.minute)))


def answer(device, question=None):
    question = question or asked()
    return Shown(device.use(question["options"], SITE.origin), question, SITE)


def in_with(who, shown, now=LATER, passphrase=PASSPHRASE):
    return enters(who, now, passphrase=passphrase, code=shown)


def deeds(who):
    return [(line.deed, line.who) for line in agency_book(who.keys)]


def test_passphrase_and_passkey_sign_in_and_so_does_the_code_still(clinic):
    device = Device()
    amara = added(clinic, device)
    assert [(one.name, one.since) for one in amara.keys.passkeys] == [("Phone", TODAY)]
    cookies = in_with(amara, answer(device))
    there = signed_in(finds=cookies.finds, opens=cookies.opens, minute=LATER.minute)
    assert (there.member, there.passkeys) == (clinic.keys.member, amara.keys.passkeys)
    assert enters(clinic, LATER)
    assert enters(clinic, at(TODAY, 604)), "a passkey uses no code up, and a code no passkey"
    assert in_with(amara, answer(device), at(TODAY, 604))
    assert deeds(clinic)[:5] == [(Deed.SIGNED_IN, "amara")] * 4 + [(Deed.PASSKEY_ADDED, "amara")]


def test_the_passkey_alone_opens_nothing(clinic):
    device = Device()
    amara = added(clinic, device)
    with pytest.raises(SignInError):
        in_with(amara, answer(device), passphrase="a long fictional passphrasf")
    with pytest.raises(SignInError):
        sign_in(name="nobody", passphrase=PASSPHRASE, code=answer(device),
                minute=LATER.minute, second=LATER.minute * 60)  # fmt: skip


def test_an_answer_is_good_for_the_question_it_answers(clinic):
    device, question = Device(), asked()
    amara = added(clinic, device)
    shown = answer(device, question)
    for instead in (None, asked(), question | {"until": LATER.minute}):
        with pytest.raises(SignInError):
            in_with(amara, shown._replace(asked=instead))
    assert in_with(amara, shown)


def test_even_with_its_question_an_answer_is_not_taken_twice_by_a_device_that_counts(clinic):
    device, question = Device(), asked()
    amara = added(clinic, device)
    shown = answer(device, question)
    assert in_with(amara, shown)
    with pytest.raises(SignInError):
        in_with(amara, shown)


def test_a_copied_passkey_is_refused_and_the_agency_reads_of_it(clinic):
    device = Device()
    amara = added(clinic, device)
    copy = replace(device, kept=list(device.kept))
    assert in_with(amara, answer(device))
    with pytest.raises(SignInError):
        in_with(amara, answer(copy))
    assert deeds(clinic)[0] == (Deed.PASSKEY_COPIED, "amara")
    assert in_with(amara, answer(device)), "the one that counted on stays good"


def test_the_passkey_of_somebody_else_signs_in_nobody_but_them(clinic):
    device, theirs = Device(), Device()
    amara, chidi = added(clinic, device), added(beside(clinic, "chidi", NOW), theirs)
    with pytest.raises(SignInError):
        in_with(amara, answer(theirs))
    with pytest.raises(SignInError):
        in_with(chidi, answer(device))
    assert in_with(chidi, answer(theirs))


def test_a_passkey_made_at_another_desk_is_refused(clinic):
    device = Device()
    amara = added(clinic, device)
    for place in (SITE._replace(origin="http://desk.localhost:81"),
                  Site("desk.example.com", "https://desk.example.com", "Notes")):  # fmt: skip
        question = ask(site=place, minute=LATER.minute)
        shown = Shown(device.use(question["options"], place.origin), question, SITE)
        with pytest.raises(SignInError):
            in_with(amara, shown)


def test_wrong_passkeys_and_wrong_codes_are_counted_together_and_slowed(clinic):
    device = Device()
    amara = added(clinic, device)
    unknown = Device(kept=[(b"x" * 16, device.kept[0][1])])
    for wrong in ("000000", answer(unknown), "000000",
                  Shown("", asked(), SITE), Shown("{}", None, SITE)):  # fmt: skip
        with pytest.raises(SignInError):
            in_with(amara, wrong)
    with pytest.raises(SignInError):
        in_with(amara, answer(device))
    with pytest.raises(SignInError):
        enters(clinic, LATER)
    assert in_with(amara, answer(device, asked(at(TODAY, 605))), at(TODAY, 605))


def test_a_removed_passkey_is_refused_even_where_an_older_vault_is_brought_back(clinic):
    device, other = Device(), Device()
    amara = added(added(clinic, device), other, "Key")
    older = Member.objects.filter(id=amara.keys.member).values().get()
    first, second = amara.keys.passkeys
    keys = remove(keys=amara.keys, passphrase=PASSPHRASE, passkey=first.id, minute=NOW.minute)
    assert keys.passkeys == (second,)
    assert deeds(clinic)[0] == (Deed.PASSKEY_REMOVED, "amara")
    with pytest.raises(SignInError):
        in_with(amara, answer(device))
    assert in_with(amara, answer(other))
    Member.objects.filter(id=amara.keys.member).update(**older)
    with pytest.raises(SignInError):
        in_with(amara, answer(device))
    cookies = in_with(amara, answer(other))
    there = signed_in(finds=cookies.finds, opens=cookies.opens, minute=LATER.minute)
    assert there.passkeys == (second,)


def test_to_add_and_to_remove_the_passphrase_is_asked_and_other_sessions_end(clinic):
    device, minute = Device(), NOW.minute
    elsewhere = keep_session(keys=clinic.keys, minute=minute)
    with pytest.raises(SignInError):
        ask_for_another(
            keys=clinic.keys, passphrase="not this one", name="x", site=SITE, minute=minute
        )
    assert signed_in(**elsewhere._asdict(), minute=minute)
    amara = added(clinic, device)
    assert signed_in(**elsewhere._asdict(), minute=minute) is None
    elsewhere = keep_session(keys=amara.keys, minute=minute)
    own = amara.keys.passkeys[0].id
    with pytest.raises(SignInError):
        remove(keys=amara.keys, passphrase="not the passphrase", passkey=own, minute=minute)
    assert signed_in(**elsewhere._asdict(), minute=minute)
    remove(keys=amara.keys, passphrase=PASSPHRASE, passkey=own, minute=minute)
    assert signed_in(**elsewhere._asdict(), minute=minute) is None


def test_what_was_asked_at_the_door_adds_no_passkey_nor_does_one_too_late(clinic):
    device, more = Device(), {"keys": clinic.keys, "passphrase": PASSPHRASE}
    question = ask_for_another(**more, name="Phone", site=SITE, minute=NOW.minute)
    said = device.make(question["options"], SITE.origin)
    late = question | {"until": NOW.minute}
    door = {key: found for key, found in question.items() if key not in {"handle", "name"}}
    for wrong in (None, late, door, question | {"state": asked()["state"]}):
        with pytest.raises(ChoiceError) as refused:
            add(**more, shown=Shown(said, wrong, SITE), today=TODAY, minute=NOW.minute)
        assert refused.value.field is Field.PASSKEY
    assert add(**more, shown=Shown(said, question, SITE), today=TODAY, minute=NOW.minute).passkeys


def test_one_member_is_one_random_user_to_a_device_and_their_name_is_not_in_it(clinic):
    users = []
    for who in (clinic, clinic, beside(clinic, "chidi", NOW)):
        asking = {"keys": who.keys, "passphrase": PASSPHRASE, "site": SITE, "minute": NOW.minute}
        options = ask_for_another(**asking, name="Key")["options"]
        users.append(options["user"]["id"])
        assert "amara" not in str(options)
        added(who, Device())
    assert users[1] != users[2]
    asking = {"keys": clinic.keys, "passphrase": PASSPHRASE, "site": SITE, "minute": NOW.minute}
    again = [ask_for_another(**asking, name="Key")["options"] for _ in range(2)]
    assert again[0]["user"]["id"] == again[1]["user"]["id"]
    assert len(again[0]["excludeCredentials"]) == 2, "a device that has one makes no second"


def test_a_full_vault_is_as_long_as_an_empty_one_and_takes_no_more(clinic):
    """The longest there can be: identities of 256 bytes, keys of 272 as RSA has them, names of four-byte signs."""
    amara, length = clinic, HEAD + VAULT.step + 16
    assert len(bytes(Member.objects.get(id=amara.keys.member).sealed)) == length
    for _ in range(MOST):
        amara = added(amara, Device(id_bytes=256 + 272 - 77), "𐀀" * 40)
    assert len(bytes(Member.objects.get(id=amara.keys.member).sealed)) == length
    with pytest.raises(ChoiceError):
        added(amara, Device())
    session = keep_session(keys=amara.keys, minute=NOW.minute)
    assert signed_in(**session._asdict(), minute=NOW.minute).passkeys == amara.keys.passkeys
    assert MemberKeys.of(unpack(pack(amara.keys.table()))) == amara.keys


def test_nothing_of_a_passkey_stands_readable_in_the_store(clinic):
    device = Device()
    amara = added(clinic, device, "Zanzibar")
    in_with(amara, answer(device))
    own = device.kept[0][0]
    rows = [row for model in (Member, Session) for row in model.objects.values_list()]
    raw = b"".join(bytes(v) for row in rows for v in row if isinstance(v, (bytes, memoryview)))
    assert own not in raw
    assert b"Zanzibar" not in raw
    assert amara.keys.passkeys[0].id not in raw


def test_it_works_on_under_a_changed_passphrase(clinic):
    device = Device()
    amara = added(clinic, device)
    change_passphrase(keys=amara.keys, now=PASSPHRASE, then=NEW)
    with pytest.raises(SignInError):
        in_with(amara, answer(device))
    assert in_with(amara, answer(device), passphrase=NEW)


def test_who_was_let_go_comes_in_with_no_passkey_even_where_their_row_is_put_back(clinic):
    device = Device()
    chidi = added(beside(clinic, "chidi", NOW), device)
    row = Member.objects.filter(id=chidi.keys.member).values().get()
    leave(keys=clinic.keys, member=chidi.keys.member, minute=NOW.minute)
    for _ in range(2):
        with pytest.raises(SignInError):
            in_with(chidi, answer(device))
        Member.objects.get_or_create(**row)


def test_custodians_bring_keys_back_and_no_passkey_while_that_of_a_colleague_works_on(clinic):
    device, theirs = Device(), Device()
    amara, chidi = added(clinic, device), added(beside(clinic, "chidi", NOW), theirs)
    one, two, _ = recovering.appoint(keys=amara.keys)
    note = shared(kept().keys, amara, "work")
    secret = recovering.recover(secrets=(one, two), today=TODAY, minute=NOW.minute)
    back = joined(secret, "amara anew", NOW)
    assert back.keys.passkeys == ()
    with pytest.raises(SignInError):
        in_with(back, answer(device))
    assert in_with(chidi, answer(theirs))
    fresh = Device()
    back = added(back, fresh)
    assert in_with(back, answer(fresh))
    assert look(keys=back.keys, own=note.id, now=NOW).grant_open
