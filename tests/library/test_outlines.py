"""Papers that a lawyer finishes: every statement stands on an answer, and where nothing was told there is a gap."""

import io
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from alongside.command import main
from alongside.domain.facts import Conflict, Kind, Silence, Span
from alongside.library.paper.document import Heading, Items, Note, Table
from alongside.library.paper.outlined import outlined
from alongside.library.paper.plain import everything_said, origins, plain
from alongside.library.paper.setting import set_document
from alongside.library.paper.writing import OFFICIAL, Known
from alongside.library.vocabulary import REGIONS
from tests.people import CAST, DIVYA, MATEO, RATHER_NOT_SAY, UNKNOWN

ON = date(2026, 12, 1)
LIMITS, CLAIM, PERMIT = "limitation_memo", "wage_claim", "permit_cover"
PAPERS = (
    PERMIT, "open_permit_letter", CLAIM, "humanitarian_outline", "deferral_request", LIMITS,
)  # fmt: skip


@pytest.fixture(scope="session")
def paper(book):
    def made(key, answers, lang="en", told_on=None, opened=None):
        known = Known(answers, told_on or {}, opened)
        return outlined(book, book.outlines[key], known, ON, lang)

    return made


def text(said):
    return " ".join(span.text for span in said.spans)


def of_answers(said):
    return [one for one in said.origins if one.label.startswith(("answer", "réponse"))]


def statements(document):
    """What a paper says of the person: the items, and the cells beside a question or a limit."""
    for block in document.blocks:
        if isinstance(block, Items):
            yield from block.items
        elif isinstance(block, Table):
            yield from (said for row in block.rows for cell in row[1:] for said in cell)


def told(document):
    return [text(said) for said in statements(document) if of_answers(said) and not said.gap]


def gaps(document):
    return [text(said) for said in statements(document) if said.gap]


def test_the_papers_that_are_asked_for_are_there(book):
    assert tuple(book.outlines) == PAPERS
    assert {o.limits.value for o in book.outlines.values()} == {"own", "all"}


@pytest.mark.parametrize("lang", OFFICIAL)
@pytest.mark.parametrize("key", PAPERS)
def test_every_statement_comes_from_an_answer_or_the_law_and_every_other_is_a_gap(paper, key, lang):
    for person in CAST:
        for said in statements(paper(key, person.answers, lang)):
            assert said.gap or said.origins, (person.name, text(said))
            assert text(said).startswith("[") is said.gap
            assert not re.search(r"[{}]", text(said))


@pytest.mark.parametrize("key", PAPERS)
def test_with_nothing_told_a_paper_holds_gaps_and_law_alone(paper, key):
    document = paper(key, {})
    assert not told(document)
    assert gaps(document)
    assert all(one.label.startswith("law") for one in origins(document))
    for said in statements(document):
        assert said.gap or said.origins


@pytest.mark.parametrize("key", PAPERS)
def test_taking_any_answer_away_takes_what_stands_on_it_and_adds_nothing(book, paper, key):
    for person in CAST:
        whole = paper(key, person.answers)
        for gone in person.answers:
            left = {fact: answer for fact, answer in person.answers.items() if fact != gone}
            less = paper(key, left)
            question = book.vocabulary.facts[gone].question.en
            assert not [one for one in origins(less) if text(one).startswith(f"“{question}”")]
            new = set(items(less)) - set(items(whole))
            assert not new, (person.name, gone, new)


def items(document):
    """The statements of the sections alone: a limit may well run anew when an answer is gone."""
    found = [block for block in document.blocks if isinstance(block, Items)]
    return [text(said) for block in found for said in block.items if not said.gap]


def answers_to(fact):
    """Any answer that a fact can have."""
    days = st.dates(date(2015, 1, 1), date(2028, 12, 31))
    values = {
        Kind.YES_NO: st.booleans(),
        Kind.DATE: st.builds(lambda a, b: Span(min(a, b), max(a, b)), days, days),
        Kind.CHOICE: st.sampled_from(fact.options or ("",)),
        Kind.REGION: st.sampled_from(REGIONS),
        Kind.COUNTRY: st.just("PH"),
        Kind.LANGUAGE: st.just("spa"),
    }
    value = values.get(fact.kind, st.integers(1, 90_000))
    return st.one_of(value, st.sampled_from(Silence), st.builds(lambda a: Conflict((a, a)), value))


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_whatever_was_told_no_statement_stands_without_each_of_its_facts(book, paper, data):
    key = data.draw(st.sampled_from(PAPERS))
    outline = book.outlines[key]
    points = [point for section in outline.sections for point in section.points]
    reads = sorted({fact for p in points for s in p.statements for fact in s.facts})
    chosen = data.draw(st.lists(st.sampled_from(reads), unique=True, min_size=1, max_size=12))
    facts = book.vocabulary.facts
    answers = {fact: data.draw(answers_to(facts[fact])) for fact in chosen}
    whole = paper(key, answers)
    gone = data.draw(st.sampled_from(chosen))
    less = paper(key, {fact: answer for fact, answer in answers.items() if fact != gone})
    standing = [said for block in whole.blocks if isinstance(block, Items) for said in block.items]
    on_it = [
        text(said)
        for said in standing
        if not said.gap and any(facts[gone].question.en in text(one) for one in said.origins)
    ]
    assert not set(on_it) & set(items(less))
    assert set(items(less)) <= set(items(whole))


def test_a_statement_says_the_answer_in_the_persons_own_line_and_the_day_it_was_told(paper):
    document = paper(CLAIM, MATEO.answers, told_on={"pay.unpaid_part": date(2026, 11, 3)})
    said = next(s for s in statements(document) if "part of the pay is missing" in text(s))
    (origin,) = said.origins
    assert text(origin) == (
        "“Part of my pay is missing or late.” Answered: Yes. Told on November 3, 2026."
    )
    other = next(s for s in statements(document) if "money is taken from the pay" in text(s))
    assert "Told on" not in text(other.origins[0])


def test_the_same_answer_has_one_number_wherever_it_stands(paper):
    document = paper(CLAIM, MATEO.answers)
    labels = [one.label for one in origins(document)]
    assert len(labels) == len(set(labels))
    about = [
        s for s in statements(document) if any("missing or late" in text(o) for o in s.origins)
    ]
    assert len(about) > 1
    assert len({one.label for s in about for one in of_answers(s)}) == 1


@pytest.mark.parametrize(
    ("answer", "says", "never"),
    [
        (None, "[Not told: fear of danger if sent back", None),
        (UNKNOWN, "[The person does not know: fear of danger if sent back", None),
        (RATHER_NOT_SAY, "[The person keeps this to themselves: fear of danger", "To ask"),
        (Conflict((True, False)), "[Told in two ways that do not agree: fear of danger", None),
    ],
)
def test_a_gap_says_why_and_what_is_kept_is_not_asked_for_again(paper, answer, says, never):
    answers = {} if answer is None else {"fear.return": answer}
    document = paper("humanitarian_outline", answers)
    found = [gap for gap in gaps(document) if gap.startswith(says)]
    assert found
    assert not [gap for gap in found if never and never in gap]
    assert not [said for said in told(document) if "in danger if sent back" in said]


def test_what_was_not_opened_is_told_apart_from_what_was_not_told(paper):
    document = paper("humanitarian_outline", {}, opened=frozenset({"immigration"}))
    closed = " ".join(gap for gap in gaps(document) if gap.startswith("[Not opened to you"))
    unsaid = " ".join(gap for gap in gaps(document) if gap.startswith("[Not told"))
    assert "children in the person's care" in closed
    assert "fear of danger if sent back" in unsaid
    assert "fear of danger if sent back" not in closed


def test_two_versions_stand_beside_the_gap_and_neither_is_preferred(paper):
    document = paper("humanitarian_outline", {"fear.return": Conflict((True, False))})
    gap = next(s for s in statements(document) if text(s).startswith("[Told in two ways"))
    assert "Answered: Yes / No." in text(gap.origins[0])


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (Span.on(date(2026, 9, 30)), "September 30, 2026"),
        (Span(date(2026, 2, 1), date(2026, 2, 28)), "February 2026"),
        (Span(date(2025, 1, 1), date(2025, 12, 31)), "2025"),
        (
            Span(date(2026, 2, 1), date(2026, 2, 27)),
            "between February 1, 2026 and February 27, 2026",
        ),
        (
            Span(date(2025, 1, 1), date(2026, 12, 31)),
            "between January 1, 2025 and December 31, 2026",
        ),
    ],
)
def test_a_day_is_never_told_as_more_exact_than_it_was(paper, day, said):
    assert f"due and did not come, as told to us: {said}." in " ".join(
        told(paper(CLAIM, {"wage.due_on": day}))
    )


def test_money_is_written_as_each_language_writes_it(paper):
    answers = {"wage.amount": 12_400}
    assert "as told to us: $12,400." in " ".join(told(paper(CLAIM, answers)))
    assert "ce qu'on nous a dit : 12\u00a0400\u00a0$." in " ".join(
        told(paper(CLAIM, answers, "fr"))
    ).replace("\u202f", "\u00a0").replace("dit\u00a0:", "dit :")


def test_the_name_of_the_file_and_of_its_paper_tell_nothing(book, paper):
    for key, outline in book.outlines.items():
        document = paper(key, DIVYA.answers)
        assert re.fullmatch(r"[a-z2-7]{5}", document.name)
        assert document.name not in outline.name.en.lower()
    assert len({paper(key, {}).name for key in PAPERS}) == len(PAPERS)


def test_a_paper_says_that_it_is_unfinished_before_anything_else(paper):
    for lang, said in (("en", "Not finished, not reviewed, not sent."), ("fr", "Ni terminé")):
        first = paper(PERMIT, DIVYA.answers, lang).blocks[0]
        assert isinstance(first, Note)
        assert first.weight == "caution"
        assert text(first.said[0]).startswith(said)


def test_past_its_date_a_paper_says_so(book):
    outline = book.outlines[PERMIT]
    late = date(outline.review.review_by.year + 1, 1, 1)
    document = outlined(book, outline, Known({}), late, "en")
    notes = [text(s) for b in document.blocks[:3] if isinstance(b, Note) for s in b.said]
    assert any("due to be checked again" in note for note in notes)


def test_a_form_is_linked_its_questions_stand_beside_what_was_told_and_it_is_not_filled_in(paper):
    document = paper("open_permit_letter", MATEO.answers)
    at = next(
        i for i, b in enumerate(document.blocks) if isinstance(b, Heading) and "5710" in text(b)
    )
    notes, table = document.blocks[at + 1 : at + 3]
    assert "imm5710.html" in text(notes.said[0])
    cells = {text(row[0][0]): [text(said) for said in row[1]] for row in table.rows}
    assert cells["Client number (UCI)"] == [
        "[Nobody asks this here. It goes in by hand, with the person.]"
    ]
    status = cells["Status now, and until when"]
    assert any("March 31, 2027" in line for line in status)


def test_a_form_that_was_not_read_says_so(paper, book):
    unread = {form.key for form in book.forms.values() if form.unverified}
    assert {"imm0017", "imm5708", "on_claim", "qc_complaint"} == unread
    document = "\n".join(plain(paper("open_permit_letter", {})))
    before, after = document.split("## IMM 5710")
    assert "Not checked" in before.split("## IMM 0017")[1]
    assert "Not checked" not in after


@pytest.mark.parametrize("lang", OFFICIAL)
@pytest.mark.parametrize("key", PAPERS)
def test_every_paper_is_set_as_a_pdf_with_its_statements(book, paper, key, lang):
    document = paper(key, MATEO.answers, lang)
    page = PdfReader(io.BytesIO(set_document(document, book.words.voice(lang))))
    read = "".join("".join(p.extract_text().split()) for p in page.pages)
    for said in items(document):
        assert "".join(said.split())[:20] in read, said


def test_plain_text_holds_every_statement_and_every_origin(paper):
    document = paper(PERMIT, DIVYA.answers, "fr")
    flat = re.sub(r"\s+", " ", " ".join(plain(document)))
    for said in everything_said(document):
        if said not in [
            head for b in document.blocks if isinstance(b, Table) for head in b.head[:1]
        ]:
            assert re.sub(r"\s+", " ", text(said)) in flat
    for one in origins(document):
        assert f"({one.label})" in flat


def test_what_makes_no_sense_after_another_answer_is_no_gap(paper):
    open_, ended = (
        " ".join(gaps(paper(CLAIM, {} if answer is None else {"job.ended": answer})))
        for answer in (None, False)
    )
    assert "last day at work" in open_
    assert "last day at work" not in ended


@pytest.mark.parametrize(
    ("told_places", "shown"),
    [
        ({}, {"Ontario", "British Columbia", "Alberta", "Quebec"}),
        ({"place.work_province": "on"}, {"Ontario"}),
        ({"place.work_province": "qc", "place.province": "on"}, {"Quebec", "Ontario"}),
        ({"place.province": "sk"}, set()),
    ],
)
def test_forms_and_law_of_other_provinces_stay_out_once_a_province_was_told(
    paper, told_places, shown
):
    document = paper(CLAIM, told_places)
    law = [text(s) for b in document.blocks if isinstance(b, Note) for s in b.said]
    headings = [text(block) for block in document.blocks if isinstance(block, Heading)]
    for province in ("Ontario", "British Columbia", "Alberta", "Quebec"):
        assert any(one.startswith(f"{province}:") for one in law) is (province in shown)
        assert any(f"({province})" in one for one in headings) is (province in shown)


FACTS_FILE = '[facts]\n"pay.unpaid_part" = true\n"fear.return" = "rather_not_say"\n'


def test_the_command_prints_the_paper_in_the_language_asked_for(tmp_path, capsys):
    path = tmp_path / "facts.toml"
    path.write_text(FACTS_FILE, encoding="utf-8")
    assert main(["outline", CLAIM, str(path), "--lang", "fr", "--on", "2026-12-01"]) == 0
    said = capsys.readouterr().out
    assert "qu'une partie de la paie manque ou est en retard. (réponse 1)" in said
    assert "(réponse 1) «\u00a0Une partie" in said.replace("\u202f", "\u00a0")


def test_the_command_names_the_nearest_paper_and_the_nearest_fact(tmp_path, capsys):
    path = tmp_path / "facts.toml"
    path.write_text(FACTS_FILE.replace("unpaid_part", "unpaid_prt"), encoding="utf-8")
    assert main(["outline", "wage_clam", str(path)]) == 2
    assert "'wage_claim'" in capsys.readouterr().err
    assert main(["outline", CLAIM, str(path)]) == 2
    assert "'pay.unpaid_part'" in capsys.readouterr().err
