"""What is taken along from the desk: filled from what is opened, and the calendar a riddle to anybody else."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from alongside.domain.facts import Span
from alongside.domain.pathways import Verdict
from alongside.doors.showing.papers.limits import calendar_of, days_of
from alongside.doors.showing.papers.memo import TONGUES, Opened, memo
from alongside.doors.showing.practising import for_practitioner
from alongside.doors.showing.speaking import book, speaker
from alongside.library.paper.document import Heading, Items, Note, Said, Table
from alongside.library.paper.setting import set_document
from alongside.records.casefile.actions.sharing import withdraw
from tests.agencies import present
from tests.doors.desking import Deskmate, clinic, house, somebody_wrote
from tests.library.test_calendar import events
from tests.people import DIVYA, GRACE, HASSAN, MATEO

ON = date(2026, 12, 1)
OWN = b"k" * 16


def everything(paper):
    """Every statement of a paper, its headings too, as text, with its origins."""
    found = []
    for block in paper.blocks:
        if isinstance(block, Heading):
            found.append((block.spans, ()))
        elif isinstance(block, Table):
            cells = [block.head, *(cell for row in block.rows for cell in row)]
            found += [(one.spans, one.origins) for cell in cells for one in cell]
        else:
            kinds = {Items: lambda b: b.items, Note: lambda b: b.said, Said: lambda b: (b,)}
            found += [(one.spans, one.origins) for one in kinds[type(block)](block)]
    return [(" ".join(span.text for span in spans), origins) for spans, origins in found]


def come_in(colleague):
    """Somebody at the desk who has taken in what came."""
    mate = Deskmate(colleague)
    mate.get("i/")
    return mate


def text_of(paper):
    return "\n".join(text for text, _ in everything(paper))


def made(answers, lang="en", closed=()):
    return memo(Opened(answers, closed), ON, speaker(lang).voice)


@pytest.mark.parametrize("lang", TONGUES)
@pytest.mark.parametrize("person", [DIVYA, GRACE, HASSAN, MATEO], ids=lambda p: p.name)
def test_every_way_with_its_trail_its_clocks_and_its_sources_is_in_it(person, lang):
    paper = made(person.answers, lang)
    text, seen = text_of(paper), for_practitioner(person.answers, ON)
    voice = speaker(lang).voice
    for _, ways in seen.verdicts:
        for way in ways:
            assert voice.find(way.card.remedy.words.name) in text
            assert f"({way.card.remedy.key}" in text
    opened = [w for verdict, ways in seen.verdicts if verdict is Verdict.OPEN for w in ways]
    for way in opened:
        assert {step.line for step in way.card.pathway.trail} <= set(text.split("\n"))
        for ticking in way.card.dates:
            assert ticking.clock.key in text
    for key in {cite.source for way in opened for cite in way.card.remedy.cites}:
        assert voice.find(book().sources.table[key].title) in text
    assert set_document(paper, voice).startswith(b"%PDF")


@pytest.mark.parametrize("person", [DIVYA, GRACE], ids=lambda p: p.name)
def test_the_sources_at_the_end_are_those_that_a_line_cites_and_no_other(person):
    paper = made(person.answers)
    last = paper.blocks[-1]
    assert isinstance(last, Items)
    assert last.numbered
    text = text_of(paper)
    cited = {int(number) for number in re.findall(r"\[(\d+)\]", text)}
    assert cited == set(range(1, len(last.items) + 1))
    assert len(cited) < len(book().sources.table) / 2


def test_every_answer_is_named_where_something_stands_on_it_and_no_other():
    paper = made(DIVYA.answers)
    behind = {origin for _, origins in everything(paper) for origin in origins}
    told = {book().vocabulary.facts[key].name.en for key in DIVYA.answers}
    assert {origin.spans[0].text.rstrip(".") for origin in behind} <= told
    assert len(behind) == len({origin.label for origin in behind}) == len(told)
    behind_the_job = next(
        origins for text, origins in everything(paper) if text.startswith("need: job.had is yes")
    )
    name = book().vocabulary.facts["job.had"].name.en
    assert [origin.spans[0].text for origin in behind_the_job] == [f"{name}."]


def test_what_is_not_opened_is_said_so_and_is_neither_yes_nor_no():
    some = {k: v for k, v in DIVYA.answers.items() if book().vocabulary.facts[k].section == "work"}
    paper = made(some, closed=("section_family", "section_health"))
    text = text_of(paper)
    assert "[Not opened to you: " in text
    assert speaker("en").voice.word("desk_partial_text").en in text
    hidden = [key for key in DIVYA.answers if key not in some]
    assert hidden
    told = next(b for b in reversed(paper.blocks) if isinstance(b, Table))
    keys = {span.text for row in told.rows for cell in row for one in cell for span in one.spans}
    assert not keys & set(hidden)
    assert keys & set(some)


def test_a_limit_without_a_day_is_a_gap_to_fill():
    tables = [block for block in made(DIVYA.answers).blocks if isinstance(block, Table)]
    gaps = [one for t in tables for row in t.rows for cell in row for one in cell if one.gap]
    assert gaps
    assert all(one.spans[0].text.startswith("[") for one in gaps)


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize("person", [DIVYA, GRACE, HASSAN, MATEO], ids=lambda p: p.name)
def test_a_calendar_holds_numbers_and_days_and_not_a_word_that_tells(person, lang):
    voice, outlook = speaker(lang).voice, book().look(person.answers, ON)
    found, days = events(calendar_of(outlook, OWN, voice)), days_of(outlook)
    assert [e["DTSTART;VALUE=DATE"] for e in found] == [f"{d.day:%Y%m%d}" for d in days]
    allowed = {
        voice.find(voice.word(k)) or voice.word(k).en for k in ("paper_day", "paper_day_unsure")
    }
    for event in found:
        title = re.sub(r"\d+", "{n}", event["SUMMARY"]).replace("\\,", ",")
        assert title in allowed
        assert re.fullmatch(r"[0-9a-f]{32}", event["UID"])
    assert all(day.day >= ON for day in days)


def test_the_numbers_of_the_calendar_are_those_of_the_memo():
    days = days_of(book().look(MATEO.answers, ON))
    assert len(days) > 1
    table = next(b for b in made(MATEO.answers).blocks if isinstance(b, Table))
    assert [row[0][0].spans[0].text for row in table.rows] == [str(d.number) for d in days]
    for row, day in zip(table.rows, days, strict=True):
        assert speaker("en").language.day(day.day) in row[1][0].spans[0].text


def test_a_day_that_is_not_sure_counts_from_the_earliest_and_says_so():
    exact = {**MATEO.answers, "wage.due_on": Span(date(2026, 10, 30), date(2026, 10, 30))}
    vague = {**MATEO.answers, "wage.due_on": Span(date(2026, 10, 1), date(2026, 10, 31))}
    found = {}
    for name, answers in (("exact", exact), ("vague", vague)):
        days = days_of(book().look(answers, ON))
        found[name] = next(d for d in days if d.ticking.clock.key == "clk.esa_claim")
    assert (found["exact"].sure, found["exact"].day) == (True, date(2028, 10, 30))
    assert (found["vague"].sure, found["vague"].day) == (False, date(2028, 10, 1))


def test_an_identity_stays_when_the_day_moves_and_differs_between_casefiles():
    def identities(own, due):
        answers = {**MATEO.answers, "wage.due_on": Span(due, due)}
        return [
            e["UID"]
            for e in events(calendar_of(book().look(answers, ON), own, speaker("en").voice))
        ]

    first, moved = identities(OWN, date(2026, 10, 30)), identities(OWN, date(2026, 11, 2))
    assert set(first) == set(moved)
    assert len(set(first)) == len(first)
    assert not set(first) & set(identities(b"o" * 16, date(2026, 10, 30)))


@pytest.mark.django_db
def test_at_the_desk_both_are_files_with_names_that_tell_nothing():
    amara = clinic()
    wrote = somebody_wrote(amara, MATEO.answers, "work", "immigration")
    mate = come_in(amara)
    page = mate.get(wrote.at).content.decode()
    for end in ("m/en/", "m/fr/", "t/"):
        assert f'href="/en/{wrote.at}{end}"' in page
    note, days = mate.get(f"{wrote.at}m/fr/"), mate.get(f"{wrote.at}t/")
    assert note["Content-Disposition"] == 'attachment; filename="notes.pdf"'
    assert days["Content-Disposition"] == 'attachment; filename="dates.ics"'
    assert note["Cache-Control"] == days["Cache-Control"] == "no-store"
    assert days["Content-Type"] == "text/calendar; charset=utf-8"
    reader = PdfReader(io.BytesIO(note.content))
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert reader.metadata.title == "Carnet"
    assert events(days.content)


@pytest.mark.django_db
def test_what_was_not_opened_or_was_taken_back_is_in_no_file():
    amara, bruno = clinic(), house()
    wrote = somebody_wrote(amara, MATEO.answers, "work")
    mate, other = come_in(amara), come_in(bruno)
    text = "".join(
        p.extract_text() for p in PdfReader(io.BytesIO(mate.get(f"{wrote.at}m/en/").content)).pages
    )
    assert "[Not opened to you:" in re.sub(r"\s+", " ", text)
    closed = [k for k in MATEO.answers if book().vocabulary.facts[k].section == "immigration"]
    assert closed
    told = text[text.rindex("What was told") :]
    assert [key for key in closed if key in told] == []
    for end in ("m/en/", "t/"):
        assert other.get(wrote.at + end).status_code == 404
    withdraw(keys=wrote.keys, own=wrote.note.id, now=present())
    for end in ("m/en/", "t/"):
        answer = mate.get(wrote.at + end)
        assert "Content-Disposition" not in answer
