"""Telling somebody outside that a danger sign waits: by webhook or mail, ids only, tried again until it is told."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

import anyio.to_thread
import httpx
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.observing.logs import event, failure
from bot.settings import Settings
from bot.settings_reading import LOOPBACK
from bot.storage.database import Database
from bot.storage.schema.review_tables import SafetyAlert
from bot.storage.staff_side import alerts

LOOK_SECONDS = 2.0
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
# Half a day of trying; what is still untold then is shown in the queue as failed.
MOST_ATTEMPTS = 18
TIMEOUT_SECONDS = 15.0

log = logging.getLogger(__name__)


class NotTold(Exception):
    """The notice did not go through; the text is a short code."""


def ways(settings: Settings) -> list[str]:
    """By which ways somebody is told here."""
    return [name for name, value in (("webhook", settings.alert_webhook), ("mail", settings.alert_mail_to)) if value]


class AlertNotices:
    """Looks for notices that are due and sends them, one after another."""

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime]) -> None:
        """Prepare; nothing runs yet."""
        self._database = database
        self._settings = settings
        self._now = now
        # Which way told of which alert at which rank, for as long as another way has still to tell of it.
        self._told: set[tuple[str, int, int]] = set()

    async def keep_on(self) -> None:
        """Send what is due, for as long as the console runs."""
        while True:
            try:
                while await self.send_next():
                    pass
            except SQLAlchemyError as error:
                failure(log, "database_failed", error)
            except Exception as error:
                # Whatever it is: the notice is due again soon, and nobody would be told of anything any more.
                failure(log, "alert_notice_failed", error)
            await asyncio.sleep(LOOK_SECONDS)

    async def send_next(self) -> bool:
        """Tell the next one that is due; False when none is, or nobody is to be told."""
        if not ways(self._settings):
            return False
        now = self._now()

        def take(session: Session) -> SafetyAlert | None:
            # Due again soon whatever happens: a process that dies while it sends must not keep the notice.
            return alerts.take_due_notice(session, now, now + FIRST_PAUSE)

        alert = await self._database.writing(take)
        if alert is None:
            return False
        state, due, reason = "sent", None, ""
        try:
            await self._tell(alert)
        except NotTold as error:
            state, reason = ("failed" if alert.notice_attempts >= MOST_ATTEMPTS else "waiting"), str(error)
            due = now + pause_after(alert.notice_attempts)
        await self._database.writing(lambda session: alerts.settle_notice(session, alert, state, due))
        if state != "waiting":
            self._told = {told for told in self._told if told[1] != alert.id}
        event(log, "alert_notice", alert=alert.id, state=state, attempt=alert.notice_attempts, reason=reason)
        return True

    async def _tell(self, alert: SafetyAlert) -> None:
        """Tell by every way, also when another does not work; by each once, as long as this process lives.

        Raises:
            NotTold: when a way did not work.
        """
        content = notice_of(alert, self._settings)
        faults = []
        for way in ways(self._settings):
            told = way, alert.id, alert.tier_rank
            if told in self._told:
                continue
            try:
                if way == "webhook":
                    await self._post(content)
                else:
                    await anyio.to_thread.run_sync(self._mail, content)
                self._told.add(told)
            except NotTold as error:
                faults.append(f"{way} {error}")
        if faults:
            raise NotTold(", ".join(faults))

    async def _post(self, content: dict[str, str | int]) -> None:
        body = json.dumps(content).encode()
        headers = {"Content-Type": "application/json"}
        if self._settings.alert_webhook_secret:
            digest = hmac.new(self._settings.alert_webhook_secret.encode(), body, hashlib.sha256).hexdigest()
            headers["X-Assistant-Signature"] = f"sha256={digest}"
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False) as http:
                response = await http.post(self._settings.alert_webhook, content=body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotTold(type(error).__name__) from error
        if not response.is_success:
            raise NotTold(f"status_{response.status_code}")

    def _mail(self, content: dict[str, str | int]) -> None:
        try:
            message = _mail_of(content, self._settings)
            with _connected(urlsplit(self._settings.smtp_url)) as server:
                server.send_message(message)
        # A ValueError is an address that no mail can carry.
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise NotTold(type(error).__name__) from error


def _mail_of(content: dict[str, str | int], settings: Settings) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = f"A conversation waits in the safety queue ({content['tier']})"
    message["From"], message["To"] = settings.alert_mail_from, settings.alert_mail_to
    message.set_content(
        f"Tier: {content['tier']}\nFirst sign: {content['at']}\nOpen it: {content['url']}\n\n"
        "This mail holds nothing of what was said. The assistant has answered with where to get help; "
        "the queue says where that did not arrive.\n"
    )
    return message


@contextmanager
def _connected(parts: SplitResult) -> Iterator[smtplib.SMTP]:
    """A mail server that is whom it says to be, and that no password reaches in the clear."""
    host, context = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT_SECONDS, context=context)
    else:
        connection = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT_SECONDS)
    with connection as server:
        # What it offers is known only once it was greeted.
        server.ehlo_or_helo_if_needed()
        is_private = parts.scheme == "smtps" or host in LOOPBACK
        if parts.scheme != "smtps" and server.has_extn("starttls"):
            server.starttls(context=context)
            is_private = True
        if parts.username and not is_private:
            raise NotTold("no_tls_for_the_password")
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def notice_of(alert: SafetyAlert, settings: Settings) -> dict[str, str | int]:
    """What is told: that something waits, how grave it is and where. Nothing of what was said."""
    return {
        "event": "safety_alert",
        "alert": alert.id,
        "tier": alert.tier,
        "at": alert.first.isoformat(timespec="seconds"),
        "url": f"{settings.console_url}/safety",
    }


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: twice as long each time."""
    longest: timedelta = min(FIRST_PAUSE * 2 ** min(attempts - 1, 10), LONGEST_PAUSE)
    return longest
