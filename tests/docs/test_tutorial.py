"""The steps of the tutorial, run on a copy of the repository exactly as they are written."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from alongside.library.reading import read_page

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs" / "tutorials" / "change-a-warning.md"
STEP = re.compile(
    r"^```(?P<kind>\w+) ?(?P<about>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
COPIED = ("alongside", "content", "tools", "docs", "pyproject.toml", "tests/conftest.py",
          "tests/content/test_warnings.py")  # fmt: skip
EXAMPLE_DAY = "2026-12-01"


class Copy:
    """A copy of the repository in which the tutorial is followed."""

    def __init__(self, root) -> None:
        self.root, self.said, self._leaving = root, "", ""
        for name in COPIED:
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            whole = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            whole(ROOT / name, target)

    def follow(self, kind, about, body):
        verb, _, rest = about.partition(" ")
        name = rest.removeprefix("of ")
        if kind == "sh":
            self.run(body.strip(), fails=verb == "fails")
        elif verb == "says":
            for line in body.splitlines():
                assert line in self.said, f"{line!r} was not said, but:\n{self.said}"
        else:
            self.write(verb, self.root / name, body)

    def write(self, verb, path, body):
        text = path.read_text(encoding="utf-8")
        if verb in {"in", "from"}:
            assert text.count(body) == 1, f"{path.name} does not hold this once:\n{body}"
            self._leaving = body
        elif verb == "to":
            path.write_text(text.replace(self._leaving, body), encoding="utf-8")
        elif verb == "add":
            path.write_text(text + self.with_fingerprint(body), encoding="utf-8")
        elif verb == "all":
            path.write_text(body, encoding="utf-8")
        else:
            pytest.fail(f"the tutorial has a block that nobody follows: {verb}")

    def with_fingerprint(self, body):
        if "THE ONE THAT WAS PRINTED" not in body:
            return body
        printed = re.search(r'fingerprint = "(\w+)"', self.said)
        assert printed, "no fingerprint was printed"
        return body.replace("THE ONE THAT WAS PRINTED", printed[1])

    def run(self, line, *, fails):
        command = "tools/write_reference.py" if line == "make docs" else line
        words = [sys.executable, *shlex.split(command.removeprefix(".venv/bin/python "))]
        done = subprocess.run(
            words, cwd=self.root, capture_output=True, text=True, check=False,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "400"},
        )  # fmt: skip
        assert (done.returncode != 0) is fails, f"{line}\n{done.stdout}{done.stderr}"
        if done.stdout.strip():
            self.said = done.stdout


def steps():
    """Every block of the tutorial, its example day moved after the edition the repository is at."""
    edition = date.fromisoformat(read_page(ROOT / "content/edition.toml", ROOT)[1]["edition"])
    later = max(edition + timedelta(days=1), date.fromisoformat(EXAMPLE_DAY)).isoformat()
    text = TUTORIAL.read_text(encoding="utf-8").replace(EXAMPLE_DAY, later)
    return [(step["kind"], step["about"], step["body"]) for step in STEP.finditer(text)]


def test_the_tutorial_works_as_written(tmp_path):
    copy, before = Copy(tmp_path), (ROOT / "content/dangers.toml").read_bytes()
    followed = steps()
    for kind, about, body in followed:
        copy.follow(kind, about, body)
    assert {"sh", "toml", "text", "markdown"} <= {kind for kind, *_ in followed}
    assert sum(about == "fails" for _, about, _ in followed) == 2
    page = (copy.root / "docs/reference/dangers.md").read_text(encoding="utf-8")
    assert "You could be sent away before any answer comes." in page
    assert (ROOT / "content/dangers.toml").read_bytes() == before, "the copy was not a copy"
