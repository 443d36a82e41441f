"""An agency's own pages: who it is, who works there, what a lead may do and a member may not."""

import re

import pytest

from alongside.library.phrases import read_digits, spell
from alongside.records.agencies.actions.admitting import accept_people
from alongside.records.agencies.actions.joining import read_invitation
from alongside.records.agencies.actions.recovering import appointed
from alongside.records.agencies.content import Role, Standing
from alongside.records.agencies.models import Agency, Invitation
from alongside.records.agencies.queries import (
    accepting,
    colleagues,
    profiles,
    session_of,
    with_epochs,
)
from tests.agencies import CLINIC, PASSPHRASE, beside, joined, present
from tests.doors.desking import (
    DIGITS,
    Deskmate,
    a_while_ago,
    clinic,
    code_of,
    code_of_now,
    house,
    somebody_wrote,
)
from tests.people import MATEO

pytestmark = pytest.mark.django_db
HARBOUR = {
    "name": "Test Harbour (fictional)", "kind": "professional", "tongues": ["en", "ar"],
    "about_en": "Counsellors.", "about_fr": "Des conseillères.", "days": "2",
}  # fmt: skip


@pytest.fixture
def amara():
    return clinic()


@pytest.fixture
def bruno(amara):  # noqa: ARG001 - founded second
    return house()


@pytest.fixture
def chidi(amara):
    return beside(amara, "chidi", a_while_ago())


def test_the_agency_reads_what_people_read_of_it(amara):
    page = Deskmate(amara).text("a/")
    for said in (CLINIC.name, CLINIC.about["en"], CLINIC.about["fr"], "Español",
                 "answers within 3 days", "protected by law"):  # fmt: skip
        assert said in page


def test_new_people_are_taken_or_not(amara):
    mate = Deskmate(amara)
    mate.send("a/t/", accepts="no")
    assert accepting() == []
    assert "New people cannot choose you now." in mate.text("a/")
    mate.send("a/t/", accepts="yes")
    assert [profile.name for profile in accepting()] == [CLINIC.name]


def test_a_colleague_is_invited_with_a_code_shown_until_it_is_put_away(amara):
    mate, now = Deskmate(amara), present()
    for role in (Role.MEMBER, Role.LEAD):
        assert mate.send("a/i/", role=role)["Location"] == "/en/a/s/"
        digits, html = mate.shown_code("a/s/"), mate.html("a/s/")
        assert spell(read_digits(digits), "en").words in html
        assert read_invitation(secret=read_digits(digits), today=now.today).role is role
        assert mate.send("a/s/")["Location"] == "/en/a/"
        assert mate.get("a/s/")["Location"] == "/en/a/"


def test_a_member_sees_no_buttons_of_a_lead_and_a_form_made_by_hand_does_nothing(
    amara, bruno, chidi
):
    mate = Deskmate(chidi)
    Deskmate(bruno).send("a/n/", **HARBOUR)
    harbour = next(p for p in profiles() if p.name == HARBOUR["name"])
    page = mate.text("a/")
    for button in ("Invite", "Let go", "Make three phrases", "Admit it", "Propose an agency",
                   "Take no new people"):  # fmt: skip
        assert button not in page
    codes = Invitation.objects.count()
    other = code_of(amara.keys.member)
    for path, fields in (("a/i/", {"role": "lead"}), (f"a/l/{other}/", {}), ("a/c/", {}),
                         ("a/n/", HARBOUR), (f"a/d/{code_of(harbour.id)}/", {}),
                         ("a/t/", {"accepts": "no"})):  # fmt: skip
        assert mate.send(path, **fields).status_code == 404, path
    assert Invitation.objects.count() == codes
    assert CLINIC.name in {p.name for p in accepting()}
    assert "Whoever leads decides this" in page
    assert len(colleagues(amara.keys)) == 2
    assert not appointed(keys=amara.keys)
    assert {p.standing for p in profiles() if p.id == harbour.id} == {Standing.PROPOSED}


def test_a_member_is_let_go_after_one_more_question_and_the_session_holds_the_new_epoch(
    amara, chidi
):
    mate, theirs = Deskmate(amara), Deskmate(chidi)
    code = code_of(chidi.keys.member)
    assert f"/en/a/l/{code}/" in mate.html("a/")
    assert "Let chidi go?" in mate.text(f"a/l/{code}/")
    assert len(colleagues(amara.keys)) == 2, "a question changes nothing"
    assert mate.send(f"a/l/{code}/")["Location"] == "/en/a/"
    assert theirs.get("i/")["Location"] == "/en/"
    wrote = somebody_wrote(amara, MATEO.answers, "work")
    assert "Can you help?" in mate.text(wrote.at), "what comes in under the new epoch opens"
    cookies = {name: mate.client.cookies[name].value for name in ("s", "u")}
    found = session_of(finds=cookies["s"], opens=cookies["u"], minute=present().minute)
    assert sorted(found.keys.epochs) == [1, 2]
    assert "chidi left" in mate.text("a/j/1/")


def test_who_leaves_themselves_is_signed_out(amara, chidi):
    mate = Deskmate(chidi)
    code = code_of(chidi.keys.member)
    assert "Leave this agency?" in mate.text(f"a/l/{code}/")
    answer = mate.send(f"a/l/{code}/")
    assert answer["Location"] == "/en/"
    assert "Clear-Site-Data" in answer
    assert mate.get("i/")["Location"] == "/en/"
    assert [name for _, name, _ in colleagues(with_epochs(amara.keys))] == ["amara"]


@pytest.mark.usefixtures("chidi")
def test_the_last_who_leads_cannot_leave_and_reads_why(amara):
    mate, code = Deskmate(amara), code_of(amara.keys.member)
    assert mate.send(f"a/l/{code}/")["Location"] == f"/en/a/l/{code}/"
    assert "Invite somebody to lead first." in mate.text(f"a/l/{code}/")


def test_the_only_one_there_is_warned_that_the_box_would_stay_shut(amara):
    mate, code = Deskmate(amara), code_of(amara.keys.member)
    assert "nobody ever opens this agency's box again" in mate.text(f"a/l/{code}/")
    mate.send("a/c/")
    assert "nobody ever opens" not in mate.text(f"a/l/{code}/")


@pytest.mark.usefixtures("bruno")
def test_nobody_of_another_agency_can_be_let_go(amara, bruno):
    mate, code = Deskmate(amara), code_of(bruno.keys.member)
    assert mate.get(f"a/l/{code}/").status_code == 404
    assert mate.send(f"a/l/{code}/").status_code == 404
    assert len(colleagues(bruno.keys)) == 1


def test_three_custodians_get_a_phrase_each(amara):
    mate = Deskmate(amara)
    assert "You have no custodians." in mate.text("a/")
    assert "Two of them together" in mate.text("a/c/")
    assert mate.send("a/c/")["Location"] == "/en/a/s/"
    first = DIGITS.findall(mate.html("a/s/"))
    assert len(set(first)) == 3
    assert "You have three custodians." in mate.text("a/")
    assert "New phrases end the old ones at once." in mate.text("a/c/")
    mate.send("a/c/")
    assert not set(first) & set(DIGITS.findall(mate.html("a/s/")))


def test_an_agency_is_proposed_by_one_and_admitted_by_another(amara, bruno):
    proposer, other = Deskmate(amara), Deskmate(bruno)
    assert proposer.send("a/n/", **HARBOUR)["Location"] == "/en/a/s/"
    digits = proposer.shown_code("a/s/")
    found = next(p for p in profiles() if p.name == HARBOUR["name"])
    assert (found.standing, found.tongues, found.days) == (Standing.PROPOSED, ("en", "ar"), 2)
    mine, theirs = proposer.text("a/"), other.text("a/")
    assert "Another agency has to admit it." in mine
    assert "Admit it" not in mine
    assert f"Proposed by {CLINIC.name}." in theirs
    at = f"a/d/{code_of(found.id)}/"
    assert proposer.send(at).status_code == 404, "not by who proposed it"
    lead = joined(read_digits(digits), "carol", a_while_ago())
    newcomer = Deskmate(lead)
    assert "another agency has still to admit you" in newcomer.text("a/")
    assert newcomer.send(at).status_code == 404, "nor by itself"
    assert found.name not in {p.name for p in accepting()}
    assert other.send(at)["Location"] == "/en/a/"
    assert found.name in {p.name for p in accepting()}
    assert "No agency waits to be admitted." in other.text("a/")
    assert "admitted an agency" in other.text("a/j/1/")


@pytest.mark.parametrize(
    ("instead", "said"),
    [({"name": " "}, "Write the agency"), ({"kind": "police"}, "Choose who works there."),
     ({"tongues": ["xx"]}, "Choose one language"), ({"about_fr": ""}, "one in French"),
     ({"days": "0"}, "from 1 to 60"), ({"days": "٣x"}, "from 1 to 60")],
    ids=str,
)  # fmt: skip
def test_a_description_that_lacks_something_keeps_what_was_typed(amara, instead, said):
    mate = Deskmate(amara)
    assert mate.send("a/n/", **(HARBOUR | instead))["Location"] == "/en/a/n/"
    html = mate.html("a/n/")
    assert said in html.split('role="alert"')[1].split("</div>")[0]
    assert ">Counsellors.</textarea>" in html
    assert Agency.objects.count() == 1


def test_the_journal_says_who_did_what_on_which_day(amara, chidi):
    wrote = somebody_wrote(amara, MATEO.answers, "work")
    Deskmate(chidi).get(wrote.at)
    Deskmate(chidi).reply(wrote.code, "Hello")
    page = Deskmate(amara).text("a/j/1/")
    (number,) = re.findall(r"chidi replied to card (\d{4})", page)
    for said in (f"chidi opened card {number}", "amara invited somebody", "chidi joined"):
        assert said in page
    assert "Hello" not in page
    assert Deskmate(amara).get("a/j/2/").status_code == 404


def test_ones_own_passphrase_is_changed(amara):
    mate, new = Deskmate(amara), "another fictional passphrase"
    mate.send("a/p/", now="not this one", then=new)
    assert "This is not your present passphrase." in mate.text("a/p/")
    mate.send("a/p/", now=PASSPHRASE, then="short")
    assert "12 signs or more" in mate.html("a/p/").split('role="alert"')[1].split("</div>")[0]
    mate.send("a/p/", now=PASSPHRASE, then=new)
    html = mate.html("a/p/")
    assert "Your passphrase is changed." in html
    assert new not in html
    assert "Your passphrase is changed." not in mate.html("a/p/"), "said once"
    stranger, code = Deskmate(), code_of_now(amara)
    assert stranger.sign_in(amara, code=code)["Location"] == "/en/"
    assert stranger.sign_in(amara, code=code, passphrase=new)["Location"] == "/en/i/"


def test_a_name_with_signs_of_a_page_is_shown_as_words(amara):
    beside(amara, "<b>eve</b>", a_while_ago())
    html = Deskmate(amara).html("a/")
    assert "<b>eve</b>" not in html
    assert "&lt;b&gt;eve" in html


def test_taking_new_people_is_said_to_both_sides(amara):
    accept_people(keys=amara.keys, accepts=False)
    assert "Take new people" in Deskmate(amara).text("a/")
