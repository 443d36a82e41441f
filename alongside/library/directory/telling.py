"""What a command line tells of a person: needs by key, and facts as ``KEY=VALUE``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from alongside.library.answers import AnswerError, read_facts_file
from alongside.library.reading import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alongside.domain.facts import Answer
    from alongside.library.book import Book


def the_need(key: str, book: Book) -> str:
    """Return the key of a need. Raises AnswerError where there is none, and names the nearest one."""
    if key not in book.needs.by_key:
        near_by = nearest(key, book.needs.by_key)
        msg = f"There is no need {key!r}; the nearest one is {near_by}."
        raise AnswerError(msg)
    return key


def told(written: Iterable[str], book: Book) -> dict[str, Answer]:
    """Read ``KEY=VALUE`` as a file of facts would: yes and no, numbers and days as themselves, else words."""
    lines = ["[facts]"]
    for one in written:
        key, equals, value = one.partition("=")
        if not equals or not key:
            msg = f"--fact cannot be {one!r}; write KEY=VALUE, as status.now=visitor."
            raise AnswerError(msg)
        lines.append(f"{json.dumps(key)} = {_as_toml(value)}")
    return read_facts_file("\n".join(lines), book.vocabulary.facts)


def _as_toml(value: str) -> str:
    if value in {"yes", "no"}:
        return {"yes": "true", "no": "false"}[value]
    plain = value.isascii() and value.replace("-", "").isdigit() and not value.startswith("-")
    return value if plain and (value == "0" or not value.startswith("0")) else json.dumps(value)
