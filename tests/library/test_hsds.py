"""Directories of HSDS 1.1, 2.0 and 3.1: every row accounted for, the same ids again, exports that validate."""

from __future__ import annotations

import json
import zipfile

import pytest

from alongside.library.hsds.bundle import Bundle
from alongside.library.hsds.comparing import compare
from alongside.library.hsds.exporting import faults, public, write_csv, write_json
from alongside.library.hsds.files import csv_rows
from alongside.library.hsds.nesting import Nest
from alongside.library.hsds.rows import Report
from alongside.library.hsds.taking_in import take_in
from tests.library.hsds_people import SECRET, V11, V20, page, service, write


def taken(path):
    return take_in(path, "somebody")


def only(bundle, table):
    (one,) = bundle.tables[table].values()
    return one


def lines_in(files):
    return sum(1 for name, text in files.items() for _ in csv_rows(name, text, "t", Report("")))


@pytest.mark.parametrize(("files", "version"), [(V11, "1.1"), (V20, "2.0")], ids=["1.1", "2.0"])
def test_every_row_of_an_older_version_ends_in_the_report(tmp_path, files, version):
    _, report = taken(write(tmp_path, files))
    assert report.version == version
    ends = {one.where for one in report.outcomes}
    assert len(ends) == lines_in(files), "each line of each file ends somewhere"
    assert report.counts()["refused"] == 0


def test_what_1_1_said_is_found_again_in_3_1(tmp_path):
    bundle, _ = taken(write(tmp_path, V11))
    (one,) = Nest(bundle).services()
    assert one["accreditations"] == "None"
    assert one["eligibility_description"] == "For: adult, female."
    assert one["fees_description"] == "Payment accepted: cash."
    assert one["languages"][0]["name"] == "Tagalog"
    assert one["organization"]["website"] == "https://www.example.org"
    assert one["phones"][0]["description"] == "Intake"
    assert {each["name"] for each in one["phones"][0]["languages"]} == {"Spanish", "French"}
    assert {each["taxonomy_term"]["name"] for each in one["attributes"]} == {"Legal help", "Wages"}
    place = one["service_at_locations"][0]["location"]
    assert {each["address_type"]: each["address_1"] for each in place["addresses"]} == {
        "physical": "1 Made-up Street",
        "postal": "Box 9",
    }, "two addresses with the id 1 in two tables stay two"
    assert "Floor 2, Back door" in {each.get("address_2") for each in place["addresses"]}
    assert place["accessibility"][0]["description"] == "ramp"


def test_hours_of_1_1_become_recurrences(tmp_path):
    bundle, _ = taken(write(tmp_path, V11))
    found = {one.get("byday", "holiday"): one for one in bundle.tables["schedule"].values()}
    assert (found["MO"]["opens_at"], found["MO"]["closes_at"]) == ("09:00", "17:00")
    assert (found["SU"]["opens_at"], found["SU"]["closes_at"], found["SU"]["description"]) == (
        "00:00",
        "23:59",
        "24 hours",
    )
    assert found["holiday"]["description"] == "Closed"
    assert (found["holiday"]["valid_from"], found["holiday"]["valid_to"]) == (
        "2026-12-25",
        "2026-12-26",
    )


def test_a_link_to_an_address_of_2_0_is_kept(tmp_path):
    bundle, report = taken(write(tmp_path, V20))
    address = only(bundle, "address")
    linked = {one["link_entity"]: one["link_id"] for one in bundle.tables["attribute"].values()}
    assert linked["address"] == address["id"]
    assert report.notes["schedule", "freq", "not a word that HSDS 3.1 allows: left out"] == 1


@pytest.mark.parametrize(
    "files", [V11, V20, {"services.json": page(service(1), service(2))}], ids=["1.1", "2.0", "3.1"]
)
def test_a_second_run_changes_nothing_and_an_export_comes_back_the_same(tmp_path, files):
    first, _ = taken(write(tmp_path / "in", files))
    again, _ = taken(tmp_path / "in")
    assert not compare(first, again)
    write_csv(first, tmp_path / "csv")
    back, report = take_in(tmp_path / "csv", "somebody else")
    assert not compare(first, back)
    assert {one.kind for one in report.outcomes} == {"imported"}


def test_ids_differ_by_source_and_stay_when_they_are_lasting_already(tmp_path):
    lasting = "0F5B6B7E-3b61-4a2f-9a0e-5a0d1c6f3a11"
    (tmp_path / "services.json").write_text(
        page(service(1), service(2, id=lasting)), encoding="utf-8"
    )
    one, _ = take_in(tmp_path, "a")
    other, _ = take_in(tmp_path, "b")
    assert one.tables["service"].keys() & other.tables["service"].keys() == {lasting.lower()}


def test_a_zip_and_a_folder_say_the_same(tmp_path):
    folder = write(tmp_path / "in", V11)
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as packed:
        for path in folder.iterdir():
            packed.write(path, f"data/{path.name}")
    assert not compare(taken(folder)[0], taken(tmp_path / "in.zip")[0])


def test_nested_tabular_list_and_single_objects_say_the_same(tmp_path):
    one = service(1)
    bundles = []
    for text in (page(one), json.dumps([one]), json.dumps(one)):
        (tmp_path / "any.json").write_text(text, encoding="utf-8")
        bundles.append(taken(tmp_path / "any.json")[0])
    tables = {
        f"{table}s.csv": list(rows.values()) for table, rows in bundles[0].tables.items() if rows
    }
    (tmp_path / "any.json").write_text(json.dumps(tables), encoding="utf-8")
    bundles.append(taken(tmp_path / "any.json")[0])
    assert [bool(compare(bundles[0], other)) for other in bundles[1:]] == [False, False, False]
    assert bundles[0].tables["address"]


def test_an_export_validates_and_can_be_read(tmp_path):
    bundle, _ = taken(write(tmp_path / "in", V11))
    assert write_json(bundle, tmp_path / "out") == {
        "service": 1,
        "organization": 1,
        "taxonomy_term": 2,
    }
    said = json.loads((tmp_path / "out" / "service_list.json").read_text(encoding="utf-8"))
    assert (said["total_items"], said["empty"]) == (1, False)
    assert faults("service", said["contents"][0]) == []
    assert not compare(bundle, taken(tmp_path / "out")[0])


def test_the_schemas_refuse_what_is_not_hsds():
    assert faults("service", {"id": "s1", "name": "x", "status": "open"}) != []
    broken = service(1) | {
        "id": "0f5b6b7e-3b61-4a2f-9a0e-5a0d1c6f3a11",
        "service_at_locations": [{"location": 3}],
    }
    assert any("service_at_locations" in fault for fault in faults("service", broken)), (
        "files of $ref are followed"
    )


@pytest.mark.parametrize("disclosure", ["withheld", "area_only", "a word that nobody knows"])
def test_a_hidden_place_leaves_in_no_export(tmp_path, disclosure):
    hidden = service(1, location_disclosure=disclosure, metadata=[{
        "id": "m", "last_action_date": "2026-01-01", "last_action_type": "update", "field_name": "address",
        "previous_value": SECRET, "replacement_value": "x", "updated_by": "x"}])  # fmt: skip
    bundle, _ = taken(write(tmp_path / "in", {"services.json": page(hidden)}))
    assert bundle.tables["address"], "the one who keeps the directory knows it"
    write_json(bundle, tmp_path / "json")
    write_csv(bundle, tmp_path / "csv")
    for path in [*(tmp_path / "json").iterdir(), *(tmp_path / "csv").iterdir()]:
        text = path.read_text(encoding="utf-8")
        for told in (SECRET, "43.651", "416-555-0199", *bundle.tables["location"]):
            assert told not in text, path.name
    (one,) = Nest(public(bundle)).services()
    assert ("service_areas" in one) == (disclosure == "area_only")
    assert one["phones"][0]["number"] == "416-555-0100", "the line of the service itself stays"


def test_a_place_shared_with_an_open_service_stays_for_that_one(tmp_path):
    shown = service(2)
    hidden = service(
        1, location_disclosure="withheld", service_at_locations=shown["service_at_locations"]
    )
    hidden["service_at_locations"] = [{**hidden["service_at_locations"][0], "id": "x1"}]
    bundle, _ = taken(write(tmp_path, {"services.json": page(hidden, shown)}))
    found = {one["name"]: one for one in Nest(public(bundle)).services()}
    assert "service_at_locations" not in found["Safe rooms 1 (fictional)"]
    assert found["Safe rooms 2 (fictional)"]["service_at_locations"]


def test_hiding_one_place_takes_nothing_from_others(tmp_path):
    hidden = service(1, location_disclosure="withheld")
    del hidden["organization"]
    alone = {"id": "l9", "location_type": "physical", "name": "Somebody else's place (fictional)"}
    write(tmp_path, {"services.json": page(hidden), "location.json": json.dumps(alone)})
    bundle, _ = taken(tmp_path)
    assert [one.get("name") for one in public(bundle).tables["location"].values()] == [
        alone["name"]
    ]


def test_comparing_says_what_is_new_changed_and_gone(tmp_path):
    write(tmp_path, {"services.json": page(service(1), service(2))})
    old, _ = taken(tmp_path)
    write(tmp_path, {"services.json": page(service(1, alert="Closed today"), service(3))})
    changes = compare(old, taken(tmp_path)[0])
    ids = {
        one["name"][:12]: key for bundle in (old,) for key, one in bundle.tables["service"].items()
    }
    assert ("service", ids["Safe rooms 1"], ("alert",)) in changes.changed
    assert ("service", ids["Safe rooms 2"]) in changes.gone
    assert [table for table, _ in changes.new].count("service") == 1
    assert not compare(Bundle("x"), Bundle("y"))


def test_our_own_fields_travel_through_json_and_csv(tmp_path):
    access = {"status_rule": "any_no_proof", "genders": ["all"]}
    bundle, _ = taken(write(tmp_path / "in", {"services.json": page(service(1, access=access))}))
    write_csv(bundle, tmp_path / "csv")
    assert only(taken(tmp_path / "csv")[0], "service")["access"] == access
