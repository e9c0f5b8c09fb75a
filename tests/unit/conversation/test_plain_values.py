"""What crosses from process to process as plain values holds all there is."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any

import pytest

from bot.conversation.reply import Button, Kind, Note, Progress, Reply, Source
from bot.conversation.state import State
from bot.conversation.understanding import Candidate, Danger, Segment, Understanding
from bot.safety.finding import Finding

REPLY = Reply(
    Kind.OUTCOME,
    "Here is the result.",
    "Please ask your healthcare provider first.",
    topic="safety",
    topics=("safety", "qi"),
    sources=(Source("risks/1", "Risks"), Source("risks/2", "Risks")),
    buttons=(Button("Why?", "why"),),
    tier="urgent",
    rules=("U01",),
    notes=(Note("A note.", "NHS", "https://example.org"),),
    progress=Progress(2, 9),
    record={"gaps": ["cost"], "assessment": {"answers": {"fever": "yes"}}},
)
CANDIDATE = Candidate("ask_safety", 0.9)
UNDERSTANDING = Understanding(
    "is it safe",
    "en",
    (Segment("is it safe", 0, 10, (CANDIDATE, Candidate("ask_pain", 0.1)), 0.9, "accept"),),
    (Finding("fever", "present", "patient", "new", "a fever", 3, 10),),
    ((0, 5),),
    ((3, 10),),
    Danger("red_flag/urgent", 0.9, 0, 10, (Danger("red_flag/crisis", 0.1, 0, 5),)),
    (("parse", 1.5),),
)
STATE = State(
    turn=3,
    topics=("qi",),
    offered=(("Yes", "yes"),),
    asked={"kind": "peg", "scores": [3]},
    facts={"fever": "no"},
    check={"interview": {"events": [["yes"]]}, "finished": False},
)


@pytest.mark.parametrize("value", [REPLY, UNDERSTANDING, STATE], ids=lambda value: type(value).__name__)
def test_plain_values_hold_everything_and_can_be_read_back(value: Any) -> None:
    crossed = json.loads(json.dumps(value.to_dict()))

    assert json.loads(json.dumps(asdict(value))) == crossed
    assert [field.name for field in fields(value)] == list(crossed)
    assert value == type(value).from_dict(crossed)
