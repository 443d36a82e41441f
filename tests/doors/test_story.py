"""An account in pieces, as a person writes it."""

import re

import pytest

from alongside.doors.showing.speaking import book
from alongside.records.casefile.models import Entry
from alongside.records.drafts.models import Draft
from tests.agencies import CLINIC, founded, present
from tests.doors.keeping import Keeper, draft_of, kept, said, seen_by
from tests.people import MATEO

pytestmark = pytest.mark.django_db
CAME, LOCKED, PAID = "We came by bus at night.", "He locked the door.", "They paid us once."
BUTTON = r'value="{move}\.(\w+)"'


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", present())


def write(visitor, text, **fields: object):
    answer = visitor.press("a/1/", "put", text=text, **fields)
    assert answer.status_code == 303
    return answer


def owns(visitor, move="again"):
    """The identities of the pieces on the page, in the order in which it shows them."""
    return re.findall(BUTTON.format(move=move), visitor.html("a/"))


def own_of(visitor, text):
    (own,) = (p.id for p in draft_of(visitor).pieces.values() if p.text == text)
    return own


def shown(visitor):
    """The words of the pieces in the order of the page."""
    return re.findall(r'class="letter" dir="auto">(.*?)</p>', visitor.html("a/"))


def word(key):
    return book().words.texts[key].en


def test_pieces_stand_in_order_of_time_or_as_they_were_written():
    visitor = Keeper()
    write(visitor, LOCKED, year="2024", month="winter")
    write(visitor, CAME, year="2022")
    assert shown(visitor) == [CAME, LOCKED]
    visitor.press("a/", "order.written")
    assert shown(visitor) == [LOCKED, CAME]
    assert "winter" in visitor.html("a/")


def test_nothing_said_of_when_is_taken_and_stands_apart():
    visitor = Keeper()
    write(visitor, CAME)
    page = visitor.html("a/")
    assert word("story_undated") in page
    assert word("story_when_unknown") in page


def test_the_winter_after_i_came_needs_no_year():
    visitor = Keeper()
    write(visitor, LOCKED, month="winter", relation="after", other="entry.first_on")
    (piece,) = draft_of(visitor).unkept
    assert (piece.when.season, piece.when.relation, piece.when.first) == ("winter", "after", None)


def test_a_season_alone_is_an_answer_and_puts_nothing_in_order():
    visitor = Keeper()
    write(visitor, CAME, year="2022")
    write(visitor, LOCKED, month="winter")
    undated = visitor.html("a/").split(word("story_undated"))[1]
    assert LOCKED in undated
    assert re.search(r'class="by">\s*winter', undated)
    assert CAME not in undated


def test_no_text_becomes_an_answer_and_links_are_made_by_hand_alone():
    visitor = Keeper()
    visitor.tell(MATEO.answers)
    before = draft_of(visitor).answers
    write(visitor, "My boss keeps my passport since 2023 and pays nothing.", fact=["doc.held"])
    write(visitor, "He keeps the passports of us all.")
    draft = draft_of(visitor)
    assert draft.answers == before
    assert [piece.facts for piece in draft.unkept] == [("doc.held",), ()]


def test_another_way_to_remember_stands_beside_the_first():
    visitor = Keeper()
    write(visitor, CAME, year="2022")
    first = own_of(visitor, CAME)
    visitor.press("a/", f"again.{first}")
    assert re.search(rf'value="{first}" selected', visitor.html("a/1/"))
    write(visitor, "It may have been morning.", version=first)
    assert word("story_ways") in visitor.html("a/")


def test_a_circle_is_shown_and_nothing_is_set_right():
    visitor = Keeper()
    write(visitor, CAME, year="2024")
    write(visitor, LOCKED, year="2022", relation="after", other=own_of(visitor, CAME))
    assert word("story_clash") in visitor.html("a/")
    assert {p.when.first.year for p in draft_of(visitor).unkept} == {2022, 2024}


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"text": ""}, "story_empty"),
        ({"text": CAME, "month": "5"}, "story_year_needed"),
        ({"text": CAME, "year": "soon"}, "error_date"),
        ({"text": CAME, "year": "2024", "month": "2", "day": "30"}, "error_no_such_day"),
        ({"text": CAME, "relation": "before"}, "story_pair"),
        ({"text": CAME, "year": "2024", "to_year": "2022"}, "story_turned"),
        ({"text": "a" * 3001}, "story_long"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_what_is_not_clear_is_said_and_what_was_written_stays(fields, fault, lang):
    visitor = Keeper(lang)
    answer = visitor.press("a/1/", "put", **fields)
    assert (answer.status_code, answer["Location"]) == (303, f"/{lang}/a/1/")
    page = visitor.html("a/1/")
    assert visitor.get("a/1/").status_code == 200
    assert said(lang, fault) in visitor.text("a/1/")
    assert fields["text"][:3000] in page
    assert not draft_of(visitor).pieces


def test_half_written_waits_and_a_language_can_be_changed_in_the_middle():
    visitor = Keeper()
    answer = visitor.press("a/1/", "lang-fr", text=CAME, year="2022")
    assert answer["Location"] == "/fr/a/1/"
    visitor.press("a/1/", "before", text=CAME, year="2022")
    assert word("story_go_on") in visitor.html("a/")
    visitor.press("a/", "new")
    assert CAME in visitor.html("a/1/")


@pytest.mark.parametrize("move", ["change", "again", "new"])
@pytest.mark.parametrize("of", ["a new piece", "a piece that is there"])
def test_nothing_takes_the_place_of_what_is_half_written(move, of):
    visitor = Keeper()
    write(visitor, CAME)
    write(visitor, LOCKED)
    came, locked = (own_of(visitor, text) for text in (CAME, LOCKED))
    if of == "a piece that is there":
        visitor.press("a/", f"change.{locked}")
    own = locked if of == "a piece that is there" else ""
    visitor.press("a/1/", "before", text=PAID, year="2022", id=own)
    assert word("story_go_on") in visitor.html("a/")
    answer = visitor.press("a/", move if move == "new" else f"{move}.{came}")
    assert answer["Location"] == "/en/a/1/"
    page = visitor.html("a/1/")
    assert PAID in page
    assert (word("story_begun_first") in page) is (move != "new")
    assert word("story_begun_first") not in visitor.html("a/1/"), "said once"
    assert [piece.text for piece in draft_of(visitor).unkept] == [CAME, LOCKED]


def test_what_was_begun_can_be_thrown_away_and_looking_is_not_beginning():
    visitor = Keeper()
    write(visitor, CAME, year="2022")
    own = own_of(visitor, CAME)
    visitor.press("a/", f"change.{own}")
    assert word("story_drop") not in visitor.html("a/1/")
    visitor.press("a/1/", "before", text=CAME, year="2022", id=own)
    assert word("story_go_on") not in visitor.html("a/")
    visitor.press("a/1/", "before", text=LOCKED, year="2022", id=own)
    assert word("story_drop") in visitor.html("a/1/")
    visitor.press("a/1/", "drop", text=LOCKED)
    assert word("story_said_dropped") in visitor.html("a/")
    assert LOCKED not in visitor.html("a/1/")
    assert [piece.text for piece in draft_of(visitor).unkept] == [CAME]


def test_put_away_and_brought_back():
    visitor = Keeper()
    write(visitor, CAME)
    own = own_of(visitor, CAME)
    visitor.press("a/", f"away.{own}")
    assert not owns(visitor)
    assert owns(visitor, "back") == [own]
    visitor.press("a/", f"back.{own}")
    assert owns(visitor) == [own]


def test_changing_a_piece_changes_that_one():
    visitor = Keeper()
    write(visitor, CAME, year="2022")
    own = own_of(visitor, CAME)
    visitor.press("a/", f"change.{own}")
    assert 'value="2022"' in visitor.html("a/1/")
    write(visitor, LOCKED, id=own, year="2022")
    assert [(p.id, p.text) for p in draft_of(visitor).unkept] == [(own, LOCKED)]


def test_a_draft_full_of_pieces_has_the_size_of_every_other_and_says_when_it_is_full():
    visitor = Keeper("ar")
    visitor.tell(MATEO.answers)
    size = len(Draft.objects.get().sealed)
    for _ in range(4):
        answer = write(visitor, "ش" * 2500, year="2022")
    assert answer["Location"] == "/ar/a/1/"
    assert said("ar", "story_full") in visitor.text("a/1/")
    assert len(Draft.objects.get().sealed) == size


def test_pieces_alone_can_be_kept_and_come_back_after_the_second_word():
    keeper = Keeper()
    write(keeper, CAME, year="2022")
    mine = keeper.keep()
    assert not draft_of(keeper).pieces
    assert shown(keeper) == [CAME]
    other = Keeper().come_back(mine)
    assert CAME not in other.html("a/")
    assert word("story_closed") in other.html("a/")
    other.open()
    assert shown(other) == [CAME]


def test_written_while_closed_is_kept_after_the_second_word():
    _, mine = kept()
    other = Keeper().come_back(mine)
    write(other, PAID)
    other.open()
    other.press("m/", "more")
    assert not draft_of(other).pieces
    assert shown(other) == [PAID]


def test_what_was_changed_or_put_away_in_a_casefile_leaves_no_words_there():
    keeper, mine = kept()
    write(keeper, CAME)
    (own,) = owns(keeper)
    before = set(Entry.objects.values_list("id", flat=True))
    write(keeper, LOCKED, id=own)
    assert before - set(Entry.objects.values_list("id", flat=True))
    assert shown(keeper) == [LOCKED]
    rows = Entry.objects.count()
    keeper.press("a/", f"away.{own}")
    assert Entry.objects.count() == rows  # the words went, and that they did came
    assert not owns(keeper)
    keeper.press("a/", f"back.{own}")
    assert owns(Keeper().come_back(mine).open()) == [own]


def test_put_away_words_go_with_the_second_word():
    keeper, mine = kept()
    write(keeper, CAME)
    keeper.press("a/", f"away.{owns(keeper)[0]}")
    draft = draft_of(keeper)
    assert draft.pieces
    draft.close()
    assert not draft.pieces
    assert not owns(Keeper().come_back(mine).open())


def test_after_sharing_nothing_of_it_is_read_from_the_phone(clinic):
    keeper = Keeper()
    write(keeper, CAME, year="2022")
    keeper.send_to(clinic, "story")
    assert CAME not in keeper.html("a/")
    assert not draft_of(keeper).pieces
    assert [piece.text for piece in seen_by(clinic).pieces] == [CAME]


def test_who_sends_is_told_of_what_is_half_written_first(clinic):
    keeper = Keeper()
    write(keeper, CAME)
    keeper.choose(clinic, "story")
    assert word("story_begun_send") not in keeper.html("w/2/")
    keeper.press("a/1/", "before", text=PAID)
    assert word("story_begun_send") in keeper.html("w/2/")
    assert "/en/a/1/" in keeper.html("w/2/")


def test_an_agency_without_the_story_opens_no_piece(clinic):
    keeper = Keeper()
    write(keeper, CAME)
    keeper.send_to(clinic, "work")
    assert not seen_by(clinic).pieces


def test_how_much_is_in_the_story_counts_pieces(clinic):
    keeper = Keeper()
    write(keeper, CAME)
    keeper.press("w/", agency=clinic.keys.agency.hex())
    row = re.search(r'value="story".*?</label>', keeper.html("w/1/"), re.DOTALL)[0]
    assert "1" in re.sub("<.*?>", "", row)
