"""Every import contract refuses its own violation: planted in a copy, checked by the real program."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).parent / "lint-imports"
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}
# Contract -> the module that goes astray, and the import it must not have.
PLANTS = {
    "layers": ("records/drafts/queries.py", "import alongside.doors.showing.speaking"),
    "domain": ("domain/facts.py", "import secrets"),
    "library": ("library/sources.py", "import socket"),
    "assessment": ("domain/assessment.py", "import alongside.domain.pathways"),
    "one-crypto": ("records/drafts/queries.py", "import cryptography"),
    "sealed": ("sealed/tokens.py", "import alongside.domain.facts"),
    "doors-unsealed": ("doors/entry/visit.py", "import alongside.sealed.tokens"),
    "doors-apart": ("doors/desk/frame.py", "import alongside.doors.entry.visit"),
    "open": ("doors/open/shelves.py", "import alongside.records.casefile.queries"),
    "showing": ("doors/showing/cards.py", "import alongside.records.drafts.queries"),
    "command": ("command.py", "import alongside.sealed.tokens"),
}


@pytest.fixture
def house(tmp_path):
    """A copy of the package that may be spoilt."""
    unread = shutil.ignore_patterns("__pycache__", "static", "templates", "fonts")
    shutil.copytree(ROOT / "alongside", tmp_path / "alongside", ignore=unread)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _lint(house: Path) -> tuple[int, set[str]]:
    """Run the program; return its exit code and the names of the contracts it says are broken."""
    done = subprocess.run(
        [LINT, "--no-logo", "--no-cache"], cwd=house, capture_output=True, text=True, check=False
    )
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return done.returncode, set(re.findall(r"^(.*) BROKEN$", done.stdout, re.MULTILINE))


def test_the_house_as_it_stands_keeps_every_contract(house):
    assert _lint(house) == (0, set())


@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_contract_refuses_its_own_violation(house, contract):
    module, planted = PLANTS[contract]
    path = house / "alongside" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{planted}\n", encoding="utf-8")

    code, broken = _lint(house)

    assert code == 1
    assert CONTRACTS[contract] in broken


def test_no_door_of_the_domain_is_opened_through_another_module(house):
    """The firewall holds through others too: the forbidden import stands one module away."""
    path = house / "alongside" / "domain" / "between.py"
    path.write_text("import random\n", encoding="utf-8")
    facts = house / "alongside" / "domain" / "facts.py"
    facts.write_text(
        f"{facts.read_text(encoding='utf-8')}\nimport alongside.domain.between\n", encoding="utf-8"
    )
    assert _lint(house) == (1, {CONTRACTS["domain"]})


def test_what_doors_show_alike_opens_no_way_from_door_to_door(house):
    """What is shared would join the doors that import it: it may know neither."""
    path = house / "alongside" / "doors" / "showing" / "answering.py"
    planted = "import alongside.doors.entry.visit"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{planted}\n", encoding="utf-8")
    named = ("showing", "doors-apart", "open")
    assert _lint(house) == (1, {CONTRACTS[name] for name in named})


def test_what_reads_passkeys_is_cryptography_too(house):
    path = house / "alongside" / "records" / "agencies" / "proving.py"
    path.write_text(f"{path.read_text(encoding='utf-8')}\nimport fido2\n", encoding="utf-8")
    assert _lint(house) == (1, {CONTRACTS["one-crypto"]})
