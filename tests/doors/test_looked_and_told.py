"""What was looked for says as much as what was told: it goes from the phone together with it."""

import pytest

from alongside.records.drafts.models import Draft as Row
from tests.agencies import CLINIC, founded, present
from tests.doors.forms_seen import Seen
from tests.doors.keeping import Keeper, kept, told

pytestmark = pytest.mark.django_db
WORDS = "passport zanzibar"


def looking(keeper: Keeper) -> Keeper:
    keeper.client.post(f"/{keeper.lang}/z/q/", {"words": WORDS})
    assert looked_for(keeper) == WORDS
    return keeper


def looked_for(keeper: Keeper) -> str:
    return Seen(keeper.html("z/q/")).values()["words"]


def test_sending_takes_what_was_looked_for_off_the_phone_too():
    keeper = looking(told())
    keeper.send_to(founded(CLINIC, "amara", present()), "work")
    assert looked_for(keeper) == ""
    assert keeper.client.cookies["l"].value == ""
    assert Row.objects.count() == 1, "the draft, which holds the messages"


def test_putting_everything_away_puts_it_away():
    keeper, mine = kept()
    looking(keeper.come_back(mine).open()).press("m/", "close")
    assert looked_for(keeper) == ""


def test_who_comes_back_where_somebody_else_had_does_not_see_what_they_looked_for():
    keeper, _ = kept()
    other = kept(answers={"doc.held": True})[1]
    looking(keeper).come_back(other)
    assert looked_for(keeper) == ""


def test_who_comes_back_to_what_nobody_kept_here_goes_on_with_what_they_looked_for():
    mine = kept()[1]
    assert looked_for(looking(Keeper("en")).come_back(mine)) == WORDS


def test_leaving_destroys_it_though_the_draft_could_not_be_destroyed(monkeypatch):
    def fail(**_more: object):
        raise RuntimeError

    keeper = looking(told())
    monkeypatch.setattr("alongside.doors.entry.visit.destroy_draft", fail)
    left = keeper.client.get("/leave/")
    assert (left.status_code, left["Location"]) == (303, "/n/")
    assert {left.cookies[name].value for name in ("d", "l")} == {""}
    assert Row.objects.count() == 1, "the draft alone, which nobody opens any more"
