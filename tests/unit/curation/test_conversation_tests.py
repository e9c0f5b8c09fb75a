"""A conversation becomes a test: minimised, written in Rasa's format, judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.curation.minimising import minimise
from bot.curation.stories import expected_of, judge, read_story_file, story_path, story_text


@dataclass
class Answer:
    text: str
    replies: list[dict[str, Any]]
    parsed: dict[str, Any] = field(default_factory=lambda: {"intent": {"name": "ask_qi"}})
    actions: tuple[str, ...] = ("action_answer", "action_listen")

    @property
    def topics(self) -> list[str]:
        return [topic for reply in self.replies for topic in reply["topics"]]


def reply(topic: str, kind: str = "answer") -> dict[str, Any]:
    line = "Please ask your healthcare provider first."
    empty: dict[str, Any] = {"tier": None, "rules": [], "sources": [], "buttons": []}
    return {"kind": kind, "topics": [topic], "consult_first": line, **empty}


@given(st.lists(st.integers(0, 9), min_size=1, max_size=14), st.sets(st.integers(0, 9), max_size=3))
async def test_only_the_turns_that_matter_are_left(turns: list[int], matter: set[int]):
    async def answer(said: Sequence[int]) -> list[dict[str, Any]]:
        return [reply(str([turn for turn in said[:-1] if turn in matter]) + str(said[-1]))]

    shortest = await minimise(turns, answer)

    assert [turn for turn in turns[:-1] if turn in matter] + turns[-1:] == shortest


async def test_a_written_test_is_read_as_it_was_and_passes(tmp_path: Path):
    async def say(text: str, _: str) -> Answer:
        return Answer(text, [reply("qi")])

    said = [await say('what\'s: "qi"?', ""), await say("no - really", "")]
    turns = [{"user": turn.text, **expected_of(turn.replies)} for turn in said]
    path = tmp_path / story_path("follow up", "What is Qi, really?")
    path.parent.mkdir(parents=True)
    path.write_text(story_text("What is Qi, really?", turns, said))

    (read,) = read_story_file(path, tmp_path)

    assert (turns, "follow_up") == (list(read.turns), read.behaviour)
    assert (await judge(read, say, "x")).passed


async def test_a_turn_that_goes_otherwise_is_shown_with_what_came(tmp_path: Path):
    async def say(text: str, _: str) -> Answer:
        return Answer(text, [reply("qi")])

    path = tmp_path / story_path("faq", "x")
    path.parent.mkdir(parents=True)
    path.write_text(story_text("x", [{"user": "cost?", "topics": ["not_in_article"], "kind": "not_covered"}]))

    verdict = await judge(read_story_file(path, tmp_path)[0], say, "x")

    assert [("topics", "not_in_article", "qi"), ("kind", "not_covered", "answer")] == [
        (miss.what, miss.expected, miss.actual) for miss in verdict.misses
    ]
