"""Journeys through the ways out: what comes first, what is missing and how to come back, which days to watch."""

import re
from datetime import date

import pytest

from alongside.domain.facts import Span
from alongside.doors.showing.cards import card_of, code_of
from alongside.doors.showing.groups import days_to_watch, deal
from alongside.doors.showing.speaking import book, speaker
from tests.doors.addresses import at, place
from tests.doors.visiting import Visitor, words
from tests.people import DIVYA, MATEO

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
OWN_PERMIT = code_of("fed.imm.owp_vulnerable")


def said(key, **fill: object):
    return words("<main>" + str(speaker("en").w(key, **fill)))


def name_of(key):
    found = book().ways.get(key) or book().remedies[key]
    return words("<main>" + str(speaker("en").say(found.words.name)))


def laid(answers):
    return deal(book().look(answers, TODAY))


def group(answers, heading):
    return next((g for g in laid(answers) if g.heading == heading), None)


def test_what_something_told_points_to_stands_apart_from_what_nothing_speaks_for():
    # Given somebody who said only that pay is missing and that the boss keeps the passport
    visitor = Visitor().tell({"pay.unpaid_part": True, "doc.held": True, "place.in_canada": True})
    seen = visitor.text("o/")
    first, others = seen.index(said("group_near")), seen.index(said("group_ask"))
    # Then the wage claim and the permit to leave this boss come under what they told
    for key in ("on.es.esa", "fed.imm.owp_vulnerable"):
        assert first < seen.index(name_of(key)) < others
    # And what they said nothing of, or what holds for everybody in Canada, comes after
    for key in ("fed.imm.claim_underway", "fed.imm.hc", "fed.ei.regular"):
        assert others < seen.index(name_of(key))
    # And who said nothing is pointed nowhere
    assert said("group_near") not in Visitor().text("o/")


def test_many_ways_are_parted_by_what_they_are_about():
    seen = Visitor().text("o/")
    parts = (said("subject_papers"), name_of("fed.imm.owp_vulnerable"), said("subject_work"))
    places = [seen.index(text) for text in (*parts, name_of("on.es.esa"))]
    assert places == sorted(places)


def near(answers):
    return [card.remedy.key for card in group(answers, "group_near").cards]


def test_nobody_is_pointed_to_a_law_that_is_not_theirs_for_all_that_was_told():
    # Given unpaid work in Ontario, and nothing said of a bank or an airline
    told = {"pay.unpaid_part": True, "place.work_province": "on"}
    keys = near(told)
    assert "on.es.esa" in keys
    assert not {"fed.es.clc3", "qc.es.lnt"} & set(keys)
    # Then the others stay among what could be theirs, and their limits are not days to watch
    others = {card.remedy.key for card in group(told, "group_ask").cards}
    assert {"fed.es.clc3", "qc.es.lnt"} <= others
    dated = {**told, "wage.due_on": Span.on(date(2026, 9, 30)), "job.ended": True}
    assert "clk.clc3_wages" not in [day.clock.clock.key for day in days_to_watch(laid(dated))]
    # And work in Quebec is pointed to Quebec, a told federal job to federal law
    assert "qc.es.lnt" in near({**told, "place.work_province": "qc"})
    assert "on.es.esa" not in near({**told, "place.work_province": "qc"})
    federal = [c.remedy.key for g in laid({**told, "job.federal_work": True}) for c in g.cards[:4]]
    assert "fed.es.clc3" in federal


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ({}, "way.nothing_for_now"),
        ({"doc.held": True}, "way.papers_back"),
        ({"safe.danger_now": True}, "way.leave_safely"),
        ({"spouse.is_abuser": True}, "way.leave_safely"),
        ({"safe.bed_tonight": False}, "way.leave_safely"),
        ({"hlt.care_refused": True}, "way.health"),
    ],
)
def test_the_quiet_way_for_what_was_told_comes_first(told, first):
    assert group(told, "group_quiet").cards[0].remedy.key == first


def test_telling_the_government_is_never_the_first_card_of_who_did_not_ask_for_it():
    for told in ({}, {"place.province": "on"}, {"pay.unpaid_part": True}):
        assert laid(told)[0].heading == "group_quiet"


def test_who_is_in_danger_sees_their_safety_before_any_way():
    # Given Divya, who said that she is in danger now
    divya = Visitor().tell(DIVYA.answers)
    for page in ("s/", "o/", f"o/{OWN_PERMIT}/"):
        seen = divya.text(page)
        assert seen.index("9-1-1") < 900
        assert seen.index("9-1-1") < seen.index(said("call_tonight"))
        assert seen.index(said("plan_first")) < seen.index(said("call_tonight"))
    # And the words to say are of safety, and the second number is one that answers tonight
    calls = words("<main>" + divya.get("o/").content.decode().split('id="calls"')[1])
    assert said("danger_say") in calls
    assert said("also_near") not in calls
    # And the same for who has no bed tonight, or a partner who hurts
    for told in ({"safe.bed_tonight": False}, {"spouse.has": True, "spouse.is_abuser": True}):
        visitor = Visitor().tell({"place.in_canada": True, **told})
        assert said("urgent_heading") in visitor.text("o/")
        assert said("so_far_safety") in visitor.text("s/")
        assert said("so_far_little") not in visitor.text("s/")
    # And who is not is not alarmed
    assert said("urgent_heading") not in Visitor().tell({"pay.unpaid_part": True}).text("o/")


def test_the_nearest_days_stand_on_top_with_their_names_and_no_day_that_is_not_the_persons():
    told = {
        "place.province": "on",
        "place.work_province": "on",
        "job.federal_work": False,
        "pay.unpaid_part": True,
        "wage.due_on": Span.on(date(2026, 9, 30)),
        "job.started_on": Span.on(date(2024, 5, 1)),
        "status.now": "wp_employer_specific_lmia",
        "status.expires_on": Span.on(date(2027, 3, 31)),
    }
    days = days_to_watch(laid(told))
    assert [day.clock.clock.key for day in days][:1] == ["clk.wp_renewal"]
    assert days == sorted(days, key=lambda day: day.clock.ends_on)
    # The six years for which a boss keeps records are no deadline of a person
    tip = card_of("fed.tfw.tipline", book().look(told, TODAY))
    assert tip.nearest is None
    # And a wait that ends on a day is shown where no limit is
    permit = card_of("fed.imm.owp_vulnerable", book().look(told, TODAY))
    assert permit.nearest.clock.key == "clk.wp_renewal"
    assert "clk.employer_record" not in [day.clock.clock.key for day in days]


def test_a_far_day_is_counted_in_months():
    visitor = Visitor().tell({"rights.treated_badly": True, **MATEO.answers})
    assert re.search(r"about \d+ months left", visitor.text("o/"))


def test_a_free_lawyer_and_a_closed_programme_never_say_see_a_lawyer_first():
    found = book().look({"place.province": "on"}, TODAY)
    assert not card_of("on.legalaid", found).lawyer_first
    assert not card_of("fed.imm.pr_home_care", found).lawyer_first
    # While the verdict itself, for who reads the trail, still says so
    assert found.remedies["on.legalaid"].lawyer_first


def test_why_a_lawyer_comes_first_is_said_when_it_is_only_that_the_status_was_kept_back():
    told = {"pay.unpaid_part": True, "place.work_province": "on"}
    assert card_of("on.es.esa", book().look(told, TODAY)).for_status_unsaid
    held = {**told, "work.unauthorized": True}
    assert not card_of("on.es.esa", book().look(held, TODAY)).for_status_unsaid
    assert not card_of("fed.imm.hc", book().look(told, TODAY)).for_status_unsaid


def test_who_has_no_status_is_told_to_see_a_lawyer_before_showing_themselves():
    told = {"place.in_canada": True, "status.now": "out_of_status_no_order"}
    outlook = book().look({**told, "pay.none_long": True, "doc.held": True}, TODAY)
    assert not outlook.remedies["fed.imm.vtip_trp"].lawyer_first, "so that the page says more"
    assert card_of("fed.imm.vtip_trp", outlook).lawyer_first


def test_a_rule_with_a_condition_is_only_said_to_be_broken_when_the_condition_is_known():
    # Given somebody who told only of very long hours, which the offer of a named boss limits
    seen = Visitor().tell({"wrk.excess_hours": True}).text("s/")
    assert said("maybe_against") in seen
    assert said("so_far_maybe") in seen
    assert said("against_rules") not in seen
    # When the permit is told to name the boss, it is said outright; when not, not at all
    named = {"wrk.excess_hours": True, "permit.employer_specific": True}
    assert said("against_rules") in Visitor().tell(named).text("s/")
    free = Visitor().tell({**named, "permit.employer_specific": False}).text("s/")
    assert said("maybe_against") not in free
    assert said("so_far_none_against") in free


def test_changing_an_answer_leads_back_to_what_was_told():
    visitor = Visitor().tell({"pay.unpaid_part": True})
    change = f"{at('en', 'pay.unpaid_part')}s/"
    assert f'href="{change}"' in visitor.get("s/").content.decode()
    assert visitor.send(change, {"pay.unpaid_part": "no"})["Location"] == "/en/s/"


def test_what_is_blocked_says_why_on_the_list():
    seen = Visitor().tell(MATEO.answers).text("o/")
    blocked = group(MATEO.answers, "group_blocked").cards
    assert blocked
    for card in blocked:
        for reason in card.blocks:
            assert words("<main>" + str(speaker("en").say(reason))) in seen


def test_what_is_missing_can_be_told_and_leads_back_to_the_way():
    # Given somebody who looks at the permit to leave a boss who mistreats
    visitor = Visitor().tell({"doc.held": True, "pay.none_long": True})
    html = visitor.get(f"o/{OWN_PERMIT}/").content.decode()
    asked = f"{at('en', 'permit.employer_specific')}{OWN_PERMIT}/"
    assert f'href="{asked}"' in html
    # When they answer what is missing
    visitor.send(asked, {}, "shown")
    onward = visitor.send(asked, {"permit.employer_specific": "yes"})
    # Then they are back at this way, and it is no longer missing
    assert (onward.status_code, onward["Location"]) == (303, f"/en/o/{OWN_PERMIT}/")
    lacking = card_of("fed.imm.owp_vulnerable", book().look({"doc.held": True}, TODAY)).pathway
    assert "permit.employer_specific" in lacking.missing
    told = {"doc.held": True, "permit.employer_specific": True}
    left = card_of("fed.imm.owp_vulnerable", book().look(told, TODAY)).pathway
    assert "permit.employer_specific" not in left.missing
    # And what stands behind a warning is named by its part alone, before the warning was read
    question = str(speaker("en").say(book().vocabulary.facts["permit.employer_specific"].question))
    assert question not in words(html)
    # And a code that is no way is no page
    assert visitor.get(f"{at('en', 'doc.held')}aaaaa/").status_code == 404


def test_nothing_missing_is_said_in_words_that_only_a_lawyer_may_ask():
    outlook = book().look({"place.in_canada": True}, TODAY)
    for key in outlook.remedies:
        missing = card_of(key, outlook).missing
        for words_shown, _, where in missing.tell:
            part = book().interview[where[0] - 1]
            behind = (
                [part.name]
                if part.warning
                else [book().vocabulary.facts[k].question for k in part.pages[where[1] - 1]]
            )
            assert words_shown in behind, key
        assert all(fact.ask is None or not fact.askable for fact in missing.lawyer), key


def test_what_follows_from_what_happens_is_asked_gently_and_never_by_a_painful_question():
    missing = card_of("on.hr.hrto", book().look({}, TODAY)).missing
    assert missing.more
    painful = {place(key)[0] for key in ("sex.harassment", "mar.no_consent")}
    assert not [where for _, _, where in missing.tell if where[0] in painful]


def test_answering_more_goes_on_after_the_last_page_that_was_answered():
    visitor = Visitor().tell({"pay.unpaid_part": True, "doc.held": True})
    number, page = place("doc.held")
    html = visitor.get("s/").content.decode()
    assert f'href="/en/q/{number + 1}/1/"' in html
    assert page == 1
    assert 'href="/en/q/1/1/"' in Visitor().get("s/").content.decode()


def test_changing_the_language_in_the_middle_of_a_page_keeps_what_was_chosen():
    visitor = Visitor()
    moved = visitor.send("/en/q/1/1/", {"pay.unpaid_part": "yes"}, "lang-ar")
    assert (moved.status_code, moved["Location"]) == (303, "/ar/q/1/1/")
    assert " checked" in visitor.get("/ar/q/1/1/").content.decode()
    # And a language that is none leads nowhere else
    assert visitor.send("/en/q/1/1/", {}, "lang-//evil.example")["Location"] == "/en/q/1/1/"


def test_going_back_a_page_keeps_what_was_chosen():
    visitor = Visitor()
    back = visitor.send("/en/q/1/2/", {"pay.held_to_keep": "yes"}, "before")
    assert back["Location"] == "/en/q/1/1/"
    assert " checked" in visitor.get("/en/q/1/2/").content.decode()
    assert visitor.send("/en/q/1/1/", {}, "before")["Location"] == "/en/"


def test_a_part_is_counted_within_the_door_that_was_opened():
    doors = [part.door for part in book().interview]
    assert said("part_of", n=1, total=doors.count("look")) in Visitor().text("q/1/1/")
    first = doors.index("ways") + 1
    assert said("part_of", n=1, total=doors.count("ways")) in Visitor().text(f"q/{first}/1/")


def test_is_this_all_right_answers_first_and_helps_with_a_few_ways_without_repeats():
    html = Visitor().tell(MATEO.answers).get("s/").content.decode()
    seen = words(html)
    assert re.match(rf"{re.escape(said('so_far_heading'))} Of what you told us, \d+ things", seen)
    section = html.split(said("what_help"))[1].split("</section>")[0]
    helped = re.findall(r"/en/o/([a-z2-7]{5})/", section)
    assert 0 < len(helped) == len(set(helped)) <= 5
    assert code_of("fed.es.clc3") not in helped
    # And who kept everything back is told that this is fine
    quiet = Visitor().tell({"place.in_canada": True})
    assert said("so_far_little") in quiet.text("s/")


def test_the_head_of_a_card_is_nobody_elses():
    """The fixed part of a card is drawn once for everybody; two people may not see each other's."""
    status_unsaid = Visitor().tell({"pay.unpaid_part": True, "place.work_province": "on"})
    citizen = Visitor().tell(
        {"pay.unpaid_part": True, "place.work_province": "on", "status.now": "citizen"}
    )

    def head(visitor):
        html = visitor.get("o/").content.decode()
        card = html[html.index(f"/o/{code_of('on.es.esa')}/") :]
        return words("<main>" + card[: card.index("</article>")])

    for _ in range(2):
        assert said("see_lawyer_first") in head(status_unsaid)
        assert said("see_lawyer_first") not in head(citizen)


def test_what_was_told_and_settles_nothing_is_not_asked_again():
    told = {"job.ended": True, "ei.hours": 560, "place.area": "M5V"}
    missing = card_of("fed.ei.regular", book().look(told, TODAY)).missing
    assert [fact.key for fact in missing.lawyer] == ["place.area"]


def test_going_back_from_the_beginning_of_a_part_leads_to_the_end_of_the_one_before():
    pages = len(book().interview[0].pages)
    assert Visitor().send("/en/q/2/1/", {}, "before")["Location"] == f"/en/q/1/{pages}/"
    # And out of a warning, without passing it
    warned = next(n for n, part in enumerate(book().interview, 1) if part.warning)
    back = Visitor().send(f"/en/q/{warned}/1/", {}, "before")["Location"]
    assert back.startswith(f"/en/q/{warned - 1}/")


def test_going_back_keeps_what_could_not_be_read_and_still_goes():
    visitor = Visitor()
    page = at("en", "job.last_day_on")
    where = visitor.send(page, {"job.last_day_on.day": "soon"}, "before")["Location"]
    assert where != page
    assert "soon" in visitor.get(page).content.decode()
