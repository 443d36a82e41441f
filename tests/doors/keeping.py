"""Somebody who keeps, sends and comes back, without a browser; and an agency that answers them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from alongside.doors.showing.speaking import speaker
from alongside.records.agencies.actions.mailing import take_in
from alongside.records.agencies.queries import cards
from alongside.records.casefile.actions import answering
from alongside.records.drafts.queries import open_draft
from tests.agencies import present
from tests.doors.visiting import FORM, Visitor, words
from tests.people import MATEO

if TYPE_CHECKING:
    from tests.agencies import Colleague

SECOND = "blue kettle"


def said(lang: str, key: str) -> str:
    """Return the words of a page as a reader meets them."""
    return words(f"<main>{speaker(lang).w(key)}")


def draft_of(visitor: Visitor) -> Any:
    """Return the draft that a visitor's cookie opens."""
    return open_draft(token=visitor.client.cookies["d"].value, minute=present().minute)


@dataclass(frozen=True)
class Mine:
    """What a person takes along from the page that shows it."""

    number: str
    words: str
    digits: str
    second: str
    check: str


def as_written(page: str, move: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Name the fields of a form as its page does: that of messages has one form for all conversations.

    There ``talk`` and ``section``, where given, stand at the end of the names and of the button's value.
    """
    if page != "m/":
        return fields | {"move": move}
    talk, section = fields.pop("talk", ""), fields.pop("section", "")
    at = "".join(f".{part}" for part in (talk, section) if part)
    ends = {
        "message": f".{talk}",
        "file": f".{talk}",
        "as_is": f".{talk}",
        "second": at if section else "",
    }
    named = {name + ends.get(name, ""): value for name, value in fields.items()}
    return named | {"move": move if move.startswith("lang-") else move + at}


class Keeper(Visitor):
    """A visitor who keeps what they told."""

    def press(self, page: str, move: str = "", **fields: Any) -> Any:
        """Send a form of a page, written as a browser writes it; a list is several boxes."""
        body = urlencode(as_written(page, move, fields), doseq=True)
        return self.client.post(f"/{self.lang}/{page}", body, FORM)

    def bring(self, page: str, move: str, file: Any, **fields: Any) -> Any:
        """Send a form with a file."""
        fields = as_written(page, move, fields | {"file": file})
        return self.client.post(f"/{self.lang}/{page}", fields)

    def talks(self) -> list[str]:
        """Return what names the conversations in the page's fields, the newest first."""
        return re.findall(r'name="message\.(\w+)"', self.html("m/"))

    def html(self, page: str) -> str:
        """Return a page as it is sent."""
        return str(self.get(page).content.decode())

    def mine(self) -> Mine:
        """Read what the page shows to take along."""
        html = self.html("k/")
        number = "".join(re.findall(r'"big"><bdi dir="ltr">(\d{4}) (\d{4})<', html)[0])
        words = " ".join(re.findall(r'<li><bdi lang="\w\w">(.*?)</bdi>', html))
        digits = " ".join(re.findall(r'<bdi dir="ltr">(\d{4})</bdi>', html))
        second, check = re.findall(r'"big"><bdi>(.*?)</bdi>', html)
        return Mine(number, words, digits, second, check)

    def keep(self, second: str = SECOND) -> Mine:
        """Keep what was told."""
        assert self.press("k/", "keep", second=second)["Location"] == f"/{self.lang}/k/"
        return self.mine()

    def choose(self, agency: Colleague, *sections: str, days: int = 90) -> Keeper:
        """Choose an agency and the parts to open to it."""
        assert self.press("w/", agency=agency.keys.agency.hex())["Location"][4:] == "w/1/"
        chosen = self.press("w/1/", "next", section=sections, purpose="advice", days=days)
        assert chosen["Location"][4:] == "w/2/"
        return self

    def send_to(self, agency: Colleague, *sections: str, text: str = "Can you help me?") -> Mine:
        """Open parts to an agency with a first message; keeping happens along with it."""
        self.choose(agency, *sections)
        sent = self.press("w/2/", "send", message=text, second=SECOND)
        assert sent["Location"] == f"/{self.lang}/k/"
        return self.mine()

    def come_back(self, mine: Mine, *, digits: bool = False) -> Keeper:
        """Come back with number and words."""
        came = self.press(
            "b/", "show", number=mine.number, words=mine.digits if digits else mine.words
        )
        assert came["Location"] == f"/{self.lang}/m/"
        return self

    def open(self, second: str = SECOND) -> Keeper:
        """Give the second word."""
        self.press("m/", "tell", second=second)
        return self


def kept(lang: str = "en", answers: Any = None) -> tuple[Keeper, Mine]:
    """Return somebody who has just kept what they told, and what they took along."""
    keeper = Keeper(lang)
    keeper.tell(answers or MATEO.answers)
    return keeper, keeper.keep()


def grants(agency: Colleague) -> list[bytes]:
    """Return what was opened to an agency, as it lies in its box."""
    take_in(keys=agency.keys)
    return [card.id for card in cards(agency.keys)]


def seen_by(agency: Colleague) -> Any:
    """Return what an agency sees of the one casefile in its box."""
    (own,) = grants(agency)
    return answering.look(keys=agency.keys, own=own, now=present())


def answer(agency: Colleague, text: str = "", *, asks: str = "") -> None:
    """Answer the one person in the box, or ask for a section."""
    (own,) = grants(agency)
    if text:
        answering.reply(keys=agency.keys, own=own, text=text, now=present())
    if asks:
        answering.ask(keys=agency.keys, own=own, section=asks, text="To help you.", now=present())


def told(lang: str = "en", answers: dict[str, Any] | None = None) -> Keeper:
    """Return somebody who told something, and keeps nothing yet; Mateo's answers where none are given."""
    keeper = Keeper(lang)
    keeper.tell(answers or MATEO.answers)
    return keeper
