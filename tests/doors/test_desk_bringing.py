"""An agency of another host is brought in by its card: by a lead who compared a number, and admitted by another."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.records.agencies.actions.introducing import LONGEST_CARD, export_card
from alongside.records.agencies.content import Standing
from alongside.records.agencies.models import Agency
from alongside.records.agencies.queries import (
    accepting,
    host_number,
    key_number,
    profile_of,
    profiles,
)
from alongside.sealed.pairs import Pair
from tests import abroad
from tests.abroad import HALF_A_SIGN, LIGHTHOUSE, card, card_saying, number
from tests.agencies import CLINIC, beside, present
from tests.doors.desking import Deskmate, a_while_ago, clinic, code_of, house

pytestmark = pytest.mark.django_db
AT = "a/b/"
ADMIT = f"a/d/{code_of(LIGHTHOUSE.id)}/"
NOT_A_CARD = "This is not the card of an agency"
OTHER_PAIR = Pair.new().public


@pytest.fixture
def amara():
    return clinic()


@pytest.fixture
def bruno(amara):  # noqa: ARG001 - founded second
    return house()


def bring(mate, text):
    """Send the file of a card, as a browser sends it."""
    raw = text if isinstance(text, bytes) else text.encode()
    file = SimpleUploadedFile("card.txt", raw, "text/plain")
    return mate.client.post(f"/{mate.lang}/{AT}", {"file": file, "move": "show"})


def faults(mate):
    """Return the sentences that say what cannot stand."""
    return mate.html(AT).partition('role="alert"')[2].partition("</div>")[0]


def known():
    """Return the agency as it is known here now."""
    return profile_of(LIGHTHOUSE.id)


def test_a_card_is_read_compared_proposed_and_admitted_by_two(amara, bruno):
    mate, other = Deskmate(amara), Deskmate(bruno)
    assert bring(mate, card())["Location"] == f"/en/{AT}"
    seen = mate.text(AT)
    with abroad.there():
        theirs = host_number()
    for said in (LIGHTHOUSE.name, *LIGHTHOUSE.about.values(), "Español", "within 7 days", number(), theirs,
                 "a file", "Call them"):  # fmt: skip
        assert said in seen
    assert theirs != host_number()
    assert known() is None, "reading a card proposes nobody"
    assert mate.send(AT, move="propose")["Location"] == "/en/a/"
    assert (known().standing, known().vouched) == (Standing.PROPOSED, (amara.keys.agency,))
    assert "Another agency has to admit it." in mate.text("a/")
    assert mate.send(ADMIT, number=number()).status_code == 404, "not by who brought it in"
    assert f"Proposed by {CLINIC.name}." in other.text("a/")
    assert number() in other.text("a/")
    assert LIGHTHOUSE.name not in {p.name for p in accepting()}
    assert other.send(ADMIT, number=number())["Location"] == "/en/a/"
    assert LIGHTHOUSE.name in {p.name for p in accepting()}
    assert (known().public, known().kind, known().remote) == (
        LIGHTHOUSE.public,
        LIGHTHOUSE.kind,
        True,
    )
    for one, deed in ((mate, "proposed"), (other, "admitted")):
        assert f"{deed} an agency {number()}" in one.text("a/j/1/")


def test_it_is_admitted_by_the_number_that_was_shown_and_by_no_other(amara, bruno):
    mate, other = Deskmate(amara), Deskmate(bruno)
    bring(mate, card())
    mate.send(AT, move="propose")
    seen = number()
    bring(mate, card(public=OTHER_PAIR))
    mate.send(AT, move="propose")
    for sent in ({"number": seen}, {"number": "0000"}, {}):
        assert other.send(ADMIT, **sent)["Location"] == "/en/a/"
        assert "was changed since you read it" in other.text("a/")
        assert known().standing is Standing.PROPOSED
    other.send(ADMIT, number=number(public=OTHER_PAIR))
    assert known().standing is Standing.ADMITTED
    assert "was changed since" not in other.text("a/")


def test_without_a_file_one_is_asked_for(amara):
    mate = Deskmate(amara)
    assert mate.send(AT, move="show")["Location"] == f"/en/{AT}"
    assert "Choose the file first." in faults(mate)


@pytest.mark.usefixtures("bruno")
def test_a_card_that_was_put_away_proposes_nobody(amara):
    mate = Deskmate(amara)
    bring(mate, card())
    assert mate.send(AT, move="drop")["Location"] == f"/en/{AT}"
    assert LIGHTHOUSE.name not in mate.text(AT)
    assert mate.send(AT, move="propose")["Location"] == f"/en/{AT}"
    assert "Choose the file first." in faults(mate)
    assert known() is None


def test_a_member_who_does_not_lead_brings_nothing_in(amara, bruno):
    mate = Deskmate(beside(amara, "chidi", a_while_ago()))
    assert mate.get(AT).status_code == 404
    assert bring(mate, card()).status_code == 404
    assert mate.send(AT, move="propose").status_code == 404
    assert "Bring in" not in mate.text("a/")
    Deskmate(bruno).send(
        "a/n/", name="New", kind="community", tongues=["en"], about_en="A", about_fr="B", days="1"
    )
    assert len(profiles()) == 3
    assert known() is None
    assert bring(Deskmate(), card())["Location"] == "/en/", "nor who is not signed in"


LARGE = card() + " " * LONGEST_CARD


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", NOT_A_CARD),
        ("a letter", NOT_A_CARD),
        (b"\xff\xfe\x00", NOT_A_CARD),
        (card().replace("CARD", "BOX"), NOT_A_CARD),
        (card()[:-40], NOT_A_CARD),
        (card().replace("\n", "", 4), NOT_A_CARD),
        (LARGE, "too large to be a card"),
        (b"x" * (settings.LARGEST_FILE + 1), "too large to be a card"),
    ],
    ids=[
        "empty",
        "letter",
        "no text",
        "another kind",
        "cut",
        "torn",
        "large",
        "larger than any file",
    ],
)
def test_what_is_no_card_is_refused_in_one_sentence_and_changes_nothing(amara, text, said):
    mate = Deskmate(amara)
    before = Agency.objects.count()
    assert bring(mate, text)["Location"] == f"/en/{AT}"
    assert said in faults(mate)
    assert 'type="file"' in mate.html(AT), "another can be chosen"
    assert Agency.objects.count() == before


LOW_POINT = LIGHTHOUSE.public[:1184] + bytes(32)
WRONG = {
    "a field too many": {"accepts": False}, "vouched": {"vouched": [b"v" * 16]}, "renewal": {"renewal": [1]},
    "standing": {"standing": "x"}, "no name": {"name": ...}, "no key": {"public": ...}, "no identity": {"id": ...},
    "empty name": {"name": " "}, "long name": {"name": "x" * 81}, "two lines": {"name": "a\nb"}, "name 5": {"name": 5},
    "half a sign": {"name": HALF_A_SIGN}, "kind": {"kind": "police"}, "kind 5": {"kind": 5}, "tongues": {"tongues": 5},
    "tongue": {"tongues": ["English"]}, "no tongue": {"tongues": []}, "tongue 5": {"tongues": [5]},
    "about": {"about": "words"}, "long about": {"about": {"en": "x" * 301}}, "empty about": {"about": {}},
    "about 5": {"about": {"en": 5}}, "about a place": {"about": {"<b>": "x"}}, "no days": {"days": 0},
    "many days": {"days": 61}, "days as text": {"days": "3"}, "days true": {"days": True}, "number 0": {"number": 0},
    "large number": {"number": 2**40}, "number as text": {"number": "1"}, "short key": {"public": b"x"},
    "no such key": {"public": b"\xff" * 1216}, "low point": {"public": LOW_POINT}, "key as text": {"public": "x"},
    "identity": {"id": b"x"}, "identity as text": {"id": "x" * 16}, "version": {"version": 2},
}  # fmt: skip


@pytest.mark.parametrize("other", WRONG.values(), ids=WRONG)
def test_only_known_fields_of_the_right_kind_are_taken_even_where_its_host_signed_them(
    amara, other
):
    mate = Deskmate(amara)
    bring(mate, card_saying(**other))
    assert NOT_A_CARD in faults(mate)
    assert mate.send(AT, move="propose")["Location"] == f"/en/{AT}"
    assert known() is None


def test_what_its_host_did_not_sign_is_no_card(amara):
    mate, true = Deskmate(amara), card()
    bring(mate, card_saying(kind="lawyer"))
    assert NOT_A_CARD not in faults(mate), "its host may say what it likes"
    bring(mate, abroad.changed(true, kind="lawyer"))
    assert NOT_A_CARD in faults(mate)


def test_a_name_with_signs_of_a_page_is_shown_as_words(amara):
    mate = Deskmate(amara)
    bring(mate, card(name="<b>x</b>", about={"en": "<script>1</script>", "fr": "f"}))
    html = mate.html(AT)
    assert "&lt;b&gt;x" in html
    assert "<script>1" not in html


def test_the_number_that_is_compared_stands_on_the_page_of_the_agency_itself(amara):
    own = profile_of(amara.keys.agency)
    assert key_number(own) in Deskmate(amara).text("a/")
    assert key_number(own) != key_number(own.with_epoch(2, OTHER_PAIR))


def test_an_agency_of_this_host_is_not_brought_in_by_a_card(amara, bruno):
    mate = Deskmate(amara)
    own = profile_of(bruno.keys.agency)
    bring(mate, export_card(profile=own))
    assert "lives on this very host" in faults(mate)
    bring(mate, card(id=own.id))
    assert "lives on this very host" in faults(mate), "nor by one that another host signed"
    assert profile_of(own.id) == own


def test_a_new_key_counts_once_two_agencies_brought_in_its_card(amara, bruno):
    abroad.admitted(amara, bruno, present())
    mate, other = Deskmate(amara), Deskmate(bruno)
    bring(mate, card())
    assert "known here already" in mate.text(AT)
    newer = card(number=2, public=OTHER_PAIR)
    bring(mate, newer)
    assert "once a lead of a second agency" in mate.text(AT)
    mate.send(AT, move="propose")
    bring(mate, newer)
    assert "once a lead of a second agency" in mate.text(AT), "one agency is not two"
    mate.send(AT, move="propose")
    assert known().public == LIGHTHOUSE.public
    bring(other, newer)
    assert "the new key counts from now on" in other.text(AT)
    other.send(AT, move="propose")
    assert (known().number, known().public) == (2, OTHER_PAIR)
    assert known().standing is Standing.ADMITTED
    bring(other, card())
    assert "A newer key" in faults(other)


def test_where_two_bring_in_the_same_card_it_is_proposed_once_and_a_changed_one_begins_anew(
    amara, bruno
):
    mate, other = Deskmate(amara), Deskmate(bruno)
    for one in (mate, other):
        bring(one, card())
        one.send(AT, move="propose")
    assert known().vouched == (amara.keys.agency,)
    bring(other, card(about={"en": "Other", "fr": "Autre"}))
    other.send(AT, move="propose")
    assert known().vouched == (bruno.keys.agency,), "who changed it does not admit it"


def test_a_card_meanwhile_overtaken_is_refused_at_the_last_step_too(amara, bruno):
    mate, other = Deskmate(amara), Deskmate(bruno)
    bring(mate, card())
    bring(other, card(number=2, public=OTHER_PAIR))
    other.send(AT, move="propose")
    assert "A newer key" in faults(mate)
    assert mate.send(AT, move="propose")["Location"] == f"/en/{AT}"
    assert known().number == 2
