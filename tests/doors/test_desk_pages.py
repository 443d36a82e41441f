"""What keeps a browser from remembering holds on every page of the desk, in every language and state."""

import re
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.config.middleware import HEADERS
from alongside.doors.showing.speaking import book
from alongside.library.calling import code_of as paper_code
from alongside.library.phrases import spell
from alongside.library.words import PSEUDO
from alongside.records.agencies.actions.admitting import propose
from alongside.records.agencies.actions.joining import invite
from alongside.records.agencies.content import Role
from alongside.records.casefile.actions.answering import ask, reply
from alongside.records.casefile.actions.sharing import Attached, withdraw
from tests import abroad
from tests.agencies import CLINIC, SETTLEMENT, beside, present, with_passkey
from tests.devices import Device
from tests.doors.addresses import DESK_EXAMPLES, LANGUAGES
from tests.doors.desking import (
    HOST,
    Deskmate,
    a_while_ago,
    clinic,
    house,
    somebody_wrote,
)
from tests.doors.forms_seen import Seen
from tests.doors.visiting import outermost
from tests.people import DIVYA, HASSAN, MATEO

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(
    r"/|/static/[adik]\.(css|js|svg)|#[a-z]{0,5}-?[a-z_]{0,12}\d{0,2}"
    r"|/[a-z]{2}/((u|j|j/c|r|i|i/s|i/[lwao]/\d{1,4}|e|c)/)?"
    r"|/[a-z]{2}/k/[a-z2-7]{26}/([wqcpot]/|f/[a-z2-7]{26}/|m/(en|fr)/|o/[a-z2-7]{5}/(en|fr)/(f/)?)?"
    r"|/[a-z]{2}/a/([tiscnpbk]/|j/\d{1,4}/|[ldk]/[a-z2-7]{26}/)?"
)
OTPAUTH = "otpauth://totp/Notes?secret="


def everything(lang):
    """Return every page of the desk in many states, by a name: the answer of each."""
    amara = with_passkey(clinic(), Device(), "Phone")
    bruno = house()
    beside(amara, "chidi", a_while_ago())
    now, files = present(), [Attached("a.jpg", "image/jpeg", b"j")]
    propose(keys=bruno.keys, described=CLINIC, today=now.today, minute=now.minute)
    told = MATEO.answers | DIVYA.answers
    open_ = somebody_wrote(amara, told, "work", "story", "health", files=files)
    over = somebody_wrote(amara, HASSAN.answers, "work")
    mate, stranger = Deskmate(amara, lang), Deskmate(None, lang)
    found = {"empty": Deskmate(bruno, lang).get("i/"), "inbox": mate.get("i/")}
    reply(keys=amara.keys, own=open_.note.id, text="Hello", now=now)
    ask(keys=amara.keys, own=open_.note.id, section="family", text="Why", now=now)
    withdraw(keys=over.keys, own=over.note.id, now=now)
    mate.send(open_.at + "c/", word="lake")
    mate.send(open_.at + "q/", text="", section="family")
    found |= {"casefile": mate.get(open_.at), "over": mate.get(over.at)}
    for key, tongue in (("wage_claim", "en"), ("limitation_memo", "fr")):
        found[key] = mate.get(f"{open_.at}o/{paper_code(key)}/{tongue}/")
    mate.send(open_.at + "w/", text="Come to 1 Main Street")
    mate.send(open_.at + "q/", text="For days", section="family")
    found |= {"preview": mate.get(open_.at + "w/"), "asking": mate.get(open_.at + "q/")}
    for path in ("i/", "i/o/1/", "i/a/1/", "a/", "a/j/1/", "a/c/", "a/n/", "a/b/", "a/p/", "a/k/"):
        found[path] = mate.get(path)
    link = re.search(r"a/l/[a-z2-7]{26}/", found["a/"].content.decode())[0]
    mate.send("a/n/", name="")
    mate.send("a/p/", now="no", then="no")
    found |= {"let go": mate.get(link), "lacking": mate.get("a/n/"), "wrong": mate.get("a/p/")}
    found |= of_cards(mate, Deskmate(bruno, lang))
    mate.send("a/c/")
    found |= {"shown": mate.get("a/s/"), "nowhere": mate.get("nowhere/")}
    stranger.send("", name="x", passphrase="y", code="1")
    stranger.send("j/", code="1")
    stranger.send("r/", one="1", other="2")
    found |= {path or "sign in": stranger.get(path) for path in ("", "j/", "r/", "e/", "c/")}
    secret = invite(keys=amara.keys, role=Role.LEAD, today=now.today, minute=now.minute)
    stranger.send("j/", code=spell(secret, "en").digits)
    stranger.send("j/c/", sign_in="amara")
    return found | {"choose": stranger.get("j/c/")} | of_passkeys(mate, stranger)


def of_cards(mate, other):
    """Return the pages of a card from another host: none, one, and what another lead sees of it then."""
    mate.send("a/b/")
    found = {"no card": mate.get("a/b/")}
    file = SimpleUploadedFile("c.txt", abroad.card().encode())
    mate.client.post(f"/{mate.lang}/a/b/", {"file": file})
    found["card"] = mate.get("a/b/")
    mate.send("a/b/", move="propose")
    return found | {"brought in": other.get("a/")}


def of_passkeys(mate, stranger):
    """Return the pages of passkeys with something wrong on each."""
    away = re.search(r"a/k/[a-z2-7]{26}/", mate.html("a/k/"))[0]
    mate.send(away, passphrase="no")
    mate.send("a/k/", move="ask", name="", passphrase="no")
    stranger.send("", name="x", passphrase="y", passkey="{}", move="passkey")
    found = {"passkey": mate.get(away), "no passkey": mate.get("a/k/")}
    return found | {"unknown": stranger.get("")}


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):  # noqa: ARG001 - the store must be there first
    """All of them, in every language and the one nobody speaks, each in a store of its own."""
    from django.db import transaction  # noqa: PLC0415 - only here

    found = {}
    with django_db_blocker.unblock():
        for lang in (*LANGUAGES, PSEUDO):
            with transaction.atomic():
                found[lang] = everything(lang)
                transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def read(pages):
    """The same, parsed: language, name, what was seen, answer."""
    return [
        (lang, name, Seen(answer.content.decode()), answer)
        for lang, all_of_it in pages.items()
        for name, answer in all_of_it.items()
    ]


def test_every_page_answers(read):
    wrong = {(lang, name): a.status_code for lang, name, _, a in read if a.status_code != 200}
    assert wrong == {(lang, "nowhere"): 404 for lang in (*LANGUAGES, PSEUDO)}


def test_every_answer_carries_the_headers_and_is_kept_nowhere(read):
    for _, name, _, answer in read:
        assert {header: answer[header] for header in HEADERS} == HEADERS, name


def test_every_form_and_every_field_asks_the_browser_not_to_remember(read):
    remembered = {
        (name, tag, field.get("name"))
        for _, name, page, _ in read
        for tag, field in page.fields
        if field.get("autocomplete") != "off"
    }
    assert remembered == set()


def test_every_form_is_sent_by_post_and_carries_its_secret(read):
    for _, name, page, answer in read:
        forms = [field for tag, field in page.fields if tag == "form"]
        assert all(form.get("method") == "post" for form in forms), name
        secrets = answer.content.decode().count('name="csrfmiddlewaretoken"')
        assert secrets == len(forms), name


def test_there_is_every_kind_of_field_and_a_label_for_each(read):
    tags = {(tag, field.get("type")) for _, _, page, _ in read for tag, field in page.fields}
    assert {("textarea", None), ("input", "password"), ("input", "checkbox")} <= tags
    for _, name, page, _ in read:
        labels = {found.get("for") for tag, found in page.tags if tag == "label"}
        alone = [
            field
            for tag, field in page.fields
            if tag in {"input", "textarea"}
            and field.get("type") not in {"hidden", "radio", "checkbox"}
            and field.get("id") not in labels
        ]
        assert alone == [], name


def test_an_identity_stands_once_on_a_page(read):
    for _, name, page, _ in read:
        ids = [found["id"] for _, found in page.tags if "id" in found]
        assert sorted(ids) == sorted(set(ids)), name


def test_one_title_for_each_language_and_the_same_as_the_persons(read):
    titles = {(lang, page.title) for lang, _, page, _ in read}
    assert len(titles) == len(LANGUAGES) + 1
    assert {("en", "Notes"), ("fr", "Carnet")} <= titles


def test_no_address_tells_anything(read):
    telling = {
        re.sub(r"^/[a-z]{2}/", "/", link)
        for _, _, page, _ in read
        for link in page.links
        if not ADDRESS.fullmatch(link) and not link.startswith("otpauth://totp/")
    }
    assert telling == {"/nowhere/"}, "which somebody typed"


def test_only_the_page_to_join_holds_a_seed(read):
    for lang, name, page, _ in read:
        seeds = [link for link in page.links if link.startswith("otpauth:")]
        assert len(seeds) == (name == "choose"), name
        if lang == "en" and seeds:
            assert seeds[0].startswith(OTPAUTH)


def test_nothing_comes_from_elsewhere(read):
    for _, name, page, answer in read:
        away = [link for link in page.links if "//" in link and not link.startswith("otpauth:")]
        assert away == [], name
        assert "style=" not in answer.content.decode(), name


def test_what_was_typed_stands_in_no_address_and_no_cookie(read):
    for _, name, page, answer in read:
        told = " ".join([*page.links, str(answer.cookies)])
        assert not re.search(r"Main Street|For days|lake|amara", told), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_can_change_its_language(pages, lang):
    for name, answer in pages[lang].items():
        page = Seen(answer.content.decode())
        html = next(found for tag, found in page.tags if tag == "html")
        assert (html["lang"], html["dir"]) == (lang, book().words.languages[lang].dir), name
        at = answer.request["PATH_INFO"]
        assert {at.replace(f"/{lang}/", f"/{to}/", 1) for to in LANGUAGES} <= set(page.links), name


THEIRS = r'<div class="preview".*?</div>'
WORDS = re.compile(
    THEIRS + r"|<(script|style|code|bdi|q)\b.*?</\1>|<[a-z]+[^>]* lang=.*?</[a-z]+>|<[^>]+>",
    re.DOTALL,
)
MONTHS = "January February March April May June July August September October November December"
NAMES = {*MONTHS.split(), *CLINIC.name.split(), *SETTLEMENT.name.split(), "amara", "chidi", "fictional", "on",
         "fed", "yes", "no", "unknown", "Can", "you", "help", "Hello", "Why", "Come", "to", "Main",
         "Street", "For", "days", "Phone", *abroad.LIGHTHOUSE.name.split()}  # fmt: skip


def test_no_word_was_left_untranslated(pages):
    """In the language nobody speaks every word of ours stands in brackets."""
    left = {}
    for name, answer in pages[PSEUDO].items():
        main = answer.content.decode().split("<main", 1)[1].split("</main", 1)[0].partition(">")[2]
        plain = re.sub(r"⟦[^⟧]*⟧", " ", WORDS.sub(" ", main))
        found = set(re.findall(r"\b[A-Za-z]{2,}\b", re.sub(r"&[a-z#0-9]+;", " ", plain))) - NAMES
        if found:
            left[name] = sorted(found)[:8]
    assert left == {}


ODD = [
    {}, {"text": "\x00" * 20, "move": "send", "mark": "\ud7ff"}, {"section": "'; --", "text": "x"},
    {"code": "9" * 4000, "one": "٣" * 24, "other": "word " * 8, "name": "\u202e", "then": "y" * 4000},
    {"word": "river\n", "role": "owner", "accepts": "maybe", "tongues": "zz", "days": "²", "kind": "x"},
]  # fmt: skip


@pytest.mark.parametrize("fields", ODD)
@pytest.mark.parametrize("name", sorted(DESK_EXAMPLES))
def test_whatever_is_sent_by_somebody_signed_in_is_answered_by_303(name, fields):
    mate = Deskmate(clinic())
    cookies = "; ".join(f"{key}={found.value}" for key, found in mate.client.cookies.items())
    secret = "s" * 32
    body = urlencode({**fields, "csrfmiddlewaretoken": secret}).encode()
    status, headers = outermost(
        "POST", DESK_EXAMPLES[name].format(lang="en"), body, HTTP_HOST=HOST,
        HTTP_COOKIE=f"{cookies}; c={secret}",
    )  # fmt: skip
    assert status.startswith("303")
    assert {header: headers.get(header.title()) for header in HEADERS} == HEADERS
