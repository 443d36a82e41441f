"""The addresses of the door. They tell nothing: no topic, no name, nothing typed."""

from django.urls import path, re_path

from alongside.doors.entry.views import helping, kept, order, story, taking
from alongside.doors.entry.views import pages as views

LANG = r"^(?P<lang>[a-z]{2})/"
PAGE = r"q/(?P<part>\d{1,2})/(?P<page>\d{1,2})/"

urlpatterns = [
    path("", views.front, name="front"),
    path("favicon.ico", views.icon, name="icon"),
    path("leave/", views.leave, name="leave"),
    path("n/", views.neutral, name="neutral"),
    re_path(LANG + "$", views.home, name="home"),
    re_path(LANG + PAGE + "$", views.question, name="question"),
    re_path(LANG + PAGE + "(?P<back>[a-z2-7]{5}|s)/$", views.question, name="question_of_way"),
    re_path(LANG + "s/$", views.so_far, name="so_far"),
    re_path(LANG + "o/$", views.ways, name="ways"),
    re_path(LANG + "o/(?P<code>[a-z2-7]{5})/$", views.way, name="way"),
    re_path(LANG + "y/$", order.few, name="few"),
    re_path(LANG + "v/$", order.plan, name="plan"),
    re_path(LANG + "a/$", story.story, name="story"),
    re_path(LANG + "a/1/$", story.piece, name="piece"),
    re_path(LANG + "i/$", helping.seek, name="seek"),
    re_path(LANG + "i/(?P<page>[1-9][0-9]{0,2})/$", helping.seek, name="seek_page"),
    re_path(LANG + "l/$", taking.take, name="take"),
    re_path(LANG + "l/(?P<what>[12])/$", taking.taken, name="taken"),
    re_path(LANG + "p/$", views.practitioner, name="practitioner"),
    re_path(LANG + "r/$", views.rights, name="rights"),
    re_path(LANG + "f/$", views.someone_else, name="someone_else"),
    re_path(LANG + r"v/(?P<number>\d{1,2})/$", views.topic, name="topic"),
    re_path(LANG + "t/$", views.contacts, name="contacts"),
    re_path(LANG + "h/$", views.protects, name="protects"),
    re_path(LANG + "e/$", views.went_wrong, name="went_wrong"),
    re_path(LANG + "c/$", views.no_cookie, name="no_cookie"),
    re_path(LANG + "k/$", kept.keep, name="keep"),
    re_path(LANG + "w/$", kept.choose, name="choose"),
    re_path(LANG + "w/1/$", kept.open_parts, name="open_parts"),
    re_path(LANG + "w/2/$", kept.send, name="send"),
    re_path(LANG + "b/$", kept.come_back, name="come_back"),
    re_path(LANG + "m/$", kept.messages, name="messages"),
    re_path(LANG + "j/$", kept.journal, name="journal"),
    re_path(LANG + "j/(?P<page>[1-9][0-9]{0,3})/$", kept.journal, name="journal_page"),
    re_path(LANG + "d/$", kept.erase, name="erase"),
    re_path(LANG + "g/$", kept.gone, name="gone"),
    re_path(LANG + "u/$", kept.busy, name="busy"),
    re_path(LANG + "x/$", views.start_over, name="start_over"),
]
