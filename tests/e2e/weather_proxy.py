"""A line with bad weather between a browser and the real gateway: cuts, delays, copies and disorder at every point."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from tests.integration.gateway_serving import ServerThread

from .weather import FAIR, Weather

_METHODS = ["GET", "POST"]
# Of one connection only, or made anew by the proxy's own server.
_NOT_PASSED = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding", "date"}


class WeatherProxy:
    """Passes everything on to the gateway, as the weather lets it."""

    def __init__(self, upstream: str, port: int) -> None:
        """Take the gateway's address and a port of its own; nothing is served yet."""
        self.weather = FAIR
        self.url = f"http://127.0.0.1:{port}"
        self._upstream = upstream
        app = Starlette(routes=[Route("/{path:path}", self._pass_on, methods=_METHODS)], lifespan=self._open)
        config = uvicorn.Config(app, port=port, log_config=None, ws="none", timeout_graceful_shutdown=1)
        self._thread = ServerThread(uvicorn.Server(config))

    def start(self, weather: Weather) -> None:
        """Serve in this weather."""
        self.weather = weather
        self._thread.start()

    def stop(self) -> None:
        """Stop serving."""
        self._thread.server.force_exit = True
        self._thread.stop()

    @contextlib.asynccontextmanager
    async def _open(self, _: Starlette) -> AsyncIterator[None]:
        timeout = httpx.Timeout(30, read=None)
        async with httpx.AsyncClient(base_url=self._upstream, timeout=timeout, trust_env=False) as self._http:
            yield

    async def _pass_on(self, request: Request) -> Response:
        path = request.url.path
        try:
            if path == "/chat/events":
                return await self._events(request)
            if path == "/chat/messages":
                return await self._message(request)
            if path == "/chat/history" and await self.weather.strikes_history():
                return Response(status_code=502)
            return await self._once(request, await request.body())
        except httpx.HTTPError:
            # The gateway is just being killed.
            return Response(status_code=502)

    async def _once(self, request: Request, body: bytes) -> Response:
        answer = await self._http.request(
            request.method, _target(request), content=body, headers=_passed(request.headers.items())
        )
        return _with_headers(Response(answer.content, answer.status_code), answer.headers)

    async def _message(self, request: Request) -> Response:
        body = await request.body()
        struck = await self.weather.strikes_post()
        if struck == "before":
            return Response(status_code=502)
        answer = await self._once(request, body)
        for _ in range(self.weather.copies() - 1):
            await self._once(request, body)
        if struck == "after":
            return Response(status_code=502)
        return answer

    async def _events(self, request: Request) -> Response:
        headers = _passed(request.headers.items())
        asked = self._http.build_request("GET", _target(request), headers=headers)
        answer = await self._http.send(asked, stream=True)
        if answer.status_code != 200:
            await answer.aread()
            return _with_headers(Response(answer.content, answer.status_code), answer.headers)
        return _with_headers(StreamingResponse(self._relayed(answer), 200), answer.headers)

    async def _relayed(self, answer: httpx.Response) -> AsyncIterator[bytes]:
        held: list[bytes] = []
        rest = b""
        try:
            async for part in answer.aiter_raw():
                *events, rest = (rest + part).split(b"\n\n")
                for event in events:
                    held.append(event + b"\n\n")
                    # Hold one back now and then, so that a later one overtakes it.
                    if len(held) < 2 and self.weather.holds_back():
                        continue
                    for one in self.weather.shuffled_events(held):
                        for _ in range(self.weather.copies()):
                            yield one
                    held.clear()
                if await self.weather.cuts_stream():
                    return
        except httpx.HTTPError:
            return
        finally:
            with contextlib.suppress(httpx.HTTPError, asyncio.CancelledError):
                await answer.aclose()


def _target(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def _passed(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in _NOT_PASSED | {"accept-encoding"}]


def _with_headers(response: Response, headers: httpx.Headers) -> Response:
    for name, value in headers.multi_items():
        if name.lower() not in _NOT_PASSED:
            response.headers.append(name, value)
    return response
