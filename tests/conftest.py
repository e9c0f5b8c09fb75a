"""What many tests share: the content as shipped, and a conversation without Rasa."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.conversation.content import Content
from tests.conversing import Chat, shipped
from tests.postgres import running_postgres


@pytest.fixture(scope="session")
def content() -> Content:
    """Everything under data/, loaded once."""
    return shipped()


@pytest.fixture
def chat(content: Content) -> Chat:
    """A conversation that has not begun."""
    return Chat(content)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server for all tests that ask for one; each leaves it empty."""
    with running_postgres("postgres") as (url, _):
        yield url


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put browser tests last: Playwright's event loop runs on from its first test, and no asynchronous test can then."""
    items.sort(key=lambda item: "playwright" in getattr(item, "fixturenames", ()))
