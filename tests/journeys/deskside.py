"""An agency's side of a served store: founded, answering, asking, in a process of its own.

``python -m tests.journeys.deskside FOLDER found``, ``... answer TEXT SECTION`` (both may be empty), and
``... desk``, with the store in ALONGSIDE_DATABASE. The keys of who answers rest in FOLDER, as nobody's ever would.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.journeys.serving import Served

ROOT = Path(__file__).resolve().parents[2]
AGENCY = "Example Street Legal Clinic (fictional)"


def found(served: Served) -> None:
    """Found the clinic in a served store, once."""
    if not (served.store.parent / "keys").exists():
        _run(served, "found")


def answer(served: Served, text: str, *, asks: str = "") -> int:
    """Answer everybody in the clinic's box who waits; return how many casefiles are open to it."""
    return int(_run(served, "answer", text, asks))


def desk(served: Served) -> tuple[dict[str, str], set[str]]:
    """Sign the clinic in; return the cookies of its session, and the codes of the casefiles open to it."""
    cookies, codes = json.loads(_run(served, "desk"))
    return cookies, set(codes)


def _run(served: Served, *words: str) -> str:
    env = os.environ | {
        "ALONGSIDE_DATABASE": str(served.store),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings.testing",
    }
    command = [sys.executable, "-m", "tests.journeys.deskside", str(served.store.parent), *words]
    return subprocess.run(
        command, cwd=ROOT, env=env, check=True, capture_output=True, text=True
    ).stdout


def main(folder: Path, move: str, *words: str) -> None:
    """Do it, with Django set up."""
    import django  # noqa: PLC0415 - before anything of the records

    django.setup()
    from alongside.records.packing import pack  # noqa: PLC0415
    from tests.agencies import CLINIC, founded, present  # noqa: PLC0415

    if move == "found":
        keys = founded(CLINIC, "amara", present()).keys
        (folder / "keys").write_bytes(pack(keys.table()))
    elif move == "desk":
        print(json.dumps(_desk(folder)))  # noqa: T201 - what the caller reads
    else:
        print(_answered(folder, *words))  # noqa: T201 - what the caller reads


def _desk(folder: Path) -> tuple[dict[str, str], list[str]]:
    from alongside.doors.desk.codes import code_of  # noqa: PLC0415 - after Django's settings
    from alongside.records.agencies.actions.mailing import take_in  # noqa: PLC0415
    from alongside.records.agencies.actions.signing import keep_session  # noqa: PLC0415
    from alongside.records.agencies.content import MemberKeys  # noqa: PLC0415
    from alongside.records.agencies.queries import cards  # noqa: PLC0415
    from alongside.records.packing import unpack  # noqa: PLC0415
    from tests.agencies import present  # noqa: PLC0415

    keys = MemberKeys.of(unpack((folder / "keys").read_bytes()))
    take_in(keys=keys)
    found = keep_session(keys=keys, minute=present().minute)
    return {"s": found.finds, "u": found.opens}, [code_of(card.id) for card in cards(keys)]


def _answered(folder: Path, text: str, asks: str) -> int:
    from alongside.records.agencies.actions.mailing import take_in  # noqa: PLC0415
    from alongside.records.agencies.content import MemberKeys, State  # noqa: PLC0415
    from alongside.records.agencies.queries import cards  # noqa: PLC0415
    from alongside.records.casefile.actions.answering import ask, look, reply  # noqa: PLC0415
    from alongside.records.packing import unpack  # noqa: PLC0415
    from tests.agencies import present  # noqa: PLC0415

    keys = MemberKeys.of(unpack((folder / "keys").read_bytes()))
    take_in(keys=keys)
    opened = [
        card for card in cards(keys) if look(keys=keys, own=card.id, now=present()).grant_open
    ]
    for card in opened:
        if card.state not in {State.NEW, State.WAITING}:
            continue
        if text:
            reply(keys=keys, own=card.id, text=text, now=present())
        if asks:
            ask(keys=keys, own=card.id, section=asks, text="To help you.", now=present())
    return len(opened)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
