"""Content ages by itself: law past its review asks for a lawyer, a stale translation is not shown."""

import shutil
from datetime import timedelta

import pytest

from alongside.library.book import CONTENT, Book

LOCALE = CONTENT.parent / "locale"


def _may_stand_without_a_lawyer(book: Book) -> list[str]:
    return [
        key
        for key, remedy in book.remedies.items()
        if not book.look({}, remedy.rule.review_by).remedies[key].lawyer_first
    ]


def test_a_remedy_asks_for_a_lawyer_the_day_after_its_review_was_due(book):
    free = _may_stand_without_a_lawyer(book)
    assert free, "every remedy asks for a lawyer: this test would see nothing"
    for key in free:
        due = book.remedies[key].rule.review_by
        assert book.look({}, due + timedelta(days=1)).remedies[key].lawyer_first, key


def test_ageing_turns_on_the_lawyer_and_changes_no_verdict(book):
    """What was not reviewed in time may be wrong; it is never a reason to close a door."""
    for key, remedy in book.remedies.items():
        due = remedy.rule.review_by
        fresh, stale = (book.look({}, due + timedelta(days=d)).remedies[key] for d in (0, 1))
        assert fresh.verdict == stale.verdict, key
        assert fresh.dangers == stale.dangers, key


@pytest.fixture
def shelf(tmp_path):
    """A copy of the content with its catalogues."""
    shutil.copytree(CONTENT, tmp_path / "content")
    shutil.copytree(LOCALE, tmp_path / "locale")
    return tmp_path


@pytest.mark.parametrize("lang", ["es", "ar"])
def test_a_translation_whose_english_has_changed_is_not_shown(shelf, lang):
    before = Book(shelf / "content").words
    text = before.texts["danger_now"]
    assert [span.lang for span in before.voice(lang).spans(text)] == [lang]

    path = shelf / "content" / "words" / "safety.toml"
    changed = path.read_text(encoding="utf-8").replace(text.en, f"{text.en} Today too.")
    path.write_text(changed, encoding="utf-8")

    after = Book(shelf / "content").words
    spans = after.voice(lang).spans(after.texts["danger_now"])
    assert [span.lang for span in spans] == ["en", "fr"]
    assert spans[0].text.endswith("Today too.")


@pytest.mark.parametrize("lang", ["es", "ar"])
def test_counted_words_whose_english_has_changed_are_not_shown(shelf, lang):
    before = Book(shelf / "content").words
    assert [span.lang for span in before.voice(lang).count("days_left", 3)] == [lang]

    path = shelf / "content" / "words" / "counts.toml"
    told = path.read_text(encoding="utf-8")
    assert "{n} days left" in told
    path.write_text(told.replace("{n} days left", "{n} days to go"), encoding="utf-8")

    spans = Book(shelf / "content").words.voice(lang).count("days_left", 3)
    assert [span.lang for span in spans] == ["en", "fr"]
    assert spans[0].text == "3 days to go"
