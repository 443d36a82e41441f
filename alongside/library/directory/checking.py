"""The report on a directory: every check there is, over what was read, and what its source no longer lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.library.directory import agreeing, quality, reaching
from alongside.library.directory.quality import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from alongside.library.hsds.bundle import Bundle

EACH = (
    quality.old, quality.closed, reaching.telephones, reaching.addresses, reaching.pages,
    reaching.hidden, agreeing.flags, agreeing.apart, agreeing.unsaid, agreeing.texts,
)  # fmt: skip
WHOLE = (quality.twice, quality.spelled_apart, reaching.shared)


def report(
    bundles: Iterable[Bundle], today: date, gone: Iterable[tuple[str, str, str]] = ()
) -> list[Issue]:
    """Return what a curator has to look at. ``gone``: source, id and day of what is no longer listed."""
    found = [one for bundle in bundles for one in quality.issues(bundle, today, EACH, WHOLE)]
    found += [_no_longer(*one) for one in gone]
    return found


def _no_longer(source: str, key: str, since: str) -> Issue:
    detail = f"{source} has not listed it since {since}; it is no longer found."
    return Issue(key, "no_longer_listed", "status", detail, "Ask whether it still runs.")
