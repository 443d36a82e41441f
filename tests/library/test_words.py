"""Words are found in each language, counted as it counts, and never shown stale or half."""

from datetime import date

import pytest

from alongside.library.reading import Text
from alongside.library.words import PSEUDO, Span, Words, pseudo

DAY = date(2026, 7, 1)


@pytest.fixture(scope="module")
def words(book):
    return book.words


def _lone(spans: tuple[Span, ...]) -> str:
    assert len(spans) == 1
    return spans[0].text


@pytest.mark.parametrize(
    ("lang", "number", "shown"),
    [
        ("en", 0, "0 days left"),
        ("en", 1, "1 day left"),
        ("en", 2, "2 days left"),
        ("fr", 0, "jour "),
        ("fr", 1, "jour "),
        ("fr", 2, "jours "),
        ("es", 1, "queda 1 día"),
        ("es", 5, "quedan 5 días"),
        ("ar", 2, "يومان"),
        ("ar", 3, "3 أيام"),
        ("ar", 11, "11 يوما"),
        ("ar", 100, "100 يوم"),
    ],
)
def test_each_language_counts_in_its_own_way(words, lang, number, shown):
    assert shown in f"{_lone(words.voice(lang).count('days_left', number))} "


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar", PSEUDO])
@pytest.mark.parametrize("number", [0, 1, 2, 3, 11, 100])
def test_no_place_is_left_unfilled(words, lang, number):
    for key in words.plurals:
        for span in words.voice(lang).count(key, number):
            assert "{" not in span.text, key


def test_the_authored_languages_say_every_text_alone(words):
    for text in words.texts.values():
        assert words.voice("en").spans(text) == (Span("en", text.en),)
        assert words.voice("fr").spans(text) == (Span("fr", text.fr),)


def test_what_is_not_translated_is_said_in_english_and_in_french(words):
    text = Text("nowhere.key", "A new sentence.", "Une nouvelle phrase.")
    for lang in ("es", "ar"):
        assert words.voice(lang).spans(text) == (
            Span("en", "A new sentence."),
            Span("fr", "Une nouvelle phrase."),
        )


def test_a_language_without_a_catalogue_falls_back_whole(book, tmp_path):
    bare = Words(book.root, tmp_path).voice("es")
    assert [span.lang for span in bare.spans(bare.word("leave"))] == ["en", "fr"]
    spans = bare.count("days_left", 0)
    assert [span.lang for span in spans] == ["en", "fr"]
    assert spans[0].text == "0 days left"


@pytest.mark.parametrize(
    ("lang", "shown"),
    [("en", "July 1, 2026"), ("fr", "1er juillet 2026"), ("es", "1 de julio de 2026")],
)
def test_a_day_is_written_with_its_month_in_words(words, lang, shown):
    language = words.languages[lang]
    assert language.day(DAY) == shown
    assert "2026" in language.month(DAY)
    assert len(language.months) == 12


def test_only_languages_written_right_to_left_say_so(words):
    assert {key for key, language in words.languages.items() if language.dir == "rtl"} == {"ar"}


def test_no_translation_claims_a_check_that_nobody_made(words):
    assert {key: words.languages[key].checked_by for key in ("es", "ar")} == {"es": "", "ar": ""}


def test_a_word_that_does_not_exist_is_an_error_and_not_an_empty_page(words):
    with pytest.raises(KeyError):
        words.voice("en").word("no_such_word")


def test_the_pseudo_locale_is_longer_and_keeps_numbers_and_places():
    shown = pseudo("Call 1-833-900-1010 in {n} days")
    assert "1-833-900-1010" in shown
    assert "{n}" in shown
    assert "Call" not in shown
    assert len(shown) >= len("Call 1-833-900-1010 in {n} days") * 1.3
