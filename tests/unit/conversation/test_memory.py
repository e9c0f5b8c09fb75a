"""The memory of a conversation: kept as JSON, and never a reason to fall silent."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from bot.conversation.state import State
from tests.conversing import Chat, finding


def test_a_state_comes_back_from_json_as_it_was(chat: Chat) -> None:
    chat.checking(pregnant="yes")
    chat.says("maybe numb", findings=(finding("saddle_numbness", "uncertain"),))
    state = chat.state

    again = State.from_dict(json.loads(json.dumps(state.to_dict())))

    assert state == again


@pytest.mark.parametrize("nothing", [None, {}])
def test_no_memory_is_a_fresh_conversation(nothing: dict[str, Any] | None) -> None:
    assert State() == State.from_dict(nothing)


@pytest.mark.parametrize(
    "change",
    [
        {"turn": "many"},
        {"offered": [["only a title"]]},
        {"offered": 3},
        {"facts": "none"},
        {"facts": {"pregnant": "perhaps"}},
        {"topics": None},
        {"asked": "danger"},
        {"asked": {"kind": "danger"}},
        {"asked": {"kind": "peg", "scores": ["a"]}},
        {"check": "begun"},
        {"check": {}},
        {"check": {"interview": None, "finished": False}},
        {"check": {"interview": {"rules_version": "x", "events": [{"kind": "answer"}]}, "finished": False}},
        {"check": {"interview": {"rules_version": "x", "events": "none"}, "finished": True}},
        {"handled": None},
    ],
)
def test_a_memory_that_cannot_be_read_still_answers(chat: Chat, change: dict[str, Any]) -> None:
    chat.state = State.from_dict({**State(turn=3, topics=("qi",)).to_dict(), **change})

    for text, label in (("does it hurt", "ask_needle_pain"), ("7", "affirm"), ("check me", "check_suitability")):
        assert chat.says(text, label)


@pytest.mark.parametrize("missing", ["turn", "topics", "asked", "check", "handled"])
def test_a_memory_that_lacks_a_value_starts_fresh(missing: str) -> None:
    data = State(turn=3, topics=("qi",)).to_dict()
    del data[missing]

    assert State() == State.from_dict(data)


def test_the_id_of_the_message_answered_last_is_kept(chat: Chat) -> None:
    chat.says("hello", "chitchat/greet")

    assert "m1" == chat.state.handled


def test_start_over_keeps_the_count_of_messages_and_the_id(chat: Chat) -> None:
    chat.says("hello", "chitchat/greet")

    chat.says("start over", "start_over")

    assert (2, "m2") == (chat.state.turn, chat.state.handled)


def test_wordings_differ_from_turn_to_turn_and_are_the_same_on_replay() -> None:
    lines = [[reply.consult_first for reply in talk()] for talk in (_ten_questions, _ten_questions)]

    assert lines[0] == lines[1]
    assert all(before != after for before, after in pairwise(lines[0]))
    assert len(set(lines[0])) > 5


def _ten_questions() -> list[Any]:
    chat = Chat()
    return [chat.says("does it hurt", "ask_needle_pain")[0] for _ in range(10)]
