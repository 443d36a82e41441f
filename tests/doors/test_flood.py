"""Thirty people behind one address all get through, a flood does not, and no address is written down."""

from __future__ import annotations

import os
import random
import signal
from hashlib import blake2s
from ipaddress import ip_address

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from alongside.config import flood
from alongside.config.flood import Admission, Counts, address_of
from alongside.doors.showing.arriving import arriving

BUNKHOUSE, FLOOD, OTHER = "198.51.100.7", "203.0.113.66", "192.0.2.10"
MINUTES = 60


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self, now: float = 1_000_003) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def counts(clock):
    return Counts(settings.HEAVY_PER_ADDRESS, settings.HEAVY_PER_MINUTE, clock)


def admitted(counts, address, times):
    return sum(counts.admit(address) for _ in range(times))


@pytest.mark.parametrize("within", [1, 60, 299])
@pytest.mark.parametrize("start", [0, 29, 59])
def test_thirty_people_at_one_address_in_five_minutes_all_get_through(within, start):
    clock = Clock(1_200_000 + start)
    counts = Counts(settings.HEAVY_PER_ADDRESS, settings.HEAVY_PER_MINUTE, clock)
    moments = sorted(random.Random(7).uniform(0, within) for _ in range(30 * 12))
    for moment in moments:
        clock.now = 1_200_000 + start + moment
        assert counts.admit(BUNKHOUSE)


def test_thirty_people_go_on_for_hours(counts, clock):
    """What is older than five minutes is held against nobody, wherever the half minutes begin."""
    for _ in range(12 * 60):
        assert admitted(counts, BUNKHOUSE, 30) == 30
        clock.now += 25


def test_a_flood_from_one_address_is_refused_and_others_get_through_meanwhile(counts, clock):
    passed = others = 0
    for n in range(5_000):
        passed += counts.admit(FLOOD)
        if n % 100 == 0:
            others += counts.admit(f"192.0.2.{n // 100}")
            clock.now += 1
    assert passed <= settings.HEAVY_PER_ADDRESS
    assert others == 50


def test_a_flood_from_one_home_network_is_one_flood(counts):
    passed = sum(counts.admit(f"2001:db8:1:2:{n:x}::{n:x}") for n in range(5_000))
    assert passed <= settings.HEAVY_PER_ADDRESS
    assert counts.admit("2001:db8:1:3::1")


def test_many_floods_together_leave_room_for_those_who_ask_for_little(counts):
    passed = sum(counts.admit(f"203.0.113.{n % 20}") for n in range(20_000))
    assert passed <= settings.HEAVY_PER_MINUTE * 3 // 4
    assert admitted(counts, OTHER, 12) == 12


def test_all_together_never_ask_for_more_than_the_processors_can_give(counts, clock):
    clock.now = 60 * 20_000
    senders = [f"10.{n >> 8}.{n & 255}.1" for n in range(6_000)]
    assert sum(map(counts.admit, senders)) == settings.HEAVY_PER_MINUTE
    clock.now += 60
    assert counts.admit(OTHER)


def test_a_flood_cannot_wash_out_its_own_count_with_many_addresses(counts, clock):
    assert admitted(counts, FLOOD, 1_000) == settings.HEAVY_PER_ADDRESS
    for minute in range(4):
        clock.now += 60
        counts.admit(FLOOD)
        for n in range(6_000):
            counts.admit(f"10.{n >> 8}.{n & 255}.{minute}")
    assert not counts.admit(FLOOD)


def test_a_full_table_gives_up_who_has_been_silent_longest(clock):
    counts = Counts(10, 60_000, clock)
    slots = flood.WAYS * flood.SETS
    for n in range(slots * 2):
        counts.admit(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}")
    clock.now += 60
    assert admitted(counts, FLOOD, 20) == 10
    for n in range(slots):
        counts.admit(f"172.16.{n >> 8}.{n & 255}")
    assert not counts.admit(FLOOD)


def test_after_five_minutes_the_address_is_free_again(counts, clock):
    assert admitted(counts, FLOOD, 2_000) == settings.HEAVY_PER_ADDRESS
    clock.now += 4 * MINUTES
    assert not counts.admit(FLOOD)
    clock.now += 1 * MINUTES
    assert admitted(counts, FLOOD, 30) == 30


def test_what_was_refused_is_not_held_against_anybody(counts, clock):
    for _ in range(300):
        admitted(counts, FLOOD, 10)
        clock.now += 1
    clock.now += 1
    assert counts.admit(FLOOD)


def test_asking_whether_there_is_room_counts_nothing(counts):
    before = bytes(counts.table)
    assert all(counts.admit(OTHER, 0) for _ in range(2_000))
    assert bytes(counts.table) == before
    admitted(counts, OTHER, settings.HEAVY_PER_ADDRESS)
    assert not counts.admit(OTHER, 0)


def test_what_costs_more_counts_for_more(counts):
    assert counts.admit(OTHER, settings.HEAVY_PER_ADDRESS - 1)
    assert not counts.admit(OTHER, 2)
    assert counts.admit(OTHER, 1)


def in_a_child(work):
    """Run in a forked process; return what its exit says."""
    child = os.fork()
    if not child:
        os._exit(work())
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_forked_processes_count_together(counts):
    for _ in range(3):
        assert in_a_child(lambda: admitted(counts, FLOOD, 100)) == 100
    assert admitted(counts, FLOOD, 1_000) == settings.HEAVY_PER_ADDRESS - 300
    assert in_a_child(lambda: admitted(counts, FLOOD, 100)) == 0


def test_processes_at_once_lose_no_count():
    counts = Counts(60_000, 65_000, Clock())
    children = []
    for _ in range(4):
        child = os.fork()
        if not child:
            admitted(counts, FLOOD, 3_000)
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    assert counts.admit(FLOOD, 65_000 * 3 // 4 - 12_000)
    assert not counts.admit(FLOOD)


def test_a_process_that_dies_while_it_counts_keeps_nobody_out(counts):
    def die():
        with counts._alone():
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    assert in_a_child(die) == -signal.SIGKILL
    assert counts.admit(OTHER)


def test_nothing_of_an_address_is_in_the_table(counts):
    for address in (BUNKHOUSE, "2001:db8:aaaa:bbbb::1"):
        assert counts.admit(address)
        packed, table = ip_address(address).packed, bytes(counts.table)
        for piece in (packed[:8], address.encode(), address.encode()[:7]):
            assert piece not in table
        for known in (packed, packed[:8], address.encode()):
            assert blake2s(known, digest_size=16).digest() not in table


def test_two_servers_write_the_same_address_differently():
    tables = [Counts(9, 9, Clock()), Counts(9, 9, Clock())]
    names = {table._name(OTHER) for table in tables}
    assert len(names) == 2
    for table in tables:
        assert table.admit(OTHER)
        assert table._name(OTHER) in bytes(table.table), "the search would have found it"


def test_who_has_been_silent_for_five_minutes_is_wiped(counts, clock):
    counts.admit(BUNKHOUSE)
    clock.now += 4 * MINUTES
    counts.admit(OTHER)
    clock.now += 1 * MINUTES
    flood.forget_all()
    assert counts._name(BUNKHOUSE) not in bytes(counts.table)
    assert counts._name(OTHER) in bytes(counts.table)


def test_what_is_no_address_is_one_sender(counts):
    passed = sum(counts.admit(f"unknown-{n}") for n in range(2_000))
    assert passed == settings.HEAVY_PER_ADDRESS
    assert counts.admit(OTHER)


def test_an_ipv4_address_is_the_same_in_the_notation_of_ipv6(counts):
    admitted(counts, OTHER, 1_000)
    assert not counts.admit(f"::ffff:{OTHER}")


@pytest.mark.parametrize("earlier", ["", "1.2.3.4, ", "a,b, ", "127.0.0.1,::1,"])
def test_behind_a_proxy_only_the_address_it_added_counts(settings, earlier):
    meta = {"HTTP_X_FORWARDED_FOR": earlier + FLOOD, "REMOTE_ADDR": "127.0.0.1"}
    settings.BEHIND_PROXY = True
    assert address_of(meta) == FLOOD
    settings.BEHIND_PROXY = False
    assert address_of(meta) == "127.0.0.1"


def test_a_sender_who_makes_up_addresses_is_counted_as_one(settings):
    settings.BEHIND_PROXY = True
    answers = []

    def view(request):
        answers.append(arriving(request).admit())
        return HttpResponse()

    site = Admission(view)
    for n in range(1_000):
        made_up = {"HTTP_X_FORWARDED_FOR": f"10.0.{n >> 8}.{n & 255}, {FLOOD}"}
        site(RequestFactory().post("/", **made_up))
    assert sum(answers) == settings.HEAVY_PER_ADDRESS


def test_a_refusal_costs_next_to_nothing_and_leaves_no_row(counts):
    admitted(counts, FLOOD, 1_000)
    before = bytes(counts.table)
    assert admitted(counts, FLOOD, 5_000) == 0
    assert bytes(counts.table) == before
