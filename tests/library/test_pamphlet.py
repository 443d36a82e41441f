"""The one page to print: one page, tagged, in its language, with numbers in reading order."""

from __future__ import annotations

import re
from datetime import date

import pytest
from pypdf import PdfReader

from alongside.library import pamphlet
from alongside.library.carry import PROVINCES, edition_day
from alongside.library.marking import isolate, runs
from alongside.library.pamphlet import Printer
from alongside.library.typesetting import FONTS, PrintError

LANGS = ("en", "fr", "es", "ar")
HOTLINE = "1-833-900-1010"
EVERY = [(lang, province) for lang in LANGS for province in PROVINCES]


@pytest.fixture(scope="module")
def printer(book):
    return Printer(book, {lang: book.words.voice(lang) for lang in LANGS}, edition_day(book))


@pytest.fixture(scope="module")
def printed(printer, tmp_path_factory):
    folder = tmp_path_factory.mktemp("printed")
    found = {}
    for lang, province in EVERY:
        path = folder / f"{lang}-{province}.pdf"
        path.write_bytes(printer.print(lang, province))
        found[lang, province] = PdfReader(path)
    return found


def _headings(reader: PdfReader) -> list[str]:
    """The headings of the structure tree, in the order a screen reader meets them."""
    found, ahead = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while ahead:
        node = ahead.pop(0).get_object()
        if isinstance(node, list):
            ahead = [*node, *ahead]
        elif isinstance(node, dict):
            found += [str(node["/S"])] if re.fullmatch(r"/H\d", str(node.get("/S"))) else []
            ahead = [node["/K"], *ahead] if "/K" in node else ahead
    return found


def _packed(text: str) -> str:
    """A text without its spaces: a line that ends leaves none in what is read out of a PDF."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(("lang", "province"), EVERY)
def test_it_is_one_tagged_page_in_its_language_with_a_neutral_title(printed, book, lang, province):
    reader = printed[lang, province]
    root = reader.trailer["/Root"]
    voice = book.words.voice(lang)
    assert len(reader.pages) == 1
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == lang
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == voice.spans(voice.word("title"))[0].text
    assert reader.metadata.creation_date.date() == edition_day(book)
    assert _headings(reader) == ["/H1", "/H2", "/H2", "/H2"]


@pytest.mark.parametrize(("lang", "province"), EVERY)
def test_every_number_reads_forwards(printed, printer, lang, province):
    text = printed[lang, province].pages[0].extract_text()
    assert text.count(HOTLINE) >= 2
    assert "9-1-1" in text
    for line in printer.content(lang, province)["local"]:
        assert line["phone"] in text
    assert HOTLINE[::-1] not in text


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_it_says_the_rights_first_then_whom_to_call_then_its_own_limits(printed, book, lang):
    voice = book.words.voice(lang)
    text = _packed(printed[lang, "on"].pages[0].extract_text())
    keys = (
        "home_heading",
        "carry_pay",
        "carry_debt",
        "call_tonight",
        "call_no_name",
        "danger_now",
        "not_advice",
    )
    places = [text.find(_packed(voice.find(voice.word(key)))) for key in keys]
    assert -1 not in places
    assert places == sorted(places)


def test_no_arabic_letter_is_put_twice_into_the_text_for_screen_readers(printed, book):
    voice = book.words.voice("ar")
    wanted = set(re.findall(r"[\u0600-\u06ff]{5,}", voice.find(voice.word("carry_debt"))))
    text = printed["ar", "on"].pages[0].extract_text()
    assert len(wanted) == 3
    assert [word for word in wanted if word not in text] == []


def test_a_local_number_is_printed_only_where_one_can_be_trusted(printer, book):
    sentence = book.words.texts["carry_no_local"].en
    for province in PROVINCES:
        content = printer.content("en", province)
        notes = [part["runs"][0]["text"] for parts in content["place_notes"] for part in parts]
        assert len(content["local"]) <= 2
        assert (sentence in notes) is not bool(content["local"])
    assert [line["phone"] for line in printer.content("en", "sk")["local"]] == ["1-800-667-1783"]


def test_only_the_fonts_of_the_book_are_in_the_file(printed):
    for lang in LANGS:
        fonts = printed[lang, "on"].pages[0]["/Resources"]["/Font"].values()
        names = {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in fonts}
        allowed = {"NotoSans-Regular", "NotoSans-Bold", "Vazirmatn-Regular", "Vazirmatn-Bold"}
        assert names <= (allowed if lang == "ar" else {n for n in allowed if "Noto" in n})
        assert names


def test_a_sign_without_a_glyph_stops_the_press(printer, monkeypatch):
    content = {**printer.content("en", "on"), "heading": "ไทย"}
    monkeypatch.setattr(Printer, "content", lambda *_: content)
    with pytest.raises(Exception, match="could not be displayed"):
        printer.print("en", "on")


def test_a_missing_font_stops_the_press(book, monkeypatch, tmp_path):
    monkeypatch.setattr(pamphlet, "FONTS", tmp_path)
    voices = {"en": book.words.voice("en")}
    with pytest.raises(PrintError, match="unknown font family"):
        Printer(book, voices, date(2026, 1, 1)).print("en", "on")


def test_the_fonts_bring_their_licence():
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    for project in ("The Noto Project Authors", "The Vazirmatn Project Authors"):
        assert project in licence


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Call 9-1-1.", 'Call <bdi dir="ltr">9-1-1</bdi>.'),
        ("<b> 416-469-9754", '&lt;b&gt; <bdi dir="ltr">416-469-9754</bdi>'),
        ("rule 209.3, 2026-11-22", "rule 209.3, 2026-11-22"),
        ("Hola (Hotline).", "Hola (Hotline)."),
        ("مرحبا (I am here.)", 'مرحبا (<bdi lang="en" dir="ltr">I am here.</bdi>)'),
        ("خط (Call 9-1-1 now.)", 'خط (<bdi lang="en" dir="ltr">Call 9-1-1 now.</bdi>)'),
    ],
)
def test_what_would_read_backwards_is_fenced_off(text, shown):
    assert isolate(text) == shown
    assert "".join(run.text for run in runs(text)) == text
