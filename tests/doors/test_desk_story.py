"""An account at the desk: in order of time, and a piece written down for the person."""

import re
from dataclasses import replace

import pytest

from alongside.domain.chronology import Piece, Relation, Rough, Season, When
from alongside.doors.showing.speaking import book
from alongside.records.agencies.actions.signing import keep_session
from alongside.records.casefile.actions.keeping import Telling, keep_more, kept_pieces
from alongside.records.casefile.actions.sharing import withdraw
from alongside.records.casefile.models import Entry
from alongside.records.casefile.queries import who_opened
from tests.agencies import present
from tests.doors.desking import Deskmate, clinic, house, somebody_wrote
from tests.people import MATEO

pytestmark = pytest.mark.django_db
CAME, LOCKED, MAYBE = "We came by bus at night.", "He locked the door.", "It may have been morning."
ACCOUNT = (
    Piece(
        "a1", LOCKED, When(relation=Relation.AFTER, other="entry.first_on", season=Season.WINTER)
    ),
    Piece("a2", CAME, When(Rough(2022)), facts=("doc.held",)),
    Piece("a3", MAYBE, When(Rough(2022, 5)), versions=("a2",)),
    Piece("a4", "They paid us once."),
)


def word(key):
    return book().words.texts[key].en


@pytest.fixture
def amara(db):  # noqa: ARG001 - the store must be there
    return clinic()


@pytest.fixture
def mate(amara):
    return Deskmate(amara)


def told(to, *sections: str, pieces=ACCOUNT):
    wrote = somebody_wrote(to, MATEO.answers, *sections)
    keep_more(keys=wrote.keys, telling=Telling({}, {}, pieces), now=present())
    return wrote


def write(mate, wrote, text="She said they paid once.", **fields: object):
    return mate.send(f"{wrote.at}h/", text=text, **({"agreed": "1"} | fields))


def test_an_account_is_a_table_in_order_of_time_with_versions_side_by_side(amara, mate):
    wrote = told(amara, "story", "work")
    assert f'href="/en/{wrote.at}h/"' in mate.html(wrote.at)
    html = mate.html(f"{wrote.at}h/")
    assert re.findall(r'class="letter" dir="auto">(.*?)</p>', html) == [
        CAME, MAYBE, LOCKED, "They paid us once.",
    ]  # fmt: skip
    for key in ("desk_story_ways", "desk_story_undated", "story_when_unknown"):
        assert word(key) in html
    assert "January 1, 2022" in html
    assert "December 31, 2022" in html


def test_pieces_are_counted_apart_from_answers(amara, mate):
    wrote = told(amara, "family", "story", pieces=(ACCOUNT[3],))
    row = re.search(r'<li class="is-told">.*?/h/".*?</li>', mate.html(wrote.at), re.DOTALL)[0]
    assert re.search(rf'/{wrote.at}h/">{word("desk_story_link")}</a> \(1\)', row)
    answers = [k for k in MATEO.answers if book().vocabulary.facts[k].section == "story"]
    assert f"Opened, {len(answers)} answers" in row


def test_where_an_order_is_not_known_the_table_says_so_even_without_a_day(amara, mate):
    """*The winter after I came*, with no day told of coming: it must not read as after the row above."""
    first = (ACCOUNT[1], replace(ACCOUNT[0], id="a9"))
    rows = re.split(r"<tbody>", mate.html(f"{told(amara, 'story', pieces=first).at}h/"))
    assert [word("desk_story_unsure") in row for row in rows[1:]] == [False, True]


def test_a_linked_answer_stands_with_what_was_answered(amara, mate):
    html = mate.html(f"{told(amara, 'story', 'work', 'immigration').at}h/")
    name = book().vocabulary.facts["doc.held"].name.en
    assert re.search(rf"{re.escape(name)}.*?<b>Yes</b>", html)


def test_where_the_story_was_not_opened_there_is_no_such_page(amara, mate):
    wrote = told(amara, "work")
    assert "/h/" not in mate.html(wrote.at)
    assert mate.get(f"{wrote.at}h/").status_code == 404
    assert write(mate, wrote).status_code == 404
    assert len(kept_pieces(keys=wrote.keys)) == len(ACCOUNT)


def test_a_piece_is_written_in_the_agencys_hand_on_its_day_and_the_person_can_put_it_away(
    amara, mate
):
    wrote = told(amara, "story")
    answer = write(mate, wrote, year="2023", id="b1", version="a1", fact="doc.held")
    assert (answer.status_code, answer["Location"]) == (303, f"/en/{wrote.at}h/")
    write(mate, wrote, year="2023", id="b1")  # the same form again
    found = {piece.id: piece for piece in kept_pieces(keys=wrote.keys)}
    ours = found["b1"]
    assert ours.by == "Example Street Legal Clinic (fictional)"
    assert (ours.written_on, ours.versions, ours.facts) == (present().today, ("a1",), ("doc.held",))
    assert len(found) == len(ACCOUNT) + 1
    assert "She said they paid once." in mate.html(f"{wrote.at}h/")
    assert "wrote_down" in [line.deed for line in who_opened(wrote.keys)]
    rows = Entry.objects.count()
    keep_more(keys=wrote.keys, telling=Telling({}, {}, away=("b1",)), now=present())
    assert Entry.objects.count() == rows
    assert "She said they paid once." not in mate.html(f"{wrote.at}h/")


def test_nobody_changes_a_piece_in_another_hand(amara, mate):
    wrote = told(amara, "story")
    mate.get(f"{wrote.at}h/")
    write(mate, wrote, text="Something else.", id="a2")
    assert {p.id: p.text for p in kept_pieces(keys=wrote.keys)}["a2"] == CAME


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"agreed": ""}, "desk_story_agree_first"),
        ({"year": "20x"}, "error_date"),
        ({"text": "a" * 3001}, "story_long"),
        ({"relation": "after"}, "story_pair"),
    ],
)
def test_what_is_not_clear_is_said_and_nothing_is_lost(amara, mate, fields, fault):
    wrote = told(amara, "story")
    write(mate, wrote, **fields)
    html = mate.html(f"{wrote.at}h/")
    assert book().words.texts[fault].en in html
    assert fields.get("text", "She said they paid once.")[:3000] in html
    assert len(kept_pieces(keys=wrote.keys)) == len(ACCOUNT)


def test_another_agency_with_the_story_reads_it_and_one_without_does_not(amara, mate):
    wrote = told(amara, "story")
    bruno = house()
    assert Deskmate(bruno).get(f"{wrote.at}h/").status_code == 404
    write(mate, wrote)
    withdraw(keys=wrote.keys, own=wrote.note.id, now=present())
    assert mate.get(f"{wrote.at}h/").status_code == 404
    assert len(kept_pieces(keys=wrote.keys)) == len(ACCOUNT) + 1, "it is the person's own"


def test_what_was_written_while_nobody_was_signed_in_waits(amara):
    wrote = told(amara, "story")
    stranger = Deskmate()
    assert write(stranger, wrote)["Location"] == "/en/"
    assert len(kept_pieces(keys=wrote.keys)) == len(ACCOUNT)
    stranger.carry(keep_session(keys=amara.keys, minute=present().minute))
    assert "She said they paid once." in stranger.html(f"{wrote.at}h/")


def test_the_paper_is_handed_over_under_a_name_that_tells_nothing(amara, mate):
    wrote = told(amara, "story", "work")
    assert f"/{wrote.at}h/d/" in mate.html(f"{wrote.at}h/")
    answer = mate.get(f"{wrote.at}h/d/")
    assert answer["Content-Disposition"] == 'attachment; filename="1.pdf"'
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"%PDF")
    closed = told(amara, "work")
    assert mate.get(f"{closed.at}h/d/").status_code == 404
