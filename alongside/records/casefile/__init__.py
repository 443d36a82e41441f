"""Casefiles: what a person keeps, sealed under their own key, and what they open to whom."""
