"""Asking: a question taken apart into what is looked for, in whichever language it was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.library.finding.meanings import Meaning, Terms
from alongside.library.finding.terms import Stems, folded, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from alongside.library.finding.index import Index
    from alongside.library.finding.terms import Word

LONGEST = 200
"""Signs of a question that are read; what comes after them is left out."""
COVERED, PHRASE = 0.2, 1.5
"""What a word counts that is also part of a known phrase, and what the phrase counts."""
ENOUGH, PLENTY = 5, 9
"""From so many letters on, a word may have one letter wrong; from so many on, two."""
MOST_LIKE, MOST_MENDED = 3, 8
"""How many near words are taken for one, and for how many words of a question they are looked for."""
LITTLE = frozenset(
    """a about after all am an and any are as at be been being but by can could did do does doing don for from
    get got had has have he her him his how i if in is it its just let me mine my no not of on or our
    out said say says she should so some t than that the their them then there they this to up us was we were what
    when where which who why will with without would you your
    ai as au aux avec avez avoir ce ceci cela ces cet cette ca comme comment dans de des du elle elles en
    est et etaient etait ete etre fait faire faut il ils j je la le les leur lui ma mais me mes moi mon ne
    ni nos notre nous ont ou par pas peut peux plus pour pourquoi puis qu quand que quel quelle qui quoi
    s sa sans se ses si son sont suis sur ta te tes toi ton tu un une vos votre vous y""".split()  # noqa: SIM905 - a text to read
)
"""Words that say nothing by themselves. In a phrase such as *sans papiers* they count all the same."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a question: a word, or a phrase with a meaning.

    ``counts``: how much of the question it is. ``near``: the word that was taken in its place, because
    nothing says the one that was written. ``known``: something in the Book says it.
    """

    said: str
    terms: Terms
    meanings: tuple[Meaning, ...]
    counts: float
    near: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was understood. ``place``: the one jurisdiction that it names, else empty."""

    units: tuple[Unit, ...]
    place: str


def asked_of(question: str, index: Index) -> Asked:
    """Take a question apart. Nothing of it is kept anywhere."""
    stems = Stems()
    said = list(words(question[:LONGEST]))
    row = [stems.of_either(word.text) for word in said]
    near = dict(_mended(said, row, index))
    units, places, covered = list[Unit](), set[str](), -1
    for at, word in enumerate(said):
        meant = list(index.meanings.at(row, at, typed=True))
        places |= {one.meaning.place for one in meant if one.meaning.place}
        if phrases := [one for one in meant if one.length > 1]:
            most = max(one.length for one in phrases)
            covered = max(covered, at + most - 1)
            units.append(_phrase(said[at : at + most], [one.meaning for one in phrases]))
        alone = tuple(one.meaning for one in meant if one.length == 1)
        known = bool(alone) or index.says(row[at])
        if (alone or folded(word.text) not in LITTLE) and (known or at > covered):
            counts = COVERED if at <= covered else 1.0
            units.append(Unit(word.text, row[at], alone, counts, near.get(at, ""), known))
    real = tuple(
        unit for unit in units if not (unit.meanings and all(m.place for m in unit.meanings))
    )
    return Asked(real or tuple(units), places.pop() if len(places) == 1 else "")


def _phrase(said: Sequence[Word], meanings: Sequence[Meaning]) -> Unit:
    return Unit(" ".join(word.text for word in said), Terms(), tuple(meanings), PHRASE)


def _mended(said: Sequence[Word], row: list[Terms], index: Index) -> Iterator[tuple[int, str]]:
    """Put what is nearly the same in the place of words that nothing says; say where, and which."""
    strange = [at for at, word in enumerate(said) if not _understood(word, row, at, index)]
    for at in strange[:MOST_MENDED]:
        plain = folded(said[at].text)
        like = dict(list(likes(plain, index.surfaces))[:MOST_LIKE])
        if like:
            row[at] = Terms().union(*like.values())
            yield at, next(iter(like))


def _understood(word: Word, row: Sequence[Terms], at: int, index: Index) -> bool:
    return folded(word.text) in LITTLE or index.knows(row, at)


def likes(word: str, known: Mapping[str, Terms]) -> Iterator[tuple[str, Terms]]:
    """Go through the known words that are nearly this one, the nearest first.

    One letter may be wrong, missing, doubled or changed with its neighbour; two in a long word. The
    first letter has to be right: nearly everybody gets that one right.
    """
    may = 0 if len(word) < ENOUGH else 1 if len(word) < PLENTY else 2
    near = [
        (far, other)
        for other in known
        if may and other[:1] == word[:1] and abs(len(other) - len(word)) <= may
        if (far := distance(word, other)) <= may
    ]
    for _, other in sorted(near):
        yield other, known[other]


def distance(one: str, other: str) -> int:
    """Return how many letters differ: wrong, missing, too many, or two changed with each other."""
    before, last = list[int](), list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        line = [i]
        for j, right in enumerate(other, 1):
            cost = min(last[j] + 1, line[j - 1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1]
