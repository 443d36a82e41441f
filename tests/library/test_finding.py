"""The search in the Book: what people really type finds what helps, in English and in French."""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.library.book import CONTENT, Book
from alongside.library.finding.asking import LONGEST, distance
from alongside.library.finding.leaves import Kind
from alongside.library.finding.quoting import marked, quoted
from alongside.library.finding.terms import Stems, words
from alongside.library.reading import ContentError

MOST = 12
# What was typed, and what has to come first: any one of these, in the first place.
FIRST = [
    ("boss took my passport", "on.fw.epfna"),
    ("boss took my pasport", "on.fw.epfna"),
    ("my employer keeps my passport", "way.papers_back"),
    ("took my ID in Vancouver", "bc.fw.tfwpa"),
    ("unpaid wages", "named.wages"),
    ("unpaid wages ontario", "on.es.esa"),
    ("boss did not pay me in alberta", "ab.es.code"),
    ("stole my pay vancouver", "bc.es.esa"),
    ("work permit tied", "fed.imm.owp_vulnerable fed.imm.change_employer"),
    ("closed work permit", "fed.imm.owp_vulnerable fed.imm.change_employer"),
    ("open work permit", "named.open"),
    ("abusive employer", "fed.imm.owp_vulnerable"),
    ("change employer", "fed.imm.change_employer"),
    ("LMIA", "named.lmia"),
    ("TRP", "named.trp"),
    ("temporary resident permit", "named.trp"),
    ("H&C", "named.hc"),
    ("h and c", "named.hc fed.imm.hc"),
    ("humanitarian", "named.hc"),
    ("human trafficking", "tel.hotline fed.imm.vtip_trp"),
    ("forced to work", "fed.imm.vtip_trp"),
    ("refugee claim", "named.refugee"),
    ("refugee claim refused", "fed.imm.rad_appeal"),
    ("PRRA", "fed.imm.prra"),
    ("deported", "fed.imm.prra fed.imm.stay_deferral"),
    ("permit expired", "fed.imm.restoration"),
    ("renew my permit", "fed.imm.renew"),
    ("my husband hits me", "fed.imm.trp_family_violence"),
    ("spousal sponsorship", "named.spouse"),
    ("immigration refused", "fed.imm.judicial_review"),
    ("small claims court", "named.small"),
    ("hurt at work ontario", "on.wc.wsib"),
    ("WCB Alberta", "ab.wc.wcb"),
    ("unsafe work", "on.ohs.call"),
    ("fired", "fed.ei.regular fed.es.clc_unjust"),
    ("EI", "named.ei"),
    ("bankrupt company", "fed.wepp"),
    ("paid for the job manitoba", "mb.fw.wrapa"),
    ("consultant cheated me", "fed.adv.consultant_complaint"),
    ("sexual harassment", "named.rights"),
    ("discrimination ontario", "on.hr.hrto"),
    ("restraining order", "on.ht.restrain"),
    ("criminal injuries compensation", "named.injuries"),
    ("welfare", "named.welfare"),
    ("health card ontario", "on.health.ohip"),
    ("free lawyer toronto", "on.legalaid"),
    ("hotline", "tel.hotline"),
    ("police", "fed.crim.police_report"),
    ("going to court as a witness", "witness"),
    ("anonymous tip about my boss", "fed.tfw.tipline"),
    ("run away safely", "way.leave_safely"),
    ("do nothing", "way.nothing_for_now"),
    ("union", "way.together way.union"),
    ("Palermo Protocol", "std.palermo_6"),
    ("Presteve Foods", "case.presteve"),
    ("assessment tool", "res.ccr_tool"),
    ("not paid", "named.wages"),
    ("they don't pay me", "named.wages"),
    ("they dont pay me", "named.wages"),
    ("paid less than minimum wage", "named.wages rights.pay"),
    ("rape", "way.health"),
    ("my kids", "rights.children"),
    ("I am scared of being deported", "fed.imm.prra fed.imm.stay_deferral"),
    ("j'ai peur d'être déportée", "fed.imm.prra fed.imm.stay_deferral"),
    ("slave", "fed.imm.vtip_trp tel.hotline"),
    ("j'ai pas été payé", "named.wages"),
    ("on ne me paye pas", "named.wages"),
    ("il m'a violée", "way.health"),
    ("trafiquant", "fed.imm.vtip_trp tel.hotline"),
    ("mon employeuse garde mon passeport", "way.papers_back"),
    ("CNESST", "qc.es.lnt qc.wc.cnesst qc.fw.agences"),
    ("salaire impayé", "named.wages"),
    ("salaire impaye quebec", "qc.es.lnt"),
    ("mon patron ne me paie pas à Montréal", "qc.es.lnt"),
    ("permis ouvert", "named.open"),
    ("permis fermé", "fed.imm.owp_vulnerable fed.imm.change_employer"),
    ("permis de séjour temporaire", "named.trp"),
    ("PST", "named.trp"),
    ("considérations d'ordre humanitaire", "named.hc"),
    ("CH", "named.hc"),
    ("blessé au travail", "qc.wc.cnesst on.wc.wsib"),
    ("accident de travail québec", "qc.wc.cnesst"),
    ("blessée au travail en Ontario", "on.wc.wsib"),
    ("congédiée", "fed.ei.regular fed.es.clc_unjust"),
    ("chômage", "named.ei"),
    ("demande d’asile", "named.refugee"),
    ("asile refusé", "fed.imm.rad_appeal"),
    ("ERAR", "fed.imm.prra"),
    ("sans papiers", "fed.imm.restoration fed.imm.vtip_trp"),
    ("permis expiré", "fed.imm.restoration"),
    ("changer d'employeur", "fed.imm.change_employer"),
    ("EIMT", "named.lmia"),
    ("parrainage", "named.spouse"),
    ("violence conjugale", "fed.imm.trp_family_violence"),
    ("petites créances", "named.small"),
    ("aide sociale", "named.welfare"),
    ("IVAC", "qc.cv.ivac"),
    ("aide juridique", "on.legalaid"),
    ("carte santé Québec", "qc.health.ramq"),
    ("travail forcé", "fed.imm.vtip_trp"),
    ("faillite", "fed.wepp"),
    ("témoigner", "witness"),
    ("dénoncer mon employeur", "fed.tfw.tipline"),
    ("convention de Palerme", "std.palermo_6"),
    ("étudiante sans argent", "fed.imm.wp_destitute_student"),
    ("frais de recrutement", "on.fw.epfna bc.fw.tfwpa sk.fw.isa"),
    ("harcèlement sexuel", "on.hr.hrto bc.hr.bchrt ab.hr.ahrc"),
    ("la traite des personnes", "fed.imm.vtip_trp"),
]


@pytest.fixture(scope="module")
def index(book):
    return book.index


def keys(index, question, most=MOST):
    return [result.leaf.key for result in index.find(question, most).results]


def test_there_are_enough_questions_in_both_languages():
    assert len(FIRST) >= 60
    assert sum(bool(re.search("[àâçéèêîôû]| de | la ", asked)) for asked, _ in FIRST) >= 20


@pytest.mark.parametrize(("asked", "wanted"), FIRST, ids=[asked for asked, _ in FIRST])
def test_what_people_type_finds_what_helps_first(index, asked, wanted):
    assert keys(index, asked, 1)[0] in wanted.split()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("salaire impayé", "SALAIRE  IMPAYE"),
        ("l'employeur", "employeur"),
        ("travailleuses blessées", "travailleuse blessée"),
        ("wages not paid", "Wages not paid!!"),
        ("the boss's threats", "boss threats"),
        ("demande d'asile", "demande d’asile"),
    ],
)
def test_accents_case_elisions_and_endings_do_not_matter(index, one, other):
    assert keys(index, one) == keys(index, other) != []


@pytest.mark.parametrize(
    ("french", "english"),
    [("EIMT", "LMIA"), ("ERAR", "PRRA"), ("PST", "TRP"), ("faillite", "bankruptcy"),
     ("congédié", "fired"), ("renvoi", "removal"), ("parrainage", "sponsorship")],
)  # fmt: skip
def test_a_question_in_either_language_leads_to_the_same(index, french, english):
    assert keys(index, french, 2)[0] in keys(index, english, 2)


def test_a_word_that_only_a_meaning_knows_finds_what_is_said_otherwise(index):
    texts = [text for leaf in index.leaves for _, text in leaf.texts]
    assert not any("sacked" in f"{text.en} {text.fr}" for text in texts)
    assert keys(index, "sacked", 2)[0] in {"fed.ei.regular", "fed.es.clc_unjust"}


def test_a_named_place_comes_first_and_puts_the_other_provinces_last(index):
    found = index.find("unpaid wages saskatchewan", MOST)
    assert found.asked.place == "sk"
    places = [result.leaf.place for result in found.results]
    assert found.results[0].leaf.key == "sk.es.sea"
    assert set(places[:5]) <= {"", "fed", "sk"}


def test_two_places_are_no_place(index):
    assert index.find("wages ontario or alberta", MOST).asked.place == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("pasport", "passport"), ("harrassment", "harassment"), ("recruter", "recruteur"),
     ("immigratoin", "immigration"), ("harcelment", "harcelement")],
)  # fmt: skip
def test_a_small_slip_is_forgiven_and_told(index, typed, meant):
    found = index.find(typed, MOST)
    (unit,) = found.asked.units
    assert found.results
    if unit.near:
        assert distance(typed, unit.near) <= 2
        assert keys(index, typed, 3) == keys(index, unit.near, 3)
    else:
        assert keys(index, typed, 1) == keys(index, meant, 1), "it was known as it stands"


def test_a_short_or_far_word_is_not_made_into_another(index):
    for typed in ("zx", "qwxz", "zzzzzzzzzz", "kumquat"):
        found = index.find(typed, MOST)
        assert not found.results
        assert [unit.said for unit in found.unsaid] == [typed]


def test_what_nothing_says_is_named_and_the_rest_still_finds(index):
    found = index.find("passport kumquat", MOST)
    assert [unit.said for unit in found.unsaid] == ["kumquat"]
    assert found.results[0].leaf.key in {"way.papers_back", "on.fw.epfna"}


def test_a_boss_is_not_an_employment_though_the_words_have_one_stem(index):
    """Every second text has *emploi* in it: each would be about bosses, and marked so."""
    result = index.find("mon patron", 1).results[0]
    pieces = marked("L'employeur, pas l'emploi. Employment", result.by, index)
    assert [piece.text for piece in pieces if piece.hit] == ["employeur"]


@pytest.mark.parametrize("empty", ["", "   ", "?!", "the of a", "le la les de"])
def test_nothing_is_found_by_nothing(index, empty):
    assert index.find(empty, MOST).results == ()


def test_what_says_all_of_it_comes_before_what_says_a_part(index):
    results = index.find("passport fees threats", MOST).results
    whole = [len(result.by) for result in results]
    assert whole[0] == max(whole)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_whatever_is_typed_is_answered(book, question):
    found = book.index.find(question, MOST)
    scores = [result.score for result in found.results]
    assert len(scores) <= MOST
    assert scores == sorted(scores, reverse=True)
    for result in found.results:
        pieces = marked(result.leaf.name.fr, result.by, book.index)
        assert "".join(piece.text for piece in pieces) == result.leaf.name.fr


def test_a_very_long_question_is_read_up_to_a_limit(index):
    assert keys(index, "passport " + "x" * 5000 + " wages") == keys(
        index, "passport " + "x" * (LONGEST - 9)
    )


def test_of_a_question_of_strange_words_a_few_are_put_right_and_the_others_named(index):
    strange = ["pasport", *(f"zzqxw{sign}" for sign in "abcdefghijklmnopqrst")]
    first, last = (index.find(" ".join(words), 1) for words in (strange, reversed(strange)))
    assert first.asked.units[0].near == "passport"
    assert len(first.unsaid) == len(strange) - 1
    assert last.results == ()


def test_the_sentence_that_says_it_is_quoted_and_marked(index):
    result = index.find("passport", 1).results[0]
    texts = ["Nothing here. Your boss may not keep your passport. More."]
    pieces = quoted(texts, result.by, index)
    assert "".join(p.text for p in pieces) == "Your boss may not keep your passport."
    assert "passport" in [piece.text for piece in pieces if piece.hit]


def test_a_word_keeps_its_place_whatever_stands_before_it():
    text = "L’employeur n'a pas payé l'ÉTÉ dernier; İstanbul"
    assert [text[word.start : word.end].lower() for word in words(text)][:3] == [
        "employeur",
        "a",
        "pas",
    ]
    assert all(text[word.start : word.end] for word in words(text))


def test_every_kind_of_thing_can_be_found(index):
    assert {leaf.kind for leaf in index.leaves} == set(Kind)
    for leaf in index.leaves:
        found = keys(index, leaf.name.en[:LONGEST])
        assert leaf.key in found, leaf.name.en


def test_each_meaning_is_said_somewhere_or_points_somewhere(index):
    lost = [
        meaning.key
        for meaning in index.meanings.by_key.values()
        if not meaning.place and not index._meant.get(meaning.key)
    ]
    assert lost == []


def test_the_stems_are_of_the_right_language():
    stems = Stems()
    assert stems.of("wages", "en") == {"wage"}
    assert stems.of("impayées", "fr") & stems.of("impayé", "fr")


def test_a_meaning_about_nothing_is_refused_with_its_line(tmp_path):
    root = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    path = root / "synonyms.toml"
    told = path.read_text(encoding="utf-8")
    path.write_text(told.replace('about = ["fed.wepp"]', 'about = ["fed.weep"]'), encoding="utf-8")
    with pytest.raises(
        ContentError,
        match=r"synonyms.toml:\d+: bankrupt: nothing is called 'fed.weep'. Did you mean 'fed.wepp'",
    ):
        assert Book(root).index


def test_ranking_depends_on_the_question_and_the_book_alone(book, index):
    again = Book(book.root).index
    assert keys(again, "passport") == keys(index, "passport")
