"""Papers to take away, written from the same objects that the pages show."""
