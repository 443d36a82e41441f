"""The door of the person: no account, no name, nothing kept."""
