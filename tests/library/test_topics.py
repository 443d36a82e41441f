"""Topics: pages of the book in which every point says what it rests on."""


def test_being_a_witness_speaks_of_each_place_and_of_not_being_made_to(book):
    """Police, a tribunal, a criminal court, papers, and refusing: none may be left out."""
    topic = book.topics["witness"]
    headings = " ".join(section.name.en for section in topic.sections).lower()
    for place in ("police", "tribunal", "criminal court", "papers", "not being made"):
        assert place in headings
    assert all(point.cites for section in topic.sections for point in section.points)


def test_it_leads_from_the_ways_where_somebody_may_have_to_speak(book):
    topic = book.topics["witness"]
    assert {"fed.crim.police_report", "on.hr.hrto", "fed.imm.vtip_trp"} <= set(topic.remedies)
    assert set(topic.remedies) <= set(book.remedies)


def test_it_promises_no_permit_for_speaking(book):
    """IRCC asks nobody to testify; no permit for witnesses was found. Both are said."""
    told = [point.text.en for s in book.topics["witness"].sections for point in s.points]
    assert any("no permit just for witnesses" in text for text in told)
    assert not any("you will get" in text.lower() for text in told)


def test_it_is_as_old_as_the_law_it_was_read_from(book):
    topic = book.topics["witness"]
    read = [book.sources.table[cite.source].read_on for cite in topic.cites]
    assert topic.review.as_of.isoformat() == min(read)
