"""The one place that builds what the processes share; importing it does nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session

from bot.article.article import Article, ArticleError
from bot.conversation.answering import notices
from bot.conversation.answering.apology import apology
from bot.conversation.answering.clinic import Clinic
from bot.conversation.answering.notices import notice
from bot.conversation.answering.opening import opening
from bot.conversation.reply import Reply
from bot.conversation.suitability_check.summary import Summary, as_text, summarise
from bot.faults import ContentFaults
from bot.project import PROJECT
from bot.secret_file import Secrets, load_secrets
from bot.served_content import shared_content, take_published_content
from bot.settings import Settings, SettingsError
from bot.storage import rule_sets
from bot.storage.database import Database, open_database
from bot.storage.first_contact import with_patience
from bot.storage.keys import require_keys

# What keeps an installation from serving. Each says in lines for a person what is wrong and what to do.
CANNOT_SERVE = (SettingsError, ContentFaults, ArticleError)


class Apology(Protocol):
    """Words an apology for a reason: `unavailable`, `failed` or `too_many`."""

    def __call__(self, reason: str) -> Reply: ...  # noqa: D102


def _no_notice(key: str) -> Reply:
    raise LookupError(key)


def _no_summary(*_: object) -> Summary:
    raise LookupError("no content to make a summary of")


@dataclass(frozen=True)
class Summaries:
    """Makes the page of a finished check.

    Attributes:
        make: From tier, rule ids, answers, version of the rules and time.
        text: The page as plain text.
        with_link: An outcome with the address of its page, for messengers.
        sent: What is said to whoever asks for the page there, with its address.
    """

    make: Callable[[str, tuple[str, ...], dict[str, str], str, datetime], Summary] = _no_summary
    text: Callable[[Summary], str] = str
    with_link: Callable[[Reply, str], Reply] = lambda outcome, link: outcome
    sent: Callable[[str], Reply] = _no_notice


@dataclass
class Services:
    """What the gateway works with. Clinic and article are set anew when something is published.

    Attributes:
        opening: The first message of a new conversation.
        apology: What is said instead of an answer.
        clinic: The clinic's own facts, for the pages.
        article: For the page of the article.
        summaries: The result of a check as a page to print.
        danger_reader: The command that reads messages for danger signs where Rasa has no answer
            (`bot.gateway.danger_reader`); none where that is left out.
        notice: What the messengers' gateway itself says, by key (`bot.conversation.answering.notices`).
    """

    settings: Settings
    secrets: Secrets
    database: Database
    opening: Callable[[], Reply]
    apology: Apology
    clinic: Clinic
    article: Article
    notice: Callable[[str], Reply] = _no_notice
    summaries: Summaries = field(default_factory=Summaries)
    danger_reader: tuple[str, ...] = ()


def read_settings(base_dir: Path = PROJECT) -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: naming every setting that cannot be used.
    """
    return Settings.from_environment(os.environ, base_dir)


def build_services(settings: Settings) -> Services:
    """Read the content and prepare the database, its tables up to date; it is waited for while it is away.

    Raises:
        SettingsError, ContentFaults, ArticleError, SQLAlchemyError: when this installation cannot serve.
    """
    content = shared_content()
    secrets = load_secrets(settings.secret_file)
    database = open_database(settings)

    def prepare() -> None:
        database.migrate()
        require_keys(database, settings.secret_file)
        with database.write() as session:
            _keep_rules(session)

    with_patience(settings.database_url, prepare, settings.database_patience)
    return Services(
        settings=settings,
        secrets=secrets,
        database=database,
        opening=lambda: opening(shared_content()),
        apology=lambda reason: apology(shared_content(), reason),
        clinic=content.clinic,
        article=content.article,
        notice=lambda key: notice(shared_content(), key),
        summaries=Summaries(
            make=lambda *recorded: summarise(shared_content(), *recorded),
            text=lambda summary: as_text(shared_content(), summary),
            with_link=lambda outcome, link: notices.with_link(shared_content(), outcome, link),
            sent=lambda link: notices.summary(shared_content(), link),
        ),
        danger_reader=(sys.executable, "-m", "bot.gateway.danger_reader"),
    )


async def take_published(services: Services) -> str:
    """Answer from what is published now.

    Raises:
        ContentFaults, ArticleError: when it is not whole; what was there stays in use.
    """
    await take_published_content()
    content = shared_content()
    services.clinic, services.article = content.clinic, content.article
    await services.database.writing(_keep_rules)
    return ""


def _keep_rules(session: Session) -> None:
    rule_sets.keep(session, shared_content().rules, PROJECT / "data" / "suitability", datetime.now(UTC))
