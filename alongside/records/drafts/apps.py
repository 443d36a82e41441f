"""The drafts app."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Answers that live for thirty minutes."""

    name = "alongside.records.drafts"
    label = "drafts"
    default_auto_field = "django.db.models.BigAutoField"
