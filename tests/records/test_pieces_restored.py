"""Pieces of an account after a restore: what was put away stays away, and the others come back as they were."""

import pytest
from django.core.management import call_command

from alongside.domain.chronology import Piece, Relation, Rough, Season, When
from alongside.records.casefile.actions.answering import look, write_down
from alongside.records.casefile.actions.keeping import (
    Telling,
    come_back,
    keep_more,
    kept_answers,
    kept_pieces,
)
from alongside.records.casefile.actions.securing import second_word
from alongside.records.casefile.models import Entry
from tests.agencies import CLINIC, at, founded
from tests.people import MATEO
from tests.records.between_hosts import begin, carried, three_hosts
from tests.records.test_casefile import NOW, TODAY, kept, shared

pytestmark = pytest.mark.django_db
LATER = at(TODAY, 800)
CAME = Piece("a1", "We came by bus.", When(Rough(2022)), facts=("doc.held",))
MAYBE = Piece("a2", "Or on foot.", When(Rough(2022, 5)), versions=("a1",))
LOCKED = Piece(
    "a3", "He locked it.", When(relation=Relation.AFTER, other="a1", season=Season.WINTER)
)


class Quiet:
    """Hears what a command says."""

    def write(self, _said):
        """Hear it."""


@pytest.fixture(autouse=True)
def withdrawals(settings, tmp_path):
    settings.WITHDRAWALS_FILE = tmp_path / "withdrawals"


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", NOW)


@pytest.fixture
def told(clinic):
    """Somebody who kept three pieces, opened the story, and what the agency finds it by."""
    mine = kept()
    keep_more(keys=mine.keys, telling=Telling({}, {}, (CAME, MAYBE, LOCKED)), now=NOW)
    return mine, shared(mine.keys, clinic, "story").id


@pytest.fixture
def backup(tmp_path):
    """Make a backup, and bring it back: ``backup()`` and ``backup(back=True)``."""

    def turned(*, back=False):
        file = tmp_path / "backup"
        if back:
            call_command("restore", file, "--replace", stdout=Quiet())
        else:
            call_command("backup", file, stdout=Quiet())

    return turned


def put(mine, *pieces: Piece, away=()):
    keep_more(keys=mine.keys, telling=Telling({}, {}, pieces, away), now=NOW)


def come(mine):
    """Come back with number, words and second word, as a person does after a restore."""
    keys = come_back(number=mine.number, secret=mine.secret, now=LATER)
    return second_word(keys=keys, word="blue kettle", now=LATER)


def seen(clinic, own):
    return look(keys=clinic.keys, own=own, now=LATER).pieces


def test_pieces_come_back_with_their_times_their_links_and_their_versions(clinic, told, backup):
    mine, own = told
    backup()
    put(mine, Piece("a4", "Written since."))
    backup(back=True)
    assert kept_pieces(keys=come(mine)) == [CAME, MAYBE, LOCKED] == seen(clinic, own)


def test_what_was_put_away_since_is_away_for_the_person_and_at_the_desk(clinic, told, backup):
    mine, own = told
    backup()
    rows = Entry.objects.count()
    put(mine, away=("a1",))
    backup(back=True)
    assert Entry.objects.count() == rows - 1, "the words did not even come back into the store"
    assert kept_pieces(keys=come(mine)) == [MAYBE, LOCKED] == seen(clinic, own)
    assert kept_answers(keys=come(mine)) == MATEO.answers


def test_what_was_put_away_before_stays_away(clinic, told, backup):
    mine, own = told
    put(mine, away=("a1",))
    backup()
    backup(back=True)
    assert kept_pieces(keys=come(mine)) == [MAYBE, LOCKED] == seen(clinic, own)


def test_what_a_worker_wrote_and_the_person_put_away_since_is_away(clinic, told, backup):
    mine, own = told
    write_down(keys=clinic.keys, own=own, piece=Piece("b1", "Heard on the phone."), now=NOW)
    assert [piece.id for piece in seen(clinic, own)] == ["a1", "a2", "a3", "b1"]
    backup()
    put(mine, away=("b1",))
    backup(back=True)
    assert [piece.id for piece in kept_pieces(keys=come(mine))] == ["a1", "a2", "a3"]
    assert [piece.id for piece in seen(clinic, own)] == ["a1", "a2", "a3"]


def test_words_that_were_changed_since_do_not_come_back_and_it_can_be_written_again(
    clinic, told, backup
):
    mine, own = told
    backup()
    put(mine, Piece("a1", "We came.", CAME.when))
    backup(back=True)
    whole = come(mine)
    assert kept_pieces(keys=whole) == [MAYBE, LOCKED] == seen(clinic, own)
    keep_more(keys=whole, telling=Telling({}, {}, (CAME,)), now=LATER)
    assert seen(clinic, own) == [CAME, MAYBE, LOCKED]


def test_taken_back_before_the_backup_it_is_there(clinic, told, backup):
    mine, own = told
    put(mine, away=("a1",))
    put(mine, CAME)
    backup()
    backup(back=True)
    assert kept_pieces(keys=come(mine)) == [CAME, MAYBE, LOCKED] == seen(clinic, own)


def test_a_host_that_went_back_hides_what_was_put_away_once_it_asked_for_its_box_again(tmp_path):
    with three_hosts(tmp_path) as (home, away, _):
        begin(home, away)
        home.run("told(mine, *(chronology.Piece(own, own) for own in ('a1', 'a2')))", "1")
        note = home.run("note = shared(mine, clinic, 'story')", "note.hex()")
        reads = f"account(lead, '{note}')"
        carried(home, away)
        assert away.run(reads) == ["a1", "a2"]
        away.run(f"call_command('backup', '{tmp_path / 'there'}', stdout=StringIO())")
        home.run("told(mine, away=('a1',))", "1")
        carried(home, away)
        assert away.run(reads) == ["a2"]
        away.run(
            f"call_command('restore', '{tmp_path / 'there'}', replace=True, stdout=StringIO())"
        )
        assert away.run(reads) == ["a1", "a2"], "it knows nothing else, and the guide says so"
        away.run(f"arrived({home.run('box(clinic, again=True)')!r})[:2]")
        assert away.run(reads) == ["a2"]
