"""Checks of the words themselves: French spaces, French that is still English, words we never say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import tomli

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tools.content_texts import Placed

# French as it is set in Canada (OQLF). A space that may break would leave one of these signs alone at the
# head of a line: U+00A0 or U+202F instead. Before ; ? and ! there is no space at all.
STRAIGHT_SPACE = re.compile(r"[ \t](?=[:»%$])|(?<=«)[ \t]")
NEEDLESS_SPACE = re.compile(r"[ \t\u00a0\u202f]+(?=[;?!])")

# Words that blame, frighten, command or sort people (pages.md, *Speaking*), in both languages.
FORBIDDEN = {
    "a person is not a victim": re.compile(r"victim", re.IGNORECASE),
    "nobody is rescued": re.compile(r"\brescu|\bsauvet|\bsauver", re.IGNORECASE),
    "nobody submits": re.compile(r"\bsubmit|\bsubmission|\bsoumett|\bsoumis", re.IGNORECASE),
    "no answer is invalid": re.compile(r"\binvalid", re.IGNORECASE),
    "we offer, we do not order": re.compile(r"please provide|veuillez", re.IGNORECASE),
    "no person or work is illegal": re.compile(r"\billegal|\billégal|clandestin", re.IGNORECASE),
    "we do not shout": re.compile(r"!"),
}

# Names that others gave: of a permit in the law, of a service. A person must be able to find them.
OFFICIAL_NAMES = re.compile(
    r"VictimLink BC"
    r"|Crime Victim Assistance Program|Programme d'aide aux victimes d'actes criminels"
    r"|Victim Services Toronto"
    r"|the paper says ‘victim’|le papier dit «\u00a0victime\u00a0»"
    r"|(?:permit|TRP\)?|^For|[Pp]ermis|PST\)?|^Pour) (?:for |pour )?victim(?:e?s) "
    r"(?:of trafficking|de la traite)",
)


def french_spaces(texts: Iterable[Placed]) -> Iterator[str]:
    """Refuse a space before ; ? !, and one that may break where it may not."""
    found: Counter[str] = Counter()
    for text in texts:
        if straight := len(STRAIGHT_SPACE.findall(text.fr)):
            yield f"{text.place}: {straight} straight space(s) beside a sign. Write U+00A0 or U+202F."
        if needless := len(NEEDLESS_SPACE.findall(text.fr)):
            yield f"{text.place}: {needless} space(s) before ; ? or !. Take them out."
        found[text.file] += straight + needless
    for file, count in sorted(found.items()):
        if count:
            yield f"content/{file}: {count} wrong spaces in all. Run tools/mend_french.py."


def still_english(texts: Iterable[Placed], same: Path) -> Iterator[str]:
    """Refuse a French text that equals its English unless listed, and a listing that is stale."""
    listed = set(tomli.loads(same.read_text(encoding="utf-8"))["same"])
    equal = set()
    for text in texts:
        if text.en == text.fr:
            equal.add(text.en)
            if text.en not in listed:
                cure = "Translate it, or list it in content/same.toml."
                yield f"{text.place}: the French is the English {text.en!r}. {cure}"
    for text in sorted(listed - equal):
        yield f"content/same.toml: no text is {text!r} in both languages. Take it out."


def never_said(texts: Iterable[Placed]) -> Iterator[str]:
    """Refuse a word that the person should not read from us; official names may stand."""
    for text in texts:
        if not text.for_workers:
            continue
        for words in (text.en, text.fr):
            ours = OFFICIAL_NAMES.sub("", words)
            for reason, pattern in FORBIDDEN.items():
                if found := pattern.search(ours):
                    yield f"{text.place}: {found[0]!r} in {words[:60]!r}: {reason}. Say it another way."
