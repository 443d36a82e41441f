"""Somebody asks in their own words and script, and is led where they want to go and nowhere else."""

import pytest

from alongside.library.directory.asking import folded


@pytest.fixture(scope="module")
def needs(book):
    return book.needs


def test_there_are_the_seventy_needs_each_with_its_parent_and_both_names(needs):
    assert len(needs.by_key) == 70
    assert len([need for need in needs.by_key.values() if not need.parent]) == 14
    for need in needs.by_key.values():
        assert not need.parent or need.parent in needs.by_key
        for text in (need.name, need.says):
            assert text.en
            assert text.fr
            assert text.en != text.fr or text.en == "Police", need.key


def test_every_word_leads_home(needs):
    """Each phrase of each language, asked for alone, leads to its own need first."""
    for need in needs.by_key.values():
        look = needs.reported if need.reports else needs.asked
        for language, phrases in need.words.items():
            for phrase in phrases:
                assert look(phrase)[:1] == (need.key,), (language, phrase)


def test_no_search_for_help_leads_to_those_who_can_act_against_a_person(needs):
    every = [
        phrase for need in needs.by_key.values() for row in need.words.values() for phrase in row
    ]
    for phrase in every:
        assert not any(key.startswith("report") for key in needs.asked(phrase)), phrase
    assert needs.asked("police") == ()
    assert needs.reported("police") == ("report.police",)
    assert not any(need.reports for need in needs.help)
    assert {need.key for need in needs.reporting} == {
        "report", "report.inspectorate", "report.police", "report.employerline",
    }  # fmt: skip


def test_the_way_home_is_found_by_who_asks_and_is_never_offered(needs):
    assert [need.key for need in needs.by_key.values() if not need.suggested] == ["settle.return"]
    assert needs.asked("I want a ticket home") == ("settle.return",)
    for asked in ("home", "a home of my own", "I want to stay in Canada", "family in my country"):
        assert "settle.return" not in needs.asked(asked)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("My boss does not pay me", "legal.employment"),
        ("Mon patron ne me paie pas!", "legal.employment"),
        ("mi jefe no me paga", "legal.employment"),
        ("LAWYERS", "legal"),
        ("Necesito un abogado", "legal"),
        ("المحامي", "legal"),  # with the article
        ("محامٍ", "legal"),  # with a vowel sign
        ("वकील", "legal"),
        ("ਵਕੀਲ ਚਾਹੀਦਾ", "legal"),
        ("我要找律师", "legal"),  # two signs among others
        ("ต้องการทนายความ", "legal"),
        ("luật sư", "legal"),
        ("luat su", "legal"),  # without accents
        ("адвокат", "legal"),
        ("وکیل", "legal"),
        ("வழக்கறிஞர்", "legal"),
        ("avoka", "legal"),
        ("救命", "safety.hotline"),
        ("đồ ăn", "basics.food"),
        ("do an", "basics.food"),
        ("quiero morir", "mental.crisis"),
        ("nowhere to sleep tonight", "shelter.emergency"),
        ("they took my passport", "settle.documents"),
    ],
)
def test_a_need_is_found_in_the_words_and_the_script_of_who_asks(needs, asked, expected):
    assert expected in needs.asked(asked)


def test_the_longest_words_win(needs):
    assert needs.asked("ใบอนุญาตทำงาน") == ("work.permit",)  # holds the word for work
    assert needs.asked("free lawyer") == ("legal.aid",)
    assert needs.asked("deportation") == ("legal.immigration",)
    assert needs.asked("tiền lương") == ("legal.employment",)  # begins with the word for money


def test_several_needs_in_one_sentence_are_all_found_in_their_order(needs):
    found = needs.asked("I am not paid and I have nowhere to sleep tonight. I need a doctor")
    assert found == ("legal.employment", "shelter.emergency", "health.primary")


def test_an_indic_word_is_not_another_that_begins_with_the_same_letters():
    """The trap of the default tokenizers: vowel signs are part of the word."""
    assert folded("भाषा") != folded("भीषि")
    assert len(folded("भाषा")) == 1
    assert folded("காயம்") != folded("காய")


def test_unknown_words_lead_nowhere(needs):
    assert needs.asked("") == ()
    assert needs.asked("qwerty 123 … !!") == ()


def test_words_say_who_has_checked_them(needs):
    assert {
        "en",
        "fr",
        "es",
        "ar",
        "hi",
        "pa",
        "th",
        "zh",
        "vi",
        "uk",
        "tl",
        "fa",
        "ta",
        "pt",
        "ht",
    } == set(needs.languages)
    assert all(one.checked_by == "" for one in needs.languages.values())  # nobody yet: say so
