"""Typesetting: what every PDF of the Book is made with. Fonts of our own, tagged (PDF/UA-1), nothing on a disk."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typst

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
LATIN, ARABIC = "Noto Sans", "Vazirmatn"


class PrintError(Exception):
    """A page that would not come out as it is written: a missing font, an unreadable template."""


def compiler_of(template: str, fonts: Path) -> typst.Compiler:
    """Return a typesetter for a template, to be kept: reading fonts takes ten times a page."""
    source = HERE / "templates" / template
    return typst.Compiler(source, root=HERE, font_paths=[fonts], ignore_system_fonts=True)


def pdf_of(
    compiler: typst.Compiler, made_on: date, content: Mapping[str, object], what: str
) -> bytes:
    """Return what a template makes of content, by the name it knows it under.

    ``made_on`` is the only date in the file; ``what`` names it in an error. Raises PrintError where the
    typesetter warns, and RuntimeError where it fails: both may quote the content.
    """
    stamp = datetime(*made_on.timetuple()[:3], tzinfo=UTC)
    page, warnings = compiler.compile_with_warnings(
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=int(stamp.timestamp()),
        sys_inputs={name: json.dumps(told, ensure_ascii=False) for name, told in content.items()},
    )
    if warnings or not isinstance(page, bytes):
        why = warnings[0].message if warnings else "no file came out"
        msg = f"{what} is not printed as written: {why}"
        raise PrintError(msg)
    return page
