"""The command line as a person starts it: a process of its own, its output, its exit code."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACES = {page.name for page in (ROOT / "content" / "remedies").iterdir()} - {"fed"}
# Fictional: a person in Ontario, on a permit that names the boss, some pay missing since July.
FACTS = """
[facts]
"place.in_canada" = true
"place.province" = "on"
"permit.employer_specific" = true
"pay.unpaid_part" = true
"doc.held" = "rather_not_say"
"wage.due_on" = 2026-07-01
"found.abuse" = { conflict = [true, false] }
"""
STATES = {"dated", "check", "undated", "start_unknown", "passed"}
WORDS = {"yes", "no", "unknown"}


def _run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "alongside.command", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def told(tmp_path):
    path = tmp_path / "facts.toml"
    path.write_text(FACTS, encoding="utf-8")
    return path


def _json(*arguments: object) -> dict:
    done = _run(*arguments, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def _is_day_or_none(value) -> bool:
    return value is None or date.fromisoformat(value).isoformat() == value


def _are_texts(value) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def test_weigh_answers_in_the_published_shape(told):
    found = _json("weigh", told, "--on", "2026-11-21")
    # The ways that are no legal remedy stand beside the remedies, in the same shape.
    assert set(found) == {"on", "edition", "remedies", "ways"}
    assert found["on"] == "2026-11-21"
    assert isinstance(found["edition"], str)
    for pathway in (*found["remedies"].values(), *found["ways"].values()):
        assert set(pathway) == {
            "verdict", "until", "until_kind", "discretionary", "lawyer_first", "dangers", "clocks",
            "missing", "produces", "trail", "after", "wait", "standard",
        }  # fmt: skip
        assert pathway["verdict"] in {"open", "ask", "blocked", "closed"}
        assert _is_day_or_none(pathway["until"])
        assert pathway["until_kind"] in {None, "ends", "likely"}
        assert (pathway["until"] is None) is (pathway["until_kind"] is None)
        assert type(pathway["discretionary"]) is bool
        assert type(pathway["lawyer_first"]) is bool
        for field in ("dangers", "missing", "produces", "standard"):
            assert _are_texts(pathway[field])
        for said in (*pathway["after"], *pathway["wait"]):
            assert {"kind", "en", "fr", "cite"} <= set(said)


def test_clocks_and_trails_have_the_published_shape(told):
    remedies = _json("weigh", told, "--on", "2026-11-21")["remedies"].values()
    clocks = [clock for pathway in remedies for clock in pathway["clocks"]]
    steps = [step for pathway in remedies for step in pathway["trail"]]
    assert {clock["state"] for clock in clocks} >= {"dated", "start_unknown"}
    for clock in clocks:
        assert set(clock) == {"key", "ends_on", "days_left", "state", "missing"}
        assert clock["state"] in STATES
        assert _is_day_or_none(clock["ends_on"])
        assert clock["days_left"] is None or type(clock["days_left"]) is int
        assert _are_texts(clock["missing"])
    assert {step["truth"] for step in steps} == WORDS
    for step in steps:
        assert set(step) == {"line", "truth", "facts", "source"}
        assert isinstance(step["line"], str)
        assert isinstance(step["source"], str)
        assert _are_texts(step["facts"])


def test_assess_answers_in_the_published_shape(told):
    found = _json("assess", told, "--on", "2026-11-21")
    assert set(found) == {"on", "level", "definitions", "decisive", "flags", "trail"}
    assert found["on"] == "2026-11-21"
    assert set(found["level"]) == {"lower", "upper"}
    assert 0 <= found["level"]["lower"] <= found["level"]["upper"] <= 3
    assert all(key.startswith("found.") for key in found["definitions"])
    assert set(found["definitions"].values()) <= {"supported", "partly", "unknown", "unsupported"}
    assert len(found["definitions"]) == 8
    assert len(found["decisive"]) <= 3
    assert all(_are_texts(group) for group in found["decisive"])
    assert _are_texts(found["flags"])
    assert isinstance(found["trail"], list)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ([], {"fed", *PLACES}),
        (["on"], {"fed", "on"}),
        (["qc"], {"fed", "qc"}),
        (["nb"], {"fed", "nb"}),
        (["fed"], {"fed"}),
    ],
)
def test_a_jurisdiction_means_federal_law_and_its_own(told, asked, kept):
    arguments = ["--jurisdiction", *asked] if asked else []
    remedies = _json("weigh", told, *arguments)["remedies"]
    assert {key.split(".")[0] for key in remedies} == kept
    everywhere = _json("weigh", told)["remedies"]
    assert remedies == {k: v for k, v in everywhere.items() if k.split(".")[0] in kept}


def test_without_json_a_person_can_read_it(told):
    done = _run("weigh", told, "--on", "2026-11-21")
    assert (done.returncode, done.stderr) == (0, "")
    assert "not legal advice" in done.stdout
    assert "[fed.imm.owp_vulnerable]" in done.stdout
    done = _run("assess", told, "--on", "2026-11-21")
    assert (done.returncode, done.stderr) == (0, "")
    assert "level" in done.stdout


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ('"pay.unpaid_prt" = true', ["pay.unpaid_prt", "pay.unpaid_part"]),
        ('"pay.unpaid_part" = "yes"', ["pay.unpaid_part", "'yes'", "true"]),
        ('"wage.due_on" = 2026-02-30', ["2026-02-30", "2026-02-28"]),
        ('"claim.state" = "pendng_rpd"', ["claim.state", "'pending_rpd'"]),
        ("oops", ["TOML"]),
    ],
)
@pytest.mark.parametrize("command", ["weigh", "assess"])
def test_facts_that_cannot_be_read_are_met_with_one_sentence(tmp_path, command, facts, named):
    path = tmp_path / "facts.toml"
    path.write_text(f"[facts]\n{facts}\n", encoding="utf-8")
    _refused(_run(command, path), named)


def _refused(done: subprocess.CompletedProcess[str], named: list[str]) -> None:
    assert done.returncode == 2
    assert done.stdout == ""
    said = done.stderr
    assert said.startswith("alongside: ")
    assert said.endswith(".\n")
    assert said.count("\n") == 1, said
    assert [part for part in named if part not in said] == [], said


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--on", "2026-02-30"], ["2026-02-30", "2026-02-28"]),
        (["--on", "soon"], ["'soon'", "nearest"]),
        (["--jurisdiction", "Ontario"], ["'Ontario'", "'on'"]),
        (["--jurisdiction", "ON"], ["'ON'", "'on'"]),
        (["--jurisdiction", "xx"], ["'xx'", "fed, on, "]),
        (["--jurisdicshun", "on"], ["--jurisdicshun"]),
    ],
)
def test_an_option_that_cannot_be_read_is_met_with_one_sentence(told, arguments, named):
    _refused(_run("weigh", told, *arguments), named)


@pytest.mark.parametrize("command", ["weigh", "assess", "cases"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, command):
    bent = tmp_path / "bent.toml"
    bent.write_bytes(b"[facts]\n\xff\n")
    _refused(_run(command, bent), [str(bent), "UTF-8"])
    _refused(_run(command, tmp_path / "away.toml"), [str(tmp_path / "away.toml")])
    _refused(_run(command, tmp_path), [str(tmp_path)])


@pytest.mark.parametrize("arguments", [[], ["weight"], ["weigh"], ["cases"], ["book"]])
def test_a_command_that_is_none_is_met_with_one_sentence(arguments):
    _refused(_run(*arguments), arguments[:1] if arguments == ["weight"] else [])


CASE = """
[[case]]
id = "T1"
title = "{title}"
on = 2026-11-21
[case.facts]
[[case.expect]]
remedy = "on.es.esa"
verdict = "{verdict}"
why = "silence never closes"
"""


def test_cases_that_pass_are_counted_and_nothing_else_is_printed(tmp_path):
    path = tmp_path / "cases.toml"
    path.write_text(CASE.format(title="a", verdict="ask") * 2, encoding="utf-8")
    done = _run("cases", path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "2 passed, 0 failed\n", "")


def test_a_case_that_differs_is_printed_with_its_reason_and_ends_with_1(tmp_path):
    path = tmp_path / "cases.toml"
    text = CASE.format(title="a", verdict="ask") + CASE.format(title="b", verdict="closed")
    path.write_text(text, encoding="utf-8")
    done = _run("cases", path, path)
    assert (done.returncode, done.stderr) == (1, "")
    *differences, last = done.stdout.splitlines()
    assert last == "2 passed, 2 failed"
    assert len(differences) == 2
    for part in ("cases.toml T1 (b)", "on.es.esa", "should be closed, is ask", "never closes"):
        assert part in differences[0]


def test_a_case_that_names_no_remedy_or_no_fact_fails_and_says_so(tmp_path):
    path = tmp_path / "cases.toml"
    lost = CASE.format(title="a", verdict="ask").replace("on.es.esa", "on.es.asa")
    told = CASE.format(title="b", verdict="ask").replace(
        "[case.facts]", '[case.facts]\n"doc.hold" = true'
    )
    path.write_text(lost + told, encoding="utf-8")
    done = _run("cases", path)
    assert done.returncode == 1
    assert "there is no such remedy" in done.stdout
    assert "'doc.held'" in done.stdout
    assert done.stdout.endswith("0 passed, 2 failed\n")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("case = [1, 2]", "A case is a table"),
        ("[[case]]\nfacts = 3", "facts is no table"),
        ("[[case]]\nexpect = 4", "expect is no table"),
        ('[[case]]\non = "soon"', "on cannot be soon; write a day"),
        ('[[case]]\nunlisted = "maybe"', "write 'no' or 'unknown'"),
        ('[[case]]\n[[case.expect]]\nremedy = ["x"]', "remedy cannot be ['x']"),
        ('[[case]]\n[case.expect]\nmust = "found.abuse"', "write a list of keys"),
        ('[[case]]\n[case.expect]\nlevel_low = "x"', "write a level from 0 to 3"),
    ],
)
def test_a_case_of_another_shape_fails_with_one_sentence(tmp_path, text, sentence):
    path = tmp_path / "cases.toml"
    path.write_text(text, encoding="utf-8")
    done = _run("cases", path)
    assert (done.returncode, done.stderr) == (1, "")
    assert sentence in done.stdout


def test_whoever_reads_only_the_beginning_is_no_error(told):
    line = f"{sys.executable} -m alongside.command weigh {told} --json | head -c 1"
    shell = ["bash", "-o", "pipefail", "-c", line]
    done = subprocess.run(shell, cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("command", ["weigh", "assess"])
def test_the_command_line_needs_neither_django_nor_sealing_nor_a_database(told, command):
    script = (
        "import sys\n"
        "from alongside.command import main\n"
        f"assert main([{command!r}, {str(told)!r}]) == 0\n"
        "heavy = {'django', 'cryptography', 'sqlite3', 'socket', 'typst', 'jinja2'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
