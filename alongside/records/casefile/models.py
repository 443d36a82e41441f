"""What a casefile leaves in the store: random identities, public halves, ciphertext in steps, a week."""

from django.db import models


class Casefile(models.Model):
    """A casefile. ``slot``: found by its number; empty on a host that only carries it for an agency.

    ``salt``: of the phrase; where it is carried, from which host. ``binder``: under the return phrase.
    ``ring``: under phrase and second word; both are empty where it is carried. ``ends_on``: a Monday,
    as an ordinal; on it the casefile is destroyed. ``edition``: drawn at random, and replaced by what
    follows from it each time somebody asks to erase: a backup from before then shows an edition that is gone.
    """

    id = models.BinaryField(primary_key=True, max_length=16)
    slot = models.BinaryField(max_length=32, unique=True, null=True)
    salt = models.BinaryField(max_length=16)
    binder = models.BinaryField()
    ring = models.BinaryField()
    ends_on = models.PositiveIntegerField(db_index=True)
    edition = models.BinaryField(max_length=16)

    def __str__(self) -> str:
        """Say nothing of whose it is."""
        return "a casefile"


class Entry(models.Model):
    """One sealed entry: answers, a message, a file. Of which section is not to be seen."""

    id = models.BinaryField(primary_key=True, max_length=16)
    casefile = models.BinaryField(max_length=16, db_index=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        """Say nothing of whose it is."""
        return "an entry"


class Turn(models.Model):
    """Section keys that were turned while the second word was not given, sealed to the whole pair."""

    id = models.BinaryField(primary_key=True, max_length=16)
    casefile = models.BinaryField(max_length=16, db_index=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        """Say nothing of whose it is."""
        return "a turn"
