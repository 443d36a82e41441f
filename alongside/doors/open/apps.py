"""The app of the pages to read."""

from django.apps import AppConfig


class OpenConfig(AppConfig):
    """The door of everybody."""

    name = "alongside.doors.open"
    label = "open"
