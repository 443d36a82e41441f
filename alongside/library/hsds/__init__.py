"""Service directories in and out, in the words of HSDS 3.1 (Human Services Data Specification, Open Referral)."""
