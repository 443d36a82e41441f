"""Mutation testing of the domain: change the program in one small place, and see whether a test fails.

    .venv/bin/python tools/mutate.py [FILE ...]

Without FILE every module of ``TARGETS`` is mutated. It is no part of ``make test``: it takes an
hour or two of every processor it may use (``taskset`` gives it fewer). What is run for every mutant
is the fast part of ``tests/domain`` and the worked cases, the tests of the module first, up to the
first failure. A mutant inside a function is put into a process
that has collected those tests already (*warm*); one outside, and one that survives there, is
imported in place of the real module by a process that has not (*cold*). The outcome is written to
docs/reference/mutation.md, where the reason given for each survivor is kept from run to run. Exits 1
while one has no reason.
"""

from __future__ import annotations

import ast
import json
import os
import re
import resource
import sys
import tempfile
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

import hypothesis  # noqa: F401 - loaded once, before the forks
import pytest
import tomli  # noqa: F401 - loaded once, before the forks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from importlib.machinery import ModuleSpec

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = ROOT / "alongside" / "domain"
PAGE = ROOT / "docs" / "reference" / "mutation.md"
TARGETS = {
    "assessment": "test_assessment",
    "clocks": "test_lengths_clocks",
    "derivation": "test_derivation",
    "facts": "test_lines",
    "lengths": "test_lengths_clocks",
    "lines": "test_lines",
    "pathways/at_once": "test_everybody",
    "pathways/consequences": "test_turns",
    "pathways/judging": "test_pathways",
    "pathways/ordering": "test_order_days",
    "pathways/reaching": "test_reaching",
    "pathways/relations": "test_relations",
    "pathways/weighing": "test_pathways",
    "predicates": "test_predicates",
    "rules": "test_pathways",
    "signs": "test_signs",
}
PLANNING = ("test_relations", "test_turns", "test_reaching", "test_order_days", "test_ordering")
ALONE = {"pathways/at_once": (), **dict.fromkeys(
    (f"pathways/{name}" for name in ("consequences", "ordering", "reaching", "relations")), PLANNING
)}  # fmt: skip
"""Modules that no other test of the domain reads, with the tests that do, besides their own."""
CASES = ROOT / "tests" / "test_cases.py"
WORKED_CASES = f"{CASES}::test_a_worked_case_comes_out_as_expected"
SLOW = ("test_exhaustive", "test_random")
SECONDS = 60  # of processor time: a busy machine changes no outcome
SMALL = ast.Constant | ast.Name | ast.Attribute
AROUND = ast.expr | ast.keyword | ast.Assign | ast.AnnAssign
UNEXPLAINED = "**not explained**"
TO_ITS_OPPOSITE: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,), ast.And: (ast.Or,),
    ast.Or: (ast.And,), ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Add,),
    ast.BitOr: (ast.BitAnd,), ast.BitAnd: (ast.BitOr,), ast.LShift: (ast.RShift,),
    ast.RShift: (ast.LShift,),
}  # fmt: skip
NAMES = {
    "min": "max", "max": "min", "any": "all", "all": "any", "any_of": "all_of", "all_of": "any_of",
    "earliest": "latest", "latest": "earliest", "days": "months", "months": "years",
    "years": "months", "YES": "UNKNOWN", "NO": "UNKNOWN", "UNKNOWN": "NO", "sorted": "list",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change of one module: its number, where it is, and what it does."""

    module: str
    number: int
    line: int
    name: str
    function: str


class Place:
    """One place of a tree: a field of a parent, or one item of a list in it."""

    def __init__(self, parent: ast.AST, field: str, index: int | None) -> None:
        """Point at ``parent.field`` or ``parent.field[index]``."""
        self.parent, self.field, self.index = parent, field, index

    def put(self, node: ast.AST) -> None:
        """Put another node in this place."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def places(
    node: ast.AST, name: str = "", function: str = ""
) -> Iterator[tuple[ast.AST, Place, str, str]]:
    """Go through every node that can be changed: its place, what it is in, and in which function."""
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "bases", "ctx"}:
            continue
        own = name if isinstance(node, ast.FunctionDef) and field == "body" else ""
        for index, child in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(child, ast.AST) and not _passed_over(child):
                named = isinstance(child, ast.FunctionDef | ast.ClassDef)
                inside = f"{name}.{child.name}".lstrip(".") if named else name
                place = Place(node, field, index if isinstance(value, list) else None)
                yield child, place, inside, function or own
                yield from places(child, inside, function or own)


def _passed_over(node: ast.AST) -> bool:
    """Say whether a node is no behaviour: words for a reader, imports, the text of an error."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "msg":
        return True
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return True
    return isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr | ast.Raise)


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """Give every way in which one node is changed."""
    for kind, change in CHANGES.items():
        if isinstance(node, kind):
            yield from change(node)


def _compared(node: ast.Compare) -> Iterator[ast.AST]:
    for at, op in enumerate(node.ops):
        for other in _opposites(op):
            yield ast.Compare(node.left, [*node.ops[:at], other, *node.ops[at + 1 :]],
                              node.comparators)  # fmt: skip


def _joined(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield ast.BoolOp(_opposites(node.op)[0], node.values)
    for at in range(len(node.values)):
        rest = node.values[:at] + node.values[at + 1 :]
        yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _unturned(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not | ast.USub):
        yield node.operand


def _renamed(node: Any) -> Iterator[ast.AST]:  # noqa: ANN401 - a name or an attribute
    if isinstance(node, ast.Name) and node.id in NAMES:
        yield ast.Name(NAMES[node.id], node.ctx)
    elif isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield ast.Attribute(node.value, NAMES[node.attr], node.ctx)


def _unfiltered(node: ast.comprehension) -> Iterator[ast.AST]:
    for at in range(len(node.ifs)):
        rest = node.ifs[:at] + node.ifs[at + 1 :]
        yield ast.comprehension(node.target, node.iter, rest, node.is_async)


def _opposites(op: ast.AST) -> list[Any]:
    return [other() for other in TO_ITS_OPPOSITE.get(type(op), ())]


def _other_values(value: object) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1, value - 1]
    return [f"{value}~"] if isinstance(value, str) and value else []


def _other_statements(node: ast.stmt) -> Iterator[ast.AST]:
    if isinstance(node, ast.Return) and node.value and ast.unparse(node.value) != "None":
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.If):
        yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
    elif isinstance(node, ast.AugAssign):
        yield ast.Pass()
        yield from (ast.AugAssign(node.target, op, node.value) for op in _opposites(node.op))
    elif isinstance(node, ast.Expr | ast.Continue | ast.Break):
        yield ast.Pass()


CHANGES: dict[Any, Callable[[Any], Iterator[ast.AST]]] = {
    ast.Compare: _compared,
    ast.BoolOp: _joined,
    ast.UnaryOp: _unturned,
    ast.Constant: lambda node: map(ast.Constant, _other_values(node.value)),
    ast.BinOp: lambda node: (ast.BinOp(node.left, o, node.right) for o in _opposites(node.op)),
    ast.Name | ast.Attribute: _renamed,
    ast.IfExp: lambda node: iter([ast.IfExp(node.test, node.orelse, node.body)]),
    ast.comprehension: _unfiltered,
    ast.stmt: _other_statements,
}


def every_mutant(module: str, only: int | None = None) -> Iterator[tuple[Mutant, ast.Module]]:
    """Give each mutant (or only one) with its tree, which is whole again when the next is asked for."""
    tree = ast.parse((DOMAIN / f"{module}.py").read_text(encoding="utf-8"))
    number, names = -1, dict[str, int]()
    for node, place, inside, function in list(places(tree)):
        for other in changes(node):
            number += 1
            if only not in {None, number}:
                continue
            shown = (
                place.parent
                if isinstance(node, SMALL) and isinstance(place.parent, AROUND)
                else node
            )
            before = _words(shown)
            place.put(ast.fix_missing_locations(ast.copy_location(other, node)))
            after = _words(place.parent if shown is place.parent else other)
            name = f"{inside or 'module'}: `{before}` → `{after}`"
            names[name] = names.get(name, 0) + 1
            name += f" ({names[name]})" if names[name] > 1 else ""
            line = getattr(node, "lineno", getattr(place.parent, "lineno", 0))
            yield Mutant(module, number, line, name, function), tree
            place.put(node)


def _words(node: ast.AST) -> str:
    if isinstance(node, ast.If):
        return f"if {ast.unparse(node.test)}"
    if isinstance(node, ast.comprehension):
        return ast.unparse(node).strip()
    text = " ".join(ast.unparse(node).split())
    return text if len(text) < 90 else f"{text[:60]} … {text[-25:]}"  # noqa: PLR2004 - a line


class Swapped(SourceFileLoader):
    """Loads a module from a mutated tree."""

    tree: ast.Module

    def get_code(self, fullname: str) -> Any:  # noqa: ANN401, ARG002 - a code object, one module
        """Return the code of the mutated tree."""
        return compile(self.tree, self.path, "exec")


class Finder:
    """Finds the mutated module in place of the real one."""

    def __init__(self, module: str, tree: ast.Module) -> None:
        """Stand in for the module."""
        self.name, self.path = dotted(module), str(DOMAIN / f"{module}.py")
        self.tree = tree

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """Answer for the one module."""
        if name != self.name:
            return None
        loader = Swapped(name, self.path)
        loader.tree = self.tree
        return spec_from_file_location(name, self.path, loader=loader)


def dotted(module: str) -> str:
    """Return the name by which a module is imported."""
    return f"alongside.domain.{module}".replace("/", ".")


def tests_of(module: str) -> tuple[list[str], list[str]]:
    """Name the fast tests: those of the module, and the others."""
    domain = ROOT / "tests" / "domain"
    first = domain / f"{TARGETS[module]}.py"
    if module in ALONE:
        alone = [domain / f"{name}.py" for name in ALONE[module]]
        return [str(first)], [str(path) for path in alone if path != first]
    quick = {*domain.glob("test_*.py")} - {domain / f"{name}.py" for name in SLOW}
    return [str(first)], [*map(str, sorted(quick - {first}, reverse=True)), WORKED_CASES]


def run_pytest(files: list[str], *plugins: object) -> int:
    """Run pytest in this process, without what the rest of the repository needs."""
    with tempfile.NamedTemporaryFile("w", suffix=".ini") as settings:
        settings.write(f"[pytest]\npythonpath = {ROOT}\n")
        settings.flush()
        options = ["-q", "-x", "-s", "-c", settings.name, "--rootdir", str(ROOT)]
        for plugin in ("django", "randomly", "cacheprovider", "socket"):
            options += ["-p", f"no:{plugin}"]
        return int(pytest.main([*options, *files], plugins=list(plugins)))


def fork(work: Callable[[], int]) -> int:
    """Start a silent process that does some work and exits with its number; return its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        code = work()
    finally:
        os._exit(code)


def tree_of(mutant: Mutant) -> ast.Module:
    """Return the tree of the mutated module."""
    return next(tree for _, tree in every_mutant(mutant.module, mutant.number))


def cold(mutant: Mutant) -> int:
    """Import the mutated module in place of the real one, and run the tests."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.meta_path.insert(0, Finder(mutant.module, tree_of(mutant)))  # type: ignore[arg-type]
    first, others = tests_of(mutant.module)
    return run_pytest(first) or (run_pytest(others) if others else 0)


class Warm:
    """A plugin that collects and runs the tests once, then once more for every mutant in a fork."""

    def __init__(self, module: str, mutants: list[Mutant]) -> None:
        """Test these mutants, each inside a function of the module."""
        self.module, self.mutants = module, mutants
        self.failed, self.found = False, Found([], 0)

    def pytest_runtest_logreport(self, report: Any) -> None:  # noqa: ANN401 - pytest's
        """Note a failure."""
        self.failed = self.failed or report.failed

    def pytest_runtestloop(self, session: Any) -> bool:  # noqa: ANN401 - pytest's
        """Take the place of pytest's own loop."""
        self.run(session.items, session.items[0])
        if not self.failed:
            self.found = survivors(
                self.mutants, lambda mutant: fork(lambda: self.test(mutant, session.items))
            )
        return True

    def run(self, items: list[Any], after: object) -> None:
        """Run tests up to the first failure."""
        for item, following in zip(items, [*items[1:], after], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                return

    def test(self, mutant: Mutant, items: list[Any]) -> int:
        """Put the code of the mutant into the function it is in, and run the tests."""
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        code = compile(tree_of(mutant), mutant.module, "exec")
        owner: Any = sys.modules[dotted(mutant.module)]
        *path, name = mutant.function.split(".")
        for part in path:
            owner = vars(owner)[part]
        function = vars(owner)[name]
        for wrapper in ("fget", "func", "__func__"):
            function = getattr(function, wrapper, function)
        function.__code__ = next(c for c in codes(code) if c.co_qualname == mutant.function)
        self.run(items, None)
        return int(self.failed)


def codes(code: CodeType) -> Iterator[CodeType]:
    """Go through the code of every function of a module."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from codes(inner)


@dataclass
class Found:
    """What became of some mutants: those that live, and how many ran too long."""

    alive: list[Mutant]
    hung: int


def survivors(mutants: list[Mutant], start: Callable[[Mutant], int]) -> Found:
    """Test mutants in processes of their own, as many at a time as there are processors."""
    waiting, running, found = list(reversed(mutants)), dict[int, Mutant](), Found([], 0)
    while waiting or running:
        while waiting and len(running) < len(os.sched_getaffinity(0)):
            mutant = waiting.pop()
            running[start(mutant)] = mutant
        child, status = os.wait()
        mutant = running.pop(child)
        found.hung += os.WIFSIGNALED(status)
        found.alive += [] if status else [mutant]
    return found


def warmed(module: str, mutants: list[Mutant]) -> Found | None:
    """Test mutants in a process that is warm; None when the tests fail without any change."""
    with tempfile.NamedTemporaryFile("r+") as note:

        def work() -> int:
            plugin = Warm(module, mutants)
            first, others = tests_of(module)
            run_pytest([*first, *others], plugin)
            numbers = [mutant.number for mutant in plugin.found.alive]
            Path(note.name).write_text(json.dumps([numbers, plugin.found.hung]), encoding="utf-8")
            return int(plugin.failed)

        _, status = os.waitpid(fork(work), 0)
        if status:
            return None
        numbers, hung = json.loads(note.read())
    return Found([mutant for mutant in mutants if mutant.number in numbers], hung)


def test_module(module: str) -> tuple[int, Found] | None:
    """Test every mutant of a module; None when the tests fail without any change."""
    mutants = [mutant for mutant, _ in every_mutant(module)]
    warm = warmed(module, [mutant for mutant in mutants if mutant.function])
    if warm is None:
        return None
    again = [mutant for mutant in mutants if not mutant.function] + warm.alive
    found = survivors(again, lambda mutant: fork(lambda: cold(mutant)))
    alive = sorted(found.alive, key=lambda mutant: mutant.number)
    return len(mutants), Found(alive, warm.hung + found.hung)


@dataclass
class Section:
    """What the page says of one module."""

    mutants: int
    hung: int
    survivors: dict[str, str]


def read_page() -> dict[str, Section]:
    """Read the page of the last run: its numbers, and the reason of each survivor."""
    sections: dict[str, Section] = {}
    text, module = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "", ""
    for line in text.splitlines():
        if count := re.fullmatch(r"\| `([\w/]+)\.py` \| (\d+) \| \d+ \| (\d+) \| .*\|", line):
            sections[count[1]] = Section(int(count[2]), int(count[3]), {})
        elif heading := re.fullmatch(r"## `([\w/]+)\.py`", line):
            module = heading[1]
        elif module and (row := re.fullmatch(r"\| (.* → .*?) \| (.*) \|", line)):
            sections[module].survivors[row[1].replace("\\|", "|")] = row[2]
    return sections


INTRODUCTION = """# Mutation testing of the domain

Written by `tools/mutate.py`; only the reasons are written by hand, and they are kept. Each mutant is
one small change: a comparison, an *and* for an *or*, a constant one up or down, a word, *yes* for
*unknown*, earliest for latest, a branch turned round, a result thrown away. It is killed when a test
of `tests/domain` (without the exhaustive and the random ones) or a worked case fails.

| module | mutants | killed | of these by running too long | survived |
|---|---|---|---|---|
"""


def write_page(sections: dict[str, Section]) -> None:
    """Write the page anew."""
    rows, parts = [], []
    for module, found in sorted(sections.items()):
        killed = found.mutants - len(found.survivors)
        rows.append(f"| `{module}.py` | {found.mutants} | {killed} | {found.hung} | "
                    f"{len(found.survivors)} |")  # fmt: skip
        if found.survivors:
            parts.append(f"\n## `{module}.py`\n\n| survivor | why it may live |\n|---|---|")
            for name, reason in found.survivors.items():
                escaped = name.replace("|", "\\|")
                parts.append(f"| {escaped} | {reason} |")
    total = sum(found.mutants for found in sections.values())
    alive = sum(len(found.survivors) for found in sections.values())
    rows.append(f"| all | {total} | {total - alive} | | {alive} |")
    PAGE.write_text(INTRODUCTION + "\n".join([*rows, *parts]) + "\n", encoding="utf-8")


def asked(file: str) -> str:
    """Return the module of a file, as TARGETS names it."""
    return Path(file).resolve().relative_to(DOMAIN).with_suffix("").as_posix()


def main(files: list[str]) -> int:
    """Mutate the modules asked for, and write the page."""
    sections, unexplained = read_page(), 0
    for module in [asked(file) for file in files] or TARGETS:
        tested = test_module(module)
        if tested is None:
            print("The tests fail as they are; mend them first.")
            return 2
        number, found = tested
        known = sections[module].survivors if module in sections else {}
        reasons = {mutant.name: known.get(mutant.name, UNEXPLAINED) for mutant in found.alive}
        unexplained += sum(reason == UNEXPLAINED for reason in reasons.values())
        sections[module] = Section(number, found.hung, reasons)
        write_page(sections)
        for mutant in found.alive:
            print(f"{module}.py:{mutant.line}: {mutant.name}: {reasons[mutant.name]}")
        print(f"{module}.py: {number - len(found.alive)} of {number} mutants killed", flush=True)
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
