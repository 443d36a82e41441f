"""Telephone numbers of Canada: what is one, and where its area code belongs.

The area codes are those in service in the North American Numbering Plan for Canada; one without a
province serves everywhere. A number nobody can dial, or of another end of the country, costs a person
the one call they dared to make.
"""

from __future__ import annotations

import re

_OF_PROVINCES = {
    "ab": "368 403 587 780 825", "bc": "236 250 257 604 672 778", "mb": "204 431 584",
    "nb": "428 506", "nl": "709 879", "ns": "782 902", "nt": "867", "nu": "867",
    "on": "226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 807 905 942",
    "pe": "782 902", "qc": "263 354 367 418 438 450 468 514 579 581 819 873",
    "sk": "306 474 639", "yt": "867",
}  # fmt: skip
PROVINCES = {
    code: frozenset(p for p, codes in _OF_PROVINCES.items() if code in codes.split())
    for codes in _OF_PROVINCES.values()
    for code in codes.split()
}
"""The provinces of each area code, in lower case."""
EVERYWHERE = frozenset({"800", "833", "844", "855", "866", "877", "888", "600", "622", "633"})
_NUMBER = re.compile(r"\(?1?[-. (]*([2-9]\d\d)[-. )]*([2-9]\d\d)[-. ]*(\d{4})(?!\d)")
_SHORT = re.compile(r"[2-9]-?\d-?\d|\d{5,6}")
_WORDS = re.compile(r"1[- ]?8\d\d[- ][A-Z0-9-]{7,12}")
MADE_UP = re.compile(r"(\d)\1{6}$|55501\d\d$")
"""What stands for a number until somebody has the real one: 555-01xx, one digit again and again."""


def numbers_in(text: str) -> list[str]:
    """Return the whole numbers in a text, ten digits each without the leading 1."""
    return ["".join(found) for found in _NUMBER.findall(text)]


def is_number(text: str) -> bool:
    """Say whether a text is one number and nothing else."""
    plain = text.strip()
    return bool(_NUMBER.fullmatch(plain) or _SHORT.fullmatch(plain) or _WORDS.fullmatch(plain))


def written(digits: str) -> str:
    """Return ten digits as they are written."""
    lead = "1-" if digits[:3] in EVERYWHERE else ""
    return f"{lead}{digits[:3]}-{digits[3:6]}-{digits[6:]}"
