"""Joining an agency with an invitation, and bringing its keys back with two custodians."""

import base64
import re
import time
from datetime import timedelta

import pytest
from django.db import connection

from alongside.library.phrases import read_digits, spell
from alongside.records.agencies.actions.joining import invite
from alongside.records.agencies.actions.recovering import appoint
from alongside.records.agencies.content import Role
from alongside.records.agencies.models import Invitation, Member
from alongside.records.agencies.queries import colleagues
from alongside.sealed.onetime import code_at
from tests.agencies import present
from tests.doors.desking import Deskmate, clinic, house, somebody_wrote
from tests.people import MATEO

pytestmark = pytest.mark.django_db
PASSPHRASE = "seven quiet lamps at sea"
SEED = re.compile(r'otpauth://totp/Notes\?secret=([A-Z2-7]{32})"')


@pytest.fixture
def amara():
    return clinic()


def invited(amara, role=Role.MEMBER):
    now = present()
    return invite(keys=amara.keys, role=role, today=now.today, minute=now.minute)


def begun(secret, lang="en"):
    joiner = Deskmate(lang=lang)
    assert joiner.send("j/", code=spell(secret, lang).digits)["Location"] == f"/{lang}/j/c/"
    return joiner


def seed_on(joiner):
    return base64.b32decode(SEED.search(joiner.html("j/c/"))[1])


def choose(joiner, **instead: str):
    code = code_at(seed_on(joiner), int(time.time()))
    fields = {"sign_in": "chidi", "name": "Chidi", "passphrase": PASSPHRASE, "code": code}
    return joiner.send("j/c/", **(fields | instead))


def test_an_invitation_shows_which_agency_and_lets_one_in(amara):
    wrote = somebody_wrote(amara, MATEO.answers, "work")
    joiner = begun(invited(amara))
    page = joiner.text("j/c/")
    for said in ("Example Street Legal Clinic (fictional)", "You join as a member.", "amara"):
        assert said in page
    answer = choose(joiner)
    assert (answer.status_code, answer["Location"]) == (303, "/en/i/")
    assert "1 waits for you" in joiner.text("i/")
    assert "Can you help?" in joiner.text(wrote.at), "the keys are theirs at once"
    assert [name for _, name, _ in colleagues(amara.keys)] == ["Chidi", "amara"]
    assert not Invitation.objects.exists()


def test_who_joined_signs_in_with_what_they_chose(amara):
    joiner = begun(invited(amara))
    seed, now = seed_on(joiner), int(time.time())
    choose(joiner, code=code_at(seed, now))
    joiner.send("u/")
    code = code_at(seed, now + 30)
    answer = joiner.send("", name=" CHIDI ", passphrase=PASSPHRASE, code=code)
    assert answer["Location"] == "/en/i/"


def test_a_lead_is_told_what_leading_is(amara):
    joiner = begun(invited(amara, Role.LEAD))
    assert "you can also invite and let go" in joiner.text("j/c/")
    choose(joiner)
    assert "Invite a colleague" in joiner.text("a/")


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_the_code_is_read_in_words_too(amara, lang):
    secret = invited(amara)
    joiner = Deskmate(lang=lang)
    answer = joiner.send("j/", code=spell(secret, lang).words.upper())
    assert answer["Location"] == f"/{lang}/j/c/"


@pytest.mark.parametrize("code", ["", "1234", "0" * 24, "zanzibar " * 8, "x" * 500])
def test_a_code_of_no_invitation_says_so_and_is_not_repeated(amara, code):
    invited(amara)
    joiner = Deskmate()
    assert joiner.send("j/", code=code)["Location"] == "/en/j/"
    html = joiner.html("j/")
    assert "There is no such invitation" in html
    assert not code or code not in html
    assert joiner.get("j/c/")["Location"] == "/en/j/"


def test_an_invitation_is_good_for_three_days_and_once(amara, monkeypatch):
    secret = invited(amara)
    choose(begun(secret))
    assert Deskmate().send("j/", code=spell(secret, "en").digits)["Location"] == "/en/j/"
    other = invited(amara)
    joiner, now = begun(other), present()
    later = now._replace(today=now.today + timedelta(days=4))
    monkeypatch.setattr("alongside.doors.desk.frame.Frame.now", later)
    assert joiner.get("j/c/")["Location"] == "/en/j/"
    assert joiner.send("j/c/", sign_in="x")["Location"] == "/en/j/"


@pytest.mark.parametrize(
    ("instead", "said"),
    [({"sign_in": "Amara"}, "Choose another sign-in name."), ({"sign_in": " "}, "Choose another"),
     ({"passphrase": "short"}, "12 signs or more"), ({"code": "000000"}, "The code did not fit")],
    ids=str,
)  # fmt: skip
def test_a_choice_that_cannot_stand_is_named_and_the_rest_is_kept(amara, instead, said):
    joiner = begun(invited(amara))
    seed = seed_on(joiner)
    answer = choose(joiner, **({"name": "Chidi of the clinic"} | instead))
    assert (answer.status_code, answer["Location"]) == (303, "/en/j/c/")
    html = joiner.html("j/c/")
    fault = html.split('role="alert"')[1].split("</div>")[0]
    assert said in fault
    assert 'value="Chidi of the clinic"' in html
    assert PASSPHRASE not in html
    assert seed_on(joiner) == seed, "the app need not be set up again"
    assert choose(joiner)["Location"] == "/en/i/"


def test_the_seed_is_shown_in_groups_as_a_link_and_as_a_square(amara):
    html = begun(invited(amara)).html("j/c/")
    letters = SEED.search(html)[1]
    groups = " ".join(letters[i : i + 4] for i in range(0, 32, 4))
    assert groups in html
    square = html.split('<svg class="square"')[1].split("</svg>")[0]
    assert 'role="img"' in square
    assert len(square) > 500
    assert letters not in square
    fields = [part.partition(">")[0] for part in html.split("<input")[1:]]
    assert not [field for field in fields if letters in field]


def test_the_seed_and_the_invitation_lie_sealed_between_the_pages(amara):
    secret = invited(amara)
    joiner = begun(secret)
    seed = seed_on(joiner)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM agencies_between")
        (sealed,) = (bytes(row[0]) for row in cursor.fetchall())
    for planted in (seed, secret, base64.b64encode(seed), base64.b64encode(secret)):
        assert planted not in sealed
    assert secret.hex() not in joiner.html("j/c/")


def test_an_idea_for_a_passphrase_is_drawn_and_stays_while_one_chooses(amara):
    joiner = begun(invited(amara))
    (idea,) = re.findall(r'<p class="secret" dir="auto"><code>([^<]+)</code>', joiner.html("j/c/"))
    assert len(set(idea.split())) >= 5
    assert idea in joiner.html("j/c/")
    assert idea not in begun(invited(amara)).html("j/c/")
    assert choose(joiner, passphrase=idea)["Location"] == "/en/i/"


def test_the_name_for_colleagues_may_be_left_out(amara):
    choose(begun(invited(amara)), name="")
    assert [name for _, name, _ in colleagues(amara.keys)] == ["amara", "chidi"]


def phrases(amara):
    return [spell(secret, "en") for secret in appoint(keys=amara.keys)]


def test_two_custodians_bring_the_keys_back_and_somebody_leads_again(amara):
    wrote = somebody_wrote(amara, MATEO.answers, "work")
    one, other, _ = phrases(amara)
    Member.objects.all().delete()
    mate = Deskmate()
    answer = mate.send("r/", one=one.digits, other=other.words)
    assert (answer.status_code, answer["Location"]) == (303, "/en/r/")
    code = mate.shown_code("r/")
    assert mate.send("r/", move="done")["Location"] == "/en/j/"
    assert code not in mate.html("r/"), "shown until it was put away, and never again"
    joiner = begun(read_digits(code))
    assert choose(joiner)["Location"] == "/en/i/"
    assert "Can you help?" in joiner.text(wrote.at)
    assert "Invite a colleague" in joiner.text("a/")


def test_the_page_of_recovery_comes_without_being_signed_in_and_says_what_it_needs():
    page = Deskmate().text("r/")
    assert "two custodians can help together" in page


def test_one_phrase_twice_two_of_two_agencies_and_any_other_are_the_same_no(amara):
    bruno = house()
    mine, theirs = phrases(amara), phrases(bruno)
    pairs = [(mine[0].digits, mine[0].digits), (mine[0].digits, theirs[0].digits),
             (mine[0].digits, "0" * 24), ("", mine[1].digits), ("", ""), ("x", "y")]  # fmt: skip
    for one, other in pairs:
        mate = Deskmate()
        mate.send("r/", one=one, other=other)
        html = mate.html("r/")
        assert "These are not the phrases of two custodians" in html
        assert len(one) < 2 or one not in html
    assert not Invitation.objects.exists()
