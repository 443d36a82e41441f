#!/usr/bin/env python
"""Commands that need the database; the others are `alongside`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings.demo")
    execute_from_command_line(sys.argv)
