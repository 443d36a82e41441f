"""Agencies: admitted by two others, members who come and go, keys that come back by two of three."""

from datetime import date, timedelta

import pytest

from alongside.domain.consent import HolderKind
from alongside.records.agencies.actions import recovering
from alongside.records.agencies.actions.admitting import (
    Described,
    accept_people,
    admit,
    found,
    propose,
)
from alongside.records.agencies.actions.joining import (
    ChoiceError,
    Field,
    InvitationError,
    Joiner,
    invite,
    join,
)
from alongside.records.agencies.actions.leaving import LastLeadError, leave
from alongside.records.agencies.actions.mailing import take_in
from alongside.records.agencies.actions.signing import (
    SignInError,
    change_passphrase,
    keep_session,
    sign_in,
    sign_out,
    sweep,
)
from alongside.records.agencies.content import NotAllowedError, Role
from alongside.records.agencies.models import Agency, Delivery, Member, Session
from alongside.records.agencies.queries import (
    accepting,
    agency_book,
    colleagues,
    profiles,
    signed_in,
)
from alongside.records.casefile.actions.answering import look
from alongside.records.journal.content import Deed
from alongside.sealed.onetime import code_at, new_seed
from tests.agencies import CLINIC, PASSPHRASE, SETTLEMENT, at, beside, founded, joined
from tests.records.test_casefile import kept, shared

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
NOW = at(TODAY, 600)
THIRD = Described("Third Example (fictional)", HolderKind.PROFESSIONAL, ("fr",), {"fr": "Autre."})


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", NOW)


@pytest.fixture
def house(clinic):  # noqa: ARG001 - founded second
    return founded(SETTLEMENT, "bruno", NOW)


def enters(who, now=NOW, passphrase=PASSPHRASE, code=None, name=None):
    second = now.minute * 60
    code = code_at(who.seed, second + 30) if code is None else code
    name = name or who.sign_in
    return sign_in(
        name=name, passphrase=passphrase, code=code, minute=now.minute, second=second + 30
    )


def later(minutes=2):
    return at(TODAY, 600 + minutes)


def test_passphrase_and_code_sign_in_and_both_cookies_are_needed(clinic):
    cookies = enters(clinic, later())
    there = signed_in(finds=cookies.finds, opens=cookies.opens, minute=later().minute)
    assert (there.member, there.epochs.keys()) == (clinic.keys.member, {1})
    other = enters(clinic, later(4))
    for finds, opens in [
        (cookies.finds, None), (None, cookies.opens), (cookies.finds, other.opens),
        (other.finds, cookies.opens), ("", ""), ("x", "y"),
    ]:  # fmt: skip
        assert signed_in(finds=finds, opens=opens, minute=later().minute) is None


def test_nothing_but_all_three_together_signs_in(clinic, house):
    wrong = [
        {"passphrase": "another long passphrase"}, {"code": "000000"}, {"name": "nobody"},
        {"name": house.sign_in}, {"code": ""}, {"code": "½" * 6},
    ]  # fmt: skip
    for change in wrong:
        with pytest.raises(SignInError):
            enters(clinic, later(), **change)


def test_a_code_is_good_once(clinic):
    enters(clinic, later())
    with pytest.raises(SignInError):
        enters(clinic, later())
    enters(clinic, later(3))


def test_a_name_is_read_however_it_is_written(clinic):
    assert enters(clinic, later(), name="  AMARA ")


def test_a_session_ends_half_an_hour_after_the_last_page(clinic):
    cookies = keep_session(keys=clinic.keys, minute=NOW.minute)
    assert signed_in(finds=cookies.finds, opens=cookies.opens, minute=NOW.minute + 29)
    assert signed_in(finds=cookies.finds, opens=cookies.opens, minute=NOW.minute + 30) is None
    again = keep_session(keys=clinic.keys, minute=NOW.minute + 29, cookies=cookies)
    assert again == cookies
    assert signed_in(finds=cookies.finds, opens=cookies.opens, minute=NOW.minute + 58)
    assert sweep(minute=NOW.minute + 29, today=TODAY) == 0
    assert sweep(minute=NOW.minute + 120, today=TODAY) == 1


def test_signing_out_ends_the_session(clinic):
    cookies = keep_session(keys=clinic.keys, minute=NOW.minute)
    sign_out(finds=cookies.finds)
    assert not Session.objects.exists()


def test_a_changed_passphrase_opens_and_the_old_one_does_not(clinic):
    with pytest.raises(SignInError):
        change_passphrase(keys=clinic.keys, now="wrong", then="quite another passphrase")
    change_passphrase(keys=clinic.keys, now=PASSPHRASE, then="quite another passphrase")
    with pytest.raises(SignInError):
        enters(clinic, later())
    assert enters(clinic, later(4), passphrase="quite another passphrase")


def test_an_invitation_lets_one_person_in_once_and_for_three_days(clinic):
    secret = invite(keys=clinic.keys, role=Role.MEMBER, today=TODAY, minute=NOW.minute)
    with pytest.raises(InvitationError):
        joined(secret, "late", at(TODAY + timedelta(days=4)))
    with pytest.raises(InvitationError):
        joined(b"\0" * 10, "stranger", NOW)
    joined(secret, "chidi", NOW)
    with pytest.raises(InvitationError):
        joined(secret, "another", NOW)
    assert [name for _, name, _ in colleagues(clinic.keys)] == ["amara", "chidi"]


@pytest.mark.parametrize(
    ("field", "change"),
    [
        (Field.SIGN_IN, {"sign_in": "Amara"}),
        (Field.SIGN_IN, {"sign_in": "  "}),
        (Field.PASSPHRASE, {"passphrase": "short"}),
        (Field.CODE, {"code": "123456"}),
    ],
)
def test_a_choice_that_cannot_stand_uses_no_invitation_up(clinic, field, change):
    secret = invite(keys=clinic.keys, role=Role.MEMBER, today=TODAY, minute=NOW.minute)
    seed = new_seed()
    good = {
        "sign_in": "chidi", "name": "", "passphrase": PASSPHRASE, "seed": seed,
        "code": code_at(seed, NOW.minute * 60 + 30),
    }  # fmt: skip
    with pytest.raises(ChoiceError) as refused:
        join(secret=secret, joiner=Joiner(**good | change), today=TODAY, minute=NOW.minute)
    assert refused.value.field is field
    assert join(secret=secret, joiner=Joiner(**good), today=TODAY, minute=NOW.minute).epochs


def test_who_leads_not_neither_invites_nor_lets_go_nor_appoints(clinic):
    member = beside(clinic, "chidi", NOW)
    for act in (
        lambda: invite(keys=member.keys, role=Role.LEAD, today=TODAY, minute=NOW.minute),
        lambda: leave(keys=member.keys, member=clinic.keys.member, minute=NOW.minute),
        lambda: recovering.appoint(keys=member.keys),
        lambda: accept_people(keys=member.keys, accepts=False),
    ):
        with pytest.raises(NotAllowedError):
            act()
    with pytest.raises(NotAllowedError):
        propose(keys=member.keys, described=THIRD, today=TODAY, minute=NOW.minute)


def test_nobody_lets_a_member_of_another_agency_go(clinic, house):
    with pytest.raises(NotAllowedError):
        leave(keys=clinic.keys, member=house.keys.member, minute=NOW.minute)


def test_who_leaves_opens_nothing_that_comes_later_even_with_all_they_copied(clinic):
    leaver = beside(clinic, "chidi", NOW)
    cookies = keep_session(keys=leaver.keys, minute=NOW.minute)
    old = shared(kept().keys, clinic, "work")
    look(keys=leaver.keys, own=old.id, now=NOW)
    turned = leave(keys=clinic.keys, member=leaver.keys.member, minute=NOW.minute)
    assert signed_in(finds=cookies.finds, opens=cookies.opens, minute=NOW.minute) is None
    with pytest.raises(SignInError):
        enters(leaver, later())
    new = shared(kept().keys, clinic, "work")

    assert take_in(keys=leaver.keys) == 0, "what came does not open to the old epoch"
    assert look(keys=turned, own=new.id, now=NOW).grant_open
    assert look(keys=turned, own=old.id, now=NOW).grant_open


def test_colleagues_signed_in_meanwhile_get_the_new_epoch(clinic):
    colleague, leaver = beside(clinic, "chidi", NOW), beside(clinic, "dana", NOW)
    cookies = keep_session(keys=colleague.keys, minute=NOW.minute)
    leave(keys=clinic.keys, member=leaver.keys.member, minute=NOW.minute)
    there = signed_in(finds=cookies.finds, opens=cookies.opens, minute=NOW.minute)
    assert there.newest == 2
    note = shared(kept().keys, clinic, "work")
    assert look(keys=there, own=note.id, now=NOW).grant_open


def test_the_last_lead_stays_while_others_are_there(clinic):
    beside(clinic, "chidi", NOW)
    with pytest.raises(LastLeadError):
        leave(keys=clinic.keys, member=clinic.keys.member, minute=NOW.minute)


def test_two_are_founded_and_every_other_is_admitted_by_two_of_them(clinic, house):
    with pytest.raises(NotAllowedError):
        found(described=THIRD, today=TODAY)
    secret = propose(keys=clinic.keys, described=THIRD, today=TODAY, minute=NOW.minute)
    third = joined(secret, "eve", NOW)
    assert THIRD.name not in {profile.name for profile in accepting()}
    for keys in (clinic.keys, third.keys):
        with pytest.raises(NotAllowedError):
            admit(keys=keys, agency=third.keys.agency, minute=NOW.minute)
    with pytest.raises(NotAllowedError):
        propose(keys=third.keys, described=CLINIC, today=TODAY, minute=NOW.minute)
    admit(keys=house.keys, agency=third.keys.agency, minute=NOW.minute)
    assert THIRD.name in {profile.name for profile in accepting()}
    assert {line.deed for line in agency_book(house.keys)} >= {Deed.ADMITTED}


def test_an_agency_that_takes_nobody_now_is_not_offered(clinic, house):
    accept_people(keys=clinic.keys, accepts=False)
    assert [profile.name for profile in accepting()] == [SETTLEMENT.name]
    accept_people(keys=clinic.keys, accepts=True)
    assert len(accepting()) == 2
    assert house.keys.agency


def test_a_profile_that_the_site_did_not_seal_is_offered_to_nobody(clinic, house):
    forged = bytes(Agency.objects.get(id=clinic.keys.agency).sealed)
    Agency.objects.create(id=b"f" * 16, sealed=forged)
    Agency.objects.filter(id=house.keys.agency).update(sealed=forged)
    assert [profile.name for profile in profiles()] == [CLINIC.name]


def test_two_of_three_custodians_bring_the_keys_back_and_one_does_not(clinic):
    one, two, three = recovering.appoint(keys=clinic.keys)
    note = shared(kept().keys, clinic, "work")
    Member.objects.all().delete()
    for wrong in ((one, one), (one, b"\0" * 10), (b"\0" * 10, b"\1" * 10)):
        with pytest.raises(recovering.RecoveryError):
            recovering.recover(secrets=wrong, today=TODAY, minute=NOW.minute)
    for pair in ((one, two), (three, one), (two, three)):
        secret = recovering.recover(secrets=pair, today=TODAY, minute=NOW.minute)
    back = joined(secret, "amara", NOW)
    assert back.keys.role is Role.LEAD
    assert look(keys=back.keys, own=note.id, now=NOW).grant_open


def test_custodians_of_two_agencies_open_neither(clinic, house):
    one, *_ = recovering.appoint(keys=clinic.keys)
    other, *_ = recovering.appoint(keys=house.keys)
    with pytest.raises(recovering.RecoveryError):
        recovering.recover(secrets=(one, other), today=TODAY, minute=NOW.minute)


def test_a_code_drawn_before_somebody_left_lets_nobody_in_after(clinic):
    lead = beside(clinic, "chidi", NOW, Role.LEAD)
    spare = invite(keys=lead.keys, role=Role.LEAD, today=TODAY, minute=NOW.minute)
    leave(keys=clinic.keys, member=lead.keys.member, minute=NOW.minute)
    with pytest.raises(InvitationError):
        joined(spare, "back-again", NOW)


def test_the_phrases_a_lead_was_told_open_nothing_once_they_left(clinic):
    lead = beside(clinic, "chidi", NOW, Role.LEAD)
    one, two, _ = recovering.appoint(keys=lead.keys)
    leave(keys=clinic.keys, member=lead.keys.member, minute=NOW.minute)
    with pytest.raises(recovering.RecoveryError):
        recovering.recover(secrets=(one, two), today=TODAY, minute=NOW.minute)
    assert not recovering.appointed(keys=clinic.keys)


def test_nobody_can_choose_an_agency_where_nobody_could_read_them(clinic):
    assert [profile.name for profile in accepting()] == [CLINIC.name]
    leave(keys=clinic.keys, member=clinic.keys.member, minute=NOW.minute)
    assert accepting() == []
    Agency.objects.update(turn_wanted=True)
    assert accepting() == []


def test_wrong_codes_after_the_right_passphrase_are_counted_and_slowed(clinic):
    for _ in range(5):
        with pytest.raises(SignInError):
            enters(clinic, later(), code="000000")
    with pytest.raises(SignInError):
        enters(clinic, later())
    assert enters(clinic, later(5))


def test_custodians_get_the_keys_of_epochs_that_begin_later(clinic):
    one, two, _ = recovering.appoint(keys=clinic.keys)
    leaver = beside(clinic, "chidi", NOW)
    leave(keys=clinic.keys, member=leaver.keys.member, minute=NOW.minute)
    note = shared(kept().keys, clinic, "work")
    secret = recovering.recover(secrets=(one, two), today=TODAY, minute=NOW.minute)
    assert look(keys=joined(secret, "fay", NOW).keys, own=note.id, now=NOW).grant_open


def test_custodians_appointed_before_open_nothing_once_others_are(clinic):
    one, two, _ = recovering.appoint(keys=clinic.keys)
    recovering.appoint(keys=clinic.keys)
    with pytest.raises(recovering.RecoveryError):
        recovering.recover(secrets=(one, two), today=TODAY, minute=NOW.minute)


def test_a_delivery_moved_into_the_box_of_another_agency_does_not_open(clinic, house):
    note = shared(kept().keys, clinic, "work")
    Delivery.objects.filter(id=note.id).update(agency=house.keys.agency)

    assert take_in(keys=house.keys) == 0
