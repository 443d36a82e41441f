"""What was imported stays: the same again changes nothing, nothing is deleted, and what is hidden never enters."""

from __future__ import annotations

import json
from datetime import date

import pytest

from alongside.command import main
from alongside.domain.facts import Facts
from alongside.library.directory.as_hsds import bundle_of
from alongside.library.directory.file import DirectoryFile, FileError
from alongside.library.directory.from_hsds import directory_of
from alongside.library.directory.serving import service_of
from alongside.library.directory.supply import supply
from alongside.library.hsds.comparing import compare
from alongside.library.hsds.exporting import public, write_csv, write_json
from alongside.library.hsds.taking_in import take_in
from tests.library.hsds_people import SECRET, page, service, write

ON, LATER = date(2026, 12, 1), date(2026, 12, 8)


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_DIRECTORY", str(tmp_path / "kept" / "directory.sqlite3"))
    return DirectoryFile()


def given(tmp_path, *many: object):
    folder = write(tmp_path / "in", {"services.json": page(*many)})
    return take_in(folder, "somebody")[0]


def ours(book, lang="en"):
    return bundle_of(book.directory, book.needs, book.sources, lang)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("form", [write_json, write_csv], ids=["json", "csv"])
def test_our_own_directory_leaves_and_comes_back_as_it_was(book, tmp_path, form, lang):
    whole = public(ours(book, lang))
    form(whole, tmp_path)
    back, report = take_in(tmp_path, "another")
    assert report.counts()["refused"] == 0
    assert not compare(whole, back)


def test_what_comes_back_serves_the_same_people(book):
    back = directory_of(public(ours(book)), book.needs).services
    for one in book.directory.help:
        first, second = (service_of(each, ON) for each in (one, back[one.id]))
        assert first.needs[0] == second.needs[0]
        assert set(first.needs) == set(second.needs)
        for part in ("status", "access", "firewall", "languages", "minimum_age", "maximum_age"):
            assert getattr(first, part) == getattr(second, part), (one.key, part)
        assert set(first.areas) == set(second.areas)
        assert set(one.phones) == set(back[one.id].phones)


def test_those_who_can_act_against_a_person_do_not_leave_as_help(book):
    apart = {one.id for one in book.directory.reporting}
    assert apart
    assert not apart & set(ours(book).tables["service"])


def test_the_same_again_changes_nothing(file, tmp_path):
    first = file.keep(given(tmp_path, service(1), service(2)), ON)
    assert (first.changed, first.gone, first.same) == (0, 0, 0)
    edition = file.edition
    again = file.keep(given(tmp_path, service(1), service(2)), LATER)
    assert (again.new, again.changed, again.gone) == (0, 0, 0)
    assert again.same == first.new
    assert file.edition == edition


def test_what_is_changed_is_kept_as_it_was(file, tmp_path):
    file.keep(given(tmp_path, service(1)), ON)
    done = file.keep(given(tmp_path, service(1, url="https://www.example.org/new")), LATER)
    assert (done.new, done.changed, done.gone) == (0, 1, 0)
    (key,) = file.bundles()[0].tables["service"]
    ((until, cells),) = file.formerly(key)
    assert until == LATER.isoformat()
    assert "url" not in json.loads(cells)
    assert file.edition == 2


def test_what_is_left_out_is_marked_found_no_more_and_comes_back_when_it_is_listed(file, tmp_path):
    file.keep(given(tmp_path, service(1), service(2)), ON)
    whole = set(file.bundles()[0].tables["service"])
    file.keep(given(tmp_path, service(1)), LATER)
    (left,) = whole - set(file.bundles()[0].tables["service"])
    assert file.gone() == [("somebody", left, LATER.isoformat())]
    assert file.formerly(left)
    file.keep(given(tmp_path, service(1), service(2)), LATER)
    assert file.gone() == []
    assert set(file.bundles()[0].tables["service"]) == whole


@pytest.mark.parametrize("disclosure", ["withheld", "area_only", "a word that nobody knows"])
def test_a_hidden_place_never_enters_the_file(file, tmp_path, disclosure):
    file.keep(given(tmp_path, service(1, location_disclosure=disclosure)), ON)
    for path in file.path.parent.iterdir():
        assert SECRET.encode() not in path.read_bytes()
        assert b"M5V 1A1" not in path.read_bytes()
        assert b"43.651" not in path.read_bytes()


def test_a_place_that_becomes_hidden_leaves_its_earlier_versions_too(file, tmp_path):
    file.keep(given(tmp_path, service(1)), ON)
    file.keep(given(tmp_path, service(1, location_disclosure="withheld")), LATER)
    for path in file.path.parent.iterdir():
        assert SECRET.encode() not in path.read_bytes(), path.name


def test_two_sources_stand_side_by_side_and_ours_counts_first(file, tmp_path, book):
    file.keep(given(tmp_path, service(1)), ON)
    mine = next(iter(book.directory.help))
    other = take_in(
        write(
            tmp_path / "b", {"services.json": page(service(3) | {"id": mine.id, "name": "Wrong"})}
        ),
        "another",
    )[0]
    file.keep(other, ON)
    found = supply(book, file).services.values()
    assert {one.name.en for one in found if one.id == mine.id} == {mine.name.en}
    assert any(one.name.en == "Safe rooms 1 (fictional)" for one in found)


def test_what_was_imported_is_not_known_until_somebody_says_so(file, tmp_path, book):
    file.keep(given(tmp_path, service(1)), ON)
    (one,) = (o for o in supply(book, file).help if o.name.en.startswith("Safe rooms"))
    seen = service_of(one, ON)
    assert seen.status == ""
    assert seen.access.status_rule == "unknown"
    assert Facts({})  # nothing told


def test_a_file_that_is_no_directory_is_refused_in_one_sentence(file, capsys):
    file.path.parent.mkdir()
    file.path.write_text("no database " * 100)
    with pytest.raises(FileError):
        file.bundles()
    assert main(["directory", "search", "--json"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def run(capsys, *words: object):
    code = main(["directory", *map(str, words)])
    return code, capsys.readouterr().out


def test_import_search_export_and_quality_by_command(file, tmp_path, capsys):
    folder = write(tmp_path / "in", {"services.json": page(service(1), service(2))})
    rep = tmp_path / "report.json"
    _, said = run(capsys, "import", folder, "--dry-run")
    assert "Nothing was stored." in said
    assert not file.path.exists()
    code, said = run(capsys, "import", folder, "--report", rep)
    assert code == 0
    assert "no longer listed" in said
    told = json.loads(rep.read_text())
    assert told["counts"]["imported"] > 0
    assert told["kept"]["new"] > 0
    _, said = run(capsys, "search", "--text", "safe rooms", "--near", "M5V", "--json")
    found = json.loads(said)
    assert {one["name"] for one in found["items"]} >= {"Safe rooms 1 (fictional)"}
    assert all(one["match"] == "ask" for one in found["items"] if "fictional" in one["name"])
    run(capsys, "export", tmp_path / "out")
    back, _ = take_in(tmp_path / "out", "again")
    assert any("Safe rooms" in one["name"] for one in back.tables["service"].values())
    _, said = run(capsys, "quality", "--json")
    issues = json.loads(said)["issues"]
    assert issues
    assert all(set(one) == {"record", "kind", "field", "detail", "suggestion"} for one in issues)
