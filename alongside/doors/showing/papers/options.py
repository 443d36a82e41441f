"""*My options*: every way out for one person, in the words of their pages, to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.domain.facts import Truth
from alongside.doors.showing.groups import days_to_watch, deal
from alongside.doors.showing.papers.pen import Parts, Pen, stopped
from alongside.doors.showing.urgency import urgent
from alongside.library.paper.document import Document, Items, Note, Said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from alongside.domain.facts import Answer
    from alongside.doors.showing.cards import Card
    from alongside.doors.showing.groups import Group
    from alongside.library.book import Outlook
    from alongside.library.contacts import Contact
    from alongside.library.paper.document import Block
    from alongside.library.sources import DangerWords
    from alongside.library.words import Voice

NAME = "notes"
"""The name of the file, which any file could have."""
WHOLE = ("group_open", "group_near")
"""The groups whose ways stand whole where something told speaks for them; of the others a line."""
MOST_TO_KNOW = 6


def options(
    outlook: Outlook,
    calls: Sequence[Contact],
    gap: str,
    voice: Voice,
    answers: Mapping[str, Answer] | None = None,
) -> Document:
    """Return the paper, from the same cards, groups and days that the pages of ways show.

    ``calls``: whom to call first; ``gap``: the word for what of the province's law is missing, if
    anything. ``answers``: what the person told, where the paper may say which answer a way stands on;
    None where it must not, for a paper that somebody else could find.
    """
    pen = Pen(voice, answers)
    groups = deal(outlook)
    blocks: list[Block] = [*_frame(pen, outlook, gap)]
    if answers is not None:
        blocks.append(pen.note("plain", "paper_has_answers"))
    blocks += _calls(pen, calls)
    blocks += _days(pen, groups)
    for group in groups:
        blocks += _group(pen, group)
    blocks.append(pen.note("plain", "lawyer_first", "no_promise", "dont_sign", "old_law"))
    return Document(
        name=NAME,
        lang=voice.language.key,
        title=pen.word("title"),
        made_on=outlook.on,
        blocks=tuple(blocks),
        foot=pen.word("paper_made_on", date=outlook.on),
    )


def _frame(pen: Pen, outlook: Outlook, gap: str) -> Iterator[Block]:
    yield pen.heading(pen.word("ways_heading"))
    yield Said(pen.word("ways_lead"))
    yield pen.note("caution", "not_advice", "not_reviewed")
    language = pen.voice.language
    if not language.authored:
        yield pen.note("caution", "law_in_two", "text_english_french")
        if not language.checked_by:
            yield pen.note("caution", "translation_unchecked")
    if gap:
        yield pen.note("caution", gap)
    if urgent(outlook):
        yield pen.note("danger", "danger_now", "dont_leave_alone_unsafe")


def _days(pen: Pen, groups: list[Group]) -> Iterator[Block]:
    rows = [
        (*stopped(pen.deadline(d.clock)), *pen.say(d.card.remedy.words.clocks[d.clock.clock.key]))
        for d in days_to_watch(groups)
    ]
    if rows:
        yield pen.heading(pen.word("days_to_watch"))
        yield Items(tuple(Said(row) for row in rows))


def _calls(pen: Pen, calls: Sequence[Contact]) -> Iterator[Block]:
    yield pen.heading(pen.word("call_tonight"))
    for one in calls:
        said = [Said((*pen.say(one.name), *pen.code(one.phone)), strong=True)]
        said += [Said(pen.say(one.phone_note))] if one.phone_note else []
        said += [Said(pen.word("number_old"))] if one.unverified and not one.well_known else []
        said.append(Said((*pen.word("you_can_say"), *pen.say(one.say))))
        for key, text in (
            ("hours", one.hours), ("tongues", one.languages), ("who_they_tell", one.confidential)
        ):  # fmt: skip
            said.append(Said((*pen.word(key), *pen.say(text))))
        yield Note(tuple(said))
    yield Said((*pen.word("call_no_name"), *pen.word("call_interpreter")))


def _group(pen: Pen, group: Group) -> Iterator[Block]:
    yield pen.heading(pen.word(group.heading))
    whole = [card for card in group.shown if card.spoken_for and group.heading in WHOLE]
    for card in whole:
        yield from _card(pen, card)
    rest = [card for card in group.cards if card not in whole]
    if rest:
        if whole:
            yield pen.heading(pen.word("more_of_these"), 2)
        yield Items(tuple(_short(pen, card, group.heading) for card in rest))


def _short(pen: Pen, card: Card, heading: str) -> Said:
    """Return one line of a way that the page folds away: its name, and what to know before anything."""
    parts = stopped(pen.say(card.remedy.words.name))
    if card.lawyer_first:
        parts += stopped(pen.word("see_lawyer_first"))
    if heading == "group_closed":
        why = [p for text in card.unmet for p in stopped(pen.say(text))]
        closed = "not_met_line" if card.remedy.rule.intake else "no_intake"
        return Said((*parts, *pen.word(closed), *why), pen.origins(_told_against(card)))
    if heading == "group_blocked":
        parts += tuple(p for text in card.blocks for p in pen.say(text)) + pen.until(card.pathway)
    elif card.gravest:
        lead = "gravest" if card.gravest_comes else "gravest_could"
        parts += pen.word(lead) + pen.say(card.gravest.text)
    if heading == "group_quiet":
        parts += _label(pen, "first_step") + pen.say(card.remedy.words.first)
    return Said(parts)


def _card(pen: Pen, card: Card) -> Iterator[Block]:
    words, path = card.remedy.words, card.pathway
    yield pen.heading(pen.say(words.name), 2)
    yield Said(pen.say(words.gives), pen.origins(_told_for(card)))
    yield from _before_it(pen, card)
    yield from _dangers(pen, card)
    if path.discretionary:
        yield Said(pen.word("officer_decides"))
    about = (
        ("give_up", words.give_up), ("who_learns", words.who_learns),
        ("how_long", words.time), ("what_cost", words.cost),
    )  # fmt: skip
    for key, text in about:
        yield Said((*_label(pen, key), *pen.say(text)))
    dates = [
        Said((*stopped(pen.say(words.clocks[t.clock.key])), *pen.deadline(t))) for t in card.dates
    ] + ([Said(pen.word("deadline_unknown"))] if card.unknown_start else [])
    if dates:
        yield Items((*dates, Said(pen.word("deadline_earliest"))))
    if card.missing.tell:
        yield Said(pen.word("still_to_know"), strong=True)
        yield Items(tuple(Said(pen.say(f.name)) for f in card.missing.tell[:MOST_TO_KNOW]))
    yield Said(pen.word("first_step"), strong=True)
    yield Items(tuple(Said(pen.say(t)) for t in (words.first, *words.steps)), numbered=True)
    on = card.remedy.as_of
    read = "read_on" if card.remedy.confidence in {"LAW", "T"} else "checked_on"
    yield Said(pen.word(read, date=on))


def _before_it(pen: Pen, card: Card) -> Iterator[Block]:
    """Say what has to be known before the step: a lawyer first, a rule that may be old, why not now."""
    rule, said = card.remedy.rule, []
    if card.lawyer_first:
        said.append(Said(pen.word("see_lawyer_first"), strong=True))
    if card.stale:
        said.append(Said(pen.word("stale_on", date=rule.review_by)))
    if rule.unverified:
        said.append(Said(pen.word("unverified_rule")))
    said += [Said(pen.say(text)) for text in card.blocks]
    if card.pathway.until:
        said.append(Said(pen.until(card.pathway)))
    if said:
        yield Note(tuple(said), "caution")


def _dangers(pen: Pen, card: Card) -> Iterator[Block]:
    """Say the dangers. Of those that a page folds away it says that they are there, and not which."""
    if not card.dangers:
        yield Said(pen.word("no_dangers"))
        return
    said: list[Said] = []
    for key, found in (("will_happen", card.will_happen), ("could_matter", card.could_matter)):
        if found:
            said.append(Said(pen.word(key), strong=True))
            said += [one for danger in found for one in _danger(pen, danger)]
    if card.folded:
        said.append(Said(pen.word("paper_folded")))
    yield Note(tuple(said), "danger")


def _danger(pen: Pen, danger: DangerWords) -> Iterator[Said]:
    yield Said(pen.say(danger.text))
    if danger.softer:
        yield Said((*pen.word("softer"), *pen.say(danger.softer)))


def _label(pen: Pen, key: str) -> Parts:
    colon = {"fr": "\u00a0:"}
    return tuple(s._replace(text=f"{s.text}{colon.get(s.lang, ':')}") for s in pen.word(key))


def _told_for(card: Card) -> list[str]:
    """Return the facts by which this way could be this person's: those that its needs found to be so."""
    trail = card.pathway.trail
    return [
        k for s in trail if s.line.startswith("need:") and s.truth is Truth.YES for k in s.facts
    ]


def _told_against(card: Card) -> list[str]:
    trail = card.pathway.trail
    return [k for s in trail if s.line.startswith("need:") and s.truth is Truth.NO for k in s.facts]
