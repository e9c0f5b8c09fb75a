"""What every route of the gateway works with, and finding out whose conversation a request means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy.orm import Session
from starlette.requests import Request

from bot.bootstrap import Services
from bot.conversation.reply import Reply
from bot.gateway import errors, requests
from bot.gateway.consent import Consent
from bot.gateway.delivery import Delivery, now
from bot.gateway.erasure import Erasure
from bot.gateway.listeners import Listeners
from bot.gateway.rasa_pool import RasaPool
from bot.gateway.rate_limits import Buckets, RateLimits
from bot.gateway.summary_tickets import SummaryTickets
from bot.gateway.visitors import Cookies
from bot.storage import conversations
from bot.storage.schema.conversation_tables import Conversation


@dataclass(frozen=True)
class Gateway:
    """The gateway's parts, built once."""

    services: Services
    rasa: RasaPool
    cookies: Cookies
    limits: RateLimits
    listeners: Listeners
    delivery: Delivery
    erasure: Erasure
    consent: Consent
    summary_tickets: SummaryTickets

    def oldest_visit(self) -> datetime:
        """A conversation last seen before this can no longer be resumed."""
        return now() - timedelta(hours=self.services.settings.session_hours)

    async def find_conversation(self, request: Request) -> Conversation | None:
        """The open conversation the request's cookie belongs to."""
        key = self.cookies.key(request)
        if key is None:
            return None
        known_key, oldest = key, self.oldest_visit()

        def find(session: Session) -> Conversation | None:
            return conversations.find_open(session, known_key, oldest)

        found = await self.services.database.reading(find)
        if found is not None:
            request.scope["bot_conversation"] = found.id
        return found

    async def conversation(self, request: Request) -> Conversation:
        """The open conversation the request's cookie belongs to.

        Raises:
            Refused: when there is none.
        """
        found = await self.find_conversation(request)
        if found is None:
            raise errors.no_session()
        return found

    def require_own_page(self, request: Request) -> None:
        """Refuse a change that a foreign page asks for.

        Raises:
            Refused: when it does.
        """
        requests.require_own_page(request, self.services.settings.own_origins)

    def slow_down(self, buckets: Buckets, key: str) -> None:
        """Take one from a bucket.

        Raises:
            Refused: when it is empty; worded as a reply to a patient, with the emergency number.
        """
        seconds = buckets.wait(key)
        if seconds:
            raise self.too_many(seconds)

    def slow_down_visitor(self, request: Request) -> str:
        """Take one from the visitor's own bucket; returns the key in the request's cookie.

        Raises:
            Refused: when the bucket is empty, or there is no key.
        """
        key = self.cookies.key(request)
        if key is None:
            raise errors.no_session()
        self.slow_down(self.limits.visitor_messages, conversations.hash_key(key))
        return key

    def unavailable(self) -> errors.Refused:
        """The refusal of what cannot be stored now, in words fit for a patient."""
        remedy = "What you wrote was not stored. Please send it again in a moment."
        reply = self.services.apology(reason="unavailable")
        return self.said_as_refusal(503, "unavailable", reply, remedy, {"Retry-After": "2"})

    def too_many(self, seconds: int) -> errors.Refused:
        """The refusal of one request too many, in words fit for a patient."""
        remedy = f"Please wait {seconds} seconds, then send it again."
        reply = self.services.apology(reason="too_many")
        return self.said_as_refusal(429, "too_many", reply, remedy, {"Retry-After": str(seconds)})

    def said_as_refusal(
        self, status: int, code: str, reply: Reply, remedy: str = "", headers: dict[str, str] | None = None
    ) -> errors.Refused:
        """A refusal in words fit for a patient, consult-first line and all."""
        refused = errors.Refused(status, code, f"{reply.consult_first} {reply.text}".strip(), remedy, headers)
        shown = {"kind": str(reply.kind), "text": reply.text, "consult_first": reply.consult_first, "buttons": []}
        refused.extra["reply"] = shown
        return refused


def gateway_of(request: Request) -> Gateway:
    """The gateway that serves this request."""
    return cast(Gateway, request.app.state.gateway)
