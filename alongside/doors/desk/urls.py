"""The addresses of the door. They tell nothing: no name, no topic, nothing typed."""

from django.urls import path, re_path

from alongside.doors.desk.codes import CODE
from alongside.doors.desk.views import (
    coming,
    last,
    leading,
    papers,
    passkeys,
    reading,
    taking,
    writing,
)

LANG = r"^(?P<lang>[a-z]{2})/"
CASE = LANG + f"k/(?P<code>{CODE})/"
PAPER = CASE + "o/(?P<paper>[a-z2-7]{5})/(?P<tongue>en|fr)/"

urlpatterns = [
    path("", last.front, name="front"),
    re_path(LANG + "$", coming.sign_in, name="sign_in"),
    re_path(LANG + "u/$", coming.sign_out, name="sign_out"),
    re_path(LANG + "j/$", coming.invited, name="invited"),
    re_path(LANG + "j/c/$", coming.choose, name="choose"),
    re_path(LANG + "r/$", coming.recovered, name="recovered"),
    re_path(LANG + "y/$", passkeys.asked, name="asked"),
    re_path(LANG + "i/$", reading.inbox, name="inbox"),
    re_path(LANG + "i/s/$", reading.searched, name="searched"),
    re_path(LANG + r"i/(?P<only>[lwao])/(?P<page>\d{1,4})/$", reading.inbox, name="inbox_page"),
    re_path(CASE + "$", reading.casefile, name="casefile"),
    re_path(CASE + "o/$", reading.orders, name="orders"),
    re_path(CASE + f"f/(?P<entry>{CODE})/$", reading.file, name="file"),
    re_path(PAPER + "$", papers.outline, name="outline"),
    re_path(PAPER + "f/$", papers.outline_file, name="outline_file"),
    re_path(CASE + "m/(?P<tongue>en|fr)/$", taking.noted, name="noted"),
    re_path(CASE + "t/$", taking.dated, name="dated"),
    re_path(CASE + "c/$", reading.check_word, name="check_word"),
    re_path(CASE + "p/$", reading.away, name="away"),
    re_path(CASE + "(?P<what>[wq])/$", writing.say, name="say"),
    re_path(LANG + "a/$", leading.agency, name="agency"),
    re_path(LANG + "a/j/(?P<page>[1-9][0-9]{0,3})/$", leading.journal, name="journal"),
    re_path(LANG + "a/t/$", leading.accepting, name="accepting"),
    re_path(LANG + "a/i/$", leading.inviting, name="inviting"),
    re_path(LANG + "a/s/$", leading.shown_once, name="shown_once"),
    re_path(LANG + f"a/l/(?P<code>{CODE})/$", leading.let_go, name="let_go"),
    re_path(LANG + "a/c/$", leading.custodians, name="custodians"),
    re_path(LANG + "a/n/$", leading.proposing, name="proposing"),
    re_path(LANG + "a/b/$", leading.bringing, name="bringing"),
    re_path(LANG + f"a/d/(?P<code>{CODE})/$", leading.admitting, name="admitting"),
    re_path(LANG + "a/p/$", leading.passphrase, name="passphrase"),
    re_path(LANG + "a/k/$", passkeys.passkeys, name="passkeys"),
    re_path(LANG + f"a/k/(?P<code>{CODE})/$", passkeys.passkey, name="passkey"),
    re_path(LANG + "e/$", last.went_wrong, name="went_wrong"),
    re_path(LANG + "c/$", last.no_cookie, name="no_cookie"),
]
