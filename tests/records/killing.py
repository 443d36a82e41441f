"""Kill -9, again and again, whoever writes; then look whether everything that was acknowledged is there.

Run as a program of its own: ``python -m tests.records.killing TIMES``. The store is that of the
settings. Prints how many writes were acknowledged, and fails loudly if one is lost or torn.
"""

# ruff: noqa: PLC0415, T201 - a program: Django is set up before its models are imported
from __future__ import annotations

import os
import random
import select
import signal
import sys
import time
from datetime import date, timedelta

import django

WRITERS, LONGEST = 3, 0.12
DAY = date(2026, 11, 25)


def main(times: int) -> None:
    """Kill so many times, then look."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    begun = [begin(number) for number in range(WRITERS)]
    connection.close()
    dice, told = random.Random(7), [[0] for _ in range(WRITERS)]
    killed = 0
    while killed < times:
        running = [writer(begun[n], n, told[n][-1]) for n in range(WRITERS)]
        time.sleep(dice.uniform(0.01, LONGEST))
        for number, (pid, pipe) in enumerate(running):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            told[number] += heard(pipe)
            killed += 1
    lost = [check(begun[n], n, told[n]) for n in range(WRITERS)]
    print(f"killed {killed} acknowledged {sum(map(len, told)) - WRITERS} lost {sum(lost)}")
    sys.exit(1 if any(lost) else 0)


def begin(number: int):
    """Make a casefile that is shared with an agency."""
    from alongside.domain.consent import Purpose
    from alongside.library.book import Book
    from alongside.records.casefile.actions.keeping import Choices, Telling, keep
    from alongside.records.casefile.actions.sharing import Opening, share
    from tests.agencies import CLINIC, SETTLEMENT, at, founded

    facts = Book().vocabulary.facts
    agency = (
        founded((CLINIC, SETTLEMENT)[number % 2], f"m{number}", at(DAY)) if number < 2 else None
    )
    mine = keep(
        telling=Telling({"job.months": 0}, facts), choices=Choices("blue", "red", "en"), now=at(DAY)
    )
    begun = [mine.keys, agency, facts, None]
    if agency:
        until = DAY + timedelta(days=90)
        opening = Opening(agency.keys.agency, frozenset({"work"}), Purpose.ADVICE, until, "en")
        begun[3] = share(keys=mine.keys, opening=opening, text="0", now=at(DAY))
    return begun


def writer(begun, number: int, last: int) -> tuple[int, int]:
    """Fork somebody who writes numbers, one after the other, and says so after each."""
    reads, writes = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writes)
        return pid, reads
    try:
        for told in range(last + 1, last + 10_000):
            write(begun, told)
            os.write(writes, f"{told}\n".encode())
    finally:
        os._exit(number)


def write(begun, told: int) -> None:
    """Write a number once: as an answer, as a message, or as a reply."""
    from alongside.records.casefile.actions import answering, sharing
    from alongside.records.casefile.actions.keeping import Telling, keep_more
    from tests.agencies import at

    keys, agency, facts, note = begun
    if note is None or told % 3 == 0:
        keep_more(keys=keys, telling=Telling({"job.months": told}, facts), now=at(DAY, 5))
    elif told % 3 == 1:
        sharing.write(keys=keys, own=note.id, text=str(told), now=at(DAY, 5))
    else:
        answering.reply(keys=agency.keys, own=note.id, text=str(told), now=at(DAY, 5))


def heard(pipe: int) -> list[int]:
    """Return the numbers that were acknowledged before the kill; a torn last line was not."""
    said = b""
    while select.select([pipe], [], [], 0)[0] and (more := os.read(pipe, 65536)):
        said += more
    os.close(pipe)
    return [int(line) for line in said.split(b"\n")[:-1]]


def check(begun, number: int, told: list[int]) -> int:
    """Return how many acknowledged numbers are not in the store."""
    from django.db import transaction

    from alongside.records.casefile.models import Entry
    from alongside.records.casefile.opened import unlocked
    from alongside.records.casefile.queries import conversations
    from alongside.records.casefile.sealing import read_entries

    keys, _, _, note = begun
    with transaction.atomic():
        ring = unlocked(keys)
    held = {(s, v): key for s, versions in ring.keys.items() for v, key in versions.items()}
    entries = read_entries(keys.casefile, held)
    there, whole = {e.answers["job.months"] for _, e in entries}, len(entries)
    if note is not None:
        (talk,) = conversations(keys, DAY)
        there |= {int(entry.text) for entry in talk.entries}
        whole += len(talk.entries)
    torn = Entry.objects.filter(casefile=keys.casefile).count() - whole
    if torn:
        print(f"writer {number}: {torn} entries do not open", file=sys.stderr)
        return torn
    missing = set(told) - there
    if missing:
        print(f"writer {number}: lost {sorted(missing)[:5]}", file=sys.stderr)
    return len(missing)


if __name__ == "__main__":
    main(int(sys.argv[1]))
