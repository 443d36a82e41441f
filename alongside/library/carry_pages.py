"""The pages of the Book to carry, as plain HTML."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from alongside.library.calling import HOTLINE, call_about, code_of, local_lines, need_of
from alongside.library.explaining import Telling, Way, explained
from alongside.library.marking import Speaker
from alongside.library.wording import Wording, sure_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from alongside.domain.clocks import Clock
    from alongside.library.book import Book
    from alongside.library.contacts import Contact
    from alongside.library.reading import Text
    from alongside.library.remedies import Remedy
    from alongside.library.words import Voice

TEMPLATES = Path(__file__).parent / "templates"
STYLE = TEMPLATES / "carry" / "a.css"
TOPICS = ("immigration", "wages", "injury", "victim", "health", "legal")


@dataclass(frozen=True, slots=True)
class Limit:
    """One row of the table of time limits, with every way that it belongs to."""

    clock: Clock
    name: Text
    ways: tuple[Remedy, ...]

    @property
    def sure(self) -> str:
        """How sure the length is; *ask* shows none."""
        return sure_of(self.clock)


class Press:
    """Writes the pages of one edition, language by language and province by province."""

    def __init__(
        self, book: Book, voices: Mapping[str, Voice], provinces: Sequence[str], edition: date
    ) -> None:
        """Write the pages of ``book`` in the languages of ``voices``, for ``provinces``."""
        self._book, self._voices = book, voices
        self._provinces, self._edition = provinces, edition
        self._ways = {
            key: explained(remedy, book) for key, remedy in {**book.ways, **book.remedies}.items()
        }
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def cover(self) -> str:
        """Return the first page: the languages, each by its own name."""
        template = self._environment.get_template("carry/cover.html")
        words = self._book.words
        return template.render(languages=words.languages.values(), title=words.texts["title"].en)

    def pages(self, lang: str) -> Iterator[tuple[str, str]]:
        """Go through the pages of a language that every province shares."""
        book, show = self._book, self._shower(lang, "")
        signs = [
            (book.vocabulary.facts[key], book.rights.said[key])
            for part in book.interview
            for page in part.pages
            for key in page
            if key in book.rights.said
        ]
        yield "a.html", show("home", provinces=self._provinces)
        yield "b.html", show("rights", rights=book.rights.topics.values())
        yield "c.html", show("signs", signs=signs)
        groups = self._everyone()
        yield "e.html", show("contacts", groups=groups, local=None, check_by=_check_by(groups))
        yield "f.html", show("sources")
        yield "g.html", show("protects")
        yield "h.html", show("someone_else")
        yield "k.html", show("kitchen")
        for number, topic in enumerate(book.topics.values(), 1):
            yield f"v{number}.html", show("topic", topic=topic)
        for way in self._ways.values():
            rule = way.remedy.rule
            province = rule.jurisdiction if rule.jurisdiction in self._provinces else None
            calls = call_about(book.contacts, need_of(way.remedy.key), province, way.remedy.key)
            yield f"{way.code}.html", show("way", way=way, calls=calls)

    def province_pages(self, lang: str, province: str) -> Iterator[tuple[str, str]]:
        """Go through the pages of one province: its ways, its time limits, its people to call."""
        show = self._shower(lang, "../")
        ways = [
            way
            for way in self._ways.values()
            if way.remedy.rule.jurisdiction in {"way", "fed", province}
        ]
        shared: dict[str, Any] = {"province": province, "gap": self._book.gap(province)}
        yield "a.html", show("province", **shared)
        yield "b.html", show("ways", **shared, groups=_grouped(ways))
        yield "c.html", show("limits", **shared, limits=_limits(ways))
        local = [c for c in self._book.contacts.values() if province in c.regions]
        everywhere = [c for c in self._book.contacts.values() if "ca" in c.regions]
        groups = [(f"region_{province}", local), ("all_canada", everywhere)]
        yield (
            "d.html",
            show(
                "contacts",
                groups=groups,
                local=local_lines(self._book.contacts, province),
                check_by=_check_by(groups),
            ),
        )

    def _shower(self, lang: str, up: str) -> Callable[..., str]:
        book = self._book
        speaker = Speaker(self._voices[lang], lang)
        shared = {
            "s": speaker,
            "t": Telling(Wording(book, self._voices, lang), speaker),
            "lang": lang,
            "dir": speaker.language.dir,
            "doubled": not speaker.language.authored,
            "unchecked": not speaker.language.checked_by and not speaker.language.authored,
            "up": up,
            "languages": book.words.languages.values(),
            "edition": self._edition,
            "sources": book.sources,
            "facts": book.vocabulary.facts,
            "remedies": book.remedies,
            "topics": tuple(enumerate(book.topics.values(), 1)),
            "code_of": code_of,
            "sure_of": sure_of,
            "calls": [book.contacts[HOTLINE]],
            "province": None,
            "gap": "",
        }

        def show(name: str, **page: Any) -> str:  # noqa: ANN401 - what a template is given
            return self._environment.get_template(f"carry/{name}.html").render({**shared, **page})

        return show

    def _everyone(self) -> list[tuple[str, list[Any]]]:
        contacts = self._book.contacts.values()
        groups = [("all_canada", [c for c in contacts if "ca" in c.regions])]
        groups += [
            (f"region_{p}", [c for c in contacts if p in c.regions]) for p in self._provinces
        ]
        return [(heading, found) for heading, found in groups if found]


def _check_by(groups: Iterable[tuple[str, list[Contact]]]) -> date:
    """Return the first day by which one of these numbers is to be checked again."""
    return min(contact.review.review_by for _, found in groups for contact in found)


def _grouped(ways: Iterable[Way]) -> list[tuple[str, list[Way]]]:
    """Return the ways by topic: first those that start nothing legal, last those nobody can use now."""
    piles: dict[str, list[Way]] = {"quiet": [], **{topic: [] for topic in TOPICS}, "closed": []}
    for way in ways:
        piles[way.topic if way.remedy.rule.intake else "closed"].append(way)
    return [(topic, pile) for topic, pile in piles.items() if pile]


def _limits(ways: Iterable[Way]) -> list[Limit]:
    """Return one row for each clock; the same clock under several ways is one row."""
    rows: dict[tuple[object, ...], Limit] = {}
    for way in ways:
        for clock in way.remedy.rule.clocks:
            name = way.remedy.words.clocks[clock.key]
            same = (name.en, clock.length, clock.predicate, clock.starts, clock.when, clock.unless)
            row = rows.get(same)
            ways_of = (*(row.ways if row else ()), way.remedy)
            rows[same] = Limit(clock, name, ways_of)
    return list(rows.values())
