"""The agencies app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Who can be written to, and who reads it there."""

    name = "alongside.records.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"
