"""Whatever is offered can be chosen by its number: on SMS there is no other way."""

from __future__ import annotations

import pytest

from bot.conversation.choices import chosen
from bot.conversation.content import Content
from tests.content.every_reply import every_reply


@pytest.fixture(scope="module")
def offers(content: Content) -> set[tuple[tuple[str, str], ...]]:
    """Every list of choices that any reply offers."""
    return {tuple((b.title, b.payload) for b in reply.buttons) for _, reply in every_reply(content) if reply.buttons}


def test_every_choice_is_reached_by_its_number_also_beyond_the_ninth(
    offers: set[tuple[tuple[str, str], ...]],
) -> None:
    missed = [
        (number, title)
        for offered in offers
        for number, (title, payload) in enumerate(offered, start=1)
        for typed in (str(number), f"{number}.", f"({number})", f"option {number}")
        if chosen(typed, offered) != payload
    ]

    assert max(len(offered) for offered in offers) > 9
    assert [] == missed


def test_a_number_that_was_not_offered_chooses_nothing(offers: set[tuple[tuple[str, str], ...]]) -> None:
    assert not [offered for offered in offers if chosen(str(len(offered) + 1), offered) or chosen("0", offered)]
