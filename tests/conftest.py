"""What many tests share: the content as shipped, and a conversation without Rasa."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, text

from bot.conversation.content import Content
from bot.storage.database import Database
from tests.conversing import Chat, shipped
from tests.postgres import running_postgres
from tests.sealing import a_migrated_database

if TYPE_CHECKING:
    from tests.integration.messenger_stubs.platform import Platform
    from tests.whole_assistant import WholeAssistant


# The same examples on each run, and none refused for a busy machine: a test that fails by chance costs a release.
# `pytest --hypothesis-profile=default` looks for new ones.
settings.register_profile("suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


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
    """A PostgreSQL server for all tests that ask for one."""
    with running_postgres() as server:
        yield server.url


@pytest.fixture
def empty_postgres(postgres_url: str) -> Iterator[str]:
    """A database on that server, empty again afterwards."""
    yield postgres_url
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        # What is still at work there would be waited for, and may itself wait for what is dropped.
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind, one after the other."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/a.db"
    return str(request.getfixturevalue("empty_postgres"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database of each kind with its tables, sealed under the tests' key."""
    found = a_migrated_database(database_url)
    yield found
    found.close()


@pytest.fixture(scope="session")
def platforms() -> Iterator[dict[str, Platform]]:
    """The stub of each messenger's API, by the messenger's name."""
    from tests.integration.messenger_stubs.people import PLATFORMS

    kinds = {kind: kind() for kind in PLATFORMS.values()}
    for platform in kinds.values():
        platform.start()
    yield {name: kinds[kind] for name, kind in PLATFORMS.items()}
    for platform in kinds.values():
        platform.stop()


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory, platforms: dict[str, Platform]) -> Iterator[WholeAssistant]:
    """The whole assistant with its trained model, as `bot serve` runs it, set up on every messenger."""
    from tests.integration.gateway_serving import free_port
    from tests.whole_assistant import WholeAssistant

    settings: dict[str, str] = {}
    for platform in platforms.values():
        settings |= platform.settings()  # type: ignore[attr-defined]
    running = WholeAssistant(tmp_path_factory.mktemp("assistant"), settings, free_port())
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put browser tests last: Playwright's event loop runs on from its first test, and no asynchronous test can then.

    By whole files, since a file is what one of several workers is given.
    """
    browsing = {item.path for item in items if "playwright" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path in browsing)
