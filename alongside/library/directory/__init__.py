"""The directory as content: what a person may need, and the starter list of who can help.

Words are those of HSDS 3.1 (Open Referral) and of our profile for what it lacks (docs/reference/content-format.md).
"""
