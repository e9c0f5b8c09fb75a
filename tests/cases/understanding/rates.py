"""How well messages that nobody trained on are understood: `python -m tests.cases.understanding.rates [--misses]`.

The suite holds each rate to a floor (`tests/integration/test_unseen_messages.py`). A message that fails is no reason
to put it into data/nlu: find what kind of message it is, and teach the kind.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.commands.local_agent import Answered, LocalAgent
from bot.commands.train import ensure_trained
from bot.project import PROJECT

HERE = Path(__file__).parent
REFUSALS = frozenset({"not_in_article", "out_of_scope", "chitchat", "red_flag"})
# One verdict: the rate it counts for, whether it is right, and a line for whoever looks at the misses.
Verdict = tuple[str, bool, str]


def read(name: str) -> Any:
    return YAML(typ="safe", pure=True).load((HERE / f"{name}.yml").read_text(encoding="utf-8"))[name]


def messages() -> Iterator[str]:
    """Every message of one turn, for the proof that none of them is trained on."""
    for name in ("topics", "gaps"):
        for texts in read(name).values():
            yield from texts
    yield from read("off_topic")
    yield from (entry["says"] for kind in ("doubles", "singles") for entry in _doubles()[kind])


def _doubles() -> dict[str, list[dict[str, Any]]]:
    content: dict[str, list[dict[str, Any]]] = YAML(typ="safe", pure=True).load(
        (HERE / "doubles.yml").read_text(encoding="utf-8")
    )
    return content


async def verdicts(agent: LocalAgent) -> AsyncIterator[Verdict]:
    """Every message of the case set, said to the trained model and the real actions, and judged."""
    for judged in (_topics, _gaps, _off_topic, _several, _in_turn, _languages):
        async for verdict in judged(agent):
            yield verdict


async def _last_of(agent: LocalAgent, turns: list[str]) -> Answered:
    return (await agent.converse(turns))[-1]


def _verdict(rate: str, right: bool, said: Answered, wanted: object) -> Verdict:
    return rate, right, f"{said.text!r}: got {said.topics}, wanted {wanted}"


async def _topics(agent: LocalAgent) -> AsyncIterator[Verdict]:
    for topic, texts in read("topics").items():
        for text in texts:
            said = await _last_of(agent, [text])
            yield _verdict("right topic", topic in said.topics, said, topic)
            if topic not in ("chitchat", "suitability_personal"):
                yield _verdict("not refused", not REFUSALS & set(said.topics), said, topic)
            yield _verdict("no question back", not _asks_back(said), said, topic)


async def _gaps(agent: LocalAgent) -> AsyncIterator[Verdict]:
    for subject, texts in read("gaps").items():
        for text in texts:
            said = await _last_of(agent, [text])
            yield _verdict("gap seen as such", "not_in_article" in said.topics, said, subject)
            named = subject in [gap for reply in said.replies for gap in reply["record"].get("gaps", ())]
            yield _verdict("right subject of a gap", named, said, subject)


async def _off_topic(agent: LocalAgent) -> AsyncIterator[Verdict]:
    for text in read("off_topic"):
        said = await _last_of(agent, [text])
        off = said.topics in (["out_of_scope"], ["chitchat"])
        yield _verdict("off-topic seen as such", off, said, "out_of_scope")


async def _several(agent: LocalAgent) -> AsyncIterator[Verdict]:
    for entry in _doubles()["doubles"]:
        said = await _last_of(agent, [entry["says"]])
        yield _verdict("every question answered", set(entry["topics"]) <= set(said.topics), said, entry["topics"])
    for entry in _doubles()["singles"]:
        said = await _last_of(agent, [entry["says"]])
        yield _verdict("one question stays one", said.topics == entry["topics"], said, entry["topics"])


async def _in_turn(agent: LocalAgent) -> AsyncIterator[Verdict]:
    for name, rate in (("follow_ups", "follow-up understood"), ("in_place", "bare words in place")):
        for entry in read(name):
            said = await _last_of(agent, entry["turns"])
            kinds = {str(reply["kind"]) for reply in said.replies}
            fits = set(entry.get("topics", ())) & set(said.topics) or set(entry.get("kinds", ())) & kinds
            yield _verdict(rate, bool(fits), said, entry)


async def _languages(agent: LocalAgent) -> AsyncIterator[Verdict]:
    for language, texts in read("languages").items():
        for text in texts:
            said = await _last_of(agent, [text])
            heard = said.parsed["understanding"]["language"]
            yield _verdict("language named", heard == language, said, f"{language}, heard {heard}")


def _asks_back(said: Answered) -> bool:
    return any(reply["kind"] == "clarify" for reply in said.replies)


async def rates(agent: LocalAgent) -> tuple[dict[str, float], dict[str, list[str]]]:
    """The share of right verdicts by rate, and the misses."""
    counts: dict[str, list[bool]] = {}
    misses: dict[str, list[str]] = {}
    async for rate, right, line in verdicts(agent):
        counts.setdefault(rate, []).append(right)
        if not right:
            misses.setdefault(rate, []).append(line)
    return {rate: sum(rights) / len(rights) for rate, rights in counts.items()}, misses


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    found, misses = asyncio.run(rates(LocalAgent(ensure_trained(PROJECT))))
    for rate, share in found.items():
        print(f"{rate:<26} {share:6.1%}")
        if options.misses:
            print(*(f"    {line}" for line in misses.get(rate, ())), sep="\n")


if __name__ == "__main__":
    main()
