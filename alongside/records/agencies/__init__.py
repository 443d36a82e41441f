"""Agencies, their members, and their mailboxes. Who they are is sealed; no row ties one to a casefile."""
