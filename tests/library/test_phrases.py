"""A phrase comes back from a tired person's typing, and is never guessed; its words harm nobody."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.library.phrases import (
    MOST,
    Phrase,
    PhraseList,
    Unread,
    digits_of,
    fold,
    phrase_lists,
    read,
    read_digits,
    secret_of,
    spell,
)
from alongside.library.reading import ContentError

LANGS = ("en", "fr", "es")
SECRET = secret_of(123_456_789_012_345_678_901_234)
numbers = st.integers(0, MOST - 1)
langs = st.sampled_from(LANGS)

# Whole words that must never stand in a list. Not all that could hurt: the ones that nearly got in.
NEVER = {
    "en": """arm army axe badge baby bed beer bill bite blood body bomb border boss bottle bush cage
        cell chain chest cock coin contract cow crime cross crown cuff dead death debt dick die dog
        donkey drug drown dye escape fear fire flag gas gate gun hell help hide home hook hunt ice
        jail judge key kill king knife knot law lock love maid march mask money monkey nail naked
        needle net owner pain pay permit pig pill pipe poison police prison pussy race rape rat rent
        rope run safe secret serve sex ship sick slave snake spade steal storm trafficking trap trick
        truck tunnel visa wall war weapon whip wine wolf work""",
    "fr": """âne argent arme arrêt avocat barque bâton bite boule bourse cabane cage calice cave
        chaîne chair chatte chef chien clé clou cochon corde corps coup crèche crime croix cul dette
        dieu drap drogue emploi esclave évasion fer fesse feu figue filet fouet fuite fusil gazon
        gland gosse grenade graine grève guerre hostie larme lit loi maître martinet mère mine mort
        mule nounours nuit papier patron peau pédale peur piège pipe pirogue poing police porc poule
        prison procès queue rat règle sang serpent sexe singe soldat tabernacle tombe traite travail
        trottoir trou valise verge vin viol violon violet visa""",
    "es": """arma bala balsa barco bicho bollo botella brujo burro cadena caja cajeta cama camión
        cárcel caza cerdo chaqueta chile chimba chucha coger cola concha conejo cono coño coyote culo
        desierto deuda dueño droga esposa frontera fuego gallina gato golpe guerra hacha higo horno
        hostia huevo jaula jefe leche ley llave madre mariposa miedo mina mojado mono mora mujer mula
        muerte nabo negro paja papaya papel pato patrón pecho pelea pene perro pico pijama pinche
        pinga pistola pito polla pollo polvo prisión puta rata sangre seta sexo tortilla trabajo
        trampa tren verga viaje vino violeta violín zorra""",
}
# Beginnings that say the same even when only four letters are typed.
NEVER_BEGIN = {
    "en": "arse cock coon cunt dick fuck kill nigg porn puss rape shit slut whor",
    "fr": "bite cibo crim crucif gode gosse merd negr nich pede pine plot pute tabe tuer viol",
    "es": "arma bala cach chuc coge cono culo foll marica muer nalg pend pich pija ping puta teta verg viol",
}


@pytest.fixture(scope="module", params=LANGS)
def lang(request):
    return request.param


@pytest.fixture
def known(lang) -> PhraseList:
    return phrase_lists()[lang]


def _slow(word: str, other: str) -> bool:
    """Say whether one slip leads from one to the other; the plain way, to check the quick one."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    return other in (
        {a + b[1:] for a, b in cuts if b}
        | {a + c + b[1:] for a, b in cuts if b for c in letters}
        | {a + c + b for a, b in cuts for c in letters}
        | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    )


# The lists


def test_a_list_exists_for_each_language_meant():
    assert tuple(sorted(phrase_lists())) == tuple(sorted(LANGS))


def test_a_list_has_1024_sorted_short_words(known):
    assert len(set(known.words)) == 1024
    assert list(known.words) == sorted(known.words, key=fold)
    for word in known.words:
        assert 3 <= len(fold(word)) <= 8, word
        assert len(word) <= 8, word
        assert re.fullmatch("[a-z]+", fold(word)), word
        assert word == word.lower(), word


def test_english_has_no_accents():
    assert all(word == fold(word) for word in phrase_lists()["en"].words)


def test_a_word_is_known_by_its_first_four_letters(known):
    stems = [fold(word)[:4] for word in known.words]
    assert len(set(stems)) == 1024
    for short in (stem for stem in stems if len(stem) == 3):
        assert [stem for stem in stems if stem.startswith(short)] == [short]


def test_no_word_hurts(lang, known):
    folded = {fold(word) for word in known.words}
    assert not folded & {fold(word) for word in NEVER[lang].split()}
    begin = tuple(NEVER_BEGIN[lang].split())
    allowed = {"chuckle"}
    assert not {word for word in folded if word.startswith(begin)} - allowed


@pytest.mark.parametrize(
    ("lang", "sounds"),
    [
        ("en", "flour flower"),
        ("en", "sea see"),
        ("en", "cymbal symbol"),
        ("en", "dew due"),
        ("en", "pedal petal"),
        ("en", "metal medal"),
        ("en", "red read"),
        ("en", "pear pair"),
        ("en", "cosy cozy"),
        ("fr", "vert verre vers ver"),
        ("fr", "ancre encre"),
        ("fr", "reine renne"),
        ("fr", "mer mère maire"),
        ("fr", "pois poids"),
        ("fr", "voix voie"),
        ("fr", "conte compte comte"),
        ("es", "kiosco quiosco"),
        ("es", "hola ola"),
        ("es", "casa caza"),
        ("es", "taza tasa"),
        ("es", "hojear ojear"),
    ],
)
def test_words_that_sound_alike_do_not_stand_together(lang, sounds):
    assert len(set(sounds.split()) & set(phrase_lists()[lang].words)) <= 1


def test_a_list_by_which_a_phrase_reads_in_two_ways_is_refused(known):
    twice = (*known.words[:-1], known.words[0] + "s")
    with pytest.raises(ContentError):
        PhraseList(twice)
    with pytest.raises(ContentError):
        PhraseList(known.words[:-1])


# Round trips


@given(numbers, langs, st.none() | st.sampled_from([*LANGS, "ar", "xx"]))
def test_every_secret_comes_back_from_words_and_from_digits(number, lang, page):
    secret = secret_of(number)
    phrase = spell(secret, lang)
    assert read(phrase.words, lang) == secret
    assert read(phrase.words, page) == secret
    assert read(phrase.digits, page) == secret
    assert read_digits(phrase.digits) == secret
    assert len(phrase.words.split()) == 8


@given(langs, st.lists(st.integers(0, 1023), min_size=8, max_size=8))
def test_every_word_of_a_list_is_read_as_itself(lang, chosen):
    known = phrase_lists()[lang]
    assert known.read(known.spell(chosen)) == chosen
    assert known.read(" ".join(fold(known.words[n])[:4] for n in chosen)) == chosen


def test_a_secret_is_ten_bytes_and_its_spelling_does_not_change():
    assert SECRET.hex() == "1a249b1f10a06c96aff2"
    assert digits_of(SECRET) == "1234 5678 9012 3456 7890 1234"
    assert digits_of(secret_of(0)) == "0000 0000 0000 0000 0000 0000"
    assert digits_of(secret_of(MOST - 1)) == "9999 9999 9999 9999 9999 9999"
    assert MOST < 2**80
    first = phrase_lists()["en"].words[0]
    assert spell(secret_of(0), "en").words == " ".join([first] * 8)


def test_a_language_without_a_list_says_digits():
    assert spell(SECRET, "ar") == Phrase(None, "1234 5678 9012 3456 7890 1234")
    assert spell(SECRET, "../../facts/pay").words is None


@pytest.mark.parametrize("number", [-1, MOST, 2**80])
def test_a_number_that_digits_cannot_hold_is_refused(number):
    with pytest.raises(ValueError, match="10"):
        secret_of(number)


@pytest.mark.parametrize("secret", [b"", b"\x00" * 9, b"\x00" * 11, MOST.to_bytes(10, "big")])
def test_bytes_that_are_no_secret_are_refused_without_being_shown(secret):
    for refuse in (digits_of, lambda it: spell(it, "en")):
        with pytest.raises(ValueError, match="secret") as caught:
            refuse(secret)
        assert str(MOST) not in str(caught.value)


@pytest.mark.parametrize("chosen", [[0] * 7, [0] * 9, [0] * 7 + [1024], [0] * 7 + [-1]])
def test_numbers_that_are_no_phrase_are_refused(known, chosen):
    with pytest.raises(ValueError, match="A phrase has 8"):
        known.spell(chosen)


def test_a_phrase_does_not_show_itself_in_a_log():
    phrase = spell(SECRET, "en")
    assert phrase.words.split()[0] not in repr(phrase)
    assert "1234" not in repr(phrase)


# Kind reading


@pytest.mark.parametrize(
    "retype",
    [
        str.upper,
        str.title,
        fold,
        lambda text: f"\n  {text}  \r\n",
        lambda text: text.replace(" ", ", "),
        lambda text: text.replace(" ", " - "),
        lambda text: text.replace(" ", "-"),
        lambda text: text.replace(" ", "—"),
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace(" ", "\u00a0\t"),
        lambda text: f"«{text}».",
        lambda text: " ".join(f"{at}. {word}" for at, word in enumerate(text.split(), 1)),
        lambda text: " ".join(f"l'{word}" for word in text.split()),
        lambda text: " ".join(f"l’{word}" for word in text.split()),
        lambda text: " ".join(f"la {word}" for word in text.split()),
        lambda text: " ".join(f"\u2066{word[:2]}\u00ad{word[2:]}\u2069" for word in text.split()),
        lambda text: text.replace("i", "ı"),
        lambda text: " ".join(word[:5] for word in fold(text).split()),
    ],
)
def test_how_it_is_typed_does_not_matter(known, retype):
    accented = sorted(known.words, key=fold)[::-1][:200:25]
    text = " ".join(accented)
    assert known.read(retype(text)) == [known.words.index(word) for word in accented]


def test_accents_may_be_typed_apart_or_left_out():
    words = phrase_lists()["fr"]
    text = " ".join(word for word in words.words if word != fold(word) and len(word) > 3)
    chosen = text.split()[:8]
    apart = " ".join(word.replace("é", "e\u0301") for word in chosen)
    assert words.read(apart) == words.read(fold(apart)) == [words.words.index(w) for w in chosen]
    assert {"œuf", "œillet"} <= set(words.words)
    assert (
        words.read("OEUF oeil œuf œillet œuf œuf œuf œuf")[:2] == words.read("œuf œillet " * 4)[:2]
    )


def test_a_wrong_word_is_named_by_its_place_and_the_nearest_offered():
    fault = read("apple river window bananna spoon table zebra apple", "en")
    assert fault == Unread("word", 4, ("banana",), 8, 8)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("rivver", "river"),
        ("rver", "river"),
        ("rivar", "river"),
        ("rievr", "river"),
        ("rivers", "river"),  # not taken either: nothing is guessed
        ("riverside", "river"),
        ("rivr", "river"),
        ("rvier", "river"),
        ("snoww", "snow"),
        ("irsi", "iris"),
        ("viy", "ivy"),
    ],
)
def test_a_word_one_slip_away_is_offered_and_not_taken(typed, offered):
    text = f"apple spoon {typed} table zebra apple spoon table"
    fault = read(text, "en")
    assert (fault.reason, fault.position) == ("word", 3)
    assert offered in fault.near
    assert len(fault.near) <= 4


def test_a_word_far_from_all_gets_no_offer():
    assert read("qqqqqq " * 8, "en") == Unread("word", 1, (), 8, 8)
    assert read("q" * 100_000 + " apple" * 7, "en") == Unread("word", 1, (), 8, 8)


@given(st.data(), langs)
def test_every_single_slip_in_a_word_is_offered(data, lang):
    known = phrase_lists()[lang]
    word = fold(data.draw(st.sampled_from(known.words)))
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    slipped = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            ]
        )
    )
    close = [other for other in known.words if _slow(slipped, fold(other))]
    assert word == slipped or word in map(fold, close)
    if len(close) <= 2 and len(slipped) > 5:  # few enough that all are offered
        assert set(close) - {slipped} <= set(known.near(slipped))
    assert all(
        _slow(slipped, fold(other))
        or fold(other)[:4] == slipped[:4]
        or _slow(slipped, fold(other)[:4])
        for other in known.near(slipped)
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Unread("empty", expected=8)),
        (" \n.,-  ", Unread("empty", expected=8)),
        ("apple river", Unread("count", expected=8, found=2)),
        ("apple " * 9, Unread("count", expected=8, found=9)),
        ("1234 5678", Unread("digits", expected=24, found=8)),
        ("1" * 25, Unread("digits", expected=24, found=25)),
        ("1" * 100_000, Unread("digits", expected=24, found=100_000)),
    ],
)
def test_what_is_too_short_or_too_long_says_so(text, fault):
    assert read(text, "en") == fault
    assert read(text, None) == fault


def test_digits_read_in_every_way_they_are_written():
    plain = "123456789012345678901234"
    arabic = plain.translate({ord(str(n)): chr(0x0660 + n) for n in range(10)})
    persian = plain.translate({ord(str(n)): chr(0x06F0 + n) for n in range(10)})
    for text in (
        plain,
        "1234-5678-9012-3456-7890-1234",
        "1234.5678.9012.3456.7890.1234",
        " 12 34 56\n78 9012 3456 7890 1234 ",
        arabic,
        " ".join(arabic[at : at + 4] for at in range(0, 24, 4)),
        persian,
        f"\u2067{persian[:12]}\u2069 {arabic[12:]}",
        f"code: {plain}",
    ):
        assert read(text, "ar") == SECRET
        assert read_digits(text) == SECRET


def test_a_letter_among_digits_is_not_guessed():
    assert read("O234 5678 9012 3456 7890 1234", "en") == Unread("digits", expected=24, found=23)
    assert read_digits("") == Unread("empty", expected=24)


def test_all_eight_words_must_stand_in_one_list():
    english = spell(SECRET, "en").words.split()
    french = spell(SECRET, "fr").words.split()
    fault = read(" ".join(english[:6] + french[6:]), "es")
    assert isinstance(fault, Unread)
    assert (fault.reason, fault.position) == ("word", 7)  # told of the list that nearly fits


def test_words_shared_by_two_languages_go_to_the_page_and_whole_words_before_beginnings():
    lists = phrase_lists()
    shared = sorted(set(lists["en"].words) & set(lists["fr"].words))[:8]
    text = " ".join(shared)
    for lang in ("en", "fr"):
        assert read(spell(read(text, lang), lang).words, lang) == read(text, lang)
        assert spell(read(text, lang), lang).words == text
    stems = {fold(word)[:4] for word in lists["en"].words}
    both = [w for w in lists["fr"].words if fold(w)[:4] in stems and w not in lists["en"].words]
    begins = " ".join(fold(word) for word in both[:8])
    assert fold(spell(read(begins, "en"), "fr").words) == begins


@given(st.text(max_size=200), st.sampled_from([None, *LANGS, "ar"]))
def test_nothing_that_is_typed_makes_it_fail(text, page):
    found = read(text, page)
    assert isinstance(found, (bytes, Unread))
    assert isinstance(read_digits(text), (bytes, Unread))


def test_nothing_that_is_typed_is_kept_in_the_answer():
    typed = "apple river xyzzyplugh window spoon table zebra apple"
    assert "xyzzy" not in repr(read(typed, "en"))
    with pytest.raises(ValueError, match="0 to 1023") as caught:
        phrase_lists()["en"].spell([5000] * 8)
    assert "5000" not in str(caught.value)
