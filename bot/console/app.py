"""The console as an application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.bootstrap import Services
from bot.console import pages
from bot.console.addresses import Addresses
from bot.console.alert_notices import AlertNotices
from bot.console.context import Console
from bot.console.counting import keep_counting
from bot.console.passwords import Passwords
from bot.console.routes import (
    account,
    audit_trail,
    improving,
    patient_data,
    review,
    safety,
    share,
    static,
    today,
    try_it,
)
from bot.console.routes import staff as staff_routes
from bot.console.shield import policy_of
from bot.console.titles import Titles
from bot.console.trials import Trials
from bot.observing import logs
from bot.storage.sealing.vault import SealBroken
from bot.web.shield import Shield

ROUTES: list[Route] = [
    *static.ROUTES,
    *account.ROUTES,
    *today.ROUTES,
    *try_it.ROUTES,
    *review.ROUTES,
    *patient_data.ROUTES,
    *share.ROUTES,
    *safety.ROUTES,
    *improving.ROUTES,
    *staff_routes.ROUTES,
    *audit_trail.ROUTES,
]


def build_app(services: Services, passwords: Passwords | None = None) -> Starlette:
    """The application; nothing runs before it is started.

    Raises:
        LookupError: when a route does not say who may use it.
    """
    for route in ROUTES:
        if not hasattr(route.endpoint, "access"):
            raise LookupError(f"{route.path} says neither `requires(role)` nor `public` (bot/console/access.py)")
    console = Console(
        services=services,
        templates=pages.environment(services.settings.time_zone, Titles(services.settings.base_dir)),
        passwords=passwords or Passwords(),
        trials=Trials(services),
    )

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        logs.hide_text()
        zone = ZoneInfo(services.settings.time_zone)
        counting = asyncio.create_task(keep_counting(console.database, zone, console.now))
        telling = asyncio.create_task(AlertNotices(console.database, services.settings, console.now).keep_on())
        try:
            yield
        finally:
            counting.cancel()
            telling.cancel()
            await console.trials.close()

    routes: list[BaseRoute] = list(ROUTES)
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Shield, policy=policy_of(services.settings)), Middleware(Addresses)],
        exception_handlers={HTTPException: _on_http_exception, SealBroken: _on_unreadable},
        lifespan=running,
    )
    app.router.redirect_slashes = False
    app.state.console = console
    return app


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        return pages.fault(request, 405, "This page cannot be used that way.", "Go back and use its buttons.")
    return pages.fault(request, error.status_code, "There is nothing here.", "Go back, or start from the first page.")


async def _on_unreadable(request: Request, _: Exception) -> Response:
    return pages.fault(request, 409, "Some of it cannot be read.", "`bot keys check` may say why.")
