"""Somebody at the desk without a browser, and a person who wrote to them."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from alongside.domain.consent import Purpose
from alongside.doors.desk.codes import code_of
from alongside.library.book import Book
from alongside.records.agencies.actions.signing import keep_session
from alongside.records.casefile.actions.keeping import Choices, Telling, keep
from alongside.records.casefile.actions.sharing import Opening, share
from alongside.records.casefile.binding import Now
from tests.agencies import CLINIC, PASSPHRASE, SETTLEMENT, at, founded, present
from tests.doors.visiting import FORM, words

if TYPE_CHECKING:
    from alongside.domain.facts import Answer
    from alongside.records.casefile.content import GrantNote
    from tests.agencies import Colleague
    from tests.devices import Device

HOST = "desk.localhost"
ORIGIN = f"http://{HOST}"
FACTS = Book().vocabulary.facts
MARK = re.compile(r'name="mark" value="(\w+)"')
DIGITS = re.compile(r'<code dir="ltr">([\d ]{29})</code>')


def a_while_ago(minutes: int = 5) -> Now:
    """Return a moment before this one: what was done then has used up none of today's codes."""
    now = present()
    return Now(now.today, now.minute - minutes)


@dataclass
class Deskmate:
    """Somebody at the desk, signed in where a colleague is given, in one language."""

    colleague: Colleague | None = None
    lang: str = "en"
    strict: bool = False
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        """Come in."""
        self.client = Client(
            HTTP_HOST=HOST, enforce_csrf_checks=self.strict, raise_request_exception=False
        )
        if self.colleague:
            self.carry(keep_session(keys=self.colleague.keys, minute=present().minute))

    def carry(self, cookies: Any) -> None:
        """Hold the two cookies of a session."""
        self.client.cookies[settings.SESSION_COOKIE] = cookies.finds
        self.client.cookies[settings.UNLOCK_COOKIE] = cookies.opens

    def get(self, path: str = "", **more: Any) -> Any:
        """Open a page in one's language."""
        return self.client.get(f"/{self.lang}/{path}", **more)

    def html(self, path: str = "") -> str:
        """Return a page as it is sent."""
        return str(self.get(path).content.decode())

    def text(self, path: str = "") -> str:
        """Return the words of a page as a reader meets them."""
        return words(self.html(path))

    def send(self, path: str, **fields: Any) -> Any:
        """Send a form, written as a browser writes it."""
        body = urlencode(fields, doseq=True)
        return self.client.post(f"/{self.lang}/{path}", body, FORM)

    def sign_in(self, colleague: Colleague, **instead: str) -> Any:
        """Send the form to sign in, with something else in a field where asked."""
        fields = {
            "name": colleague.sign_in,
            "passphrase": PASSPHRASE,
            "code": code_of_now(colleague),
        }
        return self.send("", **(fields | instead))

    def use_passkey(self, colleague: Colleague, device: Device, **instead: str) -> Any:
        """Ask at the door, let a device answer, and send the form as the script does."""
        self.send("y/")
        said = device.use(self.get("y/").json(), ORIGIN)
        fields = {"name": colleague.sign_in, "passphrase": PASSPHRASE, "passkey": said}
        return self.send("", **(fields | {"move": "passkey"} | instead))

    def reply(self, code: str, text: str) -> Any:
        """Write, look at the preview, send."""
        self.send(f"k/{code}/w/", text=text, move="look")
        found = MARK.search(self.html(f"k/{code}/w/"))
        return self.send(f"k/{code}/w/", move="send", mark=found[1] if found else "")

    def shown_code(self, path: str) -> str:
        """Return the code that a page shows, in digits."""
        return DIGITS.search(self.html(path))[1]  # type: ignore[index]  # there is one


def code_of_now(colleague: Colleague) -> str:
    """Return the present one-time password of a colleague."""
    from alongside.sealed.onetime import code_at  # noqa: PLC0415 - tests alone may

    return code_at(colleague.seed, int(time.time()))


@dataclass
class Wrote:
    """A person who wrote to an agency: what they hold, the grant, and the code of its card."""

    keys: Any
    note: GrantNote

    @property
    def code(self) -> str:
        """The card's code in an address."""
        return code_of(self.note.id)

    @property
    def at(self) -> str:
        """The address of the casefile, after the language."""
        return f"k/{self.code}/"


def clinic() -> Colleague:
    """Found the clinic; return who leads it."""
    return founded(CLINIC, "amara", a_while_ago())


def house() -> Colleague:
    """Found the settlement house; return who leads it."""
    return founded(SETTLEMENT, "bruno", a_while_ago())


def somebody_wrote(
    to: Colleague,
    answers: dict[str, Answer],
    *sections: str,
    text: str = "Can you help?",
    **more: Any,
) -> Wrote:
    """Keep what a person told and open sections of it to an agency."""
    now = a_while_ago(3)
    now = now._replace(minute=max(now.minute, at(now.today).minute))  # no midnight in between
    telling = Telling(answers, FACTS)
    lang = more.pop("lang", "es")
    kept = keep(telling=telling, choices=Choices("blue kettle", "river", lang), now=now)
    until = more.pop("until", now.today + timedelta(days=90))
    opening = Opening(to.keys.agency, frozenset(sections), Purpose.ADVICE, until, lang)
    note = share(keys=kept.keys, opening=opening, text=text, now=now, **more)
    return Wrote(kept.keys, note)
