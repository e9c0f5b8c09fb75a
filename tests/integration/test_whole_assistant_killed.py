"""Any process, or all of them, killed at random moments: nothing accepted is lost, nothing is answered twice.

`BOT_KILL_ROUNDS=20 pytest tests/integration/test_whole_assistant_killed.py` does more of it.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections import Counter
from typing import Any

import httpx
from sqlalchemy import select

from bot.storage.database import Database
from bot.storage.schema.tracker_tables import TrackerTurn
from bot.storage.sealing.sealed import keyring_of, place_of
from tests.integration.gateway_serving import Visitor, wait_until
from tests.whole_assistant import WholeAssistant

ROUNDS = int(os.environ.get("BOT_KILL_ROUNDS", "1"))
VISITORS = 3
SETTLED_SECONDS = 240.0
# What is killed in one round; both at once is what the kernel does when memory runs out.
TARGETS = (("gateway",), ("rasa",), ("gateway", "rasa"))


class Talker:
    """A visitor who writes on and on, each message until it is accepted, as the widget's outbox does."""

    def __init__(self, url: str, number: int) -> None:
        self.visitor = Visitor(url)
        self.visitor.http.timeout = httpx.Timeout(20)
        self.number = number
        self.accepted: list[str] = []
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._talk)
        wait_until(self._is_open, 60)
        self.thread.start()

    def _is_open(self) -> bool:
        try:
            return self.visitor.post("/chat/session", {}).status_code == 200
        except httpx.HTTPError:
            return False

    def _talk(self) -> None:
        while not self.over.wait(0.3):
            words = f"does it hurt? {self.number}.{len(self.accepted)}"
            while not self._send(words, f"message-{self.number:02}-{len(self.accepted):04}"):
                time.sleep(0.2)
            self.accepted.append(words)

    def _send(self, words: str, client_id: str) -> bool:
        try:
            return self.visitor.say(words, client_id).status_code == 202
        except httpx.HTTPError:
            # Nobody knows whether it was accepted: the same id is sent again.
            return False

    def stop(self) -> None:
        self.over.set()
        self.thread.join(60)


def messages_at_rasa(database: Database) -> int:
    """How many messages of patients are in Rasa's memory."""
    found = 0
    with database.read() as session:
        for row in session.scalars(select(TrackerTurn)):
            key = keyring_of(session).key(session.connection(), row.conversation_id)
            content = key.open(place_of("tracker_turn", "sealed", row.number), bytes(row.sealed))
            found += sum(event["event"] == "user" for event in content["events"])
    return found


def test_killed_at_random_moments_it_loses_nothing_and_answers_nothing_twice(assistant: WholeAssistant) -> None:
    chance = random.Random(20261125)
    known = assistant.rows(messages_at_rasa)
    talkers = [Talker(assistant.url, number) for number in range(VISITORS)]
    for _ in range(ROUNDS):
        for target in TARGETS:
            time.sleep(chance.uniform(0.5, 2.5))
            assistant.kill(*target)
            time.sleep(chance.uniform(0, 2))
    assistant.kill_all()
    assistant.start()
    for talker in talkers:
        talker.stop()

    for talker in talkers:
        wait_until(lambda t=talker: is_answered(t), SETTLED_SECONDS)  # type: ignore[misc]
        history = talker.visitor.whole_history()
        said = [entry["text"] for entry in history if entry["from"] == "patient"]
        replies = [entry for entry in history if entry["from"] == "bot" and entry["in_reply_to"] is not None]
        assert talker.accepted == said
        assert {1} == set(Counter(entry["in_reply_to"] for entry in replies).values())
        assert "apology" not in {entry["reply"]["kind"] for entry in replies}
        talker.visitor.http.close()
    accepted = sum(len(talker.accepted) for talker in talkers)
    print(f"{accepted} messages accepted, each answered once; {ROUNDS * len(TARGETS) + 1} times killed")
    # What Rasa remembers is what was said: no message went into a conversation twice.
    assert known + accepted == assistant.rows(messages_at_rasa)


def is_answered(talker: Talker) -> bool:
    try:
        entries = talker.visitor.whole_history()
    except (httpx.HTTPError, KeyError):
        return False
    return bool(entries) and all(e.get("state") in (None, "done", "failed") for e in entries)


def test_what_is_written_while_rasa_is_down_is_answered_when_it_is_back(assistant: WholeAssistant) -> None:
    visitor = Visitor(assistant.url).open()
    assistant.kill("rasa")
    accepted = visitor.say("does it hurt?")
    assert 202 == accepted.status_code

    seen = events_until_reply_to(visitor, accepted.json()["id"])

    assert "typing" in [name for name, _ in seen[:-1]]
    assert "apology" != seen[-1][1]["reply"]["kind"]
    assert 1 == sum(entry.get("in_reply_to") == accepted.json()["id"] for entry in visitor.history())
    visitor.http.close()


def events_until_reply_to(visitor: Visitor, entry: int) -> list[tuple[str, dict[str, Any]]]:
    """What the chat hears, up to the reply to one message."""
    seen: list[tuple[str, dict[str, Any]]] = []
    name = ""
    with visitor.http.stream("GET", "/chat/events", timeout=SETTLED_SECONDS) as stream:
        for line in stream.iter_lines():
            key, _, value = line.partition(": ")
            if key == "event":
                name = value
            elif key == "data":
                seen.append((name, json.loads(value)))
                if name == "reply" and seen[-1][1]["in_reply_to"] == entry:
                    break
    return seen
