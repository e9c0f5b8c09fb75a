"""Who thinks of stopping a medicine or skipping care is told at once not to do so alone."""

from __future__ import annotations

import pytest

from tests.conversing import ADULT, Chat, finding

STOPS = (finding("replace_care"),)
WARNING = "Please do not stop a medicine"


@pytest.mark.parametrize(
    "labels", [("chitchat/user_pain",), ("ask_replace_medical_treatment",), ("check_suitability",)]
)
def test_who_wants_to_stop_a_medicine_is_told_not_to_do_so_alone(chat: Chat, labels: tuple[str, ...]) -> None:
    replies = chat.says("I want to come off my gabapentin and have this", *labels, findings=STOPS)

    assert WARNING in " ".join(reply.text for reply in replies)


def test_it_is_said_in_the_check_too_and_once(chat: Chat) -> None:
    chat.checking(**ADULT)
    first, _ = chat.says("I want to come off my gabapentin and have this", findings=STOPS)
    then = chat.says("no")

    assert WARNING in first.text
    assert WARNING not in " ".join(reply.text for reply in then)
