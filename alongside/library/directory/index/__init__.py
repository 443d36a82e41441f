"""The same search as ``seeking.seek``, over a hundred thousand services at once: columns of numbers, not objects."""
