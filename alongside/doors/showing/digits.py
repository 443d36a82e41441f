"""Digits as people type them in Arabic and Persian, and as we read them."""

WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
"""For ``str.translate``: sign for sign, so that places in the text stay the same."""
