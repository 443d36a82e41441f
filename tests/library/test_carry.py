"""The Book to carry: whole in every language, silent on the network, and readable by everyone."""

from __future__ import annotations

import re
import shutil
from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from alongside.library.book import CONTENT, Book
from alongside.library.calling import code_of, local_lines, trusted
from alongside.library.carry import LIST, PROVINCES, build
from alongside.library.marking import NUMBER

LANGS = ("en", "fr", "es", "ar")
HOTLINE = "1-833-900-1010"
VOID = {"meta", "link", "br"}
NEUTRAL = re.compile(r"(index|[a-hk]|v\d|[a-z2-7]{5})\.html|p\.pdf|a\.(css|txt)")


class Page(HTMLParser):
    """What a page links to and shows: links, elements, and each text with the elements around it."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[tuple[tuple[str, str], ...], str]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        self.links += [found[name] for name in ("href", "src") if found.get(name)]
        if tag not in VOID:
            self._open.append((tag, found.get("dir") or ""))

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        self.texts.append((tuple(self._open), data))

    @cached_property
    def shown(self) -> str:
        return re.sub(r"\s+", " ", "".join(text for _, text in self.texts))


@pytest.fixture(scope="session")
def carried(book, tmp_path_factory):
    folder = tmp_path_factory.mktemp("carried")
    return folder, build(book, folder)


@pytest.fixture(scope="session")
def pages(carried):
    folder, _ = carried
    return {
        path.relative_to(folder).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_it_says_how_many_files_it_wrote(carried):
    folder, written = carried
    assert written == sum(path.is_file() for path in folder.rglob("*"))


def test_every_link_leads_to_a_file_that_is_there(carried, pages):
    folder, _ = carried
    assert len(pages) > 400
    for name, page in pages.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            if not target:
                assert f'id="{anchor}"' in (folder / name).read_text(encoding="utf-8")
            elif not target.startswith("tel:"):
                assert not target.startswith(("/", "\\"))
                assert ((folder / name).parent / unquote(target)).is_file(), (name, link)


def test_no_page_is_out_of_reach_from_the_first(pages):
    seen, ahead = set(), ["index.html"]
    while ahead:
        name = ahead.pop()
        if name in seen or name not in pages:
            continue
        seen.add(name)
        here = name.split("/")[:-1]
        for link in pages[name].links:
            parts = list(here)
            for part in link.partition("#")[0].split("/"):
                parts = parts[:-1] if part == ".." else [*parts, part]
            ahead.append("/".join(parts))
    assert set(pages) - seen == set()


def test_nothing_is_asked_of_a_network_and_nothing_runs(carried, pages):
    folder, _ = carried
    for name, page in pages.items():
        for tag, attributes in page.tags:
            assert tag not in {"script", "iframe", "img", "form", "style", "object", "base"}, name
            assert not any(key.startswith("on") or key == "style" for key in attributes), name
        for link in page.links:
            assert ":" not in link.split("/")[0] or link.startswith("tel:"), (name, link)
    style = (folder / "a.css").read_text(encoding="utf-8")
    assert "url(" not in style
    assert "@import" not in style


def test_no_name_of_a_file_and_no_title_tells_anything(carried, pages):
    folder, _ = carried
    for path in folder.rglob("*"):
        for part in path.relative_to(folder).parts:
            assert part in (*LANGS, *PROVINCES) or NEUTRAL.fullmatch(part), path
    titles = {
        text
        for page in pages.values()
        for around, text in page.texts
        if around and around[-1][0] == "title"
    }
    assert titles == {"Notes", "Carnet", "Notas", "ملاحظات"}


@pytest.mark.parametrize("lang", LANGS)
def test_every_way_out_is_explained_with_all_its_words(book, pages, lang):
    voice = book.words.voice(lang)
    for key, remedy in {**book.ways, **book.remedies}.items():
        page, words = pages[f"{lang}/{code_of(key)}.html"], remedy.words
        dangers = [book.dangers[danger.key].text for danger in remedy.rule.dangers]
        said = [
            words.name, words.gives, words.give_up, words.who_learns, words.time, words.cost,
            words.first, *words.steps, *words.bars.values(), *words.clocks.values(), *dangers,
            *(book.sources.table[cite.source].title for cite in remedy.cites),
        ]  # fmt: skip
        for text in said:
            for span in voice.spans(text):
                assert _flat(span.text) in page.shown, (key, span)
        for cite in remedy.cites:
            assert cite.at in page.shown
        assert voice.language.day(remedy.as_of) in page.shown
        assert HOTLINE in page.shown


@pytest.mark.parametrize("lang", LANGS)
def test_dangers_stand_before_what_a_way_could_give(book, pages, lang):
    voice = book.words.voice(lang)
    heading = voice.spans(voice.word("could_give"))[0].text
    for key, remedy in book.remedies.items():
        shown = pages[f"{lang}/{code_of(key)}.html"].shown
        for danger in remedy.rule.dangers:
            assert shown.index(
                _flat(voice.spans(book.dangers[danger.key].text)[0].text)
            ) < shown.index(_flat(heading)), (key, danger.key)


@pytest.mark.parametrize("lang", LANGS)
def test_every_contact_stands_where_it_serves(book, pages, lang):
    voice = book.words.voice(lang)
    for contact in book.contacts.values():
        said = [contact.name, contact.say, contact.confidential, contact.languages, contact.hours]
        where = PROVINCES if "ca" in contact.regions else contact.regions
        for name in (f"{lang}/e.html", *(f"{lang}/{province}/d.html" for province in where)):
            shown = pages[name].shown
            assert contact.phone in shown
            for text in said:
                assert all(_flat(span.text) in shown for span in voice.spans(text)), (name, text)


def test_nobody_is_told_that_9_1_1_may_be_old(book, pages):
    emergency, text = book.contacts["tel.emergency"], book.words.texts
    shown = pages["en/e.html"].shown
    told = shown[shown.index(_flat(emergency.helps.en)) :].split(text["they_keep"].en)[0]
    assert emergency.unverified
    assert text["number_old"].en in shown
    assert text["number_old"].en not in told
    assert text["found_undated"].en not in told


def test_only_a_way_read_in_the_law_itself_says_so(book, pages):
    for key, remedy in book.remedies.items():
        shown = pages[f"en/{code_of(key)}.html"].shown
        in_law = remedy.confidence in {"LAW", "T"}
        assert ("We read the law on" in shown) == in_law, key
        assert ("We checked our sources on" in shown) != in_law, key


def test_what_is_told_of_practice_has_a_date_or_says_that_it_has_none(book, pages):
    dates = 0
    for key, remedy in book.remedies.items():
        shown = pages[f"en/{code_of(key)}.html"].shown
        for practice in remedy.words.practice:
            source = book.sources.table[practice.source]
            day = practice.on or source.dated or book.words.texts["no_date"].en
            assert f"{_flat(practice.text.en)} ({_flat(source.title.en)}, {day})" in shown, key
            dates += 1
    assert dates


def test_a_way_stands_only_in_the_provinces_whose_law_it_is(book, pages):
    for province in PROVINCES:
        links = set(pages[f"en/{province}/b.html"].links)
        for key in (*book.ways, *book.remedies):
            here = key.split(".")[0] in {"way", "fed", province}
            assert (f"../{code_of(key)}.html" in links) is here, (province, key)


@pytest.mark.parametrize("claim", ["es.esa", "hr.bchrt", "wc.*"])
def test_a_province_without_its_wage_rights_or_injury_claim_says_so(book, tmp_path, claim):
    assert book.gap("bc") == book.gap("ab") == ""
    shutil.copytree(CONTENT, tmp_path / "content")
    for path in (tmp_path / "content" / "remedies" / "bc").glob(f"{claim}.toml"):
        path.unlink()
    less = Book(tmp_path / "content")
    assert less.gap("bc") == ("injury_law_missing" if claim == "wc.*" else "law_missing")
    assert less.gap("ab") == ""


@pytest.mark.parametrize("lang", LANGS)
def test_a_province_whose_law_is_not_here_says_so(book, pages, lang):
    voice = book.words.voice(lang)
    for word in ("law_missing", "injury_law_missing"):
        sentence = _flat(voice.spans(voice.word(word))[0].text)
        for province in PROVINCES:
            for page in "abc":
                shown = pages[f"{lang}/{province}/{page}.html"].shown
                assert (sentence in shown) is (book.gap(province) == word), (province, word)


def test_a_province_is_whole_with_wages_rights_and_injury(book):
    assert book.gap("on") == ""
    assert book.gap("qc") == ""
    assert book.gap("yt") == "law_missing"
    assert book.gap(None) == ""


def test_a_limit_says_its_length_and_what_it_counts_from(pages):
    shown = pages[f"en/{code_of('fed.imm.restoration')}.html"].shown
    assert re.search("How long ?90 days ?Counts from ?the day the permit or stay ended", shown)
    shown = pages[f"fr/{code_of('fed.imm.rad_appeal')}.html"].shown
    assert re.search(r"Durée ?15 jours ?Compte à partir de ?\w", shown)


@pytest.mark.parametrize("lang", LANGS)
def test_a_limit_nobody_could_check_shows_no_length(book, pages, lang):
    voice = book.words.voice(lang)
    ask = voice.spans(voice.word("deadline_undated"))[0].text
    length = voice.count("carry_days", 45)[0].text
    shown = pages[f"{lang}/{code_of('qc.es.lnt')}.html"].shown
    start, end = (voice.spans(voice.word(key))[0].text for key in ("carry_limits", "carry_asks"))
    shown = shown[shown.index(f" {start} ") : shown.index(f" {end} ")]
    assert _flat(ask) in shown
    assert length not in shown  # one of its unchecked limits has this length in the rule
    assert any(
        c.length and c.length.count == 45 and not c.prints_date
        for c in book.remedies["qc.es.lnt"].rule.clocks
    )


def test_all_limits_of_a_province_stand_in_one_table(book, pages):
    page = pages["en/on/c.html"]
    assert [tag for tag, _ in page.tags].count("table") == 1
    for key, remedy in book.remedies.items():
        if key.split(".")[0] in {"fed", "on"}:
            for text in remedy.words.clocks.values():
                assert _flat(text.en) in page.shown
                assert f"../{code_of(key)}.html" in page.links


@pytest.mark.parametrize("lang", LANGS)
def test_what_a_way_asks_for_is_said_in_words(book, pages, lang):
    voice = book.words.voice(lang)
    for key, remedy in book.remedies.items():
        shown = pages[f"{lang}/{code_of(key)}.html"].shown
        asked = [k for need in remedy.rule.needs for k in need.lines.operands]
        for fact in (book.vocabulary.facts[k] for k in asked):
            name = voice.find(fact.name) or fact.name.en
            # A sentence with one untranslated fact in it is said whole in English and French.
            assert _flat(name) in shown or _flat(fact.name.fr) in shown, (key, fact.key)
        assert not re.search(r"\{\w+\}", shown), key


def test_no_page_of_law_in_half_a_language_hides_it(book, pages):
    for lang in ("es", "ar"):
        voice = book.words.voice(lang)
        sentence = voice.spans(voice.word("text_english_french"))[0].text
        for key in book.remedies:
            page = pages[f"{lang}/{code_of(key)}.html"]
            assert _flat(sentence) in page.shown
            doubled = [a for tag, a in page.tags if tag == "span" and a.get("class") == "also"]
            assert {a["lang"] for a in doubled} == {"en", "fr"}
            assert all(a["dir"] == "ltr" for a in doubled)


def test_no_number_can_print_backwards_in_arabic(pages):
    found = 0
    for name, page in pages.items():
        if not name.startswith("ar/"):
            continue
        for around, text in page.texts:
            for _ in NUMBER.finditer(text):
                found += 1
                assert around[-1] == ("bdi", "ltr"), (name, text)
    assert found > 400


def test_only_numbers_that_can_be_trusted_are_called_local(book):
    for province in PROVINCES:
        for contact in local_lines(book.contacts, province):
            assert province in contact.regions
            assert trusted(contact)
    assert not trusted(book.contacts["tel.emergency"])


def test_building_again_gives_the_same_bytes_and_takes_old_pages_away(book, carried, tmp_path):
    folder, written = carried
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "zzzzz.html").write_text("an old rule")
    (tmp_path / "mine.txt").write_text("not of the Book")
    outside = tmp_path.parent / "outside.txt"
    outside.write_text("not of the Book")
    (tmp_path / LIST).write_text("2020-01-01+0\n0  en/zzzzz.html\n0  ../outside.txt\n")
    assert build(book, tmp_path) == written
    assert not (tmp_path / "en" / "zzzzz.html").exists()
    assert outside.exists()
    (tmp_path / "mine.txt").unlink()
    names = {p.relative_to(folder) for p in folder.rglob("*") if p.is_file()}
    assert {p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file()} == names
    assert [n for n in names if (folder / n).read_bytes() != (tmp_path / n).read_bytes()] == []
