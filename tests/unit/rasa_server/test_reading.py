"""Messages that wait for the reader are read together, each for whoever wrote it."""

import asyncio
import threading
from types import SimpleNamespace

import pytest

from bot import without_tensorflow

without_tensorflow.install()

from rasa.core.channels.channel import UserMessage  # noqa: E402
from rasa.shared.nlu.training_data.message import Message  # noqa: E402

from bot.rasa_server.reading import MOST_TOGETHER, read  # noqa: E402


class Pipeline:
    """Stands in for a trained pipeline: notes what it is given, and cannot read one word."""

    def __init__(self):
        self.given, self.may_begin = [], threading.Event()
        self.graph_runner, self.model_metadata = self, SimpleNamespace(nlu_target="read")

    def run(self, inputs, targets):
        (messages,) = (given for given in inputs.values() if isinstance(given, list))
        self.given.append([message.text for message in messages])
        self.may_begin.wait(10)
        if "unreadable" in self.given[-1]:
            raise ValueError("unreadable")
        return {targets[0]: [Message({"text": message.text}, {"text"}) for message in messages]}


async def read_while_one_is_read(messages):
    """Read (pipeline, text) pairs; the first one's pipeline waits until all the others wait too."""
    tasks = [
        asyncio.create_task(read(SimpleNamespace(processor=pipeline), UserMessage(text))) for pipeline, text in messages
    ]
    await asyncio.sleep(0)
    for pipeline, _ in messages:
        pipeline.may_begin.set()
    return await asyncio.gather(*tasks, return_exceptions=True)


def test_those_that_wait_are_read_together_and_each_hears_its_own():
    pipeline, texts = Pipeline(), [f"message {number}" for number in range(2 * MOST_TOGETHER)]

    found = asyncio.run(read_while_one_is_read([(pipeline, text) for text in texts]))

    assert texts == [parsed["text"] for parsed in found]
    assert texts == [text for some in pipeline.given for text in some]
    assert len(pipeline.given) < len(texts)
    assert max(map(len, pipeline.given)) <= MOST_TOGETHER


def test_one_that_cannot_be_read_spoils_nobody_elses():
    pipeline = Pipeline()

    found = asyncio.run(
        read_while_one_is_read([(pipeline, text) for text in ("first", "second", "unreadable", "third")])
    )

    assert ["first", "second", "third"] == [parsed["text"] for parsed in found if isinstance(parsed, dict)]
    assert isinstance(found[2], ValueError)


def test_messages_for_another_model_are_read_by_that_model():
    old, new = Pipeline(), Pipeline()

    asyncio.run(read_while_one_is_read([(old, "one"), (old, "two"), (new, "three"), (new, "four")]))

    assert ["one", "two"] == [text for some in old.given for text in some]
    assert ["three", "four"] == [text for some in new.given for text in some]


def test_a_message_that_nobody_waits_for_any_more_is_not_read():
    pipeline = Pipeline()

    async def give_up():
        agent = SimpleNamespace(processor=pipeline)
        before = asyncio.create_task(read(agent, UserMessage("before")))
        while not pipeline.given:
            await asyncio.sleep(0.001)
        first, second, third = (asyncio.create_task(read(agent, UserMessage(text))) for text in ("a", "b", "c"))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.sleep(0)
        pipeline.may_begin.set()
        return await asyncio.gather(before, first, third)

    found = asyncio.run(give_up())

    assert ["before", "a", "c"] == [parsed["text"] for parsed in found]
    assert [["before"], ["a", "c"]] == pipeline.given


@pytest.mark.parametrize("text", ["", "hello"])
def test_what_is_read_alone_has_what_rasa_promises(text):
    pipeline = Pipeline()
    pipeline.may_begin.set()

    parsed = asyncio.run(read(SimpleNamespace(processor=pipeline), UserMessage(text)))

    assert {"text": text, "intent": {"name": None, "confidence": 0.0}, "entities": []} == parsed


def test_those_that_were_read_together_go_on_one_after_another():
    pipeline, rounds, went_on = Pipeline(), [0], []

    async def one(text):
        await read(SimpleNamespace(processor=pipeline), UserMessage(text))
        went_on.append(rounds[0])

    async def count_rounds():
        while True:
            rounds[0] += 1
            await asyncio.sleep(0)

    async def all_of_them():
        before = asyncio.create_task(read(SimpleNamespace(processor=pipeline), UserMessage("before")))
        while not pipeline.given:
            await asyncio.sleep(0.001)
        # All of these wait while the one before is read.
        counting = asyncio.create_task(count_rounds())
        tasks = [asyncio.create_task(one(f"message {number}")) for number in range(MOST_TOGETHER)]
        await asyncio.sleep(0)
        pipeline.may_begin.set()
        await asyncio.gather(before, *tasks)
        counting.cancel()

    asyncio.run(all_of_them())

    assert [1, MOST_TOGETHER] == list(map(len, pipeline.given))
    assert MOST_TOGETHER == len(set(went_on))
