"""Several Rasas: each conversation keeps to one, and finds another while that is down."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from bot.conversation.reply import Kind, Reply
from bot.gateway.rasa_client import Answer, Question, RasaClient, RasaUnreachable
from bot.gateway.rasa_pool import RasaPool

REPLY = Reply(kind=Kind.ANSWER, text="So it is.", consult_first="Please ask your healthcare provider first.")
CONVERSATIONS = [f"conversation-{number}" for number in range(900)]


class FakeRasa(RasaClient):
    """Remembers what it was asked; may be down."""

    def __init__(self, number: int) -> None:
        super().__init__(f"http://10.0.0.{number}:5005", "s" * 40, 1)
        self.is_up = True
        self.asked: list[str] = []
        self.erased: list[str] = []

    async def answer(self, question: Question) -> Answer:
        if not self.is_up:
            raise RasaUnreachable("down")
        self.asked.append(question.conversation_id)
        return Answer([REPLY])

    async def erase(self, conversation_id: str) -> None:
        if not self.is_up:
            raise RasaUnreachable("down")
        self.erased.append(conversation_id)

    async def is_ready(self) -> bool:
        return self.is_up


def pool_of(count: int) -> tuple[RasaPool, list[FakeRasa]]:
    rasas = [FakeRasa(number) for number in range(count)]
    return RasaPool(rasas, look_seconds=0.01), rasas


async def ask(pool: RasaPool, conversation: str) -> None:
    await pool.answer(Question(conversation, "m1", "does it hurt"))


def first_choice(pool: RasaPool) -> dict[str, str]:
    return {conversation: pool.order(conversation)[0].url for conversation in CONVERSATIONS}


def test_every_gateway_pins_a_conversation_to_the_same_rasa_and_each_gets_its_share() -> None:
    one, _ = pool_of(3)
    rasas = [FakeRasa(number) for number in (2, 0, 1)]

    other = RasaPool(rasas)

    assert first_choice(one) == first_choice(other)
    assert all(240 < count < 360 for count in Counter(first_choice(one).values()).values())


async def test_a_rasa_that_is_down_moves_its_own_conversations_only_and_gets_them_back() -> None:
    pool, rasas = pool_of(3)
    before = first_choice(pool)
    rasas[1].is_up = False
    for conversation in CONVERSATIONS[:50]:
        await ask(pool, conversation)

    during = first_choice(pool)

    assert {c for c in CONVERSATIONS if before[c] != during[c]} == {
        c for c in CONVERSATIONS if before[c] == rasas[1].url
    }
    rasas[1].is_up = True
    while not all(pool.health().values()):
        await asyncio.sleep(0.01)
    assert before == first_choice(pool)
    await pool.close()


async def test_when_no_rasa_is_well_all_are_tried_and_the_caller_hears_of_it() -> None:
    pool, rasas = pool_of(2)
    for rasa in rasas:
        rasa.is_up = False

    for _ in range(2):
        with pytest.raises(RasaUnreachable):
            await ask(pool, "conversation-1")

    rasas[0].is_up = True
    await ask(pool, "conversation-1")
    assert 1 == len(rasas[0].asked)
    await pool.close()


async def test_all_rasas_forget_a_conversation_and_one_that_is_down_has_forgotten_already() -> None:
    pool, rasas = pool_of(3)
    conversation = next(c for c in CONVERSATIONS if pool.order(c)[0] is rasas[0])
    rasas[2].is_up = False

    await pool.erase(conversation)

    assert [[conversation], [conversation], []] == [rasa.erased for rasa in rasas]
    rasas[0].is_up = False
    with pytest.raises(RasaUnreachable):
        await pool.erase(conversation)
    await pool.close()
