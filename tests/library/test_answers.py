"""A file of facts is read exactly, and what cannot be read is named with the nearest valid answer."""

from datetime import date

import pytest

from alongside.domain.facts import Conflict, Facts, Kind, Silence, Span
from alongside.library.answers import AnswerError, nearest_day, read_facts_file

JULY = Span.on(date(2026, 7, 1))


@pytest.fixture
def facts(book):
    return book.vocabulary.facts


@pytest.mark.parametrize(
    ("line", "key", "answer"),
    [
        ('"pay.unpaid_part" = true', "pay.unpaid_part", True),
        ('"pay.unpaid_part" = false', "pay.unpaid_part", False),
        ("pay.unpaid_part = true", "pay.unpaid_part", True),
        ('"pay.unpaid_part" = "unknown"', "pay.unpaid_part", Silence.UNKNOWN),
        ('"pay.unpaid_part" = "not_sure"', "pay.unpaid_part", Silence.UNKNOWN),
        ('"pay.unpaid_part" = "rather_not_say"', "pay.unpaid_part", Silence.RATHER_NOT_SAY),
        (
            '"pay.unpaid_part" = { conflict = [true, false] }',
            "pay.unpaid_part",
            Conflict((True, False)),
        ),
        ('"claim.state" = "none"', "claim.state", "none"),
        ('"ei.hours" = 650', "ei.hours", 650),
        ('"ei.hours" = 0', "ei.hours", 0),
        ('"wage.amount" = 1250.5', "wage.amount", 1250.5),
        ('"claim.made_on" = 2026-07-01', "claim.made_on", JULY),
        (
            '"claim.made_on" = { earliest = 2026-07-01, latest = 2026-07-31 }',
            "claim.made_on",
            Span(date(2026, 7, 1), date(2026, 7, 31)),
        ),
        (
            '"claim.made_on" = [2026-07-01, 2026-07-31]',
            "claim.made_on",
            Span(date(2026, 7, 1), date(2026, 7, 31)),
        ),
        (
            '"claim.made_on" = { conflict = [2026-07-01, 2025-07-01] }',
            "claim.made_on",
            Conflict((JULY, Span.on(date(2025, 7, 1)))),
        ),
        ('"place.province" = "on"', "place.province", "on"),
        ('"person.home_country" = "PH"', "person.home_country", "PH"),
        ('"lang.speak" = "spa"', "lang.speak", "spa"),
        ('"place.area" = "M5V"', "place.area", "M5V"),
    ],
)
def test_an_answer_is_read_as_it_was_given(facts, line, key, answer):
    assert read_facts_file(f"[facts]\n{line}\n", facts) == {key: answer}


def test_silences_and_two_versions_leave_nothing_a_rule_could_read(facts):
    told = read_facts_file(
        '[facts]\n"pay.unpaid_part" = "rather_not_say"\n"doc.held" = { conflict = [true, false] }\n',
        facts,
    )
    known = Facts.told(told)
    assert not known.knows("pay.unpaid_part")
    assert not known.knows("doc.held")
    assert known.fillable("pay.unpaid_part")
    assert not known.fillable("doc.held")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('"pay.unpaid_prt" = true', ["'pay.unpaid_prt'", "'pay.unpaid_part'"]),
        ("pay.unpaid_prt = true", ["'pay.unpaid_prt'", "'pay.unpaid_part'"]),
        ('"pay.unpaid_part" = "yes"', ["pay.unpaid_part", "'yes'", "answer is true"]),
        ('"pay.unpaid_part" = 0', ["pay.unpaid_part", "0", "answer is false"]),
        ('"pay.unpaid_part" = []', ["pay.unpaid_part", "true or false"]),
        ('"pay.unpaid_part" = { told = true }', ["pay.unpaid_part", "true or false"]),
        ('"pay.unpaid_part" = { conflict = [true] }', ["pay.unpaid_part", "conflict"]),
        ('"pay.unpaid_part" = { conflict = [true, 2] }', ["pay.unpaid_part", "2"]),
        ('"claim.state" = "pendng_rpd"', ["claim.state", "'pendng_rpd'", "'pending_rpd'"]),
        ('"claim.state" = true', ["claim.state", "true"]),
        ('"ei.hours" = "many"', ["ei.hours", "'many'", "a number"]),
        ('"ei.hours" = true', ["ei.hours", "true", "a number"]),
        ('"ei.hours" = -1', ["ei.hours", "-1", "answer is 0"]),
        ('"ei.hours" = nan', ["ei.hours", "nan", "a number"]),
        ('"ei.hours" = inf', ["ei.hours", "inf", "a number"]),
        ('"claim.made_on" = "2026-07-01"', ["claim.made_on", "answer is 2026-07-01"]),
        ('"claim.made_on" = "2026-02-30"', ["claim.made_on", "answer is 2026-02-28"]),
        ('"claim.made_on" = "July"', ["claim.made_on", "'July'", "2026-07-23"]),
        ('"claim.made_on" = 2026-07-01T10:00:00', ["claim.made_on", "answer is 2026-07-01"]),
        ('"claim.made_on" = 1850-01-01', ["claim.made_on", "1850-01-01", "1900-01-01"]),
        ('"claim.made_on" = 2500-01-01', ["claim.made_on", "2500-01-01", "2199-12-31"]),
        ('"claim.made_on" = 2026-02-30', ["2026-02-30", "2026-02-28"]),
        ('"claim.made_on" = 2026-13-01', ["2026-13-01", "2026-12-01"]),
        (
            '"claim.made_on" = { earliest = 2026-07-31, latest = 2026-07-01 }',
            ["claim.made_on", "2026-07-31", "2026-07-01", "earlier day first"],
        ),
        ('"job.last_year_worked" = 20255', ["job.last_year_worked", "20255", "answer is 2199"]),
        ('"job.last_year_worked" = 25', ["job.last_year_worked", "answer is 1900"]),
        ('"job.last_year_worked" = "last"', ["a number from 1900 to 2199"]),
        ('"place.province" = "onn"', ["place.province", "'onn'", "'on'"]),
        ('"place.province" = "ON"', ["place.province", "'ON'", "answer is 'on'"]),
        ('"place.province" = "ontario"', ["place.province", "answer is 'on'"]),
        ('"claim.made_on" = { earliest = 2026-07-31 }', ["claim.made_on", "a table", "2026-07-23"]),
        ('doc.held = true\n"doc.held" = false', ["doc.held is told twice", "conflict = [true"]),
        ('# 2026-02-29?\n"claim.made_on" = 2026-13-01', ["2026-13-01", "2026-12-01"]),
        ('"ei.hours" = ' + "9" * 5000, ["a number too long"]),
        ('"ei.hours" = ' + "[" * 5000 + "]" * 5000, ["tables too deep"]),
        ('"person.home_country" = "Philippines"', ["person.home_country", "two letters like PH"]),
        ('"lang.speak" = "es"', ["lang.speak", "'es'", "three letters like spa"]),
        ('"place.area" = "M5V 2T6"', ["place.area", "three signs like M5V"]),
        ('"contact.safe_hours" = ""', ["contact.safe_hours", "a text in quotes"]),
    ],
)
def test_what_cannot_be_read_is_named_with_the_nearest_valid_answer(facts, text, named):
    with pytest.raises(AnswerError) as refusal:
        read_facts_file(f"[facts]\n{text}\n", facts)
    said = str(refusal.value)
    assert [part for part in named if part not in said] == [], said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "no table [facts]"),
        ('"pay.unpaid_part" = true', "'pay.unpaid_part' beside [facts]"),
        ("facts = 3", "no table [facts]"),
        ("[facts]\n[more]\n", "'more' beside [facts]"),
        ("[facts\n", "not TOML"),
        ("[facts]\na = 1\na = 2\n", "not TOML"),
    ],
)
def test_a_file_of_another_shape_is_refused(facts, text, named):
    with pytest.raises(AnswerError) as refusal:
        read_facts_file(text, facts)
    assert named in str(refusal.value)


ODD = (
    "true", "3", "-3", "1e300", "nan", '""', '"x"', '"on"', "[]", "[true]", "{}", "{ conflict = [] }",
    "{ conflict = 3 }", "{ earliest = 2026-01-01 }", "{ earliest = 1, latest = 2 }", "10:00:00",
    "2026-01-01", "2026-01-01 10:00:00Z", "{ conflict = [true, { conflict = [true, false] }] }",
    "99999999999999999999999",
)  # fmt: skip


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("odd", ODD)
def test_no_value_of_any_kind_is_met_with_anything_but_an_answer_or_one_sentence(facts, kind, odd):
    key = next(fact.key for fact in facts.values() if fact.kind is kind)
    try:
        told = read_facts_file(f'[facts]\n"{key}" = {odd}\n', facts)
    except AnswerError as refusal:
        assert "\n" not in str(refusal)  # noqa: PT017 - either outcome is right, a crash is not
        assert "facts" in str(refusal) or key.split(".")[0] in str(refusal)  # noqa: PT017
    else:
        assert set(told) <= {key}


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("2026-02-30", "2026-02-28"),
        ("2024-02-30", "2024-02-29"),
        ("2026-04-31", "2026-04-30"),
        ("2026-00-10", "2026-01-10"),
        ("2026-05-00", "2026-05-01"),
        ("0001-01-01", "1900-01-01"),
        ("2026-07-01", "2026-07-01"),
        ("in May", None),
    ],
)
def test_the_nearest_day_of_the_calendar(written, nearest):
    assert nearest_day(written) == nearest
