"""Speed, measured through the real server. `make bench`; never part of the tests."""
