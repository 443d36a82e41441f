"""Every address of the door, with an example of each pattern in the URL configuration."""

from __future__ import annotations

from alongside.doors.showing.cards import by_code, code_of
from alongside.doors.showing.speaking import book

LANGUAGES = ("en", "fr", "es", "ar")
PSEUDO = "xx"

# By the name of the pattern. ``{lang}`` is the language of the page.
EXAMPLES = {
    "front": "/",
    "icon": "/favicon.ico",
    "leave": "/leave/",
    "neutral": "/n/",
    "home": "/{lang}/",
    "question": "/{lang}/q/1/1/",
    "question_of_way": "/{lang}/q/10/1/" + code_of("fed.imm.owp_vulnerable") + "/",
    "so_far": "/{lang}/s/",
    "ways": "/{lang}/o/",
    "way": "/{lang}/o/" + code_of("fed.imm.owp_vulnerable") + "/",
    "few": "/{lang}/y/",
    "plan": "/{lang}/v/",
    "story": "/{lang}/a/",
    "piece": "/{lang}/a/1/",
    "seek": "/{lang}/i/",
    "seek_page": "/{lang}/i/2/",
    "take": "/{lang}/l/",
    "taken": "/{lang}/l/1/",
    "practitioner": "/{lang}/p/",
    "rights": "/{lang}/r/",
    "someone_else": "/{lang}/f/",
    "contacts": "/{lang}/t/",
    "topic": "/{lang}/v/1/",
    "protects": "/{lang}/h/",
    "went_wrong": "/{lang}/e/",
    "no_cookie": "/{lang}/c/",
    "keep": "/{lang}/k/",
    "choose": "/{lang}/w/",
    "open_parts": "/{lang}/w/1/",
    "send": "/{lang}/w/2/",
    "come_back": "/{lang}/b/",
    "messages": "/{lang}/m/",
    "journal": "/{lang}/j/",
    "journal_page": "/{lang}/j/2/",
    "erase": "/{lang}/d/",
    "gone": "/{lang}/g/",
    "busy": "/{lang}/u/",
    "start_over": "/{lang}/x/",
    "book": "/{lang}/z/",
    "book_list": "/{lang}/z/n/4/2/",
    "book_rule": "/{lang}/z/o/" + code_of("fed.imm.owp_vulnerable") + "/",
    "book_named": "/{lang}/z/d/",
    "book_standards": "/{lang}/z/s/",
    "book_standard": "/{lang}/z/s/1/",
    "book_resources": "/{lang}/z/r/",
    "book_cases": "/{lang}/z/c/",
    "book_look": "/{lang}/z/q/",
}
# The same of the desk, which has a host name of its own.
SOME = "a" * 26  # an identity as it stands in an address; nothing has it
DESK_EXAMPLES = {
    "front": "/",
    "sign_in": "/{lang}/",
    "sign_out": "/{lang}/u/",
    "invited": "/{lang}/j/",
    "choose": "/{lang}/j/c/",
    "recovered": "/{lang}/r/",
    "asked": "/{lang}/y/",
    "inbox": "/{lang}/i/",
    "searched": "/{lang}/i/s/",
    "inbox_page": "/{lang}/i/w/1/",
    "casefile": f"/{{lang}}/k/{SOME}/",
    "orders": f"/{{lang}}/k/{SOME}/o/",
    "file": f"/{{lang}}/k/{SOME}/f/{SOME}/",
    "outline": f"/{{lang}}/k/{SOME}/o/{code_of('permit_cover')}/fr/",
    "outline_file": f"/{{lang}}/k/{SOME}/o/{code_of('permit_cover')}/fr/f/",
    "noted": f"/{{lang}}/k/{SOME}/m/en/",
    "dated": f"/{{lang}}/k/{SOME}/t/",
    "check_word": f"/{{lang}}/k/{SOME}/c/",
    "away": f"/{{lang}}/k/{SOME}/p/",
    "account": f"/{{lang}}/k/{SOME}/h/",
    "paper": f"/{{lang}}/k/{SOME}/h/d/",
    "say": f"/{{lang}}/k/{SOME}/w/",
    "agency": "/{lang}/a/",
    "journal": "/{lang}/a/j/1/",
    "accepting": "/{lang}/a/t/",
    "inviting": "/{lang}/a/i/",
    "shown_once": "/{lang}/a/s/",
    "let_go": f"/{{lang}}/a/l/{SOME}/",
    "custodians": "/{lang}/a/c/",
    "proposing": "/{lang}/a/n/",
    "bringing": "/{lang}/a/b/",
    "admitting": f"/{{lang}}/a/d/{SOME}/",
    "passphrase": "/{lang}/a/p/",
    "passkeys": "/{lang}/a/k/",
    "passkey": f"/{{lang}}/a/k/{SOME}/",
    "went_wrong": "/{lang}/e/",
    "no_cookie": "/{lang}/c/",
}
# The pages of the desk that somebody sees who is not signed in; every other leads there.
DESK_FOR_ALL = ("sign_in", "invited", "recovered", "went_wrong", "no_cookie")
STATIC = ("/static/a.css", "/static/d.css", "/static/a.js", "/static/k.js", "/static/i.svg")
NOWHERE = "/{lang}/nowhere/"
NOT_A_PAGE = {"icon", "leave", "start_over", "taken"}
# Pages there are only for who has chosen an agency, or keeps something (tests/doors/keeping.py).
ON_THE_WAY = {"open_parts", "send", "messages", "journal", "journal_page", "erase"}


def questions(lang: str) -> list[str]:
    """Return the address of every page of questions."""
    return [
        f"/{lang}/q/{number}/{page}/"
        for number, part in enumerate(book().interview, 1)
        for page in range(1, len(part.pages) + 1)
    ]


def ways(lang: str) -> list[str]:
    """Return the address of every way out."""
    return [f"/{lang}/o/{code}/" for code in by_code()]


def rules(lang: str) -> list[str]:
    """Return the address of the page to read of every way out."""
    return [f"/{lang}/z/o/{code}/" for code in by_code()]


def one_of_each(lang: str) -> list[str]:
    """Return one page of each kind: every pattern, a date to fill in, a warning, and a missing page."""
    pages = [
        path.format(lang=lang)
        for name, path in EXAMPLES.items()
        if name not in NOT_A_PAGE | ON_THE_WAY
    ]
    return [*pages, at(lang, "job.last_day_on"), at(lang, "thr.threat"), NOWHERE.format(lang=lang)]


def every_page(lang: str) -> list[str]:
    """Return every page there is in one language."""
    return [*dict.fromkeys([*one_of_each(lang), *questions(lang), *ways(lang)])]


def place(key: str) -> tuple[int, int]:
    """Return the part and the page that ask a fact."""
    return next(
        (number, page)
        for number, part in enumerate(book().interview, 1)
        for page, keys in enumerate(part.pages, 1)
        if key in keys
    )


def at(lang: str, key: str) -> str:
    """Return the address of the page that asks a fact."""
    number, page = place(key)
    return f"/{lang}/q/{number}/{page}/"
