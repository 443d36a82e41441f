"""One server for all tests here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.postgresql.running import Running, postgresql

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def postgres() -> Iterator[Running]:
    with postgresql() as running:
        yield running
