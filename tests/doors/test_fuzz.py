"""Random forms, addresses and cookies: never a failure, never a lost answer, never a word in a log."""

import io
import logging
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alongside.config.quiet import QuietFormatter
from alongside.doors.showing.speaking import book
from tests.doors.addresses import LANGUAGES, at, place, questions
from tests.doors.forms_seen import Seen
from tests.doors.visiting import FORM, Visitor, outermost, words

pytestmark = pytest.mark.django_db
WORD = "zanzibar"
calm = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

TEXT_FACTS = ("job.months", "ei.hours", "job.last_year_worked")
DATE_FACTS = ("job.last_day_on", "job.started_on", "trp.from_on", "entry.first_on")
written = st.one_of(
    st.text(max_size=45),
    st.text("0123456789٠١٢٣٤٥٦٧٨٩.,-+ eE_$²½", max_size=45),
    st.sampled_from(
        ["nan", "inf", "1e999", "9" * 40, "1_0", "0", "00", "31", "-1", "²", "٧", "yes"]
    ),
)
values = st.one_of(
    written, st.sampled_from(["yes", "no", "unknown", "rather_not_say", "on", "not_sure"])
)
names = st.one_of(
    st.sampled_from(sorted(book().vocabulary.facts)).flatmap(
        lambda key: st.sampled_from(
            [key, *(f"{key}.{p}" for p in ("day", "month", "year", "silence"))]
        )
    ),
    st.sampled_from(["move", "csrfmiddlewaretoken", ""]),
    st.text(max_size=12),
)
bodies = st.dictionaries(names, values, max_size=12)
moves = st.sampled_from(["next", "skip", "show", "shown", "", WORD])


@pytest.fixture
def logged():
    """What every handler that is in service writes, while a test runs."""
    found = {h: h.stream for h in handlers() if isinstance(h, logging.StreamHandler)}
    heard = io.StringIO()
    for handler in found:
        handler.setStream(heard)
    yield heard
    for handler, stream in found.items():
        handler.setStream(stream)


def handlers():
    """Return every handler in service, those of the test runner left out."""
    loggers = [logging.root, *map(logging.getLogger, logging.root.manager.loggerDict)]
    return {
        handler
        for logger in loggers
        for handler in logger.handlers
        if not type(handler).__module__.startswith("_pytest")
        and not isinstance(handler, logging.NullHandler)
    }


@calm
@given(fields=bodies, page=st.sampled_from(questions("en")), move=moves)
def test_no_form_makes_a_page_fail(fields, page, move):
    visitor = Visitor()
    answer = visitor.send(page, fields, move)
    assert answer.status_code == 303
    for path in (answer["Location"], "s/", "o/", "p/"):
        assert visitor.get(path).status_code == 200


@calm
@given(
    body=st.binary(max_size=300), kind=st.sampled_from([FORM, "multipart/form-data; boundary=b"])
)
def test_no_bytes_make_a_page_fail(body, kind):
    answer = Visitor().client.post("/en/q/11/2/", body, kind)
    assert answer.status_code in {303, 400}


@calm
@given(value=written, key=st.sampled_from(TEXT_FACTS))
@example(value="9" * 40, key="job.months")
@example(value="nan", key="job.months")
@example(value="1e999", key="ei.hours")
def test_what_is_written_in_a_box_is_read_or_shown_again(value, key):
    visitor = Visitor()
    assert visitor.answer(key, value=value).status_code == 303
    html = visitor.get(at("en", key)).content.decode()
    shown, kept = Seen(html).values()[key], value.strip()[:40]
    clear = 'role="alert"' not in html
    if clear and shown != kept:
        readable = kept.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩,", "0123456789."))
        readable = readable.replace(" ", "").replace("\u00a0", "").replace("$", "")
        assert float(shown) == float(readable)
    else:
        assert shown == kept


@calm
@given(
    day=st.one_of(st.just(""), st.text("0123456789", max_size=20), written),
    month=st.sampled_from(["", "1", "2", "12", "13", "0", "-1", WORD]),
    year=st.one_of(st.text("0123456789٢", max_size=20), written),
    key=st.sampled_from(DATE_FACTS),
)
@example(day="", month="", year="9" * 20, key="job.started_on")
@example(day="9" * 20, month="1", year="2026", key="job.started_on")
@example(day="1", month="9" * 20, year="2026", key="job.started_on")
def test_what_is_written_as_a_date_is_read_or_shown_again(day, month, year, key):
    visitor = Visitor()
    assert visitor.answer(key, day=day, month=month, year=year).status_code == 303
    html = visitor.get(at("en", key)).content.decode()
    page = Seen(html).values()
    wrote = {f"{key}.day": day.strip()[:40], f"{key}.year": year.strip()[:40]}
    for name, text in wrote.items():
        if 'role="alert"' in html:
            assert page[name] == text
        else:
            assert int(page[name] or 0) == int(text or 0)


@calm
@given(
    junk=bodies,
    page=st.sampled_from(questions("en")),
    move=st.sampled_from(["next", "skip", "show"]),
)
def test_no_form_takes_away_an_answer_of_another_page(junk, page, move):
    visitor = Visitor()
    visitor.answer("job.months", value="7")
    if page != at("en", "job.months"):
        visitor.send(page, junk, move)
    assert Seen(visitor.get(at("en", "job.months")).content.decode()).values()["job.months"] == "7"


@calm
@given(junk=st.text("abcxyz", min_size=1, max_size=20))
def test_a_readable_answer_beside_an_unreadable_one_stays(junk):
    visitor = Visitor()
    fields = {"job.ended": "yes", "job.months": "7", "job.started_on.year": junk}
    visitor.send(at("en", "job.months"), fields)
    page = Seen(visitor.get(at("en", "job.months")).content.decode())
    assert page.values()["job.months"] == "7"
    assert page.values()["job.started_on.year"] == junk
    assert page.chosen()["job.ended"] == "yes"


@pytest.mark.parametrize("move", ["skip", "show"])
def test_what_is_on_the_page_is_not_lost_by_moving_on_another_way(move):
    visitor = Visitor()
    visitor.send(at("en", "job.months"), {"job.months": "7"}, move)
    assert Seen(visitor.get(at("en", "job.months")).content.decode()).values()["job.months"] == "7"


@pytest.mark.parametrize("lang", ["fr", "ar"])
@pytest.mark.parametrize(
    "fields", [{"day": WORD}, {"year": WORD}, {"day": "31", "month": "2", "year": "2026"}]
)
def test_a_wrong_date_keeps_what_was_written_and_says_so(lang, fields):
    visitor = Visitor(lang)
    visitor.answer("job.last_day_on", **fields)
    html = visitor.get(at(lang, "job.last_day_on")).content.decode()
    page = Seen(html)
    for part in {"day", "year"} & set(fields):
        assert page.values()[f"job.last_day_on.{part}"] == fields[part]
    fault = "error_date" if WORD in fields.values() else "error_no_such_day"
    said = book().words.voice(lang).find(book().words.texts[fault])
    assert said is not None, "the sentence is in the person's language"
    assert words("<main>" + said.split("{name}")[0]) in words(html)
    box = next(f for tag, f in page.tags if f.get("role") == "alert")
    assert box


@calm
@given(
    path=st.text(max_size=60),
    query=st.text(max_size=20),
    method=st.sampled_from(["GET", "POST", "HEAD", "PUT"]),
)
def test_no_address_makes_the_site_fail(path, query, method):
    status, headers = outermost(method, "/" + quote(path) + "?" + quote(query))
    assert int(status[:3]) in {200, 204, 303, 404}
    assert headers["Cache-Control"] == "no-store"


@calm
@given(
    lang=st.sampled_from([*LANGUAGES, "xx", "zz", "EN"]),
    rest=st.from_regex(r"(q/[0-9]{1,3}/[0-9]{1,3}|o/[a-z2-7]{4,6}|[a-z])/?", fullmatch=True),
    method=st.sampled_from(["GET", "POST"]),
)
def test_no_near_address_makes_the_site_fail(lang, rest, method):
    status, _ = outermost(method, f"/{lang}/{rest}")
    assert int(status[:3]) in ({303} if method == "POST" else {200, 303, 404})


@calm
@given(
    draft=st.text(max_size=80),
    secret=st.text(max_size=80),
    path=st.sampled_from(["s/", "o/", "q/1/1/", "q/11/2/"]),
)
def test_no_cookie_makes_a_page_fail(draft, secret, path):
    cookie = f"d={quote(draft)}; c={quote(secret)}"
    assert outermost("GET", f"/en/{path}", HTTP_COOKIE=cookie)[0] == "200 OK"
    raw = f"d={draft}; c={secret}".encode().decode("latin-1")
    assert outermost("GET", f"/en/{path}", HTTP_COOKIE=raw)[0] == "200 OK"
    assert outermost("POST", f"/en/{path}", b"a=1", HTTP_COOKIE=cookie)[0].startswith("303")


@calm
@given(language=st.text(max_size=60))
def test_no_wish_for_a_language_makes_a_page_fail(language):
    for path in ("/", "/n/", "/nowhere"):
        status, _ = outermost("GET", path, HTTP_ACCEPT_LANGUAGE=language)
        assert status[:3] in {"200", "404"}


@calm
@given(junk=st.text(max_size=20), page=st.sampled_from(questions("ar")))
def test_no_typed_word_reaches_a_log(logged, junk, page):
    word = WORD + junk
    visitor = Visitor("ar")
    keys = [k for k in book().vocabulary.facts if place_or_none(k)]
    visitor.send(page, dict.fromkeys(keys[:80], word) | {f"{k}.day": word for k in keys[:80]})
    outermost(
        "POST", page, urlencode({"job.months": word}).encode(), HTTP_COOKIE=f"d={quote(word)}"
    )
    outermost("POST", page, b"\xff" + word.encode() * 9000)
    outermost("GET", f"/{quote(word)}/?{quote(word)}", HTTP_REFERER=quote(word))
    assert WORD not in logged.getvalue()


def place_or_none(key):
    try:
        return place(key)
    except StopIteration:
        return None


def test_a_crash_is_logged_with_its_place_and_without_a_word(logged, monkeypatch):
    def crash(_draft, _facts, posted):
        raise ValueError(posted["job.months"])

    monkeypatch.setattr("alongside.doors.entry.moving.take", crash)
    Visitor().answer("job.months", value=WORD)
    assert "ValueError" in logged.getvalue()
    assert "moving.py" in logged.getvalue()
    assert WORD not in logged.getvalue()


def test_every_handler_in_service_is_a_quiet_one():
    assert handlers()
    assert all(isinstance(handler.formatter, QuietFormatter) for handler in handlers())


def test_a_message_that_repeats_a_word_is_not_written(logged):
    logging.getLogger("django.request").error("%s", WORD)
    logging.getLogger("anything").warning(WORD)
    assert logged.getvalue().count("\n") == 2
    assert WORD not in logged.getvalue()


def test_another_formatter_would_have_written_it():
    record = logging.LogRecord("a", logging.ERROR, "views.py", 1, "%s", (WORD,), None)
    assert WORD in logging.Formatter().format(record)
    assert WORD not in QuietFormatter().format(record)
