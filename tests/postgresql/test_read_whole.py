"""The reading of a folder that changes misses nothing, and says so when it cannot read it."""

import shutil
from pathlib import Path

import pytest

from tests.postgresql.reading import read_whole


@pytest.fixture
def folder(tmp_path):
    for name in ("a/first", "b/second"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(name)
    return tmp_path


def names(read: dict[Path, bytes]) -> set[str]:
    return {path.name for path in read}


def test_a_file_renamed_while_it_was_to_be_read_is_read_under_its_new_name(folder, monkeypatch):
    plain, changed = Path.read_bytes, []

    def rename_first(path: Path) -> bytes:
        if not changed:
            changed.append(path.rename(folder / "renamed"))
        return plain(path)

    monkeypatch.setattr(Path, "read_bytes", rename_first)
    found = read_whole(folder)
    assert sorted(found.values()) == [b"a/first", b"b/second"]
    assert "renamed" in names(found)


def test_a_folder_that_vanished_is_passed_over_once_it_is_gone_and_nothing_else_is(
    folder, monkeypatch
):
    plain, changed = Path.read_bytes, []

    def remove_other(path: Path) -> bytes:
        if not changed:
            other = folder / ("b" if path.parent.name == "a" else "a")
            shutil.rmtree(other)
            changed.append(path.name)
        return plain(path)

    monkeypatch.setattr(Path, "read_bytes", remove_other)
    assert names(read_whole(folder)) == set(changed)


def test_a_folder_that_can_never_be_read_whole_is_not_taken_for_an_empty_one(folder):
    (folder / "nowhere").symlink_to(folder / "missing")
    with pytest.raises(AssertionError, match="vanished at each"):
        read_whole(folder)
