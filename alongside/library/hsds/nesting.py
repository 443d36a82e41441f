"""A bundle as nested objects of HSDS 3.1."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from alongside.library.hsds.shape import ORDER, children, columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alongside.library.hsds.bundle import Bundle
    from alongside.library.hsds.rows import Cells

_LINKED = ("link_id", "resource_id")


class Nest:
    """Nested objects of a bundle. Children stand in the order of their ids, so that two exports are the same."""

    def __init__(self, bundle: Bundle) -> None:
        """Note for every table which rows hang on which."""
        self._tables = bundle.tables
        self._under: dict[tuple[str, str, str], list[Cells]] = defaultdict(list)
        for table in ORDER:
            links = [
                name
                for name, one in columns(table).items()
                if one.get("format") == "uuid" and name != "id"
            ]
            for _, cells in sorted(bundle.tables[table].items()):
                for link in links:
                    if link in cells:
                        kind = (
                            cells.get("link_entity") or cells.get("resource_type")
                            if link in _LINKED
                            else ""
                        )
                        self._under[table, f"{link}:{kind or ''}", cells[link]].append(cells)

    def services(self) -> Iterator[Cells]:
        """Yield every service with all that hangs on it."""
        return (
            self._whole("service", cells) for _, cells in sorted(self._tables["service"].items())
        )

    def organizations(self) -> Iterator[Cells]:
        """Yield every organization with its locations, programs, contacts."""
        return (
            self._whole("organization", cells)
            for _, cells in sorted(self._tables["organization"].items())
        )

    def terms(self) -> Iterator[Cells]:
        """Yield every term of a taxonomy."""
        return (
            self._whole("taxonomy_term", cells)
            for _, cells in sorted(self._tables["taxonomy_term"].items())
        )

    def _whole(self, table: str, cells: Cells, above: tuple[str, ...] = ()) -> Cells:
        made = dict(cells)
        for name, child in children(table).items():
            if child.table in above or (
                table == "organization" and above and child.table in {"location", "program"}
            ):
                continue
            path = (*above, table)
            if child.many:
                link = f"{child.link}:{table if child.link in _LINKED else ''}"
                found = [
                    self._whole(child.table, one, path)
                    for one in self._under.get((child.table, link, cells["id"]), ())
                ]
                if found:
                    made[name] = found
            elif cells.get(child.link) in self._tables[child.table]:
                made[name] = self._whole(
                    child.table, self._tables[child.table][cells[child.link]], path
                )
        return made
