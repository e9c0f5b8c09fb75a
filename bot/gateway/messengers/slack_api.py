"""Slack's library, used for its one way in: what it raises becomes what our sending understands."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.gateway.messengers.base import TryLater
from bot.gateway.messengers.http import as_object
from bot.settings_reading import LOOPBACK

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

TIMEOUT_SECONDS = 15

log = logging.getLogger(__name__)


class SlackApi:
    """Calls methods of Slack's Web API."""

    def __init__(self, token: str, base_url: str) -> None:
        """Prepare; the library and its connections are loaded when they are first used."""
        self._token = token
        self._base_url = base_url if base_url.endswith("/") else f"{base_url}/"
        self._client: AsyncWebClient | None = None

    async def call(self, method: str, **arguments: Any) -> tuple[int, Mapping[str, str], dict[str, Any]]:
        """Call a method of the library; the status, the headers by lower-case name, and the answer.

        Raises:
            TryLater: when Slack is out of reach or does not answer.
        """
        # Imported late: it brings aiohttp and 30 MB along, for those who use Slack.
        import aiohttp
        from slack_sdk.errors import SlackApiError, SlackClientError

        if self._client is None:
            self._client = self._connect()
        try:
            response = await getattr(self._client, method)(**arguments)
        except SlackApiError as error:
            # The library raises for every answer that is not `ok`; a page of HTML comes without data.
            status = int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0) or 500)
            return status, _lower(error.response.headers), as_object(getattr(error.response, "data", None))
        except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError) as error:
            has_connected = not isinstance(error, aiohttp.ClientConnectorError)
            raise TryLater("no_answer" if has_connected else "unreachable", may_have_arrived=has_connected) from error
        except (aiohttp.ClientError, SlackClientError, TimeoutError) as error:
            raise TryLater("no_answer", may_have_arrived=True) from error
        return response.status_code, _lower(response.headers), as_object(response.data)

    def _connect(self) -> AsyncWebClient:
        from slack_sdk.web.async_client import AsyncWebClient

        # Its own retries are off: they would post a message again that a timeout leaves in doubt. Its debug messages
        # quote what is sent, so it gets a logger that never speaks.
        quiet = logging.getLogger("bot.gateway.messengers.slack_sdk")
        quiet.setLevel(logging.CRITICAL)
        is_local = urlsplit(self._base_url).hostname in LOOPBACK
        client = AsyncWebClient(
            token=self._token, base_url=self._base_url, timeout=TIMEOUT_SECONDS, retry_handlers=[], logger=quiet
        )
        if is_local:
            client.proxy = None
        return client

    async def close(self) -> None:
        """Nothing stays open: the library opens a connection for each call."""


def _lower(headers: Mapping[str, str] | None) -> dict[str, str]:
    return {name.lower(): value for name, value in (headers or {}).items()}
