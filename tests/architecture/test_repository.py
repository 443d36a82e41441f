"""What stands in the repository works on any machine, and every dependency says why it is there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
BINARY = {".png", ".jpg", ".pdf", ".ttf", ".otf", ".woff2", ".ico"}
# Written in pieces, so that this file does not hold what it looks for.
REGISTRIES = re.compile(
    r"pypi\.(?:" + r"org|python\.org)|files\.python" + r"hosted\.org|registry\.npm" + r"js\.org"
    r"|--(?:extra-)?index-" + r"url|--trusted-" + r"host|--find-" + r"links"
)
MACHINE_PATHS = re.compile(
    r"(?<![\w.~/:…-])(?:/home/\w|/Us" + r"ers/\w|/ro" + r"ot/|/wo" + r"rk/|/m" + r"nt/)"
    r"|\b[A-Z]:\\\\?Us" + r"ers"
)
PIN = re.compile(r"([A-Za-z0-9_.-]+)==\S+")


def _committed() -> list[Path]:
    """Every text file git tracks, or would."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    paths = [ROOT / name for name in listed if name]
    return [path for path in paths if path.is_file() and path.suffix not in BINARY]


@pytest.mark.skipif(
    shutil.which("git") is None or not (ROOT / ".git").exists(), reason="git lists the files"
)
@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINE_PATHS], ids=["registry", "path"])
def test_no_committed_file_names_a_registry_or_a_place_on_one_machine(pattern):
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in _committed()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (match := pattern.search(line))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "planted"),
    [
        (REGISTRIES, "--index-" + "url=https://mirror.example/simple"),
        (REGISTRIES, "https://files.python" + "hosted.org/packages/a.whl"),
        (MACHINE_PATHS, 'open("/home' + '/ana/alongside")'),
        (MACHINE_PATHS, "cd /wo" + "rk/main"),
        (MACHINE_PATHS, r"C:\Us" + r"ers\ana"),
    ],
)
def test_the_patterns_see_what_they_look_for(pattern, planted):
    assert pattern.search(planted)


@pytest.mark.parametrize("path", sorted(REQUIREMENTS.glob("*.txt")), ids=lambda path: path.name)
def test_every_locked_requirement_is_pinned_with_hashes_and_names_no_host(path):
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert not REGISTRIES.search(text)
    pins = re.split(r"\n(?=[A-Za-z])", text.strip())
    assert pins
    for pin in pins:
        name, *hashes = [line.strip(" \\") for line in pin.splitlines()]
        assert PIN.match(name), f"{name} is not pinned to one version"
        assert hashes, f"{name} has no hash"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes), name


def _direct(path: Path) -> list[tuple[str, str]]:
    """The requirements of a file written by hand: name and reason."""
    lines = [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith(("#", "-r "))
    ]
    pairs = [line.partition("#") for line in lines]
    return [(re.split(r"[~=<>\[; ]", left)[0], reason.strip()) for left, _, reason in pairs]


@pytest.mark.parametrize("path", sorted(REQUIREMENTS.glob("*.in")), ids=lambda path: path.name)
def test_every_direct_requirement_has_its_reason_beside_it_and_is_locked(path):
    locked = {
        pin[1].lower().replace("_", "-")
        for pin in PIN.finditer(path.with_suffix(".txt").read_text(encoding="utf-8"))
    }
    direct = _direct(path)
    assert direct
    for name, reason in direct:
        assert reason, f"{name} does not say why it is here"
        assert name.lower().replace("_", "-") in locked, f"{name} is not in {path.stem}.txt"


def test_what_checks_the_product_runs_on_what_serves_it():
    """A version tested is the version served, on PostgreSQL too."""
    served, beside, tested = (
        dict(
            re.findall(r"^([\w.-]+)==(\S+)", (REQUIREMENTS / name).read_text("utf-8"), re.MULTILINE)
        )
        for name in ("runtime.txt", "postgresql.txt", "development.txt")
    )
    assert served.items() | beside.items() <= tested.items()
