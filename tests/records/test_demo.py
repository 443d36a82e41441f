"""The demo fills an empty store once, with fictional people one can be; nothing else ever does."""

import stat
import time

import pytest
from django.core.management import CommandError, call_command

from alongside.config.demo_agencies import PASSPHRASE, WORKERS
from alongside.config.demo_letters import LETTERS
from alongside.config.demo_store import code_at_present, prepared, read
from alongside.config.management.commands.demo import _signing_in
from alongside.library.phrases import read as read_phrase
from alongside.records.agencies.actions.mailing import take_in
from alongside.records.agencies.actions.signing import SignInError, sign_in
from alongside.records.agencies.content import State
from alongside.records.agencies.models import Agency, Member
from alongside.records.agencies.queries import cards, signed_in
from alongside.records.casefile.actions.keeping import come_back, kept_answers
from alongside.records.casefile.actions.securing import second_word
from alongside.records.casefile.models import Casefile
from alongside.records.casefile.queries import conversations
from tests.agencies import present

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(settings, tmp_path):
    settings.DEMO_SIGN_IN = tmp_path / "demo-sign-in"
    return settings.DEMO_SIGN_IN


def entered(demo, name, now):
    code, _ = code_at_present(demo.seeds[name], now.minute * 60)
    cookies = sign_in(
        name=name, passphrase=PASSPHRASE, code=code, minute=now.minute, second=now.minute * 60
    )
    return signed_in(finds=cookies.finds, opens=cookies.opens, minute=now.minute)


@pytest.mark.usefixtures("file")
def test_everybody_who_is_printed_can_sign_in_and_finds_who_wrote():
    demo, now, states = prepared(), present(), {}
    for worker in WORKERS:
        keys = entered(demo, worker.sign_in, now)
        take_in(keys=keys)
        states[worker.sign_in] = sorted((card.lang, card.state) for card in cards(keys))
    clinic = [("en", State.NEW), ("es", State.ANSWERED)]
    assert states == {"amara": clinic, "chidi": clinic, "bruno": [("ar", State.NEW)]}
    with pytest.raises(SignInError):
        entered(demo, "amara", now)  # a code is good once


@pytest.mark.usefixtures("file")
def test_one_comes_back_as_each_person_with_what_is_printed():
    demo, now = prepared(), present()
    for person, letter in zip(demo.people, LETTERS, strict=True):
        secret = read_phrase(person.phrase.words or person.phrase.digits, person.lang)
        keys = come_back(number=person.number, secret=secret, now=now)
        (talk,) = conversations(keys, now.today)
        said = [entry.text for entry in talk.entries]
        assert said == [text for text in (letter.text, letter.answer) if text]
        whole = second_word(keys=keys, word=person.second, now=now)
        assert kept_answers(keys=whole) == letter.person.answers


def test_a_second_start_makes_nothing_twice_and_says_the_same(file):
    demo = prepared()
    counts = [model.objects.count() for model in (Agency, Member, Casefile)]
    assert counts == [2, 3, 3]
    assert prepared() == demo
    assert [model.objects.count() for model in (Agency, Member, Casefile)] == counts
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    printed = "\n".join(_signing_in(demo, 8000))
    assert "fictional" in printed.splitlines()[1]
    assert "http://desk.localhost:8000/" in printed
    for person in demo.people:
        spelled = (person.phrase.words or "", person.phrase.digits, person.second)
        assert all(part in printed for part in spelled)


def test_the_file_of_another_store_says_nothing_about_this_one(file):
    prepared()
    Agency.objects.first().delete()
    assert read(file) is None
    assert prepared() is None


def test_the_file_still_tells_how_to_sign_in_once_another_agency_came(file):
    made = prepared()
    Agency.objects.create(**{**Agency.objects.values().first(), "id": b"another agency.."})
    assert read(file) == made


def test_outside_the_demo_no_store_is_filled_and_no_code_is_said(settings):
    assert settings.DEMO_SIGN_IN is None
    assert prepared() is None
    assert not Agency.objects.exists()
    with pytest.raises(CommandError, match="demo alone"):
        call_command("code", "amara")


@pytest.mark.usefixtures("file")
def test_the_code_of_a_fictional_member_is_said_in_the_demo(capsys):
    demo = prepared()
    call_command("code", "chidi")
    said = capsys.readouterr().out.split()
    around = [int(time.time()) + late for late in (0, -30)]  # a new code may begin while we look
    assert said[0] in {code_at_present(demo.seeds["chidi"], second)[0] for second in around}
    with pytest.raises(CommandError, match="amara, chidi, bruno"):
        call_command("code", "nobody")
