"""Who can help: what would send a person to the wrong place is refused when it is written."""

import dataclasses
import shutil
from datetime import date, timedelta
from types import SimpleNamespace
from typing import NamedTuple

import pytest

from alongside.library.book import CONTENT, Book
from alongside.library.directory.codes import ENFORCES, PHONE
from alongside.library.directory.limits import told
from alongside.library.directory.shapes import FRESH_DAYS, id_of
from alongside.library.reading import ContentError
from tools import content_check

TODAY = date(2026, 12, 1)
CANADA, EAST, REPORTING, NEEDS = (
    "services/canada.toml", "services/east.toml", "services/reporting.toml", "needs.toml",
)  # fmt: skip
PLACE = """[[service.location]]
address_1 = "1 Elm Street"
city = "Toronto"
state_province = "ON"
postal_code = "M5V 2H1"
[[service.phone]]"""
LINE = 'number = "9-8-8"\ntype = "voice"'


class Mistake(NamedTuple):
    """What stands in a file, what is planted for it, and the cure the refusal then offers."""

    file: str
    right: str
    wrong: str
    cure: str


MISTAKES = {
    "need without a French name": Mistake(NEEDS, "name.fr =", "name.de =", "side by side."),
    "a need that cannot be asked for in French": Mistake(
        NEEDS, 'words.fr = ["danger"', 'words.de = ["danger"', "List it under [[language]]."
    ),
    "words that lead to two needs": Mistake(
        NEEDS, 'words.en = ["food"', 'words.en = ["lawyer"', "where most who write it want to go"
    ),
    "a part without its need": Mistake(
        NEEDS, 'key = "shelter.search"', 'key = "shelters.search"', "Write it before its parts."
    ),
    "a term that is no number": Mistake(NEEDS, '["1105"]', '["Transit"]', "Write its number"),
    "a phone that is no phone": Mistake(CANADA, LINE, 'number = "988"\ntype = "voice"', "1-833-900"),
    "a phone with a letter": Mistake(CANADA, '"1-800-668-6868"', '"1-800-668-686B"', "1-833-900"),
    "another phone than among the contacts": Mistake(
        CANADA, 'number = "416-897-4388"', 'number = "416-897-4389"', "Mend the one that is wrong."
    ),
    "a fact that rests on nothing": Mistake(
        CANADA, '"phones", "language_access", "access"]', '"language_access", "access"]',
        'Name "phones" in a [[service.checked]]',
    ),
    "a fact without a source": Mistake(
        CANADA, 'cite = [{ source = "dir.211_everywhere", at = "" }]', "", "Say where it was read"
    ),
    "a fact without a day": Mistake(
        CANADA, 'on = 2026-12-01\ndated = "2021-08-11"', 'dated = "2021-08-11"', "Write on = "
    ),
    "certain by a source without a date": Mistake(
        CANADA, 'dated = "2024-02-06"\ncertain = true', 'dated = ""\ncertain = true', "certain = false"
    ),
    "an unknown source": Mistake(EAST, '"qc.cavac"', '"qc.kavac"', "Did you mean 'qc.cavac'?"),
    "a need that is none": Mistake(EAST, '"mental.trauma"', '"mental.trauma2"', "'mental.trauma'"),
    "an authority among help by its needs": Mistake(
        REPORTING, '["report.employerline"]', '["safety.hotline"]', "report branch only"
    ),
    "help that reports": Mistake(
        CANADA, '["mental.crisis", ', '["report.police", ', 'Write kind = "authority"'
    ),
    "an authority among help by its name": Mistake(
        CANADA, 'name.en = "9-8-8, when you think of dying"', 'name.en = "City police help line"',
        'kind = "authority"',
    ),
    "an authority by its own word": Mistake(
        CANADA, 'basis = "declared_by_service"', 'run_by_authority = true\nbasis = "none"',
        'kind = "authority"',
    ),
    "a hidden place with an address": Mistake(
        CANADA, "[[service.phone]]", PLACE, "Take the place out"
    ),
    "a hidden place told in words": Mistake(
        CANADA, "They listen, help you", "At 12 Elm Street they listen, help you", "Take the place out"
    ),
    "a hidden place told by its postal code": Mistake(
        CANADA, "On vous écoute, on", "Au M5V 2H1, on vous écoute, on", "Take the place out"
    ),
    "nowhere": Mistake(EAST, 'service_areas = ["NB"]', "service_areas = []", '["CA"] or ["ON"]'),
    "a place that is none": Mistake(EAST, '["NB"]', '["Moncton"]', "CA, ON, M or N0R"),
    "a field that nothing reads": Mistake(CANADA, "open_24_7 = true", "open_247 = true", "'open_24_7'"),
    "a status of our own making": Mistake(
        CANADA, 'status_rule = "any"', 'status_rule = "everybody"', "'any'"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", list(MISTAKES))
def test_what_would_harm_is_refused_with_its_file_its_line_and_the_cure(name, tmp_path):
    mistake = MISTAKES[name]
    root = tmp_path / "content"
    shutil.copytree(CONTENT, root)
    path = root / mistake.file
    right = path.read_text(encoding="utf-8")
    assert mistake.right in right
    path.write_text(right.replace(mistake.right, mistake.wrong, 1), encoding="utf-8")

    with pytest.raises(ContentError) as refused:
        _ = Book(root).directory

    said = str(refused.value)
    assert said.startswith(f"{mistake.file}:")
    assert said.split(":")[1].isdigit()
    assert mistake.cure in said


def test_every_fact_that_is_told_says_where_and_when_it_was_read(book):
    for service in book.directory.services.values():
        assert set(told(service)) == set(service.checked), service.key
        for checked in service.checked.values():
            assert checked.cites
            assert date(2026, 11, 1) <= checked.on <= TODAY
            assert checked.dated or not checked.certain


def test_every_number_is_one_that_can_be_dialled(book):
    for service in book.directory.services.values():
        for phone in service.phones:
            assert PHONE.fullmatch(phone.number), service.key
    for no_phone in ("988", "911", "1-833-9001010", "+1 833 900 1010", "123-456-7890", "", "none"):
        assert not PHONE.fullmatch(no_phone)


def test_nobody_who_can_act_against_a_person_stands_among_help(book):
    directory = book.directory
    assert [one.key for one in directory.reporting] == ["svc.tipline"]
    for one in directory.help:
        assert one.organization.kind in {"community", "public"}
        assert not any(need.startswith("report") for need in one.needs)
        for name in (one.name, one.organization.name):
            assert not ENFORCES.search(f"{name.en} {name.fr}"), one.key


@pytest.mark.parametrize(
    "name",
    [
        "Toronto Police Service",
        "GRC",
        "Canada Border Services Agency",
        "Inspection du travail",
        "RCMP",
    ],
)
def test_an_authority_is_known_by_its_name(name):
    assert ENFORCES.search(name)


def test_only_a_public_place_has_a_location(book):
    located = [one for one in book.directory.services.values() if one.service_at_locations]
    assert [(one.key, one.location_disclosure) for one in located] == [("svc.iwc", "public")]
    place = located[0].service_at_locations[0]
    assert place.service_id == located[0].id
    assert place.location.postal_code == "H3W 1H8"


def test_an_id_is_the_same_everywhere_and_each_has_its_own(book):
    """An exported record must be the same record in the next edition."""
    services = book.directory.services
    assert services["svc.hotline"].id.startswith("3b48d9b6-")
    every = [one.id for one in services.values()]
    every += [one.id for one in book.directory.organizations.values()]
    assert len(set(every)) == len(every)
    assert id_of("svc.hotline") != id_of("org.hotline")


def test_what_is_not_certain_or_not_known_is_asked_first(book):
    hotline, farm = (book.directory.services[key] for key in ("svc.hotline", "svc.mwac_farm"))
    assert hotline.certain("phones", TODAY)
    assert hotline.ask_first(TODAY) == (
        "eligibility", "access", "schedules", "firewall", "locations",
    )  # fmt: skip
    assert not farm.certain("phones", TODAY)  # from a post of 2023
    assert set(farm.ask_first(TODAY)) >= {"phones", "access", "firewall"}


def test_a_fact_nobody_looked_at_for_half_a_year_is_no_longer_certain(book):
    hotline = book.directory.services["svc.hotline"]
    looked = hotline.checked["phones"].on
    assert hotline.certain("phones", looked + timedelta(days=FRESH_DAYS))
    assert not hotline.certain("phones", looked + timedelta(days=FRESH_DAYS + 1))


def test_no_service_claims_a_firewall_that_nobody_saw_in_writing(book):
    for one in book.directory.services.values():
        if one.firewall:
            assert one.firewall.basis != "written_policy_seen" or one.firewall.policy_url
            assert not one.certain("firewall", TODAY)


def test_the_networks_of_the_documents_stand_here_and_give_no_number_to_call(book):
    networks = [one for one in book.directory.organizations.values() if one.network]
    assert {one.key for one in networks} == {"org.tchtn", "org.cqctp"}
    for one in book.directory.services.values():
        assert not one.organization.network


def _shelf(book, services=None, organizations=None):
    directory = SimpleNamespace(
        services=services or {}, organizations=organizations or {},
    )  # fmt: skip
    return SimpleNamespace(directory=directory, needs=book.needs)


def test_an_old_source_makes_nothing_certain(book):
    service = book.directory.services["svc.988"]
    old = dataclasses.replace(service.checked["phones"], dated="2022-11")
    spoilt = dataclasses.replace(service, checked={**service.checked, "phones": old})
    lines = list(content_check._directory(_shelf(book, {"svc.988": spoilt})))
    assert len(lines) == 1
    assert "phones is certain by a source of 2022-11" in lines[0]


def test_a_network_that_is_not_there_is_named(book):
    one = dataclasses.replace(book.directory.organizations["org.fcj"], networks=("org.nobody",))
    lines = list(content_check._directory(_shelf(book, None, {"org.fcj": one})))
    assert ["org.nobody" in line for line in lines] == [True]


def test_a_need_that_cannot_be_asked_for_in_spanish_or_arabic_is_named(book):
    need = book.needs.by_key["legal"]
    words = {language: row for language, row in need.words.items() if language != "ar"}
    needs = SimpleNamespace(by_key={"legal": dataclasses.replace(need, words=words)})
    shelf = SimpleNamespace(directory=_shelf(book).directory, needs=needs)
    assert [line for line in content_check._directory(shelf) if "no words in ar" in line]
