"""Directories that are broken, careless or hostile: refused by line or put right, never believed, never echoed."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside import command
from alongside.library.hsds import files
from alongside.library.hsds.comparing import compare
from alongside.library.hsds.exporting import faults
from alongside.library.hsds.mapping import mapping_of
from alongside.library.hsds.nesting import Nest
from alongside.library.hsds.rows import ReadError
from alongside.library.hsds.taking_in import take_in
from tests.library.hsds_people import V11, page, service, write

DOCS = Path(__file__).parents[2] / "docs" / "reference"
ORG = "id,name,description\no1,Maple Door (fictional),x\n"
SERVICE = "id,organization_id,name,status,description\n"


def taken(folder, **more: str):
    given = {name.replace("__", "."): text for name, text in more.items()}
    return take_in(write(folder, {"organizations.csv": ORG, **given}), "somebody")


def refused(report):
    return {one.where: one.reason for one in report.outcomes if one.kind == "refused"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_name_with_accents_is_read_from_any_office(tmp_path, encoding):
    text = "id,name,description\r\no1,Érable à Québec (fictif),x\r\n"
    (tmp_path / "organizations.csv").write_bytes(text.encode(encoding))
    bundle, _ = take_in(tmp_path, "x")
    assert [one["name"] for one in bundle.tables["organization"].values()] == [
        "Érable à Québec (fictif)"
    ]


def test_lines_are_counted_through_a_quoted_line_break(tmp_path):
    text = SERVICE + 's1,o1,One,active,"two\r\nlines"\r\ns2,nobody,Two,active,x\r\n'
    bundle, report = taken(tmp_path, services__csv=text)
    assert refused(report) == {
        "services.csv:4": "its organization_id points to nothing that was imported"
    }
    assert [one["description"] for one in bundle.tables["service"].values()] == ["two\nlines"]


def test_what_hangs_on_a_refused_row_is_refused_with_it(tmp_path):
    phones = "id,service_id,number\np1,s1,416-555-0100\n"
    _, report = taken(
        tmp_path, services__csv=SERVICE + "s1,nobody,One,active,\n", phones__csv=phones
    )
    assert set(refused(report)) == {"services.csv:2", "phones.csv:2"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("s1,o1,,active,x", "name is missing or not usable"),
        ("s1,o1,One,,x", "status is missing or not usable"),
        ("s1,o1,One,closed?,x", "status is not a word that HSDS 3.1 allows"),
        (",o1,One,active,x", "it has no id: a second run could not know it again"),
        ("s1,o1,One,active,x,too much", "more cells than the heading has columns"),
    ],
)
def test_a_row_that_cannot_stand_is_refused_by_line(tmp_path, row, reason):
    bundle, report = taken(tmp_path, services__csv=f"{SERVICE}{row}\n")
    assert refused(report) == {"services.csv:2": reason}
    assert not bundle.tables["service"]


def test_a_missing_column_refuses_its_rows_and_an_unknown_one_is_counted(tmp_path):
    _, report = taken(
        tmp_path, services__csv="id,organization_id,name,colour\ns1,o1,One,blue\ns2,o1,Two,red\n"
    )
    assert len(refused(report)) == 2
    assert report.notes["service", "colour", "no column of HSDS 3.1: not imported"] == 2


def test_the_same_row_twice_is_merged_and_a_contradiction_refused(tmp_path):
    text = SERVICE + "s1,o1,One,active,x\ns1,o1,One,active,x\ns1,o1,Other,active,x\n"
    bundle, report = taken(tmp_path, services__csv=text)
    assert [(one.where, one.kind) for one in report.outcomes if one.table == "service"] == [
        ("services.csv:2", "imported"),
        ("services.csv:3", "merged"),
        ("services.csv:4", "refused"),
    ]
    assert (
        refused(report)["services.csv:4"]
        == "the same id stands at services.csv:2 with another name"
    )
    assert [one["name"] for one in bundle.tables["service"].values()] == ["One"]


@pytest.mark.parametrize(("zero", "day"), [(None, None), ("SU", "SU"), ("MO", "MO")])
def test_a_week_counted_from_zero_is_not_guessed(tmp_path, zero, day):
    hours = "id,service_id,weekday,opens_at,closes_at\n1,s1,0,09:00,17:00\n2,s1,6,09:00,17:00\n"
    bundle, report = take_in(
        write(tmp_path, {**V11, "regular_schedules.csv": hours}), "x", zero=zero
    )
    days = [one["byday"] for one in bundle.tables["schedule"].values() if "byday" in one]
    assert len(refused(report)) == (2 if zero is None else 0)
    assert (day in days) if day else days == []
    assert zero is None or set(days) == {day, "SA" if zero == "SU" else "SU"}


@pytest.mark.parametrize(
    ("point", "found"),
    [
        ("43.65,-79.38", (43.65, -79.38)),
        ("-79.38,43.65", (43.65, -79.38)),
        ("443.65,-79.38", None),
        ("43.65,", None),
        ("0,0", None),
        ("nan,inf", None),
    ],
)
def test_a_point_is_right_or_left_out(tmp_path, point, found):
    bundle, _ = taken(tmp_path, locations__csv=f"id,latitude,longitude\nl1,{point}\n")
    (one,) = bundle.tables["location"].values()
    assert (one.get("latitude"), one.get("longitude")) == (found or (None, None))


def test_markup_and_turning_signs_are_taken_out_and_the_words_stay(tmp_path):
    text = (
        SERVICE + 's1,o1,One,active,"<p>Call &amp; ask</p><script>x()</script> if 3 < 5 \u202e"\n'
    )
    bundle, report = taken(tmp_path, services__csv=text)
    assert [one["description"] for one in bundle.tables["service"].values()] == [
        "Call & ask if 3 < 5"
    ]
    assert report.notes["service", "description", "markup taken out"] == 1


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "call us", "http://a b"]
)
def test_what_is_no_web_address_is_left_out(tmp_path, address):
    text = f"id,organization_id,name,status,url\ns1,o1,One,active,{json.dumps(address)}\n"
    bundle, report = taken(tmp_path, services__csv=text)
    assert "url" not in next(iter(bundle.tables["service"].values()))
    assert report.notes["service", "url", "not a web address: left out"] == 1


@pytest.mark.parametrize(
    "name", ["../services.csv", "/etc/services.csv", "a\\..\\services.csv", "c:services.csv"]
)
def test_a_zip_that_points_outside_itself_is_not_opened(tmp_path, name):
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as packed:
        packed.writestr(name, SERVICE)
    with pytest.raises(ReadError, match="points outside itself"):
        take_in(tmp_path / "in.zip", "x")


def test_a_zip_that_swells_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_ALL", 10_000)
    with zipfile.ZipFile(tmp_path / "in.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("services.csv", "x" * 1_000_000)
    assert (tmp_path / "in.zip").stat().st_size < files.MOST_ALL
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("was unpacked"))
    with pytest.raises(ReadError, match="larger than"):
        take_in(tmp_path / "in.zip", "x")


@pytest.mark.parametrize("harm", ["cut", "flipped", "locked"])
def test_a_zip_that_is_damaged_or_locked_says_so(tmp_path, harm):
    with zipfile.ZipFile(tmp_path / "in.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("services.csv", SERVICE * 50)
    raw = bytearray((tmp_path / "in.zip").read_bytes())
    if harm == "cut":
        del raw[5:60]
    elif harm == "flipped":
        raw[50:60] = b"x" * 10
    else:
        raw[raw.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "in.zip").write_bytes(raw)
    with pytest.raises(ReadError, match="damaged or locked"):
        take_in(tmp_path / "in.zip", "x")


def test_a_json_that_is_too_large_is_refused_unread(tmp_path):
    with (tmp_path / "services.json").open("wb") as opened:
        opened.truncate(files.MOST_JSON + 1)
    with pytest.raises(ReadError, match=r"services\.json: larger than 48 MB"):
        take_in(tmp_path, "x")


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '"secret"', "3", "", "{}x"])
def test_a_json_that_is_none_is_refused_and_not_quoted(tmp_path, text):
    (tmp_path / "services.json").write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=r"services\.json") as said:
        take_in(tmp_path, "x")
    assert "secret" not in str(said.value)


NAMES = st.sampled_from(
    ["id", "name", "status", "description", "phones", "organization", "service_at_locations", "location", "access",
     "location_id", "service_id", "link_entity", "attributes", "taxonomy_term", "extension", "number", "contents",
     "capacities", "unit", "latitude", "longitude", "weekday", "regular_schedules", "eligibility", "services", "é"]
)  # fmt: skip
ATOMS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("1")
ANY = st.recursive(
    ATOMS,
    lambda one: st.lists(one, max_size=4) | st.dictionaries(NAMES, one, max_size=6),
    max_leaves=30,
)
WHOLE = {"id": "s1", "name": "x", "status": "active"}
MORE = st.dictionaries(NAMES, ANY, max_size=8)
SERVICES = st.lists(MORE.map(lambda more: more | WHOLE), max_size=3)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200
)
@given(ANY | SERVICES)
def test_whatever_a_json_holds_each_object_ends_somewhere_and_what_is_exported_is_valid(
    tmp_path, value
):
    (tmp_path / "services.json").write_text(json.dumps(value), encoding="utf-8")
    try:
        bundle, report = take_in(tmp_path / "services.json", "x")
    except ReadError:
        return
    kept = sum(len(rows) for rows in bundle.tables.values())
    assert kept == report.counts()["imported"]
    for one in Nest(bundle).services():
        assert faults("service", one) == []
    assert not compare(bundle, take_in(tmp_path / "services.json", "x")[0])


def test_half_a_sign_stops_nothing(tmp_path):
    half = '{"id": "\\ud800", "name": "\\udc00", "status": "active"}'
    (tmp_path / "services.json").write_text(half, encoding="utf-8")
    assert take_in(tmp_path, "x")[1].counts()["imported"] == 1


def test_nested_rubbish_is_refused_by_its_place(tmp_path):
    one = service(1, phones=["416", {"id": "p"}], colours=[{"a": 1}])
    (tmp_path / "services.json").write_text(page(one, 7), encoding="utf-8")
    _, report = take_in(tmp_path, "x")
    assert refused(report) == {
        "services.json:#/contents/0/phones/0": "not an object",
        "services.json:#/contents/0/phones/1": "number is missing or not usable",
        "services.json:#/contents/1": "not an object of any HSDS table",
    }
    assert [name for _, name, _ in report.notes if name == "colours"] == ["colours"]


def test_no_report_says_more_of_a_row_than_its_key(tmp_path):
    private = "416-555-0177 behind the bakery"
    text = f"{SERVICE}s1,nobody,{private},active,{private}\n{private * 9},nobody,x,open,\n"
    _, report = taken(tmp_path, services__csv=text)
    said = report.as_json()["rows"]
    assert len(said) == 2
    assert private not in json.dumps(said[0])
    assert len(said[1]["key"]) <= 60


MAPPING = """
source = "list"
row = "no"
organization = "who"
yes = ["1"]
[columns]
what = "service.name"
street = "address.address_1"
spoken = "language.name"
[split]
spoken = ";"
[constants]
"service.status" = "inactive"
"address.city" = "Toronto"
"address.state_province" = "ON"
"address.postal_code" = "M5V 1A1"
"address.country" = "CA"
"address.address_type" = "physical"
[needs]
wages = "work.rights"
"""


def test_a_plain_list_is_read_with_its_mapping(tmp_path):
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    head = "no,who,what,street,spoken,wages,fax"
    text = f"{head}\n1,A (fictional),Advice,1 Made-up Road,Thai; Mam,1,9\n2,A (fictional),Talk,,,0,\n3,,x,,,,\n"
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    bundle, report = take_in(tmp_path / "list.csv", "x", mapping_of(tmp_path / "map.toml"))
    assert sorted(one["name"] for one in bundle.tables["service"].values()) == ["Advice", "Talk"]
    assert (
        len(bundle.tables["organization"])
        == len(bundle.tables["address"])
        == len(bundle.tables["attribute"])
        == 1
    )
    assert {one["name"] for one in bundle.tables["language"].values()} == {"Thai", "Mam"}
    assert set(refused(report)) == {"list.csv:4"}
    assert report.notes["(list)", "fax", "not in the mapping: not imported"] == 1


def test_the_mapping_in_the_docs_can_be_used(tmp_path):
    shown = (
        (DOCS / "directory-exchange.md")
        .read_text(encoding="utf-8")
        .split("```toml\n")[1]
        .split("```")[0]
    )
    (tmp_path / "map.toml").write_text(shown, encoding="utf-8")
    assert mapping_of(tmp_path / "map.toml").constants["service.status"] == "inactive"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('row = "no"', "", "row is missing"),
        ("service.name", "service.nam", "service.nam is no field"),
        ("[split]", "[splits]", "splits is not a part"),
        ("[needs]", "[needs", "not a TOML file"),
    ],
)
def test_a_mapping_that_is_wrong_says_where(tmp_path, old, new, said):
    (tmp_path / "map.toml").write_text(MAPPING.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReadError, match=said):
        mapping_of(tmp_path / "map.toml")


def test_the_command_prints_what_becomes_of_each_row_and_stores_nothing(tmp_path, capsys):
    folder = write(
        tmp_path / "in", {**V11, "phones.csv": "id,service_id,number\np1,gone,416-555-0177\n"}
    )
    assert (
        command.main(["directory", "import", str(folder), "--report", str(tmp_path / "r.json")])
        == 0
    )
    shown = capsys.readouterr().out
    assert shown.startswith("HSDS 1.1: ")
    assert "phones.csv:2: phone p1: refused, it belongs to nothing" in shown
    assert "416-555-0177" not in shown
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["counts"]["refused"] == 1
    assert command.main(["directory", "import", str(tmp_path / "nowhere")]) == 2
    assert "nowhere: there is no such file" in capsys.readouterr().err
