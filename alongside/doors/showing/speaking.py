"""Speaking on a page: the Book, the voices, and the template environment, each made once."""

from __future__ import annotations

import gc
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from types import MethodType
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import get_template
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Context

from alongside.library.book import Book
from alongside.library.carry_pages import TEMPLATES as CARRIED
from alongside.library.marking import Speaker
from alongside.library.words import PSEUDO, Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from datetime import date

    from markupsafe import Markup

    from alongside.library.contacts import Contact


TEMPLATES = sorted(Path(__file__).parents[1].glob("*/templates"))
"""The templates of every door, each in a folder of its own name, and those that several doors show."""


@cache
def book() -> Book:
    """Return the Book, read once for the life of the process."""
    return Book()


def saying(contact: Contact, key: str) -> Contact:
    """Return somebody to call with other words to say first than their own, by the key of the words."""
    return replace(contact, say=book().words.texts[key])


def spoken_languages() -> list[str]:
    """Return the languages of the pages; the pseudo-locale only where tests switch it on."""
    return [*book().words.languages, *([PSEUDO] if settings.PSEUDO_LOCALE else [])]


class PageSpeaker(Speaker):
    """A speaker that also keeps the fixed parts of pages, drawn once."""

    def __init__(self, voice: Voice, lang: str) -> None:
        """Speak with ``voice`` on pages whose language is ``lang``."""
        super().__init__(voice, lang)
        self._drawn: dict[Hashable, Markup] = {}

    def once(self, key: Hashable, draw: Callable[..., Markup], *given: object) -> Markup:
        """Draw a fixed part of a page once and keep it. ``key`` must hold all that it depends on.

        Only for parts made of the content alone: nothing that a person told may be drawn here.
        """
        found = self._drawn.get(key)
        if found is None:
            found = self._drawn[key] = draw(*given)
        return found


@lru_cache(maxsize=2)  # today, and the day that begins at midnight
def people(on: date) -> Mapping[str, Contact]:
    """Return everyone to call, each as they stand on a day: a number not checked in time may be old."""
    return {key: contact.on(on) for key, contact in book().contacts.items()}


@cache
def speaker(lang: str) -> PageSpeaker:
    """Return the speaker of a language, kept for the life of the process."""
    return PageSpeaker(book().words.voice(lang), lang)


class Calling(Context):
    """What a template calls: a method as it is, several hundred times a page.

    Of everything that is called Jinja asks first whether it wants to be given the context. No method here does.
    """

    def call(self, called: Any, /, *args: Any, **named: Any) -> Any:  # noqa: ANN401 - as Jinja has it
        """Call something with what the template gives it."""
        if type(called) is not MethodType:
            return super().call(called, *args, **named)
        named.pop("_loop_vars", None)  # Jinja's own, for who wants the context
        named.pop("_block_vars", None)
        return called(*args, **named)


class Drawing(Environment):
    """Jinja's environment, but for how a template calls."""

    context_class = Calling


def environment(**_options: Any) -> Environment:  # noqa: ANN401 - Django passes what it likes
    """Return the template environment: everything escaped, a missing name is an error."""
    return Drawing(
        loader=FileSystemLoader([*TEMPLATES, CARRIED]),  # a few parts serve the Book to carry too
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=settings.DEBUG,
    )


def warm() -> None:
    """Read all content and every template, so that no person waits for it."""
    read = book()
    _ = read.remedies, read.ways, read.definitions, read.contacts, read.interview, read.rights
    _ = read.topics, read.wholes, read.outlines, read.named, read.resources, read.cases, read.index
    for lang in spoken_languages():
        speaker(lang)
    for folder in TEMPLATES:
        for path in folder.rglob("*.html"):
            get_template(path.relative_to(folder).as_posix())
    gc.collect()
    gc.freeze()  # the content never goes away: looking through it again and again only costs time
