"""Who fears that needles make something worse is never told whom acupuncture suits, or what good it does."""

from __future__ import annotations

import pytest

from tests.conversing import Chat


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("can acupuncture make a herniated disc worse", "ask_condition_herniated_disc"),
        ("is it bad for a slipped disc", "ask_condition_herniated_disc"),
        ("will it aggravate my sciatica", "ask_condition_sciatica"),
        ("could needles damage a nerve that is pinched", "ask_condition_sciatica"),
        ("is there a risk of making chronic pain worse", "ask_condition_chronic_pain"),
        ("is there any reason not to do it for sciatica", "ask_condition_sciatica"),
        ("should someone with a slipped disc avoid it", "ask_condition_herniated_disc"),
        ("is there any reason a bulging disc shouldnt have this", "ask_condition_herniated_disc"),
    ],
)
def test_of_an_illness_that_is_for_the_provider(chat: Chat, text: str, label: str) -> None:
    chat.says(text, label)

    assert ("harm_to_a_condition",) == chat.state.gaps


@pytest.mark.parametrize("text", ["can acupuncture make back pain worse", "what if it aggravates my back"])
def test_of_the_pain_the_article_tells_of_side_effects(chat: Chat, text: str) -> None:
    chat.says(text, "ask_pain_relief")

    assert ("side_effects",) == chat.state.topics


@pytest.mark.parametrize(
    "text",
    [
        "can it keep my disc from getting worse",
        "would it make my disc better",
        "my disc is worse at night, does it help",
    ],
)
def test_who_hopes_is_answered_as_before(chat: Chat, text: str) -> None:
    chat.says(text, "ask_condition_herniated_disc")

    assert ("condition_herniated_disc",) == chat.state.topics
