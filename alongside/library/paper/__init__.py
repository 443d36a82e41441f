"""Papers to take away: what a paper says, in one shape, and how that is set as a tagged PDF."""
