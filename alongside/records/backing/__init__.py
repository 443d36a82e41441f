"""Backups: every row that lasts in one file, and bringing them back without what was destroyed since."""
