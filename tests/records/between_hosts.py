"""The home of a person, the host of a clinic that is admitted there, and a third: what tests carry between them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.records.hosting import Host, host

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Hosts(NamedTuple):
    """``home`` has two agencies of its own and knows the clinic of ``away``; nobody knows ``third``."""

    home: Host
    away: Host
    third: Host


@contextmanager
def three_hosts(folder: Path) -> Iterator[Hosts]:
    """Run three hosts; the first two exchanged what has to be compared by phone, and an empty box."""
    with host(folder, "home") as home, host(folder, "away") as away, host(folder, "third") as third:
        for other, described in ((away, "CLINIC"), (third, "SETTLEMENT")):
            other.run(f"lead = founded({described}, 'amara', NOW)", "1")
        home.run("one = founded(replace(SETTLEMENT, name='One'), 'one', NOW)", "lead = one", "1")
        home.run("two = founded(replace(SETTLEMENT, name='Two'), 'two', NOW)", "1")
        bring_card(home, away)
        home.run(f"clinic = bytes.fromhex('{clinic_of(away)}')", "1")
        home.run("admitted(two.keys, clinic)", "1")
        meet(home, away)
        yield Hosts(home, away, third)


def meet(home: Host, away: Host, agency: str = "clinic") -> None:
    """Take the first box in, with the number of its host."""
    number = home.run("host_number()")
    away.run(f"arrived({home.run(f'box({agency})')!r}, {number!r})[:2]")


def clinic_of(away: Host) -> str:
    """The identity of a host's own agency, in hex."""
    return str(away.run("lead.keys.agency.hex()"))


def card_of(away: Host) -> str:
    """The card of a host's own agency."""
    return str(away.run("introducing.export_card(profile=profile_of(lead.keys.agency))"))


def bring_card(home: Host, away: Host, who: str = "one") -> str:
    """Bring a card in; return why it was refused, if it was."""
    return str(home.run(f"refused(lambda: brought({who}.keys, {card_of(away)!r}))"))


def begin(home: Host, away: Host) -> str:
    """Carry what other tests left; then a new person opens work to the clinic. Return the grant."""
    carried(home, away)
    if away.run("home_carrying.hosts() != []"):
        taken_home(home, away)
    home.run("mine = kept(pay__unpaid_part=True, doc__held=True)", "1")
    return str(home.run("note = shared(mine, clinic, 'work')", "note.hex()"))


def carried(home: Host, away: Host) -> tuple[int, int]:
    """Carry the box over and the receipt back; return what was new and what ended."""
    new, ended, receipt = away.run(f"arrived({home.run('box(clinic)')!r})")
    home.run(f"carrying.import_receipt(text={receipt!r})")
    return new, ended


def taken_home(home: Host, away: Host) -> Any:
    """Carry the answers home; return how many answers and lines were new."""
    return home.run(f"home({away.run('answers()')!r})")


def taken_in(host_: Host, *files: str) -> list[str]:
    """Take files in, each as the box, receipt or answers it is; return why each was refused, empty where not."""
    return [str(host_.run(f"refused(lambda: taken({text!r}, lead))")) for text in files]


def everything(host_: Host) -> Any:
    """Every row of a host's store, to compare before with after."""
    return host_.run("everything()")
