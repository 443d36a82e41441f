"""What does the reviewed content say, as of a date? The only reader of ``content/``."""
