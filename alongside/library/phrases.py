"""Phrases: one secret, spelled in eight words of a language or in 24 digits, and read back kindly.

A person who keeps what they told takes a secret away: on paper, in their head, or said aloud to a
friend. Later they type it on a borrowed phone, tired, perhaps without the accents of their language.
So much is forgiven, but nothing is guessed: a word that is nearly right is offered, never taken.

The secret is ten bytes, a number below ``MOST`` written big end first. Eight words of lists of 1,024
hold 80 bits, a little more than 24 digits do. A secret drawn below 10**24 can therefore be spelled
both ways, and somebody whose script has no list here says the digits. Whoever draws it writes
``secret_of(secrets.randbelow(MOST))``; it has 79.7 bits.
"""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.library.book import CONTENT
from alongside.library.reading import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MOST = 10**24  # the first number too large for 24 digits; below 2**80, so words hold it as well
BYTES, WORDS, DIGITS, GROUP = 10, 8, 24, 4
BITS, SIZE = 10, 1 << 10  # a word is ten bits
STEM = 4  # a word is known by its first four letters
SHORTEST = 3  # no word of a list is shorter: what is, is an article, an elision or a slip
OFFERED = 4  # more near words would be a riddle, not a help
# What no decomposition of Unicode takes apart; the dotless i comes from Turkish keyboards.
UNFOLDED = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ı": "i", "ø": "o", "ł": "l"})
# Accents that stand apart; soft hyphens and marks of the direction of writing.
UNSEEN = {"Mn", "Cf"}


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a text is no phrase. It holds nothing of what was typed and may be shown and logged.

    ``reason``: *empty*, *count* (not eight words), *word* (the one at ``position``, from 1, is not in
    the list; ``near`` offers words of the list that may be meant) or *digits* (not 24 of them).
    """

    reason: str
    position: int = 0
    near: tuple[str, ...] = ()
    expected: int = 0
    found: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Phrase:
    """A secret, spelled. ``words`` is None where the language has no list. Never shown by ``repr``."""

    words: str | None
    digits: str


class PhraseList:
    """The 1,024 words of one language, sorted as if they had no accents."""

    def __init__(self, words: Sequence[str]) -> None:
        """Take the words; refuse a list by which a phrase could be read in two ways."""
        self.words: tuple[str, ...] = tuple(words)
        self._folded = tuple(fold(word) for word in self.words)
        self._stems = {word[:STEM]: number for number, word in enumerate(self._folded)}
        if len(self.words) != SIZE or len(self._stems) != SIZE:
            message = f"A list of phrases has {SIZE} words, each with its own first {STEM} letters."
            raise ContentError(message)

    def spell(self, numbers: Sequence[int]) -> str:
        """Return the words of eight numbers from 0 to 1023, with a space between."""
        if len(numbers) != WORDS or not all(0 <= number < SIZE for number in numbers):
            message = f"A phrase has {WORDS} numbers from 0 to {SIZE - 1}."
            raise ValueError(message)
        return " ".join(self.words[number] for number in numbers)

    def read(self, text: str) -> list[int] | Unread:
        """Return the number of each of the eight words, or what stands in the way.

        Case, accents, apostrophes, signs and line breaks do not matter, and the first four letters
        of a word are enough. Numbers before the words and articles of one or two letters are skipped.
        """
        typed = _typed_words(text)
        if len(typed) != WORDS:
            reason = "count" if typed else "empty"
            return Unread(reason, expected=WORDS, found=len(typed))
        numbers = []
        for position, word in enumerate(typed, 1):
            number = self._find(word)
            if number is None:
                return Unread("word", position, self.near(word), WORDS, len(typed))
            numbers.append(number)
        return numbers

    def near(self, typed: str) -> tuple[str, ...]:
        """Return the words that may be meant: the same beginning first, then those one slip away.

        A slip is a letter too many, missing or wrong, or two letters that changed places.
        """
        word = fold(typed)
        same = self._stems.get(word[:STEM])
        found = [] if same is None else [same]
        found += [i for i, whole in enumerate(self._folded) if _one_slip(word, whole)]
        if len(word) <= STEM + 1:  # perhaps only the beginning of a word was typed
            found += [i for i, whole in enumerate(self._folded) if _one_slip(word, whole[:STEM])]
        return tuple(self.words[i] for i in dict.fromkeys(found))[:OFFERED]

    def known(self, text: str) -> int:
        """Count the words of a text that are in this list."""
        return sum(self._find(word) is not None for word in _typed_words(text))

    def whole(self, text: str) -> int:
        """Count the words of a text that stand there whole and not only by their beginning."""
        found = set(self._folded)
        return sum(word in found for word in _typed_words(text))

    def _find(self, word: str) -> int | None:
        number = self._stems.get(word[:STEM])
        return number if number is not None and self._folded[number].startswith(word) else None


@functools.cache
def phrase_lists(root: Path = CONTENT) -> dict[str, PhraseList]:
    """Return every list under ``root``, by language; read once."""
    return {
        path.stem: PhraseList(path.read_text(encoding="utf-8").split())
        for path in sorted((root / "phrases").glob("*.txt"))
    }


def secret_of(number: int) -> bytes:
    """Return the secret of a number drawn below ``MOST``."""
    if not 0 <= number < MOST:
        message = f"A secret is a number below 10**{DIGITS}."
        raise ValueError(message)
    return number.to_bytes(BYTES, "big")


def digits_of(secret: bytes) -> str:
    """Spell a secret in 24 digits, four by four."""
    digits = f"{_number_of(secret):0{DIGITS}}"
    return " ".join(digits[at : at + GROUP] for at in range(0, DIGITS, GROUP))


def read_digits(text: str) -> bytes | Unread:
    """Read a secret from 24 digits of any script; whatever is no digit is passed over."""
    digits = _digits(text)
    if len(digits) != DIGITS:
        return Unread("digits" if digits else "empty", expected=DIGITS, found=len(digits))
    return secret_of(int(digits))


def spell(secret: bytes, lang: str) -> Phrase:
    """Spell a secret in digits, and in words where the language has a list."""
    number = _number_of(secret)
    numbers = [number >> BITS * place & SIZE - 1 for place in reversed(range(WORDS))]
    known = phrase_lists().get(lang)
    return Phrase(known.spell(numbers) if known else None, digits_of(secret))


def read(text: str, lang: str | None) -> bytes | Unread:
    """Read a secret from digits or from words that all stand in one list.

    ``lang`` is the language of the page; its list goes first. Where several lists read all eight
    words, the one wins that has more of them whole: *pian* may be piano in three languages. A phrase
    never given is read as well, if its words are real: nothing will be found under it.
    """
    if in_digits(text):
        return read_digits(text)
    tried = [(known, known.read(text)) for known in _page_first(lang)]
    readings = [(known, found) for known, found in tried if not isinstance(found, Unread)]
    if readings:
        numbers = max(readings, key=lambda reading: reading[0].whole(text))[1]
        secret = sum(number << BITS * place for place, number in enumerate(reversed(numbers)))
        return secret.to_bytes(BYTES, "big")
    refusals = [(known, found) for known, found in tried if isinstance(found, Unread)]
    likeliest = max(refusals, key=lambda refusal: refusal[0].known(text))
    return likeliest[1]


def in_digits(text: str) -> bool:
    """Say whether a text is more digits than letters, and so read as digits."""
    return len(_digits(text)) > sum(sign.isalpha() for sign in text)


def never_given(secret: bytes) -> bool:
    """Say whether these words cannot be anybody's phrase, without asking whose: none is drawn from ``MOST`` on.

    It is so of one in six of all eight words, and tells no more than the lists do.
    """
    return int.from_bytes(secret, "big") >= MOST


def fold(text: str) -> str:
    """Return a text in small letters, without accents and without signs nobody sees."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(UNFOLDED))
    return "".join(sign for sign in apart if unicodedata.category(sign) not in UNSEEN)


def _page_first(lang: str | None) -> list[PhraseList]:
    lists = phrase_lists()
    return [lists[key] for key in sorted(lists, key=lambda key: key != lang)]


def _number_of(secret: bytes) -> int:
    number = int.from_bytes(secret, "big")
    if len(secret) != BYTES or number >= MOST:
        message = f"A secret has {BYTES} bytes and is a number below 10**{DIGITS}."
        raise ValueError(message)
    return number


def _typed_words(text: str) -> list[str]:
    letters = "".join(sign if sign.isalpha() else " " for sign in fold(text))
    return [word for word in letters.split() if len(word) >= SHORTEST]


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())


def _one_slip(typed: str, word: str) -> bool:
    if abs(len(typed) - len(word)) > 1 or typed == word:
        return False
    return any(slip == word for slip in _slips(typed, word))


def _slips(typed: str, word: str) -> Iterator[str]:
    """Go through what one slip may have made of ``word`` where the two begin to differ."""
    both = zip(typed, word, strict=False)
    at = next((i for i, (a, b) in enumerate(both) if a != b), min(len(typed), len(word)))
    begin, rest, right = typed[:at], typed[at:], word[at : at + 1]
    yield begin + rest[1:]  # one too many
    yield begin + right + rest  # one missing
    yield begin + right + rest[1:]  # one wrong
    yield begin + rest[1:2] + rest[:1] + rest[2:]  # two changed places
