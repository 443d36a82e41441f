"""A reform tried: whom it opens what for, whom not, and that trying changes nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from alongside.library.book import CONTENT, Book
from alongside.library.reading import ContentError
from alongside.library.reform_report import lines_of, try_reform
from alongside.library.reforms import load_reform
from alongside.library.trying import Effect, Spot, situations_of, try_everywhere
from alongside.library.vocabulary import REGIONS

if TYPE_CHECKING:
    from pathlib import Path

BOOK = Book()
DAY = date(2026, 11, 30)
SHIPPED = sorted((CONTENT / "reforms").glob("*.toml"))
REFUSED_CLAIM = """
[[case]]
id = "A"
title = "a refused claim, an account that supports trafficking"
on = 2026-11-30
[case.facts]
"place.in_canada" = true
"status.now" = "refused_claimant_no_stay"
"claim.state" = "refused"
"claim.ended_on" = 2026-09-01
"mov.locked_guarded" = true
"thr.violence" = true
"wrk.forced_overtime" = true
"pay.none_long" = true
"rec.recruited" = true
"""
TIED = """
[[case]]
id = "B"
title = "nothing told but being here"
on = 2026-11-30
[case.facts]
"place.in_canada" = true
"place.at_border" = false
"""
TOLD_OF_REMOVAL = """
[[case]]
id = "C"
title = "recruited, unpaid, told of removal, afraid to refuse"
on = 2026-11-30
[case.facts]
"rec.recruited" = true
"pay.none_long" = true
"wrk.excess_hours" = true
"imm.deport_threat" = true
"thr.afraid_refuse" = true
"""


def tried(name: str, text: str):
    reform = load_reform(CONTENT / "reforms" / f"{name}.toml", BOOK)
    return try_everywhere(BOOK, reform, situations_of(text, BOOK, DAY))


def write(folder: Path, text: str) -> Path:
    words = "".join(f'{f}.en = "x"\n{f}.fr = "x"\n' for f in ("name", "says", "asked"))
    path = folder / "reform.toml"
    path.write_text(
        f'key = "x"\ncite = [{{ source = "fed.seed_b", at = "" }}]\n{words}{text}', "utf-8"
    )
    return path


def test_four_reforms_ship_and_each_changes_something():
    assert [path.stem for path in SHIPPED] == [
        "no_fear_test", "no_twelve_months", "open_permits", "status_while_waiting"
    ]  # fmt: skip
    rules = {key: remedy.rule for key, remedy in BOOK.remedies.items()}
    for path in SHIPPED:
        reform = load_reform(path, BOOK)
        same = reform.rules == rules and reform.definitions == BOOK.definitions.all
        assert reform.given or not same, path.name


def test_no_twelve_months_opens_the_permit_for_the_case_and_in_every_province():
    found = tried("no_twelve_months", REFUSED_CLAIM)
    opened = found.to_cases[Effect.OPENED, "fed.imm.trp_ordinary"]
    assert opened == [Spot("A: a refused claim, an account that supports trafficking")]
    everywhere = found.everywhere[Effect.OPENED, "fed.imm.trp_ordinary"]
    assert {spot.province for spot in everywhere} == set(REGIONS)
    assert not any(
        effect is Effect.SHUT for effect, _ in found.everywhere if found.everywhere[effect, _]
    )


def test_a_citizen_is_not_set_beside_an_application_to_stay():
    found = tried("no_twelve_months", REFUSED_CLAIM)
    everywhere = found.everywhere[Effect.OPENED, "fed.imm.trp_ordinary"]
    assert not {"citizen", "permanent_resident"} & {spot.status for spot in everywhere}


def test_open_permits_ease_the_step_for_the_tied_and_for_nobody_else():
    eased = tried("open_permits", TIED).everywhere[Effect.EASED, "fed.imm.owp_vulnerable"]
    assert {spot.status for spot in eased} == {
        "wp_employer_specific_lmia",
        "wp_employer_specific_exempt",
    }


def test_status_while_waiting_also_shuts_and_says_so():
    waiting = REFUSED_CLAIM.replace('"claim.state" = "refused"', '"hc.state" = "pending"')
    found = tried("status_while_waiting", waiting)
    assert found.everywhere[Effect.OPENED, "fed.imm.renew"]
    assert found.everywhere[Effect.SHUT, "fed.imm.vtip_trp"]


def test_without_the_fear_test_the_definition_is_met_by_more_accounts():
    opened = tried("no_fear_test", TOLD_OF_REMOVAL).to_cases
    assert opened[Effect.OPENED, "found.criminal_code_direct"]
    assert not opened[Effect.SHUT, "found.criminal_code_direct"]


def test_a_reform_leaves_the_book_as_it_is():
    before = {key: remedy.rule for key, remedy in Book().remedies.items()}
    tried("no_twelve_months", REFUSED_CLAIM)
    assert {key: remedy.rule for key, remedy in BOOK.remedies.items()} == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[change]]\nremedy = ["fed.imm.hcc"]', "fed.imm.hc"),
        ('[[change]]\nremedy = ["fed.imm.hc"]\ndrop_bars = ["claim_pendin"]', "claim_pending"),
        ('[[change]]\nremedy = ["fed.imm.hc"]\nadd_needs = ["hc.stat is none"]', "hc.state"),
        ('[[definition]]\nkey = "found.palermo"\ndrop_elements = ["actt"]', "act"),
        ('[[given]]\nsets = ["status.held is yes"]', "it says for nobody"),
        (
            '[[given]]\nwhen = "hc.state is pending"\nsets = ["status.held is maybe"]',
            "true or false",
        ),
    ],
)
def test_what_the_book_does_not_know_is_refused_with_a_cure(tmp_path, text, said):
    with pytest.raises(ContentError, match=said) as refused:
        load_reform(write(tmp_path, text), BOOK)
    assert "reform.toml:" in str(refused.value)


def test_the_report_names_whom_it_opens_what_for_and_whom_not(tmp_path):
    cases = tmp_path / "cases.toml"
    cases.write_text(REFUSED_CLAIM, encoding="utf-8")
    found = try_reform(SHIPPED[1], [cases.read_text(encoding="utf-8")], DAY)
    [row] = [r for r in found["everywhere"] if r["key"] == "fed.imm.trp_ordinary"]
    assert (row["effect"], found["cases"]) == ("opened", 1)
    assert set(row["provinces"]) == set(REGIONS)
    assert "citizen" in row["not_for"]
    assert not set(row["statuses"]) & set(row["not_for"])
    text = "\n".join(lines_of(found))
    assert "fed.imm.trp_ordinary: opens" in text
    assert "not for: citizen" in text


def test_several_cores_find_what_one_finds():
    texts = [REFUSED_CLAIM.replace('id = "A"', f'id = "A{n}"').replace("2026-09-01", f"2026-{n % 9 + 1:02}-01")
             for n in range(90)]  # fmt: skip
    many = try_reform(SHIPPED[1], texts, DAY)
    assert many["cases"] == 90
    named = [case for row in many["to_cases"] for case in row["cases"]]
    assert len(set(named)) >= 80
