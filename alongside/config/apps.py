"""The commands that put the product into service."""

from django.apps import AppConfig


class ServiceConfig(AppConfig):
    """Holds manage.py's own commands."""

    name = "alongside.config"
    label = "service"
