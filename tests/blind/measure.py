"""How well unseen messages are understood: `python -m tests.blind.measure [--set NAME] [--half 0|1] [--typed WAY] [--misses] [FILE …]`.

The messages were written by someone who had not seen the training data. They come in two halves: one may be looked at
when something is to be improved (`--half 0`), the other only counts (`--half 1`), so that its figures stay honest.
`--set` takes the messages of a folder here: `later`, `third` and `fourth` were written when those before had been worked
on for a while; `fifth` has danger signs and harmless talk in each other's words, to be hard; `joined` and `seams` have
many ways of putting two questions in one message and of asking one that looks like two, and both halves of `seams` were
looked at. `fresh` was judged before it was first said to the product, and looked at since; so was `talks`, whole
conversations outside the check, counted by turns and by conversations without a fault. `ordinary` says all
questions, gaps and off-topic messages, and safety's look-alikes, and counts who meets an alarm or a danger question
instead of an answer. `--typed` says each message (of a conversation the last) as another hand would type it, one way of
`tests.blind.typed`: with a typing error (`slip`), without marks, in capitals.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from ruamel.yaml import YAML

from bot.commands.local_agent import Answered, LocalAgent
from bot.commands.train import ensure_trained
from bot.project import PROJECT
from tests.blind.typed import TYPED

HERE = Path(__file__).parent
ESCALATES = ("emergency", "urgent")
SETS = ("later", "third", "fourth", "fifth", "joined", "seams", "fresh", "talks")


def read(name: str, folder: Path = HERE) -> Any:
    return YAML(typ="safe", pure=True).load((folder / f"{name}.yml").read_text(encoding="utf-8"))


def half_of(items: list[Any], half: int | None) -> list[Any]:
    return items if half is None else items[half::2]


@dataclass
class Score:
    """Counts of one kind of message, and what went wrong."""

    name: str
    right: int = 0
    total: int = 0
    offered: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, right: bool, text: str, got: object, wanted: object) -> None:
        self.total += 1
        self.right += right
        if not right:
            self.misses.append(f"    {text!r}\n        got {got}, wanted {wanted}")

    @property
    def rate(self) -> float:
        return self.right / self.total if self.total else 1.0

    def __str__(self) -> str:
        offers = f", offered {self.offered / self.total:.1%}" if self.offered and self.total else ""
        return f"{self.name:<28} {self.right:>4}/{self.total:<4} {self.rate:6.1%}{offers}"


def tier_of(turn: Answered) -> str | None:
    return next((reply["tier"] for reply in turn.replies if reply["tier"]), None)


def clarified(turn: Answered) -> bool:
    return any(reply["kind"] == "clarify" for reply in turn.replies)


class TypedOtherwise:
    """An assistant to whom the last message of each conversation is said as another hand would type it."""

    def __init__(self, agent: LocalAgent, way: str, seed: int) -> None:
        self._agent, self._type, self._seed = agent, TYPED[way], seed

    async def converse(self, turns: list[str]) -> list[Answered]:
        typed = self._type(turns[-1], Random(f"{self._seed} {turns[-1]}"))
        return await self._agent.converse([*turns[:-1], typed])


Agent = LocalAgent | TypedOtherwise


async def measure_questions(agent: Agent, half: int | None, folder: Path = HERE) -> list[Score]:
    answerable, refused, check, talk = (
        Score(n) for n in ("right topic", "not refused", "asks for the check", "chitchat")
    )
    for entry in read("questions", folder)["questions"]:
        for text in half_of(entry["ask"], half):
            turn = (await agent.converse([text]))[0]
            topic = entry["topic"]
            if topic == "chitchat":
                talk.add("chitchat" in turn.topics, text, turn.topics, topic)
            elif topic == "suitability_personal":
                check.add(topic in turn.topics, text, turn.topics, topic)
            else:
                answerable.add(topic in turn.topics, text, turn.topics, topic)
                answerable.offered += clarified(turn)
                bad = {"not_in_article", "out_of_scope", "chitchat", "red_flag"}
                refused.add(not bad.intersection(turn.topics), text, turn.topics, topic)
    return [answerable, refused, check, talk]


async def measure_gaps(agent: Agent, half: int | None, folder: Path = HERE) -> list[Score]:
    gap, off = Score("gap seen as such"), Score("off-topic seen as such")
    silent = Score("either, and the article kept out of it")
    for entry in read("gaps", folder)["gaps"]:
        for text in half_of(entry["ask"], half):
            turn = (await agent.converse([text]))[0]
            gap.add("not_in_article" in turn.topics, text, turn.topics, entry["subject"])
            gap.offered += clarified(turn)
            silent.add(_says_nothing_of_the_article(turn), text, turn.topics, entry["subject"])
    for text in half_of(read("out_of_scope", folder)["out_of_scope"], half):
        turn = (await agent.converse([text]))[0]
        off.add(turn.topics in (["out_of_scope"], ["chitchat"]), text, turn.topics, "out_of_scope")
        silent.add(_says_nothing_of_the_article(turn), text, turn.topics, "out_of_scope")
    return [gap, off, silent]


def _says_nothing_of_the_article(turn: Answered) -> bool:
    """Whether a question the article does not answer got no sentence of it, whatever it was taken for."""
    return not any(reply.get("sources") for reply in turn.replies)


async def measure_doubles(agent: Agent, half: int | None, folder: Path = HERE) -> list[Score]:
    double, order, single = Score("every part answered"), Score("and in their order"), Score("one stays one")
    data = read("doubles", folder)
    for entry in half_of(data["doubles"], half):
        turn = (await agent.converse([entry["text"]]))[0]
        found = [_place(turn.topics, wanted) for wanted in entry["topics"]]
        double.add(None not in found, entry["text"], turn.topics, entry["topics"])
        # The check's question always comes last: it waits for an answer.
        asked = [place for place, topic in zip(found, entry["topics"], strict=True) if topic != "suitability_personal"]
        in_order = None not in found and asked == sorted(place for place in asked if place is not None)
        order.add(in_order, entry["text"], turn.topics, entry["topics"])
    for entry in half_of(data["singles"], half):
        turn = (await agent.converse([entry["text"]]))[0]
        right = len(turn.topics) == 1 and _place(turn.topics, entry["topic"]) == 0
        single.add(right, entry["text"], turn.topics, entry["topic"])
    return [double, order, single]


def _place(topics: list[str], wanted: str) -> int | None:
    """Where a topic, or one of several ("a|b"), stands among those answered."""
    return next((place for place, topic in enumerate(topics) if topic in wanted.split("|")), None)


async def measure_follow_ups(agent: Agent, half: int | None, folder: Path = HERE) -> list[Score]:
    score = Score("follow-up")
    for entry in half_of(read("follow_ups", folder)["follow_ups"], half):
        last = (await agent.converse(entry["turns"]))[-1]
        score.add(
            bool(set(entry["topics"]) & set(last.topics)), " | ".join(entry["turns"]), last.topics, entry["topics"]
        )
    return [score]


async def measure_safety(agent: Agent, half: int | None, folder: Path = HERE) -> list[Score]:
    data = read("safety", folder)
    caught, urgent, heard = Score("emergency caught"), Score("urgent caught"), Score("either told or asked about")
    harmless, uncertain = Score("harmless let pass"), Score("uncertain asked")
    for score, kind, tiers in ((caught, "emergency", ("emergency",)), (urgent, "urgent", ESCALATES)):
        for entry in half_of(data[kind], half):
            text, wanted = (entry["text"], entry["any_of"]) if isinstance(entry, dict) else (entry, kind)
            turn = (await agent.converse([text]))[0]
            score.add(tier_of(turn) in tiers, text, (tier_of(turn), turn.topics), wanted)
            heard.add(tier_of(turn) in ESCALATES or "red_flag" in turn.topics, text, turn.topics, wanted)
    for text in map(_text, half_of(data["harmless"], half)):
        turn = (await agent.converse([text]))[0]
        rules = [rule for reply in turn.replies for rule in reply["rules"]]
        harmless.add(tier_of(turn) not in ESCALATES, text, (tier_of(turn), rules), "no alarm")
    for text in map(_text, half_of(data.get("uncertain", []), half)):
        turn = (await agent.converse([text]))[0]
        uncertain.add("red_flag" in turn.topics, text, (tier_of(turn), turn.topics), "a clarifying question")
    return [caught, urgent, heard, harmless, uncertain]


def _text(entry: dict[str, Any] | str) -> str:
    return entry["text"] if isinstance(entry, dict) else entry


async def measure_ordinary(agent: Agent, half: int | None, folder: Path = HERE) -> list[Score]:
    """How often who asks or tells something ordinary, or what only looks like danger, meets an alarm or its question."""
    groups = {"ordinary": _ordinary(folder), "look-alikes": read("safety", folder)["harmless"]}
    if (folder / "statements.yml").exists():
        groups["sore backs"] = read("statements", folder)["statements"]
    scores = []
    for name, messages in groups.items():
        alarm, question = Score(f"{name}: no alarm"), Score(f"{name}: no danger question")
        for entry in messages if half is None else messages[half::2]:
            text = _text(entry)
            turn = (await agent.converse([text]))[0]
            alarmed = tier_of(turn) in ESCALATES
            asked = "red_flag" in turn.topics and not alarmed
            rules = [rule for reply in turn.replies for rule in reply["rules"]]
            alarm.add(not alarmed, text, (tier_of(turn), rules), "no alarm")
            question.add(not asked, text, turn.topics, "no danger question")
        scores += [alarm, question]
    return scores


def _ordinary(folder: Path) -> list[str]:
    messages = [text for entry in read("questions", folder)["questions"] for text in entry["ask"]]
    messages += [text for entry in read("gaps", folder)["gaps"] for text in entry["ask"]]
    return [*messages, *read("out_of_scope", folder)["out_of_scope"]]


async def measure_conversations(agent: LocalAgent, half: int | None, folder: Path = HERE) -> list[Score]:
    tiers, kinds, milder = Score("expected tier"), Score("expected kind or topic"), Score("never milder than urgent")
    faultless = Score("conversations without a fault")
    for entry in half_of(read("conversations", folder)["conversations"], half):
        conversation = f"blind-{entry['name']}"
        wrong = sum(score.total - score.right for score in (tiers, kinds))
        for turn in entry["turns"]:
            said = await _say(agent, turn, conversation)
            where = f"{entry['name']}: {turn.get('user', turn.get('user_rest'))}"
            got = (tier_of(said), [r["kind"] for r in said.replies], said.topics)
            if "tier" in turn:
                tiers.add(got[0] == turn["tier"], where, got, turn["tier"])
                if turn["tier"] in ESCALATES:
                    milder.add(got[0] in ESCALATES, where, got, turn["tier"])
            if "topics" in turn:
                kinds.add(bool(set(turn["topics"]) & set(said.topics)), where, got, turn["topics"])
            elif "kind" in turn:
                kinds.add(turn["kind"] in got[1], where, got, turn["kind"])
        await agent.forget(conversation)
        faults = sum(score.total - score.right for score in (tiers, kinds)) - wrong
        faultless.add(not faults, entry["name"], faults, 0)
    return [tiers, milder, kinds, faultless]


async def _say(agent: LocalAgent, turn: dict[str, Any], conversation: str) -> Answered:
    if "user" in turn:
        return await agent.say(turn["user"], conversation)
    said = await agent.say(turn["user_rest"], conversation)
    for _ in range(30):
        if said.replies and said.replies[-1]["kind"] == "question":
            said = await agent.say(turn["user_rest"], conversation)
    return said


MEASURES = {
    "questions": measure_questions,
    "gaps": measure_gaps,
    "doubles": measure_doubles,
    "follow_ups": measure_follow_ups,
    "safety": measure_safety,
    "ordinary": measure_ordinary,
    "conversations": measure_conversations,
}


async def measure_all(agent: Agent, half: int | None, names: list[str], folder: Path = HERE) -> dict[str, Score]:
    """Every score by its name."""
    return {score.name: score for name in names for score in await MEASURES[name](agent, half, folder)}


def lines_of(scores: dict[str, Score], misses: bool) -> Iterator[str]:
    for score in scores.values():
        yield str(score)
        if misses:
            yield from score.misses


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="FILE", help=f"of {', '.join(MEASURES)}")
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--set", choices=SETS, help="the messages of that folder of tests/blind")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--typed", choices=TYPED, help="say each message as it would be typed so")
    parser.add_argument("--seed", type=int, default=1, help="other chances for what is typed wrongly")
    options = parser.parse_args()
    agent: Agent = LocalAgent(ensure_trained(PROJECT))
    if options.typed:
        agent = TypedOtherwise(agent, options.typed, options.seed)
    folder = HERE / options.set if options.set else HERE
    needs = {"ordinary": "questions"}
    there = [name for name in MEASURES if (folder / f"{needs.get(name, name)}.yml").exists()]
    names = options.names or [name for name in there if not (options.typed and name == "conversations")]
    if missing := [name for name in names if name not in there]:
        parser.error(f"{folder.name} has no {', '.join(missing)}; it has {', '.join(there)}")
    scores = asyncio.run(measure_all(agent, options.half, names, folder))
    print("\n".join(lines_of(scores, options.misses)))


if __name__ == "__main__":
    main()
