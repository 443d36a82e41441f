"""Who comes in, and what do they see? One door for each audience; doors never import one another."""
