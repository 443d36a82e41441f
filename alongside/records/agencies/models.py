"""What agencies leave in the store: random identities, ciphertext, days. No name, no address, no minute."""

from django.db import models


class Agency(models.Model):
    """An agency. ``sealed``: its profile, under the site key. ``turn_wanted``: a restore brought back an old epoch."""

    id = models.BinaryField(primary_key=True, max_length=16)
    sealed = models.BinaryField()
    turn_wanted = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Say nothing of who it is."""
        return "an agency"


class Member(models.Model):
    """A member. ``slot``: found by the sign-in name. ``sign_in``: fingerprint of one half of the passphrase.

    ``sealed``: the vault, under the other half. ``label``: name, role and public half, under the agency's list key.
    """

    id = models.BinaryField(primary_key=True, max_length=16)
    agency = models.BinaryField(max_length=16, db_index=True)
    slot = models.BinaryField(max_length=32, unique=True)
    salt = models.BinaryField(max_length=16)
    sign_in = models.BinaryField(max_length=32)
    sealed = models.BinaryField()
    label = models.BinaryField()

    def __str__(self) -> str:
        """Say nothing of who it is."""
        return "a member"


class Epoch(models.Model):
    """The keys of one epoch of an agency, sealed to one member."""

    id = models.BinaryField(primary_key=True, max_length=16)
    agency = models.BinaryField(max_length=16)
    member = models.BinaryField(max_length=16, db_index=True)
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        """Say nothing of whose it is."""
        return "an epoch"


class Invitation(models.Model):
    """An invitation. ``slot``: found by its code, which also opens it. ``ends_on``: a day, as an ordinal."""

    slot = models.BinaryField(primary_key=True, max_length=32)
    sealed = models.BinaryField()
    ends_on = models.PositiveIntegerField(db_index=True)

    def __str__(self) -> str:
        """Say nothing of whose it is."""
        return "an invitation"


class Session(models.Model):
    """A member who is signed in. ``ends_at``: in quarters of an hour since 1970."""

    slot = models.BinaryField(primary_key=True, max_length=32)
    sealed = models.BinaryField()
    ends_at = models.PositiveIntegerField(db_index=True)

    def __str__(self) -> str:
        """Say nothing of whose it is."""
        return "a session"


class Between(models.Model):
    """What somebody wrote on one page of the desk, for the next. ``ends_at``: in quarters of an hour since 1970."""

    slot = models.BinaryField(primary_key=True, max_length=32)
    sealed = models.BinaryField()
    ends_at = models.PositiveIntegerField(db_index=True)

    def __str__(self) -> str:
        """Say nothing of whose it is."""
        return "something unsent"


class Delivery(models.Model):
    """Something for an agency: a grant or a notice. ``ends_on``: a day, as an ordinal.

    ``sealed``: to the epoch key, then, once taken in, under the list key; empty when the person took
    it back. ``card``: the index card, empty until it is taken in; for an agency on another host what looks
    like one, once a receipt said that it arrived. ``origin``: stands for the host it came from.
    """

    id = models.BinaryField(primary_key=True, max_length=16)
    agency = models.BinaryField(max_length=16, db_index=True)
    sealed = models.BinaryField()
    card = models.BinaryField(default=bytes)
    origin = models.BinaryField(max_length=16)
    ends_on = models.PositiveIntegerField(db_index=True)

    def __str__(self) -> str:
        """Say nothing of whose it is."""
        return "a delivery"


class Host(models.Model):
    """Another host that files come from or go to. ``slot``: found by what it is called, with the site key.

    ``sealed``: whether it is known, and the numbers of the last files.
    """

    slot = models.BinaryField(primary_key=True, max_length=32)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        """Say nothing of which."""
        return "a host"


class Custodian(models.Model):
    """Somebody who can bring an agency's keys back, together with another.

    ``sealed``: their private half, under their phrase. ``label``: the public half, under the list key.
    """

    id = models.BinaryField(primary_key=True, max_length=16)
    agency = models.BinaryField(max_length=16, db_index=True)
    slot = models.BinaryField(max_length=32, unique=True)
    sealed = models.BinaryField()
    label = models.BinaryField()

    def __str__(self) -> str:
        """Say nothing of whose it is."""
        return "a custodian"


class Recovery(models.Model):
    """The keys of one epoch, sealed to two custodians, one inside the other. ``pair``: both identities."""

    id = models.BinaryField(primary_key=True, max_length=16)
    agency = models.BinaryField(max_length=16, db_index=True)
    pair = models.BinaryField(max_length=32)
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        """Say nothing of whose it is."""
        return "a way back"
