"""Signing in at the desk, staying, and going out again."""

import re

import pytest
from django.conf import settings

from alongside.records.agencies.actions.between import MOST
from alongside.records.agencies.actions.leaving import leave
from alongside.records.agencies.actions.signing import keep_session
from alongside.records.agencies.models import Between, Session
from alongside.records.agencies.queries import session_of
from alongside.records.casefile.models import Casefile
from tests.agencies import beside, present
from tests.doors.addresses import DESK_EXAMPLES, DESK_FOR_ALL
from tests.doors.desking import Deskmate, a_while_ago, clinic, code_of_now, somebody_wrote

pytestmark = pytest.mark.django_db
WRONG = "do not fit together"
COOKIES = (settings.SESSION_COOKIE, settings.UNLOCK_COOKIE)
OUTSIDE = {*DESK_FOR_ALL, "front", "asked"}
INSIDE = [path for name, path in DESK_EXAMPLES.items() if name not in OUTSIDE]


def test_name_passphrase_and_code_of_one_form_open_the_inbox():
    mate, amara = Deskmate(), clinic()
    answer = mate.sign_in(amara)
    assert (answer.status_code, answer["Location"]) == (303, "/en/i/")
    assert "Nobody has written yet" in mate.text("i/")
    assert mate.get("")["Location"] == "/en/i/", "the first page is the inbox from now on"


def test_the_cookies_of_a_session_end_with_the_browser_and_tell_nothing():
    mate = Deskmate()
    mate.sign_in(clinic())
    for name in COOKIES:
        cookie = mate.client.cookies[name]
        assert re.fullmatch(r"[\w-]{43}", cookie.value)
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
        assert (cookie["max-age"], cookie["expires"]) == ("", "")


def test_cookies_are_sent_over_https_alone_where_it_is_in_earnest(settings):
    settings.SECURE_COOKIES = True
    mate = Deskmate()
    mate.sign_in(clinic())
    assert all(mate.client.cookies[name]["secure"] for name in COOKIES)


@pytest.mark.parametrize(
    "instead",
    [{"name": "nobody"}, {"passphrase": "a long fictional passphrasf"}, {"code": "000000"},
     {"code": ""}, {"passphrase": ""}, {"name": ""}],
    ids=str,
)  # fmt: skip
def test_whatever_is_wrong_the_page_says_the_same(instead):
    mate, amara = Deskmate(), clinic()
    answer = mate.sign_in(amara, **instead)
    assert (answer.status_code, answer["Location"]) == (303, "/en/")
    assert not set(COOKIES) & set(answer.cookies)
    html = mate.html()
    assert WRONG in html
    assert f'value="{instead.get("name", "amara")}"' in html, "the name need not be typed again"
    assert "fictional passphras" not in html
    assert code_of_now(amara) not in html
    assert mate.get("i/")["Location"] == "/en/"


def test_a_code_is_good_once():
    amara, code = clinic(), None
    code = code_of_now(amara)
    assert Deskmate().sign_in(amara, code=code)["Location"] == "/en/i/"
    again = Deskmate()
    assert again.sign_in(amara, code=code)["Location"] == "/en/"
    assert WRONG in again.text()


def test_a_code_may_be_typed_with_a_space_and_in_arabic_digits():
    amara, mate = clinic(), Deskmate(lang="ar")
    code = code_of_now(amara).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert mate.sign_in(amara, code=f"{code[:3]} {code[3:]}")["Location"] == "/ar/i/"


def test_a_flood_is_sent_away_before_anything_heavy(monkeypatch):
    amara, mate = clinic(), Deskmate()
    monkeypatch.setattr("alongside.config.flood.Counts.admit", lambda *_all: False)
    monkeypatch.setattr("alongside.doors.desk.views.coming.sign_in_with", lambda **_all: 1 / 0)
    assert mate.sign_in(amara)["Location"] == "/en/e/"
    for path in ("j/", "r/"):
        assert mate.send(path, code="1" * 24)["Location"] == "/en/e/"


@pytest.mark.parametrize("path", INSIDE)
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_not_signed_in_is_led_to_the_first_page_from_everywhere(path, method):
    answer = getattr(Deskmate().client, method)(path.format(lang="en"), follow=True)
    if (
        answer.status_code != 405
    ):  # a page that takes no form; the outermost layer leads away from it
        assert answer.redirect_chain[-1] in {("/en/", 303), ("/en/j/", 303)}


def test_when_the_time_is_over_the_desk_says_so_calmly():
    amara = clinic()
    mate = Deskmate()
    mate.carry(keep_session(keys=amara.keys, minute=present().minute - 30))
    assert mate.get("i/")["Location"] == "/en/"
    assert "Your time was over" in mate.text()
    assert "Your time was over" not in Deskmate().text()


@pytest.mark.parametrize(("ago", "written"), [(0, False), (4, False), (6, True), (28, True)])
def test_a_session_is_carried_on_only_when_little_of_it_is_left(ago, written):
    amara, mate = clinic(), Deskmate()
    cookies = keep_session(keys=amara.keys, minute=present().minute - ago)
    mate.carry(cookies)
    before = bytes(Session.objects.get().sealed)
    assert mate.get("a/").status_code == 200
    assert (bytes(Session.objects.get().sealed) != before) is written
    if written:
        found = session_of(**cookies._asdict(), minute=present().minute)
        assert found.ends >= present().minute + 29


@pytest.mark.parametrize("name", COOKIES)
def test_one_cookie_alone_opens_nothing(name):
    mate = Deskmate(clinic())
    del mate.client.cookies[name]
    assert mate.get("i/")["Location"] == "/en/"


def test_signing_out_destroys_the_session_and_clears_the_browser():
    mate = Deskmate(clinic())
    mate.send("a/i/", role="member")
    assert (Session.objects.count(), Between.objects.count()) == (1, 1)
    held = dict(mate.client.cookies)
    answer = mate.send("u/")
    assert (answer.status_code, answer["Location"]) == (303, "/en/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert (Session.objects.count(), Between.objects.count()) == (0, 0)
    assert all(cookie.value == "" for cookie in answer.cookies.values())
    mate.client.cookies.update(held)
    assert mate.get("i/")["Location"] == "/en/", "nor do the old cookies open it again"


def test_a_link_signs_nobody_out():
    mate = Deskmate(clinic())
    assert mate.get("u/")["Location"] == "/en/"
    assert mate.get("i/").status_code == 200


def test_every_page_inside_has_the_place_to_sign_out():
    amara = clinic()
    wrote, mate = somebody_wrote(amara, {}, "work"), Deskmate(amara)
    for path in ("i/", wrote.at, "a/", "a/j/1/", "a/c/", "a/n/", "a/b/", "a/p/", "a/k/"):
        assert 'action="/en/u/"' in mate.html(path), path


def test_a_session_ended_in_another_tab_is_not_brought_back():
    amara, minute = clinic(), present().minute
    cookies = keep_session(keys=amara.keys, minute=minute)
    Session.objects.all().delete()
    keep_session(keys=amara.keys, minute=minute, cookies=cookies)
    assert not Session.objects.exists()


def test_who_was_let_go_is_out_at_once():
    amara = clinic()
    chidi = beside(amara, "chidi", a_while_ago())
    mate = Deskmate(chidi)
    assert mate.get("i/").status_code == 200
    leave(keys=amara.keys, member=chidi.keys.member, minute=present().minute)
    assert mate.get("i/")["Location"] == "/en/"


def test_forms_need_their_secret_as_in_a_browser():
    mate = Deskmate(strict=True)
    assert mate.sign_in(clinic())["Location"] == "/en/c/"


def test_where_there_is_no_room_for_what_was_typed_the_page_says_that_something_went_wrong():
    Between.objects.bulk_create(
        [Between(slot=n.to_bytes(32), sealed=b"", ends_at=9**9) for n in range(MOST)]
    )
    assert Deskmate().sign_in(clinic(), code="000000")["Location"] == "/en/e/"
    assert not Casefile.objects.exists()
