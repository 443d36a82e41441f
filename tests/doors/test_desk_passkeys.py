"""Passkeys at the desk: added, used beside the passphrase, removed; and every way in which that may fail."""

import json
import logging

import pytest
from django.conf import settings

from alongside.records.agencies.actions.passkeys import MOST
from alongside.records.agencies.models import Between
from alongside.records.agencies.queries import agency_book
from alongside.records.journal.content import Deed
from tests.agencies import PASSPHRASE, beside, with_passkey
from tests.devices import Device
from tests.doors.desking import ORIGIN, Deskmate, a_while_ago, clinic, code_of

pytestmark = pytest.mark.django_db
WRONG = "Name, passphrase and passkey do not fit together"
WORKS = "/en/i/"


@pytest.fixture
def device():
    return Device()


@pytest.fixture
def amara(device):
    return with_passkey(clinic(), device, "Zanzibar phone")


def asked_for(mate, name="Zanzibar phone"):
    """Ask for a new passkey, as the script does; return what the device is asked."""
    assert mate.send("a/k/", move="ask", name=name, passphrase=PASSPHRASE)["Location"] == "/en/y/"
    return mate.get("y/").json()


def test_it_is_added_shown_with_its_day_and_signs_in():
    amara, device = clinic(), Device()
    mate = Deskmate(amara)
    said = device.make(asked_for(mate), ORIGIN)
    answer = mate.send("a/k/", move="passkey", passphrase=PASSPHRASE, passkey=said)
    assert (answer.status_code, answer["Location"]) == (303, "/en/a/k/")
    page = mate.text("a/k/")
    assert "Your passkey is added." in page
    assert "Zanzibar phone · since" in page
    assert "added a passkey" in mate.text("a/j/1/")
    assert 'href="/en/a/k/"' in mate.html("a/")
    stranger = Deskmate()
    answer = stranger.use_passkey(amara, device)
    assert (answer.status_code, answer["Location"]) == (303, WORKS)
    assert "Zanzibar phone" in stranger.text("a/k/")


def test_the_code_signs_in_as_before_and_is_all_there_is_without_scripts(amara):
    mate = Deskmate()
    html = mate.html()
    button = html.split('value="passkey"')[1].split(">")[0]
    assert "hidden" in button, "the script shows it"
    assert mate.sign_in(amara, passkey="{}")["Location"] == WORKS
    assert "data-whole hidden>" in mate.html("a/k/")
    assert "the six-digit code is enough" in mate.text("a/k/")


@pytest.mark.parametrize(
    "instead",
    [{"name": "nobody"}, {"passphrase": "a long fictional passphrasf"}, {"passkey": ""},
     {"passkey": "{}"}, {"passkey": "x" * 20_000}, {"name": "", "passphrase": ""}],
    ids=lambda instead: str(instead)[:30],
)  # fmt: skip
def test_whatever_is_wrong_the_page_says_the_same(amara, device, instead):
    mate = Deskmate()
    assert mate.use_passkey(amara, device, **instead)["Location"] == "/en/"
    html = mate.html()
    assert WRONG in html
    assert "fictional passphras" not in html
    assert not {settings.SESSION_COOKIE, settings.UNLOCK_COOKIE} & set(mate.client.cookies)


def test_the_door_asks_everybody_the_same_so_that_nobody_learns_who_has_one(amara):
    mate = Deskmate()
    asked = []
    for name in (amara.sign_in, "nobody"):
        mate.send("y/", name=name, passphrase=PASSPHRASE)
        asked.append(mate.get("y/").json())
    assert asked[0].pop("challenge") != asked[1].pop("challenge")
    assert asked[0] == asked[1]
    assert asked[0]["rpId"] == "desk.localhost"


def test_an_answer_is_taken_once_whether_it_was_right_or_wrong(amara):
    mate, device = Deskmate(), Device(grows=0)
    amara = with_passkey(amara, device, "never counts")
    mate.send("y/")
    fields = {"name": amara.sign_in, "move": "passkey",
              "passkey": device.use(mate.get("y/").json(), ORIGIN)}  # fmt: skip
    assert mate.send("", passphrase="not this one", **fields)["Location"] == "/en/"
    assert mate.get("y/")["Location"] == "/en/", "nothing is asked any more"
    assert mate.send("", passphrase=PASSPHRASE, **fields)["Location"] == "/en/"
    assert mate.use_passkey(amara, device)["Location"] == WORKS


def test_an_answer_taken_from_another_browser_is_refused_in_this_one(amara, device):
    theirs, mine = Deskmate(), Deskmate()
    theirs.send("y/")
    said = device.use(theirs.get("y/").json(), ORIGIN)
    assert mine.use_passkey(amara, device, passkey=said)["Location"] == "/en/"
    assert Deskmate().send("", name=amara.sign_in, passphrase=PASSPHRASE, passkey=said,
                           move="passkey")["Location"] == "/en/"  # fmt: skip


@pytest.mark.parametrize(
    "origin", ["https://desk.localhost", "http://localhost", "http://desk.localhost:81"]
)
def test_an_answer_given_to_another_page_is_refused(amara, device, origin):
    mate = Deskmate()
    mate.send("y/")
    said = device.use(mate.get("y/").json(), origin)
    fields = {"name": amara.sign_in, "passphrase": PASSPHRASE, "move": "passkey"}
    assert mate.send("", passkey=said, **fields)["Location"] == "/en/"


def test_a_colleagues_passkey_is_refused(amara):
    theirs = Device()
    with_passkey(beside(amara, "chidi", a_while_ago()), theirs, "Key")
    assert Deskmate().use_passkey(amara, theirs)["Location"] == "/en/"


def test_what_is_asked_is_sealed_and_gone_with_the_time(monkeypatch):
    mate = Deskmate()
    mate.send("y/")
    challenge = mate.get("y/").json()["challenge"]
    row = Between.objects.latest("ends_at")
    assert challenge.encode() not in bytes(row.sealed)
    assert challenge not in str(mate.client.cookies)
    monkeypatch.setattr("alongside.records.agencies.actions.between.MINUTES", 0)
    mate.send("y/")
    assert mate.get("y/")["Location"] == "/en/"


def test_to_remove_it_the_passphrase_is_asked(amara, device):
    mate, elsewhere = Deskmate(amara), Deskmate(amara)
    at = f"a/k/{code_of(amara.keys.passkeys[0].id)}/"
    assert at in mate.html("a/k/")
    assert "Remove Zanzibar phone?" in mate.text(at)
    assert mate.send(at, passphrase="not this one")["Location"] == f"/en/{at}"
    assert "This is not your present passphrase." in mate.text(at)
    assert mate.send(at, passphrase=PASSPHRASE)["Location"] == "/en/a/k/"
    page = mate.text("a/k/")
    assert "The passkey is removed." in page
    assert "You have none." in page
    assert mate.get(at).status_code == 404
    assert elsewhere.get("i/")["Location"] == "/en/", "other sessions end"
    assert Deskmate().use_passkey(amara, device)["Location"] == "/en/"
    assert agency_book(amara.keys)[0].deed is Deed.PASSKEY_REMOVED


def test_a_colleagues_passkey_is_not_there_to_be_removed(amara):
    chidi = with_passkey(beside(amara, "chidi", a_while_ago()), Device(), "Key")
    at = f"a/k/{code_of(chidi.keys.passkeys[0].id)}/"
    assert Deskmate(amara).send(at, passphrase=PASSPHRASE).status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"name": " "}, "Give it a name"), ({"passphrase": "no"}, "not your present passphrase")],
    ids=["no name", "wrong passphrase"],
)
def test_a_device_is_asked_to_make_one_only_where_name_and_passphrase_can_stand(fields, said):
    mate, form = Deskmate(clinic()), {"move": "ask", "name": "Phone", "passphrase": PASSPHRASE}
    assert mate.send("a/k/", **(form | fields))["Location"] == "/en/a/k/"
    html = mate.html("a/k/")
    assert said in html.split('role="alert"')[1].split("</div>")[0]
    assert f'value="{fields.get("name", "Phone").strip()}"' in html
    assert mate.get("y/")["Location"] == "/en/"


def test_what_a_device_did_not_make_now_is_not_added(amara):
    mate = Deskmate(amara)
    said = Device().make(asked_for(mate, "Key"), ORIGIN)
    form = {"move": "passkey", "passphrase": PASSPHRASE}
    mate.send("a/k/", **form, passkey=json.dumps({"id": "x"}))
    assert "No passkey was added" in mate.text("a/k/")
    mate.send("a/k/", **form, passkey=said)
    assert "No passkey was added" in mate.text("a/k/"), "it was asked once"
    said = Device().make(asked_for(mate, "Key"), ORIGIN)
    mate.send("a/k/", **(form | {"passphrase": "no"}), passkey=said)
    assert "not your present passphrase" in mate.text("a/k/")
    assert "Zanzibar phone" in mate.text("a/k/")
    assert ">Key<" not in mate.html("a/k/")


def test_there_is_room_for_a_few(amara):
    for number in range(2, MOST + 1):
        amara = with_passkey(amara, Device(), f"Key {number}")
    mate = Deskmate(amara)
    html = mate.html("a/k/")
    assert html.count("<bdi><b>") == MOST
    assert "data-ask" not in html
    assert "as many passkeys as there can be" in html
    mate.send("a/k/", move="ask", name="One more", passphrase=PASSPHRASE)
    assert "as many passkeys" in mate.html("a/k/").split('role="alert"')[1].split("</div>")[0]
    assert mate.get("y/")["Location"] == "/en/"


def test_a_flood_is_sent_away_before_anything_is_asked_or_opened(amara, monkeypatch):
    mate, before = Deskmate(amara), Between.objects.count()
    monkeypatch.setattr("alongside.config.flood.Counts.admit", lambda *_all: False)
    for path in ("y/", "a/k/", f"a/k/{code_of(amara.keys.passkeys[0].id)}/"):
        assert mate.send(path, move="ask", name="x", passphrase="y")["Location"] == "/en/e/"
    assert Between.objects.count() == before


def test_the_library_that_names_every_passkey_it_reads_writes_no_log(amara, device, caplog):
    caplog.set_level(logging.DEBUG)
    Deskmate().use_passkey(amara, device)
    assert [record for record in caplog.records if record.name.startswith("fido2")] == []
    assert device.kept[0][0].hex() not in caplog.text
