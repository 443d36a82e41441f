"""A backup holds what lasts and no word in clear; what was destroyed since stays destroyed when it comes back."""

import base64
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from alongside.records.agencies.actions.carrying import export_box
from alongside.records.agencies.actions.joining import InvitationError, invite
from alongside.records.agencies.actions.leaving import leave
from alongside.records.agencies.actions.mailing import _open
from alongside.records.agencies.actions.recovering import RecoveryError, appoint, recover
from alongside.records.agencies.actions.signing import SignInError, keep_session, sign_in
from alongside.records.agencies.content import Role
from alongside.records.agencies.models import Agency, Delivery, Member, Session
from alongside.records.agencies.queries import profile_of, signed_in
from alongside.records.backing.content import APPS, FORMAT, PASSING, kept_models
from alongside.records.casefile.actions.answering import look
from alongside.records.casefile.actions.keeping import Telling, come_back, keep_more, kept_answers
from alongside.records.casefile.actions.securing import erase, second_word
from alongside.records.casefile.actions.sharing import withdraw
from alongside.records.casefile.models import Casefile, Entry
from alongside.records.casefile.queries import conversations, who_opened
from alongside.records.gone.models import Gone
from alongside.records.journal.content import Deed
from alongside.sealed.onetime import code_at
from tests import abroad
from tests.agencies import CLINIC, PASSPHRASE, SETTLEMENT, at, beside, founded, joined, present
from tests.records.test_casefile import FACTS, NOW, TODAY, kept, shared
from tests.searching import shapes_in
from tests.stores import own_store

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
WORK = FACTS["pay.unpaid_part"].section
LATER = at(TODAY, 800)


@pytest.fixture(autouse=True)
def withdrawals(settings, tmp_path):
    settings.WITHDRAWALS_FILE = tmp_path / "withdrawals"
    return settings.WITHDRAWALS_FILE


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", NOW)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "backup"


def saved(file):
    call_command("backup", file, stdout=_Quiet())


def restored(file):
    call_command("restore", file, "--replace", stdout=_Quiet())


class _Quiet:
    def write(self, said):
        self.said = said


def rows():
    return {
        model._meta.label_lower: sorted(
            tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
            for row in model._default_manager.values_list()
        )
        for model in kept_models()
    }


def signs_in(colleague, now):
    second = now.minute * 60
    cookies = sign_in(
        name=colleague.sign_in,
        passphrase=PASSPHRASE,
        code=code_at(colleague.seed, second),
        minute=now.minute,
        second=second,
    )
    return signed_in(finds=cookies.finds, opens=cookies.opens, minute=now.minute)


def test_every_row_that_lasts_comes_back_as_it_was(clinic, file):
    mine = kept()
    note = shared(mine.keys, clinic, "work", text="Can you help?")
    look(keys=clinic.keys, own=note.id, now=NOW)
    appoint(keys=clinic.keys)
    far = abroad.admitted(clinic, founded(SETTLEMENT, "bruno", NOW), NOW)
    export_box(agency=far.id)
    now = present()  # a restore leaves out an invitation that is over by the clock
    invite(keys=clinic.keys, role=Role.MEMBER, today=now.today, minute=now.minute)
    before = rows()
    saved(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not file.with_name("backup.part").exists()
    empty = {name for name, found in before.items() if not found}
    assert empty <= {"casefile.turn"}
    for model in kept_models():
        model._default_manager.all().delete()
    call_command("restore", file, stdout=_Quiet())  # into an empty store, without --replace
    assert before["agencies.agency"][0][2] is False, "no turn was wanted"
    before["agencies.agency"] = [(*row[:2], True) for row in before["agencies.agency"]]
    assert rows() == before
    assert look(keys=clinic.keys, own=note.id, now=NOW).conversation[0].text == "Can you help?"


def test_a_backup_holds_every_model_that_lasts_and_no_other():
    every = {m._meta.label_lower for m in apps.get_models() if m.__module__.startswith("alongside")}
    kept_names = {model._meta.label_lower for model in kept_models()}
    assert every - kept_names == {"drafts.draft", *PASSING}
    instants = {m._meta.label_lower for m in apps.get_models() if hasattr(m, "ends_at")}
    assert every - kept_names == instants, "what ends at a minute passes; what ends on a day lasts"
    assert {name.partition(".")[0] for name in kept_names} == set(APPS)
    for (
        model
    ) in kept_models():  # no number of a row tells which came first, and none has to be drawn anew
        assert not model._meta.pk.get_internal_type().endswith("AutoField")


def test_no_word_stands_in_a_backup_in_any_shape(clinic, file):
    word = "zanzibar-quetzal"
    mine = kept(second="quartermoon")
    note = shared(mine.keys, clinic, "work", text=f"My boss {word} said so.")
    look(keys=clinic.keys, own=note.id, now=NOW)
    saved(file)
    words = (word, "quartermoon", CLINIC.name, "amara", PASSPHRASE, mine.number, mine.secret.hex())
    raw = file.read_bytes()
    unfolded = b"\n".join(_unpacked(raw))
    for planted in words:
        assert shapes_in(raw, planted) == []
        assert shapes_in(unfolded, planted) == []
    control = raw + json.dumps(["x", word]).encode()
    assert shapes_in(control, word) != []


def _unpacked(raw):
    """Every value of every row as it is in the store."""
    for line in raw.splitlines()[1:-1]:
        for value in json.loads(line):
            yield base64.b64decode(value) if isinstance(value, str) else str(value).encode()


def test_what_was_taken_back_after_the_backup_stays_taken_back(clinic, file):
    mine = kept({"pay.unpaid_part": True})
    note = shared(mine.keys, clinic, WORK)
    look(keys=clinic.keys, own=note.id, now=NOW)
    copied = bytes(Delivery.objects.get(id=note.id).sealed)
    saved(file)
    withdraw(keys=mine.keys.messages_only(), own=note.id, now=NOW)
    restored(file)
    seen = look(keys=clinic.keys, own=note.id, now=LATER)
    assert (seen.grant_open, seen.sections, seen.conversation) == (False, {}, [])
    # The binder is of before; the person's next visit ends the grant again and turns its keys.
    back = come_back(number=mine.number, secret=mine.secret, now=LATER)
    assert [talk.open for talk in conversations(back, TODAY)] == [False]
    assert Deed.ENDED in {line.deed for line in who_opened(back)}
    whole = second_word(keys=back, word="blue kettle", now=LATER)
    keep_more(keys=whole, telling=Telling({"pay.unpaid_part": False}, FACTS), now=LATER)
    Delivery.objects.filter(id=note.id).update(sealed=copied)
    assert look(keys=clinic.keys, own=note.id, now=LATER).answers == {"pay.unpaid_part": True}
    assert kept_answers(keys=whole) == {"pay.unpaid_part": False}


def test_what_was_erased_after_the_backup_stays_erased(clinic, file):
    mine, other = kept(), kept()
    note = shared(mine.keys, clinic, "work")
    saved(file)
    erase(keys=mine.keys, now=NOW)
    restored(file)
    assert come_back(number=mine.number, secret=mine.secret, now=LATER) is None
    assert not Entry.objects.filter(casefile=mine.keys.casefile).exists()
    assert not bytes(Delivery.objects.get(id=note.id).sealed)
    assert come_back(number=other.number, secret=other.secret, now=LATER)


def test_who_left_after_the_backup_cannot_sign_in_and_the_epoch_turns(clinic, file):
    gone = beside(clinic, "chidi", NOW)
    saved(file)
    leave(keys=clinic.keys, member=gone.keys.member, minute=NOW.minute)
    restored(file)
    with pytest.raises(SignInError):
        signs_in(gone, LATER)
    assert profile_of(clinic.keys.agency).number == 1
    keys = signs_in(clinic, LATER)
    assert keys.newest == profile_of(clinic.keys.agency).number == 2
    note = shared(kept().keys, clinic, "work")
    assert _open(gone.keys, Delivery.objects.get(id=note.id)) is None  # with the keys they copied
    assert look(keys=keys, own=note.id, now=LATER).grant_open


def test_a_used_invitation_and_custodians_who_were_replaced_open_nothing_after_a_restore(
    clinic, file
):
    code = invite(keys=clinic.keys, role=Role.LEAD, today=TODAY, minute=NOW.minute)
    before = appoint(keys=clinic.keys)
    saved(file)
    joined(code, "dalia", NOW)
    after = appoint(keys=clinic.keys)
    restored(file)
    with pytest.raises(InvitationError):
        joined(code, "esther", NOW)
    for phrases in (before, after):
        with pytest.raises(RecoveryError):
            recover(secrets=(phrases[0], phrases[1]), today=TODAY, minute=NOW.minute)


@pytest.mark.django_db(transaction=True)
def test_the_file_beside_the_store_is_enough_when_the_store_is_lost(file, withdrawals):
    clinic, mine = founded(CLINIC, "amara", NOW), kept()
    note = shared(mine.keys, clinic, "work")
    saved(file)
    erase(keys=mine.keys, now=NOW)
    assert withdrawals.stat().st_size > 0
    for model in kept_models():
        model._default_manager.all().delete()
    call_command("restore", file, stdout=_Quiet())
    assert not Casefile.objects.exists()
    assert not bytes(Delivery.objects.get(id=note.id).sealed)
    assert Gone.objects.count() == 3  # an invitation was used too


def test_a_backup_that_is_cut_or_changed_is_refused_before_the_store_is_touched(clinic, file):
    kept()
    saved(file)
    whole, before = file.read_bytes(), rows()
    lines = whole.splitlines(keepends=True)
    wrong = {
        "cut": [whole[:-1], whole[: len(whole) // 2], b"".join(lines[:-1]), b"".join(lines[1:])],
        "changed": [
            whole.replace(b"A", b"B", 1),
            b"".join([lines[0], *lines[2:]]),
            b"".join([lines[0], lines[2], lines[1], *lines[3:]]),
            whole + lines[1],
        ],
        "another": [b"", b"{}\n", b"\x00\xff", whole.replace(b'backup":1', b'backup":2')],
        "older": [whole.replace(b'"ends_on"', b'"ended_on"', 1)],
    }
    for files in wrong.values():
        for content in files:
            assert content != whole
            file.write_bytes(content)
            with pytest.raises(CommandError):
                restored(file)
            assert rows() == before
    assert clinic.keys


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (lambda raw: raw.replace(b'backup":1', b'backup":0'), f"only format {FORMAT} is read"),
        (lambda raw: raw.replace(b'"ends_on"', b'"ended_on"', 1), "another version"),
        (lambda raw: raw[:-40], "cut short or changed"),
        (lambda _: b"nothing", "not a backup"),
    ],
)
@pytest.mark.usefixtures("clinic")
def test_why_a_file_is_refused_is_said_in_one_sentence(file, changed, said):
    saved(file)
    file.write_bytes(changed(file.read_bytes()))
    with pytest.raises(CommandError, match=said):
        restored(file)


@pytest.mark.usefixtures("clinic")
def test_a_backup_of_another_site_is_told_from_a_changed_one(file, settings):
    saved(file)
    settings.SECRET_KEY = "another"
    with pytest.raises(CommandError, match="another ALONGSIDE_SECRET_KEY"):
        restored(file)


def test_a_store_with_something_in_it_is_replaced_only_when_that_is_said(clinic, file):
    saved(file)
    keep_session(keys=clinic.keys, minute=NOW.minute)
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", file)
    assert Session.objects.exists()
    restored(file)
    assert not Session.objects.exists()  # everybody signs in anew
    assert Agency.objects.count() == Member.objects.count() == 1


def test_a_backup_that_cannot_be_written_leaves_the_one_before(clinic, file, monkeypatch):
    saved(file)
    before = file.read_bytes()
    kept()
    monkeypatch.setattr("alongside.records.backing.writing.foot", _no_space)
    with pytest.raises(CommandError, match="cannot be written"):
        saved(file)
    assert file.read_bytes() == before
    assert sorted(path.name for path in file.parent.iterdir() if "backup" in path.name) == [
        "backup"
    ]
    assert clinic.keys


def _no_space(_digest):
    raise OSError(28, "No space left on device")


MEANWHILE = """
import sys, django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from django.core.management import call_command
from django.db import connection
from alongside.records.backing import writing
from alongside.records.casefile.models import Casefile
from tests.records.test_casefile import kept
call_command("migrate", verbosity=0)
Casefile.objects.all().delete()
kept()
lines, written = writing._lines, []

def keep():
    try:
        kept()
    finally:
        connection.close()

def meanwhile(head):
    for line in lines(head):
        yield line
        if not written:
            with ThreadPoolExecutor(1) as other:
                written.append(other.submit(keep).result())

writing._lines = meanwhile
head = writing.write_backup(Path(sys.argv[1]))
held = Casefile.objects.count()
call_command("restore", sys.argv[1], "--replace", verbosity=0)
print(held, Casefile.objects.count())
"""


def test_a_backup_is_of_one_moment_and_keeps_nobody_from_writing(file, tmp_path):
    """In a process and on a store of its own: pytest's, on SQLite, is in memory."""
    more = {
        "ALONGSIDE_DATABASE": own_store(tmp_path), "ALONGSIDE_WITHDRAWALS": str(tmp_path / "w"),
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", MEANWHILE, str(file)],
        cwd=ROOT,
        env=os.environ | more,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.split()[-2:] == ["2", "1"]
