"""The pages one only reads: whom to call, the rights, a friend's page, and the practitioner's."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import RequestFactory

from alongside.domain.facts import Conflict, Silence
from alongside.domain.pathways import Verdict
from alongside.doors.entry import seeing
from alongside.doors.entry.visit import Visit
from alongside.doors.showing import practising
from alongside.doors.showing.speaking import book
from alongside.library.calling import trusted
from alongside.library.vocabulary import REGIONS
from tests.doors.visiting import Visitor, words
from tests.people import DIVYA, GRACE, MATEO, RATHER_NOT_SAY, UNKNOWN

pytestmark = pytest.mark.django_db
TODAY = datetime.now(tz=UTC).date()
TOLD = {"place.in_canada": True, "place.province": "on", "place.work_province": "on"}


def said(lang, key):
    return book().words.voice(lang).find(book().words.texts[key])


def at(html, heading):
    """Return the part of a page under one heading, up to the next of its size."""
    found = re.search(rf"<h2[^>]*>{re.escape(heading)}.*?(?=<h2|</main>)", html, re.DOTALL)
    assert found, heading
    return found[0]


def cells(html):
    """Return the words of a part of a page, with a space after each cell of a table."""
    return words("<main>" + html.split("<main", 1)[-1].replace("</td>", " </td>"))


def seen_by(answers):
    """Return what a practitioner sees today of answers, two versions of one thing among them."""
    return practising.for_practitioner(answers, datetime.now(tz=UTC).date())


# Whom to call


@pytest.mark.parametrize("province", [None, *REGIONS])
def test_only_a_number_that_can_be_told_plainly_comes_with_what_to_say(province):
    answers = {"place.province": province} if province else {}
    html = Visitor().tell(answers).get("t/").content.decode()
    boxes = html.split("<h3>")[1:]
    assert len(boxes) == len(book().contacts)
    for contact in book().contacts.values():
        box = next(b for b in boxes if words(f"<main>{b}").startswith(contact.name.en + " "))
        plainly = trusted(contact) or contact.well_known
        assert (said("en", "you_can_say") in box) == plainly, contact.key
        assert (contact.say.en in words(f"<main>{box}")) == plainly, contact.key
        assert said("en", "who_they_tell") in box, contact.key


def test_who_cannot_be_reached_surely_stands_folded_and_9_1_1_does_not():
    html = Visitor().get("t/").content.decode()
    unfolded = re.sub(r"<details>.*?</details>", "", html, flags=re.DOTALL)
    for contact in book().contacts.values():
        plainly = trusted(contact) or contact.well_known
        assert (contact.name.en in words(unfolded)) == plainly, contact.key
    assert "9-1-1" in unfolded


@pytest.mark.parametrize("province", REGIONS)
def test_the_persons_own_province_stands_right_after_all_of_canada(province):
    html = Visitor().tell({"place.work_province": province}).get("t/").content.decode()
    headings = re.findall(r'<h2 id="(t\d+)">(.*?)</h2>', html)
    assert [text for _, text in headings[:2]] == ["All of Canada", said("en", f"region_{province}")]
    assert re.findall(r'<a href="#(t\d+)">(.*?)</a>', html) == headings
    own = next(r for r in seeing.contacts_by_region(province, TODAY) if r.own)
    part = at(html, said("en", f"region_{province}"))
    assert (said("en", "carry_no_local") in part) == (not own.reached)


def test_nobody_is_listed_twice_or_left_out_because_of_a_province():
    for province in (None, "bc", "pe", "zz"):
        regions = seeing.contacts_by_region(province, TODAY)
        keys = [c.key for r in regions for c in (*r.reached, *r.folded)]
        assert sorted(keys) == sorted(book().contacts)


# Rights


def test_the_first_sentence_of_every_right_is_seen_and_nothing_of_it_is_lost():
    html = Visitor().get("r/").content.decode()
    for right in book().rights.topics.values():
        first = re.split(r"(?<=\.) ", right.text.en)[0]
        summary = next(
            s
            for s in html.split("<summary>")
            if words(f"<main>{s}").startswith(right.name.en + " ")
        )
        assert first in words(f"<main>{summary.split('</summary>')[0]}"), right.key
        folded = words(f"<main>{summary.split('</summary>')[1]}").replace(" ", "")
        for sentence in re.split(r"(?<=\.) ", f"{right.text.en} {right.limits.en}")[1:]:
            assert sentence.replace(" ", "") in folded, (right.key, sentence)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_sentences_put_together_again_are_the_text(lang):
    voice = book().words.voice(lang)
    for right in book().rights.topics.values():
        for text in (right.text, right.limits):
            ((tongue, cut),) = seeing.sentences(voice.spans(text))
            whole = words("<main>" + " ".join(cut))
            assert tongue == lang
            assert whole == re.sub(r"\s+", " ", getattr(text, lang))
            assert all(re.search(r"[.?!]$", words(f"<main>{c}")) for c in cut), (right.key, cut)


def test_a_right_in_two_languages_marks_each_with_its_own():
    html = Visitor("ar").get("r/").content.decode()
    right = book().rights.topics["rights.pay"]
    assert f'lang="en" dir="ltr">{right.text.en.split(". ")[0]}.' in html
    assert f'lang="fr" dir="ltr">{right.text.fr.split(". ")[0]}.' in html


# For someone else


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar"])
def test_a_friend_is_given_a_friends_sentence_and_not_the_workers(lang):
    seen = Visitor(lang).text("f/")
    assert seen.count(said(lang, "friend_say")) >= 1
    for contact in book().contacts.values():
        assert contact.say.en not in seen
        assert (book().words.voice(lang).find(contact.say) or contact.say.fr) not in seen
    assert book().contacts["tel.hotline"].say.en in Visitor().text("h/"), "the Book keeps its own"


def test_no_sentence_of_the_friends_page_or_of_our_promises_was_lost_in_the_sorting():
    friend = [k for k in book().words.texts if k.startswith("other_")]
    for key in friend:
        assert said("en", key) in Visitor().text("f/"), key
    page = Visitor().get("h/").content.decode()
    can, cannot, now = (at(page, said("en", k)) for k in ("we_do", "we_cannot", "you_can_now"))
    assert said("en", "no_share") in words(f"<main>{can}")
    assert said("en", "not_reviewed") in words(f"<main>{cannot}")
    assert said("en", "leave_explains") in words(f"<main>{cannot}")
    assert said("en", "borrowed_phone") in words(f"<main>{now}")


# The practitioner


def test_what_was_told_stands_apart_from_what_was_not_said_and_from_what_follows():
    html = Visitor().tell(DIVYA.answers | {"wrk.unsafe": UNKNOWN}).get("p/").content.decode()
    part = at(html, said("en", "what_was_told"))
    told, left, follows = re.split("<h3>|<details>", part)
    rows = {"told": cells(told), "left": cells(left), "follows": cells(follows)}
    assert "pay below the law or the contract pay.below_min Yes" in rows["told"]
    assert "job.last_day_on August 2026" in rows["told"]
    assert "fear.return I'd rather not say" in rows["left"]
    assert "wrk.unsafe I don't know" in rows["left"]
    assert "wage.owed Yes (worked out)" in rows["follows"]
    assert "fear.return" not in rows["told"] + rows["follows"]
    assert "worked out)" not in rows["told"] + rows["left"]


def test_every_answer_is_in_exactly_one_place_and_nothing_told_counts_as_worked_out():
    answers = MATEO.answers | GRACE.answers
    found = seen_by(answers)
    keys = [known.fact.key for known in (*found.told, *found.declined)]
    assert sorted(keys) == sorted(answers)
    assert all(isinstance(k.versions[0].answer, Silence) for k in found.declined)
    assert not {k.fact.key for k in found.derived} & {k.fact.key for k in found.told}


def test_what_was_not_said_may_still_follow_from_the_rest_and_is_marked_so():
    found = seen_by(TOLD | {"pay.below_min": True, "wage.owed": RATHER_NOT_SAY})
    assert "wage.owed" in {k.fact.key for k in found.declined} & {k.fact.key for k in found.derived}


def test_two_versions_are_told_apart_and_none_is_preferred():
    visit = Visit(RequestFactory().get("/en/p/"), "en")
    read = practising.page_of(TOLD | {"pay.below_min": Conflict((True, False))}, visit.today)
    (known,) = [k for k in read["seen"].told if k.fact.key == "pay.below_min"]
    assert [v.answer for v in known.versions] == [True, False]
    html = visit.show("practitioner", **read).content.decode()
    assert "pay.below_min Told in two ways: Yes / No" in cells(html)


def test_danger_told_stands_first_among_the_flags_then_what_is_urgent():
    answers = {
        "safe.danger_now": True,
        "doc.false_identity": True,
        "thr.threat": True,
        "thr.violence": True,
    }
    found = seen_by(TOLD | answers)
    keys = [flag.fact.key for flag in found.flags]
    assert keys == ["safe.danger_now", "thr.violence", "thr.threat", "doc.false_identity"]
    assert [flag.urgency for flag in found.flags] == [0, 0, 1, 2]
    for quiet in (False, UNKNOWN, RATHER_NOT_SAY):
        found = seen_by(TOLD | {"safe.danger_now": quiet})
        assert found.flags == []


def test_every_way_stands_once_by_verdict_with_the_nearest_day_first():
    found = seen_by(MATEO.answers | DIVYA.answers)
    assert [v for v, _ in found.verdicts] == [v for v in Verdict if v in dict(found.verdicts)]
    keys = [way.card.remedy.key for _, ways in found.verdicts for way in ways]
    assert len(keys) == len(set(keys))
    told = {"fed", *(word for word in found.outlook.facts.values.values() if word in REGIONS)}
    left_out = {key: found.outlook.remedies[key] for key in book().remedies.keys() - set(keys)}
    assert left_out
    assert {path.verdict for path in left_out.values()} == {Verdict.CLOSED}
    assert not told & {path.rule.jurisdiction for path in left_out.values()}
    for verdict, ways in found.verdicts:
        assert all(way.card.pathway.verdict is verdict for way in ways)
        nearest = [way.card.nearest for way in ways]
        ahead = [t.ends_on for t in nearest if t and t.ends_on and t.ends_on >= found.outlook.on]
        assert ahead == sorted(ahead)
        assert [t.ends_on for t in nearest[: len(ahead)] if t] == ahead, "before those without"


def test_a_limit_without_a_day_stands_before_one_that_has_passed():
    found = seen_by(MATEO.answers | DIVYA.answers)
    way = next(w for _, ways in found.verdicts for w in ways if w.card.nearest)
    ticking = way.card.nearest

    def due(ends_on):
        card = replace(way.card)
        card.__dict__["nearest"] = ticking and replace(ticking, ends_on=ends_on)
        return practising.Practised(card).due

    day = timedelta(days=1)
    today = found.outlook.on
    order = [today, today + day, None, today - day]
    assert sorted(order, key=due) == order
    assert max(map(due, order)) < (3, date.max), "and each before a way without any limit"


def test_a_clock_is_named_in_words_with_its_day_what_is_left_and_how_it_stands():
    visitor = Visitor().tell(TOLD | {"wage.due_on": MATEO.answers["wage.due_on"], "job.had": True})
    seen = cells(visitor.get("p/").content.decode())
    assert re.search(
        r"Usual last day to file the wage claim clk\.esa_claim · September 30, 2028 \(\d+ days left\) · running",
        seen,
    )
    assert "clk.cra_ruling · the first day is not known job.last_year_worked" in seen


def test_every_missing_fact_of_a_way_is_named_beside_its_key():
    found = seen_by(TOLD)
    seen = cells(Visitor().tell(TOLD).get("p/").content.decode())
    facts = book().vocabulary.facts
    missing = {k for _, ways in found.verdicts for w in ways for k in w.card.pathway.missing}
    assert missing
    assert [k for k in missing if f"{facts[k].name.en} {k}" not in seen] == []


def test_each_source_a_way_cites_is_written_out_once_under_its_number():
    html = Visitor().tell(MATEO.answers).get("p/").content.decode()
    found = seen_by(MATEO.answers)
    listed = re.findall(
        r"<li>(.*?)</li>", html[html.index('<ol class="small">') :].split("</ol>")[0]
    )
    titles = [book().sources.table[key].title.en for key in found.numbered]
    assert len(listed) == len(titles) == max(found.numbered.values())
    assert all(title in words(f"<main>{li}") for title, li in zip(titles, listed, strict=True))
    named = {int(n) for n in re.findall(r"\[(\d+)\]", html)}
    assert named == set(found.numbered.values())
