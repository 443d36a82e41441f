"""What somebody looked for: sealed under a cookie of its own, gone in half an hour, and never in a draft."""

import pytest
from django.db import DatabaseError

from alongside.records.drafts import looking
from alongside.records.drafts.actions import keep_draft
from alongside.records.drafts.content import Draft
from alongside.records.drafts.looking import destroy_looked, keep_looked, open_looked
from alongside.records.drafts.models import Draft as Row
from alongside.records.drafts.queries import open_draft
from alongside.records.drafts.room import MINUTES, FullError, NotReadError, empty_log, sweep

pytestmark = pytest.mark.django_db
NOW = 29_900_000
WORDS = "mon patron a pris mon passeport"


def test_the_words_come_back_to_their_cookie_and_to_no_other():
    mine = keep_looked(token=None, words=WORDS, minute=NOW)
    other = keep_looked(token=None, words="zanzibar", minute=NOW)
    assert open_looked(token=mine, minute=NOW) == WORDS
    assert open_looked(token=other, minute=NOW) == "zanzibar"
    for nothing in (None, "", "not a token", "a" * 43):
        assert open_looked(token=nothing, minute=NOW) == ""


def test_they_are_gone_after_half_an_hour_and_swept_with_the_drafts():
    token = keep_looked(token=None, words=WORDS, minute=NOW)
    assert open_looked(token=token, minute=NOW + MINUTES - 1) == WORDS
    assert open_looked(token=token, minute=NOW + MINUTES) == ""
    assert sweep(minute=NOW + MINUTES) == 1
    assert not Row.objects.exists()


def test_looking_again_leaves_nothing_under_the_old_cookie_and_draws_a_new_one():
    """Somebody may have put a cookie of theirs into this browser, and wait for what is sealed under it."""
    planted = keep_looked(token=None, words="planted", minute=NOW)
    mine = keep_looked(token=planted, words=WORDS, minute=NOW)
    assert mine != planted
    assert open_looked(token=planted, minute=NOW) == ""
    assert open_looked(token=mine, minute=NOW) == WORDS
    assert Row.objects.count() == 1


def test_nothing_of_them_can_be_read_in_the_store_and_a_row_looks_like_a_draft():
    keep_looked(token=None, words=WORDS, minute=NOW)
    keep_draft(token=None, draft=Draft({"doc.held": True}), minute=NOW)
    rows = [bytes(row.sealed) for row in Row.objects.all()]
    assert len({len(sealed) for sealed in rows}) == 1
    assert not any(b"passeport" in sealed for sealed in rows)


def test_the_cookie_of_a_draft_opens_no_words_and_the_other_way_round():
    draft = keep_draft(token=None, draft=Draft({"doc.held": True}), minute=NOW)
    looked = keep_looked(token=None, words=WORDS, minute=NOW)
    assert open_looked(token=draft, minute=NOW) == ""
    assert open_draft(token=looked, minute=NOW) is None


def test_destroyed_they_are_gone():
    token = keep_looked(token=None, words=WORDS, minute=NOW)
    for given in (None, "not a token", token, token):
        destroy_looked(token=given)
    assert not Row.objects.exists()


@pytest.mark.parametrize("again", [True, False])
def test_the_log_of_the_store_is_emptied_of_what_was_destroyed(
    django_capture_on_commit_callbacks, again
):
    token = keep_looked(token=None, words=WORDS, minute=NOW)
    with django_capture_on_commit_callbacks() as after:
        if again:
            keep_looked(token=token, words="zanzibar", minute=NOW)
        else:
            destroy_looked(token=token)
    assert after == [empty_log]
    with django_capture_on_commit_callbacks() as after:
        destroy_looked(token=token)
    assert after == [], "nothing was there"


def test_a_full_store_takes_no_more_and_overwrites_nobody(monkeypatch):
    draft = keep_draft(token=None, draft=Draft({"doc.held": True}), minute=NOW)
    monkeypatch.setattr(looking, "MOST", 1)
    with pytest.raises(FullError):
        keep_looked(token=None, words=WORDS, minute=NOW)
    assert open_draft(token=draft, minute=NOW).answers == {"doc.held": True}


def test_that_the_store_failed_is_told_apart_from_there_being_nothing(monkeypatch):
    token = keep_looked(token=None, words=WORDS, minute=NOW)

    def fail(*_all: object):
        raise DatabaseError

    monkeypatch.setattr("django.db.models.query.QuerySet._fetch_all", fail)
    with pytest.raises(NotReadError):
        open_looked(token=token, minute=NOW)
