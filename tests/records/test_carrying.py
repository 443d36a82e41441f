"""A grant goes to a host that shares no database with this one, as a file, and the answer comes home as one."""

import base64
import re

import pytest

from tests.agencies import CLINIC
from tests.records.between_hosts import (
    begin,
    bring_card,
    card_of,
    carried,
    clinic_of,
    everything,
    taken_home,
    taken_in,
    three_hosts,
)
from tests.searching import shapes_in

WORD, BEFORE = "zanzibar-quetzal", "taken in before"


@pytest.fixture(scope="module")
def hosts(tmp_path_factory):
    with three_hosts(tmp_path_factory.mktemp("hosts")) as found:
        yield found


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
    assert BEFORE in taken_in(away, old)[0]
    assert away.run(f"seen(lead, '{note}')") == [False, {}, []]


def test_a_notice_alone_ends_it_too_and_files_may_come_in_any_order(hosts):
    home, away, _ = hosts
    note = begin(home, away)
    first = home.run("box(clinic)")
    home.run("write(mine, note, 'Later.')", "1")
    second = home.run("box(clinic)")
    home.run("withdraw(mine, note)", "1")
    last = home.run("box(clinic)")
    taken_in(away, last, second, first)
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
    assert home.run("inside('BOX', box(clinic))['items']") == [], "what arrived is not sent again"
    assert home.run("len(bytes(Delivery.objects.get(id=note).sealed)) > 4000"), (
        "nor is it destroyed"
    )
    assert home.run("said(mine)[0][0]") is True


def test_what_a_host_lost_goes_there_again_when_asked_and_twice_does_no_harm(hosts):
    home, away, _ = hosts
    note = begin(home, away)
    home.run("write(mine, note, 'And this?')", "1")
    carried(home, away)
    assert away.run(f"seen(lead, '{note}')[2]") == ["Can you help?", "And this?"]
    again = home.run("box(clinic, again=True)")
    away.run(f"arrived({again!r})[:2]")
    assert away.run(f"seen(lead, '{note}')[2]") == ["Can you help?", "And this?"]
    away.run(f"Delivery.objects.filter(id=bytes.fromhex('{note}')).delete()", "1")
    assert carried(home, away) == (0, 0), "nobody here knows that it was lost there"
    lost = home.run("box(clinic, again=True)")
    away.run(f"arrived({lost!r})[:2]")
    assert away.run(f"seen(lead, '{note}')[2]") == ["Can you help?", "And this?"]


def test_a_box_for_the_clinic_opens_nothing_on_a_third_host(hosts):
    home, away, third = hosts
    note = begin(home, away)
    box = home.run("box(clinic)")
    assert "for another host" in third.run(f"refused(lambda: arrived({box!r}))")
    # Put past that check, into the box of who is there: it is sealed to somebody else.
    third.run(
        f"by, content = letters.open_file(FileKind.BOX, {box!r})",
        "carrying._put_in(lead.keys.agency, letters.host_of(by), content['items'], TODAY)",
        "1",
    )
    assert third.run("take_in(keys=lead.keys)") == 0
    look = f"answering.look(keys=lead.keys, own=bytes.fromhex('{note}'), now=NOW)"
    assert third.run(f"refused(lambda: {look})") == "NotOpenedToUsError"


def test_a_file_that_was_changed_or_is_another_is_refused(tmp_path):
    with three_hosts(tmp_path) as (home, away, _):
        begin(home, away)
        changed_or_another(home, away)


def changed_or_another(home, away):
    box, card, before = home.run("box(clinic)"), card_of(away), everything(away)
    lines = box.splitlines()
    changed = "\n".join([*lines[:5], lines[5][::-1], *lines[6:]])
    cut = "\n".join(lines[:6] + lines[-1:])
    for wrong in (changed, cut, "\n".join(lines[:-1]), "", box.replace("BOX", "CARD"), card):
        assert away.run(f"refused(lambda: arrived({wrong!r}))") != ""
    assert everything(away) == before
    crlf = box.replace("\n", "\r\n")
    assert away.run(f"arrived({crlf!r})[:2]") == [1, 0], "a mail changed the ends of lines, no more"
    note = home.run("note.hex()")
    away.run(f"seen(lead, '{note}')")
    assert "another host" in taken_in(away, away.run("answers()"))[0]


def test_a_notice_that_somebody_forged_changes_nothing(hosts):
    """They know the grant's identity from a file that passed by, and the clinic's key from its card."""
    home, away, _ = hosts
    note = begin(home, away)
    carried(home, away)
    assert away.run(f"seen(lead, '{note}')[0]")
    home.run(
        "from alongside.records.agencies.actions.mailing import deliver",
        "forged = {'kind': 'taken_back', 'grant': note, 'at': NOW.minute, 'host': host_id(), 'proof': b''}",
        "deliver(to=profile_of(clinic), content=forged, until=TODAY)",
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
    assert home.run(state) == [number, False], "the same card changes nothing"
    away.run("lead = replace(lead, keys=turn_epoch(keys=lead.keys))", "1")
    assert bring_card(home, away) == ""
    assert bring_card(home, away) == ""
    assert home.run(state) == [number, True], "one agency alone changes no key"
    assert bring_card(home, away, "two") == ""
    assert home.run(state) == [number + 1, False]
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
    home, away, _ = hosts
    card = card_of(away)
    assert away.run(f"refused(lambda: brought(lead.keys, {card!r}))") == "here"
    home.run("helper = beside(two, 'helper', NOW)", "1")
    assert home.run(f"refused(lambda: brought(helper.keys, {card!r}))") == "NotAllowedError"


def test_operators_carry_everything_by_commands_from_the_first_card_on(hosts, tmp_path):
    home, _, away = hosts
    ours, theirs = "One", away.run("profile_of(lead.keys.agency).name")
    card, box, receipt, back = (str(tmp_path / part) for part in ("card", "box", "receipt", "back"))

    def said(host, *words: str):
        return host.run(f"command('carry', {', '.join(map(repr, words))})")

    def refused(host, *words: str):
        return host.run(f"refused(lambda: command('carry', {', '.join(map(repr, words))}))")

    key = number_in(said(away, "--card", card, "--of", theirs))
    assert "at the desk" in refused(home, "--in", card)
    home.run(f"brought(one.keys, open({card!r}).read())", "1")
    home.run(f"far = bytes.fromhex('{clinic_of(away)}')", "1")
    assert f"There are: {CLINIC.name}." in refused(home, "--out", box, "--to", ours)
    assert theirs not in refused(home, "--out", box, "--to", theirs), "nothing waits for it yet"
    home.run(f"admit(keys=two.keys, agency=far, minute=NOW.minute, number={key!r})", "1")
    home.run("mine = kept(pay__unpaid_part=True)", "1")
    note = home.run("shared(mine, far, 'work').hex()")
    number = number_in(said(home, "--out", box, "--to", theirs))
    assert "--number" in refused(away, "--in", box, "--receipt", receipt)
    assert "another number" in refused(away, "--in", box, "--receipt", receipt, "--number", key)
    there = ("--in", box, "--receipt", card, "--number", number)
    assert "exists" in refused(away, *there), "without its receipt it is not taken in"
    assert "1 deliveries are new" in said(
        away, "--in", box, "--receipt", receipt, "--number", number
    )
    assert BEFORE in refused(away, "--in", box)
    assert "1 deliveries have arrived" in said(home, "--in", receipt)
    assert away.run(f"seen(lead, '{note}')[0]")
    said(away, "--answers", back)
    assert "1 lines of journals" in said(home, "--in", back)
    again = str(tmp_path / "again")
    said(home, "--out", again, "--to", theirs, "--again")
    assert "0 deliveries are new" in said(away, "--in", again), "and needs no number any more"
    (tmp_path / "no text").write_bytes(b"\xff\xfe")
    assert "no file of Alongside" in refused(home, "--in", str(tmp_path / "no text"))
    assert all((tmp_path / part).stat().st_mode & 0o077 == 0 for part in ("card", "box", "receipt"))


def number_in(said):
    return re.search(r"\d{4}(?: \d{4}){5}", said)[0]
