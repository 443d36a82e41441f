"""Single values as HSDS 3.1 wants them. What cannot be one is left out and counted, never guessed."""

from __future__ import annotations

import html
import json
import math
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from alongside.library.hsds.shape import columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from alongside.library.hsds.rows import Report, Row

_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|</?[a-zA-Z!][^<>]*>", re.DOTALL | re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_TIME = re.compile(
    r"(\d{1,2})(?::(\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*([ap])?\.?(?:m\.?)?\s*(Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_URI = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>\"]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_NOON = 12
_NIGHT = 24
_HOUR = 60


def settle(row: Row, report: Report) -> None:
    """Bring the cells of a row into the types of 3.1, in place; note what was changed or left out."""
    known = columns(row.table)
    for name, value in list(row.cells.items()):
        one = known.get(name)
        if one is None:
            report.note(row.origin, name, "no column of HSDS 3.1: not imported")
            del row.cells[name]
            continue
        new = _value(value, one, (row, name, report))
        if new is None:
            del row.cells[name]
        else:
            row.cells[name] = new
    if row.table == "schedule":
        _day_and_night(row, report)
    elif row.table == "location":
        _coordinates(row, report)
    elif row.table == "phone" and isinstance(row.cells.get("extension"), float):
        row.cells["extension"] = int(row.cells["extension"])


def _value(value: Any, one: dict[str, Any], at: tuple[Row, str, Report]) -> Any:  # noqa: ANN401 - a JSON value
    row, name, report = at
    kind = (
        "profile"
        if one["type"] == "profile"
        else "number"
        if one["type"] == "number"
        else _text_kind(one)
    )
    clean = value if isinstance(value, dict | list) else _plain(str(value), kind, at)
    if clean in ("", None):
        return None
    made = _of_profile(name, _profile(clean)) if kind == "profile" else _MAKE[kind](clean)
    if made is None:
        report.note(row.origin, name, f"not a {kind}: left out")
    elif kind == "text" and "enum" in one and made not in one["enum"]:
        if name in {"status", "location_type", "address_type"}:
            return made  # what needs it is refused for it, in checking
        report.note(row.origin, name, "not a word that HSDS 3.1 allows: left out")
        return None
    return made


def _text_kind(one: dict[str, Any]) -> str:
    kinds = {"uri": "web address", "email": "e-mail address", "date-time": "date and time"}
    return kinds.get(one.get("format", "")) or {"date": "date", "time": "time"}.get(
        one.get("datapackage_type", ""), "text"
    )


def _plain(text: str, kind: str, at: tuple[Row, str, Report]) -> str:
    """Take out markup and signs that turn a line around; keep every word."""
    row, name, report = at
    clean = text
    if kind == "text" and _TAG.search(text):
        clean = html.unescape(_TAG.sub(" ", text))
        clean = re.sub(r"[ \t]+", " ", clean)
        report.note(row.origin, name, "markup taken out")
    return _CONTROL.sub("", clean.replace("\r\n", "\n")).strip()


def _number(value: object) -> float | int | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else number


def _date(value: object) -> str | None:
    try:
        return date.fromisoformat(str(value)[:10].replace("/", "-")).isoformat()
    except ValueError:
        return None


def _moment(value: object) -> str | None:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return str(value) if found.tzinfo else f"{found.isoformat()}Z"


def _time(value: object) -> str | None:
    found = _TIME.fullmatch(str(value).strip())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % _NOON + (_NOON if found[3].lower() == "p" else 0)
    fits = hour * _HOUR + minute <= _NIGHT * _HOUR and minute < _HOUR
    return f"{hour:02}:{minute:02}{found[4] or ''}" if fits else None


def _uri(value: object) -> str | None:
    text = str(value)
    if re.fullmatch(r"(www\.)?[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?", text, re.IGNORECASE):
        text = f"https://{text}"
    return text if _URI.fullmatch(text) else None


def _email(value: object) -> str | None:
    return str(value) if _EMAIL.fullmatch(str(value)) else None


def _profile(value: object) -> object | None:
    """Return a value of our profile: as it stands in JSON, as text of JSON in a cell."""
    if not isinstance(value, str) or not value.startswith(("{", "[")):
        return value
    try:
        made: object = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return made


_MAKE: dict[str, Callable[[Any], Any]] = {
    "number": _number, "date": _date, "date and time": _moment, "time": _time, "web address": _uri,
    "e-mail address": _email, "profile": _profile, "text": lambda value: value if isinstance(value, str) else None,
}  # fmt: skip


def _of_profile(name: str, value: object) -> object | None:
    """Return a value of the shape that its field has; what tells how hidden a place is hides it, if it is none."""
    if name == "location_disclosure":
        return value if isinstance(value, str) else "unreadable"
    if name == "language_access":
        whole = isinstance(value, list) and all(isinstance(one, dict) for one in value)
        return value if whole else None
    return value if isinstance(value, dict) else None


def _day_and_night(row: Row, report: Report) -> None:
    """From midnight to midnight is the whole day; 24:00 is no time of ISO 8601 in most readers."""
    opens, closes = str(row.cells.get("opens_at", "")), str(row.cells.get("closes_at", ""))
    if closes.startswith("24:") or (opens[:5] == closes[:5] == "00:00"):
        row.cells["closes_at"] = f"23:59{closes[5:]}"
        if opens[:5] == "00:00":
            row.cells.setdefault("description", "24 hours")
        report.note(row.origin, "closes_at", "midnight at the end of a day: written as 23:59")


def _coordinates(row: Row, report: Report) -> None:
    """Drop half a point, which is none. Canada stands between 41 and 84 north, 52 and 142 west: swapped is seen."""
    north, east = row.cells.get("latitude"), row.cells.get("longitude")
    if north is None and east is None:
        return
    if north is not None and east is not None:
        if 41 <= east <= 84 and -142 <= north <= -52:  # noqa: PLR2004
            row.cells |= {"latitude": east, "longitude": north}
            report.note(row.origin, "latitude", "latitude and longitude were swapped: put right")
            return
        if abs(north) <= 90 and abs(east) <= 180 and (north, east) != (0, 0):  # noqa: PLR2004
            return
    for name in ("latitude", "longitude"):
        row.cells.pop(name, None)
    report.note(row.origin, "latitude", "no point on the earth: left out")
