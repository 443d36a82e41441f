"""The budget script sees each kind of breach, and a tree within budget passes."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tools" / "budgets.py"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git lists the files")


@pytest.fixture
def tree(tmp_path):
    """An empty repository."""
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    return tmp_path


def _write(tree: Path, name: str, lines: list[str]) -> None:
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _check(tree: Path) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, SCRIPT, tree], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()[:-1]


def _function(name: str, lines: int) -> list[str]:
    return [f"def {name}():", *["    x = 1"] * (lines - 1)]


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("alongside/domain/rooms.py", 300),
        ("alongside/static/a.css", 300),
        ("tests/test_rooms.py", 400),
        ("alongside/doors/entry/templates/entry/rooms.html", 120),
    ],
)
def test_a_file_may_fill_its_budget_and_not_one_line_more(tree, name, most):
    _write(tree, name, ["x = 1"] * most)
    assert _check(tree) == (0, [])
    _write(tree, name, ["x = 1"] * (most + 1))
    code, found = _check(tree)
    assert code == 1
    assert [line.split(" ")[0] for line in found] == [f"{name}:{most + 1}:"]


@pytest.mark.parametrize(
    ("name", "most"), [("alongside/domain/rooms.py", 40), ("alongside/doors/entry/views.py", 25)]
)
def test_a_function_may_fill_its_budget_and_not_one_line_more(tree, name, most):
    _write(tree, name, ["import os", *_function("enter", most)])
    assert _check(tree) == (0, [])
    _write(tree, name, ["import os", *_function("enter", most + 1)])
    code, found = _check(tree)
    assert code == 1
    assert [line.split(" ")[:2] for line in found] == [[f"{name}:2:", "enter"]]


@pytest.mark.parametrize(
    "name", ["process_answers", "_handle_answers", "date_utils", "CasefileManager", "helpers"]
)
def test_a_name_that_says_too_little_is_refused(tree, name):
    kind = "class" if name[0].isupper() else "def"
    _write(tree, "alongside/rooms.py", ["import os", f"{kind} {name}():", "    x = 1"])
    code, found = _check(tree)
    assert code == 1
    assert [line.split(" ")[0] for line in found] == ["alongside/rooms.py:2:"]


@pytest.mark.parametrize("name", ["alongside/utils.py", "alongside/common/rooms.py"])
def test_a_module_that_says_too_little_is_refused(tree, name):
    _write(tree, name, ["x = 1"])
    code, found = _check(tree)
    assert code == 1
    assert [line.split(" ")[0] for line in found] == [f"{name}:1:"]


def test_methods_that_others_call_and_words_that_only_look_alike_are_allowed(tree):
    _write(tree, "alongside/demo.py", [*_function("handle", 2), *_function("processes", 2)])
    _write(tree, "alongside/page.py", _function("handle_data", 2))
    assert _check(tree) == (0, [])


def test_what_git_ignores_is_not_judged(tree):
    _write(tree, ".gitignore", ["var/"])
    _write(tree, "var/long.py", ["x = 1"] * 999)
    assert _check(tree) == (0, [])
