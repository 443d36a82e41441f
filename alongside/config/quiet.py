"""Logging that cannot repeat what a person typed: where something failed, never with what."""

from __future__ import annotations

import logging
import traceback


class QuietFormatter(logging.Formatter):
    """Writes the time, level, logger, kind of exception and the places in our code. No message.

    Messages and arguments hold paths, values and bodies; a frame's file and line hold none.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return one line that holds nothing from outside the program."""
        parts = [self.formatTime(record), record.levelname, record.name]
        kind, error, _ = record.exc_info or (None, None, None)
        if kind is not None and error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            parts += [
                kind.__name__,
                " < ".join(f"{f.filename}:{f.lineno}" for f in reversed(frames)),
            ]
        else:
            parts.append(f"{record.module}:{record.lineno}")
        return " ".join(parts)
