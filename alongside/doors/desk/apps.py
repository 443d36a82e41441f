"""The desk app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The door of caseworkers and lawyers."""

    name = "alongside.doors.desk"
    label = "desk"
