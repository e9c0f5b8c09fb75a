"""Normalising loses nothing that is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.words.normalise import normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("does it  hurt\n\n???", "does it hurt ?"),
        ("really?!?!", "really?"),
        ("help 😀😀 me", "help me"),
        ("😀", "😀"),
        ("soooooo bad", "soo bad"),
        ("it\u2019s \u201cfine\u201d\u2026", 'it\'s "fine"...'),
        ("a\u200bb\x00c", "ab c"),
        (None, ""),
        ("   ", ""),
    ],
)
def test_the_same_words_are_the_same_text(text, expected):
    assert expected == normalise(text)


@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)

    assert once == normalise(once)
