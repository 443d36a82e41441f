"""Writing content down before it is sealed: JSON, with bytes, days and answers as they are."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

from alongside.domain.facts import Answer, Conflict, Silence, Span


def pack(table: object) -> bytes:
    """Return content as bytes, for sealing. Bytes and days in it are read back as what they are."""
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"), default=_write).encode()


def unpack(raw: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """Read back what :func:`pack` wrote."""
    return DECODER.decode(raw.decode())


def unpack_foreign(raw: bytes) -> dict[str, Any]:
    """Read back a table that somebody elsewhere wrote. Raises ValueError for whatever is no table."""
    try:
        return dict(unpack(raw).items())
    except (TypeError, AttributeError, RecursionError) as error:
        raise ValueError from error


def pack_answer(answer: Answer) -> object:
    """Return an answer as JSON can hold it."""
    if isinstance(answer, Silence):
        return {"s": answer.value}
    if isinstance(answer, Span):
        return {"d": [answer.earliest.isoformat(), answer.latest.isoformat()]}
    if isinstance(answer, Conflict):
        return {"c": [pack_answer(version) for version in answer.versions]}
    return answer


def unpack_answer(value: object) -> Answer:
    """Read an answer back."""
    if not isinstance(value, dict):
        return value  # type: ignore[return-value]  # a plain value, packed as itself
    if "s" in value:
        return Silence(value["s"])
    if "c" in value:
        return Conflict(tuple(unpack_answer(version) for version in value["c"]))  # type: ignore[misc]
    first, last = (date.fromisoformat(day) for day in value["d"])
    return Span(first, last)


def _write(value: object) -> object:
    if isinstance(value, bytes):
        return {"$": base64.b64encode(value).decode("ascii")}
    if isinstance(value, date):
        return {"@": value.isoformat()}
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    msg = f"{type(value).__name__} is not packed"
    raise TypeError(msg)


def _read(table: dict[str, Any]) -> object:
    if len(table) != 1:
        return table
    if "$" in table:
        return base64.b64decode(table["$"])
    return date.fromisoformat(table["@"]) if "@" in table else table


DECODER = json.JSONDecoder(object_hook=_read)
"""Made once: an inbox of thousands reads as many cards."""
