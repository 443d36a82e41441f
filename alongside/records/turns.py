"""Taking turns: changes of one thing follow one another, on either store.

SQLite has one writer at a time: its transaction takes the right to write when it begins
(``transaction_mode`` in the settings), and nothing is left to do here. PostgreSQL has many writers.
There a turn is a lock of the transaction under a name, so that it also covers a row that does not
exist yet; it ends with the transaction, and who waits longer than the store's patience is refused.
"""

from __future__ import annotations

from hashlib import blake2b

from django.db import connection, transaction


def take_turn(*names: bytes) -> None:
    """Wait until nobody else changes what these names stand for; it is ours until the transaction ends.

    Take every turn of a transaction at once, before its first reading: the turns are taken in one
    order, so that two who want the same never wait for each other. A name is a slot or an identity.
    Raises TransactionManagementError outside a transaction, and OperationalError when others take too long.
    """
    if not connection.in_atomic_block:
        msg = "a turn lasts as long as a transaction, and there is none"
        raise transaction.TransactionManagementError(msg)
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for number in sorted(map(_number, names)):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _number(name: bytes) -> int:
    return int.from_bytes(blake2b(name, digest_size=8).digest(), signed=True)
