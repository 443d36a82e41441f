"""All help there is to find: the starter directory of the content, and what a deployment imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.library.directory.as_hsds import bundle_of
from alongside.library.directory.from_hsds import directory_of
from alongside.library.directory.shapes import Directory
from alongside.library.hsds.bundle import Bundle

if TYPE_CHECKING:
    from alongside.library.book import Book
    from alongside.library.directory.file import DirectoryFile
    from alongside.library.directory.shapes import Organization, Service


def supply(book: Book, file: DirectoryFile) -> Directory:
    """Return every service there is. What the content says of one counts before what was imported."""
    organizations: dict[str, Organization] = {}
    services: dict[str, Service] = {}
    for bundle in reversed(file.bundles()):
        found = directory_of(bundle, book.needs)
        organizations |= found.organizations
        services |= found.services
    ours = {one.id for one in book.directory.services.values()}
    services = {key: one for key, one in services.items() if one.id not in ours}
    return Directory(
        {**organizations, **book.directory.organizations}, {**book.directory.services, **services}
    )


def bundles(book: Book, file: DirectoryFile, lang: str) -> list[Bundle]:
    """Return the starter directory and what each source gave, as rows of HSDS 3.1."""
    return [bundle_of(book.directory, book.needs, book.sources, lang), *file.bundles()]


def joined(many: list[Bundle]) -> Bundle:
    """Return several bundles as one; of rows with one id the first stays."""
    whole = Bundle("alongside")
    for bundle in many:
        for table, rows in bundle.tables.items():
            for key, cells in rows.items():
                whole.tables[table].setdefault(key, cells)
    return whole
