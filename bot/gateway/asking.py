"""Asking Rasa about a message: with patience while it is away, and with something to say when it has no answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.bootstrap import Apology
from bot.conversation.reply import Reply
from bot.gateway.danger_reading import DangerReading
from bot.gateway.rasa_client import Answer, Question, RasaFailed, RasaUnreachable
from bot.gateway.rasa_pool import RasaPool
from bot.storage.inbox import TYPED, State
from bot.storage.schema.conversation_tables import InboundMessage
from bot.storage.sealing.vault import SealBroken

RETRY_SECONDS = 0.4
MOST_TRIES = 3

_Reading = asyncio.Task[Reply | None]


@dataclass(frozen=True)
class Asked:
    """What came of asking about a message.

    Attributes:
        answer: What is said.
        state: What becomes of the message.
        reason: Why it is no answer of Rasa's; None where it is one.
    """

    answer: Answer
    state: State = State.DONE
    reason: str | None = None


@dataclass
class _Missed:
    """A message that alarmed while Rasa had no answer.

    Attributes:
        question: The message.
        tries: How often Rasa has been shown it since.
    """

    question: Question
    tries: int = 0


class Asking:
    """Asks about each message until there is something to say to it."""

    def __init__(
        self,
        rasa: RasaPool,
        apology: Apology,
        danger: DangerReading,
        patience: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; nothing is asked yet.

        Args:
            rasa: Who answers.
            apology: What is said when Rasa cannot.
            danger: Reads what Rasa could not for danger signs.
            patience: Seconds to wait for Rasa to come back before apologising.
            clock: Monotonic seconds.
        """
        self._rasa = rasa
        self._apology = apology
        self._danger = danger
        self._patience = patience
        self._clock = clock
        # While Rasa is known to be away nobody waits for it a second time.
        self._outage = False
        # What alarmed while Rasa could not be asked, by conversation: it is told of it before it answers there again.
        self._missed: dict[str, _Missed] = {}
        self._readings: set[_Reading] = set()

    async def ask(self, row: InboundMessage) -> Asked:
        """What is said to a message, whatever fails."""
        if any(self._rasa.health().values()):
            # It has come back since, whether or not anybody was answered meanwhile.
            self._outage = False
        patient_until = self._clock() + (0 if self._outage else self._patience)
        is_second_try = False
        reading: _Reading | None = None
        try:
            question = Question(row.conversation_id, f"m{row.id}", row.text, row.payload, {"kind": row.kind})
        except SealBroken:
            # It was changed in the database: asking again would not make it readable.
            return self.failed("unreadable")
        while True:
            try:
                answer = await self._answer(question)
            except RasaUnreachable as error:
                # A danger sign does not wait for Rasa to come back: it is read meanwhile, and told as soon as it is.
                reading = reading or self._begin_reading(question)
                if self._clock() >= patient_until:
                    self._outage = True
                    return self._without_rasa(question, await reading, "unavailable", str(error))
                if alarm := await _found_within(reading, RETRY_SECONDS):
                    return self._without_rasa(question, alarm, "unavailable", str(error))
            except RasaFailed as error:
                # Without a reply Rasa keeps nothing of the turn: an action that was just restarting gets a second one.
                if str(error) == "empty" and not is_second_try:
                    is_second_try = True
                    await asyncio.sleep(RETRY_SECONDS)
                    continue
                reading = reading or self._begin_reading(question)
                return self._without_rasa(question, await reading, "failed", str(error))
            else:
                self._outage = False
                return Asked(answer)

    def failed(self, reason: str) -> Asked:
        """An apology for a message of which nothing can be made."""
        return Asked(Answer([self._apology(reason="failed")]), State.FAILED, reason)

    def forget(self, conversation_id: str) -> None:
        """Keep nothing of a conversation."""
        self._missed.pop(conversation_id, None)

    async def end(self) -> None:
        """Nothing will be asked any more."""
        await self._danger.end()

    async def _answer(self, question: Question) -> Answer:
        if missed := self._missed.get(question.conversation_id):
            await self._catch_up(missed)
        return await self._rasa.answer(question)

    async def _catch_up(self, missed: _Missed) -> None:
        """Show Rasa a message whose alarm was told without it: the dialogue must know that the alarm stands."""
        missed.tries += 1
        try:
            await self._rasa.answer(missed.question)
        except RasaFailed as error:
            # Rasa may only be slow. A message that it hangs at each time shall not hold up all that follow.
            if str(error) == "timeout" and missed.tries < MOST_TRIES:
                raise
        self.forget(missed.question.conversation_id)

    def _begin_reading(self, question: Question) -> _Reading:
        reading = asyncio.create_task(self._read(question))
        # It goes on when Rasa answers first: the process that reads would be lost with it.
        self._readings.add(reading)
        reading.add_done_callback(self._readings.discard)
        return reading

    async def _read(self, question: Question) -> Reply | None:
        return await self._danger.read(question.text) if question.metadata["kind"] == TYPED else None

    def _without_rasa(self, question: Question, alarm: Reply | None, apology: str, reason: str) -> Asked:
        if alarm is not None:
            self._missed[question.conversation_id] = _Missed(question)
        return Asked(Answer([alarm or self._apology(reason=apology)]), State.FAILED, reason)


async def _found_within(reading: _Reading, seconds: float) -> Reply | None:
    """What was read, as soon as it is; None when the time is over before, or there is nothing to tell."""
    if reading.done():
        await asyncio.sleep(seconds)
        return None
    await asyncio.wait({reading}, timeout=seconds)
    return reading.result() if reading.done() else None
