"""The journal: one sealed line for every thing that was done, for the person and for the agency."""
