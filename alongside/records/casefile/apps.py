"""The casefile app."""

from django.apps import AppConfig


class CasefileConfig(AppConfig):
    """What a person keeps."""

    name = "alongside.records.casefile"
    label = "casefile"
    default_auto_field = "django.db.models.BigAutoField"
