"""What a draft leaves in the store: a slot, ciphertext, and the minute it ends. Nothing else."""

from django.db import models


class Draft(models.Model):
    """One person's answers, sealed. ``ends_at`` is in whole minutes since 1970."""

    slot = models.BinaryField(primary_key=True, max_length=32)
    sealed = models.BinaryField()
    ends_at = models.PositiveIntegerField(db_index=True)

    def __str__(self) -> str:
        """Say nothing of whose it is."""
        return "a draft"
