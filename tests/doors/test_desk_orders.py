"""The table of orders at the desk: of what was opened alone, with rule lines and places in the law."""

import re
from datetime import date

import pytest

from alongside.domain.facts import Span
from alongside.doors.showing.speaking import book
from alongside.library.calling import code_of
from alongside.records.casefile.actions.sharing import withdraw
from tests.agencies import present
from tests.doors.desking import FACTS, Deskmate, clinic, house, somebody_wrote
from tests.doors.test_plan import CLAIM, COURT, HUMANE, PERMIT, TOLD, WAGES
from tests.doors.visiting import words

pytestmark = pytest.mark.django_db
PAID = Span.on(date(2026, 10, 30))
EVERY = sorted({FACTS[key].section for key in TOLD})


def word(key):
    return book().words.texts[key].en


@pytest.fixture
def amara():
    return clinic()


@pytest.fixture
def mate(amara):
    return Deskmate(amara)


@pytest.fixture
def at(amara):
    return somebody_wrote(amara, TOLD, *EVERY).at + "o/"


def choose(mate, at, *steps: str, **more: object):
    return mate.send(at, step=[code_of(key) for key in steps], **more)


def orders(mate, at):
    """The rows of each order, by the key of the step: the words of its seven cells."""
    html = mate.html(at).split('id="orders"')[1].split("<form")[0]
    tables = re.findall(r"<tbody>(.*?)</tbody>", html, re.DOTALL)
    return [dict(_row(row) for row in table.split("<tr>")[1:]) for table in tables]


def _row(html):
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", html, re.DOTALL)
    return re.search(r">([\w.]+)</code>", cells[0])[1], [words(f"<main>{cell}") for cell in cells]


def row(mate, at, key):
    return orders(mate, at)[0][key]


def test_a_claim_comes_after_what_it_closes_and_the_rule_line_and_its_place_stand_there(mate, at):
    assert choose(mate, at, CLAIM, PERMIT)["Location"].endswith("/o/#orders")
    claim, permit = row(mate, at, CLAIM), row(mate, at, PERMIT)
    assert PERMIT in claim[2]
    assert word("desk_plan_could_close") in claim[2]
    assert permit[2].endswith("–")
    bars = {bar.key: bar for bar in book().remedies[HUMANE].rule.bars}
    reason = next(bar for bar in bars.values() if bar.text in claim[4])
    cites = book().remedies[HUMANE].bar_cites[reason.key]
    assert cites
    assert all(cite.at in claim[4] for cite in cites)
    assert word("plan_no") in claim[4]


def test_what_waiting_means_and_how_far_the_law_is_trusted_stand_in_the_row_with_their_sources(
    mate, at
):
    choose(mate, at, PERMIT)
    cells, remedy = row(mate, at, PERMIT), book().remedies[PERMIT]
    for wait in remedy.wait:
        assert wait.text.en in cells[6]
        assert all(cite.at in cells[6] for cite in wait.cites)
    assert f"{word('confidence')} {remedy.confidence}" in cells[0]
    assert word("desk_plan_read").split("{")[0] in cells[0]
    numbers = {int(n) for n in re.findall(r"\[(\d+)\]", " ".join(cells))}
    listed = mate.html(at).split('id="p4"')[1].count("<li>")
    assert numbers
    assert max(numbers) <= listed


def test_two_that_close_each_other_are_two_tables_and_what_runs_together_is_named(mate, at):
    choose(mate, at, WAGES, COURT, PERMIT)
    first, second = orders(mate, at)
    assert {WAGES, COURT} == {*first, *second} - {PERMIT}
    for table in (first, second):
        (other,) = {*table} - {PERMIT}
        assert other in table[PERMIT][3]
        assert PERMIT in table[other][3]
    assert word("plan_left") in mate.text(at)


def test_a_last_day_names_its_clock_and_where_the_law_sets_it(amara, mate):
    key, clock = next(
        (key, clock)
        for key, remedy in book().remedies.items()
        if key == WAGES
        for clock in remedy.rule.clocks
        if clock.filing and clock.key == "clk.esa_claim"
    )
    told = TOLD | {"wage.due_on": PAID}
    at = somebody_wrote(amara, told, *EVERY, FACTS["wage.due_on"].section).at + "o/"
    choose(mate, at, key)
    cell = row(mate, at, key)[1]
    assert clock.key in cell
    assert all(cite.at in cell for cite in book().remedies[key].clock_cites[clock.key])
    assert clock.confidence in cell


def test_trying_one_first_shows_what_it_turns_and_tells_nobody_anything(mate, at):
    choose(mate, at, CLAIM, PERMIT)
    assert mate.send(at, first=code_of(CLAIM))["Location"].endswith("/o/#tried")
    tried = words("<main>" + mate.html(at).split('id="tried"')[1].split("</section>")[0])
    assert HUMANE in tried
    assert word("plan_filed_nothing") in tried
    assert "hc.state" in tried or "claim.state" in tried
    assert orders(mate, at)


def test_it_is_made_of_what_was_opened_alone(amara, mate):
    section = FACTS["pay.none_long"].section
    less = {key: value for key, value in TOLD.items() if FACTS[key].section == section}
    assert less
    assert len(less) < len(TOLD)
    pages = []
    for told in (less, TOLD):
        at = somebody_wrote(amara, told, section).at + "o/"
        choose(mate, at, CLAIM, PERMIT, WAGES)
        pages.append(re.sub(r"Card \d+", "", mate.text(at)))
    assert pages[0] == pages[1]
    assert "partial" in mate.text(at)


def test_more_than_eight_are_kept_marked_and_said(mate, at):
    many = [key for key in book().remedies if key.startswith(("fed.imm", "on."))][:9]
    assert choose(mate, at, *many)["Location"].endswith("#f-step")
    html = mate.html(at)
    assert word("plan_too_many") in html
    assert all(f'value="{code_of(key)}" autocomplete="off" checked' in html for key in many)
    choose(mate, at, *many[:8])
    assert word("plan_too_many") not in mate.html(at)


def test_what_was_chosen_stands_in_no_address_and_belongs_to_one_card(amara, mate, at):
    other = somebody_wrote(amara, TOLD, *EVERY).at + "o/"
    answer = choose(mate, at, WAGES, matter=["heard", "nonsense"])
    assert answer.status_code == 303
    assert code_of(WAGES) not in answer["Location"]
    assert 'value="heard" autocomplete="off" checked' in mate.html(at)
    assert 'value="heard" autocomplete="off" checked' not in mate.html(other)


def test_what_is_taken_back_leads_to_its_card_and_takes_nothing_in(amara, mate):
    wrote = somebody_wrote(amara, TOLD, *EVERY)
    choose(mate, wrote.at + "o/", WAGES)
    withdraw(keys=wrote.keys, now=present(), own=wrote.note.id)
    assert mate.get(wrote.at + "o/")["Location"] == f"/en/{wrote.at}"
    assert choose(mate, wrote.at + "o/", CLAIM)["Location"] == f"/en/{wrote.at}"


def test_another_agency_meets_nothing_and_who_is_not_signed_in_comes_to_the_door(at):
    stranger = Deskmate(house())
    assert stranger.get(at).status_code == 404
    assert choose(stranger, at, WAGES).status_code == 404
    assert Deskmate().get(at)["Location"] == "/en/"


@pytest.mark.parametrize("lang", ["fr", "es", "ar"])
def test_it_speaks_every_language(amara, at, lang):
    mate = Deskmate(amara, lang)
    choose(mate, at, CLAIM, WAGES)
    heading = book().words.voice(lang).find(book().words.texts["desk_plan_waiting"])
    assert heading in mate.text(at)
