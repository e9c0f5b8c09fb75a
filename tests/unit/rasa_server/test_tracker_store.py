"""Rasa's memory in our database: only what is new is written, nothing stale is used, no fault ends the process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import func, select, text

from bot.rasa_server.tracker_cache import MOST, SECONDS, TrackerCache
from bot.rasa_server.tracker_store import ConversationStore, MemoryFailed, MemoryMoved
from bot.rasa_server.tracker_turns import TURNS_KEPT_IN_VIEW
from bot.storage.schema.tracker_tables import TrackerTurn

DOMAIN = Domain.from_dict(
    {
        "intents": ["hello"],
        "actions": ["action_hello", "ask_form"],
        "slots": {"conversation": {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}},
        "forms": {"suitability_form": {"required_slots": ["conversation"]}},
    }
)
ID = "conversation-one"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def a_store(database_url: str, folder: Path) -> ConversationStore:
    return ConversationStore(DOMAIN, database_url, secret_file=str(folder / "secrets.json"), clock=Clock())


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[ConversationStore]:
    found = a_store(database_url, tmp_path)
    yield found
    found.database.close()


def turn(number: int) -> list[Event]:
    return [
        UserUttered(f"message {number}", intent={"name": "hello"}),
        ActionExecuted("action_hello"),
        BotUttered(f"answer {number}"),
        SlotSet("conversation", {"turn": number}),
        ActionExecuted("action_listen"),
    ]


async def take_turns(store: ConversationStore, first: int, last: int, *more: Event) -> DialogueStateTracker:
    for number in range(first, last + 1):
        tracker = await store.get_or_create_tracker(ID, append_action_listen=False)
        for event in (*turn(number), *more):
            tracker.update(event)
        await store.save(tracker)
    return tracker


def rows(store: ConversationStore) -> list[tuple[int, int]]:
    with store.database.read() as session:
        query = select(TrackerTurn.number, TrackerTurn.count).order_by(TrackerTurn.number)
        return [(number, count) for number, count in session.execute(query)]


async def test_each_turn_is_one_row_of_what_is_new(store: ConversationStore) -> None:
    tracker = await take_turns(store, 1, 3)
    new = len(turn(1))

    assert [(0, new), (new, new), (2 * new, new)] == rows(store)
    await store.save(tracker)
    assert 3 == len(rows(store))


async def test_what_was_said_comes_back_as_it_was(store: ConversationStore, database_url: str, tmp_path: Path) -> None:
    told = await take_turns(store, 1, 3)
    other = a_store(database_url, tmp_path)

    read = await other.retrieve(ID)
    other.database.close()

    assert read is not None
    assert [event.as_dict() for event in told.events] == [event.as_dict() for event in read.events]


async def test_a_long_conversation_is_read_from_its_end_with_its_memory_and_form(
    store: ConversationStore, database_url: str, tmp_path: Path
) -> None:
    await take_turns(store, 1, 1, ActiveLoop("suitability_form"))
    await take_turns(store, 2, 50)
    other = a_store(database_url, tmp_path)

    read = await other.retrieve(ID)
    other.database.close()

    assert read is not None
    said = [event.text for event in read.events if isinstance(event, UserUttered)]
    assert TURNS_KEPT_IN_VIEW <= len(said) < 2 * TURNS_KEPT_IN_VIEW
    assert "message 50" == said[-1]
    assert ({"turn": 50}, "suitability_form") == (read.get_slot("conversation"), read.active_loop_name)


async def test_what_sets_the_scene_is_never_written_down_again(store: ConversationStore) -> None:
    await take_turns(store, 1, 50)

    assert {len(turn(1))} == {count for _, count in rows(store)}
    assert 50 * len(turn(1)) == sum(count for _, count in rows(store))


async def test_a_tracker_in_memory_never_grows_with_the_conversation(store: ConversationStore) -> None:
    await take_turns(store, 1, 79)
    tracker = await take_turns(store, 80, 80, ActiveLoop("suitability_form"))

    kept = await store.retrieve(ID)

    assert len(tracker.events) <= (TURNS_KEPT_IN_VIEW + 2) * (len(turn(1)) + 1)
    assert kept is not None
    said = [event.text for event in kept.events if isinstance(event, UserUttered)]
    assert [f"message {number}" for number in range(81 - TURNS_KEPT_IN_VIEW, 81)] == said
    assert ({"turn": 80}, "suitability_form") == (kept.get_slot("conversation"), kept.active_loop_name)
    told_anew = DialogueStateTracker.from_events(ID, kept.events, DOMAIN.slots)
    assert told_anew.current_slot_values() == kept.current_slot_values()
    assert (told_anew.active_loop, told_anew.latest_action) == (kept.active_loop, kept.latest_action)
    assert (told_anew.followup_action, told_anew.latest_message) == (kept.followup_action, kept.latest_message)


async def test_a_cached_tracker_is_used_only_while_the_database_confirms_it(
    store: ConversationStore, database_url: str, tmp_path: Path
) -> None:
    mine = await take_turns(store, 1, 1)
    assert mine is await store.retrieve(ID)
    await store.save(mine)
    other = a_store(database_url, tmp_path)
    await take_turns(other, 2, 2)
    other.database.close()

    read = await store.retrieve(ID)

    assert read is not None and read is not mine
    assert {"turn": 2} == read.get_slot("conversation")


async def test_a_turn_that_fails_half_way_leaves_no_trace(store: ConversationStore) -> None:
    await take_turns(store, 1, 1)
    failed = await store.retrieve(ID)
    assert failed is not None
    failed.update(UserUttered("never answered"))

    read = await store.retrieve(ID)

    assert read is not None
    assert ["message 1"] == [event.text for event in read.events if isinstance(event, UserUttered)]


async def test_two_processes_cannot_go_on_with_the_same_turn(
    store: ConversationStore, database_url: str, tmp_path: Path
) -> None:
    await take_turns(store, 1, 1)
    other = a_store(database_url, tmp_path)
    here, there = await store.retrieve(ID), await other.retrieve(ID)
    assert here is not None and there is not None
    here.update(UserUttered("here"))
    there.update(UserUttered("there"))
    await store.save(here)

    with pytest.raises(MemoryMoved):
        await other.save(there)
    other.database.close()

    read = await store.retrieve(ID)
    assert read is not None and read.latest_message is not None and "here" == read.latest_message.text


async def test_erasing_takes_rows_key_and_cache(store: ConversationStore) -> None:
    await take_turns(store, 1, 2)

    await store.erase(ID)

    assert await store.retrieve(ID) is None
    assert [] == rows(store)
    with store.database.read() as session:
        assert 0 == session.scalar(select(func.count()).select_from(text("conversation_key")))


async def test_words_in_events_are_noise_in_the_database(store: ConversationStore) -> None:
    await take_turns(store, 1, 2)
    with store.database.read() as session:
        assert not any(b"message" in bytes(sealed) for sealed in session.scalars(select(TrackerTurn.sealed)))


@pytest.mark.parametrize("name", ["nul\x00in-it", "lone\ud800surrogate", "'; DROP TABLE tracker_turn; --", "x" * 300])
async def test_an_odd_id_fails_its_own_message_at_most(store: ConversationStore, name: str) -> None:
    tracker = DialogueStateTracker(name, DOMAIN.slots)
    tracker.update(UserUttered("hello"))
    try:
        await store.save(tracker)
    except MemoryFailed:
        pass
    await take_turns(store, 1, 1)

    assert await store.retrieve(ID) is not None


@pytest.mark.parametrize("words", ["nul \x00 here", "lone \ud800 surrogate", "👩🏽‍⚕️ כאב"])
async def test_odd_words_are_kept(store: ConversationStore, database_url: str, tmp_path: Path, words: str) -> None:
    tracker = await store.get_or_create_tracker(ID)
    tracker.update(UserUttered(words))
    await store.save(tracker)
    other = a_store(database_url, tmp_path)

    read = await other.retrieve(ID)
    other.database.close()

    assert read is not None and read.latest_message is not None and words == read.latest_message.text


async def test_a_database_that_fails_fails_the_message_and_is_no_value_error(store: ConversationStore) -> None:
    tracker = await take_turns(store, 1, 1)
    with store.database.write() as session:
        session.execute(text("ALTER TABLE tracker_turn RENAME TO hidden"))
    tracker.update(UserUttered("more"))

    for work in (store.retrieve(ID), store.save(tracker), store.erase(ID)):
        with pytest.raises(MemoryFailed) as raised:
            await work
        assert not isinstance(raised.value, ValueError)


def test_the_cache_gives_out_once_and_forgets_the_oldest() -> None:
    clock = Clock()
    cache: TrackerCache[int] = TrackerCache(clock)
    for number in range(MOST + 1):
        cache.put(str(number), number)

    assert cache.pop("0") is None
    assert (1, None) == (cache.pop("1"), cache.pop("1"))
    clock.now = SECONDS + 1
    assert cache.pop("5") is None
