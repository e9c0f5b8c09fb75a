"""What is read ahead is read once, for the model that answers, and only so much of it."""

import asyncio
from types import SimpleNamespace

from bot import without_tensorflow

without_tensorflow.install()

from bot.rasa_server import expected  # noqa: E402


def test_a_message_is_read_once_and_anew_for_another_model(monkeypatch):
    read = []

    async def reading(agent, message):
        read.append((agent.processor, message.text))
        return {"read by": agent.processor}

    monkeypatch.setattr(expected, "read", reading)
    old, new = SimpleNamespace(processor="old"), SimpleNamespace(processor="new")

    async def talk():
        ahead = expected.Expected()
        for words in ("hurts?", "hurts?", "cost?", "sore", "sad", "too many"):
            ahead.begin(old, words)
        return [
            await ahead.take(agent, SimpleNamespace(text=words))
            for agent, words in ((old, "hurts?"), (old, "hurts?"), (new, "cost?"), (old, "too many"))
        ]

    assert ["old", "old", "new", "old"] == [found["read by"] for found in asyncio.run(talk())]
    assert 2 == read.count(("old", "hurts?"))
    assert (1, 1) == (read.count(("old", "too many")), read.count(("new", "cost?")))
