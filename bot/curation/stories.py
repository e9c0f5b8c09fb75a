"""Conversation tests: files in Rasa's own story format, with what must come of each turn in their metadata.

`rasa test` reads the steps and checks intents and actions; this product says the turns of `metadata` to the trained
model and the real actions and checks the replies. A turn holds `user`, or `rest` (the answer to every further question
of the check), and any of `topics` (one of them is understood), `kind` and `tier` (of some reply).
"""

from __future__ import annotations

import io
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.conversation.wording.consult import suggests_provider_first
from bot.faults import ContentFaults, Fault, read_yaml

FOLDER = "tests/stories"
MOST_QUESTIONS = 30
_NAME = re.compile(r"[^a-z0-9]+")


class Said(Protocol):
    """One turn as it was answered."""

    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def parsed(self) -> dict[str, Any]: ...  # noqa: D102
    @property
    def replies(self) -> list[dict[str, Any]]: ...  # noqa: D102
    @property
    def actions(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def topics(self) -> list[str]: ...  # noqa: D102


# Says one message in the conversation of that name.
Say = Callable[[str, str], Awaitable[Said]]


@dataclass(frozen=True)
class Conversation:
    """One conversation test.

    Attributes:
        name: A sentence.
        behaviour: The folder it stands in.
        turns: What is said, and what must come of it.
        path: Relative to the project.
    """

    name: str
    behaviour: str
    turns: tuple[dict[str, Any], ...]
    path: str = ""


@dataclass(frozen=True)
class Miss:
    """A turn that did not go as written: what was expected, and what came."""

    turn: int
    text: str
    what: str
    expected: str
    actual: str


@dataclass(frozen=True)
class Verdict:
    """How a conversation test went."""

    conversation: Conversation
    misses: tuple[Miss, ...] = field(default=())

    @property
    def passed(self) -> bool:
        """Whether every turn went as written."""
        return not self.misses


def read_conversations(project: Path) -> list[Conversation]:
    """All conversation tests of a project, by file.

    Raises:
        ContentFaults: for a file that is not such a test.
    """
    found: list[Conversation] = []
    faults: list[Fault] = []
    for path in sorted((project / FOLDER).glob("*/test_*.yml")):
        try:
            found += read_story_file(path, project)
        except ContentFaults as error:
            faults += error.faults
    if faults:
        raise ContentFaults(faults)
    return found


def read_story_file(path: Path, project: Path) -> list[Conversation]:
    """The conversation tests of one file.

    Raises:
        ContentFaults: when it is not such a file.
    """
    try:
        return [
            Conversation(
                story["story"],
                path.parent.name,
                tuple(dict(turn) for turn in story["metadata"]["turns"]),
                path.relative_to(project).as_posix(),
            )
            for story in read_yaml(path)["stories"]
        ]
    except (KeyError, TypeError) as error:
        problem, remedy = f"is not a conversation test ({error})", "compare it with another file of tests/stories"
        raise ContentFaults([Fault(str(path), "stories", problem, remedy)]) from error


async def judge(conversation: Conversation, say: Say, identity: str) -> Verdict:
    """Say a conversation test's turns and compare what comes with what is written.

    Args:
        conversation: The test.
        say: Says one message.
        identity: A name that no other conversation has.
    """
    misses: list[Miss] = []
    for number, turn in enumerate(conversation.turns):
        said = await say(turn["user"] if "user" in turn else turn["rest"], identity)
        if "rest" in turn:
            said = await _until_the_result(say, turn["rest"], identity, said)
        misses += [Miss(number, said.text, *miss) for miss in _misses(turn, said)]
    return Verdict(conversation, tuple(misses))


async def _until_the_result(say: Say, answer: str, identity: str, said: Said) -> Said:
    for _ in range(MOST_QUESTIONS):
        if not said.replies or said.replies[-1]["kind"] != "question":
            break
        said = await say(answer, identity)
    return said


def _misses(turn: Mapping[str, Any], said: Said) -> Iterable[tuple[str, str, str]]:
    if not said.replies:
        yield "reply", "some reply", "silence"
        return
    if not all(suggests_provider_first(reply["consult_first"]) for reply in said.replies):
        yield "consult_first", "a healthcare provider is suggested", "a reply without it"
    if "topics" in turn and not set(turn["topics"]) & set(said.topics):
        yield "topics", " or ".join(turn["topics"]), ", ".join(said.topics) or "none"
    for name in ("kind", "tier"):
        actual = [str(reply[name]) for reply in said.replies if reply[name]]
        if name in turn and turn[name] not in actual:
            yield name, turn[name], ", ".join(actual) or "none"


def expected_of(replies: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What a turn's replies were, as a test expects it."""
    topics = list(dict.fromkeys(topic for reply in replies for topic in reply["topics"]))
    tier = next((reply["tier"] for reply in replies if reply["tier"]), None)
    expected: dict[str, Any] = {"topics": topics} if topics else {}
    if replies:
        expected["kind"] = str(replies[0]["kind"])
    return {**expected, **({"tier": tier} if tier else {})}


def slug_of(name: str) -> str:
    """A test's name as its file is called."""
    return "test_" + _NAME.sub("_", name.casefold()).strip("_")[:72].rstrip("_")


def story_path(behaviour: str, name: str) -> str:
    """Where a test of that name stands."""
    return f"{FOLDER}/{_NAME.sub('_', behaviour.casefold()).strip('_')}/{slug_of(name)}.yml"


def story_text(name: str, turns: Sequence[Mapping[str, Any]], said: Sequence[Said] = ()) -> str:
    """A test as the text of a file.

    Args:
        name: A sentence.
        turns: What is said, and what must come of it.
        said: The same turns as they were answered: intents and actions, for `rasa test`.
    """
    steps: list[dict[str, Any]] = []
    for turn in said:
        intent = str(turn.parsed.get("intent", {}).get("name") or "nlu_fallback")
        actions = [name for name in turn.actions if name not in ("action_listen", "")]
        steps.append({"user": LiteralScalarString(f"{turn.text}\n"), "intent": intent})
        steps += [{"action": action} for action in actions[:1]]
        if not actions or "form" in actions[0] or actions[0] == "action_check_suitability":
            break  # inside the form Rasa's steps say nothing more
    story: dict[str, Any] = {"story": name, "metadata": {"turns": [dict(turn) for turn in turns]}}
    if steps:
        story["steps"] = steps
    yaml = YAML()
    yaml.width = 4096
    yaml.explicit_start = False
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump({"version": _quoted("3.1"), "stories": [story]}, out)
    return out.getvalue()


def _quoted(text: str) -> Any:
    from ruamel.yaml.scalarstring import SingleQuotedScalarString

    return SingleQuotedScalarString(text)
