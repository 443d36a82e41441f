"""The page that puts steps in order, as a person meets it."""

from urllib.parse import urlencode

import pytest

from alongside.doors.showing.speaking import book
from alongside.library.calling import code_of
from tests.doors.visiting import FORM, Visitor, words

pytestmark = pytest.mark.django_db
CLAIM, PERMIT, HUMANE = "fed.imm.refugee_claim", "fed.imm.vtip_trp", "fed.imm.hc"
WAGES, COURT = "on.es.esa", "on.civil.small"
TOLD = {
    "place.in_canada": True, "place.province": "on", "place.work_province": "on",
    "job.federal_work": False, "status.now": "out_of_status_no_order", "claim.state": "none",
    "hc.state": "none", "fear.return": True, "pay.none_long": True, "suit.matter": "wages",
    "rec.recruited": True,
}  # fmt: skip


def name(key, lang="en"):
    return getattr(book().remedies[key].words.name, lang)


def choose(visitor, steps, *matters: str, first=""):
    rows = [*(("step", code_of(key)) for key in steps), *(("matter", m) for m in matters)]
    fields = [("first", code_of(first))] if first else rows
    return visitor.client.post(f"/{visitor.lang}/v/", urlencode(fields), FORM)


def ordered(visitor):
    """The text of the orders alone, without the steps to choose from."""
    html = visitor.get("v/").content.decode()
    return html.split('id="orders"', 1)[1].split("<fieldset", 1)[0]


def test_what_a_claim_would_close_stands_before_it_and_says_why():
    visitor = Visitor().tell(TOLD)
    answer = choose(visitor, (CLAIM, HUMANE, PERMIT))
    assert answer.status_code == 303
    assert answer["Location"] == "/en/v/#orders"
    text = ordered(visitor)
    assert text.index(name(HUMANE)) < text.rindex(name(CLAIM))
    assert book().words.texts["plan_before"].en in text
    assert book().words.texts["plan_before_could"].en in text


def step(visitor, key):
    """The words of the first card of a step among the orders."""
    cards = ordered(visitor).split('<article class="card">')[1:]
    return next(words(f"<main>{card}") for card in cards if name(key) in card.split("</h4>")[0])


def test_what_a_step_would_close_stands_at_the_step_before_it_is_tried_or_filed():
    visitor = Visitor().tell(TOLD)
    choose(visitor, (CLAIM, PERMIT))
    seen = step(visitor, CLAIM)
    closes, no = (book().words.texts[key].en for key in ("plan_closes", "plan_no"))
    assert name(HUMANE) in seen.split(closes)[1].split(no)[0]
    choose(visitor, (), first=CLAIM)
    why = visitor.text("v/").split(book().words.texts["plan_filed_nothing"].en)[0]
    assert any(reason.en in why for reason in book().remedies[HUMANE].words.bars.values())
    # Then what was taken before it in this order is not said to be closed by it
    choose(visitor, (CLAIM, HUMANE, PERMIT))
    assert name(HUMANE) not in step(visitor, CLAIM).split(closes)[-1].split(no)[0]


def test_where_waiting_does_not_protect_stands_open_at_the_step_and_the_rest_under_a_tap():
    visitor = Visitor().tell(TOLD)
    choose(visitor, (CLAIM, PERMIT))
    card = next(c for c in ordered(visitor).split("<article")[1:] if name(PERMIT) in c)
    plain, folded = card.split("<details>", 1)
    for wait in book().remedies[PERMIT].wait:
        assert (wait.text.en in words(f"<main>{plain}")) == (wait.kind == "does_not")
        assert (wait.text.en in words(f"<main>{folded}")) == (wait.kind != "does_not")


def test_a_step_that_says_nothing_of_waiting_has_no_empty_part():
    quiet = next(k for k, r in book().remedies.items() if k.startswith("on.") and not r.wait)
    visitor = Visitor().tell(TOLD)
    choose(visitor, (quiet,))
    assert name(quiet) in ordered(visitor)
    assert book().words.texts["plan_unprotected"].en not in ordered(visitor)
    assert book().words.texts["plan_wait_more"].en not in ordered(visitor)


def test_two_that_close_each_other_are_two_orders():
    visitor = Visitor().tell(TOLD)
    choose(visitor, (WAGES, COURT))
    text = ordered(visitor)
    assert "Order 1" in text
    assert "Order 2" in text
    assert text.count(book().words.texts["plan_left"].en) == 2


def test_trying_a_step_first_shows_what_it_closes_and_sends_nothing():
    visitor = Visitor().tell(TOLD)
    choose(visitor, (CLAIM, HUMANE, PERMIT))
    answer = choose(visitor, (), first=CLAIM)
    assert (answer.status_code, answer["Location"]) == (303, "/en/v/#tried")
    html = visitor.get("v/").content.decode()
    tried = html.split('id="tried"', 1)[1].split("</section>", 1)[0]
    closes = tried.split(book().words.texts["plan_closes"].en, 1)[1]
    assert name(HUMANE) in closes.split("<p><b>", 1)[0]
    assert book().words.texts["plan_no"].en in tried
    assert book().words.texts["plan_filed_nothing"].en in tried
    visitor.tell({"hc.state": "none"})
    assert name(CLAIM) in ordered(visitor)


def test_more_than_eight_are_kept_and_said():
    visitor = Visitor().tell(TOLD)
    many = [key for key in book().remedies if key.startswith(("fed.imm", "on."))][:9]
    assert choose(visitor, many).status_code == 303
    html = visitor.get("v/").content.decode()
    assert book().words.texts["plan_too_many"].en in html
    codes = [code_of(key) for key in many]
    assert all(f'value="{code}" autocomplete="off" checked' in html for code in codes)


def test_what_matters_is_kept_in_the_draft_and_not_in_the_address():
    visitor = Visitor().tell(TOLD)
    answer = choose(visitor, (WAGES, COURT), "heard", "nonsense")
    assert "heard" not in answer["Location"]
    html = visitor.get("v/").content.decode()
    assert 'value="heard" autocomplete="off" checked' in html
    assert "nonsense" not in html


def test_who_told_nothing_is_led_to_the_questions():
    html = Visitor().get("v/").content.decode()
    assert book().words.texts["plan_none"].en in html
    assert choose(Visitor(), (), first="fed.imm.hc").status_code == 303


def test_a_way_that_must_not_be_offered_is_not_named():
    told = TOLD | {"spouse.has": True, "spouse.is_abuser": True}
    hidden = [key for key, remedy in book().remedies.items() if remedy.shown_when is not None]
    visitor = Visitor().tell({k: v for k, v in told.items() if k in book().vocabulary.facts})
    choose(visitor, (CLAIM, HUMANE, *hidden))
    html = visitor.get("v/").content.decode()
    assert hidden
    assert not [key for key in hidden if name(key) in html]


@pytest.mark.parametrize("lang", ["fr", "es", "ar"])
def test_it_speaks_every_language(lang):
    visitor = Visitor(lang).tell(TOLD)
    choose(visitor, (CLAIM, HUMANE))
    heading = book().words.voice(lang).find(book().words.texts["plan_stage_then"])
    assert heading in visitor.get("v/").content.decode()
