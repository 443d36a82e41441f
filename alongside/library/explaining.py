"""Explaining: one way out as the Book explains it to everyone, no facts of a person being known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from alongside.library.calling import code_of, need_of
from alongside.library.wording import Teller, Wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from alongside.domain.clocks import Clock
    from alongside.domain.lines import Lines
    from alongside.library.book import Book
    from alongside.library.marking import Speaker
    from alongside.library.remedies import Remedy
    from alongside.library.sources import DangerWords


@dataclass(frozen=True, slots=True)
class Way:
    """One way out as the Book explains it to everyone: no facts of a person are known."""

    remedy: Remedy
    certain: tuple[DangerWords, ...]
    possible: tuple[DangerWords, ...]
    sensitive: tuple[DangerWords, ...]

    @property
    def code(self) -> str:
        """The code in its address."""
        return code_of(self.remedy.key)

    @property
    def topic(self) -> str:
        """The group it stands in; the ways that start nothing legal stand in *quiet*."""
        return "quiet" if self.remedy.rule.jurisdiction == "way" else need_of(self.remedy.key)


class Telling:
    """Rules in the words of one page's language, marked up."""

    def __init__(self, wording: Wording, speaker: Speaker) -> None:
        """Tell with ``wording`` and mark with ``speaker``."""
        self._wording, self._speaker = wording, speaker

    def _said(self, tell: Callable[[Teller], str]) -> Markup:
        return self._speaker.mark(self._wording.spans(tell))

    def groups(self, lines: Lines) -> list[Markup]:
        """Return each group of lines, of which one is enough."""
        return [self._said(partial(Teller.group, group=group)) for group in lines.groups]

    def length(self, clock: Clock) -> Markup:
        """Return how long a limit is."""
        return self._said(lambda t: t.length(clock))

    def start(self, clock: Clock) -> Markup:
        """Return what a limit counts from."""
        return self._said(lambda t: t.start(clock))

    def conditions(self, clock: Clock) -> Markup | None:
        """Return when a limit runs at all; None when always."""
        if clock.when is None and clock.unless is None:
            return None
        return self._said(lambda t: t.conditions(clock))


def explained(remedy: Remedy, book: Book) -> Way:
    """Sort the dangers of a way: gravest first, and those that come with the step itself apart."""
    always = {d.key for d in remedy.rule.dangers if d.when is None}
    keys = dict.fromkeys(d.key for d in remedy.rule.dangers)
    found = sorted((book.dangers[key] for key in keys), key=lambda d: d.level, reverse=True)
    certain = [d for d in found if d.certain and d.key in always]
    possible = [d for d in found if d not in certain]
    return Way(
        remedy,
        tuple(certain),
        tuple(d for d in possible if not d.sensitive),
        tuple(d for d in possible if d.sensitive),
    )
