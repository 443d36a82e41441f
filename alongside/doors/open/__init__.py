"""The door of everybody: the Book to read, and a search in it. It reaches nobody's answers and no casefile."""
