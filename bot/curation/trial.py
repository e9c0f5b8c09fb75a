"""Trying a model: on conversation tests, clinicians' cases, rated messages and stored conversations."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.curation.minimising import signature
from bot.curation.stories import Conversation, Said, Say, judge

# (stage, how many are done, how many there are)
Progress = Callable[[str, int, int], None]
# Says one stored message: its text, the conversation, and the payload of a pressed button.
SayStored = Callable[[str, str, str | None], Awaitable[Said]]


@dataclass(frozen=True)
class Trial:
    """What came of it.

    Attributes:
        stories: Each test's path and name, with its misses (empty when it passed).
        rates: (right, all) by name of the measure.
        stored: For each stored conversation the replies to each of its messages.
    """

    stories: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    rates: dict[str, tuple[int, int]] = field(default_factory=dict)
    stored: dict[str, list[list[dict[str, Any]]]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {"stories": self.stories, "rates": self.rates, "stored": self.stored}


async def try_stories(tests: Sequence[Conversation], say: Say, progress: Progress) -> dict[str, list[dict[str, Any]]]:
    """Every conversation test's misses, by path and name."""
    found: dict[str, list[dict[str, Any]]] = {}
    for number, test in enumerate(tests):
        progress("conversation tests", number, len(tests))
        verdict = await judge(test, say, f"trial-{uuid.uuid4().hex}")
        found[f"{test.path}: {test.name}"] = [
            {"turn": m.turn, "text": m.text, "what": m.what, "expected": m.expected, "actual": m.actual}
            for m in verdict.misses
        ]
    return found


async def try_stored(
    conversations: Mapping[str, Sequence[Mapping[str, Any]]], say: SayStored, progress: Progress
) -> dict[str, list[list[dict[str, Any]]]]:
    """The replies to every message of stored conversations; what patients wrote is not part of it."""
    found: dict[str, list[list[dict[str, Any]]]] = {}
    for number, (name, messages) in enumerate(conversations.items()):
        progress("stored conversations", number, len(conversations))
        identity = f"trial-{uuid.uuid4().hex}"
        found[name] = []
        for message in messages:
            said = await say(message["text"], identity, message.get("payload"))
            found[name].append([_kept(reply) for reply in said.replies])
    return found


def _kept(reply: Mapping[str, Any]) -> dict[str, Any]:
    names = ("kind", "topics", "tier", "rules", "sources", "buttons", "text", "consult_first")
    kept = {name: reply[name] for name in names}
    kept["kind"] = str(reply["kind"])
    kept["buttons"] = [{"title": button["title"]} for button in reply["buttons"]]
    return kept


@dataclass(frozen=True)
class Changed:
    """A stored message that would be answered otherwise.

    Attributes:
        number: Of the message in its conversation, from 0.
        before, after: The replies of the current and of the candidate model.
        graver, milder: Whether the candidate sees more, or less, danger in it.
    """

    conversation: str
    number: int
    before: list[dict[str, Any]]
    after: list[dict[str, Any]]
    graver: bool = False
    milder: bool = False


_GRAVE = {"emergency": 2, "urgent": 1}


def changed_replies(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Changed]:
    """Where two models answer the same stored message in different ways, the milder ones first."""
    found = []
    for name in before:
        for number, (old, new) in enumerate(zip(before[name], after.get(name, ()), strict=False)):
            if signature(old) != signature(new):
                weight = _gravity(new) - _gravity(old)
                found.append(Changed(name, number, old, new, weight > 0, weight < 0))
    return sorted(found, key=lambda change: (not change.milder, not change.graver))


def _gravity(replies: Sequence[Mapping[str, Any]]) -> int:
    return max((_GRAVE.get(str(reply["tier"]), 0) for reply in replies), default=0)


@dataclass(frozen=True)
class Comparison:
    """A candidate beside the current model.

    Attributes:
        broken, mended: Conversation tests that pass with the current model alone, and with the candidate alone.
        failing: Those that fail with the candidate.
        rates: By measure: right of all, with the current model and with the candidate.
        changed: Stored messages that would be answered otherwise.
        stored: How many stored messages were tried.
    """

    broken: tuple[str, ...]
    mended: tuple[str, ...]
    failing: tuple[str, ...]
    tests: int
    rates: dict[str, tuple[int, int, int, int]]
    changed: tuple[Changed, ...]
    stored: int


def compare(current: Mapping[str, Any], candidate: Mapping[str, Any]) -> Comparison:
    """Two trials (`Trial.to_dict`) side by side."""
    old, new = current["stories"], candidate["stories"]
    failing = tuple(name for name in new if new[name])
    return Comparison(
        broken=tuple(name for name in failing if name in old and not old[name]),
        mended=tuple(name for name in old if old[name] and name in new and not new[name]),
        failing=failing,
        tests=len(new),
        rates={
            name: (*current["rates"][name], *candidate["rates"][name])
            for name in candidate["rates"]
            if name in current["rates"]
        },
        changed=tuple(changed_replies(current["stored"], candidate["stored"])),
        stored=sum(len(messages) for messages in candidate["stored"].values()),
    )
