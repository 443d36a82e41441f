"""Drafts: answers that live for thirty minutes under a key only the cookie holds."""
