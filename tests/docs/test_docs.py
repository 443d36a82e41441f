"""The documents are true to the repository: links lead somewhere, commands exist, records are whole."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest
import tomli

from alongside import command

ROOT = Path(__file__).resolve().parents[2]
TOP = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "content/CHANGELOG.md")
DOCUMENTS = [*(ROOT / name for name in TOP), *sorted((ROOT / "docs").rglob("*.md"))]
WRITTEN = [
    path for path in DOCUMENTS if "Written by tools/" not in path.read_text(encoding="utf-8")
]
RECORDS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
BLOCK = re.compile(r"^```sh[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"")


def text_of(path):
    return path.read_text(encoding="utf-8")


def named(path):
    return path.relative_to(ROOT).as_posix()


def anchors(path):
    """The anchors of a page, as GitHub makes them from its headings."""
    headings = re.findall(r"^#+ (.+)$", text_of(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_link_leads_somewhere(path):
    broken = []
    for found in LINK.finditer(
        re.sub(r"^```.*?^```$", "", text_of(path), flags=re.MULTILINE | re.DOTALL)
    ):
        link = found[1] or found[2]
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_document_can_be_found_from_the_readme():
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in seen or path.suffix != ".md":
            continue
        seen.add(path)
        links = (link[1].partition("#")[0] for link in LINK.finditer(text_of(path)) if link[1])
        found = ((path.parent / link).resolve() for link in links if not re.match("[a-z]+:", link))
        waiting += [target for target in found if target.is_file()]
    assert sorted(named(path) for path in set(DOCUMENTS) - seen) == []


def commands(path):
    """Every line of the shell blocks of a document."""
    for block in BLOCK.findall(text_of(path)):
        for line in block.replace("\\\n", " ").splitlines():
            if line.strip() and not line.lstrip().startswith("#"):
                yield line.strip()


NAMED = re.compile(
    r"`((?:alongside|content|docs|locale|requirements|tests|tools)/[\w./-]*|\.ci/run)`"
)


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_every_file_named_is_there(path):
    assert [name for name in NAMED.findall(text_of(path)) if not (ROOT / name).exists()] == []


def targets():
    return set(re.findall(r"^([a-z]+):.*##", text_of(ROOT / "Makefile"), re.MULTILINE))


def subcommands():
    choices = [a.choices for a in command._parser()._actions if isinstance(a.choices, dict)]
    return set(choices[0])


def unknown(line):
    """What a command line names that does not exist; None when all of it does."""
    words = shlex.split(line, comments=True)
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        words.pop(0)
    if words[0] == "make":
        wanted = [word for word in words[1:] if "=" not in word]
        return next((word for word in wanted if word not in targets()), None)
    if words[0].endswith("alongside"):
        return None if words[1] in subcommands() else words[1]
    ours = [
        word for word in words if re.match(r"(tools|tests|content|manage|docs)\b.*\.\w+$", word)
    ]
    return next((word for word in ours if not (ROOT / word).exists()), None)


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_every_command_exists(path):
    assert [(line, unknown(line)) for line in commands(path) if unknown(line)] == []


@pytest.mark.parametrize("line", ["make dance", ".venv/bin/alongside sing", "PORT=1 make weigh",
                                  ".venv/bin/python tools/no_such.py"])  # fmt: skip
def test_a_command_that_does_not_exist_is_found(line):
    assert unknown(line)


def test_the_readme_opens_with_the_two_commands():
    opening = text_of(ROOT / "README.md")[:1500]
    assert 0 < opening.index("make demo") < opening.index("make test")


def test_the_example_of_the_readme_prints_what_it_shows(tmp_path, capsys):
    readme = text_of(ROOT / "README.md")
    facts = re.search(r"```toml\n(\[facts\].*?)```", readme, re.DOTALL)
    shown = re.findall(r"```text\n(.*?)```", readme, re.DOTALL)
    lines = [shlex.split(line) for line in commands(ROOT / "README.md") if "alongside " in line]
    run = [words[1:] for words in lines if words[1] in {"weigh", "assess"}]
    assert facts
    assert len(run) == len(shown) == 2
    (tmp_path / "facts.toml").write_text(facts[1], encoding="utf-8")
    for words, expected in zip(run, shown, strict=True):
        told = [str(tmp_path / "facts.toml") if word == "facts.toml" else word for word in words]
        assert command.main(told) == 0
        printed = capsys.readouterr().out
        for piece in expected.split("...\n"):
            assert piece in printed, "what is shown is whole, from one '...' to the next"


@pytest.mark.parametrize("path", RECORDS, ids=named)
def test_a_decision_is_one_page_with_three_headings(path):
    text = text_of(path)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert re.match(rf"# {int(path.name[:4])}\. .+\n", text)
    assert re.search(r"^(Accepted|Superseded), \d{4}-\d{2}-\d{2}", text, re.MULTILINE)
    assert len(text.splitlines()) <= 60


def test_decisions_are_numbered_without_gap_or_double():
    numbers = [int(path.name[:4]) for path in RECORDS]
    assert numbers == list(range(1, len(RECORDS) + 1))


def test_the_changelog_names_this_version():
    version = tomli.loads(text_of(ROOT / "pyproject.toml"))["project"]["version"]
    assert re.search(rf"^## {re.escape(version)} ", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)


def test_the_changelog_of_the_content_names_this_edition_and_every_day_the_law_was_read(book):
    told = text_of(ROOT / "content" / "CHANGELOG.md")
    edition = book.edition.partition("+")[0]
    assert f"## {edition}" in told
    read_as_of = {one.as_of for one in (*book.remedies.values(), *book.ways.values())}
    assert [day for day in read_as_of if day.isoformat() not in told] == []
    assert date.fromisoformat(edition) >= max(read_as_of)


def test_the_licence_is_whole():
    text = text_of(ROOT / "LICENSE")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text.splitlines()[0]
    for part in ("Preamble", "TERMS AND CONDITIONS", *(f"\n  {n}. " for n in range(18)),
                 "13. Remote Network Interaction", "END OF TERMS AND CONDITIONS"):  # fmt: skip
        assert part in text
    assert len(text.splitlines()) == 661
