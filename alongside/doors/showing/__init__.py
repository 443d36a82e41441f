"""Showing: what several doors show alike. No door itself: nobody comes in here, and nothing is remembered."""
