"""How the assistant is used and how it does, by week and channel."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, requires
from bot.console.context import console_of, note
from bot.console.counting import count
from bot.console.forms import whole_number
from bot.console.measure_views import views_of
from bot.console.routes.gaps import csv_response
from bot.console.workshop import now_of, on_thread, workshop_of
from bot.storage.staff_side import measures as counted
from bot.storage.staff_side.measures import Count

PERIODS = (4, 12, 26, 52)


def _wanted(request: Request) -> tuple[int, str, bool]:
    weeks = whole_number(request.query_params.get("weeks", ""))
    channel, tests = request.query_params.get("channel", "")[:20], request.query_params.get("tests") == "on"
    return weeks if weeks in PERIODS else 12, channel, tests


async def _counts(request: Request) -> tuple[list[Count], list[date]]:
    """The counts of the weeks asked for, today's brought up to date first."""
    console, (weeks, channel, tests) = console_of(request), _wanted(request)
    zone, now = ZoneInfo(console.services.settings.time_zone), now_of(request)
    await count(console.database, zone, now)
    last = now.astimezone(zone).date()
    first = counted.monday(last) - timedelta(weeks=weeks - 1)
    found = await console.database.reading(
        lambda session: counted.counts_by_week(session, first, last, tests=tests, channel=channel)
    )
    return found, [first + timedelta(weeks=n) for n in range(weeks)]


@requires(Role.TESTER)
async def measures(request: Request) -> Response:
    """Charts, each with its table."""
    weeks, channel, tests = _wanted(request)
    found, mondays = await _counts(request)
    project = workshop_of(request).project
    views = await on_thread(lambda: views_of(found, mondays, project, channel, tests))
    return pages.render(
        request,
        "measures.html",
        views=views,
        weeks=weeks,
        periods=PERIODS,
        channel=channel,
        channels=await console_of(request).database.reading(counted.channels),
        tests=tests,
        query=urlencode({"weeks": weeks, "channel": channel, **({"tests": "on"} if tests else {})}),
    )


@requires(Role.TESTER)
async def as_csv(request: Request) -> Response:
    """Every count as a row."""
    found, _ = await _counts(request)
    await console_of(request).database.writing(lambda s: note(s, request, "measures_exported", count=len(found)))
    rows = [[count.week.isoformat(), count.channel, count.name, count.key, count.count] for count in found]
    return csv_response("measures.csv", ["week from", "channel", "measure", "of", "count"], rows)


ROUTES = [
    Route("/measures", measures, methods=["GET"]),
    Route("/measures.csv", as_csv, methods=["GET"]),
]
