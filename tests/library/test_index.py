"""The index finds what the plain search finds, in the same order; and words in every script that people write."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import numpy as np
import pytest

from alongside.domain.directory import Capacity, match
from alongside.domain.facts import Facts
from alongside.library.directory.index.columns import NOWHERE
from alongside.library.directory.index.finding import Index
from alongside.library.directory.index.standing import Standing
from alongside.library.directory.seeking import Sought, known_of, seek
from alongside.library.directory.serving import service_of
from alongside.library.directory.shapes import (
    FACTS,
    Access,
    Checked,
    Directory,
    Firewall,
    LanguageAccess,
)
from alongside.library.geography.places import near
from alongside.library.reading import Text
from benchmarks.services import LANGUAGES, WORDS, services

TODAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 1, tzinfo=UTC)
MANY = 1500
EVERYTHING = slice(0, MANY)
TOWNS = ("M5V", "K0A", "Halifax", "Vancouver", "Moncton", "T2P", "X0A", "Montreal")
TOLD = {
    "status.now": ("visitor", "no_status", "student", "worker", "claimant"),
    "person.age_band": ("16_17", "19_29", "60_over"),
    "person.gender": ("woman", "man", "nonbinary", "trans_woman", "other"),
    "person.identity_document": (True, False),
    "access.proof_address": (True, False),
    "access.can_pay": (True, False),
    "access.curfew_hard": (True, False),
    "access.ok_authority_run": (True, False),
    "access.ok_police_report": (True, False),
    "lang.speak": ("spa", "mam"),
    "place.province": ("on", "ns"),
    "place.area": ("M5V", "B3H"),
    "status.service_group": ("visitor", "no_status", "permit_open", "not_disclosed"),
}


@pytest.fixture(scope="module")
def many(book):
    *made, last = services(MANY, book.needs, TODAY)
    return [*made, sure(last)]


def sure(one):
    """The same service, with every fact known and no door shut."""
    checked = Checked(TODAY, "", certain=True, cites=())
    return replace(
        one, status="active", service_areas=("CA",), minimum_age=0, maximum_age=None,
        access=Access("any_no_proof", proof_required=("none",), genders=("all",), conditions=(), cost="free"),
        firewall=Firewall("never", "never", "never", "unknown", False, "none", "", TODAY, TODAY),
        language_access=(LanguageAccess("spa", "staff", "spoken", 0),),
        capacity=Capacity("capacity", NOW), checked=dict.fromkeys(FACTS, checked),
    )  # fmt: skip


@pytest.fixture(scope="module")
def index(book, many):
    return Index(many, book.needs, TODAY)


def somebody(draw):
    """Facts of a made-up person: some told, most not."""
    told = {key: draw.choice(values) for key, values in TOLD.items() if draw.random() < 0.4}
    return Facts(told)


def looked_for(draw, book):
    helps = [need.key for need in book.needs.help]
    town = near(draw.choice(TOWNS)) if draw.random() < 0.6 else None
    return Sought(
        needs=tuple(draw.sample(helps, draw.choice([0, 1, 1, 2]))),
        words=draw.choice(
            ["", "", "lawyer", "river", "maple lake", "abogado", "nothing says this"]
        ),
        near=town,
        km=draw.choice([None, 5, 50, 200]) if town else None,
        language=draw.choice(["", "", draw.choice(LANGUAGES)]),
    )


@pytest.mark.parametrize("seed", range(40))
def test_it_finds_what_the_plain_search_finds_in_the_same_order(book, many, index, seed):
    draw = Random(seed)
    sought, facts = looked_for(draw, book), somebody(draw)
    plain = seek(Directory({}, {one.key: one for one in many}), book.needs, sought, facts, NOW)
    page = index.find(sought, facts, NOW, EVERYTHING)
    assert page.total == len(plain)
    assert page.open == sum(hit.match.kind != "no" for hit in plain)
    assert {hit.service.key for hit in page.hits} == {hit.service.key for hit in plain}
    for mine, other in zip(page.hits, plain, strict=True):
        assert near_enough(mine.order, other.order), (
            "the order is that of the plain search, to a metre"
        )


def near_enough(mine, other):
    """Two hits less than two metres apart may change places; nothing else may."""
    (apart, km), (other_apart, other_km) = mine[5], other[5]
    return mine[:5] == other[:5] and apart == other_apart and abs(km - other_km) < 0.002


@pytest.mark.parametrize("seed", range(60))
def test_every_condition_stands_as_in_the_rule(many, index, seed):
    facts = known_of(Sought(), somebody(Random(seed)))
    rows = np.arange(len(many))
    standing = Standing(index.columns, rows, facts, NOW)
    wanted = [match(service_of(one, TODAY), facts, NOW) for one in many]
    for name in ("place", "status", "age", "gender", "proof", "authority", "cost", "language"):
        said = [next(r.truth for r in one.reasons if r.key == name) for one in wanted]
        assert list(getattr(standing, name)()) == said, name
    room = [next(r.truth for r in one.reasons if r.key == "capacity") for one in wanted]
    assert list(standing.room()) == room
    assert [("no", "ask", "serves")[kind] for kind in standing.kinds()] == [
        one.kind for one in wanted
    ]


def test_all_three_answers_occur(many, index):
    kinds = set()
    for seed in range(60):
        standing = Standing(index.columns, np.arange(len(many)), somebody(Random(seed)), NOW)
        kinds |= set(standing.kinds())
    assert kinds == {0, 1, 2}


def test_pages_follow_one_another_without_a_gap_or_a_double(index):
    sought, facts = Sought(needs=("legal",)), Facts({})
    whole = [hit.service.key for hit in index.find(sought, facts, NOW, EVERYTHING).hits]
    parts = [
        hit.service.key
        for start in range(0, len(whole) + 20, 20)
        for hit in index.find(sought, facts, NOW, slice(start, start + 20)).hits
    ]
    assert parts == whole
    assert len(set(whole)) == len(whole) > 40


def test_a_hidden_place_leaves_no_trace(book, many):
    hidden = [replace(one, location_disclosure="withheld") for one in many[:200]]
    index = Index(hidden, book.needs, TODAY)
    assert set(index.columns.first) == {NOWHERE}
    assert len(index.columns.other) == 0
    facts = Facts({})
    orders = [
        [
            hit.service.key
            for hit in index.find(Sought(near=near(town), km=5), facts, NOW, EVERYTHING).hits
        ]
        for town in ("M5V", "M4C")
    ]
    assert set(orders[0]) == set(orders[1]), "near or far, the same are found"


# The table of section 7 of the research on directories: what plain indexes get silently wrong.
SCRIPTS = [
    ("भाषा", "भाषा सहायता", "भीषि"),  # Hindi: vowel signs belong to the word
    ("ਭਾਸ਼ਾ", "ਭਾਸ਼ਾ ਮਦਦ", "ਭੀਸ਼ੀ"),  # Punjabi
    ("மொழி", "மொழி உதவி", "மழை"),  # Tamil
    ("ශ්‍රී", "ශ්‍රී ලංකා", "ලකා"),  # Sinhala: the joiner stays inside the word
    ("法律", "免费法律援助中心", "律法"),  # Chinese: two signs inside a row without spaces
    ("กฎหมาย", "คลินิกกฎหมายฟรี", "ภาษาจีน"),  # Thai
    ("عمل", "مركز العمل", "سكن"),  # Arabic: with the article, found without it
    ("العمل", "مركز عمل", "سكن"),  # and the other way round
    ("phap ly", "Hỗ trợ pháp lý", "phap luat"),  # Vietnamese without accents
]


@pytest.mark.parametrize(("asked", "said", "other"), SCRIPTS, ids=[row[0] for row in SCRIPTS])
def test_words_are_found_in_their_own_script_and_others_are_not(book, many, asked, said, other):
    one = replace(many[0], needs=(), name=Text("", said, said), description=Text("", "", ""))
    found = {}
    for words in (asked, other):
        sought = Sought(words=words)
        plain = seek(Directory({}, {one.key: one}), book.needs, sought, Facts({}), NOW)
        fast = Index([one], book.needs, TODAY).find(sought, Facts({}), NOW, EVERYTHING)
        assert [hit.service.key for hit in plain] == [hit.service.key for hit in fast.hits]
        found[words] = len(plain)
    assert found == {asked: 1, other: 0}


def test_the_services_are_made_up_of_these_words(many):
    assert all(set(one.name.en.casefold().split()[:3]) <= set(WORDS) for one in many)
