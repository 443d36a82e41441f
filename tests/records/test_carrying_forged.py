"""Whoever carries files between hosts can lose them, and nothing else: no file of theirs ends or loses anything."""

from itertools import count

import pytest

from tests.records.between_hosts import (
    begin,
    card_of,
    carried,
    everything,
    taken_home,
    taken_in,
    three_hosts,
)

NUMBERS = count(1)
BEFORE = "taken in before"
LATER = "number=10**9"
HOUR = 3600
NO_SUCH = "no such file has"


@pytest.fixture(scope="module")
def hosts(tmp_path_factory):
    """The third host is known to the clinic's by now, as one that brings grants of its own."""
    with three_hosts(tmp_path_factory.mktemp("hosts")) as found:
        home, away, third = found
        number = third.run("host_number()")
        empty = forged(third, home.run("box(clinic)"), "items=[], over=[]")
        assert away.run(f"refused(lambda: arrived({empty!r}, {number!r}))") == ""
        yield found


def forged(by, text, other):
    """Return a box with something else in it, signed by another host as its next."""
    return by.run(f"signed_here('BOX', {text!r}, {other}, number={next(NUMBERS)})")


def carried_once(home, away):
    """Somebody wrote, the clinic opened it and answered; return the grant and one file of each kind."""
    note = begin(home, away)
    box = home.run("box(clinic)")
    receipt = away.run(f"arrived({box!r})[2]")
    assert away.run(f"seen(lead, '{note}')[0]")
    reply = f"answering.reply(keys=lead.keys, own=bytes.fromhex('{note}'), text='Yes.', now=NOW)"
    away.run(reply, "1")
    return note, box, receipt, away.run("answers()")


def is_open(away, note):
    return away.run(f"seen(lead, '{note}')[0]")


def test_a_box_under_whose_signature_something_was_changed_is_refused_whole(hosts):
    home, away, _ = hosts
    note = begin(home, away)
    carried(home, away)
    assert is_open(away, note)
    home.run("write(mine, note, 'Later.')", "1")
    box, before = home.run("box(clinic)"), everything(away)
    ends = f"over=[bytes.fromhex('{note}')]"
    for other in (ends, "items=[]", LATER, f"{ends}, items=[]"):
        wrong = home.run(f"changed('BOX', {box!r}, {other})")
        assert "not signed" in taken_in(away, wrong)[0]
    assert everything(away) == before
    assert taken_in(away, box) == [""], "the true one is taken in after them"
    assert away.run(f"seen(lead, '{note}')[2]") == ["Can you help?", "Later."]


def test_a_host_that_is_not_known_is_let_in_by_the_number_that_was_heard_and_by_no_other(tmp_path):
    with three_hosts(tmp_path) as (home, away, third):
        note = begin(home, away)
        carried(home, away)
        assert is_open(away, note)
        wrong = forged(third, home.run("box(clinic)"), f"over=[bytes.fromhex('{note}')]")
        before = everything(away)
        assert "not known here" in taken_in(away, wrong)[0]
        number = home.run("host_number()")
        assert "another number" in away.run(f"refused(lambda: arrived({wrong!r}, {number!r}))")
        assert everything(away) == before
        assert is_open(away, note)
        heard = third.run("host_number()").replace(" ", "-")
        assert away.run(f"arrived({wrong!r}, {heard!r})[:2]") == [0, 0], (
            "and ends nothing of others"
        )
        assert is_open(away, note)


def test_a_host_whose_backup_was_brought_back_goes_on_above_what_it_sent(tmp_path):
    with three_hosts(tmp_path) as (home, away, _):
        note = begin(home, away)
        carried(home, away)
        assert is_open(away, note)
        home.run(
            "from alongside.records.agencies.models import Host", "Host.objects.all().delete()", "1"
        )
        home.run(f"later = {{'time': letters.time.time() + {HOUR}}}", "1")
        home.run("letters.time = type('Later', (), {'time': lambda: later['time']})", "1")
        home.run("withdraw(mine, note)", "1")
        assert away.run(f"arrived({home.run('box(clinic)')!r})[1]") == 1, (
            "a withdrawal gets through"
        )


def test_a_known_host_ends_no_grant_of_another_not_even_one_on_its_way(hosts):
    home, away, third = hosts
    here = begin(home, away)
    carried(home, away)
    assert is_open(away, here)
    home.run("other = kept(pay__unpaid_part=True)", "1")
    ahead = home.run("shared(other, clinic, 'work').hex()")
    ends = f"over=[bytes.fromhex(x) for x in ('{here}', '{ahead}')], items=[]"
    assert away.run(f"arrived({forged(third, home.run('box(clinic)'), ends)!r})[:2]") == [0, 0]
    assert carried(home, away) == (1, 0)
    assert is_open(away, here)
    assert is_open(away, ahead)


def test_a_copy_that_another_host_brings_first_neither_opens_nor_keeps_the_true_one_out(hosts):
    home, away, third = hosts
    note = begin(home, away)
    box = home.run("box(clinic)")
    assert away.run(f"arrived({forged(third, box, 'over=[]')!r})[0]") == 1
    look = f"answering.look(keys=lead.keys, own=bytes.fromhex('{note}'), now=NOW)"
    receipt = away.run(f"arrived({box!r})[2]")
    assert away.run(f"inside('RECEIPT', {receipt!r})['ids'] == []"), "it did not arrive from there"
    assert away.run(f"refused(lambda: {look})") == "NotOpenedToUsError", (
        "the copy counts for nothing"
    )
    away.run("take_in(keys=lead.keys)")
    assert carried(home, away) == (1, 0)
    assert is_open(away, note)
    home.run("withdraw(mine, note)", "1")
    assert carried(home, away)[1] == 1, "and taking it back ends it"
    assert not is_open(away, note)


def test_each_file_is_taken_in_once_and_none_after_a_later_one(hosts):
    home, away, _ = hosts
    note, box, receipt, answers = carried_once(home, away)
    home.run("write(mine, note, 'Later.')", "1")
    second = home.run("box(clinic)")
    late = away.run(f"arrived({second!r})[2]")
    more = away.run("answers()")
    home.run("withdraw(mine, note)", "1")
    assert carried(home, away)[1] == 1
    before = everything(away)
    assert all(BEFORE in why for why in taken_in(away, box, second))
    assert everything(away) == before
    assert taken_in(home, more) == [""]
    before = everything(home)
    assert all(BEFORE in why for why in taken_in(home, receipt, late, answers, more))
    assert everything(home) == before
    assert not is_open(away, note)
    assert home.run("said(mine)") == [[False, ["Can you help?", "Yes.", "Later."]]]


def test_a_receipt_destroys_nothing_and_a_forged_one_does_nothing(hosts):
    home, away, third = hosts
    note = begin(home, away)
    box = home.run("box(clinic)")
    waiting = "bytes(Delivery.objects.get(id=note).sealed).hex()"
    sealed, before = home.run(waiting), everything(home)
    written = "dict(to=bytes.fromhex('{}'), number=10**9, agency=lead.keys.agency, ids=[])"
    empty = away.run(
        f"letters.sign_file(FileKind.RECEIPT, {written.format(home.run('host_id().hex()'))})"
    )
    ids = f"ids=[bytes.fromhex('{note}')]"
    wrong = [
        *(by.run(f"signed_here('RECEIPT', {empty!r}, {ids})") for by in (third, home)),
        away.run(f"changed('RECEIPT', {empty!r}, {ids})"),
    ]
    for why in taken_in(home, *wrong):
        assert "not from the host" in why or "not signed" in why
    assert everything(home) == before
    receipt = away.run(f"arrived({box!r})[2]")
    assert home.run(f"carrying.import_receipt(text={receipt!r})") == 1
    assert home.run(waiting) == sealed, "a true one marks it as delivered, and that is all"
    assert home.run("said(mine)[0][0]") is True


def test_what_is_gone_there_is_in_no_receipt_and_goes_on_being_sent(hosts):
    home, away, _ = hosts
    note = begin(home, away)
    away.run("from alongside.records.gone.actions import remember", "1")
    away.run(f"remember(bytes.fromhex('{note}'))", "1")
    receipt = away.run(f"arrived({home.run('box(clinic)')!r})[2]")
    assert home.run(f"carrying.import_receipt(text={receipt!r})") == 0
    assert home.run("len(inside('BOX', box(clinic))['items'])") == 1


def test_answers_are_taken_home_from_the_host_of_an_admitted_agency_alone(hosts):
    home, away, third = hosts
    _, _, _, answers = carried_once(home, away)
    before = everything(home)
    wrong = [
        *(by.run(f"signed_here('ANSWERS', {answers!r}, {LATER})") for by in (third, home)),
        away.run(f"changed('ANSWERS', {answers!r}, entries=[])"),
    ]
    for why in taken_in(home, *wrong):
        assert "not from the host" in why or "not signed" in why
    assert everything(home) == before
    assert home.run(f"home({answers!r})") == [1, 2], "and nothing was lost by them"
    assert home.run("said(mine)") == [[True, ["Can you help?", "Yes."]]]


def test_no_file_passes_for_one_of_another_kind_nor_on_another_host(hosts):
    home, away, third = hosts
    _, box, receipt, answers = carried_once(home, away)
    files = {"BOX": box, "RECEIPT": receipt, "ANSWERS": answers, "CARD": card_of(away)}
    befores = [everything(one) for one in hosts]
    for kind, text in files.items():
        for other in files.keys() - {kind}:
            named = home.run(f"relabelled({kind!r}, {text!r}, {other!r})")
            assert all(taken_in(one, named) != [""] for one in (home, away))
    for one, kinds in (
        (third, ("BOX", "RECEIPT", "ANSWERS")),
        (home, ("BOX",)),
        (away, ("RECEIPT", "ANSWERS")),
    ):
        assert all("another host" in why for why in taken_in(one, *(files[kind] for kind in kinds)))
    assert [everything(one) for one in hosts] == befores
    assert taken_home(home, away) == [1, 2]


def test_a_file_that_was_cut_anywhere_is_refused(hosts):
    home, away, _ = hosts
    _, box, receipt, answers = carried_once(home, away)
    befores = [everything(home), everything(away)]
    for one, text in ((away, box), (home, receipt), (home, answers)):
        lines = text.splitlines()
        middle = len(lines) // 2
        parts = ["", *("\n".join(lines[:n]) for n in (1, 2, 3, middle, len(lines) - 1))]
        parts += ["\n".join(lines[:middle] + lines[middle + 1 :]), "\n".join(lines[1:])]
        assert all(taken_in(one, *parts)), parts
    assert [everything(home), everything(away)] == befores


@pytest.mark.parametrize(
    "other",
    ["items=None", "items=[['x', b'y', 1]]", "items=[[bytes(16), b'', 1]]", "items=[[bytes(16), b'y', True]]",
     "items=[[bytes(16), b'y']]", "items=[[bytes(16), b'y', 2**31]]", "items={'a': 1}", "over=['x']",
     "over=[bytes(15)]", "over=5", "agency='x'", "agency=None", "number=0", "number='1'", "number=-1",
     "number=None"],
)  # fmt: skip
def test_even_a_known_host_brings_nothing_that_no_such_file_has(hosts, other):
    home, away, _ = hosts
    box, before = home.run("box(clinic)"), everything(away)
    other = other if other.startswith("number") else f"{other}, {LATER}"
    wrong = home.run(f"signed_here('BOX', {box!r}, {other})")
    assert NO_SUCH in taken_in(away, wrong)[0]
    assert everything(away) == before


def test_what_a_known_host_seals_and_nobody_can_use_keeps_nobody_from_their_box(hosts):
    home, away, _ = hosts
    home.run("from alongside.records.agencies.actions.mailing import deliver", "1")
    card = "'number': '', 'lang': 'en', 'purpose': '', 'at': 1, 'until': 'soon'"
    wrong = ("[]", "{'kind': 'grant', 'host': host_id()}", "{'kind': 'grant'}", "{'kind': 5, 'host': 5}",
             f"{{'kind': 'grant', 'host': host_id(), {card}}}")  # fmt: skip
    for content in wrong:
        home.run(f"deliver(to=profile_of(clinic), content={content}, until=TODAY)", "1")
    note = begin(home, away)
    carried(home, away)
    assert is_open(away, note)
    assert away.run("Delivery.objects.filter(card=b'').count()") == 0
