"""The content of a draft, as it is before sealing: answers, what was typed, what was shown."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

from alongside.domain.facts import Answer, Conflict, Silence, Span


@dataclass
class Draft:
    """Answers by fact key; ``typed``: text that could not be read, kept as it was written.

    ``faults``: for each such key, the key of the sentence that says what was not clear.
    ``warned``: the parts whose warning was shown and passed. ``after_gone``: the answers before these
    ones are gone, which the pages say until the next form. ``fresh``: nothing was stored yet.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    typed: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    warned: list[str] = field(default_factory=list)
    after_gone: bool = False
    fresh: bool = True

    def pack(self) -> bytes:
        """Return the draft as bytes, for sealing."""
        table = {
            "a": {key: _pack(answer) for key, answer in self.answers.items()},
            "t": self.typed,
            "f": self.faults,
            "w": list(dict.fromkeys(self.warned)),  # a warning passed a thousand times is one
            "g": self.after_gone,
        }
        return json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def unpack(cls, raw: bytes) -> Draft:
        """Read a draft back."""
        table = json.loads(raw)
        answers = {key: _unpack(value) for key, value in table["a"].items()}
        return cls(answers, table["t"], table["f"], table["w"], table["g"], fresh=False)


def _pack(answer: Answer) -> object:
    if isinstance(answer, Silence):
        return {"s": answer.value}
    if isinstance(answer, Span):
        return {"d": [answer.earliest.isoformat(), answer.latest.isoformat()]}
    if isinstance(answer, Conflict):
        return {"c": [_pack(version) for version in answer.versions]}
    return answer


def _unpack(value: object) -> Answer:
    if not isinstance(value, dict):
        return value  # type: ignore[return-value]  # a plain value, packed as itself
    if "s" in value:
        return Silence(value["s"])
    if "c" in value:
        return Conflict(tuple(_unpack(version) for version in value["c"]))  # type: ignore[misc]
    first, last = (date.fromisoformat(day) for day in value["d"])
    return Span(first, last)
