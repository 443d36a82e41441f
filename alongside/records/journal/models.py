"""What the journal leaves in the store: whose book a line is in, and ciphertext."""

from django.db import models


class Line(models.Model):
    """One line. ``book`` is a casefile or an agency, by its identity; nothing else is clear."""

    id = models.BinaryField(primary_key=True, max_length=16)
    book = models.BinaryField(max_length=16, db_index=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        """Say nothing of whose it is."""
        return "a line"
