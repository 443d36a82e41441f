"""Nothing at the desk is guarded by a check: with every check taken out, what is not granted does not open.

The desk's own code is read, its decorators and its refusals are taken out of it (every ``if`` that ends
in a refusal, every ``except`` that turns one into a page), and what is left is run with the keys of
somebody else, of nobody, and of somebody who was let go. What they get back is searched for words that
a person told. The same is done with the right keys first: there the words must be found.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from django.test import RequestFactory
from pypdf import PdfReader

import alongside.doors.desk.urls
from alongside.library.calling import code_of as paper_code
from alongside.records.agencies.actions.leaving import leave
from alongside.records.agencies.actions.mailing import take_in
from alongside.records.agencies.content import EpochKeys, MemberKeys, Role
from alongside.records.agencies.queries import OpenSession
from alongside.records.casefile.actions.sharing import Attached, withdraw
from alongside.records.casefile.content import PERSON
from alongside.records.casefile.queries import conversations
from tests.agencies import beside, present, with_passkey
from tests.devices import Device
from tests.doors.addresses import DESK_EXAMPLES, SOME
from tests.doors.desking import (
    FACTS,
    a_while_ago,
    clinic,
    code_of,
    house,
    somebody_wrote,
)
from tests.doors.visiting import FORM
from tests.people import MATEO

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
PACKAGE, FOLDER = alongside.doors.desk.__name__, Path(alongside.doors.desk.__file__).parent
FIRST, FILE, ANSWER = "zanzibar-said", "zanzibar-file", "pay.unpaid_part"
PLANTED = (FIRST, FILE)
STATED = "part of the pay is missing or late"
"""What a paper to finish says of that answer."""
CHOOSES = re.compile(r"posted|move|what ==")
"""Tests that choose between two pages and turn nobody away."""
NEVER = {"property", "cached_property", "dataclass"}  # decorators that make a thing what it is


class Unguarded(ast.NodeTransformer):
    """Takes decorators off, refusals out, and every ``try`` apart, so that nothing turns anybody away."""

    def __init__(self) -> None:
        """Nothing was taken out yet."""
        self.taken = 0

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        kept = [d for d in node.decorator_list if ast.unparse(d).split("(")[0] in NEVER]
        self.taken += len(node.decorator_list) - len(kept)
        node.decorator_list = kept
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        last = node.body[-1]
        refuses = isinstance(last, ast.Raise) or (
            isinstance(last, ast.Return) and _goes_elsewhere(last)
        )
        if not refuses or CHOOSES.search(ast.unparse(node.test)):
            return node
        self.taken += 1
        return node.orelse or ast.Pass()

    def visit_Try(self, node: ast.Try) -> list[ast.stmt]:
        self.generic_visit(node)
        self.taken += 1
        return [*node.body, *node.orelse]


def _goes_elsewhere(node: ast.Return) -> bool:
    said = ast.unparse(node.value) if node.value else ""
    return ".go(" in said or ".leave(" in said or said == "False"


@pytest.fixture(scope="module")
def unguarded() -> Iterator[tuple[dict[str, Any], Any]]:
    """The desk without its checks: every view by the name of its address, and the frame."""
    known = {n: m for n, m in sys.modules.items() if n.startswith(PACKAGE)}
    removed = Unguarded()
    made = {name: _module(name, removed) for name in sorted(known) if _source(name).exists()}
    sys.modules.update({name: module for name, (module, _) in made.items()})
    try:
        for module, code in made.values():
            if not hasattr(module, "__loaded__"):
                _load(module, code, made)
        views = {
            name: getattr(made[f"{PACKAGE}.views.{part}"][0], name)
            for part in (
                "coming",
                "papers",
                "passkeys",
                "reading",
                "taking",
                "writing",
                "leading",
                "last",
            )
            for name in vars(made[f"{PACKAGE}.views.{part}"][0])
        }
        assert removed.taken > 60, "there was something to take out"
        yield views, made[f"{PACKAGE}.frame"][0].Frame
    finally:
        sys.modules.update(known)


def _source(name: str) -> Path:
    at = FOLDER.joinpath(*name.removeprefix(PACKAGE).strip(".").split("."))
    return at / "__init__.py" if at.is_dir() else at.with_suffix(".py")


def _module(name: str, removed: Unguarded) -> tuple[ModuleType, Any]:
    module = ModuleType(name)
    module.__dict__.update(__file__=str(_source(name)), __package__=name.rpartition(".")[0])
    if _source(name).name == "__init__.py":
        module.__dict__.update(__path__=[str(_source(name).parent)], __package__=name)
    tree = removed.visit(ast.parse(_source(name).read_text(encoding="utf-8")))
    return module, compile(ast.fix_missing_locations(tree), str(_source(name)), "exec")


def _load(module: ModuleType, code: Any, made: dict[str, tuple[ModuleType, Any]]) -> None:
    """Run a module's code after that of every other of the desk that it names."""
    module.__dict__["__loaded__"] = True
    tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGE):
            for name in (str(node.module), *(f"{node.module}.{a.name}" for a in node.names)):
                if name in made and not hasattr(made[name][0], "__loaded__"):
                    _load(*made[name], made)
    exec(code, module.__dict__)
    parent, _, own = module.__name__.rpartition(".")
    if parent in made:
        setattr(made[parent][0], own, module)


class World:
    """A casefile with planted words, of the clinic, and an address for every view of the desk."""

    def __init__(self) -> None:
        """Somebody wrote to the clinic, and sent a file."""
        self.amara = with_passkey(clinic(), Device(), "Phone")
        self.bruno, self.held = house(), code_of(self.amara.keys.passkeys[0].id)
        files = [Attached("a.txt", "text/plain", FILE.encode())]
        told = MATEO.answers | {ANSWER: True}
        self.wrote = somebody_wrote(self.amara, told, "work", "story", text=FIRST, files=files)

    def entries(self) -> list[Any]:
        """Return what the person and the clinic wrote."""
        (talk,) = conversations(self.wrote.keys, present().today)
        return list(talk.entries)

    def asked(self, unguarded: Any, keys: MemberKeys) -> dict[str, str]:
        """Ask every view by every method, with these keys in the frame; return what each gave back."""
        said, cookies = {}, {}
        for name, more in self._more().items():
            for move in ("", "look", "send", "done"):
                fields = self._fields() | {"move": move} if move else {}
                request = _request(fields, cookies)
                come = unguarded[1](request, "en")
                come.session = OpenSession(keys, present().minute + 30)
                answer = _answer(unguarded[0][name], come, request, more)
                cookies |= {
                    key: found.value for key, found in getattr(answer, "cookies", {}).items()
                }
                said[f"{move or 'read'} {name}"] = _text(answer)
        return said

    def _more(self) -> dict[str, dict[str, str]]:
        code, file = self.wrote.code, self.entries()[1]
        assert file.body == FILE.encode()
        return {
            "front": {}, "sign_in": {}, "sign_out": {}, "invited": {}, "choose": {},
            "recovered": {}, "inbox": {"only": "l", "page": "1"}, "searched": {}, "casefile": {"code": code},
            "file": {"code": code, "entry": code_of(file.id)}, "check_word": {"code": code},
            "outline": {"code": code, "paper": paper_code("wage_claim"), "tongue": "en"},
            "outline_file": {"code": code, "paper": paper_code("wage_claim"), "tongue": "en"},
            "orders": {"code": code}, "noted": {"code": code, "tongue": "en"}, "dated": {"code": code},
            "away": {"code": code}, "say": {"code": code, "what": "w"}, "agency": {},
            "journal": {"page": "1"}, "accepting": {}, "inviting": {}, "shown_once": {},
            "let_go": {"code": code_of(self.amara.keys.member)}, "custodians": {},
            "proposing": {}, "bringing": {}, "admitting": {"code": code_of(self.amara.keys.agency)},
            "passphrase": {}, "asked": {}, "passkeys": {}, "passkey": {"code": self.held},
            "went_wrong": {}, "no_cookie": {},
        }  # fmt: skip

    def _fields(self) -> dict[str, str]:
        return {"text": "from a stranger", "mark": "", "word": "river", "section": "story",
                "role": "lead", "accepts": "no", "now": "x", "then": "y" * 12}  # fmt: skip


def _request(fields: dict[str, str], cookies: dict[str, str]) -> Any:
    method = "POST" if fields else "GET"
    request = RequestFactory().generic(
        method, "/en/i/", urlencode(fields), FORM, HTTP_HOST="desk.localhost"
    )
    request.COOKIES.update(cookies)
    request.admit = lambda _cost=1: True  # type: ignore[attr-defined]  # a layer in front puts it there
    return request


def _answer(view: Any, come: Any, request: Any, more: dict[str, str]) -> Any:
    try:
        return view(request) if view.__name__ == "front" else view(come, **more)
    except Exception as error:  # noqa: BLE001 - whatever it was, it gave nothing back
        return error


def _text(answer: Any) -> str:
    if isinstance(answer, Exception):
        return f"{type(answer).__name__}: {answer}"
    if answer.content.startswith(b"%PDF"):
        pages = PdfReader(io.BytesIO(answer.content)).pages
        words = " ".join(" ".join(page.extract_text().split()) for page in pages)
        return f"{words} {words.replace(' ', '')}"  # a line of the page may end inside a word
    return str(dict(answer.headers)) + str(answer.content.decode())


def holding(said: dict[str, str], *words: str) -> list[str]:
    return [name for name, text in said.items() if any(word in text for word in words)]


def nobody(agency: bytes) -> MemberKeys:
    """Somebody who says they are of an agency and holds no key of it."""
    made_up = EpochKeys(bytes(1216), bytes(32))
    return MemberKeys(b"m" * 16, agency, "nobody", Role.LEAD, bytes(1216), {1: made_up})


def test_every_view_of_the_desk_is_among_those_asked(unguarded):
    once = {"inbox_page": "inbox"}
    asked = World()._more()
    assert {once.get(name, name) for name in DESK_EXAMPLES} == set(asked)
    assert set(asked) <= set(unguarded[0])
    assert SOME not in str(asked), "each is asked for what is there"


def test_with_the_right_keys_the_planted_words_are_found_so_that_looking_means_something(unguarded):
    world = World()
    said = world.asked(unguarded, world.amara.keys)
    found = {name.split()[1] for name in holding(said, *PLANTED)}
    assert {"casefile", "file"} <= found
    for shown in ("read casefile", "read noted"):
        assert ANSWER in said[next(n for n in said if n.startswith(shown))]
    assert "BEGIN:VEVENT" in said["read dated"]
    assert STATED in said["read outline"]
    assert STATED in said["read outline_file"]


@pytest.mark.parametrize("who", ["another agency", "another who says clinic", "nobody", "let go"])
def test_without_any_check_nothing_opens_to_who_was_not_granted_it(unguarded, who):
    world = World()
    amara, bruno = world.amara.keys, world.bruno.keys
    keys = {
        "another agency": bruno,
        "another who says clinic": replace(bruno, agency=amara.agency, member=amara.member),
        "nobody": nobody(amara.agency),
        "let go": bruno,
    }[who]
    if who == "let go":
        leaver = beside(world.amara, "chidi", a_while_ago())
        keys = replace(leaver.keys, epochs={})
        leave(keys=amara, member=leaver.keys.member, minute=present().minute)
    said = world.asked(unguarded, keys)
    assert holding(said, *PLANTED, world.wrote.note.conversation[0].hex()) == []
    told = [f for f in MATEO.answers if f.startswith("pay.")]
    casefiles = {name: text for name, text in said.items() if name.endswith(" casefile")}
    assert holding(casefiles, ANSWER, *told) == []
    assert holding(said, STATED) == []
    files = {n: text for n, text in said.items() if n.endswith((" noted", " dated"))}
    assert len(files) > 2
    assert holding(files, ANSWER, *told, "Optionsmemo", "BEGIN:VCALENDAR") == []
    assert [entry.text for entry in world.entries() if entry.by != PERSON] == [], (
        "nor was it written to"
    )
    assert all("from a stranger" not in entry.text for entry in world.entries())


def test_a_member_of_the_agency_opens_no_section_that_was_not_granted_to_it(unguarded):
    world = World()
    said = world.asked(unguarded, world.amara.keys)
    page = said[next(name for name in said if name.startswith("read casefile"))]
    told = page.split('id="p1"')[1].split("</table>")[0]
    closed = [
        k for k in MATEO.answers if FACTS[k].section not in {"work", "story"} and not FACTS[k].apart
    ]
    assert closed
    assert [key for key in closed if f">{key}<" in told] == []


def test_taken_back_it_opens_to_nobody_any_more(unguarded):
    world = World()
    take_in(keys=world.amara.keys)
    withdraw(keys=world.wrote.keys, own=world.wrote.note.id, now=present())
    assert holding(world.asked(unguarded, world.amara.keys), *PLANTED) == []
