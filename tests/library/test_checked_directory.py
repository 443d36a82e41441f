"""The report on a directory finds what would send a person to the wrong place, and is silent about what is right."""

from __future__ import annotations

import json
from datetime import date

import pytest

from alongside.library.directory.checking import report
from alongside.library.hsds.taking_in import take_in
from tests.library.hsds_people import page, service, write

ON = date(2026, 12, 1)
WHOLE = {
    "url": "https://www.example.org/help",
    "assured_date": "2026-11-01",
    "access": {"status_rule": "any", "genders": ["all"], "cost": "free"},
    "language_access": [{"code": "spa", "how": "staff"}],
    "attributes": [
        {
            "id": "at1", "link_entity": "service",
            "taxonomy_term": {
                "id": "t1", "code": "shelter", "name": "A bed", "description": "A bed",
                "taxonomy": "alongside-needs",
            },
        }
    ],
}  # fmt: skip


def right(number=1, **more: object):
    """Return a service with nothing to look at. Everything in it is made up."""
    more = {"phones": [{"id": "p", "number": "416-928-3100"}]} | more
    one = service(number, **WHOLE | more)
    one["phones"] = [row | {"id": f"p{number}"} for row in one["phones"]]
    one["attributes"] = [row | {"id": f"at{number}"} for row in one["attributes"]]
    for at in one["service_at_locations"]:
        at["location"]["phones"] = []
        at["location"] |= {"latitude": 43.642, "longitude": -79.395}
    return one


def placed(**address: object):
    one = right()
    for at in one["service_at_locations"]:
        at["location"]["addresses"][0] |= address
    return one


def drawn(latitude, longitude):
    one = right()
    for at in one["service_at_locations"]:
        at["location"] |= {"latitude": latitude, "longitude": longitude}
    return one


def called(number):
    return right(phones=[{"id": "p1", "number": number}])


def found(tmp_path, *many: object):
    bundle, _ = take_in(write(tmp_path / "in", {"services.json": page(*many)}), "somebody")
    assert len(bundle.tables["service"]) == len(many)
    return report([bundle], ON)


def kinds(tmp_path, *many: object):
    return {one.kind for one in found(tmp_path, *many)}


def test_of_what_is_right_nothing_is_said(tmp_path):
    assert found(tmp_path, right()) == []


WALL = {"asks_status": "never", "shares_with_immigration": "never", "checked_on": "2026-11-01"}
FAULTS = [
    ("stale", right(assured_date="2026-01-01")),
    ("closed", right(status="temporarily closed")),
    ("contradiction", right(description="We are permanently closed.")),
    ("contradiction", right(minimum_age=30, maximum_age=19)),
    ("contradiction", right(access=WHOLE["access"] | {"statuses_refused": ["visitor"]})),
    ("contradiction", right(access={"status_rule": "any_no_proof", "proof_required": ["photo_id"]})),
    ("contradiction", right(firewall=WALL | {"basis": "written_policy_seen"})),
    ("bad_phone", called("416-928-3100 or 416-928-3101")),
    ("bad_phone", called("ask at the desk")),
    ("dead_phone", called("416-555-0123")),
    ("dead_phone", called("212-736-5000")),
    ("far_phone", called("604-736-5000")),
    ("no_phone", right(phones=[])),
    ("unreachable", right(phones=[], url="")),
    ("bad_postal_code", placed(postal_code="MSV 1A1")),
    ("bad_postal_code", placed(postal_code="M5V 1A")),
    ("wrong_province", placed(state_province="Nova Scotia")),
    ("wrong_town", placed(postal_code="T2P 1A1", state_province="AB", city="Edmonton")),
    ("far_from_postal_code", drawn(45.42, -75.69)),
    ("wrong_field", right(description="https://www.example.org/apply")),
    ("hidden_place_told", right(location_disclosure="withheld", description="At 77 Hidden Lane.")),
    ("authority", right(name="Border services tip line (fictional)")),
    ("authority", right(firewall=WALL | {"basis": "none", "run_by_authority": True})),
    ("missing_language", right(language_access=[])),
    ("missing_access", right(access={})),
    ("missing_place", right(service_at_locations=[], service_areas=[])),
    ("missing_need", right(attributes=[])),
    ("placeholder", right(eligibility_description="TBD")),
    ("damaged_text", right(description="Clinique gratuite rÃ©servÃ©e.")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "one"), FAULTS, ids=[f"{i}-{kind}" for i, (kind, _) in enumerate(FAULTS)]
)
def test_each_fault_is_found_by_its_name(tmp_path, kind, one):
    assert kind in kinds(tmp_path, one)


def test_one_service_written_twice_is_a_duplicate_of_the_first(tmp_path):
    twin = right(2, name="Safe rooms 1 (fictional)")
    said = [one for one in found(tmp_path, right(), twin) if one.kind == "duplicate"]
    assert len(said) == 1
    assert said[0].record in said[0].suggestion or said[0].record != ""


def test_a_number_of_two_houses_is_shared_and_of_two_rooms_of_one_house_is_not(tmp_path):
    other = right(2) | {
        "organization": {"id": "o2", "name": "River Clinic (fictional)", "description": "x"}
    }
    assert "shared_phone" in kinds(tmp_path, right(), other)
    assert "shared_phone" not in kinds(tmp_path, right(), right(2))


def test_one_house_spelled_in_two_ways_is_said(tmp_path):
    other = right(2) | {
        "organization": {"id": "o2", "name": "MAPLE DOOR (fictional)", "description": "x"}
    }
    assert "duplicate_organization" in kinds(tmp_path, right(), other)


def test_what_every_service_of_a_list_lacks_is_said_once(tmp_path):
    many = [right(n, language_access=[]) for n in range(1, 8)]
    said = [one for one in found(tmp_path, *many) if one.kind == "missing_language"]
    assert [one.record for one in said] == [""]
    assert "7" in said[0].detail


@pytest.mark.parametrize("code", ["m5v1a1", "M5V-1A1", "M5V1A1"])
def test_a_postal_code_that_is_only_written_otherwise_is_right(tmp_path, code):
    assert found(tmp_path, placed(postal_code=code)) == []


def test_a_code_with_a_letter_for_a_digit_comes_with_what_was_meant(tmp_path):
    said = found(tmp_path, placed(postal_code="MSV 1A1"))
    assert "M5V 1A1" in said[0].suggestion


def test_the_report_never_tells_a_hidden_address(tmp_path):
    hidden = right(location_disclosure="withheld", description="At 77 Hidden Lane.")
    assert "Hidden" not in json.dumps([one.as_json() for one in found(tmp_path, hidden)])


def test_what_is_no_longer_listed_is_said_with_its_day():
    (said,) = report([], ON, [("somebody", "an id", "2026-11-30")])
    assert (said.record, said.kind) == ("an id", "no_longer_listed")
    assert "2026-11-30" in said.detail
