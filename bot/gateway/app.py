"""The gateway as an application: built from services, started and stopped with its worker."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from bot.bootstrap import Services, take_published
from bot.gateway import chat_routes, data_routes, errors, event_routes, page_routes, summary_routes
from bot.gateway.announcements import hear
from bot.gateway.asking import Asking
from bot.gateway.backlog import watch_backlog
from bot.gateway.consent import consent_shown, page_values
from bot.gateway.context import Gateway, gateway_of
from bot.gateway.danger_reading import DangerReading
from bot.gateway.delivery import Delivery, now
from bot.gateway.erasure import Erasure
from bot.gateway.listeners import Listeners
from bot.gateway.messengers import routes as messenger_routes
from bot.gateway.messengers.service import Messengers
from bot.gateway.rasa_client import RasaClient
from bot.gateway.rasa_pool import RasaPool
from bot.gateway.rate_limits import RateLimits
from bot.gateway.shared_erasure import ForgettingByWorker
from bot.gateway.shield import policy_of
from bot.gateway.summary_tickets import SummaryTickets
from bot.gateway.visitors import Cookies
from bot.gateway.word_indexing import keep_indexing
from bot.observing import logs, metrics
from bot.observing.event_loop_watch import watch
from bot.observing.logs import failure
from bot.project import PROJECT
from bot.publication_watch import PublicationWatch
from bot.storage import consents
from bot.storage.retention import Retention
from bot.storage.shared_work import ENTRIES
from bot.web.shield import Shield

log = logging.getLogger(__name__)


def build_gateway(services: Services, *, is_worker: bool = False) -> Gateway:
    """The gateway's parts; `is_worker` where they do what several machines share instead of leaving it to a worker."""
    settings = services.settings
    secret, timeout = services.secrets.rasa, settings.reply_timeout
    rasa = RasaPool([RasaClient(url, secret, timeout) for url in settings.all_rasa_urls])
    listeners = Listeners()
    privacy_page = page_routes.templates().get_template("privacy.html").render(page_values(services))
    is_done_elsewhere = settings.shares_work and not is_worker
    asking = Asking(rasa, services.apology, DangerReading(services.danger_reader), settings.outage_patience)
    delivery = Delivery(services.database, rasa, asking, listeners, is_done_elsewhere=is_done_elsewhere)
    forgets = ForgettingByWorker(services.database) if is_done_elsewhere else rasa
    return Gateway(
        services=services,
        rasa=rasa,
        cookies=Cookies(services.secrets.cookie_keys, settings),
        summary_tickets=SummaryTickets(services.secrets.cookie_keys, settings),
        limits=RateLimits.for_rates(settings.messages_per_minute, settings.address_messages_per_minute),
        listeners=listeners,
        delivery=delivery,
        consent=consent_shown(services, privacy_page),
        erasure=Erasure(services.database, forgets, delivery, listeners, Retention.of(settings)),
    )


def build_app(services: Services) -> Starlette:
    """The application; nothing runs before it is started."""
    gateway = build_gateway(services)
    published = PublicationWatch(PROJECT, "gateway")
    is_shared = services.settings.shares_work
    messengers = Messengers(gateway, is_done_elsewhere=is_shared)

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        logs.hide_text()
        consent = gateway.consent
        await services.database.writing(lambda s: consents.keep_text(s, consent.version, consent.text, now()))
        await gateway.delivery.resume()
        await messengers.start()
        metrics.STREAMS.set_function(gateway.listeners.count)
        work = [
            gateway.erasure.keep_on(),
            watch("gateway", metrics.LOOP_LATE_SECONDS.observe),
            watch_backlog(services.database),
            keep_indexing(services.database),
            published.run(lambda: take_published(services)),
        ]
        if is_shared:
            told = {ENTRIES: gateway.listeners.notify}
            work.append(hear(services.database.url, told, gateway.listeners.notify_all))
        tasks = [asyncio.create_task(_done_beside(one)) for one in work]
        try:
            yield
        finally:
            gateway.listeners.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await messengers.stop()
            await gateway.delivery.stop()
            await gateway.rasa.close()

    app = Starlette(
        routes=[
            *page_routes.ROUTES,
            *chat_routes.ROUTES,
            *event_routes.ROUTES,
            *data_routes.ROUTES,
            *summary_routes.ROUTES,
            *messenger_routes.routes(messengers),
        ],
        middleware=[Middleware(Shield, policy=policy_of(services.settings))],
        exception_handlers={
            errors.Refused: errors.on_refused,
            HTTPException: _on_http_exception,
            # Locked, full, away or out of file handles: a patient is told so, kindly and with whom to call.
            SQLAlchemyError: _on_database_failure,
            OSError: _on_database_failure,
        },
        lifespan=running,
    )
    app.router.redirect_slashes = False
    app.state.gateway = gateway
    app.state.templates = page_routes.templates()
    return app


async def _done_beside(work: Coroutine[Any, Any, None]) -> None:
    """Work beside the answers. Nobody waits for it, so nobody would hear that it has failed in an unforeseen way."""
    try:
        await work
    except Exception as error:
        # Patients are answered all the same; the next start begins it anew.
        failure(log, "work_beside_ended", error, work=getattr(work, "__name__", ""))


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404 and (page := page_routes.not_found(request)):
        return page
    return errors.for_http_status(error.status_code, error.headers).response()


async def _on_database_failure(request: Request, error: Exception) -> Response:
    failure(log, "database_failed", error)
    return gateway_of(request).unavailable().response()
