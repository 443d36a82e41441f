"""Who can help: found by need and words, near enough, as known facts decide, and never a hidden place."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from alongside.domain.facts import Facts
from alongside.library.directory.seeking import RANK, Sought, seek
from alongside.library.directory.shapes import (
    FACTS,
    Access,
    Checked,
    Directory,
    Firewall,
    LanguageAccess,
    Location,
    Service,
    ServiceAtLocation,
)
from alongside.library.geography.places import near

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
WALL = Firewall(
    "never", "never", "never", "unknown", False, "written_policy_seen", "", TODAY, date(2027, 6, 1)
)
ANYBODY = Access("any_no_proof", (), (), ("none",), ("all",), (), (), None, "free")


@pytest.fixture(scope="module")
def known(book):
    """A fictional clinic in Windsor of which every fact was checked today."""
    one = next(s for s in book.directory.help if s.needs[0].startswith("legal"))
    sure = Checked(TODAY, "2026-12-01", certain=True, cites=())
    where = Location("l", "1 Example Street", "Windsor", "ON", "N9Y 1A1")
    return replace(
        one, key="svc.test", status="active", needs=("legal.employment",), minimum_age=0, maximum_age=None,
        access=ANYBODY, firewall=WALL, service_areas=("ON",), location_disclosure="public",
        language_access=(LanguageAccess("spa", "staff", "spoken", 0),),
        service_at_locations=(ServiceAtLocation("p", "s", where),), checked=dict.fromkeys(FACTS, sure),
    )  # fmt: skip


def sought(book, *services: Service, facts=None, **more: Any):
    directory = Directory({}, {s.key: s for s in services})
    return seek(directory, book.needs, Sought(**more), facts or Facts.told({}), NOW)


def reasons(hit):
    return {one.key: one.truth.word for one in hit.match.reasons}


def test_a_fact_in_doubt_or_old_is_asked_first_and_never_shown_as_one(book, known):
    doubted = Checked(TODAY, "", certain=False, cites=())
    old = Checked(date(2026, 1, 1), "2026-01-01", certain=True, cites=())
    (hit,) = sought(book, known)
    assert reasons(hit)["status"] == "yes"
    for basis in (doubted, old):
        shaken = replace(known, checked={**known.checked, "access": basis})
        (hit,) = sought(book, shaken)
        assert reasons(hit)["status"] == "unknown"
        assert hit.match.kind == "ask"


def test_a_place_nobody_may_know_of_has_no_distance_and_moves_nothing(book, known):
    here = near("N9Y")
    (seen,) = sought(book, known, near=here)
    assert seen.away.km < 1
    for word in ("area_only", "withheld"):
        hidden = replace(known, location_disclosure=word)
        elsewhere = replace(
            hidden,
            service_at_locations=(replace(known.service_at_locations[0], location=replace(
                known.service_at_locations[0].location, postal_code="V5K 0A1")),),
        )  # fmt: skip
        (one,), (other,) = sought(book, hidden, near=here), sought(book, elsewhere, near=here)
        assert one.away is None
        assert one.order == other.order, "where it is shows in no order"
        assert sought(book, elsewhere, near=here, km=1), "nor does a radius find it out"


def test_what_can_be_called_stays_whatever_the_radius_and_what_is_far_goes(book, known):
    by_phone = replace(known, key="svc.phone", service_at_locations=())
    found = sought(book, known, by_phone, near=near("Ottawa, ON"), km=50)
    assert [hit.service.key for hit in found] == ["svc.phone"]
    assert len(sought(book, known, by_phone, near=near("N9Y"), km=50)) == 2


def test_confirmed_stands_above_ask_and_ask_above_no(book, known):
    closed = replace(known, key="svc.closed", status="defunct")
    silent = replace(known, key="svc.silent", access=Access())
    found = sought(book, closed, silent, known)
    assert [RANK[hit.match.kind] for hit in found] == sorted(RANK[hit.match.kind] for hit in found)
    assert found[-1].service.key == "svc.closed"


def test_what_a_person_kept_to_themselves_shuts_them_out_of_nothing(book, known):
    refuses = replace(
        known, access=replace(ANYBODY, status_rule="any", statuses_refused=("visitor",))
    )
    told, _ = book.assess({"status.now": "visitor"}, TODAY)
    assert sought(book, refuses, facts=told)[0].match.kind == "no"
    assert sought(book, refuses)[0].match.kind == "ask"


def test_words_in_any_language_find_the_need_and_a_name_finds_its_service(book, known):
    bed = replace(known, key="svc.bed", needs=("shelter",))
    for words in ("mi jefe no me paga", "老板不给我钱", "my boss does not pay me", "ไม่จ่ายค่าจ้าง"):
        keys = {hit.service.key for hit in sought(book, known, bed, words=words)}
        assert "svc.bed" not in keys, words
    assert {hit.service.key for hit in sought(book, known, bed, words="mi jefe no me paga")} == {
        "svc.test"
    }
    assert sought(book, known, words=known.name.en)
    assert not sought(book, known, words="xylophone repairs")


def test_nobody_who_can_act_against_a_person_is_found_by_any_need_or_word(book):
    asked = [Sought(needs=(key,)) for key in book.needs.by_key]
    asked += [Sought(words=one.name.en) for one in book.directory.reporting] + [Sought()]
    apart = {one.key for one in book.directory.reporting}
    assert apart
    for one in asked:
        found = seek(book.directory, book.needs, one, Facts.told({}), NOW)
        assert not apart & {hit.service.key for hit in found}, one


def run(*arguments: str):
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "alongside.command", "directory", "search", *arguments],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_the_command_prints_what_is_published():
    done = run(
        "--need",
        "legal",
        "--near",
        "H3W",
        "--language",
        "spa",
        "--fact",
        "status.now=visitor",
        "--json",
    )
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert said["total"] == len(said["items"]) > 3
    for item in said["items"]:
        assert item.keys() == {"id", "name", "km", "km_give_or_take", "match", "ask", "reasons"}
        assert item["match"] in RANK
    assert any(item["km"] is not None for item in said["items"])
    second = json.loads(run("--need", "legal", "--page", "2", "--json").stdout)
    assert second["items"] == []
    assert second["total"] == said["total"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--need", "legl"), "There is no need 'legl'; the nearest one is 'legal'."),
        (("--near", "Nowhere at all"), "No place here has that name"),
        (("--near", "10,10"), "not in Canada"),
        (("--km", "5"), "--km needs --near"),
        (("--fact", "status.now"), "write KEY=VALUE"),
        (("--fact", "status.nou=visitor"), "the nearest one is 'status.now'"),
        (("--language", "Spanish"), "three letters like spa"),
        (("--page", "0"), "--page begins at 1"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(arguments, said):
    done = run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_what_is_asked_for_counts_instead_of_what_was_told(book, known):
    """Somebody who lives in one province looks in the one they mean to go to."""
    here, there = (
        replace(known, key=f"svc.{area}", service_areas=(area,)) for area in ("ON", "BC")
    )
    told = Facts.told({"place.province": "on", "place.area": "M5V", "lang.speak": "tgl"})
    found = sought(book, here, there, facts=told, near=near("Vancouver"))
    looking = {hit.service.service_areas[0]: hit.match.failed for hit in found}
    assert "place" in looking["ON"]
    assert "place" not in looking["BC"]


def test_who_speaks_the_language_asked_for_comes_first(book, known):
    any_ = (LanguageAccess("mul", "on_demand_interpreter", "spoken", 0),)
    none, many = (
        replace(known, key=key, language_access=said) for key, said in (("a", ()), ("b", any_))
    )
    one = replace(known, access=Access())  # else it serves, and that alone puts it first
    asked = [replace(each, access=Access()) for each in (none, many)]
    found = sought(book, *asked, one, language="spa")
    assert [hit.service.key for hit in found] == ["svc.test", "b", "a"]
