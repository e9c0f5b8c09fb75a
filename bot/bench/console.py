"""The console's pages at a million events: a database is filled with made-up conversations and asked as staff ask.

An event is a message or a reply. Nothing leaves the temporary folder, and the conversations are random words.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from bot.console.counting import take_statistics
from bot.secret_file import load_secrets
from bot.storage.base import Base
from bot.storage.database import Database
from bot.storage.schema.conversation_tables import Conversation, InboundMessage, OutboundMessage
from bot.storage.schema.review_tables import ConversationTag, SafetyAlert
from bot.storage.schema.turn_tables import ConversationSummary, ConversationTopic, TurnRecord, TurnTopic
from bot.storage.schema.word_tables import WordToken
from bot.storage.sealing.sealed import ConversationKeyRow, place_of
from bot.storage.sealing.search import tokens
from bot.storage.sealing.vault import ConversationKey, Vault
from bot.storage.staff_side import finished_checks, review, review_conditions, transcript
from bot.storage.staff_side.review_conditions import Conditions

DOCUMENT = Path("docs") / "console.md"
EVENTS = 1_000_000
TURNS = 4
ROUNDS = 15
BATCH = 1000
TOPICS = [f"topic_{number:02}" for number in range(32)]
CHANNELS = ("web", "web", "web", "facebook", "telegram", "sms")
WORDS = [f"word{chr(97 + a)}{chr(97 + b)}" for a in range(26) for b in range(26)]
TIERS = (None,) * 90 + ("provider_first_with_caution",) * 7 + ("urgent",) * 2 + ("emergency",)
RANKS = {None: -1, "provider_first_with_caution": 1, "urgent": 3, "emergency": 4}
TABLES = (
    *(Conversation, ConversationKeyRow, InboundMessage, OutboundMessage, TurnRecord, TurnTopic),
    *(ConversationSummary, ConversationTopic, ConversationTag, SafetyAlert, WordToken),
)
Rows = dict[type[Any], list[dict[str, Any]]]


@dataclass(frozen=True)
class Asked:
    """How long a page's questions to the database took, in milliseconds."""

    name: str
    middle: float
    worst: float


@contextmanager
def filled(url: str, folder: Path, events: int, say: Callable[[str], None]) -> Iterator[Database]:
    """A database with that many events, and nothing else; it must be empty."""
    secrets = folder / "secrets.json"
    load_secrets(secrets)
    database = Database(url, Vault.of_file(secrets))
    database.migrate()
    began = time.perf_counter()
    _fill(database, events // (2 * TURNS))
    with database.write() as session:
        # As the console does once a day, and as PostgreSQL does by itself.
        take_statistics(session)
        if database.engine.dialect.name == "postgresql":
            session.execute(text("ANALYZE"))
    say(f"{events} events in {time.perf_counter() - began:.0f} s")
    try:
        yield database
    finally:
        database.close()


def _fill(database: Database, count: int) -> None:
    chance, start = random.Random(7), datetime(2026, 1, 1, tzinfo=UTC)
    for first in range(0, count, BATCH):
        rows: Rows = {table: [] for table in TABLES}
        for number in range(first, min(count, first + BATCH)):
            _talk(database.vault, rows, number, start + timedelta(seconds=200 * number), chance)
        with database.write() as session:
            for table in TABLES:
                if rows[table]:
                    session.execute(insert(Base.metadata.tables[table.__tablename__]), rows[table])


def _talk(vault: Vault, rows: Rows, number: int, at: datetime, chance: random.Random) -> None:
    name = f"bench-{number:012}"
    key = ConversationKey(name, secret := vault.new_key())
    master, wrapped = vault.wrap(name, secret)
    channel, tier, is_test = chance.choice(CHANNELS), chance.choice(TIERS), number % 20 == 0
    own = {"conversation_id": name}
    rows[Conversation].append(
        {"id": name, "visitor": name, "channel": channel, "key_hash": name, "created": at, "last_seen": at}
        | {"last_entry": 2 * TURNS, "is_test": is_test}
    )
    rows[ConversationKeyRow].append({**own, "master": master, "wrapped": wrapped})
    topics = chance.sample(TOPICS, 2)
    sure = [round(1 - chance.random() ** 3, 3) for _ in range(TURNS)]
    for turn in range(TURNS):
        _turn(vault, rows, key, number * TURNS + turn + 1, turn, at, topics[turn % 2], sure[turn], chance)
        rows[TurnRecord][-1] |= {"channel": channel, "is_test": is_test, "tier": tier}
        rows[TurnTopic][-1] |= {"is_test": is_test}
    rows[ConversationSummary].append(
        {**own, "is_test": is_test, "channel": channel, "started": at, "last": at, "turns": TURNS, "tier": tier}
        | {"tier_rank": RANKS[tier], "lowest": min(sure), "clarifies": 0, "failures": 0, "helpful": 0}
        | {"fallbacks": int(chance.random() < 0.05), "unhelpful": int(chance.random() < 0.002)}
        | {"reviewed": at if chance.random() < 0.3 else None, "flagged": chance.random() < 0.001}
    )
    rows[ConversationTopic] += [{**own, "topic": topic, "is_test": is_test, "started": at} for topic in topics]
    if chance.random() < 0.01:
        rows[ConversationTag].append({**own, "tag": chance.choice(("to discuss", "good", "odd"))})
    if tier in ("urgent", "emergency") and not is_test and number % 100 == 3:
        rows[SafetyAlert].append(
            {**own, "tier": tier, "tier_rank": RANKS[tier], "rules": [], "first": at, "at": at, "count": 1}
            | {"notice": "sent", "notice_attempts": 1}
        )


def _turn(
    vault: Vault,
    rows: Rows,
    key: ConversationKey,
    inbound: int,
    turn: int,
    at: datetime,
    topic: str,
    sure: float,
    chance: random.Random,
) -> None:
    said = [WORDS[int(len(WORDS) * chance.random() ** 3)] for _ in range(6)]
    entry, own = 2 * turn + 1, {"conversation_id": key.conversation_id}
    inbound_table, outbound_table = InboundMessage.__tablename__, OutboundMessage.__tablename__
    rows[InboundMessage].append(
        {**own, "id": inbound, "entry": entry, "client_message_id": str(inbound), "kind": "text", "state": "done"}
        | {"sealed_text": key.seal(place_of(inbound_table, "sealed_text", entry), " ".join(said))}
        | {"received_at": at, "attempts": 1, "handled_at": at}
    )
    reply = {"kind": "answer", "text": " ".join(said * 6), "consult_first": "Ask your provider first.", "buttons": []}
    rows[OutboundMessage].append(
        {**own, "id": inbound, "entry": entry + 1, "in_reply_to": inbound, "created": at}
        | {"sealed_reply": key.seal(place_of(outbound_table, "sealed_reply", entry + 1), reply)}
    )
    rows[TurnRecord].append(
        {**own, "inbound_id": inbound, "at": at, "intent": topic, "label": topic, "confidence": sure, "known": 0.9}
        | {"decision": "accept", "kind": "answer", "topics": [topic], "rules": [], "is_fallback": False}
        | {"is_clarify": False, "is_failed": False, "asked": "", "answered": "", "action": "action_answer"}
        | {
            "waiting_ms": 1.0,
            "nlu_ms": 10.0,
            "actions_ms": 10.0,
            "total_ms": 40.0,
            "model": "bench",
            "content": "bench",
        }
    )
    rows[TurnTopic].append({**own, "inbound_id": inbound, "topic": topic, "at": at})
    when = round(at.timestamp() * 1000)
    rows[WordToken] += [
        {**own, "token": token, "at": when, "entry": entry} for token in tokens(vault.index_key, " ".join(said))
    ]


def questions(count: int) -> dict[str, Callable[[Session], object]]:
    """What staff ask, by name."""
    middle = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=100 * count), f"bench-{count // 2:012}")

    def listed(words: str = "", after: review.Place | None = None, **values: Any) -> Callable[[Session], object]:
        return lambda session: review.page(session, Conditions(**values), "UTC", after, words)

    return {
        "first page": listed(),
        "a page half way": listed(after=middle),
        "one week": listed(since="2026-02-02", until="2026-02-08"),
        "one topic": listed(topic=TOPICS[3]),
        "one channel": listed(channel="sms"),
        "emergencies": listed(tier="emergency"),
        "not helpful, not reviewed": listed(trouble="unhelpful", reviewed="no"),
        "flagged, one tag (hardly any)": listed(flagged="yes", tag="odd"),
        "confidence below 5 %": listed(below=5),
        "longer than there are (none)": listed(least=99),
        "one topic, flagged": listed(topic=TOPICS[3], flagged="yes"),
        "search, a rare word": listed(words=WORDS[-2]),
        "search, two common words": listed(words=f"{WORDS[0]} {WORDS[1]}"),
        "choices of the filters": review_conditions.choices,
        "one transcript": lambda session: transcript.turns_of(session, f"bench-{count // 3:012}"),
        "what waits (first page of the console)": finished_checks.waiting,
    }


def measure(database: Database, events: int) -> list[Asked]:
    """Each question several times, in sessions of their own, so that keys are fetched anew."""
    found = []
    for name, ask in questions(events // (2 * TURNS)).items():
        spent = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            with database.read() as session:
                ask(session)
            spent.append((time.perf_counter() - began) * 1000)
        found.append(Asked(name, statistics.median(spent), max(spent)))
    return found


def as_table(events: int, by_database: dict[str, list[Asked]]) -> str:
    """The document's table: median and worst of the rounds, by question and database."""
    names = list(by_database)
    head = "| Asked | " + " | ".join(f"{name}: median ms | worst ms" for name in names) + " |"
    lines = [
        f"{events:,} events, {ROUNDS} times each, median and worst.",
        "",
        head,
        "|---" * (1 + 2 * len(names)) + "|",
    ]
    for row in zip(*by_database.values(), strict=True):
        cells = " | ".join(f"{asked.middle:.1f} | {asked.worst:.1f}" for asked in row)
        lines.append(f"| {row[0].name} | {cells} |")
    return "\n".join(lines)
