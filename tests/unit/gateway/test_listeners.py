"""An open page is told of new entries as they are stored, and looks for itself wherever it may have missed one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.gateway import listeners as module
from bot.gateway.listeners import TOLD, Listeners, Listening, TooManyListeners
from bot.storage.record import Entry

ID = "conversation-one"


def entry(number: int) -> Entry:
    return Entry(number, "bot", datetime(2026, 11, 4, tzinfo=UTC), {})


@pytest.fixture
def listeners() -> Listeners:
    return Listeners()


@pytest.fixture
async def listening(listeners: Listeners) -> AsyncIterator[Listening]:
    async with listeners.listen(ID, "an address") as found:
        assert found.news_after(0) is None, "what was there before is in the database"
        yield found


def numbers(found: list[Entry] | None) -> list[int] | None:
    return None if found is None else [one.number for one in found]


async def test_what_follows_is_told_once_and_in_order(listeners: Listeners, listening: Listening) -> None:
    listeners.notify(ID, (entry(4),))
    listeners.notify(ID, (entry(5), entry(6)))

    assert listening.signal.is_set()
    assert [4, 5, 6] == numbers(listening.news_after(3))
    assert [] == listening.news_after(6)


async def test_what_the_page_has_already_is_not_told_again(listeners: Listeners, listening: Listening) -> None:
    listeners.notify(ID, (entry(4), entry(5)))

    assert [5] == numbers(listening.news_after(4))


@pytest.mark.parametrize("told", [[5], [4, 6], [5, 4]])
async def test_a_number_that_is_missing_or_out_of_turn_sends_the_page_to_the_database(
    listeners: Listeners, listening: Listening, told: list[int]
) -> None:
    for number in told:
        listeners.notify(ID, (entry(number),))

    assert listening.news_after(3) is None


async def test_news_of_unknown_content_send_the_page_to_the_database(
    listeners: Listeners, listening: Listening
) -> None:
    listeners.notify(ID, (entry(4),))
    listeners.notify_all()
    listeners.notify(ID, (entry(5),))

    assert listening.news_after(3) is None


async def test_a_page_that_takes_nothing_costs_no_more_than_a_few_entries(
    listeners: Listeners, listening: Listening
) -> None:
    for number in range(1, 2 * TOLD):
        listeners.notify(ID, (entry(number),))

    assert listening.news_after(0) is None


async def test_a_stream_that_is_refused_leaves_nothing_behind(
    listeners: Listeners, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "IN_ALL", 0)

    with pytest.raises(TooManyListeners):
        async with listeners.listen(ID, "an address"):
            pass

    assert {} == listeners._streams
