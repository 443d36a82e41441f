"""A calendar file that a program can read and that tells nothing: RFC 5545, days alone."""

from __future__ import annotations

import re
from datetime import date

from alongside.library.paper.calendar import LONGEST_LINE, AllDay, calendar

MADE = date(2026, 12, 1)


def unfolded(body):
    """The lines as a program reads them (RFC 5545, 3.1): joined where one begins with a space."""
    assert body.endswith(b"\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    return body.decode().replace("\r\n ", "").split("\r\n")[:-1]


def events(body):
    found, lines = [], unfolded(body)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    for line in lines[1:-1]:
        name, _, value = line.partition(":")
        assert re.fullmatch(r"[A-Z-]+(;[A-Z-]+=[A-Z-]+)*", name)
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT":
            assert name not in found[-1], "each once"
            found[-1][name] = value
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(found)
    return found


def test_a_day_is_a_whole_day_that_blocks_nothing_and_rings_nothing():
    body = calendar([AllDay("ab12", date(2027, 2, 28), "Date 1")], MADE)
    assert events(body) == [
        {
            "UID": "ab12",
            "DTSTAMP": "20261201T000000Z",
            "DTSTART;VALUE=DATE": "20270228",
            "DTEND;VALUE=DATE": "20270301",
            "SUMMARY": "Date 1",
            "CLASS": "PRIVATE",
            "TRANSP": "TRANSPARENT",
        }
    ]
    head = unfolded(body)[1:4]
    assert head == ["VERSION:2.0", "PRODID:-//Notes//Notes//EN", "CALSCALE:GREGORIAN"]
    for never in (b"VALARM", b"METHOD", b"ORGANIZER", b"LOCATION", b"DESCRIPTION", b"URL"):
        assert never not in body


def test_what_would_end_a_value_is_escaped():
    (event,) = events(calendar([AllDay("a", MADE, "a,b;c\\d\nEND:VEVENT")], MADE))
    assert event["SUMMARY"] == r"a\,b\;c\\d\nEND:VEVENT"


def test_lines_are_folded_by_octets_and_no_letter_is_cut():
    title = "\u062a\u0627\u0631\u064a\u062e\u20ac \u00e9" * 30
    body = calendar([AllDay("a", MADE, title)], MADE)
    lines = body.split(b"\r\n")
    assert max(len(line) for line in lines) <= LONGEST_LINE
    assert len(lines) > len(unfolded(body)) + 5
    for line in lines:
        line.decode()  # a letter that is cut would not decode
    assert events(body)[0]["SUMMARY"] == title


def test_no_day_is_a_calendar_too():
    assert events(calendar([], MADE)) == []
