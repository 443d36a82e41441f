"""After and while: every way that can be taken says what waiting means, and all of it is cited and shown."""

import json

import pytest

from alongside import command
from alongside.library.afterwards import AFTER, WAIT
from alongside.library.beside import beside_json, beside_lines

# Nothing is filed that one could wait for: a service, a clinic, a card, money that is paid or not.
NO_WAITING = {
    "fed.imm.pr_community", "fed.health.ifhp", "fed.wepp", "on.ht.tort", "on.income.ow",
    "on.health.ohip", "on.legalaid", "nb.health.medicare",
}  # fmt: skip


def test_every_way_that_can_be_taken_says_what_waiting_for_it_means(book):
    """*While you wait* is where people are hurt: nobody may have to guess."""
    silent = {
        key for key, remedy in book.remedies.items() if remedy.rule.intake and not remedy.wait
    }
    assert silent <= NO_WAITING


def test_what_does_not_stop_a_removal_says_so(book):
    """Every step told with the danger that asking is no stay says it again where the wait is told."""
    for key, remedy in book.remedies.items():
        if any(d.key == "risk.no_stay" and d.when is None for d in remedy.rule.dangers):
            told = [w.text.en for w in remedy.wait if w.kind == "does_not"]
            assert any("removal" in text for text in told), key


def test_each_comes_in_the_order_of_its_kinds_and_cites_what_it_rests_on(book):
    for remedy in book.remedies.values():
        for found, order in ((remedy.after, AFTER), (remedy.wait, WAIT)):
            places = [order.index(one.kind) for one in found]
            assert places == sorted(places), remedy.key
            assert all(one.cites for one in found), remedy.key


def test_what_general_knowledge_alone_says_is_marked(book):
    """A source of general knowledge never carries a better code."""
    for remedy in book.remedies.values():
        for after in remedy.after:
            if {cite.source for cite in after.cites} == {"prov.gk"}:
                assert after.confidence in {"G", "GK"}, remedy.key


@pytest.mark.parametrize("key", ["fed.es.clc3", "nb.es.esa", "qc.es.lnt"])
def test_directors_answer_for_six_months_of_wages_where_the_act_says_so(book, key):
    """Canada Labour Code s. 251.18; Employment Standards Act (N.B.) s. 65.1; LSA (Quebec), guide to s. 113."""
    (told,) = [one for one in book.remedies[key].after if one.kind == "directors"]
    assert "6 months" in told.text.en
    assert "6 mois" in told.text.fr
    assert told.confidence == "T"


def test_every_standard_is_behind_some_rule_and_every_rule_names_one_that_is_there(book):
    named = {name for remedy in book.remedies.values() for name in remedy.standards}
    assert named == set(book.standards)


def test_the_json_of_a_remedy_carries_both_languages_and_the_place_in_the_source(book):
    found = beside_json(book.remedies["nb.es.esa"])
    assert {*found} == {"after", "wait", "standard"}
    lien = next(one for one in found["after"] if one["kind"] == "lien")
    assert lien["cite"] == [{"source": "prov.nb_esa", "at": "ss. 38.1-38.6"}]
    assert lien["en"] != lien["fr"]
    assert {one["kind"] for one in found["wait"]} == {"protects", "does_not"}
    assert json.loads(json.dumps(found)) == found


def test_the_lines_name_what_protects_and_what_does_not_with_their_sections(book):
    lines = list(beside_lines(book, "fed.imm.prra"))
    protects = next(line for line in lines if line.startswith("while you wait, protects: "))
    assert "ss. 162, 232" in protects
    assert any(line.startswith("while you wait, does not protect: A late one") for line in lines)
    assert any(line.startswith("while you wait, given up: ") for line in lines)
    assert any(line.startswith("standard: Refugee Convention") for line in lines)


def test_the_command_prints_them_with_what_can_still_be_taken_alone(tmp_path, capsys):
    facts = tmp_path / "facts.toml"
    facts.write_text('[facts]\n"place.work_province" = "nb"\n"job.federal_work" = false\n', "utf-8")
    assert command.main(["weigh", str(facts), "--on", "2026-11-30"]) == 0
    ways = capsys.readouterr().out.split("\n\n")
    (open_one,) = [way for way in ways if "[nb.es.esa]" in way]
    (closed,) = [way for way in ways if "[on.es.esa]" in way]
    assert "after you win (directors): " in open_one
    assert closed.startswith("CLOSED")
    assert "after you win" not in closed
