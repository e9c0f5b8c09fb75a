"""A test drafted from a conversation, before staff have said that it is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bot.curation.jobs import Job
from bot.curation.stories import story_text
from bot.yaml12 import parse


class Fields(Protocol):
    """What a form sent."""

    def text(self, name: str, longest: int = 2000) -> str: ...  # noqa: D102
    def all(self, name: str) -> tuple[str, ...]: ...  # noqa: D102


@dataclass(frozen=True)
class Draft:
    """The shortened conversation with what came of each turn, which staff may correct.

    Attributes:
        turns: As a test holds them: user, topics, kind, tier.
        said: What the assistant said to each, for reading.
        dropped: How many turns were left out because the last reply is the same without them.
    """

    name: str
    behaviour: str
    turns: tuple[dict[str, Any], ...]
    said: tuple[list[dict[str, Any]], ...]
    dropped: int

    def changed_by(self, form: Fields) -> Draft:
        """With the expectations of a form: `topics-N`, `kind-N`, `tier-N`; "" expects nothing."""
        turns = []
        for number, turn in enumerate(self.turns):
            wanted: dict[str, Any] = {"user": turn["user"]}
            if topics := [topic for topic in form.all(f"topics-{number}") if topic]:
                wanted["topics"] = topics
            for name in ("kind", "tier"):
                if value := form.text(f"{name}-{number}", 60):
                    wanted[name] = value
            turns.append(wanted)
        return replace(self, turns=tuple(turns))


def draft_of(job: Job, result: Mapping[str, Any]) -> Draft:
    """The draft that a job of the kind "story" made."""
    return Draft(
        str(job.arguments["name"]),
        str(job.arguments["behaviour"]),
        tuple(result["turns"]),
        tuple(result["said"]),
        int(result["dropped"]),
    )


def draft_text(draft: Draft, steps: str) -> str:
    """The test's file. Rasa's steps are kept as they were recorded, as long as the expectations are what was recorded.

    Steps tell what happened; when staff expect something else, they would contradict the test.
    """
    recorded = parse(steps)["stories"][0]
    if [dict(turn) for turn in recorded["metadata"]["turns"]] == [dict(turn) for turn in draft.turns]:
        return steps
    return story_text(draft.name, draft.turns)
