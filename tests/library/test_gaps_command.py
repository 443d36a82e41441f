"""``alongside gaps``: places, groups and reasons from a made-up list; every person and service in it is fictional."""

from __future__ import annotations

import json

import pytest

from alongside.command import main
from tests.library.hsds_people import page, service, write

HEAD = "Province,Group,Address,People\n"
NEAR, FAR, RURAL = "Toronto, ON M5V 2T6", "Halifax, NS B3H 4R2", "Shelburne, NS B0T 1W0"


@pytest.fixture
def asked(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ALONGSIDE_DIRECTORY", str(tmp_path / "none"))

    def ask(lines, *words: object, services=None):
        demand = tmp_path / "demand.csv"
        demand.write_text(HEAD + "".join(lines), encoding="utf-8")
        many = services if services is not None else [service(1)]
        folder = write(tmp_path / "in", {"services.json": page(*many)})
        fixed = ["gaps", "--demand", demand, "--near-column", "Address", "--from", folder, "--json"]
        code = main([str(word) for word in (*fixed, *words)])
        out = capsys.readouterr()
        return json.loads(out.out) if code == 0 else (code, out.err)

    return ask


def lines(address, group, people, times=1):
    return [f'x,{group},"{address}",{people}\n' for _ in range(times)]


def test_who_is_too_far_is_counted_with_the_reason(asked):
    said = asked(lines(NEAR, "a", 1, 20) + lines(FAR, "b", 1, 10), "--by", "Group", "--km", 50)
    rows = {one["by"][0]: one for one in said["rows"]}
    assert rows["a"]["share_without"] is None
    assert rows["a"]["ask"] == 20
    assert rows["b"]["share_without"] == 1
    assert rows["b"]["first_condition"] == "distance"
    assert rows["b"]["services_failing_only_on_it"] == 1
    assert said["total"]["total"] == 30


def test_a_line_may_stand_for_many(asked):
    said = asked(
        lines(NEAR, "a", '"1,200"'), "--by", "Group", "--km", 50, "--count-column", "People"
    )
    assert said["rows"][0]["total"] == 1200


def test_few_are_never_shown_alone(asked):
    said = asked(lines(NEAR, "a", 1, 30) + lines(FAR, "rare", 1, 2), "--by", "Group", "--km", 50)
    assert "rare" not in json.dumps(said)
    assert said["rows"][0]["by"] == ["*"]


def test_spread_out_areas_are_told_from_compact_ones_by_measure(asked):
    said = asked(lines(NEAR, "a", 1, 10) + lines(RURAL, "a", 1, 10), "--by", "Group", "--km", 50)
    found = {one["by"][0]: one["share_without"] for one in said["spread"]}
    assert found == {"compact area": None, "spread-out area": 1}


def test_a_place_nobody_knows_is_left_out_and_counted(asked):
    said = asked(
        lines(NEAR, "a", 1, 10) + lines("nowhere at all", "a", 1, 3), "--by", "Group", "--km", 50
    )
    assert said["without_a_place"] is None, "three are too few to be told"
    assert said["total"]["total"] == 10


def test_who_may_come_shuts_out_before_distance(asked):
    papers = {"status_rule": "listed", "statuses_accepted": ["citizen"]}
    one = service(1, access=papers, assured_date="2026-11-01")
    said = asked(
        lines(NEAR, "a", 1, 10), "--by", "Group", "--km", 50, "--on", "2026-12-01",
        "--fact", "status.now=visitor", services=[one],
    )  # fmt: skip
    assert said["rows"][0]["first_condition"] == "eligibility"
    assert said["rows"][0]["services_failing_only_on_it"] == 1


def test_a_need_that_no_service_is_for_says_so(asked):
    said = asked(lines(NEAR, "a", 1, 10), "--by", "Group", "--km", 50, "--need", "legal")
    assert said["rows"][0]["first_condition"] == "none_listed"


def test_a_hidden_place_counts_for_nobody_near_it(asked):
    hidden = service(1, location_disclosure="withheld", service_areas=[])
    near_by = asked(lines(NEAR, "a", 1, 10), "--by", "Group", "--km", 5, services=[hidden])
    far_off = asked(lines(FAR, "a", 1, 10), "--by", "Group", "--km", 5, services=[hidden])
    assert near_by["rows"] == far_off["rows"], "distance would tell where it is"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by", "Grup", "--km", 50), "'Grup'"),
        (("--by", "Group", "--km", -1), "--km"),
        (("--by", "Group", "--km", 50, "--need", "legl"), "legal"),
        (("--by", "Group", "--km", 50, "--fact", "status.now"), "KEY=VALUE"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(asked, words, said):
    code, error = asked(lines(NEAR, "a", 1, 10), *words)
    assert code == 2
    assert said in error
    assert error.count("\n") == 1
