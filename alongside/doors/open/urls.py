"""The addresses of the pages to read, on the person's host. They tell nothing: letters, numbers, codes."""

from django.urls import re_path

from alongside.doors.open import views

BOOK = r"^(?P<lang>[a-z]{2})/z/"

urlpatterns = [
    re_path(BOOK + "$", views.front, name="book"),
    re_path(BOOK + r"n/(?P<need>\d)/(?P<place>\d{1,2})/$", views.listed, name="book_list"),
    re_path(BOOK + "o/(?P<code>[a-z2-7]{5})/$", views.rule, name="book_rule"),
    re_path(BOOK + "d/$", views.named, name="book_named"),
    re_path(BOOK + "s/$", views.standards, name="book_standards"),
    re_path(BOOK + r"s/(?P<number>\d{1,2})/$", views.standard, name="book_standard"),
    re_path(BOOK + "r/$", views.resources, name="book_resources"),
    re_path(BOOK + "c/$", views.cases, name="book_cases"),
    re_path(BOOK + "q/$", views.look, name="book_look"),
]
