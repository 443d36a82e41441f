"""Phrases that people hold are spelled by these lists: a word added, taken out or moved would break them."""

import hashlib
from pathlib import Path

import pytest

PHRASES = Path(__file__).resolve().parents[2] / "content" / "phrases"
PRINTS = {
    "en": "9f6d3624ffcd1089a7195a2099fe0b7e291827c8ff00a7662e4249d6e43e01d0",
    "es": "6baf22d7d45b4522fe19d59c14d36d27849aa4480a568f6e8bfc61b5752e7390",
    "fr": "b08de293d857034bb74a29721fb2acf8a24f82ee3c485a9dac4b2b45134098ee",
}


@pytest.mark.parametrize("lang", PRINTS)
def test_a_list_that_is_in_use_does_not_change(lang):
    """A better list gets a file of its own; this one stays as long as somebody may come back with it."""
    assert hashlib.sha256((PHRASES / f"{lang}.txt").read_bytes()).hexdigest() == PRINTS[lang]


def test_every_list_is_frozen():
    assert {path.stem for path in PHRASES.glob("*.txt")} == set(PRINTS)
