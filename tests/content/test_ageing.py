"""Content ages by itself: law past its review asks for a lawyer, a stale translation is not shown."""

import shutil
from datetime import date, timedelta

import pytest

from alongside.library.book import CONTENT, Book
from alongside.library.reading import ContentError

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


def test_a_remedy_counts_as_fresh_no_longer_than_the_dangers_told_with_it(book):
    """It would be told beside a danger that nobody has looked at since."""
    for key, remedy in book.remedies.items():
        dangers = [book.dangers[danger.key].review.review_by for danger in remedy.rule.dangers]
        assert remedy.rule.review_by == min([remedy.review_by, *dangers]), key


def test_a_danger_past_its_date_brings_the_lawyer_to_every_remedy_it_is_told_with(shelf):
    path = shelf / "content" / "dangers.toml"
    told = path.read_text(encoding="utf-8")
    due = "as_of = 2026-06-01\nreview_by = 2026-10-01\n"
    path.write_text(
        told.replace('key = "risk.info_shared_c12"\n', f'key = "risk.info_shared_c12"\n{due}'),
        encoding="utf-8",
    )
    aged, on = Book(shelf / "content"), date(2026, 10, 2)
    naming = [
        k
        for k, r in aged.remedies.items()
        if "risk.info_shared_c12" in {d.key for d in r.rule.dangers}
    ]
    assert len(naming) > 2
    before, after = (aged.look({}, on - timedelta(days=d)).remedies for d in (1, 0))
    assert all(after[key].lawyer_first for key in naming)
    assert not all(before[key].lawyer_first for key in naming), "on its last day it was fresh"
    assert all(before[key].verdict == after[key].verdict for key in naming)


def test_an_entry_without_dates_is_as_old_as_the_source_of_it_that_was_read_first(book):
    for danger in book.dangers.values():
        read = [book.sources.table[cite.source].read_on for cite in danger.cites]
        if read:
            assert danger.review.as_of.isoformat() == min(read), danger.key
    mixed = book.dangers["risk.tip_off_if_no_status"]
    assert mixed.review.as_of == date(2026, 11, 21)
    assert mixed.review.review_by == date(2027, 5, 21), "six months later"


def test_a_review_that_is_due_before_it_was_read_is_refused(shelf):
    path = shelf / "content" / "dangers.toml"
    told = path.read_text(encoding="utf-8")
    path.write_text(
        told.replace("as_of = 2026-11-21\n", "as_of = 2026-11-21\nreview_by = 2026-11-20\n"),
        encoding="utf-8",
    )
    with pytest.raises(ContentError, match=r"risk.public_record: it is due before it was read\."):
        assert Book(shelf / "content").dangers


def test_a_number_that_was_not_checked_in_time_is_told_as_one_that_may_be_old(book):
    line = book.contacts["tel.hotline"]
    due = line.review.review_by
    assert not line.on(due).unverified
    assert line.on(due + timedelta(days=1)).unverified


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
