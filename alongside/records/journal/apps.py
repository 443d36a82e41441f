"""The journal app."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Who did what, on which day, sealed to whom it concerns."""

    name = "alongside.records.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
