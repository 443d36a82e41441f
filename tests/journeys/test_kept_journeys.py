"""Journeys: keep and return, be answered, take it back, a phone in the wrong hands, lost words, erase.

In a real browser, with and without scripts, in English, French and Arabic.
"""

import re
from dataclasses import dataclass

import pytest

from alongside.doors.showing.speaking import book, speaker
from tests.doors.visiting import words
from tests.journeys.deskside import AGENCY, answer, found
from tests.journeys.serving import follow, tell
from tests.people import MATEO

LANGUAGES = ("en", "fr", "ar")
SECOND = "blue kettle"
REPLY = "Thank you for writing. We can help with this."
TOLD = book().vocabulary.facts["doc.held"].question
RULE = book().rights.said["doc.held"].rule


def said(lang, text):
    """Return words of a page, or a text of the content, as a reader meets them."""
    spoken = speaker(lang).w(text) if isinstance(text, str) else speaker(lang).say(text)
    return words(f"<main>{spoken}")


@dataclass
class Mine:
    """What the page showed to take along."""

    number: str
    phrase: str
    check: str


class Phone:
    """A page on somebody's phone, in one language."""

    def __init__(self, page, lang) -> None:
        self.page, self.lang = page, lang

    def go(self, path):
        self.page.goto(f"/{self.lang}/{path}")
        return self

    def press(self, key, role="button"):
        follow(self.page, said(self.lang, key), role)
        return self

    def write(self, name, text, inside=""):
        self.page.locator(f"{inside} [name^={name}]").first.fill(text)
        return self

    @property
    def text(self):
        return words(self.page.content())

    def mine(self):
        big = self.page.locator(".mine .big")
        number = re.sub(r"\D", "", big.first.inner_text())
        listed = self.page.locator(".words bdi").all_inner_texts()
        digits = self.page.locator(".digits bdi").all_text_contents()
        return Mine(number, " ".join(listed or digits), big.last.inner_text())

    def leave(self):
        follow(self.page, said(self.lang, "leave"), "link")
        assert self.page.url.endswith("/n/")
        return self

    def come_back(self, mine):
        self.go("").press("kept_back_link", "link")
        self.write("number", mine.number).write("words", mine.phrase)
        return self.press("kept_back_show")

    def open(self, second=SECOND):
        self.write("second", second, ".told")
        return self.press("kept_told_show")


@pytest.fixture
def phone(visit, server, js):
    """Open a phone in a language; ``told=True``: somebody has answered on it."""

    def opened(lang, *, told=False):
        found(server)
        return Phone(visit(js=js, token=tell(server, MATEO.answers) if told else ""), lang)

    return opened


def sent(phone, lang):
    """Given somebody who told much, and opened their work to the clinic."""
    mateo = phone(lang, told=True)
    mateo.go("s/").press("kept_send_link", "link")
    assert AGENCY in mateo.text
    assert said(lang, "forced_lawyer") in mateo.text
    mateo.press("kept_choose_one")
    for box in mateo.page.locator("[name=section]").all():
        box.set_checked(box.get_attribute("value") == "work")
    mateo.press("next")
    summary = mateo.page.locator("dl").inner_text()
    assert AGENCY in summary
    assert said(lang, "section_work") in summary
    mateo.write("message", "Can you help me?").write("second", SECOND).press("kept_send")
    return mateo


@pytest.mark.parametrize("lang", LANGUAGES)
def test_keep_and_return(phone, lang):
    # Given Mateo, who told what happens at work
    mateo = phone(lang, told=True)
    # When he keeps it, with a second word of his own, notes what he is shown, and leaves
    mateo.go("s/").press("kept_keep_link", "link")
    assert said(lang, "kept_means_nobody") in mateo.text
    mateo.write("second", SECOND).press("kept_do_keep")
    mine = mateo.mine()
    assert (len(mine.number), len(mine.phrase.split())) == (8, 6 if lang == "ar" else 8)
    assert said(lang, "kept_second_apart") in mateo.text
    mateo.press("kept_i_have")
    mateo.go("k/")
    assert mine.number[:4] not in mateo.text
    mateo.leave()
    # And comes back on another phone with number, words and second word
    other = phone(lang).come_back(mine)
    assert said(lang, "kept_none_sent") in other.text
    other.open().press("kept_see_told")
    # Then what he told is there, and can be changed, and the change is kept
    assert said(lang, TOLD) in other.text
    follow(other.page, said(lang, "change_answer"), "link")
    other.page.locator("[name='pay.unpaid_part'][value=no]").check()
    other.press("back_to_way").press("kept_changes_keep")
    assert said(lang, "kept_said_more") in other.text
    other.leave()
    third = phone(lang).come_back(mine).open().press("kept_see_told")
    assert said(lang, book().rights.said["pay.unpaid_part"].rule) not in third.text
    assert said(lang, RULE) in third.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_share_be_answered_and_take_it_back(phone, server, lang):
    # Given Mateo, who sent, and has his words
    mateo = sent(phone, lang)
    mine = mateo.mine()
    mateo.press("kept_i_have")
    assert said(lang, "kept_no_answer") in mateo.text
    mateo.go("s/")
    assert said(lang, RULE) not in mateo.text, "what he told has left the phone"
    mateo.leave()
    # When the clinic answers, and he comes back
    before = answer(server, REPLY, asks="immigration")
    back = phone(lang).come_back(mine)
    # Then the answer is there, and what the clinic asks for is his to open
    assert REPLY in back.text
    assert said(lang, "section_immigration") in back.text
    back.write("second", SECOND, ".letters").press("kept_ask_open")
    assert said(lang, "kept_ask_done") in back.text
    # And he answers
    slip = {"name": "slip.png", "mimeType": "image/png", "buffer": bytes(range(256)) * 20_000}
    back.page.locator("[name^=file]").set_input_files(slip)
    back.write("message", "My permit ends soon.").press("kept_write_send")
    assert "My permit ends soon." in back.text
    assert "slip.png" in back.text
    # And he sees who opened what
    back.press("kept_journal_heading", "link")
    assert AGENCY in back.text
    # And he takes it back, in two taps
    back.go("m/").page.get_by_text(said(lang, "kept_back_take"), exact=True).first.click()
    back.press("kept_take_now")
    assert said(lang, "kept_said_taken") in back.text
    assert answer(server, "") == before - 1
    back.leave()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_phone_in_the_wrong_hands(phone, server, lang):
    # Given somebody who found the number and the words of Mateo, and not the second word
    mateo = sent(phone, lang)
    mine = mateo.mine()
    mateo.leave()
    answer(server, REPLY)
    wrong = phone(lang).come_back(mine)
    # Then they read messages, and nothing that he told, on no page
    assert REPLY in wrong.text
    for page in ("s/", "o/", "p/", "w/", "j/", "q/1/1/"):
        wrong.go(page)
        assert said(lang, RULE) not in wrong.text
        assert wrong.page.locator(":checked:not(option)").count() == 0, page
    # The word itself, and not one like it that a page says anyway
    assert mine.check not in wrong.go("m/").page.locator("bdi").all_inner_texts()
    # When they guess at the second word
    for guess in ("kettle", "bouilloire", "password", "1234", "qwerty"):
        wrong.open(guess)
    # Then they are made to wait
    assert wrong.page.locator(".told [name=second]").count() == 0
    assert speaker(lang).count("kept_wait", 15) in wrong.text
    # And Mateo sees that somebody tried
    wrong.go("j/")
    assert said(lang, "kept_deed_second_word_wrong") in wrong.text
    # And after leaving, Back shows nothing
    wrong.leave()
    for _ in range(6):
        if wrong.page.go_back(wait_until="load") is None:
            break
        assert REPLY not in wrong.page.content()
        assert mine.number not in wrong.page.content()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lost_words(phone, lang):
    # Given somebody who does not know their words any more
    lost = phone(lang).go("b/")
    # When they try what they remember
    lost.write("number", "1234 5678").write("words", "river lake")
    lost.press("kept_back_show")
    # Then what they wrote is still there, and the page says what can be done, kindly
    assert lost.page.locator("[name=words]").input_value() == "river lake"
    assert lost.page.locator("[name=number]").input_value() == "1234 5678"
    lost.page.get_by_text(said(lang, "kept_back_lost"), exact=True).click()
    assert said(lang, "kept_back_lost_text") in lost.text
    lost.write("words", " ".join(["1234"] * 6)).press("kept_back_show")
    assert said(lang, "kept_back_wrong") in lost.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_erase(phone, server, lang):
    # Given Mateo, who sent
    mateo = sent(phone, lang)
    mine = mateo.mine()
    mateo.press("kept_i_have")
    before = answer(server, "")
    # When he erases everything, with his second word
    mateo.press("kept_erase_heading", "link")
    assert said(lang, "kept_erase_read") in mateo.text
    mateo.write("second", SECOND).press("kept_erase_do")
    # Then it is gone, for him and for the clinic
    assert said(lang, "kept_gone_heading") in mateo.text
    assert mateo.page.context.cookies() == []
    assert answer(server, "") == before - 1
    mateo.go("b/").write("number", mine.number).write("words", mine.phrase)
    mateo.press("kept_back_show")
    assert said(lang, "kept_back_wrong") in mateo.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_somebody_else_erases(phone, server, lang):
    # Given somebody who found the number and the words of Mateo, and not the second word
    mateo = sent(phone, lang)
    mine = mateo.mine()
    mateo.leave()
    before = answer(server, REPLY)
    wrong = phone(lang).come_back(mine)
    # When they erase everything
    wrong.press("kept_erase_heading", "link")
    wrong.press("kept_erase_later_do")
    assert said(lang, "kept_gone_heading") in wrong.text
    assert wrong.page.context.cookies() == []
    # Then nobody opens anything with number and words, nor the clinic
    assert answer(server, "") == before - 1
    back = phone(lang).come_back(mine)
    assert said(lang, "kept_back_wrong") in back.text
    assert REPLY not in back.text
    # And Mateo, with his second word, learns of it and keeps what is his
    back.write("second", SECOND).press("kept_back_show")
    assert said(lang, "kept_asked_heading") in back.text
    back.press("kept_asked_keep")
    # And gets new words
    back.write("second", SECOND).press("kept_new_do")
    new = back.mine()
    assert new.number != mine.number
    back.press("kept_new_have")
    assert said(lang, "kept_said_renewed") in back.text
    assert REPLY in back.text
    back.leave()
    # Then what was found opens nothing any more, and the new words open all of it
    assert said(lang, "kept_back_wrong") in phone(lang).come_back(mine).text
    third = phone(lang).come_back(new)
    assert REPLY in third.text
    third.press("kept_journal_heading", "link")
    for deed in ("erase_asked", "erase_stopped", "renewed"):
        assert said(lang, f"kept_deed_{deed}") in third.text
