"""The web server under the gateway and the staff console, with its limits; it names neither itself nor a version."""

from __future__ import annotations

from collections.abc import Collection

import uvicorn

HEADER_BYTES = 16 * 1024
STOP_SECONDS = 3


def config_of(app: object, host: str, port: int, connections: int, trusted_proxies: Collection[str]) -> uvicorn.Config:
    """How it serves an application.

    Args:
        app: The application.
        host: Where it listens.
        port: Where it listens.
        connections: The most at once; who comes then is told to come again.
        trusted_proxies: Whose word is taken for a visitor's address.
    """
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        host=host,
        port=port,
        # The one of the two parsers that bounds the size of headers.
        http="h11",
        h11_max_incomplete_event_size=HEADER_BYTES,
        ws="none",
        limit_concurrency=connections,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=STOP_SECONDS,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=list(trusted_proxies),
        server_header=False,
        access_log=False,
        log_config=None,
    )
