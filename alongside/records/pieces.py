"""Writing a piece of an account down before it is sealed, and reading it back."""

from __future__ import annotations

import secrets
import time
from typing import Any

from alongside.domain.chronology import Piece, Relation, Rough, Season, When
from alongside.records.packing import pack


def new_piece_id() -> str:
    """Draw an identity for a piece. Sorted, identities are in the order of writing; none has a dot in it."""
    return f"{time.time_ns() // 1000:014x}{secrets.token_hex(4)}"


def pack_piece(piece: Piece) -> dict[str, Any]:
    """Return a piece as JSON can hold it."""
    when = piece.when
    table = {
        "id": piece.id, "text": piece.text, "by": piece.by, "on": piece.written_on,
        "facts": list(piece.facts), "versions": list(piece.versions), "first": _rough(when.first),
        "last": _rough(when.last), "relation": when.relation, "other": when.other,
        "season": when.season,
    }  # fmt: skip
    return {name: value for name, value in table.items() if value}


def unpack_piece(table: dict[str, Any]) -> Piece:
    """Read a piece back. Raises ValueError, KeyError, TypeError or AttributeError for whatever is none."""
    relation, season = table.get("relation"), table.get("season")
    when = When(
        _read(table.get("first")), _read(table.get("last")),
        Relation(relation) if relation else None, str(table.get("other", "")),
        Season(season) if season else None,
    )  # fmt: skip
    facts, versions = (tuple(map(str, table.get(name, ()))) for name in ("facts", "versions"))
    own, text, by = str(table["id"]), str(table["text"]), str(table.get("by", ""))
    return Piece(own, text, when, by, table.get("on"), facts, versions)


def _rough(found: Rough | None) -> list[int | str] | None:
    return [found.year, found.month, found.day, found.season or ""] if found else None


def _read(parts: list[Any] | None) -> Rough | None:
    if not parts:
        return None
    year, month, day, season = parts
    return Rough(year, month, day, Season(season) if season else None)


def size_of(piece: Piece) -> int:
    """Return how many bytes a piece takes, about."""
    return len(pack(pack_piece(piece)))
