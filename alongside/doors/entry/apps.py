"""The entry app."""

from django.apps import AppConfig


class EntryConfig(AppConfig):
    """The door of the person."""

    name = "alongside.doors.entry"
    label = "entry"
