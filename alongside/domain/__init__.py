"""What do we know? Pure functions over frozen values: no files, no clock, no network, no Django."""
