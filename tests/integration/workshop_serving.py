"""A console over a whole project of its own, with a conversation in its database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.bootstrap import Services
from bot.curation.working_copy import WorkingCopy
from bot.storage.conversations import begin
from bot.storage.inbox import Said, accept
from bot.storage.outbox import add_reply
from tests.integration.console_serving import console_services
from tests.integration.gateway_serving import a_reply

PROJECT = Path(__file__).parents[2]
AT = datetime(2026, 11, 2, 17, 0, tzinfo=UTC)


def project_copy(folder: Path, with_models: bool = False) -> Path:
    """A copy of the project below a folder, whose models can come and go without touching the real ones.

    Args:
        folder: Empty so far.
        with_models: Whether it has the trained model.
    """
    project = WorkingCopy(PROJECT, folder / "none").materialise(folder / "project")
    models = project / "models"
    models.unlink()
    models.mkdir()
    if with_models:
        for part in (PROJECT / "models").iterdir():
            (models / part.name).symlink_to(part)
    elif (PROJECT / "models" / "encoder").is_dir():
        (models / "encoder").symlink_to(PROJECT / "models" / "encoder")
    return project


def workshop_services(folder: Path, with_models: bool = False, database_url: str = "") -> Services:
    """Services whose base folder is a copy of the project.

    Args:
        folder: Empty so far.
        with_models: Whether it has the trained model; a copy of the folder, so that training leaves nothing behind.
        database_url: Of an empty database; a file of SQLite in the folder when not given.
    """
    project = project_copy(folder, with_models)
    return console_services(project, database_url or f"sqlite:///{project / 'console.db'}")


def converse(services: Services, *texts: str) -> tuple[str, list[int]]:
    """A stored conversation, each message answered; returns its id and the messages' ids."""
    with services.database.write() as session:
        begun = begin(session, "web", AT)
        numbers = []
        for number, text in enumerate(texts):
            accepted = accept(session, begun.id, Said(f"c{number}", "text", text), AT)
            add_reply(
                session, begun.id, a_reply("It says nothing about that.", topics=("not_in_article",)), accepted.id, AT
            )
            numbers.append(accepted.id)
    return begun.id, numbers
