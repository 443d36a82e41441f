"""The paper of an account: everything that was said, in order, with where it comes from, in every language."""

from datetime import date

import pytest

from alongside.domain.chronology import Piece, Relation, Rough, Season, When
from alongside.domain.facts import Silence, Span
from alongside.library.account import account_of
from alongside.library.book import Book
from alongside.library.paper.chronology import chronology_paper
from alongside.library.paper.document import Note, Table
from alongside.library.paper.setting import content, set_document

BOOK = Book()
TODAY = date(2026, 11, 21)
CLINIC = "Example Street Legal Clinic (fictional)"
ANSWERS = {
    "doc.held": True,
    "entry.first_on": Span(date(2022, 5, 1), date(2022, 5, 31)),
    "place.work_province": "on",
    "thr.threat": Silence.RATHER_NOT_SAY,
}
# Nobody told this: it is made up.
PIECES = (
    Piece(
        "a1", "Él cerró la puerta.", written_on=TODAY, facts=("doc.held", "thr.threat"),
        when=When(relation=Relation.AFTER, other="entry.first_on", season=Season.WINTER),
    ),
    Piece("a2", "Llegamos de noche.", When(Rough(2022, 5)), written_on=TODAY),
    Piece("a3", "It was in the morning.", When(Rough(2020)), CLINIC, TODAY, versions=("a2",)),
    Piece("a4", "Nos pagaron una vez."),
    Piece("a5", "Otra finca.", When(Rough(2019), relation=Relation.AFTER, other="a2")),
)  # fmt: skip


def paper(lang="en", pieces=PIECES):
    account = account_of(pieces, ANSWERS, BOOK.vocabulary.facts)
    return chronology_paper(account, BOOK.words.voice(lang), tongue="es", made_on=TODAY)


def text(said):
    return " ".join(span.text for span in said.spans)


def rows(document):
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [row for table in tables for row in table.rows]


def test_every_piece_stands_once_with_its_own_words_and_origin():
    found = rows(paper())
    words = [text(cell[0]) for _, _, cell, _ in found]
    assert sorted(words) == sorted(piece.text for piece in PIECES)
    origins = {text(cell[0]): cell[0].origins[0] for _, _, cell, _ in found}
    assert {origin.label for origin in origins.values()} == {f"Piece {n}" for n in range(1, 6)}
    ours = origins["It was in the morning."]
    assert CLINIC in "".join(span.text for span in ours.spans)
    assert {cell[0].spans[0].lang for _, _, cell, _ in found} == {"es"}


def test_when_is_as_it_was_said_beside_the_days_it_can_mean():
    (winter,) = [row for row in rows(paper()) if text(row[2][0]) == PIECES[0].text]
    assert text(winter[0][0]) == "winter after I came to Canada"
    assert text(winter[1][0]) == "November 1, 2022 – March 31, 2023"
    (unsaid,) = [row for row in rows(paper()) if text(row[2][0]) == PIECES[3].text]
    assert text(unsaid[0][0]) == "Time not said"


def test_where_an_order_is_not_known_the_row_says_so_even_without_a_day():
    account = account_of((PIECES[1], PIECES[0], PIECES[3]), {}, BOOK.vocabulary.facts)
    made = chronology_paper(account, BOOK.words.voice("en"), tongue="es", made_on=TODAY)
    unsure = BOOK.words.texts["desk_story_unsure"].en
    assert [unsure in [text(said) for said in row[0]] for row in rows(made)] == [False, True, False]


def test_a_linked_answer_leads_to_its_question():
    (winter,) = [row for row in rows(paper()) if text(row[2][0]) == PIECES[0].text]
    told = {s.origins[0].label: " ".join(x.text for x in s.origins[0].spans) for s in winter[3]}
    assert told["Answer 1"] == f"{BOOK.vocabulary.facts['doc.held'].question.en} Yes"
    assert "rather not say" in told["Answer 2"]


def test_what_cannot_both_be_and_long_silences_are_notes_and_judge_nobody():
    said = [text(one) for b in paper().blocks if isinstance(b, Note) for one in b.said]
    assert any("Piece 2 · Piece 5" in one for one in said)
    pieces = (PIECES[1], Piece("b", "Después.", When(Rough(2025))))
    said = [text(o) for b in paper(pieces=pieces).blocks if isinstance(b, Note) for o in b.said]
    assert any("May 31, 2022" in one and "January 1, 2025" in one for one in said)
    assert not any(w in " ".join(said).lower() for w in ("inconsisten", "unreliable", "contradict"))


@pytest.mark.parametrize("lang", list(BOOK.words.languages))
def test_it_is_set_in_every_language(lang):
    document = paper(lang)
    assert set_document(document, BOOK.words.voice(lang)).startswith(b"%PDF")
    assert content(document, BOOK.words.voice(lang))["lang"] == lang
    assert document.name == "1"
