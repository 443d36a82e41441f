"""A malformed file is refused when it is loaded, with its name, its line and the cure."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from alongside.library.book import CONTENT, Book
from alongside.library.reading import ContentError

PERMIT = "remedies/fed/imm.owp_vulnerable.toml"
HUMANITARIAN = "remedies/fed/imm.hc.toml"
SAFETY = "remedies/fed/ohs.clc133.toml"
PAPERS = "facts/doc.toml"
CALLS = "contacts/canada.toml"
WAGES = "remedies/fed/es.clc3.toml"
STANDARDS, TOPICS = "standards.toml", "topics.toml"
QUESTIONS = "interview.toml"
CLAIM, FORMS = "outlines/3_wage_claim.toml", "forms.toml"
OWED = 'when = "pay.unpaid_part is yes"'
ITS_OWN = "give another case its own statement"
UNTOLD = "Use a fact that a person tells."
NEED = '"found.abuse is yes"'
NESTED = '"(found.abuse is yes | permit.live is yes) & place.detained is no"'
ONE_PLACE = "Give every key one place."
SIDE_BY_SIDE = "side by side."


class Mistake(NamedTuple):
    """What stands in a file, what is planted for it, and the cure the refusal then offers.

    ``above``: how many lines above the planted one the refusal points; a text that is missing in
    French is missed where its English stands.
    """

    name: str
    file: str
    right: str
    wrong: str
    cure: str
    above: int = 0


MISTAKES = (
    Mistake("not TOML", PERMIT, 'level = "R1', "level = R1", "strings stand in double quotes"),
    Mistake("unknown field", HUMANITARIAN, "discretionary =", "discretionery =", "'discretionary'?"),
    Mistake("missing French", PAPERS, "told.fr =", "told.de =", SIDE_BY_SIDE, above=1),
    Mistake("missing English", PERMIT, "gives.en =", "gives.de =", SIDE_BY_SIDE),
    Mistake("practice in one language", PERMIT, 'text.en = "IRCC', 'text.de = "IRCC', SIDE_BY_SIDE),
    Mistake("fact in a need", PERMIT, '"permit.live is', '"permit.alive is', "'permit.live'?"),
    Mistake("fact in a bar", PERMIT, '"place.at_border', '"place.at_boarder', "'place.at_border'?"),
    Mistake("fact in a danger", PERMIT, "if hou.tied is", "if hou.tide is", "'hou.tied'?"),
    Mistake("impossible value", PERMIT, NEED, '"found.abuse is maybe"', "Use 'yes'"),
    Mistake("impossible choice", HUMANITARIAN, "hc.state in pending,", "hc.state in waiting,", "Use '"),
    Mistake("nesting", PERMIT, NEED, NESTED, "'fact operator value', joined by & and |."),
    Mistake("operator", PERMIT, NEED, '"found.abuse was yes"', "use one of is, is_not, in, after"),
    Mistake("predicate", PERMIT, NEED, '"predicate luck"', "use one of"),
    Mistake("no line", PERMIT, NEED, '"found.abuse"', "'fact operator value', joined by & and |."),
    Mistake("source", PERMIT, 'source = "fed.s26"', 'source = "fed.s266"', "Did you mean 'fed.s"),
    Mistake("source of a bar", PERMIT, '[{ source = "fed.s27"', '[{ source = "s27"', "'fed.s27'?"),
    Mistake("danger", PERMIT, '"risk.employer_guess"', '"risk.guess"', "Did you mean 'risk."),
    Mistake("paper", PERMIT, '"evid.statement"', '"evid.statment"', "'evid.statement'?"),
    Mistake("length", PERMIT, '"0 days"', '"0 weeks"', 'Write "90 days", "12 months" or "2 years".'),
    Mistake("start", PERMIT, '["status.expires_on"]', '["status.now"]', "Did you mean 'status."),
    Mistake("no day", PERMIT, "review_by = 2027-01-23", 'review_by = ""', "review_by = 2026-07-23"),
    Mistake("no code", PERMIT, 'confidence = "LAW"', 'confidence = "SURE"', "Use LAW, GOV"),
    Mistake("jurisdiction", PERMIT, 'key = "fed.imm', 'key = "can.imm', "Begin with fed, on"),
    Mistake("kind", PAPERS, 'kind = "yes_no"', 'kind = "yesno"', "Use 'yes_no'."),
    Mistake("doubled fact", PAPERS, '"doc.taken_recruit"', '"doc.held"', ONE_PLACE),
    Mistake("doubled danger", "dangers.toml", '"risk.biometrics"', '"risk.disclosure"', ONE_PLACE),
    Mistake("doubled source", "sources.toml", 'key = "fed.l2"', 'key = "fed.l1"', ONE_PLACE),
    Mistake("doubled contact", CALLS, '"tel.emergency"', '"tel.hotline"', ONE_PLACE),
    Mistake("doubled right", "rights.toml", '"rights.hours_rest"', '"rights.pay"', ONE_PLACE),
    Mistake("doubled remedy", SAFETY, '"fed.ohs.clc133"', '"fed.imm.hc"', "every remedy one file"),
    Mistake("no such list", CALLS, "[[contact]]", "[[contacts]]", "under [[contact]]"),
    Mistake("no edition", "edition.toml", "edition =", "issue =", 'Write edition = "..."'),
    Mistake("reason to call", CALLS, '"shelter", "legal"', '"roof", "legal"', "Use danger, talk"),
    Mistake("lawyer's fact", QUESTIONS, '"pay.kickback"', '"doc.false_identity"', "a lawyer asks it"),
    Mistake("no such fact", QUESTIONS, '"pay.kickback"', '"pay.kickbak"', "'pay.kickback'?"),
    Mistake("unwarned", QUESTIONS, '"pay.kickback"', '"person.age_band"', "'warning_age'"),
    Mistake("asked twice", QUESTIONS, '"wrk.unsafe"', '"pay.kickback"', "Ask each fact once."),
    Mistake("no source, no day", "dangers.toml", "as_of = 2026-11-21\n", "", "or as_of = a day.", 3),
    Mistake("read on no day", "sources.toml", 'read_on = "2026-07', 'read_on = "July', "2026-07-23"),
    Mistake("kind of a win", WAGES, 'kind = "lien"', 'kind = "liens"', "Use 'lien'."),
    Mistake("win by nobody", WAGES, 'cite = [{ source = "prov.l1", at = "s. 251.18" }]', "", "it cites", 4),
    Mistake("trust in a win", WAGES, 'confidence = "T"\n\n[[wait', 'confidence = "S"\n\n[[wait', "LAW"),
    Mistake("kind of a wait", WAGES, 'kind = "protects"', 'kind = "protect"', "Use 'protects'."),
    Mistake("wait in one language", WAGES, 'text.en = "A boss may not fire', 'text.de = "A', SIDE_BY_SIDE),
    Mistake("no such standard", WAGES, '"std.icrmw_25"', '"std.icrmw_52"', "'std.icrmw_25'?"),
    Mistake("standard of nobody", STANDARDS, 'source = "std.palermo"', 'source = "x"', "Did you mean"),
    Mistake("topic in one language", TOPICS, 'text.fr = "Le permis li', 'text.de = "Le', SIDE_BY_SIDE, 1),
    Mistake("topic says by whom", TOPICS, 'cite = [{ source = "fed.s04", at = "" }]', "", "it cites", 3),
    Mistake("whole of no kind", "review.toml", '"indicator"', '"indicators"', "Use 'indicator'."),
    Mistake("finding told", CLAIM, OWED, OWED.replace("pay.unpaid_part", "found.abuse"), UNTOLD),
    Mistake("never told", CLAIM, OWED, OWED.replace("pay.unpaid_part", "work.unauthorized"), UNTOLD),
    Mistake("either of two", CLAIM, OWED, OWED[:-1] + ' | pay.none_long is yes"', ITS_OWN),
    Mistake("said of a no", CLAIM, OWED, OWED.replace("is yes", "is_not yes"), ITS_OWN),
    Mistake("no fact to state", CLAIM, OWED, OWED.replace("_part", "_prt"), "'pay.unpaid_part'?"),
    Mistake("stands on nothing", CLAIM, OWED + "\n", "", "Write when = a line", 1),
    Mistake("yes as a value", CLAIM, '"wage.amount"', '"pay.none_long"', "Use when for it."),
    Mistake("two places", CLAIM, "about, as told to us: {value}", "{value}, {value}", "Write {value} once"),
    Mistake("no form", CLAIM, '"on_claim"', '"on_claims"', "'on_claim'?"),
    Mistake("no step", CLAIM, '"on.es.esa"', '"on.es.esas"', "Did you mean 'on.es.esa'?"),
    Mistake("limits of whom", CLAIM, 'limits = "own"', 'limits = "mine"', "'own', 'all'."),
    Mistake("form asks of nobody", FORMS, '"entry.first_on"', '"status.held"', UNTOLD),
    Mistake("form nowhere", FORMS, 'jurisdiction = "fed"', 'jurisdiction = "can"', "Use "),
    Mistake("sign of no fact", "indicators/doc.toml", '"doc.held"', '"doc.hold"', "'doc.held'?"),
)  # fmt: skip


@pytest.fixture
def content(tmp_path):
    """A copy of the content that may be spoilt."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def _load(root: Path) -> None:
    """Load every part, as the checks do."""
    book = Book(root)
    for part in (
        "edition", "vocabulary", "sources", "dangers", "definitions", "remedies", "ways",
        "contacts", "interview", "rights", "wholes", "standards", "topics", "outlines", "forms",
    ):  # fmt: skip
        assert getattr(book, part)
    assert book.words.texts
    assert book.words.languages


def _plant(root: Path, mistake: Mistake) -> int:
    """Spoil a file at the first place that fits; return the line of it."""
    path = root / mistake.file
    before, right, after = path.read_text(encoding="utf-8").partition(mistake.right)
    assert right, f"{mistake.file} no longer holds {mistake.right!r}: plant the mistake elsewhere"
    path.write_text(f"{before}{mistake.wrong}{after}", encoding="utf-8")
    return before.count("\n") + 1 - mistake.above


def test_the_content_as_it_stands_loads(content):
    _load(content)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_is_refused_with_its_file_its_line_and_the_cure(content, mistake):
    line = _plant(content, mistake)

    with pytest.raises(ContentError) as refusal:
        _load(content)

    said = str(refusal.value)
    assert said.split(": ", maxsplit=1)[0] == f"{mistake.file}:{line}"
    assert mistake.cure in said


def test_a_fact_is_refused_in_a_second_file_too(content):
    told = (content / PAPERS).read_text(encoding="utf-8")
    (content / "facts" / "zz_again.toml").write_text(told, encoding="utf-8")
    with pytest.raises(ContentError, match=r"^facts/zz_again\.toml:2: doc\.held: .*one place"):
        _load(content)


def test_a_page_that_asks_too_much_is_refused(content):
    path = content / QUESTIONS
    told = path.read_text(encoding="utf-8")
    path.write_text(
        told.replace(
            '"pay.unpaid_part",', '"pay.unpaid_part", "pay.kickback", "pay.break_fee", ', 1
        ),
        encoding="utf-8",
    )
    with pytest.raises(ContentError, match=r"^interview\.toml:\d+: .*at most 5"):
        _load(content)
