"""Any paper as a PDF: tagged, in its language, in reading order, with nothing lost and nothing added."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from pypdf import PdfReader

from alongside.library.paper import setting
from alongside.library.paper.document import (
    Block,
    Document,
    Heading,
    Items,
    Note,
    Origin,
    Said,
    Table,
)
from alongside.library.paper.setting import SettingError, content, set_document
from alongside.library.paper.signs import (
    ARABIC_SIGNS,
    LATIN_SIGNS,
    MORE_SIGNS,
    UNPRINTABLE,
    cut,
    printable,
)
from alongside.library.words import Span

LANGS = ("en", "fr", "es", "ar")
HOTLINE = "1-833-900-1010"
MADE = date(2026, 12, 1)
ARABIC = "\u0631\u0628 \u0627\u0644\u0639\u0645\u0644"


def said(text, lang="en", *origins: Origin, gap=False):
    return Said((Span(lang, text),), origins, gap)


@pytest.fixture(scope="module")
def voices(book):
    return {lang: book.words.voice(lang) for lang in LANGS}


@pytest.fixture(scope="module")
def printing(voices):
    def print_blocks(*blocks: Block, lang="en", foot="the foot"):
        voice = voices[lang]
        title = voice.spans(voice.word("title"))
        paper = Document("a", lang, title, MADE, blocks, (Span(lang, foot),))
        return PdfReader(io.BytesIO(set_document(paper, voice)))

    return print_blocks


def text_of(reader):
    return " ".join(re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages)


def tags(reader):
    """The structure tree in reading order: each tag with what is said of its language or scope."""
    found, ahead = [], [reader.trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while ahead:
        node = ahead.pop(0)
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            ahead = [*node, *ahead]
        elif isinstance(node, dict):
            found += [(str(node["/S"]).strip("/"), node)] if "/S" in node else []
            ahead = [node["/K"], *ahead] if "/K" in node else ahead
    return found


def test_it_names_its_language_its_title_and_a_day_and_nothing_else(printing, voices):
    for lang in LANGS:
        reader = printing(said("x", lang), lang=lang)
        voice, root = voices[lang], reader.trailer["/Root"]
        assert root["/Lang"] == lang
        assert root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert reader.metadata.title == voice.find(voice.word("title"))
        assert set(reader.metadata) == {"/Title", "/Creator", "/CreationDate", "/ModDate"}
        assert {str(reader.metadata[k])[2:10] for k in ("/CreationDate", "/ModDate")} == {
            "20261201"
        }
        assert reader.metadata.creation_date.hour == 0
        assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()


def test_a_listener_finds_headings_lists_and_tables(printing):
    row = ((said("a"),), (said("b"),))
    reader = printing(
        Heading((Span("en", "One"),)),
        Heading((Span("en", "Two"),), 3),
        Items((said("first"), said("second")), numbered=True),
        Table((said("H1"), said("H2")), (row,)),
        Note((said("mind"),), "danger"),
    )
    names = [name for name, _ in tags(reader)]
    assert [n for n in names if re.fullmatch(r"H\d", n)] == ["H1", "H2", "H3"]  # none skipped
    assert names.count("LI") == 2
    assert (names.count("TH"), names.count("TD")) == (2, 2)
    heads = [node for name, node in tags(reader) if name == "TH"]
    assert "Column" in str([node["/A"] for node in heads])


def test_a_long_table_says_its_head_on_every_page_and_pages_are_counted(printing):
    rows = tuple(((said(f"row {n}"),), (said("words " * 20),)) for n in range(60))
    reader = printing(Table((said("Where"), said("What")), rows))
    total = len(reader.pages)
    assert total > 1
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert "Where" in text
        assert f"Page {number} of {total}" in text
        assert "the foot" in text
    assert all(f"row {n} " in text_of(reader) for n in range(60))


def test_a_text_in_another_language_is_marked_with_it(printing):
    reader = printing(said("Bonjour", "fr"), said(ARABIC, "ar"), said("Hello"))
    spoken = [str(node["/Lang"]) for _, node in tags(reader) if "/Lang" in node]
    assert {"fr", "ar"} <= set(spoken)


@pytest.mark.parametrize("lang", LANGS)
def test_numbers_read_forwards_whatever_stands_around_them(printing, lang):
    words = (f"{ARABIC} 416 555 0199 {ARABIC}", f"{ARABIC}: {HOTLINE}. {ARABIC} 2026-11-02")
    text = text_of(printing(*(said(one, "ar") for one in words), lang=lang))
    for number in ("416 555 0199", HOTLINE, "2026-11-02"):
        assert number in text


def test_in_a_text_from_right_to_left_every_latin_piece_is_fenced_off():
    runs = cut(f"{ARABIC} (416 555-0199) {ARABIC} (Chez Ali) {ARABIC} 7)", "ar", "rtl")
    fenced = [run for run in runs if run.kind]
    assert [(r.text, r.kind) for r in fenced] == [
        ("(416 555-0199)", "number"), ("(Chez Ali)", "foreign"), ("7", "number")
    ]  # fmt: skip
    assert runs[-1].text == ")"  # of the Arabic around: inside the fence it would turn


def test_a_text_that_runs_against_the_paper_is_held_together_line_by_line():
    runs = cut(f"{ARABIC}\n{ARABIC}", "ar", "ltr")
    told = "".join(run.text for run in runs)
    assert told == f"\u2067{ARABIC}\u2069\n\u2067{ARABIC}\u2069"
    assert cut("Hello", "en", "ltr") == [("Hello", "")]
    assert cut(ARABIC, "en", "ltr")[0].text == "\u2067"  # said to be English: its letters tell


def test_the_persons_own_arabic_comes_out_whole_for_who_listens(printing):
    text = text_of(printing(said(ARABIC, "ar"), lang="ar"))
    assert all(word in text for word in ARABIC.split())


def test_every_sign_said_to_print_prints(printing):
    found = [
        chr(n)
        for n in range(0x20, 0x2300)
        if re.match(f"[{LATIN_SIGNS}{ARABIC_SIGNS}{MORE_SIGNS}]", chr(n))
    ]
    for lang in ("en", "ar"):
        printing(*(said(f"x{sign}x", lang) for sign in found), lang=lang)
    assert len(found) > 1000


@pytest.mark.parametrize(
    "words",
    [
        "Gy\u0151r, Z\u0142oty, \u0218tefan",
        "Nguy\u1ec5n V\u0103n \u0110\u1ee9c",
        "\u041e\u043a\u0441\u0430\u043d\u0430",
        "\u0393\u03b9\u03ce\u03c1\u03b3\u03bf\u03c2",
    ],
)
def test_names_in_other_letters_come_out_as_they_were_written(printing, words):
    for lang in ("en", "ar"):
        text = text_of(printing(said(words, "xx"), lang=lang))
        assert words.replace(" ", "") in text.replace(" ", "")


def test_hindi_is_set_and_not_told_as_missing(printing):
    hindi = "\u0938\u0940\u0924\u093e"
    assert printable(hindi) == hindi
    assert UNPRINTABLE not in text_of(printing(said(hindi, "hi")))


def test_nothing_that_the_content_says_lacks_a_sign(book, voices):
    texts = [*book.words.texts.values(), *(fact.name for fact in book.vocabulary.facts.values())]
    for remedy in (*book.ways.values(), *book.remedies.values()):
        texts += [remedy.words.name, remedy.words.gives, remedy.words.first, *remedy.words.steps]
    texts += [text for danger in book.dangers.values() for text in (danger.text, danger.softer)]
    lost = {
        span.text
        for text in texts
        for voice in voices.values()
        for span in (voice.spans(text) if text else ())
        if UNPRINTABLE in printable(span.text.replace(UNPRINTABLE, ""))
    }
    assert lost == set()


def test_signs_without_a_font_are_told_and_turn_nothing_around(printing, voices):
    text = text_of(printing(said("before \u0e44\u0e17\u0e22 \U0001f600 after")))
    assert "before [?] [?] after" in text
    assert voices["en"].word("paper_unprintable").en in text
    assert "[?]" not in text_of(printing(said("caf\u0065\u0301, na\u00efve")))
    assert printable("a\u202eb\u2067c\u200bd\tf\r\ng\ud800") == "abcd f\ng[?]"


def test_a_word_without_an_end_stays_on_the_page(printing):
    spots = []
    reader = printing(Table((said("a"), said("b"), said("c")), (((said("w" * 400),),) * 3,)))
    for page in reader.pages:
        page.extract_text(visitor_text=lambda text, _c, at, *_: spots.append((text, at[4])))
    assert text_of(reader).replace(" ", "").count("w") == 1200
    edge = float(reader.pages[0].mediabox.width)
    assert max(x + 5 * len(text.strip()) for text, x in spots) < edge


def test_a_gap_is_told_in_words_and_only_once(printing, voices):
    reader = printing(said("When it began", gap=True), said("[Not told: the pay]", gap=True))
    assert "To fill in: When it began" in text_of(reader)
    assert text_of(reader).count("To fill in:") == 1
    shown = content(Document("a", "fr", (), MADE, (said("Date", "fr", gap=True),)), voices["fr"])
    assert shown["blocks"][0]["gap"]
    assert shown["blocks"][0]["spans"][0]["runs"][0]["text"].startswith("\u00c0 remplir")


def test_every_statement_leads_to_where_it_comes_from_once(printing):
    told = Origin("answer 3", (Span("en", "Who holds the passport? The boss."),))
    heard = Origin("piece 1", (Span("es", "Me lo quit\u00f3."),))
    cell = (said("c", "en", told),)
    reader = printing(
        said("The boss keeps it.", "en", told, heard), Table((said("h"),), ((cell,),))
    )
    text = text_of(reader)
    assert "The boss keeps it. [answer 3] [piece 1]" in text
    assert text.count("Who holds the passport? The boss.") == 1
    assert text.index("Where each statement comes from") < text.index("Me lo quit\u00f3.")
    assert "Where each statement" not in text_of(printing(said("alone")))


def test_one_label_for_two_things_is_an_error(printing):
    one, other = (Origin("answer 1", (Span("en", text),)) for text in "ab")
    with pytest.raises(ValueError, match="one label"):
        printing(said("x", "en", one), said("y", "en", other))


def test_a_row_that_lacks_a_cell_is_an_error(printing):
    with pytest.raises(ValueError, match="as many cells"):
        printing(Table((said("a"), said("b")), (((said("c"),),),)))


def test_a_text_in_two_languages_begins_a_line_for_each_and_a_name_stands_once(voices):
    both = (Span("en", "In danger"), Span("fr", "En danger"))
    name = (Span("en", "Ontario"), Span("fr", "Ontario"))
    shown = content(Document("a", "es", both, MADE, (Said(both), Said(name))), voices["es"])
    first, second = (block["spans"] for block in shown["blocks"])
    assert [(span["lang"], span["anew"]) for span in first] == [("en", False), ("fr", True)]
    assert len(second) == 1
    label = Span("es", "Peligro:")
    shown = content(Document("a", "es", (), MADE, (Said((*both, label, *both)),)), voices["es"])
    assert [s["anew"] for s in shown["blocks"][0]["spans"]] == [False, True, True, False, True]


def test_what_fails_tells_nothing_of_what_the_paper_says(printing, monkeypatch):
    monkeypatch.setattr(setting, "printable", lambda text: text)
    with pytest.raises(SettingError) as failed:
        printing(said("secret \u0e44\u0e17\u0e22"))
    assert "secret" not in str(failed.value)
    assert failed.value.__context__ is None
    assert failed.value.__cause__ is None


def test_several_at_once_come_out_as_one_after_the_other(voices):
    papers = [Document("a", "en", (Span("en", f"T{n}"),), MADE, (said(f"w{n}"),)) for n in range(8)]
    alone = [set_document(paper, voices["en"]) for paper in papers]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda paper: set_document(paper, voices["en"]), papers))
    assert together == alone
