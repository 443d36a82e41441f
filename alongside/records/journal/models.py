"""What the journal leaves in the store: whose book a line is in, at which place, and ciphertext."""

from django.db import models


class Line(models.Model):
    """One line. ``book`` is a casefile or an agency, by its identity; ``number``: its place in the book.

    The place is clear so that the newest lines are read without opening all. It counts up as lines are
    written, and says no time.
    """

    id = models.BinaryField(primary_key=True, max_length=16)
    book = models.BinaryField(max_length=16)
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        """How a page of a book is found."""

        indexes = (models.Index(fields=("book", "number"), name="line_of_book"),)

    def __str__(self) -> str:
        """Say nothing of whose it is."""
        return "a line"
