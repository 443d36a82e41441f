"""Check the budgets that keep rooms liveable: lengths of files, functions, views, templates; names.

``python tools/budgets.py [FOLDER]`` reads what git tracks, or would, under FOLDER (here) and prints
each breach as file:line. Complexity and the number of parameters are ruff's. Content, catalogues,
documents and lock files are read by people entry by entry and have no budget.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE, TEST_FILE, FUNCTION, VIEW, TEMPLATE = 300, 400, 40, 25, 120
CODE = frozenset({".py", ".js", ".css", ".sh"})
VIEWS = re.compile(r"alongside/doors/\w+/views(/\w+)?\.py")
VAGUE = frozenset({"util", "utils", "helper", "helpers", "common", "manager", "managers"})
VAGUE_VERBS = ("process_", "handle_")
# Methods that another's code calls by name: html.parser, a Django command, a Gunicorn worker.
CALLED_BY_OTHERS = frozenset(
    {"handle", "handle_starttag", "handle_endtag", "handle_data", "handle_error"}
)
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

# Exceptions: "file" or "file:name" -> the reason. An exception that excuses nothing is itself a breach.
EXCEPTIONS: dict[str, str] = {
    "alongside/domain/signs.py": "a block, its rule and the tags that explain it are read together",
    "tools/mutate.py": "one small tool, run by hand, easier to trust when it is read in one piece",
}

# Written by Django itself, not by us.
GENERATED = re.compile(r"alongside/records/\w+/migrations/\d{4}_\w+\.py")


@dataclass(frozen=True)
class Breach:
    """One budget that is not kept. ``name`` is the function or class, empty for a whole file."""

    path: str
    line: int
    name: str
    sentence: str

    @property
    def exception(self) -> str:
        """How the table of exceptions would name it."""
        return f"{self.path}:{self.name}" if self.name else self.path


def files(root: Path) -> list[str]:
    """Name the files of the repository: tracked, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    return sorted({name for name in listed if name and (root / name).is_file()})


def breaches(root: Path) -> Iterator[Breach]:
    """Go through every breach under ``root``."""
    for name in files(root):
        path = Path(name)
        if GENERATED.fullmatch(name):
            continue
        if path.suffix == ".html":
            yield from _too_long(root, name, TEMPLATE, "a template")
        elif path.suffix in CODE:
            test = path.parts[0] == "tests"
            yield from _too_long(
                root, name, TEST_FILE if test else FILE, "a test file" if test else "a file"
            )
        if path.suffix == ".py":
            yield from _vague_parts(path)
            yield from _of_python(root, name)


def _too_long(root: Path, name: str, budget: int, what: str) -> Iterator[Breach]:
    lines = len((root / name).read_text(encoding="utf-8").splitlines())
    if lines > budget:
        yield Breach(name, budget + 1, "", f"{lines} lines; {what} holds at most {budget}")


def _vague_parts(path: Path) -> Iterator[Breach]:
    for part in (*path.parts[:-1], path.stem):
        if word := _vague(part):
            yield Breach(path.as_posix(), 1, "", f"{part!r} says too little: no {word!r} in a name")


def _of_python(root: Path, name: str) -> Iterator[Breach]:
    tree = ast.parse((root / name).read_text(encoding="utf-8"), filename=name)
    budget = VIEW if VIEWS.fullmatch(name) else FUNCTION
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if word := _vague(node.name):
            sentence = f"{node.name} says too little: no {word!r} in a name"
            yield Breach(name, node.lineno, node.name, sentence)
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if not isinstance(node, ast.ClassDef) and lines > budget:
            what = "a view" if budget == VIEW else "a function"
            sentence = f"{node.name} has {lines} lines; {what} has at most {budget}"
            yield Breach(name, node.lineno, node.name, sentence)


def _vague(name: str) -> str | None:
    """Return the word or verb of a name that says too little; None when it says enough."""
    if name in CALLED_BY_OTHERS:
        return None
    verb = next((v for v in VAGUE_VERBS if name.lstrip("_").startswith(v)), None)
    return verb or next((w for w in map(str.lower, WORD.findall(name)) if w in VAGUE), None)


def main(root: Path) -> int:
    """Print every breach that no exception excuses; return 1 when there is one."""
    used: set[str] = set()
    count = 0
    for breach in breaches(root):
        if breach.exception in EXCEPTIONS:
            used.add(breach.exception)
            continue
        count += 1
        print(f"{breach.path}:{breach.line}: {breach.sentence}")
    for name in sorted(name for name in set(EXCEPTIONS) - used if (root / name).exists()):
        count += 1
        print(f"tools/budgets.py:1: the exception for {name} excuses nothing; take it out")
    print(f"budgets: {count} breaches" if count else "budgets: kept")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()))
