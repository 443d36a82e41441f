"""`alongside plan` as a person starts it, and what it says of an order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLAIM, HUMANE, WAGES, COURT = "fed.imm.refugee_claim", "fed.imm.hc", "on.es.esa", "on.civil.small"
# Fictional: somebody in Ontario without papers, not paid since October.
FACTS = """
[facts]
"place.in_canada" = true
"place.province" = "on"
"place.work_province" = "on"
"job.federal_work" = false
"status.now" = "out_of_status_no_order"
"claim.state" = "none"
"hc.state" = "none"
"fear.return" = true
"pay.none_long" = true
"suit.matter" = "wages"
"wage.due_on" = 2026-10-30
"""
ON = ("--on", "2026-12-01", "--jurisdiction", "on")


@pytest.fixture
def told(tmp_path):
    path = tmp_path / "facts.toml"
    path.write_text(FACTS, encoding="utf-8")
    return path


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "alongside.command", "plan", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def found(*arguments: object) -> dict:
    done = run(*arguments, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def keys(order):
    return [[step["key"] for step in stage] for stage in order["stages"]]


def test_an_order_says_what_comes_first_by_when_and_what_it_gives_up(told):
    put = found(told, *ON, "--wanted", CLAIM, HUMANE, WAGES, COURT)
    assert put["wanted"] == [CLAIM, HUMANE, WAGES, COURT]
    assert [keys(order)[-1] for order in put["orders"]] == [[CLAIM], [CLAIM]]
    given_up = [order["left_out"] for order in put["orders"]]
    assert sorted(left[0]["key"] for left in given_up) == [COURT, WAGES]
    days = {step["key"]: step["by"] for o in put["orders"] for st in o["stages"] for step in st}
    assert days[WAGES] == "2028-10-30"
    closes = [turn for turn in put["turns"][CLAIM] if turn["key"] == HUMANE]
    assert closes[0]["turning"] == "closes"
    assert "25(1.2)" in closes[0]["because"][0]["source"]
    assert {wait["kind"] for wait in put["wait"][CLAIM]} >= {"protects", "does_not"}


def test_what_goes_first_is_filed_and_only_the_others_are_put_in_order(told):
    put = found(told, *ON, "--wanted", CLAIM, HUMANE, WAGES, "--first", CLAIM)
    assert put["first"] == CLAIM
    assert put["shut"] == [HUMANE]
    assert [keys(order) for order in put["orders"]] == [[[WAGES]]]
    assert HUMANE in {turn["key"] for turn in put["turns"][CLAIM]}
    text = run(told, *ON, "--wanted", HUMANE, "--first", CLAIM).stdout
    assert text.index("If this goes first") < text.index("closes: ") < text.index("CLOSED in any")


def test_without_a_name_the_steps_are_those_that_something_told_speaks_for_what_matters_first(told):
    put = found(told, *ON, "--matters", "staying")
    assert 0 < len(put["wanted"]) <= 6
    assert put["wanted"][0].startswith("fed.imm")
    assert {WAGES, COURT} <= {*found(told, *ON, "--matters", "money")["wanted"][:3]}
    assert "on.health.ohip" not in put["wanted"]


def test_a_person_can_read_it_with_every_source(told):
    done = run(told, *ON, "--wanted", CLAIM, HUMANE, WAGES)
    assert (done.returncode, done.stderr) == (0, "")
    assert "not legal advice" in done.stdout
    assert f"[{CLAIM}]" in done.stdout
    assert "last day in this order: 2028-10-30" in done.stdout
    assert "after a no, closes" in done.stdout
    assert "does not protect" in done.stdout
    for line in done.stdout.splitlines():
        if line.startswith("        while you wait"):
            assert line.endswith("]")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--wanted", "fed.imm.hcc"], ["'fed.imm.hcc'", "fed.imm.hc"]),
        (["--first", "qc.es.lnt", "--jurisdiction", "on"], ["'qc.es.lnt'"]),
        (["--matters", "moneyy"], ["'moneyy'", "'money'"]),
        (["--wanted", *(f"fed.imm.{x}" for x in (
            "hc", "vtip_trp", "refugee_claim", "renew", "prra", "restoration", "trp_ordinary",
            "rad_appeal", "stay_deferral"))], ["9 steps", "at most 8"]),
    ],
)  # fmt: skip
def test_what_cannot_be_put_in_order_is_met_with_one_sentence(told, arguments, named):
    done = run(told, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("alongside: ")
    assert done.stderr.count("\n") == 1
    assert [part for part in named if part not in done.stderr] == []
