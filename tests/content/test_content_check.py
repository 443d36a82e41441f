"""The content check sees each kind of breach, and the content as it stands has none."""

import dataclasses
import shutil
import subprocess
import sys
from datetime import date
from types import SimpleNamespace

import polib
import pytest

from alongside.library.book import CONTENT
from alongside.library.reading import Text
from alongside.library.reviewing import Review
from tools import content_check
from tools.content_catalogues import check_catalogue, english, numbers
from tools.content_grade import count, levels, too_hard
from tools.content_texts import Placed, doubled_keys, placed_texts
from tools.content_unused import unused_words
from tools.content_words import french_spaces, never_said, still_english
from tools.mend_french import mend

ROOT = CONTENT.parent
SCRIPT = ROOT / "tools" / "content_check.py"


def _text(
    en: str = "Yes", fr: str = "Oui", field: str = "why", file: str = "facts/pay.toml"
) -> Placed:
    return Placed(file, 7, field, en, fr)


def test_the_content_as_it_stands_is_whole():
    assert list(content_check.breaches(ROOT)) == []


def test_a_breach_is_printed_with_its_place_and_ends_with_1(tmp_path):
    shutil.copytree(CONTENT, tmp_path / "content")
    shutil.copytree(ROOT / "locale", tmp_path / "locale")
    path = tmp_path / "content" / "interview.toml"
    told = path.read_text(encoding="utf-8")
    assert 'name.fr = "La paie"' in told
    path.write_text(told.replace('name.fr = "La paie"', 'name.fr = "Pay"', 1), encoding="utf-8")
    line = told[: told.index('name.fr = "La paie"')].count("\n") + 1

    done = subprocess.run(
        [sys.executable, SCRIPT, tmp_path], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (1, "")
    assert f"content/interview.toml:{line}: the French is the English 'Pay'." in done.stdout
    assert done.stdout.endswith("content: 1 breaches\n")


def test_content_that_does_not_load_is_one_line_and_no_traceback(tmp_path):
    shutil.copytree(CONTENT, tmp_path / "content")
    (tmp_path / "content" / "dangers.toml").write_text("oops", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, SCRIPT, tmp_path], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("dangers.toml:1: this is not TOML")


@pytest.mark.parametrize(
    "fr", ["Ici : là", "« oui\u00a0»", "«\u00a0oui »", "10 %", "50\u00a0000 $"]
)
def test_a_french_space_that_may_break_is_refused(fr):
    found = list(french_spaces([_text(fr=fr)]))
    assert found[0].startswith("content/facts/pay.toml:7: 1 straight space")
    assert found[1].startswith("content/facts/pay.toml: 1 wrong spaces in all.")


@pytest.mark.parametrize("fr", ["Quoi ?", "Quoi\u00a0?", "Oui\u202f; non", "Oui !"])
def test_a_french_space_before_a_sign_that_takes_none_in_canada_is_refused(fr):
    found = list(french_spaces([_text(fr=fr)]))
    assert found[0].startswith("content/facts/pay.toml:7: 1 space(s) before")


@pytest.mark.parametrize(
    "fr",
    ["Quoi? Oui; non!", "Ici\u202f: là", "«\u00a0oui\u00a0»", "à 9:30", "10\u00a0% de 50\u00a0$"],
)
def test_french_spaced_as_in_canada_is_right(fr):
    assert list(french_spaces([_text(fr=fr)])) == []


def test_french_that_is_english_is_refused_unless_listed_and_a_stale_listing_is_too(tmp_path):
    same = tmp_path / "same.toml"
    same.write_text('same = ["Ontario", "Yukon"]', encoding="utf-8")
    found = list(still_english([_text("Ontario", "Ontario"), _text("Pay", "Pay"), _text()], same))
    assert len(found) == 2
    assert "'Pay'" in found[0]
    assert "'Yukon'" in found[1]


@pytest.mark.parametrize(
    ("en", "fr"),
    [
        ("You are a victim.", "Oui"),
        ("Yes", "Vous êtes victime de la traite."),
        ("We rescue people.", "Oui"),
        ("Submit the form", "Oui"),
        ("Invalid answer", "Oui"),
        ("Please provide your name", "Oui"),
        ("Yes", "Veuillez fournir votre nom"),
        ("Illegal work", "Oui"),
        ("Yes", "travail clandestin"),
        ("Call now!", "Oui"),
    ],
)
def test_a_word_we_never_say_is_refused_to_a_worker_only(en, fr):
    assert len(list(never_said([_text(en, fr)]))) == 1
    assert list(never_said([_text(en, fr, field="note")])) == []
    assert list(never_said([_text(en, fr, file="definitions.toml", field="text")])) == []


@pytest.mark.parametrize(
    ("en", "fr"),
    [
        (
            "You can ask for a permit for victims of trafficking.",
            "le permis pour victimes de la traite",
        ),
        ("VictimLink BC", "Programme d'aide aux victimes d'actes criminels"),
    ],
)
def test_an_official_name_may_stand(en, fr):
    assert list(never_said([_text(en, fr)])) == []


def test_keys_that_stand_twice_are_found_in_one_list_and_across_files_of_a_list(tmp_path):
    facts = tmp_path / "facts"
    facts.mkdir()
    (facts / "a.toml").write_text('[[fact]]\nkey = "a"\n\n[[fact]]\nkey = "a"\n', encoding="utf-8")
    (facts / "b.toml").write_text('[[fact]]\nkey = "a"\n', encoding="utf-8")
    found = list(doubled_keys(tmp_path))
    assert [line.split(": ")[0] for line in found] == [
        "content/facts/a.toml:5",
        "content/facts/b.toml:2",
    ]


def test_a_word_that_no_page_says_is_found_however_pages_put_its_key_together(tmp_path):
    page = tmp_path / "alongside" / "doors" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text("""{{ s.w("whole") }} {{ s.w("begins_" ~ key) }} {{ s.w(key ~ "_ends") }}""")
    (page.parent / "page.py").write_text("""word = f"worked_{key}" or f'{key}_out'""")
    said = ["whole", "begins_so", "so_ends", "worked_so", "so_out"]
    found = list(unused_words([*said, "never", "wholes", "begin"], tmp_path))
    assert [line.split("'")[1] for line in found] == ["never", "wholes", "begin"]


def test_a_text_is_placed_at_its_own_line():
    for text in placed_texts(CONTENT):
        lines = (CONTENT / text.file).read_text(encoding="utf-8").splitlines()
        written = text.fr.replace('"', '\\"')
        assert written in lines[text.line - 1], text


def test_words_sentences_and_syllables_are_counted_nearly_as_a_person_would():
    easy, hard = (
        count("The boss owes you pay. You can ask for it."),
        count(
            "Notwithstanding jurisdictional considerations, administrative reconsideration necessitates"
            " comprehensive documentation."
        ),
    )
    assert (easy.words, easy.sentences, easy.syllables) == (10, 2, 10)
    assert easy.grade < 2
    assert hard.grade > 20
    assert count("").grade == 0


def test_a_long_hard_text_is_refused_and_a_kind_that_is_hard_as_a_whole():
    long = "If the application that was previously adjudicated is subsequently reconsidered " * 3
    assert any("Split the sentence" in line for line in too_hard([_text(long)]))
    short = [_text("Administrative reconsideration necessitates documentation.")] * 5
    assert any("facts.why reads at grade" in line for line in too_hard(short))
    assert list(too_hard([_text(long, field="note")])) == []


def test_every_kind_a_worker_reads_is_graded():
    kinds, graded = levels(placed_texts(CONTENT))
    assert {"facts.why", "facts.told", "remedies.gives", "dangers.text", "words.words"} <= set(
        kinds
    )
    assert "remedies.note" not in kinds
    assert len(graded) > 100


HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: {rule};\\n"\n'
TWO = "nplurals=2; plural=(n != 1)"


@pytest.fixture
def said_of(tmp_path, book):
    """What the check says of a catalogue of one entry."""
    current = english(book) | {"test.call": {"Call 9-1-1 within 15 days, {name}."}}

    def _said(entry: polib.POEntry, rule: str = TWO) -> list[str]:
        path = tmp_path / "es" / "LC_MESSAGES" / "alongside.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD.format(rule=rule) + "\n" + str(entry), encoding="utf-8")
        return list(check_catalogue(path, book, current))

    return _said


@pytest.mark.parametrize(
    ("key", "en", "es", "found"),
    [
        ("test.call", "Call 9-1-1 within 15 days, {name}.", "{name}: en 15 días, 9-1-1.", None),
        (
            "test.call",
            "Call 9-1-1 within 15 days, {name}.",
            "Llame al 911 en 15 días, {name}.",
            "numbers",
        ),
        (
            "test.call",
            "Call 9-1-1 within 15 days, {name}.",
            "Llame al 9-1-1 en 51 días, {name}.",
            "numbers",
        ),
        ("test.call", "Call 9-1-1 within 15 days, {name}.", "9-1-1, 15 días, {nombre}", "{places}"),
        ("test.call", "Call 9-1-1 within 15 days, {name}.", "9-1-1, 15 días", "{places}"),
        ("test.call", "Call 9-1-1 within 15 days, {name}.", "", "empty"),
        ("test.call", "Call 9-1-1 in 15 days, {name}.", "{name}: en 15 días, 9-1-1.", "stale"),
        ("test.gone", "Anything", "Algo", "no text has this key"),
    ],
)
def test_a_translation_that_says_something_else_is_refused(said_of, key, en, es, found):
    said = said_of(polib.POEntry(msgctxt=key, msgid=en, msgstr=es))
    assert [found in line for line in said] == ([True] if found else [])


def test_a_fuzzy_translation_is_refused(said_of, book):
    text = book.words.texts["leave"]
    entry = polib.POEntry(msgctxt=text.key, msgid=text.en, msgstr="Salir", flags=["fuzzy"])
    assert "fuzzy" in said_of(entry)[0]


@pytest.mark.parametrize(
    ("forms", "rule", "found"),
    [
        ({0: "queda {n} día", 1: "quedan {n} días"}, TWO, None),
        ({0: "queda un día", 1: "quedan {n} días"}, TWO, None),
        ({0: "queda {n} día", 1: "quedan días"}, TWO, "serves several numbers"),
        ({0: "queda {n} día", 1: "quedan {x} días"}, TWO, "the English has not"),
        ({0: "queda {n} día", 1: ""}, TWO, "form 1 is empty"),
        ({0: "queda {n} día", 1: "quedan {n} días"}, "nplurals=3; plural=n%3", "plural forms"),
    ],
)
def test_counted_words_are_whole_in_every_form(said_of, book, forms, rule, found):
    one, other = (book.words.plurals["days_left"][form] for form in ("one", "other"))
    entry = polib.POEntry(msgctxt=one.key, msgid=one.en, msgid_plural=other.en, msgstr_plural=forms)
    assert [found in line for line in said_of(entry, rule)] == ([True] if found else [])


def test_numbers_are_compared_whatever_digits_they_are_written_in():
    assert numbers("قبل ١٥ يوما 1-833-900-1010") == numbers("1-833-900-1010, 15 days, {n}")
    assert numbers("one or 2") == numbers("one or two")


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"cites": ()}, "cites nothing"),
        ({"confidence": ""}, "no confidence"),
        ({"unlocks": ("fed.none",)}, "which is no remedy"),
    ],
)
def test_a_remedy_without_source_confidence_or_with_a_lost_name_is_refused(book, changes, found):
    key, remedy = next(iter(book.remedies.items()))
    spoilt = SimpleNamespace(
        remedies={**book.remedies, key: dataclasses.replace(remedy, **changes)},
        ways=book.ways, rights=book.rights, interview=book.interview, words=book.words,
        topics=book.topics,
    )  # fmt: skip
    said = [*content_check._remedies(spoilt), *content_check._names(spoilt)]
    assert [found in line and key in line for line in said] == [True]


@pytest.mark.parametrize("days", [100, 300])
def test_a_review_that_is_not_six_months_or_so_away_is_refused(book, days):
    key, remedy = next(iter(book.remedies.items()))
    read_on = remedy.rule.review_by - dataclasses.replace(remedy).as_of.resolution * days
    spoilt = SimpleNamespace(
        remedies={**book.remedies, key: dataclasses.replace(remedy, as_of=read_on)}, ways={}
    )
    assert [key in line for line in content_check._remedies(spoilt)] == [True]


def test_more_predicates_than_one_in_four_are_refused(book):
    leaning = {k: r for k, r in book.remedies.items() if content_check._leans_on_predicate(r)}
    assert leaning
    said = list(content_check._remedies(SimpleNamespace(remedies=leaning, ways={})))
    assert ["need a predicate" in line for line in said] == [True]


def test_a_danger_that_nothing_uses_is_refused(book):
    none = SimpleNamespace(remedies={}, ways={}, dangers=book.dangers)
    assert len(list(content_check._dangers(none))) == len(book.dangers) - 1


def test_mending_changes_the_french_alone_and_leaves_nothing_to_mend():
    told = 'a.en = "What ? 5 %"\na.fr = "Quoi\u00a0? « \\"Oui\\" », 5 % ; non"\n[x] # fr ; not a text\n'
    mended = mend(told)
    assert mended == (
        'a.en = "What ? 5 %"\na.fr = "Quoi? «\u00a0\\"Oui\\"\u00a0», 5\u00a0%; non"\n'
        "[x] # fr ; not a text\n"
    )
    assert mend(mended) == mended


def test_a_standard_that_no_rule_names_or_that_takes_two_sentences_is_refused(book):
    key, standard = next(iter(book.standards.items()))
    nobody = SimpleNamespace(remedies={}, ways={}, standards={key: standard})
    assert [f"no remedy names {key!r}" in line for line in content_check._standards(nobody)] == [
        True
    ]
    long = dataclasses.replace(standard, meaning=Text("x", "One thing. Another.", "Une chose."))
    naming = SimpleNamespace(standards=(key,))
    spoilt = SimpleNamespace(remedies={"a": naming}, ways={}, standards={key: long})
    assert ["one sentence" in line for line in content_check._standards(spoilt)] == [True]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"cites": ()}, "cites nothing"),
        ({"where": "imm5710.html"}, "is no address"),
        ({"questions": ()}, "asks nothing"),
        ({"review": Review(date(2026, 1, 1), date(2027, 1, 1))}, "Six months or so"),
    ],
)
def test_a_form_without_source_address_or_question_is_refused(book, changes, found):
    key = "imm5710"
    spoilt = {**book.forms, key: dataclasses.replace(book.forms[key], **changes)}
    shelf = SimpleNamespace(outlines=book.outlines, forms=spoilt)
    assert [found in line and key in line for line in content_check._papers(shelf)] == [True]


def test_a_form_that_no_paper_names_is_refused(book):
    key, outline = next((k, o) for k, o in book.outlines.items() if "imm0017" in o.forms)
    papers = {**book.outlines, key: dataclasses.replace(outline, forms=())}
    lines = list(content_check._papers(SimpleNamespace(outlines=papers, forms=book.forms)))
    assert any("imm0017" in line and "no paper names it" in line for line in lines)
