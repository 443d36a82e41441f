"""A grant goes to a host that shares no database with this one, as a file, and the answer comes home as one."""

import base64

import pytest

from tests.records.hosting import host
from tests.searching import shapes_in

WORD = "zanzibar-quetzal"


@pytest.fixture(scope="module")
def hosts(tmp_path_factory):
    """The home of a person; the host of a clinic, whose card is known there; and a third that is neither."""
    folder = tmp_path_factory.mktemp("hosts")
    with host(folder, "home") as home, host(folder, "away") as away, host(folder, "third") as third:
        for other, described in ((away, "CLINIC"), (third, "SETTLEMENT")):
            other.run(f"lead = founded({described}, 'amara', NOW)", "1")
        home.run("one = founded(replace(SETTLEMENT, name='One'), 'one', NOW)", "1")
        home.run("two = founded(replace(SETTLEMENT, name='Two'), 'two', NOW)", "1")
        bring_card(home, away)
        home.run(f"clinic = bytes.fromhex('{clinic_of(away)}')", "1")
        home.run("admit(keys=two.keys, agency=clinic, minute=NOW.minute)", "1")
        yield home, away, third


def clinic_of(away):
    return away.run("lead.keys.agency.hex()")


def card_of(away):
    return away.run("carrying.export_card(profile=carrying.profile_of(lead.keys.agency))")


def bring_card(home, away, who="one"):
    card = card_of(away)
    return home.run(
        f"refused(lambda: carrying.import_card(keys={who}.keys, text={card!r}, minute=NOW.minute))"
    )


def begin(home, away):
    """Carry what other tests left; then a new person opens work to the clinic. Return the grant."""
    carried(home, away)
    if away.run("home_carrying.hosts() != []"):
        taken_home(home, away)
    home.run("mine = kept(pay__unpaid_part=True, doc__held=True)", "1")
    return home.run("note = shared(mine, clinic, 'work')", "note.hex()")


def carried(home, away):
    """Carry the box over and the receipt back; return what was new and what ended."""
    new, ended, receipt = away.run(f"arrived({home.run('box(clinic)')!r})")
    home.run(f"carrying.import_receipt(text={receipt!r})")
    return new, ended


def taken_home(home, away):
    return home.run(f"home({away.run('answers()')!r})")


def test_the_clinic_opens_what_was_granted_and_the_person_reads_its_answer(hosts):
    home, away, _ = hosts
    note = begin(home, away)
    assert carried(home, away) == (1, 0)
    assert away.run(f"seen(lead, '{note}')") == [True, {"pay.unpaid_part": True}, ["Can you help?"]]
    assert away.run("[c.number for c in search(keys=lead.keys, text='can you', today=TODAY)] != []")
    away.run(
        f"answering.reply(keys=lead.keys, own=bytes.fromhex('{note}'), text='Yes.', now=at(TODAY, 700))",
        "1",
    )
    assert home.run("said(mine)") == [[True, ["Can you help?"]]]
    entries, lines = taken_home(home, away)
    assert (entries, lines) == (1, 2)
    assert home.run("said(mine)") == [[True, ["Can you help?", "Yes."]]]
    clinic = "Example Street Legal Clinic (fictional)"
    assert {("opened", clinic), ("replied", clinic)} <= set(map(tuple, home.run("journal(mine)")))
    assert taken_home(home, away) == [0, 0], "a second time nothing is new"
    assert away.run(f"seen(lead, '{note}')[2]") == ["Can you help?", "Yes."]


def test_what_the_person_writes_tells_and_opens_later_goes_along(hosts):
    home, away, _ = hosts
    note = begin(home, away)
    carried(home, away)
    away.run(f"seen(lead, '{note}')")
    home.run(
        "write(mine, note, 'And this?', bytes(70_000))", "more(mine, pay__unpaid_part=False)", "1"
    )
    assert carried(home, away) == (2, 0)
    opened, told, talk = away.run(f"seen(lead, '{note}')")
    assert (opened, told, talk) == (
        True,
        {"pay.unpaid_part": False},
        ["Can you help?", "And this?", 70_000],
    )
    assert "waiting" in away.run("states(lead)")
    section = home.run("FACTS['doc.held'].section")
    home.run(f"widen(mine, note, {section!r})", "1")
    carried(home, away)
    assert away.run(f"seen(lead, '{note}')[1]") == {"pay.unpaid_part": False, "doc.held": True}


def test_a_check_word_is_confirmed_there_and_more_is_asked_for(hosts):
    home, away, _ = hosts
    note = begin(home, away)
    carried(home, away)
    grant = f"keys=lead.keys, own=bytes.fromhex('{note}')"
    assert away.run(f"seen(lead, '{note}')[0]")
    assert not away.run(f"answering.confirm({grant}, word='lake', now=NOW)")
    assert away.run(f"answering.confirm({grant}, word=' River ', now=NOW)")
    away.run(f"answering.ask({grant}, section='health', text='To plan.', now=NOW)", "1")
    taken_home(home, away)
    assert home.run("said(mine)[0][1]") == ["Can you help?", "To plan."]


def test_taking_back_ends_it_there_on_arrival_and_what_came_is_destroyed(hosts):
    home, away, _ = hosts
    note = begin(home, away)
    old = home.run("box(clinic)")
    carried(home, away)
    assert away.run(f"seen(lead, '{note}')[0]")
    grant = f"Delivery.objects.get(id=bytes.fromhex('{note}'))"
    assert away.run(f"len(bytes({grant}.sealed))") > 4000
    home.run("withdraw(mine, note)", "1")
    assert carried(home, away)[1] == 1
    assert away.run(f"len(bytes({grant}.sealed))") == 0, "nobody there has to sign in for it"
    assert away.run(f"seen(lead, '{note}')") == [False, {}, []]
    assert "taken_back" in away.run("states(lead)")
    assert away.run(f"arrived({old!r})[:2]") == [0, 0], "an older file brings it back in no order"
    assert away.run(f"seen(lead, '{note}')") == [False, {}, []]


def test_a_notice_alone_ends_it_too_and_files_may_come_in_any_order(hosts):
    home, away, _ = hosts
    note = begin(home, away)
    first = home.run("box(clinic)")
    home.run("write(mine, note, 'Later.')", "1")
    second = home.run("box(clinic)")
    home.run("withdraw(mine, note)", "1")
    last = home.run("box(clinic)")
    for text in (last, second, first):
        away.run(f"arrived({text!r})[:2]")
    assert away.run("take_in(keys=lead.keys)") >= 0
    there = f"Delivery.objects.filter(id=bytes.fromhex('{note}')).exclude(sealed=b'').exists()"
    assert not away.run(there), "the last word counts, though it came first"


def test_erasing_at_home_ends_it_there(hosts):
    home, away, _ = hosts
    note = begin(home, away)
    carried(home, away)
    away.run(f"seen(lead, '{note}')")
    home.run("securing.erase(keys=mine.keys, now=NOW)", "1")
    carried(home, away)
    assert away.run(f"seen(lead, '{note}')") == [False, {}, []]
    assert "erased" in away.run("states(lead)")
    assert taken_home(home, away) == [0, 0], "nothing is taken in for a casefile that is gone"


def test_time_alone_ends_it_there_and_takes_what_was_written_there_too(hosts):
    home, away, _ = hosts
    begin(home, away)
    note = home.run("note = shared(mine, clinic, 'work', days=3)", "note.hex()")
    carried(home, away)
    assert away.run(f"seen(lead, '{note}')[0]")
    late = "at(TODAY + timedelta(days=4))"
    away.run("from datetime import timedelta", "1")
    assert away.run(f"seen(lead, '{note}', {late})[0]") is False
    away.run(f"sweep_each_hour({late}.minute)")
    there = f"Delivery.objects.get(id=bytes.fromhex('{note}')).sealed"
    assert away.run(f"len(bytes({there}))") == 0


def test_a_grant_holds_at_home_while_it_is_carried_and_after_it_arrived(hosts):
    home, away, _ = hosts
    begin(home, away)
    for _ in range(2):
        assert home.run("said(mine)[0][0]") is True
        assert carried(home, away)[1] == 0
    left = "Delivery.objects.get(id=note)"
    assert home.run(f"len(bytes({left}.sealed))") < 2000, "what arrived is not kept here"
    assert home.run("carrying.disarmour(carrying.FileKind.BOX, box(clinic))['items']") == []
    assert home.run("said(mine)[0][0]") is True


def test_a_box_for_the_clinic_opens_nothing_on_a_third_host(hosts):
    home, away, third = hosts
    note = begin(home, away)
    box = home.run("box(clinic)")
    assert "not on this host" in third.run(f"refused(lambda: arrived({box!r}))")
    # Put past that check, into the box of who is there: it is sealed to somebody else.
    third.run(
        f"rows = carrying.disarmour(carrying.FileKind.BOX, {box!r})['items']",
        "carrying._put_in(lead.keys.agency, rows, TODAY)",
        "1",
    )
    assert third.run("take_in(keys=lead.keys)") == 0
    look = f"answering.look(keys=lead.keys, own=bytes.fromhex('{note}'), now=NOW)"
    assert third.run(f"refused(lambda: {look})") == "NotOpenedToUsError"


def test_a_file_that_was_changed_or_is_another_is_refused(hosts):
    home, away, _ = hosts
    begin(home, away)
    box, card = home.run("box(clinic)"), card_of(away)
    lines = box.splitlines()
    changed = "\n".join([*lines[:5], lines[5][::-1], *lines[6:]])
    cut = "\n".join(lines[:6] + lines[-1:])
    for wrong in (changed, cut, "\n".join(lines[:-1]), "", box.replace("BOX", "CARD"), card):
        assert away.run(f"refused(lambda: arrived({wrong!r}))") != ""
    crlf = box.replace("\n", "\r\n")
    assert away.run(f"arrived({crlf!r})")[0] >= 1, (
        "a mail that changed the ends of lines did no harm"
    )
    away_answers = f"refused(lambda: home({away.run('answers()')!r}))"
    assert "another host" in away.run(away_answers)


def test_a_notice_that_somebody_forged_changes_nothing(hosts):
    """They know the grant's identity from a file that passed by, and the clinic's key from its card."""
    home, away, _ = hosts
    note = begin(home, away)
    carried(home, away)
    assert away.run(f"seen(lead, '{note}')[0]")
    home.run(
        "from alongside.records.agencies.actions.mailing import deliver",
        "forged = {'kind': 'taken_back', 'grant': note, 'at': NOW.minute, 'host': b'h' * 16, 'proof': b''}",
        "deliver(to=carrying.profile_of(clinic), content=forged, until=TODAY)",
        "1",
    )
    carried(home, away)
    assert away.run(f"seen(lead, '{note}')[0]") is True


def test_nothing_stands_in_clear_in_any_of_the_files(hosts):
    home, away, _ = hosts
    begin(home, away)
    home.run(f"note = shared(mine, clinic, 'work', text={'My boss ' + WORD!r})", "1")
    box = home.run("box(clinic)")
    receipt = away.run(f"arrived({box!r})")[2]
    away.run(
        f"answering.reply(keys=lead.keys, own=bytes.fromhex('{home.run('note.hex()')}'), text={WORD!r}, now=NOW)",
        "1",
    )
    files = [box, receipt, away.run("answers()")]
    for name in (WORD, "mateo", "river", home.run("mine.number"), "amara"):
        for text in files:
            raw = base64.b64decode("".join(text.splitlines()[3:-1]))
            assert shapes_in(text.encode(), name) == []
            assert shapes_in(raw, name) == []
    case = home.run("mine.keys.casefile.hex()")
    assert base64.b64encode(bytes.fromhex(case)) not in base64.b64decode(
        "".join(box.splitlines()[3:-1])
    )


def test_what_is_carried_keeps_within_the_metadata_budget_on_both_hosts(hosts):
    home, away, _ = hosts
    note = begin(home, away)
    home.run("write(mine, note, 'And this?', bytes(300_000))", "1")
    assert home.run("repr(overdrawn())") == "[]", "while it waits"
    carried(home, away)
    assert home.run("repr(overdrawn())") == "[]", "when it arrived"
    assert away.run("repr(overdrawn())") == "[]", "before it is taken in"
    away.run(f"seen(lead, '{note}')")
    assert away.run("repr(overdrawn())") == "[]", "and after"


def test_an_agency_of_another_host_is_admitted_by_two_and_a_new_key_of_it_too(hosts):
    home, away, _ = hosts
    state = "public(clinic)"
    number = home.run(state)[0]
    assert bring_card(home, away) == ""
    assert home.run(state) == [number, 0], "the same card changes nothing"
    away.run("lead = replace(lead, keys=turn_epoch(keys=lead.keys))", "1")
    assert bring_card(home, away) == ""
    assert bring_card(home, away) == ""
    assert home.run(state) == [number, 3], "one agency alone changes no key"
    assert bring_card(home, away, "two") == ""
    assert home.run(state) == [number + 1, 0]
    note = begin(home, away)
    carried(home, away)
    assert away.run(f"seen(lead, '{note}')[0]")


def test_a_grant_that_is_open_goes_on_under_new_keys_once_the_clinics_was_renewed(hosts):
    home, away, _ = hosts
    note = begin(home, away)
    carried(home, away)
    assert away.run(f"seen(lead, '{note}')[0]")
    away.run("lead = replace(lead, keys=turn_epoch(keys=lead.keys))", "1")
    for who in ("one", "two"):
        assert bring_card(home, away, who) == ""
    home.run("write(mine, note, 'Later.')", "more(mine, pay__unpaid_part=False)", "1")
    binder = "from alongside.records.casefile.queries import binder_of"
    assert home.run(binder, "len(binder_of(mine.keys).note(note).conversation)") == 2
    carried(home, away)
    told = {"pay.unpaid_part": False}
    assert away.run(f"seen(lead, '{note}')") == [True, told, ["Can you help?", "Later."]]
    reply = f"answering.reply(keys=lead.keys, own=bytes.fromhex('{note}'), text='Yes.', now=NOW)"
    away.run(reply, "1")
    taken_home(home, away)
    assert home.run("said(mine)[0][1]") == ["Can you help?", "Later.", "Yes."]


def test_a_card_is_refused_of_an_agency_that_lives_here_and_from_who_leads_none(hosts):
    _, away, _ = hosts
    card = card_of(away)
    own = f"refused(lambda: carrying.import_card(keys=lead.keys, text={card!r}, minute=NOW.minute))"
    assert away.run(own) == "NotAllowedError"


def test_the_operator_carries_files_by_commands(hosts, tmp_path):
    home, away, _ = hosts
    note = begin(home, away)
    name = "Example Street Legal Clinic (fictional)"
    box, receipt, back = (tmp_path / part for part in ("box", "receipt", "answers"))
    assert "is written" in home.run(f"command('carry', '--out', {str(box)!r}, '--to', {name!r})")
    said = away.run(f"command('carry', '--in', {str(box)!r}, '--receipt', {str(receipt)!r})")
    assert "deliveries are new" in said
    assert "have arrived" in home.run(f"command('carry', '--in', {str(receipt)!r})")
    assert away.run(f"seen(lead, '{note}')[0]")
    away.run(f"command('carry', '--answers', {str(back)!r})")
    assert "1 lines of journals" in home.run(f"command('carry', '--in', {str(back)!r})")
    assert box.stat().st_mode & 0o077 == 0
