"""What the cookie of a draft holds: the token that opens it, and those it may have moved to meanwhile.

Somebody may have put a cookie of theirs into this browser, and wait for what is sealed under it. So the
page before something is sealed hands out one token more, drawn for that page; nothing is written for it.
Whatever is written next moves the draft under it. A cookie that comes back from before, because an answer
was lost on the way or a page was loaded again meanwhile, still finds the draft under the newest token it holds.
"""

from __future__ import annotations

from alongside.sealed.things import DRAFT
from alongside.sealed.tokens import Token

SEPARATOR = "."
MOST = 3
"""The token the draft was found under, the last before this page, that of this page."""


def tokens_of(cookie: str | None) -> list[Token]:
    """Return the tokens in a cookie, the newest first; none for what is no cookie of ours."""
    parts = reversed((cookie or "").split(SEPARATOR)[-MOST:])
    return [token for part in parts if (token := Token.read(part, DRAFT.name))]


def drawn_for_the_next(*, cookie: str, found: str) -> str:
    """Return the cookie for a page after which something is sealed.

    ``found``: the token under which the draft was found. One that was drawn since and under which nothing
    was found yet stays in it: a form that is on its way may just be moving the draft there.
    """
    since = []
    for token in tokens_of(cookie):
        if token.text == found:
            break
        since.append(token.text)
    return SEPARATOR.join([found, *since[:1], Token.new(DRAFT.name).text])
