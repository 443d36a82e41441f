"""What stays of something destroyed: the fingerprint of a random identity, and a month."""

from django.db import models


class Gone(models.Model):
    """``print``: SHA-256 of the identity. ``month``: since year 0; after two years it is forgotten."""

    print = models.BinaryField(primary_key=True, max_length=32)
    month = models.PositiveIntegerField(db_index=True)

    def __str__(self) -> str:
        """Say nothing of what it was."""
        return "something gone"
