"""Text laid bare for patterns: the same within a turn, in which it is kept, and outside, where nothing is."""

from __future__ import annotations

from contextlib import suppress

import pytest

from bot.safety.written import letters


@pytest.mark.parametrize("text", ["It's fine – really!", "", "  ’Ça va?  ", "HOW long\nthough"])
def test_a_text_is_laid_bare_alike_within_a_turn_and_outside(text: str) -> None:
    outside = letters.bare(text)

    with letters.laid_bare_once():
        assert [outside, outside] == [letters.bare(text), letters.bare(text)]


def test_no_words_are_kept_when_a_turn_has_ended_or_failed() -> None:
    with suppress(LookupError), letters.laid_bare_once():
        letters.bare("my name is on this")
        raise LookupError

    assert letters._known is None
    letters.bare("nor is this kept")
    assert letters._known is None
