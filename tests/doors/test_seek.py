"""*Who can help*: found by what somebody asks, never shut out by silence, and told with what is not known."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from alongside.doors.showing import helping
from alongside.doors.showing.speaking import book, speaker
from alongside.library.directory.checking import report
from alongside.library.directory.file import DirectoryFile
from alongside.library.hsds.taking_in import take_in
from tests.doors.addresses import LANGUAGES
from tests.doors.visiting import Visitor
from tests.library.hsds_people import SECRET, page, service, write

pytestmark = pytest.mark.django_db
ON = date(2026, 12, 1)


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Keep services, all of them made up, in a directory of this test alone."""
    monkeypatch.setenv("ALONGSIDE_DIRECTORY", str(tmp_path / "kept" / "directory.sqlite3"))
    monkeypatch.setattr(helping, "SUPPLY", supply := helping.Supply())
    monkeypatch.setattr("alongside.doors.entry.seeking.SUPPLY", supply)

    def keep(*many: object, source="somebody"):
        folder = write(tmp_path / "in", {"services.json": page(*many)})
        DirectoryFile().keep(take_in(folder, source)[0], ON)

    return keep


def look(visitor=None, lang="en", **asked: str):
    visitor = visitor or Visitor()
    answer = visitor.send(f"/{lang}/i/", asked, "look")
    assert (answer.status_code, answer["Location"]) == (303, f"/{lang}/i/#found")
    return visitor.get(f"/{lang}/i/").content.decode()


def names(html):
    return [
        unescape(re.sub(r"<[^>]+>", "", one))
        for one in re.findall(r'<h3 id="h-[^"]*">(.*?)</h3>', html)
    ]


def test_nothing_is_found_before_somebody_asks_and_nobody_is_asked_for_anything():
    html = Visitor().get("/en/i/").content.decode()
    assert names(html) == []
    assert "required" not in html


def test_everything_may_be_left_empty():
    html = look()
    assert names(html)


def test_a_need_finds_those_who_are_for_it_and_what_is_part_of_it():
    found = names(look(need="legal"))
    assert found
    wanted = set(book().needs.under("legal"))
    help_ = {one.name.en: one for one in book().directory.help}
    assert all(wanted & set(help_[name].needs) for name in found)


@pytest.mark.parametrize("words", ["abogado", "محامي", "avocat", "lawyer"])
def test_words_of_any_language_find_what_they_mean(words):
    assert names(look(words=words))


def test_a_service_of_those_who_can_act_against_a_person_is_never_among_help():
    apart = {one.name.en for one in book().directory.reporting}
    assert apart
    assert not apart & set(names(look()))
    assert not apart & set(names(look(words="police tip line report")))
    assert not apart & set(names(look(need="report")))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_nobody_knows_is_said_and_what_was_written_stays(lang):
    html = look(lang=lang, near="Zzyzx", words="avocat <b>", need="legal", language="spa")
    assert str(speaker(lang).w("help_near_unknown")) in html
    assert 'value="Zzyzx"' in html
    assert 'value="avocat &lt;b&gt;"' in html
    assert '<option value="legal" selected>' in html
    assert 'value="spa" selected>' in html
    assert names(html) == []


def test_of_several_towns_of_one_name_one_is_chosen():
    visitor = Visitor()
    html = look(visitor, near="Windsor", need="legal")
    choices = re.findall(r'name="choice" value="([^"]+)"', html)
    assert "Windsor, ON" in choices
    html = look(visitor, near="Windsor", need="legal", choice="Windsor, ON")
    assert 'value="Windsor, ON"' in html
    assert names(html)
    html = look(visitor, near="Halifax", choice="Windsor, ON")
    assert 'value="Halifax"' in html, "another place was written since"


def test_what_is_asked_is_in_no_address_and_no_readable_cookie():
    visitor = Visitor()
    look(visitor, words="zanzibar", near="M5V")
    for cookie in visitor.client.cookies.values():
        assert "zanzibar" not in cookie.value
        assert "M5V" not in cookie.value


def test_what_was_asked_can_be_forgotten():
    visitor = Visitor()
    look(visitor, words="zanzibar")
    assert visitor.send("/en/i/", {}, "forget").status_code == 303
    assert "zanzibar" not in visitor.get("/en/i/").content.decode()


def test_starting_over_forgets_it_too():
    visitor = Visitor()
    look(visitor, words="zanzibar")
    visitor.send("/en/x/", {})
    assert "zanzibar" not in visitor.get("/en/i/").content.decode()


PAPERS = {"status_rule": "listed", "statuses_accepted": ["citizen"], "cost": "free"}


def of(kind, number=1):
    access = {"no": PAPERS, "ask": {}}[kind]
    return service(
        number, name=f"{kind} {number} (fictional)", access=access, assured_date="2026-11-20"
    )


def test_who_told_nothing_is_shut_out_of_nothing(kept):
    kept(of("no"))
    html = look(words="no 1")
    assert names(html) == ["no 1 (fictional)"]
    assert str(speaker("en").w("help_not")) not in html


def test_a_no_is_folded_away_with_its_reason_and_never_hidden(kept):
    kept(of("no"), of("ask", 2))
    visitor = Visitor().tell({"status.now": "visitor"})
    html = look(visitor, words="fictional")
    assert names(html) == ["ask 2 (fictional)", "no 1 (fictional)"]
    shut = html.split(str(speaker("en").w("help_not")))[1]
    assert "no 1 (fictional)" in shut
    assert str(speaker("en").w("help_no_status")) in shut


def test_what_is_not_known_comes_as_a_question_to_ask(kept):
    kept(of("ask"))
    html = look(words="ask 1")
    assert str(speaker("en").w("help_ask_status")) in html
    assert str(speaker("en").w("help_fear_unknown")) in html


WALL = {
    "asks_status": "never", "shares_with_immigration": "never", "checked_on": "2026-11-01",
    "recheck_by": "2027-05-01", "policy_url": "https://www.example.org/policy",
}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"basis": "written_policy_seen"}, "help_fear_written"),
        ({"basis": "written_policy_seen", "recheck_by": "2026-11-02"}, "help_fear_declared"),
        ({"basis": "declared_by_service"}, "help_fear_declared"),
        (
            {"basis": "declared_by_service", "shares_with_immigration": "may_share"},
            "help_fear_shares",
        ),
        ({"basis": "none", "shares_with_immigration": "unknown"}, "help_fear_unknown"),
    ],
)
def test_access_without_fear_is_never_more_than_what_was_seen(kept, more, said):
    kept(service(1, firewall=WALL | more, assured_date="2026-11-20"))
    html = look(words="safe rooms")
    day = date.fromisoformat((WALL | more)["checked_on"])
    assert str(speaker("en").w(said, date=speaker("en").day(day))) in html
    if said != "help_fear_written":
        assert str(speaker("en").w("help_fear_written", date=speaker("en").day(day))) not in html


def test_what_nobody_confirmed_for_half_a_year_shows_as_old(kept):
    kept(service(1, assured_date="2026-01-01"))
    assert str(speaker("en").w("help_old")) in look(words="safe rooms")


@pytest.mark.parametrize("disclosure", ["withheld", "area_only"])
def test_a_hidden_place_leaks_nowhere(kept, disclosure):
    hidden = service(1, location_disclosure=disclosure)
    kept(hidden, service(2, location_disclosure=disclosure))
    near_by, far_off = (look(words="safe rooms", near=place) for place in ("M5V", "Halifax"))
    for html in (near_by, far_off):
        assert SECRET not in html
        assert " km " not in html
    assert names(near_by) == names(far_off)


def test_twenty_stand_on_a_page_and_a_page_too_far_is_the_last(kept):
    kept(*(service(number, name=f"House {number:02} (fictional)") for number in range(1, 26)))
    visitor = Visitor()
    first = names(look(visitor, words="house fictional"))
    second = names(visitor.get("/en/i/2/").content.decode())
    assert (len(first), len(second)) == (20, 5)
    assert not set(first) & set(second)
    assert names(visitor.get("/en/i/99/").content.decode()) == second


def test_however_many_say_no_each_of_them_can_be_reached(kept):
    kept(of("ask", 1), *(of("no", number) for number in range(2, 27)))
    visitor = Visitor().tell({"status.now": "visitor"})
    first = look(visitor, words="fictional")
    second = visitor.get("/en/i/2/").content.decode()
    assert str(speaker("en").w("help_not")) + " (25)" in first
    assert len({*names(first), *names(second)}) == 26


def test_those_that_say_no_on_a_later_page_are_told_of_on_the_first(kept):
    kept(
        *(of("ask", number) for number in range(1, 23)),
        *(of("no", number) for number in range(23, 26)),
    )
    visitor = Visitor().tell({"status.now": "visitor"})
    html = look(visitor, words="fictional")
    assert len(names(html)) == 20
    assert f'href="/en/i/2/#found">{speaker("en").w("help_not")} (3)</a>' in html
    assert len(names(visitor.get("/en/i/2/").content.decode())) == 5


def test_what_is_imported_shows_without_a_restart(kept):
    kept(service(1, name="First (fictional)"))
    assert names(look(words="first fictional")) == ["First (fictional)"]
    kept(service(1, name="Second (fictional)"))
    assert names(look(words="second fictional")) == ["Second (fictional)"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_need_that_may_be_offered_stands_in_the_form_and_no_other(lang):
    html = Visitor().get(f"/{lang}/i/").content.decode()
    offered = re.findall(
        r'<option value="([a-z_.]+)"', html.split('id="need"')[1].split("</select>")[0]
    )
    assert set(offered) == {one.key for one in book().needs.help if one.suggested}


def test_nobody_is_offered_what_only_who_asks_for_it_finds():
    unoffered = [one for one in book().needs.help if not one.suggested]
    assert unoffered
    html = Visitor().get("/en/i/").content.decode()
    assert not any(f'value="{one.key}"' in html for one in unoffered)


@pytest.mark.usefixtures("kept")
def test_a_directory_that_cannot_be_read_leaves_the_starter_list(tmp_path, caplog):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "directory.sqlite3").write_text("no database " * 100)
    assert names(look(need="legal"))
    assert "could not be read" in caplog.text


def test_a_file_that_may_only_be_read_is_enough(kept, tmp_path):
    kept(service(1))
    for path in (tmp_path / "kept" / "directory.sqlite3", tmp_path / "kept"):
        path.chmod(0o555)
    assert names(look(words="safe rooms")) == ["Safe rooms 1 (fictional)"]
    (tmp_path / "kept").chmod(0o755)


WRONG = [
    {"access": "free"}, {"access": ["any"]}, {"firewall": 7}, {"intake": "phone"}, {"language_access": ["spa"]},
    {"language_access": {"code": "spa"}}, {"capacity_status": []},
    {"capacity_status": {"status": "capacity", "as_of": "2026-12-01T00:00:00Z", "stale_after_hours": 1e300}},
    {"access": {"statuses_accepted": [["x"]], "conditions": "none"}}, {"minimum_age": "old"},
]  # fmt: skip


@pytest.mark.parametrize("more", WRONG, ids=str)
def test_whatever_a_source_sends_no_page_breaks(kept, more):
    kept(service(1, **more))
    assert names(look(words="safe rooms")) == ["Safe rooms 1 (fictional)"]
    bundles = DirectoryFile().bundles()
    assert report(bundles, ON), "nor does the report"


@pytest.mark.parametrize("said", [["public"], 1, {"public": True}])
def test_what_hides_a_place_hides_it_when_it_cannot_be_read(kept, said):
    kept(service(1, location_disclosure=said))
    html = look(words="safe rooms", near="M5V")
    assert SECRET not in html
    assert " km " not in html
