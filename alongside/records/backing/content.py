"""What a backup is: lines of JSON, a head, one line for each row, and a foot that says whether it is whole.

It holds what the store holds, ciphertext and random identities, and no key: whoever has it has what a
seized disk has. The foot is a SHA-256 of all before it, and the same under the site key, so that a
backup of another site is told from a changed one.
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import models

from alongside.sealed.derived import same, site_key, slot_of

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT = 1
APPS = ("gone", "journal", "agencies", "casefile")
PASSING = frozenset({"agencies.session", "agencies.between"})
"""What lives for minutes, and is not brought back; drafts are an app of their own."""


class NotABackupError(Exception):
    """A file that is not brought back. The message is one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table in a backup: the name of its model, its columns in order, and how many rows."""

    name: str
    columns: tuple[str, ...]
    rows: int

    @property
    def model(self) -> type[models.Model]:
        """The model whose rows these are."""
        return apps.get_model(self.name)


@dataclass(frozen=True, slots=True)
class Head:
    """The first line: the format, and every table in the order of the rows that follow."""

    format: int
    tables: tuple[Table, ...]

    def line(self) -> bytes:
        """Write it down."""
        return _line({"alongside backup": self.format, "tables": [asdict(t) for t in self.tables]})

    @classmethod
    def of(cls, line: bytes) -> Head:
        """Read it. Raises NotABackupError for another format, another version's tables, or no head at all."""
        try:
            found = json.loads(line)
            number = found["alongside backup"]
        except (ValueError, KeyError, TypeError) as error:
            msg = "This file is not a backup of Alongside."
            raise NotABackupError(msg) from error
        if number != FORMAT:
            msg = f"This backup has format {number}, and only format {FORMAT} is read here."
            raise NotABackupError(msg)
        tables = tuple(Table(t["name"], tuple(t["columns"]), t["rows"]) for t in found["tables"])
        if {t.name: t.columns for t in tables} != {_name(m): _columns(m) for m in kept_models()}:
            msg = "This backup was made by another version: bring it back with that one, and upgrade then."
            raise NotABackupError(msg)
        return cls(number, tables)

    @classmethod
    def of_store(cls) -> Head:
        """Count what the store holds now."""
        found = [Table(_name(m), _columns(m), m._default_manager.count()) for m in kept_models()]  # noqa: SLF001 - Django's public way
        return cls(FORMAT, tuple(found))


def kept_models() -> list[type[models.Model]]:
    """Return the models whose rows a backup holds: of every app of the records that last."""
    return [model for model in _models() if _name(model) not in PASSING]


def passing_models() -> list[type[models.Model]]:
    """Return the models beside them whose rows live for minutes, and end where a backup comes back."""
    return [model for model in _models() if _name(model) in PASSING]


def write_row(row: Sequence[object]) -> bytes:
    """Write one row down."""
    return _line([base64.b64encode(v).decode() if _is_bytes(v) else v for v in row])  # type: ignore[arg-type]  # bytes by then


def read_row(table: Table, line: bytes) -> models.Model:
    """Read one row back, as it was."""
    values: dict[str, Any] = {}
    for column, value in zip(table.columns, json.loads(line), strict=True):
        binary = isinstance(table.model._meta.get_field(column), models.BinaryField)  # noqa: SLF001 - Django's public way
        values[column] = base64.b64decode(value) if binary and value is not None else value
    return table.model(**values)


def foot(digest: bytes) -> bytes:
    """Write the last line for everything before it."""
    return _line({"sha256": digest.hex(), "site": _site(digest).hex()})


def check_foot(line: bytes, digest: bytes) -> None:
    """Refuse a backup that is not whole, or not this site's. Raises NotABackupError."""
    try:
        found = json.loads(line)
        whole = line.endswith(b"\n") and same(bytes.fromhex(found["sha256"]), digest)
        ours = same(bytes.fromhex(found["site"]), _site(digest))
    except (ValueError, KeyError, TypeError):
        whole = ours = False
    if not whole:
        msg = "This backup was cut short or changed since it was written."
        raise NotABackupError(msg)
    if not ours:
        msg = "This backup was made under another ALONGSIDE_SECRET_KEY, without which nothing in it opens."
        raise NotABackupError(msg)


def _site(digest: bytes) -> bytes:
    return slot_of(site_key(settings.SECRET_KEY), "backup", digest.hex())


def _models() -> list[type[models.Model]]:
    return [model for label in APPS for model in apps.get_app_config(label).get_models()]


def _name(model: type[models.Model]) -> str:
    return model._meta.label_lower  # noqa: SLF001 - Django's public way


def _columns(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)  # noqa: SLF001 - Django's public way


def _is_bytes(value: object) -> bool:
    return isinstance(value, (bytes, memoryview))


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"
