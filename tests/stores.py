"""Stores on the disk, for tests that run processes of their own."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import psycopg


def own_store(tmp_path: Path) -> str:
    """Return the address of an empty store, on the server these tests run on if it is one."""
    server = os.environ.get("ALONGSIDE_DATABASE", "")
    if not server.startswith("postgresql:"):
        return str(tmp_path / "store.sqlite3")
    name = f"own_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlsplit(server)._replace(path=f"/{name}").geturl()
