"""The app of what is gone."""

from django.apps import AppConfig


class GoneConfig(AppConfig):
    """Fingerprints of what was destroyed, so that a restore destroys it again."""

    name = "alongside.records.gone"
    label = "gone"
    default_auto_field = "django.db.models.BigAutoField"
