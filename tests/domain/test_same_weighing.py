"""When two weighings are the same to a person, and what a rule names of each fact."""

from build import TODAY, rule, told

from alongside.domain.pathways import weigh

HERE = rule(
    "place.province in on,qc & doc.held is yes", "place.province is ab | predicate one_year_clock"
)


def test_two_weighings_are_the_same_where_all_that_follows_is():
    asks = rule("doc.held is yes", dangers=(("risk.named", "job.ended is yes"),))
    facts = told(doc__held=True, job__ended=False)
    known, elsewhere = (
        weigh(asks, facts, TODAY),
        told(doc__held=True, job__ended=False, hlt__ill=True),
    )
    again = weigh(asks, elsewhere, TODAY)
    assert known == again, "a fact that nothing reads changes nothing"
    assert hash(known) == hash(again)
    assert len({known, again}) == 1


def test_two_weighings_differ_where_anything_that_follows_does():
    asks = rule("doc.held is yes", dangers=(("risk.named", "job.ended is yes"),))
    known = weigh(asks, told(doc__held=True, job__ended=False), TODAY)
    endangered = weigh(asks, told(doc__held=True), TODAY)
    assert known.verdict is endangered.verdict
    assert known != endangered, "the danger is not ruled out"
    assert known != weigh(
        rule("doc.held is yes", key="fed.test.other"), told(doc__held=True), TODAY
    )
    assert known != known.whole, "what is no weighing is not the same as one"


def test_a_rule_names_the_words_that_can_meet_its_needs_fact_by_fact():
    assert HERE.named == {
        "place.province": frozenset({"on", "qc", "ab"}),
        "doc.held": frozenset({"yes"}),
    }
